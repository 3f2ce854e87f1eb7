"""What `quantities.yaml` must hold."""

from decimal import Decimal

from build_dataset.extract.units import UnitData
from build_dataset.schema import Qualifier


class QuantityData(UnitData):
    """`quantities.yaml`; the file's comments say what each list is for."""

    digits: dict[str, int]
    small_scales: dict[str, int]
    large_scales: dict[str, int]
    tens: dict[str, int]
    surplus: list[str]
    approximate: list[str]
    some: list[str]
    dozen: str
    scale_letters: dict[str, int]
    scale_capitals: dict[str, int]
    currency_parts: dict[str, dict[str, Decimal]]
    coins: dict[str, Decimal]
    spoken_money: list[str]
    loose_money: frozenset[str]
    shapes: frozenset[str]
    money_words: list[str]
    tenths: str
    not_tenths: str
    discount: str
    not_discounts: str
    ages: dict[str, list[str]]
    past: list[str]
    not_duration: list[str]
    duration_symbols: dict[str, str]
    speeds: dict[str, str]
    rate_units: dict[str, list[str]]
    rate_words: list[str]
    temperature_words: list[str]
    fahrenheit_words: list[str]
    electricity_words: list[str]
    below_zero: list[str]
    times: list[str]
    measure_words: list[str]
    units_themselves: list[str]
    not_measures: list[str]
    never_spelled: frozenset[str]
    counted_small: frozenset[str]
    measured_nouns: frozenset[str]
    only_measures: frozenset[str]
    ordinal_digits: str
    noun_tags: frozenset[str]
    passed_over_tags: frozenset[str]
    not_nouns: frozenset[str]
    not_counted: frozenset[str]
    not_subjects: frozenset[str]
    phrase_verbs: list[str]
    actors: list[str]
    acts: frozenset[str]
    attributive_verbs: frozenset[str]
    describing_nouns: frozenset[str]
    not_qualifiers: frozenset[str]
    negations: list[str]
    negated: frozenset[str]
    recent_behind: list[str]
    labels_before: list[str]
    labels_behind: list[str]
    named_groups: list[str]
    ones: frozenset[str]
    bounds_before: dict[Qualifier, list[str]]
    bounds_behind: dict[Qualifier, list[str]]
    before_levels: frozenset[str]
    score_words: list[str]
    rank_words: list[str]
    rank_tails: list[str]
    strength_words: list[str]
    not_behind: list[str]
    titles: str
    length_heads: list[str]
    falls: list[str]
    change_verbs: list[str]
    yearly_growth: list[str]
    shares: list[str]
