"""English figures: numbers with their units, qualifiers and what they count.

| module          | does                                                                     |
| --------------- | ------------------------------------------------------------------------ |
| data.py         | what quantities.yaml must hold                                           |
| places.py       | where a figure can start, and where a date or an address ends            |
| numbers.py      | digits, scales, number words, fractions → Decimal                        |
| terms.py        | a number with its currency or unit                                       |
| ranges.py       | two terms: a range or a change                                           |
| special.py      | ranks, multiples in one word, one in five, ratios, scores                |
| nouns.py        | the noun that a number counts                                            |
| surroundings.py | qualifier, subject, what limits a percentage                             |
| rules.py        | what is a statistic and what is a date, an age, a name, a label          |
| context.py      | the sentence and the words before a place                                |
| reader.py       | all of it in order                                                       |
"""

from build_dataset.lang.en.quantities.data import QuantityData
from build_dataset.lang.en.quantities.reader import EnglishQuantities
from build_dataset.lang.pack import load_data


def load() -> EnglishQuantities:
    """The English quantities with their data."""
    return EnglishQuantities(load_data(QuantityData, "en", "quantities"))
