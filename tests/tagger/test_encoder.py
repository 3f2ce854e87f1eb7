"""The accurate engine: the same records, read by an encoder."""

import hashlib
import json
import re
import sys
from importlib.resources import files
from pathlib import Path

import pytest

from build_dataset.build import build
from build_dataset.document import Document
from build_dataset.errors import DatasetError
from build_dataset.lang.pack import load_pack
from build_dataset.options import Engine, Options
from build_dataset.pipeline import extract_article
from build_dataset.records import article_records
from build_dataset.tagger.encoder import load_encoder_tagger
from build_dataset.validate import validate
from tests.conftest import BRIDGE, HARBOR, write_corpus

FOLDER = files("build_dataset.lang.en.attribution")


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)

    with pytest.raises(DatasetError, match=r"onnxruntime.*pip install 'build-dataset\[accurate\]'"):
        load_encoder_tagger(FOLDER.joinpath("encoder"), str.lower)  # type: ignore[arg-type]  # never called


def test_its_files_are_those_that_the_card_describes() -> None:
    card = FOLDER.joinpath("MODEL_CARD.md").read_text(encoding="utf-8")

    for name in ("text.onnx", "pieces.txt", "cues.safetensors"):
        digest = hashlib.sha256(FOLDER.joinpath("encoder", name).read_bytes()).hexdigest()
        assert re.search(rf"`encoder/{name}`.*`{digest}`", card), name


class TestWithItsExtra:
    @pytest.fixture(autouse=True)
    def _extra(self) -> None:
        pytest.importorskip("onnxruntime", reason="needs the extra `accurate`")

    def test_it_finds_who_said_what(self) -> None:
        extraction = extract_article(Document("bridge.txt", BRIDGE), Engine.ACCURATE)

        said = {
            (quote.candidate.type.value, extraction.speakers[quote.speaker].name)
            for quote in extraction.quotes
            if quote.speaker is not None
        }
        assert ("direct", "Maria Olsen") in said
        assert ("indirect", "Port Authority") in said

    def test_it_gives_the_same_again(self) -> None:
        first, second = (
            article_records(extract_article(Document("bridge.txt", BRIDGE * 9), Engine.ACCURATE))
            for _ in "ab"
        )

        assert first == second

    def test_chinese_is_read_as_ever(self) -> None:
        fast, accurate = (extract_article(Document("port.txt", HARBOR), engine) for engine in Engine)

        assert accurate == fast

    def test_a_pack_of_each_engine_differs_in_attribution_alone(self) -> None:
        fast, accurate = (load_pack("en", engine) for engine in Engine)

        assert fast.attribution is not accurate.attribution
        assert fast.quantities is accurate.quantities

    def test_a_dataset_says_what_it_was_read_with_and_is_valid(self, tmp_path: Path) -> None:
        corpus = write_corpus(tmp_path / "news")
        for workers in (1, 2):
            build([corpus], tmp_path / str(workers), workers=workers, options=Options(Engine.ACCURATE))

        manifest = json.loads((tmp_path / "1" / "manifest.json").read_text(encoding="utf-8"))
        assert manifest["options"]["engine"] == "accurate"
        assert not validate(tmp_path / "1").findings
        assert manifest == json.loads((tmp_path / "2" / "manifest.json").read_text(encoding="utf-8"))
