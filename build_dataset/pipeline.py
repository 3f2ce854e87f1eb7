"""READ THIS FIRST: the stages in order, for one article.

    Document → language and metadata → segments → frames → quotes → speakers → confidence
                                                └→ statistics

Every stage is a function of what came before and changes none of it. The same `extract_article` runs in one process,
on all cores and on a cluster.
"""

from dataclasses import replace

from build_dataset.document import ArticleMetadata, Document, Extraction, SegmentedText
from build_dataset.extract.confidence import with_confidence
from build_dataset.extract.quotes import find_quotes
from build_dataset.extract.statistics import assemble
from build_dataset.lang.detect import detect_pack
from build_dataset.lang.pack import LanguagePack
from build_dataset.options import Engine
from build_dataset.resolve.coreference import resolve_sources
from build_dataset.schema import ArticleFlag
from build_dataset.segment.broken_marks import has_broken_marks
from build_dataset.segment.text import segment


def extract_article(document: Document, engine: Engine = Engine.FAST) -> Extraction:
    """One article, from text to quotes, statistics and their speakers.

    Args:
        document: the article as read; a text in a language without a pack gives an article without records.
        engine: what reads attributions.

    Returns:
        Everything found, grounded in `document.text`.
    """
    pack = detect_pack(document.text, engine)
    if pack is None:
        return Extraction(document, _unsupported(document), words=len(document.text.split()))
    return _extract(document, pack)


def _extract(document: Document, pack: LanguagePack) -> Extraction:
    metadata = pack.metadata.read(document)
    segmented = segment(document.text, pack, metadata.excluded)
    frames = pack.attribution.frames(segmented)
    candidates, dropped = find_quotes(segmented, frames, pack)
    quotes, speakers = resolve_sources(segmented, candidates, pack.attribution)
    return Extraction(
        document=document,
        metadata=_with_flags(metadata, document, segmented),
        words=pack.segmentation.words(segmented.tokens),
        speakers=speakers,
        quotes=with_confidence(document.text, quotes, speakers),
        statistics=tuple(assemble(segmented, pack.quantities.figures(segmented))),
        dropped=tuple(dropped),
    )


def _with_flags(metadata: ArticleMetadata, document: Document, segmented: SegmentedText) -> ArticleMetadata:
    """The metadata with what else is to know: what the container said, and marks without a partner."""
    flags = {*metadata.flags, *document.flags}
    if has_broken_marks(segmented):
        flags.add(ArticleFlag.BROKEN_QUOTATION_MARKS)
    return replace(metadata, flags=tuple(sorted(flags)))


def _unsupported(document: Document) -> ArticleMetadata:
    given = document.metadata
    return ArticleMetadata(
        url=given.url,
        title=given.title,
        byline=given.byline,
        published=given.published,
        publisher=given.publisher,
        license=given.license,
        language=given.language,
        flags=tuple(sorted({ArticleFlag.UNSUPPORTED_LANGUAGE, *document.flags})),
    )
