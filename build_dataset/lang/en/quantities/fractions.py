"""English fractions: three quarters, three and a fifth, half a million, one over twenty, 2 1/4."""

import re
from decimal import Decimal
from typing import NamedTuple

from build_dataset.extract.numerals import decimals, quotient
from build_dataset.lang.en.quantities.data import QuantityData
from build_dataset.lang.en.quantities.spelled import ARTICLE, WORD, Spelled, SpelledReader

_ONE = Decimal(1)
_TWO = Decimal(2)
_FOUR = Decimal(4)
_TEN = Decimal(10)
_HUNDRED = Decimal(100)
_THOUSAND = Decimal(1000)
_HALF = quotient(_ONE, _TWO)

_DIGITS = re.compile(
    r"(?P<whole>\d{1,3}(?:\s{1,2}|-))?(?P<over>\d{1,3})\s?[/⁄]\s?(?P<under>\d{1,3})(?![\d/⁄]|\.\d|\s?[/⁄]\s?\d)"
)
_TIED_ARTICLE = re.compile(r"an?(?:\s{1,3}|-)", re.IGNORECASE)
_AND = re.compile(r"[\s-]{1,3}and[\s-]{1,3}", re.IGNORECASE)
_OF_A_SCALE = re.compile(r"[\s-]of[\s-](?:a|one)(?=[\s-])", re.IGNORECASE)
_OVER = re.compile(r"\sover\s(?=[\w])", re.IGNORECASE)
_GOES_ON = re.compile(r"-[A-Za-z]|\s?[%$€£°]|\s[A-Za-z\d]")
_A_WORD = re.compile(r"[\s-][A-Za-z]")
_WHOLE = re.compile(r"\d{1,6}(?![\d,.]\d)")
_OF = re.compile(r"\sof\b")
_ANOTHER_PART = re.compile(r"[-‑][A-Za-z]")


class Fraction(NamedTuple):
    """A fraction and where it ends; `scale` is a million in "half a million", `mixed` says that it has a whole."""

    end: int
    value: Decimal
    scale: Decimal = _ONE
    mixed: bool = False


class FractionReader:
    """Reads fractions in digits and in words."""

    def __init__(self, data: QuantityData, spelled: SpelledReader) -> None:
        self._spelled = spelled
        self._denominators = decimals(data.denominators)
        self._large_scales = {word: value for word, value in spelled.scales.items() if value >= _THOUSAND}
        self._dozens = decimals(data.dozens)

    def digits(self, text: str, start: int) -> tuple[re.Match[str], Decimal] | None:
        """3/4, 2 1/4; a stroke between larger numbers is something else."""
        match = _DIGITS.match(text, start)
        if match is None:
            return None
        over, under = Decimal(match["over"]), Decimal(match["under"])
        if not 0 < over < under <= _HUNDRED:
            return None
        return match, quotient(over, under) + (
            Decimal(match["whole"].rstrip(" -\t\n\xa0")) if match["whole"] else 0
        )

    def half(self, text: str, start: int) -> Fraction | None:
        """Half, half a million, half a dozen, a quarter million, quarter million."""
        article = ARTICLE.match(text, start)
        word = WORD.match(text, article.end() if article else start)
        if word is None or word["gap"] or word["and"]:
            return None
        part = {"half": _HALF, "quarter": _HALF / 2}.get(word["word"].lower())
        if part is None:
            return None
        scale, end = self._scale(text, self._behind_article(text, word.end()) if not article else word.end())
        if scale > 1:
            return Fraction(end, part, scale)
        return None if article is not None else Fraction(word.end(), part)

    def of_spelled(self, text: str, number: Spelled) -> Fraction | None:
        """The fraction whose numerator a number in words is: two thirds, one hundred and three quarters."""
        denominator = self._denominator(text, number.end)
        if denominator is None:
            return None
        under, end, plural = denominator
        tens = number.value % _HUNDRED
        if text.startswith("-", number.end) and under < _TEN and tens >= 2 * _TEN and tens % _TEN == 0:
            over = number.value - tens  # one hundred thirty-fifths
            return Fraction(end, quotient(over, tens + under)) if over and plural else None
        if 0 < number.tail < under and self._agree(number.tail, under, plural=plural):
            part = self._with_scale(text, end, quotient(number.tail, under), under)
            whole = number.tail_scale if number.tail_scale >= _THOUSAND else _ONE
            value = number.value - number.tail + part.value * (part.scale if part.scale > 1 else whole)
            return Fraction(part.end, value, mixed=True)
        if not self._agree(number.value, under, plural=plural):
            return None
        return self._with_scale(text, end, quotient(number.value, under), under)

    def of_article(self, text: str, start: int) -> Fraction | None:
        """A third, a twenty-first, a trillionth."""
        article = _TIED_ARTICLE.match(text, start)
        denominator = self._denominator(text, article.end(), gap=False) if article is not None else None
        if denominator is None or denominator[2]:
            return None
        return self._with_scale(text, denominator[1], quotient(_ONE, denominator[0]), denominator[0])

    def behind(self, text: str, end: int) -> Fraction | None:
        """The fraction that "and" adds to a number that ends here: three and a fifth, 3 million and a half."""
        joint = _AND.match(text, end)
        if joint is None:
            return None
        start = joint.end()
        fraction = self.of_article(text, start)
        if fraction is None:
            over = self._spelled.read(text, start)
            fraction = self.of_spelled(text, over) if over is not None else None
            if fraction is None or fraction.mixed:
                return self._half_behind(text, start)
            return None if _OF.match(text, fraction.end) else fraction
        half = fraction.value in (_HALF, _HALF / 2)
        if _OF.match(text, fraction.end) or (
            not half and fraction.scale == 1 and self._is_ordinal(text, fraction)
        ):
            return None
        return fraction

    def one_over(self, text: str, end: int) -> tuple[Decimal, int] | None:
        """The denominator in "one over twenty", where nothing that it counts follows."""
        match = _OVER.match(text, end)
        if match is None:
            return None
        number = _WHOLE.match(text, match.end())
        if number is not None:
            under, behind = Decimal(number.group()), number.end()
        else:
            spelled = self._spelled.read(text, match.end())
            if spelled is None:
                return None
            under, behind = spelled.value, spelled.end
        if under <= 1 or _GOES_ON.match(text, behind):
            return None
        return under, behind

    def _half_behind(self, text: str, start: int) -> Fraction | None:
        """One and half hours: without an article, where nothing says that it is half of something."""
        word = WORD.match(text, start)
        if word is None or word["gap"] or word["word"].lower() != "half":
            return None
        behind = WORD.match(text, word.end())
        if behind is not None and behind["word"].lower() in (
            "of",
            "the",
            "a",
            "an",
            "their",
            "its",
            "his",
            "her",
        ):
            return None
        return Fraction(word.end(), _HALF)

    def _is_ordinal(self, text: str, fraction: Fraction) -> bool:
        """Two men and a third woman: a noun follows what could be a part."""
        return _A_WORD.match(text, fraction.end) is not None

    def _with_scale(self, text: str, end: int, value: Decimal, under: Decimal) -> Fraction:
        """Two thirds of a million, three quarters billion."""
        of = _OF_A_SCALE.match(text, end)
        if of is not None:
            scale, scaled = self._scale(text, of.end())
            if scale > 1:
                return Fraction(scaled, value, scale)
        if under in (_TWO, _FOUR):
            scale, scaled = self._scale(text, end)
            if scale > 1:
                return Fraction(scaled, value, scale)
        return Fraction(end, value)

    def _agree(self, over: Decimal, under: Decimal, *, plural: bool) -> bool:
        """Whether numerator and denominator make a fraction: two quarters of growth are half a year."""
        if over == 0 or plural != (over != 1):
            return False
        if under == _FOUR and over != 1:
            return over % 2 == 1 or over > _TEN
        return not (under == _TWO and over == _TWO)

    def _denominator(self, text: str, position: int, *, gap: bool = True) -> tuple[Decimal, int, bool] | None:
        """Thirds, twenty-firsts, one-hundredth: its value, where it ends, whether it is a plural."""
        match = WORD.match(text, position)
        if match is None or match["and"] or (gap and not match["gap"]) or (not gap and match["gap"]):
            return None
        word = match["word"].lower()
        tens = self._spelled.numbers.get(word)
        if tens is not None and (tens >= 2 * _TEN or tens == 1):
            ones = WORD.match(text, match.end())
            under = self._denominators.get(ones["word"].lower()) if ones is not None else None
            if ones is None or under is None or not ones["gap"] or ones["and"]:
                return self._first_or_second(tens, ones)
            if tens == 1:
                return (under, ones.end(), ones["word"].endswith("s")) if under >= _HUNDRED else None
            return (
                (tens + under, ones.end(), ones["word"].lower().endswith("s")) if 2 < under < _TEN else None
            )
        under = self._denominators.get(word)
        if under is None or (under not in (_TWO, _FOUR) and _ANOTHER_PART.match(text, match.end())):
            return None
        return under, match.end(), word.endswith("s")

    def _first_or_second(self, tens: Decimal, ones: re.Match[str] | None) -> tuple[Decimal, int, bool] | None:
        """Three twenty-firsts; a twenty-second is a length of time."""
        word = ones["word"].lower() if ones is not None else ""
        if ones is None or word not in ("first", "firsts") or tens < 2 * _TEN:
            return None
        return tens + 1, ones.end(), word.endswith("s")

    def _behind_article(self, text: str, end: int) -> int:
        article = ARTICLE.match(text, end + 1) if text[end : end + 1] in (" ", "-") else None
        return article.end() - 1 if article is not None else end

    def _scale(self, text: str, end: int) -> tuple[Decimal, int]:
        """The scale words behind a fraction, as a factor, and where they end."""
        scale = _ONE
        for _ in range(3):
            match = WORD.match(text, end)
            word = match["word"].lower() if match is not None else ""
            factor = self._large_scales.get(word) or self._dozens.get(word)
            if match is None or factor is None or not match["gap"] or match["and"]:
                break
            scale *= factor
            end = match.end()
        return scale, end
