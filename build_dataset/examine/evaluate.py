"""How good the data is: what was found, against articles that people annotated by the guidelines.

Definitions, all micro-averaged over the scored articles:

articles    Each of language, title, published, byline (names), byline roles, publisher and license is right
            or wrong; null must be null. A language is right if it is the gold's or one of its subtags
            (zh-Hans for zh).
quotes      A found quote is a gold quote if the characters of their spans have an intersection over union
            of at least 0.5, one to one, the best overlap first ("overlap"); "exact" asks for the same spans.
            On matched quotes: type; speaker (its name or an alias is the gold's name or one of its aliases,
            in any case and spacing; both null is right); mention and cue (the same span; both null is
            right). "joint" asks for the overlap and the right speaker.
statistics  Matched one to one where they share a character, the best overlap first ("overlap"); "exact" asks
            for the same span. On matched ones: value (with value_max), unit, kind, qualifier, flags. "joint"
            asks for overlap, value and unit. `garbled` is not compared: the guidelines have no such flag.
speakers    Once per article, found where a name or alias agrees; on found ones kind, role, organization.

Optional gold items are neither rewarded nor punished: they are not missed, and a found item that is one, or
stands mostly inside one, is ignored, together with a speaker who has no other quote. By language is by the
gold's language; by type (kind) is by the gold's, and by its own for a found item that is in no gold.
"""

from collections.abc import Iterable, Sequence

from build_dataset.document import Extraction
from build_dataset.errors import DatasetError
from build_dataset.examine.annotation import AnnotatedArticle, FoundArticle, from_extraction
from build_dataset.examine.comparison import compare
from build_dataset.examine.scores import Evaluation


def evaluate_extractions(extractions: Iterable[Extraction], gold: Sequence[AnnotatedArticle]) -> Evaluation:
    """Score what the extractor found, without a built dataset."""
    return evaluate([FoundArticle(from_extraction(one), one.document.text) for one in extractions], gold)


def evaluate(articles: Sequence[FoundArticle], gold: Sequence[AnnotatedArticle]) -> Evaluation:
    """Score articles against gold. An article is recognised by the name of its file, or else by its text.

    Gold whose article is not there is listed as missing and not scored.

    Raises:
        DatasetError: gold does not fit the text of the article of its name; the message names file and item.
    """
    evaluation = Evaluation()
    for expected in gold:
        found = _article_of(expected, articles)
        if found is None:
            evaluation.missing.append(expected.source)
        else:
            compare(expected, found, evaluation)
    return evaluation


def _article_of(gold: AnnotatedArticle, articles: Sequence[FoundArticle]) -> FoundArticle | None:
    misfit = None
    for article in articles:
        if article.annotation.file_name() != gold.file_name():
            continue
        problem = None if article.text is None else gold.misfit(article.text)
        if problem is None:
            return article
        misfit = misfit or problem
    found = _same_text(gold, articles)
    if found is None and misfit is not None:
        raise DatasetError(
            f"gold of {gold.source}: {misfit}. Correct the offset, or build from the text that was annotated."
        )
    return found


def _same_text(gold: AnnotatedArticle, articles: Sequence[FoundArticle]) -> FoundArticle | None:
    """The article under another name that every passage of the gold fits."""
    if not any(gold.passages()):
        return None
    return next((one for one in articles if one.text is not None and gold.misfit(one.text) is None), None)
