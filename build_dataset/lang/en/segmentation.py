"""English words and sentence ends."""

import re
from collections.abc import Sequence
from operator import itemgetter

from pydantic import BaseModel, ConfigDict

from build_dataset.document import Range, Token, new_token
from build_dataset.lang.pack import load_data

_TOKEN = re.compile(
    r"""
      [a-z]+(?![\w'’-]) | [A-Z][a-z]+(?![\w'’.-]) | [,;:!?"“”()]   # most tokens: no need to try the other forms
    | [a-z]{3,}(?=[A-Z][a-z]{2,})                       # a lost blank: "saidChinese"
    | (?:[A-Z]\.){2,}                                   # U.S.
    | [A-Z][a-z]{0,3}\.(?=\s+[A-Z]) # Mr. Feng, J. Smith: kept with the dot where a name follows
    | \d+(?:[.,]\d+)*                                   # 1,234.5
    | [A-Za-z][\w-]{0,62}\.(?:com|org|net|gov|edu|co|io|tv|cn|uk)\b   # news.example.com
    | ['’](?:s|S|re|ve|ll|d|m)\b                        # a clitic of its own
    | [^\W\d_]+(?:-[^\W\d_]+|['’](?!(?:s|S|re|ve|ll|d|m)\b)[^\W\d_]+)*   # state-owned, O'Brien, don't
    | \*+ | \.{2,} | …+
    | \S
    """,
    re.VERBOSE,
)
_END = re.compile(r"""[.!?…。！？]+(?:["'’”»」』）)\]]+|\s*”)?""")
_SURE = frozenset("。！？")
"""Marks of Chinese that end a sentence wherever they stand, a blank behind them or not."""
_WORD_BEFORE = re.compile(r"[^\s\"'“”‘’(\[]+$")
_INITIAL = re.compile(r"^(?:[A-Z]|(?:[A-Za-z]\.)+[A-Za-z])$")
_GOES_ON = frozenset((",", ";", "-", "\N{EN DASH}", "\N{EM DASH}", "\N{HORIZONTAL BAR}"))
SURE_WEIGHT = 6
SHARED_WEIGHT = 1
FOREIGN_WEIGHT = -3


class SegmentationData(BaseModel):
    """`segmentation.yaml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    abbreviations: frozenset[str]
    """Words, without their full stop, after which a full stop rarely ends a sentence."""
    function_words: frozenset[str]
    """Frequent words that hardly any other language has."""
    shared_function_words: frozenset[str]
    """Frequent words that other languages have as well."""
    foreign_words: frozenset[str]
    """Frequent words of other languages, none of them English."""


class EnglishSegmentation:
    """Words and sentence ends of English text, machine-translated text with Chinese full stops included."""

    def __init__(self, data: SegmentationData) -> None:
        self._abbreviations = data.abbreviations
        self._weights = dict.fromkeys(data.function_words, SURE_WEIGHT)
        self._weights |= dict.fromkeys(data.shared_function_words, SHARED_WEIGHT)
        self._weights |= dict.fromkeys(data.foreign_words, FOREIGN_WEIGHT)

    def evidence(self, text: str) -> float:
        """How many words belong to English, line by line: a function word stands for the words about it."""
        weights = self._weights
        found = 0
        for line in text.lower().splitlines():
            words = line.split()
            weight = sum([weights[word] for word in words if word in weights])
            if weight > 0:
                found += min(len(words), weight)
        return found

    def tag(self, text: str) -> str:  # noqa: ARG002 - the interface; English needs no look at the script
        """Always `en`."""
        return "en"

    def tokens(self, text: str) -> list[Token]:
        """Words, numbers and marks; a possessive ending is a token of its own."""
        tokens: list[Token] = []
        append = tokens.append
        end = 0
        for word in _TOKEN.findall(text):
            start = text.find(
                word, end
            )  # only blanks stand between: quicker than asking a match for its place
            end = start + len(word)
            if word[-1] == "." and len(word) > 2 and self._is_cut(word):
                append(new_token((start, end - 1, word[:-1], "")))
                append(new_token((end - 1, end, ".", "")))
            else:
                append(new_token((start, end, word, "")))
        return tokens

    def _is_cut(self, word: str) -> bool:
        """Whether the full stop at the end of a token is one of its own: "Lee." but not "Mr.", "U.S." or "..."."""
        return word.count(".") == 1 and word[:-1].lower() not in self._abbreviations

    def words(self, tokens: Sequence[Token]) -> int:
        """Tokens that hold a letter or digit, clitics not counted on their own."""
        return sum(map(str.isalnum, map(itemgetter(0), map(itemgetter(2), tokens))))

    def sentence_ends(self, text: str, paragraph: Range) -> list[int]:
        """Ends of sentences: a terminal mark before a blank, unless it ends an abbreviation or the sentence goes on."""
        return [
            match.end()
            for match in _END.finditer(text, paragraph.start, paragraph.end)
            if not _SURE.isdisjoint(match[0]) or self._ends(text, match, paragraph)
        ]

    def _ends(self, text: str, match: re.Match[str], paragraph: Range) -> bool:
        if match.end() < paragraph.end and not text[match.end()].isspace():
            return False
        following = text[match.end() : min(match.end() + 8, paragraph.end)].lstrip()
        if following[:1].islower() or following[:1] in _GOES_ON:
            return False
        if match.group() != ".":
            return True
        word = _WORD_BEFORE.search(text, max(paragraph.start, match.start() - 24), match.start())
        if word is None:
            return True
        stem = word.group()
        return not (stem.lower() in self._abbreviations or (_INITIAL.match(stem) and stem != "I"))


def load() -> EnglishSegmentation:
    """The English segmentation with its data."""
    return EnglishSegmentation(load_data(SegmentationData, "en", "segmentation"))
