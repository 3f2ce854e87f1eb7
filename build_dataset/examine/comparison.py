"""One article against its gold, table by table. What counts as right is defined in `evaluate`."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from build_dataset.examine.annotation import (
    AnnotatedArticle,
    AnnotatedQuote,
    AnnotatedSpeaker,
    AnnotatedStatistic,
    FoundArticle,
    TextSpan,
)
from build_dataset.examine.matching import HALF, match
from build_dataset.examine.scores import Difference, Evaluation, Problem, TableScores

CONTEXT = 60
"""How many characters a difference shows on either side."""

Item = TypeVar("Item", AnnotatedQuote, AnnotatedStatistic)
Names = frozenset[str | None]


def compare(gold: AnnotatedArticle, found: FoundArticle, evaluation: Evaluation) -> None:
    """Count in `evaluation` what was found in one article, and list what differs from its gold."""
    comparison = _Comparison(gold, found, evaluation)
    evaluation.scored += 1
    comparison.articles()
    ignored = comparison.items(
        "quotes", gold.quotes, found.annotation.quotes, HALF, comparison.quote, ("speaker",)
    )
    comparison.items(
        "statistics", gold.statistics, found.annotation.statistics, 0.0, statistic, ("value", "unit")
    )
    comparison.speakers(ignored)


class _Comparison:
    """One article, its gold, and where the outcome is counted."""

    def __init__(self, gold: AnnotatedArticle, found: FoundArticle, evaluation: Evaluation) -> None:
        self.gold = gold
        self.found = found.annotation
        self.text = found.text or ""
        self.evaluation = evaluation
        self.gold_names = _names_by_speaker(gold.speakers)
        self.found_names = _names_by_speaker(self.found.speakers)

    def articles(self) -> None:
        """Compare what the article says of itself."""
        expected, found = _metadata(self.gold), _metadata(self.found)
        groups = self.evaluation.articles.groups(self.gold.language)
        for name, value in expected.items():
            same = found[name] == value
            is_right = f"{found[name]}-".startswith(f"{value}-") if name == "language" else same
            for scores in groups:
                scores.judge(name, is_right)
            if not is_right:
                self._differs("articles", "wrong", (name,), str(value), str(found[name]))

    def items(
        self,
        name: str,
        gold: Sequence[Item],
        found: Sequence[Item],
        at_least: float,
        judge: Callable[[Item, Item], dict[str, bool]],
        joint: tuple[str, ...],
    ) -> set[int]:
        """Compare quotes or statistics; returns the indices of the found items that are ignored.

        Args:
            name: the table's.
            gold: the items that should be found.
            found: the items that were.
            at_least: the overlap that makes a pair.
            judge: which attributes of a pair are right.
            joint: the attributes that must be right for the pair to be right as a whole.

        """
        table = self.evaluation.tables()[name]
        matching = match(gold, found, at_least)
        for expected, candidate in matching.pairs:
            self._pair(name, table, gold[expected], found[candidate], judge, joint)
        for index in matching.missed:
            for scores in table.groups(self.gold.language, gold[index].group):
                scores.expected += 1
            self._differs(name, "missed", (), self._line(gold[index]), None, gold[index].places)
        for index in matching.false:
            for scores in table.groups(self.gold.language, found[index].group):
                scores.found += 1
            self._differs(name, "false", (), None, self._line(found[index]), found[index].places)
        return set(matching.ignored)

    def _pair(
        self,
        name: str,
        table: TableScores,
        gold: Item,
        found: Item,
        judge: Callable[[Item, Item], dict[str, bool]],
        joint: tuple[str, ...],
    ) -> None:
        right = judge(gold, found)
        exact = sorted(gold.places) == sorted(found.places)
        for scores in table.groups(self.gold.language, gold.group):
            scores.expected += 1
            scores.found += 1
            scores.hit("overlap")
            scores.hit("exact", exact)
            scores.hit("joint", all(right[attribute] for attribute in joint))
            for attribute, is_right in right.items():
                scores.judge(attribute, is_right)
        wrong = tuple(attribute for attribute, is_right in {"span": exact, **right}.items() if not is_right)
        if wrong:
            self._differs(name, "wrong", wrong, self._line(gold), self._line(found), gold.places)

    def quote(self, gold: AnnotatedQuote, found: AnnotatedQuote) -> dict[str, bool]:
        """Which attributes of a matched quote are right."""
        return {
            "type": gold.type == found.type,
            "speaker": self._same_speaker(gold.speaker, found.speaker),
            "mention": gold.speaker_span == found.speaker_span,
            "cue": gold.cue_span == found.cue_span,
        }

    def _same_speaker(self, gold: str | None, found: str | None) -> bool:
        if gold is None or found is None:
            return gold is found
        return not _names(gold, self.gold_names).isdisjoint(_names(found, self.found_names))

    def speakers(self, ignored_quotes: set[int]) -> None:
        """Compare the sources of the article."""
        table = self.evaluation.speakers
        quotes = self.found.quotes
        counted = {quote.speaker for index, quote in enumerate(quotes) if index not in ignored_quotes}
        quoted = {quote.speaker for quote in quotes}
        candidates = [speaker for speaker in self.found.speakers if speaker.name in quoted]
        for gold in self.gold.speakers:
            found = _namesake(gold, candidates)
            if found is not None:
                candidates.remove(found)
            self._expected_speaker(table, gold, found)
        for speaker in candidates:
            if speaker.name in counted:
                for scores in table.groups(self.gold.language, speaker.kind.value):
                    scores.found += 1
                self._differs("speakers", "false", (), None, _speaker_line(speaker))

    def _expected_speaker(
        self, table: TableScores, gold: AnnotatedSpeaker, found: AnnotatedSpeaker | None
    ) -> None:
        groups = table.groups(self.gold.language, gold.kind.value)
        for scores in groups:
            scores.expected += 1
        if found is None:
            self._differs("speakers", "missed", (), _speaker_line(gold), None)
            return
        right = {
            "kind": gold.kind == found.kind,
            "role": normalised(gold.role) == normalised(found.role),
            "organization": normalised(gold.organization) == normalised(found.organization),
        }
        for scores in groups:
            scores.found += 1
            scores.hit("name")
            for attribute, is_right in right.items():
                scores.judge(attribute, is_right)
        wrong = tuple(attribute for attribute, is_right in right.items() if not is_right)
        if wrong:
            self._differs("speakers", "wrong", wrong, _speaker_line(gold), _speaker_line(found))

    def _differs(
        self,
        table: str,
        problem: Problem,
        attributes: tuple[str, ...],
        expected: str | None,
        found: str | None,
        places: Sequence[TextSpan] = (),
    ) -> None:
        context = ""
        if places:
            start, end = _bounds(places)
            before, after = self.text[max(0, start - CONTEXT) : start], self.text[end : end + CONTEXT]
            context = f"{before}[{self._cut((start, end))}]{after}"
        self.evaluation.differences.append(
            Difference(table, problem, self.gold.source, attributes, expected, found, context)
        )

    def _line(self, item: AnnotatedQuote | AnnotatedStatistic) -> str:
        words = self._cut(_bounds(item.places))
        if isinstance(item, AnnotatedStatistic):
            return f"{words} = {_reading(item)}"
        mention, cue = self._cut(item.speaker_span), self._cut(item.cue_span)
        speaker = item.speaker or "no speaker"
        return f"{item.type.value}, {speaker} (mention {mention}, cue {cue}): {words}"

    def _cut(self, span: TextSpan | None) -> str:
        if span is None:
            return "none"
        words = self.text[span[0] : span[1]]
        return words if len(words) <= 4 * CONTEXT else f"{words[: 2 * CONTEXT]} … {words[-2 * CONTEXT :]}"


def statistic(gold: AnnotatedStatistic, found: AnnotatedStatistic) -> dict[str, bool]:
    """Which attributes of a matched statistic are right."""
    return {
        "value": _close(gold.value, found.value) and _close(gold.value_max, found.value_max),
        "unit": normalised(gold.unit) == normalised(found.unit),
        "kind": gold.kind == found.kind,
        "qualifier": gold.qualifier == found.qualifier,
        "flags": set(gold.flags) - {"garbled"} == set(found.flags) - {"garbled"},
    }


def normalised(name: str | None) -> str | None:
    """A name in one case and with single blanks: two names are the same if this is."""
    return None if name is None else " ".join(name.casefold().split())


def _names_by_speaker(speakers: Iterable[AnnotatedSpeaker]) -> dict[str | None, Names]:
    """For each canonical name all names of its speaker, normalised."""
    names: dict[str | None, Names] = {}
    for speaker in speakers:
        name = normalised(speaker.name)
        names[name] = names.get(name, frozenset()) | _all_names(speaker)
    return names


def _names(name: str, known: Mapping[str | None, Names]) -> Names:
    key = normalised(name)
    return known.get(key, frozenset([key]))


def _all_names(speaker: AnnotatedSpeaker) -> Names:
    return frozenset(map(normalised, [speaker.name, *speaker.aliases]))


def _namesake(gold: AnnotatedSpeaker, candidates: Sequence[AnnotatedSpeaker]) -> AnnotatedSpeaker | None:
    """Pick the candidate of the same canonical name, else the first that shares any name."""
    same = (one for one in candidates if normalised(one.name) == normalised(gold.name))
    sharing = (one for one in candidates if not _all_names(one).isdisjoint(_all_names(gold)))
    return next(same, None) or next(sharing, None)


def _metadata(article: AnnotatedArticle) -> dict[str, object]:
    stated = article.article
    roles = sorted((normalised(by.name) or "", normalised(by.role) or "") for by in stated.byline)
    return {
        "language": article.language,
        "title": normalised(stated.title),
        "published": stated.published,
        "byline": [name for name, _ in roles],
        "byline roles": [role for _, role in roles],
        "publisher": normalised(stated.publisher),
        "license": normalised(stated.license),
    }


def _close(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=1e-6, abs_tol=1e-9)


def _bounds(places: Sequence[TextSpan]) -> TextSpan:
    return min(start for start, _ in places), max(end for _, end in places)


def _reading(found: AnnotatedStatistic) -> str:
    top = "" if found.value_max is None else f"–{found.value_max:.12g}"
    rest = [found.kind.value, *([found.qualifier.value] if found.qualifier else []), *found.flags]
    return f"{found.value:.12g}{top} {found.unit}, {', '.join(rest)}"


def _speaker_line(speaker: AnnotatedSpeaker) -> str:
    also = f" ({', '.join(speaker.aliases)})" if speaker.aliases else ""
    return f"{speaker.name}{also}: {speaker.kind.value}, {speaker.role}, {speaker.organization}"
