"""Articles without end, made when they are asked for: the sentences of some articles, shuffled."""

import random
from collections.abc import Iterable, Iterator
from pathlib import Path

from build_dataset.document import Document
from build_dataset.lang.detect import detect_pack
from build_dataset.lang.pack import LanguagePack
from build_dataset.read import find_sources, read_file
from build_dataset.segment.text import segment


def documents(*inputs: Path | str) -> Iterator[Document]:
    """The articles of files, folders or patterns."""
    for file in find_sources(inputs).files:
        yield from (one for one in read_file(file) if isinstance(one, Document))


def sentences(document: Document) -> tuple[LanguagePack, list[str]]:
    """The sentences of a text, each with the blanks and line ends after it."""
    pack = detect_pack(document.text)
    if pack is None:
        raise SystemExit(f"{document.source}: a language without a pack")
    starts = [sentence.start for sentence in segment(document.text, pack).sentences]
    ends = [*starts[1:], len(document.text)]
    return pack, [document.text[start:end] for start, end in zip(starts, ends, strict=True)]


def texts(models: Iterable[Document]) -> Iterator[str]:
    """Endless articles as long as the models, their sentences shuffled within a language, always the same way."""
    chance = random.Random(1)
    cut = [sentences(document) for document in models]
    pools: dict[str, list[str]] = {}
    for pack, parts in cut:
        pools.setdefault(pack.code, []).extend(parts)
    while True:
        for pack, parts in cut:
            yield "".join(chance.choices(pools[pack.code], k=len(parts)))
