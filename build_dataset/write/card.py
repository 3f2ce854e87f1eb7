"""README.md of a dataset folder: the dataset card, with every number taken from the files.

The text is in dataset_card.md. What stands between `<!-- generated: NAME -->` and `<!-- end -->` is replaced.
"""

import re
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from build_dataset.errors import DatasetError
from build_dataset.options import TextPolicy
from build_dataset.schema import SCHEMA_VERSION, TABLES
from build_dataset.schema.derived import column_table, yaml_features
from build_dataset.write.counts import Counts
from build_dataset.write.inventory import Shard
from build_dataset.write.parts import generated
from build_dataset.write.plots import write_plots

NAME = "README.md"
LICENSE = "LICENSE"

GENERATED = re.compile(r"(<!-- generated: ([a-z ]+) -->\n)(?:.*?\n)??(<!-- end -->)", re.DOTALL)
FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)

SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))
LARGER_SIZES = ((10_000_000, "1M<n<10M"), (100_000_000, "10M<n<100M"), (1_000_000_000, "100M<n<1B"))

MULTILINGUALITY = {0: "other", 1: "monolingual"}
"""Number of languages that could be told → the Hub's word; more are `multilingual`."""


def write_card(
    folder: Path, shards: Mapping[str, Sequence[Shard]], counts: Counts, policy: TextPolicy = TextPolicy.FULL
) -> None:
    """Write README.md with its plots, and LICENSE, into a dataset folder whose tables are complete.

    Args:
        folder: the dataset folder.
        shards: table → its files.
        counts: what stands in them.
        policy: what of the texts is published.
    """
    here = files("build_dataset.write")
    template = here.joinpath("dataset_card.md").read_text(encoding="utf-8")
    parts = generated(folder, shards, counts, write_plots(folder, counts), policy)
    (folder / NAME).write_text(
        fill(template, parts, front_matter(shards, counts)), encoding="utf-8", newline="\n"
    )
    (folder / LICENSE).write_bytes(here.joinpath("LICENSE.dataset").read_bytes())


def fill(template: str, parts: Mapping[str, str], matter: Mapping[str, Any]) -> str:
    """The card: the template with its generated parts and its front matter."""
    body = _replace(fill_columns(template), parts)
    whole = yaml.safe_load(_match_front_matter(template)[1]) | dict(matter)
    text = yaml.safe_dump(whole, sort_keys=False, allow_unicode=True, width=100, default_flow_style=None)
    return f"---\n{text}---\n{body[_match_front_matter(body).end() :]}"


def fill_columns(template: str) -> str:
    """The template with its column tables, which follow from the models alone."""
    return _replace(template, {f"columns {table}": column_table(table) for table in TABLES})


def _replace(template: str, parts: Mapping[str, str]) -> str:
    """Put parts between their markers, and leave what stands between others."""

    def part(found: re.Match[str]) -> str:
        return f"{found[1]}{parts[found[2]]}\n{found[3]}" if found[2] in parts else found[0]

    return GENERATED.sub(part, template)


def with_changes(text: str, changes: str) -> str:
    """A card with what is new in its release."""
    return _replace(text, {"changes": changes})


def changes(text: str) -> str:
    """What a card says is new in its release."""
    found = next((part for part in GENERATED.finditer(text) if part[2] == "changes"), None)
    return found[0].removeprefix(found[1]).removesuffix(found[3]).removesuffix("\n") if found else ""


def _match_front_matter(text: str) -> re.Match[str]:
    found = FRONT_MATTER.match(text)
    if found is None:
        raise DatasetError("the dataset card has no YAML between --- lines at its top")
    return found


def read_front_matter(folder: Path) -> Any:
    """The YAML of a card.

    Raises:
        DatasetError: there is none, or it is not YAML.
    """
    try:
        return yaml.safe_load(_match_front_matter((folder / NAME).read_text(encoding="utf-8"))[1])
    except (OSError, yaml.YAMLError, UnicodeDecodeError) as error:
        raise DatasetError(f"{folder / NAME}: cannot be read: {error}") from error


def front_matter(shards: Mapping[str, Sequence[Shard]], counts: Counts) -> dict[str, Any]:
    """What the Hub and `datasets` need to know: languages, size, configurations, features, exact counts."""
    languages = list(dict.fromkeys(tag.partition("-")[0] for tag in counts.languages if tag != "und"))
    tags = [tag for tag in counts.languages if "-" in tag]
    return {
        **({"language": sorted(languages)} if languages else {}),
        **({"language_bcp47": sorted(tags)} if tags else {}),
        "multilinguality": [MULTILINGUALITY.get(len(languages), "multilingual")],
        "size_categories": [_size_category(sum(shard.rows for shard in shards["articles"]))],
        "configs": configs(),
        "dataset_info": dataset_info(shards),
    }


def _size_category(rows: int) -> str:
    return next((name for limit, name in (*SIZES, *LARGER_SIZES) if rows < limit), "1B<n<10B")


def configs() -> list[dict[str, Any]]:
    """The configurations: one a table."""
    return [_config(table) for table in TABLES]


def _config(table: str) -> dict[str, Any]:
    return {
        "config_name": table,
        **({"default": True} if table == "articles" else {}),
        "version": SCHEMA_VERSION,
        "data_files": [{"split": "train", "path": f"{table}/*.parquet"}],
    }


def dataset_info(shards: Mapping[str, Sequence[Shard]]) -> list[dict[str, Any]]:
    """Features and exact sizes of each table: `datasets` refuses to load files that differ from them."""
    infos = []
    for table in TABLES:
        size = sum(shard.uncompressed_bytes for shard in shards[table])
        rows = sum(shard.rows for shard in shards[table])
        infos.append(
            {
                "config_name": table,
                "features": yaml_features(table),
                "splits": [{"name": "train", "num_bytes": size, "num_examples": rows}],
                "download_size": sum(shard.bytes for shard in shards[table]),
                "dataset_size": size,
            }
        )
    return infos
