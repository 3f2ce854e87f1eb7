"""Annotated articles as numbers to train on."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from build_dataset.document import Document, SegmentedText
from build_dataset.lang.pack import LanguagePack
from build_dataset.segment.text import segment
from build_dataset.tagger.features import Integers, Layout, WordClasses, layout, word_features

OUTSIDE, CONTENT, SOURCE = range(3)
"""What a token near a cue can be."""
_ANCHORS = ("VkG", "veg", 'nN0"-:,')
"""Classes of words in a cue, those that carry it first: "said" in "also said in a statement"."""


class Attribution(NamedTuple):
    """An annotated attribution by numbers of tokens: the word that carries its cue, its content and its source."""

    cue: int
    content: list[int]
    source: list[int]
    of_saying: bool


class Article(NamedTuple):
    """An article's features, one row a token, and what is annotated in it."""

    keys: list[str]
    features: dict[str, Integers]
    layout: Layout
    attributions: list[Attribution]


def read(file: Path, pack: LanguagePack, classes: WordClasses) -> Iterator[Article]:
    """The articles of a JSON Lines file of texts with annotated attributions.

    Args:
        file: one article a line: `text` and `attributions` with `content`, `cue`, `source` (lists of `[start, end]`)
            and `speech` (whether the cue is one of saying).
        pack: the pack of their language.
        classes: what it says of words.
    """
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            yield article_of(json.loads(line), pack, classes)


def article_of(row: dict[str, Any], pack: LanguagePack, classes: WordClasses) -> Article:
    """One line of such a file."""
    text = row["text"]
    excluded = pack.metadata.read(Document("", text)).excluded
    segmented = segment(text, pack, excluded)
    words = [word_features(token.text, classes) for token in segmented.tokens]
    names = words[0][1] if words else {}
    letters = [classes(token.text)[1] for token in segmented.tokens]
    return Article(
        keys=[key for key, _ in words],
        features={name: np.array([features[name] for _, features in words]) for name in names},
        layout=layout(segmented),
        attributions=_attributions(row["attributions"], segmented, letters),
    )


def _attributions(
    rows: Sequence[dict[str, Any]], segmented: SegmentedText, letters: Sequence[str]
) -> list[Attribution]:
    """One for each cue; those that share one are joined."""
    starts = np.array([token.start for token in segmented.tokens])
    ends = np.array([token.end for token in segmented.tokens])

    def tokens(spans: Sequence[tuple[int, int]]) -> list[int]:
        return sorted(
            {
                index
                for start, end in spans
                for index in range(
                    int(np.searchsorted(ends, start, side="right")),
                    int(np.searchsorted(starts, end, side="left")),
                )
            }
        )

    found: dict[int, Attribution] = {}
    for row in rows:
        cue, content, source = (tokens(row[part]) for part in ("cue", "content", "source"))
        if not cue or not content:
            continue
        at = _anchor(cue, letters)
        before = found.get(at)
        if before is not None:
            content = sorted({*before.content, *content})
            source = before.source or source
        found[at] = Attribution(at, content, source, row["speech"])
    return list(found.values())


def _anchor(cue: Sequence[int], letters: Sequence[str]) -> int:
    for classes in _ANCHORS:
        for token in cue:
            if letters[token] in classes:
                return token
    return cue[0]
