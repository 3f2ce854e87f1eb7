"""The Chinese noun that a number and a measure word count."""

from build_dataset.lang.zh.quantities.context import Article
from build_dataset.lang.zh.quantities.data import QuantityData

LONGEST_PHRASE = 10
"""Words behind a measure word that are looked at for the noun it measures."""

_LONGEST_DESCRIPTION = 6
_LONGEST_NOUN = 4
_BEFORE_DE = frozenset({"v", "p", "f", "t", "s", "r", "c"})
_PLACES = frozenset({"ns", "nr", "b", "j"})
_BEFORE_FIGURES = "约超近逾仅达"


class NounReader:
    """Finds the noun phrase behind a measure word."""

    def __init__(self, data: QuantityData) -> None:
        self._data = data
        self._verbs = tuple(data.phrase_verbs)

    def read(self, article: Article, end: int) -> str | None:
        """The nouns behind a measure word that ends at `end`, without adjectives and what stands before 的."""
        tokens = article.tokens
        index = article.token_at(end)
        if index >= len(tokens) or (
            tokens[index].start != end and tokens[index].tag not in self._data.noun_tags
        ):
            return None
        start = stop = -1
        named = False
        for place in range(index, min(index + LONGEST_PHRASE, len(tokens))):
            token = tokens[place]
            if token.text == "的":
                if named:
                    break  # 4幢住宅楼的外墙: the buildings are counted
                start = stop = -1
            elif token.tag in self._data.noun_tags and not self._ends_phrase(token.text):
                start = max(token.start, end) if start < 0 else start
                stop = token.end
                named = named or token.tag not in _PLACES
            elif start >= 0 or token.tag in _BEFORE_DE:
                return self._described(article, place) or (article.text[start:stop] if start >= 0 else None)
            elif token.tag not in self._data.passed_over_tags:
                return None
        return article.text[start:stop] if start >= 0 else None

    def read_tied(self, article: Article, end: int) -> str | None:
        """The nouns right behind a number without measure word."""
        index = article.token_at(end)
        tied = index < len(article.tokens) and article.tokens[index].tag in self._data.noun_tags
        return self.read(article, end) if tied else None

    def _ends_phrase(self, word: str) -> bool:
        if word in self._data.not_nouns or word.startswith(self._verbs):
            return True
        return len(word) > 1 and word[-1] in _BEFORE_FIGURES

    def _described(self, article: Article, index: int) -> str | None:
        """The noun after 的 where the words up to it describe it (10名参加会议的代表)."""
        tokens = article.tokens
        for place in range(index, min(index + _LONGEST_DESCRIPTION, len(tokens))):
            token = tokens[place]
            if token.tag == "x" and not token.text.isalnum():
                return None
            if token.text == "的":
                return self._nouns_from(article, place + 1)
        return None

    def _nouns_from(self, article: Article, index: int) -> str | None:
        words = []
        for token in article.tokens[index : index + _LONGEST_NOUN]:
            if token.tag not in self._data.noun_tags:
                break
            words.append(token.text)
        return "".join(words) or None
