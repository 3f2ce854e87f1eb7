"""Chinese figures: numbers with their measure words, units, qualifiers and what they count.

| module          | does                                                                         |
| --------------- | ---------------------------------------------------------------------------- |
| data.py         | what quantities.yaml must hold                                               |
| dates.py        | digits and number characters that are a date or a time                       |
| spelled.py      | a row of number characters → its value, or the two bounds of 三四千 and 几十      |
| numbers.py      | digits, characters, scales, powers → Decimal                                 |
| fractions.py    | 三分之二, 百分之五, 一又二分之一, 3/5                                                      |
| units.py        | the unit of every spelling; the currencies of the world                      |
| behind.py       | the unit behind a number, and whether it is an age or says how long ago      |
| money.py        | coins and spoken money (五块六角, 一块二)                                           |
| terms.py        | a number with its sign, its currency or unit                                 |
| ranges.py       | two terms: a range or two figures                                            |
| bounds.py       | two bounds: one range (大于10小于20)                                             |
| rates.py        | what a figure is per (5元/小时, 每人100元)                                         |
| special.py      | ranks, ratios, scores, numbers inside words                                  |
| halves.py       | halves and doublings (一半, 半年, 对折, 翻一番)                                       |
| nouns.py        | the noun that a measure word measures                                        |
| surroundings.py | qualifier, what limits a percentage                                          |
| rules.py        | what is a statistic, what a dataset leaves out, what is a name or an ordinal |
| context.py      | the words, the clause and the sentence of a place                            |
| subjects.py     | what a figure is a figure of                                                 |
| changes.py      | by how much something changed, from where, to where                          |
| periods.py      | words for a time: for which one a figure is, with which one it is compared   |
| statements.py   | these three for all figures of a text                                        |
| reader.py       | all of it in order                                                           |
"""

from build_dataset.lang.pack import load_data
from build_dataset.lang.zh.quantities.data import QuantityData
from build_dataset.lang.zh.quantities.reader import ChineseQuantities


def load() -> ChineseQuantities:
    """The Chinese quantities with their data."""
    return ChineseQuantities(load_data(QuantityData, "zh", "quantities"))
