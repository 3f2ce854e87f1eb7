"""Units of measure, money and time, and what every language's `quantities.yaml` says about them."""

from decimal import Decimal
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from build_dataset.schema import Qualifier, StatisticKind


class Unit(NamedTuple):
    """A unit as it is published; `factor` is what the number is multiplied by (cents, 角)."""

    kind: StatisticKind
    name: str
    factor: Decimal = Decimal(1)


class Fitting(BaseModel):
    """Verbs that take only some units: what weighs something weighs kilograms.

    `kinds` are those of which every unit fits, `units` the measures that do. Counts and ratios always do.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    verbs: frozenset[str]
    kinds: frozenset[StatisticKind] = frozenset()
    units: frozenset[str] = frozenset()

    def fits(self, kind: StatisticKind, unit: str | None) -> bool:
        """Whether a figure of that kind and unit can stand behind these verbs."""
        return kind not in _LIMITED or kind in self.kinds or unit in self.units


_LIMITED = frozenset(
    {StatisticKind.MONEY, StatisticKind.PERCENT, StatisticKind.DURATION, StatisticKind.MEASURE}
)


class UnitData(BaseModel):
    """What `quantities.yaml` holds in every language: names of units → their spellings, signs → ISO 4217."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    currency_signs: dict[str, str]
    currency_names: dict[str, list[str]]
    percent: dict[str, list[str]]
    durations: dict[str, list[str]]
    measures: dict[str, list[str]]
    qualifiers: dict[Qualifier, list[str]]
    qualifiers_behind: dict[Qualifier, list[str]]
    fitting: list[Fitting]

    def units(self) -> dict[str, Unit]:
        """The unit of every spelling."""
        tables = (
            (StatisticKind.MEASURE, self.measures),
            (StatisticKind.DURATION, self.durations),
            (StatisticKind.PERCENT, self.percent),
            (StatisticKind.MONEY, self.currency_names),
        )
        return {
            spelling: Unit(kind, name)
            for kind, table in tables
            for name, spellings in table.items()
            for spelling in spellings
        }

    def qualifier_of_phrases(self) -> tuple[dict[str, Qualifier], dict[str, Qualifier]]:
        """The qualifier of every phrase that stands before a figure, and of those behind it."""
        before, behind = (
            {phrase: qualifier for qualifier, phrases in table.items() for phrase in phrases}
            for table in (self.qualifiers, self.qualifiers_behind)
        )
        return before, behind
