"""English figures, place by place."""

import re

from build_dataset.document import Range, SegmentedText
from build_dataset.extract.figures import Exclusion, Figure, as_printed
from build_dataset.extract.units import Unit
from build_dataset.lang.en.quantities.context import Article, Place
from build_dataset.lang.en.quantities.data import QuantityData
from build_dataset.lang.en.quantities.nouns import Noun, NounReader
from build_dataset.lang.en.quantities.places import PlaceFinder
from build_dataset.lang.en.quantities.placings import PlacingReader
from build_dataset.lang.en.quantities.ranges import RangeReader
from build_dataset.lang.en.quantities.rules import Rules
from build_dataset.lang.en.quantities.special import SpecialReader
from build_dataset.lang.en.quantities.statements import StatementReader
from build_dataset.lang.en.quantities.surroundings import Surroundings
from build_dataset.lang.en.quantities.terms import Term, TermReader, alternatives
from build_dataset.lang.en.quantities.vague import VagueReader
from build_dataset.schema import Qualifier, StatisticKind

_SMALL = 10
_FOLD = re.compile(r"[-\s]?fold\b|\s?[xX×](?![\w])", re.IGNORECASE)
_FRACTION = Unit(StatisticKind.RATIO, "")
_MULTIPLE = Unit(StatisticKind.RATIO, "times")
_AGE = Unit(StatisticKind.DURATION, "year")


class EnglishQuantities:
    """Finds the figures of an English text."""

    def __init__(self, data: QuantityData) -> None:
        self._months = data.months
        self._nouns = NounReader(
            data.phrase_ends,
            data.irregular_plurals,
            data.singulars,
            data.no_plurals,
            data.attributive_plurals,
            data.attributive_singulars,
            data.verbs_in_s,
        )
        self._terms = TermReader(data, self._nouns)
        self._places = PlaceFinder(data, self._terms)
        self._ranges = RangeReader(data, self._terms, self._nouns)
        self._surroundings = Surroundings(data)
        self._special = SpecialReader(data, self._terms, self._surroundings)
        self._rules = Rules(data, self._nouns)
        self._statements = StatementReader(data)
        self._vague = VagueReader(data)
        self._placings = PlacingReader(data)
        self._times = re.compile(
            rf"\s?times\b(?=\s(?:{alternatives(data.comparisons)}|[a-z]+er)\b)", re.IGNORECASE
        )

    def figures(self, segmented: SegmentedText) -> list[Figure]:
        """Every figure of the text; those that are no number come last."""
        article = Article(segmented, self._months)
        figures: list[Figure] = []
        position = 0
        for start in self._places.places(article.text):
            if start < position:
                continue
            position = self._places.date_end(article.text, start)
            if position == start:
                found, position = self._read(article, start)
                figures += found
        placings = list(self._placings.figures(article.text))
        if placings:
            figures = sorted([*figures, *placings], key=lambda figure: figure.start)
        return [*self._statements.complete(segmented, figures), *self._vague.figures(article.text)]

    def _read(self, article: Article, start: int) -> tuple[list[Figure], int]:
        """The figures that start at a place (two where something changes) and where they end."""
        place = article.place(start)
        figure, end = self._special.read(article, place)
        if end > start:
            return ([figure] if figure is not None else []), end
        term = self._terms.read(article, start)
        if term is None:
            return [], self._places.name_end(article.text, start)
        behind = self._ranges.connector_end(article.text, term)
        if behind and term.unit is None and self._places.date_end(article.text, behind) > behind:
            return [], behind  # between 10 and 11:30
        pair = self._ranges.read(article, term, place)
        if pair is None:
            unit = self._ranges.shared_unit(article, term)
            if unit is not None and not self._rules.is_label(article.text, term, place.before):
                term = term._replace(unit=unit, value=term.value * unit.factor)
            figure = self._figure(article, term, None, place)
            return ([figure] if figure is not None else []), term.behind
        if pair.change:
            figures = (
                self._figure(article, pair.low, None, place),
                self._figure(article, pair.high, None, article.place(pair.high.start)),
            )
            return [figure for figure in figures if figure is not None], pair.high.behind
        figure = self._figure(article, pair.low, pair.high, place)
        if figure is not None and pair.bounded:
            figure = figure._replace(qualifier=None)
        return ([figure] if figure is not None else []), pair.high.behind

    def _figure(self, article: Article, low: Term, high: Term | None, place: Place) -> Figure | None:
        """The figure that a term or a range is, None where it is a date, a name, a label."""
        text, last = article.text, high or low
        unit = last.unit or low.unit
        if low.start < place.start or text[low.start : low.number.start].startswith(("minus", "negative")):
            place = article.place(low.start)  # about minus 80 degrees
        old = self._rules.past_or_age(text, last)
        if old is not None:
            return _excluded(low, high, unit or (_AGE if old is Exclusion.AGE else None), old)
        qualifier, behind = self._surroundings.qualifier(text, last, place.before)
        if unit is not None:
            if self._rules.is_date_or_name(text, low, last, unit, place.before):
                return None
            if self._rules.is_one(text, low, last, unit, place.before, qualifier):
                article_alone = low.number.end - low.number.start <= len("an")
                return _excluded(low, high, unit, Exclusion.ARTICLE if article_alone else Exclusion.ONE)
            return self._build(article, low, high, unit, last.end, place, qualifier)
        if last.number.fraction:
            if self._rules.is_fraction(text, last, place.before, qualifier):
                return self._build(article, low, high, _FRACTION, last.end, place, qualifier)
            ordinal = self._rules.is_ordinal(text, last, place.before)
            return None if ordinal else _excluded(low, high, _FRACTION, Exclusion.BARE)
        multiple = _FOLD.match(text, last.end) or self._times.match(text, last.end)
        if multiple is not None:
            return self._build(article, low, high, _MULTIPLE, multiple.end(), place, qualifier)
        return self._count(article, low, high, place, qualifier, behind)

    def _count(
        self,
        article: Article,
        low: Term,
        high: Term | None,
        place: Place,
        qualifier: Qualifier | None,
        behind: int,
    ) -> Figure | None:
        """A count of things, or a bare number."""
        text, last = article.text, high or low
        if self._rules.is_of_age(place.before):
            return _excluded(low, high, _AGE, Exclusion.AGE)
        if high is not None and low.value > high.value:
            return None
        tied = self._nouns.read_attributive(text, last.end, place.limit) if behind == last.end else None
        noun = tied or self._counted_noun(text, last, behind, place.limit)
        if self._rules.is_label(text, low, place.before) and (noun is None or qualifier is None):
            return None
        if self._rules.is_year(text, low, high, noun is not None, place.before, qualifier):
            return None
        small = self._excluded_small(low, high, tied, noun, place)
        if small is not None:
            return small if not self._rules.is_pronoun(last, place.before) else None
        if noun is None:
            return self._bare(article, low, high, place, qualifier)
        if self._rules.is_title(text, low, noun, place.before):
            return None
        described = self._nouns.phrase(text, tied.end, place.limit) if tied is not None else None
        subject = described or noun  # a 12-page report
        unit = Unit(StatisticKind.COUNT, noun.singular)
        end = noun.end if not self._terms.measures_within(text, last.end, noun.end) else last.end
        return self._build(article, low, high, unit, end, place, qualifier, Range(subject.start, subject.end))

    def _excluded_small(
        self, low: Term, high: Term | None, tied: Noun | None, noun: Noun | None, place: Place
    ) -> Figure | None:
        """At least one attempt, a tornado or two, a six-speed gearbox, a two-way street."""
        last = high or low
        unit = Unit(StatisticKind.COUNT, noun.singular) if noun is not None else None
        if last.number.spelled and last.value == 1:
            return _excluded(low, high, unit, Exclusion.ONE)
        if self._rules.is_afterthought(low, place.before):
            return _excluded(low, high, None, Exclusion.VAGUE)
        if tied is not None and last.number.spelled and last.value < _SMALL:
            return _excluded(low, high, unit, Exclusion.NAME)
        return None

    def _bare(
        self, article: Article, low: Term, high: Term | None, place: Place, qualifier: Qualifier | None
    ) -> Figure | None:
        """A number without unit and noun."""
        if self._rules.is_bare_age(article.text, low, place.before):
            return _excluded(low, high, _AGE, Exclusion.AGE)
        if self._rules.is_bare_name(article, low, high, place, qualifier):
            return None
        if self._rules.is_bare_figure(article, low, high, place, qualifier):
            return self._build(article, low, high, None, (high or low).end, place, qualifier)
        return _excluded(low, high, None, Exclusion.BARE)

    def _counted_noun(self, text: str, last: Term, behind: int, limit: int) -> Noun | None:
        noun = self._nouns.read(text, behind, limit)
        if noun is None and last.value == 1:
            return self._nouns.phrase(text, behind, limit)
        return noun

    def _build(
        self,
        article: Article,
        low: Term,
        high: Term | None,
        unit: Unit | None,
        end: int,
        place: Place,
        qualifier: Qualifier | None,
        subject: Range | None = None,
    ) -> Figure:
        text, last = article.text, high or low
        kind = unit.kind if unit is not None else StatisticKind.COUNT
        return Figure(
            start=low.start,
            end=end,
            low=low.value,
            high=high.value if high is not None else None,
            unit=(unit.name or None) if unit is not None else None,
            kind=kind,
            qualifier=qualifier,
            subject=subject,
            role=self._surroundings.role(text, end, place) if kind is StatisticKind.PERCENT else None,
            printed=as_printed(text, Range(low.start, end), low.number, last.number),
            per=last.per or low.per or self._rate_of_count(text, end, kind),
        )

    def _rate_of_count(self, text: str, end: int, kind: StatisticKind) -> str | None:
        """15 points per game."""
        rate = self._terms.rates.read(text, end) if kind is StatisticKind.COUNT else None
        return rate.per if rate is not None else None


def _excluded(low: Term, high: Term | None, unit: Unit | None, why: Exclusion) -> Figure:
    """A quantity that the guidelines leave out; what the words about it say is of no interest."""
    return Figure(
        start=low.start,
        end=(high or low).end,
        low=low.value,
        high=high.value if high is not None else None,
        unit=(unit.name or None) if unit is not None else None,
        kind=unit.kind if unit is not None else StatisticKind.COUNT,
        exclusion=why,
    )
