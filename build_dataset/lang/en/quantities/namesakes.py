"""Money of one name in several countries: which country's dollars, pesos or shillings an article speaks of."""

import re
from collections import Counter
from collections.abc import Mapping

from build_dataset.lang.en.quantities.data import QuantityData
from build_dataset.lang.en.quantities.patterns import alternatives

Countries = Mapping[str, str]
"""Words of a country in lower case (its name, the adjective of its money) → the code of its money."""

_DOLLAR = "dollar"
_AMERICAN = "USD"


class Namesakes:
    """Tells namesakes apart by the countries that an article names."""

    def __init__(self, data: QuantityData, countries: Mapping[str, Countries]) -> None:
        self._countries = {noun: dict(words) for noun, words in countries.items()}
        dollars = self._countries[_DOLLAR]
        self._countries[_DOLLAR] = {word: code for word, code in dollars.items() if code != _AMERICAN}
        self._patterns = {
            noun: re.compile(rf"\b(?:{alternatives(words)})\b", re.IGNORECASE)
            for noun, words in self._countries.items()
        }
        self._american = re.compile(rf"(?<![\w$])(?:{alternatives(data.american_money)})(?![A-Za-z])")
        others = (sign for sign, code in data.currency_signs.items() if "$" in sign and code != _AMERICAN)
        self._other_dollars = re.compile(rf"(?<![\w$])(?:{alternatives(others)})")

    def code(self, text: str, noun: str) -> str | None:
        """The code of the money called `noun` in a text: that of the country named most often.

        A dollar is American, unless American dollars are marked (US$) and those of no other country are: then a lone
        `$` is another country's.

        Returns:
            None where the text does not say.
        """
        if noun == _DOLLAR and (
            self._american.search(text) is None or self._other_dollars.search(text) is not None
        ):
            return None
        words = self._countries[noun]
        found = Counter(words[match.group().lower()] for match in self._patterns[noun].finditer(text))
        return found.most_common(1)[0][0] if found else None
