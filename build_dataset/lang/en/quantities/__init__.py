"""English figures: numbers with their units, qualifiers and what they count.

| module          | does                                                                     |
| --------------- | ------------------------------------------------------------------------ |
| data.py         | what quantities.yaml must hold                                           |
| patterns.py     | one pattern of many spellings                                            |
| places.py       | where a figure can start, and where a date or an address ends            |
| spelled.py      | whole numbers in words, and "point" behind them                          |
| fractions.py    | two thirds, three and a fifth, half a million, one over twenty           |
| powers.py       | what goes on with digits: ½, "point", powers                             |
| numbers.py      | digits, scales and powers, joined with the two above → Decimal           |
| currencies.py   | the names, codes and signs of the world's money                          |
| measures.py     | the names and symbols of units of measure                                |
| units.py        | the currency or unit about a number                                      |
| compound.py     | several units in one figure (5 ft 2 in, 3 dollars 50 cents)              |
| rates.py        | what a figure is per                                                     |
| term.py         | a number with all of this: what it is                                    |
| terms.py        | and how it is read                                                       |
| bounds.py       | two bounds of one range (more than 10 and less than 40)                  |
| ranges.py       | two terms: a range or a change                                           |
| special.py      | ranks, multiples in one word, one in five, ratios, scores                |
| vague.py        | amounts that are no number                                               |
| nouns.py        | the noun that a number counts                                            |
| surroundings.py | qualifier, what limits a percentage                                      |
| rules.py        | what is a statistic and what is a date, an age, a name, a label          |
| context.py      | the sentence and the words before a place                                |
| sentences.py    | a sentence as classes of words, with its figures as tokens               |
| subjects.py     | what a figure is a figure of                                             |
| changes.py      | by how much something changed, from where, to where                      |
| periods.py      | for which time a figure is, and what it is compared with                 |
| statements.py   | these four for all figures of a text                                     |
| reader.py       | all of it in order                                                       |
"""

from build_dataset.lang.en.quantities.data import QuantityData
from build_dataset.lang.en.quantities.reader import EnglishQuantities
from build_dataset.lang.pack import load_data


def load() -> EnglishQuantities:
    """The English quantities with their data."""
    return EnglishQuantities(load_data(QuantityData, "en", "quantities"))
