"""Chinese figures: numbers with their measure words, units, qualifiers and what they count.

| module          | does                                                                     |
| --------------- | ------------------------------------------------------------------------ |
| data.py         | what quantities.yaml must hold                                           |
| dates.py        | digits and number characters that are a date or a time                   |
| numbers.py      | digits, characters, scales → Decimal                                     |
| terms.py        | a number with its currency or unit                                       |
| ranges.py       | two terms: a range or two figures                                        |
| special.py      | ranks, halves, ratios, scores                                            |
| nouns.py        | the noun that a measure word measures                                    |
| surroundings.py | qualifier, what limits a percentage                                      |
| rules.py        | what is a statistic and what is a name, an ordinal, a figure of speech   |
| context.py      | the words, the clause and the sentence of a place; the subject           |
| reader.py       | all of it in order                                                       |
"""

from build_dataset.lang.pack import load_data
from build_dataset.lang.zh.quantities.data import QuantityData
from build_dataset.lang.zh.quantities.reader import ChineseQuantities


def load() -> ChineseQuantities:
    """The Chinese quantities with their data."""
    return ChineseQuantities(load_data(QuantityData, "zh", "quantities"))
