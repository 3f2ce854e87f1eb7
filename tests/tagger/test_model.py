"""The tagger's file, and what it makes of texts."""

import hashlib
import json
import os
import re
import subprocess
import sys
from importlib.resources import files

import numpy as np
import pytest
from safetensors.numpy import load

from build_dataset.lang.en.attribution.lexicon import load_lexicon
from build_dataset.lang.pack import load_pack
from build_dataset.segment.text import segment
from build_dataset.tagger.model import Tagger, load_tagger, saved

FOLDER = files("build_dataset.lang.en.attribution")
CONTENT = FOLDER.joinpath("tagger.safetensors").read_bytes()
MEBIBYTE = 2**20
TEXT = 'The mayor said that the bridge was safe. "Nobody has to worry," Anna Berg told reporters.\n'


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return load_tagger(FOLDER.joinpath("tagger.safetensors"), load_lexicon().word)


def test_the_file_is_the_one_that_the_card_describes() -> None:
    card = FOLDER.joinpath("MODEL_CARD.md").read_text(encoding="utf-8")
    found = re.search(r"sha256: `([0-9a-f]{64})`", card)

    assert found is not None
    assert hashlib.sha256(CONTENT).hexdigest() == found[1]
    assert len(CONTENT) < 10 * MEBIBYTE


def test_the_file_holds_numbers_and_text_and_nothing_that_runs() -> None:
    length = int.from_bytes(CONTENT[:8], "little")
    header = json.loads(CONTENT[8 : 8 + length])

    assert set(header.pop("__metadata__")) == {"settings"}
    assert {entry["dtype"] for entry in header.values()} <= {"I8", "I16", "I32", "U8", "F32"}
    assert b"pickle" not in CONTENT


def test_what_is_saved_again_is_the_same_file(tagger: Tagger) -> None:
    arrays = load(CONTENT)
    words = arrays.pop("words").tobytes().decode().split("\n")

    assert saved(arrays, tagger.settings, words) == CONTENT


def test_arrays_in_another_memory_layout_are_saved_alike(tagger: Tagger) -> None:
    arrays = load(CONTENT)
    words = arrays.pop("words").tobytes().decode().split("\n")

    assert (
        saved({name: np.asfortranarray(array) for name, array in arrays.items()}, tagger.settings, words)
        == CONTENT
    )


def test_it_reads_cue_content_and_source(tagger: Tagger) -> None:
    segmented = segment(TEXT, load_pack("en"))
    said, told = tagger.tag(segmented, least=0.0, shown=0.0)

    def words(part: tuple[int, int] | None) -> list[str]:
        return [] if part is None else [token.text for token in segmented.tokens[slice(*part)]]

    assert segmented.tokens[said.cue].text == "said"
    assert words(said.source) == ["The", "mayor"]
    assert words(said.after) == ["that", "the", "bridge", "was", "safe"]
    assert segmented.tokens[told.cue].text == "told"
    assert words(told.source) == ["Anna", "Berg"]
    assert words(told.before)[1:4] == ["Nobody", "has", "to"]


def test_it_gives_the_same_whatever_it_read_before(tagger: Tagger) -> None:
    fresh = load_tagger(FOLDER.joinpath("tagger.safetensors"), load_lexicon().word)
    other = segment("Quokkas wombled, the zookeeper insisted.", load_pack("en"))
    segmented = segment(TEXT, load_pack("en"))
    tagger.tag(other, least=0.0, shown=-1.0)

    assert tagger.tag(segmented, least=0.0, shown=-1.0) == fresh.tag(segmented, least=0.0, shown=-1.0)


def test_many_cues_are_read_in_groups_with_the_same_result(
    tagger: Tagger, monkeypatch: pytest.MonkeyPatch
) -> None:
    segmented = segment(TEXT * 40, load_pack("en"))
    whole = tagger.tag(segmented, least=0.0, shown=0.0)
    monkeypatch.setattr("build_dataset.tagger.model._CUES_AT_A_TIME", 7)

    assert len(whole) > 7
    assert tagger.tag(segmented, least=0.0, shown=0.0) == whole


def test_the_routines_of_other_processors_give_the_same() -> None:
    """OpenBLAS, which NumPy mostly comes with, can be told which older processor to take itself for."""
    code = (
        "from build_dataset.lang.pack import load_pack\n"
        "from build_dataset.segment.text import segment\n"
        f"pack = load_pack('en'); text = segment({TEXT * 30!r}, pack)\n"
        "print([frame.evidence for frame in pack.attribution.frames(text)])\n"
    )
    printed = set()
    for kernel in ({}, {"OPENBLAS_CORETYPE": "Prescott"}, {"OPENBLAS_CORETYPE": "Nehalem"}):
        environment = {**os.environ, **kernel}
        done = subprocess.run(
            [sys.executable, "-c", code], env=environment, capture_output=True, check=True, text=True
        )
        printed.add(done.stdout)

    assert len(printed) == 1
    assert "Evidence(" in printed.pop()
