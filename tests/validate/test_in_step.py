"""What describes a dataset (manifest, card, croissant.json) has to be in step with its tables."""

import json
from pathlib import Path

import pytest

from build_dataset.validate import Finding, validate
from build_dataset.write import manifest
from build_dataset.write.inventory import read_shards
from tests.validate.tables import change


class TestDescription:
    """The tables are sound; what tells of them is not."""

    def test_a_stray_file(self, dataset_copy: Path) -> None:
        (dataset_copy / "notes.txt").write_text("mine", encoding="utf-8")

        assert validate(dataset_copy).findings == (
            Finding("files_are_as_listed", "notes.txt", None, "not in manifest.json"),
        )

    def test_what_a_download_from_the_hub_adds_is_no_stray_file(self, dataset_copy: Path) -> None:
        (dataset_copy / ".cache" / "huggingface").mkdir(parents=True)
        (dataset_copy / ".cache" / "huggingface" / "x.lock").touch()
        (dataset_copy / ".gitattributes").touch()

        assert validate(dataset_copy).valid

    def test_a_missing_file(self, dataset_copy: Path) -> None:
        (dataset_copy / "LICENSE").unlink()

        assert validate(dataset_copy).findings == (
            Finding("files_are_as_listed", "LICENSE", None, "missing"),
        )

    def test_a_changed_file(self, dataset_copy: Path) -> None:
        path = dataset_copy / "LICENSE"
        content = path.read_bytes()
        path.write_bytes(content.replace(b"R", b"r"))
        (same_size,) = validate(dataset_copy).findings
        path.write_bytes(content + b"!")
        (longer,) = validate(dataset_copy).findings

        assert same_size.message == "sha256 is not what manifest.json says"
        assert longer.message == f"size is not the {len(content)} bytes that manifest.json says"

    def test_a_manifest_that_tells_of_other_rows(self, dataset_copy: Path) -> None:
        path = dataset_copy / "manifest.json"
        content = json.loads(path.read_bytes())
        content["rows"]["quotes"] += 1
        content["content_sha256"]["articles"] = "0" * 64
        content["schema_version"] = "0.9.0"
        path.write_text(json.dumps(content), encoding="utf-8")

        assert [(finding.code, finding.where) for finding in validate(dataset_copy).findings] == [
            ("manifest_is_in_step", "manifest.json")
        ] * 3

    def test_a_card_and_a_croissant_file_of_another_build(self, dataset_copy: Path) -> None:
        """A table is written again, the manifest made to fit: the card and croissant.json still show it."""
        change(dataset_copy, "speakers", lambda rows: rows[0].update(role="somebody"))
        refresh_manifest(dataset_copy)

        assert {finding.code for finding in validate(dataset_copy).findings} == {
            "manifest_is_in_step",  # the digest of the rows
            "card_is_in_step",
            "croissant_is_in_step",
        }

    @pytest.mark.parametrize(
        ("name", "code"),
        [("README.md", "card_is_in_step"), ("croissant.json", "croissant_is_in_step")],
    )
    def test_a_description_that_is_none(self, name: str, code: str, dataset_copy: Path) -> None:
        (dataset_copy / name).write_text("nothing", encoding="utf-8")
        refresh_manifest(dataset_copy)

        assert {finding.code for finding in validate(dataset_copy).findings} == {code}


def refresh_manifest(folder: Path) -> None:
    """Make the manifest list the files as they are."""
    content = manifest.read_manifest(folder)
    lists = {key: content[key] for key in ("sources", "duplicates", "skipped")}
    known = content["options"], read_shards(folder), content["content_sha256"], content["counters"]
    manifest.write_manifest(folder, *known, lists)
