"""What a user names becomes the same sorted list of files, whatever the way and the order it is named in."""

import os
from pathlib import Path

import pytest

from build_dataset.errors import DatasetError
from build_dataset.read import SkippedSource, Sources, find_sources, read_file


def names(sources: Sources) -> list[str]:
    return [file.source for file in sources.files]


def make(folder: Path, *paths: str) -> Path:
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text("text", encoding="utf-8")
    return folder


def test_a_folder_gives_its_files_by_their_path_in_it(tmp_path: Path) -> None:
    make(tmp_path, "b.txt", "a/c.txt", "a/d.jsonl", "noext", "-x.txt", ".hidden/e.txt", ".f.txt")

    assert names(find_sources([tmp_path])) == ["-x.txt", "a/c.txt", "a/d.jsonl", "b.txt", "noext"]


def test_the_ways_to_name_files_agree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "news/a.txt", "news/b.txt")
    monkeypatch.chdir(tmp_path)

    ways = (["news"], ["news/"], ["news/*.txt"], ["news/b.txt", "news/a.txt"], ["news", "./news/a.txt"])
    for way in ways:
        assert names(find_sources(way)) == ["a.txt", "b.txt"]
    assert names(find_sources(["**/*.txt"])) == ["news/a.txt", "news/b.txt"]


def test_the_order_of_inputs_does_not_matter(tmp_path: Path) -> None:
    one, two = make(tmp_path / "one", "x/a.txt", "b.txt"), make(tmp_path / "two", "a.txt", "b.txt")

    assert find_sources([one, two, one / "x"]) == find_sources([one / "x", two, one])


def test_files_of_one_name_are_told_apart_by_their_folders(tmp_path: Path) -> None:
    one, two = make(tmp_path / "one", "a.txt", "b.txt"), make(tmp_path / "two", "a.txt")

    assert names(find_sources([one, two])) == ["b.txt", "one/a.txt", "two/a.txt"]


def test_links_are_followed_once_and_loops_end(tmp_path: Path) -> None:
    make(tmp_path, "a/b.txt")
    (tmp_path / "a" / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "again.txt").symlink_to(tmp_path / "a" / "b.txt")
    (tmp_path / "dangling.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "itself").symlink_to("itself")
    sources = find_sources([tmp_path])

    assert len(sources.files) == 1
    assert [(skip.source, skip.reason) for skip in sources.skipped] == [
        ("dangling.txt", "a link that leads nowhere"),
        ("itself", "a link that leads nowhere"),
    ]


def test_what_is_no_file_is_reported_with_the_reason(tmp_path: Path) -> None:
    make(tmp_path, "a.txt")
    os.mkfifo(tmp_path / "pipe.txt")

    assert find_sources([tmp_path]).skipped == (SkippedSource("pipe.txt", "not a regular file"),)


def test_a_file_that_vanishes_is_reported_when_it_is_read(tmp_path: Path) -> None:
    (file,) = find_sources([make(tmp_path, "a.txt")]).files
    Path(file.location).unlink()

    (skipped,) = read_file(file)
    assert str(skipped) == "SkippedSource(source='a.txt', reason='cannot be read: no such file or directory')"


def test_a_name_that_is_not_utf8_is_written_out(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")).write_text("text", encoding="utf-8")

    assert names(find_sources([tmp_path])) == ["caf\\xe9.txt"]


def test_the_folder_that_is_written_is_not_read(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "out/LICENSE", "outside/b.txt")

    assert names(find_sources([tmp_path, f"{tmp_path}/*/*"], without=tmp_path / "out")) == [
        "a.txt",
        "outside/b.txt",
    ]


@pytest.mark.parametrize("given", ["nowhere", "no*thing", "nowhere/*.txt"])
def test_an_input_that_is_not_there_is_an_error(tmp_path: Path, given: str) -> None:
    with pytest.raises(DatasetError, match="no such file or folder"):
        find_sources([str(tmp_path / given)])
