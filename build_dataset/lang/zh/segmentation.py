"""Chinese words and sentence ends; simplified and traditional."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from operator import itemgetter

from build_dataset.document import Range, Token, new_token
from build_dataset.lang.zh.script import to_simplified

_IDEOGRAPHS = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_KANA_OR_HANGUL = re.compile("[\u3041-\u3096\u30a1-\u30fa\uac00-\ud7a3]+")
_SIMPLIFIED_ONLY = "们个这说国来时会为对过学发还产种动现经实长开问关进与机无电业员"
_TRADITIONAL_ONLY = "們個這說國來時會為對過學發還產種動現經實長開問關進與機無電業員"
_END = re.compile(
    r"""
      [。！？!?]+ [”’」』"）)\]]*
    | …{2,} [”’」』"]+ | [….]{3,}(?=\s|$)
    | [；;](?=\s*$)
    | \.(?=\s|$) [”’」』"）)]*
    """,
    re.VERBOSE,
)


class ChineseSegmentation:
    """Words by jieba's dictionary and hidden Markov model, with its part-of-speech tags (`n`, `v`, `nr`, …)."""

    def evidence(self, text: str) -> float:
        """How many words belong to Chinese: ideographs by two, none where kana or hangul show another language."""
        if text.isascii():
            return 0.0
        ideographs = sum(map(len, _IDEOGRAPHS.findall(text)))
        if 10 * sum(map(len, _KANA_OR_HANGUL.findall(text))) > ideographs:
            return 0.0
        return ideographs / 2

    def tag(self, text: str) -> str:
        """`zh-Hans` or `zh-Hant`, by the frequent characters that only one of the two scripts has."""
        simplified = sum(map(text.count, _SIMPLIFIED_ONLY))
        traditional = sum(map(text.count, _TRADITIONAL_ONLY))
        return "zh-Hant" if traditional > simplified else "zh-Hans"

    def tokens(self, text: str) -> list[Token]:
        """The words of jieba with their part of speech."""
        import rjieba  # takes a tenth of a second: only where a text is Chinese

        folded = to_simplified(text)  # its dictionary is simplified
        words: Iterable[tuple[str, str]] = rjieba.tag(folded, True)
        if folded != text:
            words = _unfolded(words, text)
        tokens: list[Token] = []
        append = tokens.append
        start = 0
        for word, tag in words:
            end = start + len(word)
            if not word.isspace():
                append(new_token((start, end, word, tag)))
            start = end
        return tokens

    def words(self, tokens: Sequence[Token]) -> int:
        """Tokens that are no punctuation."""
        return sum(map(str.isalnum, map(itemgetter(0), map(itemgetter(2), tokens))))

    def sentence_ends(self, text: str, paragraph: Range) -> list[int]:
        """Ends of sentences: 。！？ with the closing marks that follow."""
        return [match.end() for match in _END.finditer(text, paragraph.start, paragraph.end)]


@lru_cache(maxsize=10_000)
def is_known(word: str) -> bool:
    """Whether the dictionary has a word; the hidden Markov model also makes words of what only stands together."""
    import rjieba

    return len(list(rjieba.cut(to_simplified(word), False))) == 1


def _unfolded(words: Iterable[tuple[str, str]], text: str) -> Iterator[tuple[str, str]]:
    """The words as the text writes them, with their tags."""
    start = 0
    for word, tag in words:
        end = start + len(word)
        yield text[start:end], tag
        start = end


def load() -> ChineseSegmentation:
    """The Chinese segmentation."""
    return ChineseSegmentation()
