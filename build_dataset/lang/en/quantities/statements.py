"""What a sentence states with its figures: of what they are, for which time, how they belong together."""

from build_dataset.document import SegmentedText
from build_dataset.extract.changes import with_shared_subjects, with_shared_units
from build_dataset.extract.figures import Figure, Role, in_order
from build_dataset.extract.periods import NO_TIMES
from build_dataset.lang.en.attribution.lexicon import load_lexicon
from build_dataset.lang.en.quantities.changes import ChangeFinder
from build_dataset.lang.en.quantities.data import QuantityData
from build_dataset.lang.en.quantities.periods import PeriodFinder
from build_dataset.lang.en.quantities.sentences import Qualifiers, Sentence, WordClasses, sentences
from build_dataset.lang.en.quantities.subjects import SubjectFinder


class StatementReader:
    """Completes figures with what their sentences say of them."""

    def __init__(self, data: QuantityData) -> None:
        moves = (data.rises | data.falls | data.moves) - data.move_nouns
        self._words = WordClasses(load_lexicon(), data.figure_verbs | moves, data.phrase_ends)
        self._qualifiers = Qualifiers(phrase for phrases in data.qualifiers.values() for phrase in phrases)
        self._subjects = SubjectFinder(data, self._qualifiers)
        self._changes = ChangeFinder(data, self._qualifiers)
        self._periods = PeriodFinder(data)
        self._fitting = {verb: fitting for fitting in data.fitting for verb in fitting.verbs}

    def complete(self, segmented: SegmentedText, figures: list[Figure]) -> list[Figure]:
        """The figures with subject, period, comparison and change; those that the dataset leaves out as they are."""
        completed = [figure for figure in figures if figure.exclusion is not None]
        for sentence, places in sentences(segmented, in_order(figures), self._words):
            changes = self._changes.find(sentence, places)
            found = self._subjects.find(sentence, places)
            by_start = {places[at].start: subject for at, subject in found.items()}
            subjects = with_shared_subjects(places.values(), changes, by_start)
            times = self._periods.find(sentence, places)
            shared = with_shared_units(places.values(), changes)
            for at, figure in zip(places, shared, strict=True):
                period, comparison = times.get(figure.start, NO_TIMES)
                completed.append(
                    figure._replace(
                        subject=subjects.get(figure.start),
                        change=changes.get(figure.start),
                        period=period,
                        comparison=comparison,
                        role=figure.role if self._fits(sentence, at, figure) else Role.MISFIT,
                    )
                )
        return completed

    def _fits(self, sentence: Sentence, at: int, figure: Figure) -> bool:
        """Whether the unit of a figure fits the verb before it."""
        before = self._qualifiers.before(sentence, at)
        fitting = self._fitting.get(sentence.lower[before - 1]) if before else None
        return fitting is None or fitting.fits(figure.kind, figure.unit)
