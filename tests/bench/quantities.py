"""Scores figures on the shared sets of quantities, and on sentences without any.

    python -m tests.bench.quantities [SET…] [--as-published] [--count-noun] [--errors N]

The scorer is that of the sets. What a set counts and the annotation guidelines do not is mapped here, at the edge, and
nowhere else; `--as-published` leaves the mapping out and scores what a dataset holds. The cases:

======================== =========================================================================================
a set counts             the guidelines
======================== =========================================================================================
one solution, 一个周     "one" with a noun is none: `Exclusion.ONE` is put back
a dollar, 半个           "a" with a noun is none: `Exclusion.ARTICLE` is put back, in the sets that count it
30 years old, 5岁        an age is none: `Exclusion.AGE` is put back
two thousand years ago   how long ago is a date: `Exclusion.PAST` is put back
192, two of them         a number without anything that it measures is none: `Exclusion.BARE` is put back
dozens, 十几万           no number: `Exclusion.VAGUE` is put back, in the sets that count it
three-set loss, 七大洲   a number in a fixed expression is none: `Exclusion.NAME` is put back
$5 per gallon            money leaves out the rate, which is a column of its own: it goes back into the unit
from 252 to 287 miles    a change is two figures: they become a range again (NewsQuant)
13 people                a noun is counted in the singular (person): NewsQuant writes people
four times, sixfold      a multiple has the unit times: NewsQuant writes count, and counts fractions
千分之一 = 0.1 %         a fraction is a ratio: it becomes a percentage (Recognizers-Text, percentages)
六个百分点 = 6 %         a percentage point is none: it becomes one (the same set)
equal to 20 = 20–20      one figure: it becomes a range of no width (Recognizers-Text, ranges)
percent of 10 = 10 %     a number behind "percent of" is none: it becomes one (Recognizers-Text, percentages)
eight to 10 feet = 10    a range is one statistic: its upper end is left (Recognizers-Text, dimensions and ages)
98度 = 98 degree         degrees beside 温度 are celsius: they become degrees again (Recognizers-Text, temperatures)
25 tonnes, 一吨 = ton    a tonne is a metric ton: it becomes a ton (Recognizers-Text, dimensions)
三千比特 = 3 kilobit     the scale belongs to the number: it goes into the unit (Recognizers-Text, dimensions)
7 feet 10 inches = 94 in a measure in two units is in the larger one: it is converted to the smaller one (Duckling)
======================== =========================================================================================
"""

import argparse
import importlib.util
import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

import pint
from rich.console import Console
from rich.table import Table

from build_dataset.document import StatisticCandidate
from build_dataset.extract.figures import Exclusion
from build_dataset.extract.statistics import assemble
from build_dataset.lang.pack import load_pack
from build_dataset.schema import ChangeRole, StatisticKind
from build_dataset.segment.text import segment

SETS = Path("../shared/corpora/quantities")

_MEASURES_NOTHING = frozenset({Exclusion.ONE, Exclusion.AGE, Exclusion.PAST, Exclusion.BARE, Exclusion.NAME})
_EVERYTHING = frozenset(Exclusion)
_PERCENT_OF = re.compile(r"\bper\s?cents? of $", re.IGNORECASE)
_CELSIUS = re.compile("[摄攝℃C]")
_UNITS = re.compile(r"\d+\s?([a-z]+)")
_EQUAL = re.compile(r"(?:\bequal\w*(?:\s+to)?|等于)\s*$", re.IGNORECASE)

Quantity = dict[str, Any]


@dataclass(frozen=True)
class Convention:
    """What a set counts beside the guidelines' statistics, and how it writes them."""

    counts: frozenset[Exclusion] = _MEASURES_NOTHING
    rates: bool = False
    joins_changes: bool = False
    maps: tuple[Callable[[Quantity, str], Quantity], ...] = field(default=())


def _people(quantity: Quantity, _: str) -> Quantity:
    return quantity | {"unit": "people"} if quantity["unit"] == "person" else quantity


def _multiple_as_count(quantity: Quantity, _: str) -> Quantity:
    if quantity["kind"] == StatisticKind.RATIO or quantity["unit"] == "time":
        return quantity | {"kind": "count", "unit": "count"}
    return quantity


def _fraction_as_percent(quantity: Quantity, _: str) -> Quantity:
    if quantity["kind"] != StatisticKind.RATIO or quantity["unit"] is not None:
        return quantity
    return quantity | {"kind": "percent", "unit": "percent", "value": quantity["value"] * 100}


def _point_as_percent(quantity: Quantity, _: str) -> Quantity:
    return quantity | {"unit": "percent"} if quantity["unit"] == "percentage point" else quantity


def _equal_as_range(quantity: Quantity, text: str) -> Quantity:
    if quantity["value_max"] is None and _EQUAL.search(text, 0, quantity["start"]):
        return quantity | {"value_max": quantity["value"]}
    return quantity


def _percent_of(quantity: Quantity, text: str) -> Quantity:
    if quantity["kind"] == StatisticKind.COUNT and _PERCENT_OF.search(text, 0, quantity["start"]):
        return quantity | {"kind": "percent", "unit": "percent"}
    return quantity


def _upper_end(quantity: Quantity, _: str) -> Quantity:
    if quantity["value_max"] is None:
        return quantity
    return quantity | {"value": quantity["value_max"], "value_max": None}


def _bare_degree(quantity: Quantity, text: str) -> Quantity:
    stated = _CELSIUS.search(text[quantity["start"] : quantity["end"]]) is not None
    return quantity | {"unit": "degree"} if quantity["unit"] == "celsius" and not stated else quantity


def _short_ton(quantity: Quantity, text: str) -> Quantity:
    metric = "metric" in text[quantity["start"] : quantity["end"]]
    return quantity | {"unit": "ton"} if quantity["unit"] == "metric ton" and not metric else quantity


def _scale_in_unit(quantity: Quantity, text: str) -> Quantity:
    if quantity["unit"] in ("bit", "byte") and "千" in text[quantity["start"] : quantity["end"]]:
        return quantity | {"value": quantity["value"] / 1000, "unit": f"kilo{quantity['unit']}"}
    return quantity


def _smallest_unit(quantity: Quantity, text: str) -> Quantity:
    units = _UNITS.findall(text[quantity["start"] : quantity["end"]])
    if quantity["kind"] != StatisticKind.MEASURE or quantity["value_max"] is not None or len(set(units)) < 2:
        return quantity
    registry: pint.UnitRegistry[Any] = pint.UnitRegistry()
    unit = registry.Unit(units[-1])
    value = registry.Quantity(quantity["value"], quantity["unit"]).to(unit).magnitude
    return quantity | {"value": value, "unit": str(unit)}


_PLAIN = Convention()
_ALL = Convention(counts=_EVERYTHING)
CONVENTIONS = {
    "newsquant": Convention(rates=True, joins_changes=True, maps=(_people, _multiple_as_count)),
    "pud": _PLAIN,
    "jionlp": _ALL,
    "duckling": Convention(counts=_EVERYTHING, maps=(_smallest_unit,)),
    "duckling_zh": _ALL,
    "quantulum3": _ALL,
    "rt_zh_percent": Convention(counts=_EVERYTHING, maps=(_fraction_as_percent, _point_as_percent)),
    "rt_en_percent": Convention(counts=_EVERYTHING, maps=(_percent_of,)),
    "rt_en_dimension": Convention(counts=_EVERYTHING, maps=(_upper_end, _short_ton)),
    "rt_zh_dimension": Convention(counts=_EVERYTHING, maps=(_upper_end, _short_ton, _scale_in_unit)),
    "rt_en_age": Convention(counts=_EVERYTHING, maps=(_upper_end,)),
    "rt_zh_age": Convention(counts=_EVERYTHING, maps=(_upper_end,)),
    "rt_zh_temperature": Convention(counts=_EVERYTHING, maps=(_bare_degree,)),
    "rt_en_range": Convention(counts=_EVERYTHING, maps=(_equal_as_range,)),
    "rt_zh_range": Convention(counts=_EVERYTHING, maps=(_equal_as_range,)),
    "rt_": _ALL,
}
"""By the beginning of a set's name, the longest that fits."""

AS_PUBLISHED = Convention(counts=frozenset())


def convention_of(name: str) -> Convention:
    """What a set counts."""
    fitting = [beginning for beginning in CONVENTIONS if name.startswith(beginning)]
    return CONVENTIONS[max(fitting, key=len)] if fitting else _PLAIN


def scorer(sets: Path = SETS) -> ModuleType:
    """The shared scorer, as a module."""
    sys.path.insert(0, str(sets))
    specification = importlib.util.spec_from_file_location("quantity_score", sets / "score.py")
    if specification is None or specification.loader is None:
        raise FileNotFoundError(sets / "score.py")
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def quantities(text: str, language: str, convention: Convention = AS_PUBLISHED) -> list[Quantity]:
    """What is found in a text, as the scorer wants it."""
    pack = load_pack(language)
    segmented = segment(text, pack)
    figures = [
        figure._replace(exclusion=None) if figure.exclusion in convention.counts else figure
        for figure in pack.quantities.figures(segmented)
    ]
    found = list(_as_quantities(assemble(segmented, figures), text, convention))
    for mapped in convention.maps:
        found = [mapped(quantity, text) for quantity in found]
    return found


def _as_quantities(
    statistics: Sequence[StatisticCandidate], text: str, convention: Convention
) -> Iterator[Quantity]:
    joined = _beginnings(statistics) if convention.joins_changes else {}
    ends = {id(end) for end in joined.values()}
    for statistic in statistics:
        if id(statistic) in ends:
            continue
        quantity = _quantity(statistic, text, convention)
        end = joined.get(id(statistic))
        if end is not None:
            low, high = sorted((quantity["value"], end.value))
            quantity |= {"end": end.end, "value": low, "value_max": high}
        yield quantity


def _beginnings(statistics: Sequence[StatisticCandidate]) -> dict[int, StatisticCandidate]:
    """The figure from which something changes → the figure to which it does, of one unit and right behind it."""
    return {
        id(first): second
        for first, second in pairwise(statistics)
        if first.change is not None
        and second.change is not None
        and first.change.first == second.change.first
        and (first.change.role, second.change.role) == (ChangeRole.FROM, ChangeRole.TO)
        and first.unit == second.unit
    }


def _quantity(statistic: StatisticCandidate, text: str, convention: Convention) -> Quantity:
    unit = statistic.unit
    if convention.rates and statistic.per is not None:
        unit = f"{unit or ''}/{statistic.per}"
    subject = statistic.subject
    return {
        "start": statistic.start,
        "end": statistic.end,
        "value": statistic.value,
        "value_max": statistic.value_max,
        "unit": unit,
        "kind": str(statistic.kind),
        "subject": None if subject is None else text[subject.start : subject.end],
    }


def names(sets: Path = SETS) -> list[str]:
    """The sets that are there."""
    return sorted(path.stem for path in sets.glob("*.jsonl"))


def score(
    name: str,
    *,
    as_published: bool = False,
    count_noun: bool = False,
    errors: list[Any] | None = None,
    sets: Path = SETS,
) -> dict[str, Any]:
    """The scorer's figures for one set."""
    module = scorer(sets)
    gold = module.load(sets / f"{name}.jsonl")
    convention = AS_PUBLISHED if as_published else convention_of(name)
    predicted = {one["id"]: quantities(one["text"], one["lang"], convention) for one in gold}
    result: dict[str, Any] = module.score(gold, predicted, count_noun, errors)
    return result


def report(scores: dict[str, dict[str, Any]]) -> Table:
    """One row a set."""
    table = Table("set", "figures", "overlap", "value", "joint P", "R", "F1", "false alarms")
    for name, found in scores.items():
        alarms = f"{found['neg_fa']} of {found['neg']}" if found["neg"] else ""
        columns = ("gold", "overlap_f1", "value_f1", "joint_p", "joint_r", "joint_f1")
        table.add_row(name, *(str(found[column]) for column in columns), alarms)
    return table


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="SET")
    parser.add_argument("--as-published", action="store_true")
    parser.add_argument("--count-noun", action="store_true")
    parser.add_argument("--errors", type=int, default=0, metavar="N")
    options = parser.parse_args()
    if not SETS.is_dir():
        sys.exit(f"There are no sets in {SETS}: nothing is measured.")
    console = Console(width=110, highlight=False, markup=False)
    scores = {}
    errors: list[Any] = []
    for name in options.names or names():
        scores[name] = score(
            name, as_published=options.as_published, count_noun=options.count_noun, errors=errors
        )
    console.print(report(scores))
    for error in errors[: options.errors]:
        console.print(json.dumps(error, ensure_ascii=False), soft_wrap=True)


if __name__ == "__main__":
    main()
