"""Chinese figures, place by place."""

import re

from build_dataset.document import Range, SegmentedText
from build_dataset.extract.figures import Exclusion, Figure, as_printed
from build_dataset.extract.numerals import DIGIT_RUN, MAXIMUM_DIGITS
from build_dataset.extract.units import Unit
from build_dataset.lang.zh.quantities.context import Article
from build_dataset.lang.zh.quantities.data import QuantityData
from build_dataset.lang.zh.quantities.dates import DateFinder
from build_dataset.lang.zh.quantities.nouns import NounReader
from build_dataset.lang.zh.quantities.ranges import RangeReader
from build_dataset.lang.zh.quantities.rates import RateReader
from build_dataset.lang.zh.quantities.rules import Rules, Verdict
from build_dataset.lang.zh.quantities.special import SpecialReader
from build_dataset.lang.zh.quantities.statements import StatementReader
from build_dataset.lang.zh.quantities.surroundings import Surroundings
from build_dataset.lang.zh.quantities.terms import HALF, Term, TermReader
from build_dataset.lang.zh.quantities.units import BLANK, alternatives
from build_dataset.schema import Qualifier, StatisticKind

LONGEST_RUN = 2 * MAXIMUM_DIGITS
"""Characters; a longer row of digits and separators is no number, nor is any part of it."""

_LATIN_BEFORE = re.compile(r"[A-Za-z_@#&/．\d]|(?<=[A-Za-z0-9])[-–.]")
_NAME = re.compile(r"[A-Za-z0-9０-９]+(?:[-.:/][A-Za-z0-9]+)*")
_ZERO_BETWEEN = re.compile("(?<=[年月天时分里元])零(?=[一二三四五六七八九])")
"""三年零六个月: a zero that only joins."""


class ChineseQuantities:
    """Finds the figures of a Chinese text."""

    def __init__(self, data: QuantityData) -> None:
        self._dates = DateFinder(data)
        self._not_subjects = data.not_subjects
        self._themselves = frozenset(data.units_themselves)
        self._parts = data.parts_of_wholes
        vague = "".join(data.surplus + data.approximate)
        words = alternatives([*data.measure_words, *data.units_themselves])
        self._measure = re.compile(rf"{BLANK}(?P<vague>[{vague}]?){BLANK}(?P<word>{words})")
        self._terms = TermReader(data)
        self._ranges = RangeReader(data, self._terms, self._measure)
        self._nouns = NounReader(data)
        self._surroundings = Surroundings(data)
        self._rates = RateReader(data, self._surroundings)
        self._special = SpecialReader(data, self._terms, self._measure, self._surroundings)
        self._statements = StatementReader(data)
        self._rules = Rules(data, self._nouns, self._surroundings)
        self._characters = self._terms.numbers.characters
        self._place = re.compile(
            rf"{self._terms.sign.pattern}|{self._terms.beginning.pattern}|半|[对對]折|翻(?=[了近约\d一两兩二三四五六]{{0,3}}番)"
        )

    def figures(self, segmented: SegmentedText) -> list[Figure]:
        """Every figure of the text, in order."""
        article = Article(segmented, self._not_subjects)
        figures: list[Figure] = []
        position, reached = 0, -1
        while (match := self._place.search(article.text, position)) is not None:
            start = match.start()
            position = max(article.closed_end(start), self._dates.end(article.text, start))
            if position <= start:
                found, end = self._read(article, start, reached)
                figures += found
                position = max(end, start + 1)
            reached = position
        return self._statements.complete(segmented, figures)

    def _read(self, article: Article, start: int, reached: int) -> tuple[list[Figure], int]:
        """The figures that start at a place (two where a value falls) and where they end.

        Right behind what ends at `reached` a hyphen is no minus sign.
        """
        text = article.text
        if text[start] == "零" and (_ZERO_BETWEEN.match(text, start) or self._terms.below_zero(text, start)):
            return [], start + 1
        figure, end = self._special.read(article, start)
        if end > start:
            return ([figure] if figure is not None else []), end
        if self._is_inside_name(text, start):
            return [], self._name_end(text, start)
        term = self._terms.read(article, start, signed=reached != start - 1)
        if term is None:
            figure, end = self._special.name(article, start)
            return ([figure], end) if figure is not None else ([], self._name_end(text, start))
        if self._rules.is_labelled(text, start, term):
            return [], term.end
        pair = self._ranges.read(article, term)
        if pair is None:
            shared = self._ranges.shared_unit(article, term)
            if shared is not None:
                term = term._replace(unit=shared, low=term.low * shared.factor)
            figure = self._figure(article, term, None)
            if figure is None and term.number.spelled:
                figure, end = self._special.name(article, start)
                return ([figure] if figure is not None else []), max(end, term.end)
            return ([figure] if figure is not None else []), term.end
        if pair.change:
            figures = (self._figure(article, pair.low, None), self._figure(article, pair.high, None))
            return [figure for figure in figures if figure is not None], pair.high.end
        figure = self._figure(article, pair.low, pair.high)
        if figure is not None and pair.bounded:
            figure = figure._replace(qualifier=None)
        return ([figure] if figure is not None else []), pair.high.end

    def _is_inside_name(self, text: str, start: int) -> bool:
        """GPT4, T3: Latin letters at the digits."""
        if not start or not text[start].isascii() or self._terms.sign.match(text, start):
            return False
        return _LATIN_BEFORE.match(text, start - 1) is not None

    def _name_end(self, text: str, start: int) -> int:
        """Where the digits and letters, or the number characters, at a place end."""
        run = DIGIT_RUN.match(text, start)
        if run is not None and run.end() - start > LONGEST_RUN:
            return run.end()
        match = _NAME.match(text, start)
        if match is not None:
            return match.end()
        end = start
        while end < len(text) and text[end] in self._characters:
            end += 1
        return max(end, start + 1)

    def _figure(self, article: Article, low: Term, high: Term | None) -> Figure | None:
        """The figure that a term or a range is, None where it is a name or an ordinal."""
        text, last = article.text, high or low
        unit = last.unit or low.unit
        if self._rules.is_name(text, low, last) or (
            unit is None and self._terms.found.is_named(text, last.end)
        ):
            return None
        exclusion = low.exclusion or last.exclusion
        if self._rules.is_base(text, low):
            exclusion = Exclusion.BARE
        if unit is None:
            return self._count(article, low, high, exclusion)
        if high is not None:
            unit = self._terms.found.speed(text, low.number.start, unit)
        qualifier = self._surroundings.qualifier(text, low, last, unit, "", last.end)
        exclusion = exclusion or self._rules.quantity(text, low, last, unit, qualifier, last.end)
        return self._build(article, low, high, unit, last.end, qualifier, exclusion)

    def _count(
        self, article: Article, low: Term, high: Term | None, exclusion: Exclusion | None
    ) -> Figure | None:
        """48个视频案例: number and measure word, with the noun behind them as unit; or a bare number."""
        last = high or low
        measured = self._measure.match(article.text, last.end)
        verdict = Verdict.OTHER_WORD if measured is None else self._rules.count(article, low, last, measured)
        if measured is None or verdict is Verdict.OTHER_WORD:
            return self._bare(article, low, high, exclusion)
        if verdict is Verdict.NOTHING:
            return None
        if exclusion is None and isinstance(verdict, Exclusion):
            exclusion = verdict
        end = self._rules.half_end(article, measured)
        if end > measured.end() and high is None:  # 三个半足球场
            low = last = low._replace(low=low.low + HALF)
            exclusion = None if exclusion is Exclusion.ONE else exclusion
        qualifier = None
        if exclusion is None:
            qualifier = self._surroundings.qualifier(article.text, low, last, None, measured["vague"], end)
        noun = self._noun(article, low.start, measured["word"], end) if exclusion is None else None
        return self._build(
            article,
            low,
            high,
            self._counted(article, noun, measured["word"]),
            end,
            qualifier,
            exclusion,
            noun,
        )

    def _bare(
        self, article: Article, low: Term, high: Term | None, exclusion: Exclusion | None
    ) -> Figure | None:
        """60万选民, 8亿, 3012.53: a number without a measure word."""
        last = high or low
        qualifier = self._surroundings.qualifier(article.text, low, last, None, "", last.end)
        verdict = self._rules.bare(article, low, last, qualifier)
        if verdict is Verdict.NOTHING:
            return None
        if exclusion is None and isinstance(verdict, Exclusion):
            exclusion = verdict
        tied = exclusion is None and last.number.large_scale > 1
        noun = self._nouns.read_tied(article, last.end) if tied else None
        counted = None if noun is None else self._counted(article, noun, "")
        return self._build(article, low, high, counted, last.end, qualifier, exclusion, noun)

    def _counted(self, article: Article, noun: Range | None, word: str) -> Unit:
        return Unit(StatisticKind.COUNT, word if noun is None else article.text[noun.start : noun.end])

    def _noun(self, article: Article, start: int, word: str, end: int) -> Range | None:
        """The noun that a measure word measures, None where the word is itself what is counted (127人)."""
        if word in self._themselves or (word in self._parts and article.text.startswith("的", end)):
            return None  # 2600页的说明书
        behind = self._nouns.read(article, self._surroundings.end_behind(article.text, end))
        if behind is not None:
            return behind
        return self._nouns.read_before(article, self._surroundings.start_before(article.text, start), word)

    def _build(
        self,
        article: Article,
        low: Term,
        high: Term | None,
        unit: Unit | None,
        end: int,
        qualifier: Qualifier | None,
        exclusion: Exclusion | None,
        noun: Range | None = None,
    ) -> Figure:
        text, last = article.text, high or low
        kind = unit.kind if unit is not None else StatisticKind.COUNT
        kept = exclusion is None
        limited = kept and kind is StatisticKind.PERCENT
        return Figure(
            start=low.start,
            end=end,
            low=low.low,
            high=high.low if high is not None else low.high,
            unit=(unit.name or None) if unit is not None else None,
            kind=kind,
            qualifier=qualifier,
            subject=noun or (article.subject(low.start) if kept else None),
            role=self._surroundings.role(article, low.start) if limited else None,
            printed=as_printed(text, Range(low.start, end), low.number, last.number),
            exclusion=exclusion,
            per=self._rates.read(article, low.start, end, kind) if kept else None,
        )
