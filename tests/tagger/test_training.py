"""Training: the same articles give the same file, and the integers do what the trained network does."""

import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from build_dataset.lang.en.attribution.lexicon import load_lexicon
from build_dataset.lang.pack import load_pack
from build_dataset.tagger.model import saved
from build_dataset.tagger.network import Network
from build_dataset.tagger.train.corpus import Article, read

torch = pytest.importorskip("torch", reason="needs the extra `train`")

SAYINGS = (
    ("The mayor", "said", "the bridge was safe"),
    ("Anna Berg", "told reporters", "the school would stay open"),
    ("Critics", "argue", "nobody asked them"),
    ("A spokesman for the port", "announced", "the ferry had stopped"),
)


def write_corpus(file: Path) -> Path:
    """Articles of one sentence a paragraph, each an attribution."""
    chance = random.Random(1)
    with file.open("w", encoding="utf-8") as lines:
        for _ in range(12):
            text, attributions = "", []
            for source, cue, content in chance.sample(SAYINGS, 3):
                places = []
                for words in (source, cue, content):
                    places.append([[len(text), len(text) + len(words)]])
                    text += f"{words} "
                text = text.rstrip() + ".\n\n"
                attributions.append(dict(zip(("source", "cue", "content"), places, strict=True), speech=True))
            lines.write(json.dumps({"text": text, "attributions": attributions}) + "\n")
    return file


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> list[Article]:
    file = write_corpus(tmp_path_factory.mktemp("corpus") / "train.jsonl")
    return list(read(file, load_pack("en"), load_lexicon().word))


def train(articles: Sequence[Article]) -> tuple[Any, list[str]]:
    from build_dataset.tagger.train.network import Shape, TrainedNetwork
    from build_dataset.tagger.train.training import trained

    words = sorted({key for article in articles for key in article.keys})
    vectors = torch.from_numpy(np.random.default_rng(1).normal(0, 0.5, (len(words), 16))).float()
    shape = Shape(vector=16, width=24, cue_width=16, epochs=8, tokens=60)
    vocabulary = {word: row for row, word in enumerate(words, 1)}
    network = trained(
        lambda: TrainedNetwork(shape, vectors), articles, vocabulary, lambda _epoch, _loss: None
    )
    return network, words


def test_the_corpus_is_read_as_tokens(articles: list[Article]) -> None:
    known = {(source.lower(), content) for source, _, content in SAYINGS}

    for article in articles:
        assert len(article.attributions) == 3
        for one in article.attributions:
            source = " ".join(article.keys[token] for token in one.source)
            assert (source, " ".join(article.keys[token] for token in one.content)) in known
            assert article.keys[one.cue] in ("said", "told", "argue", "announced")


def test_the_same_articles_give_the_same_file(articles: list[Article]) -> None:
    from build_dataset.tagger.train.export import exported

    first, words = train(articles)
    second, _ = train(articles)

    content = saved(*exported(first), words)
    assert saved(*exported(second), words) == content
    other, _ = train(articles[:-1])
    assert saved(*exported(other), words) != content


def test_the_integers_do_what_the_trained_network_does(articles: list[Article]) -> None:
    from build_dataset.tagger.train.batches import batches
    from build_dataset.tagger.train.export import exported

    network, words = train(articles)
    vocabulary = {word: row for row, word in enumerate(words, 1)}
    arrays, settings = exported(network)
    dilations = {"text": settings.text_dilations, "cue": settings.cue_dilations}
    integers = Network(arrays, dilations).check()
    article = articles[0]
    (batch,) = batches([article], vocabulary, integers.window, 1, random.Random(1))
    with torch.no_grad():
        text = network.read(batch)
        heads, parts = network.head(text).numpy(), network.parts(text, batch).numpy()

    rows = [
        integers.word(
            vocabulary.get(key, 0) - 1 if key in vocabulary else None,
            {name: int(values[token]) for name, values in article.features.items()},
        )
        for token, key in enumerate(article.keys)
    ]
    values = integers.read(np.stack(rows), article.layout.place)
    cues = np.array([one.cue for one in article.attributions])
    scores, around = integers.parts(values, cues, article.layout)
    inside = around.inside[:, 0] > 0

    assert np.abs(integers.cues(values) * settings.cue_step - heads[: len(values)]).max() < 0.2
    assert np.abs(scores * settings.part_step - parts)[inside].max() < 0.3
    assert np.array_equal(scores[inside].argmax(axis=1), parts[inside].argmax(axis=1))
