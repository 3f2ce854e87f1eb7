"""README.md of a dataset folder: the dataset card, with every number taken from the files.

The text is in dataset_card.md. What stands between `<!-- generated: NAME -->` and `<!-- end -->` is replaced.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import yaml

from build_dataset.errors import DatasetError
from build_dataset.schema import SCHEMA_VERSION, TABLES
from build_dataset.schema.derived import column_table, yaml_features
from build_dataset.write.inventory import Shard

NAME = "README.md"
LICENSE = "LICENSE"

GENERATED = re.compile(r"(<!-- generated: ([a-z ]+) -->\n)(?:.*?\n)??(<!-- end -->)", re.DOTALL)
FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)

SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))
LARGER_SIZES = ((10_000_000, "1M<n<10M"), (100_000_000, "10M<n<100M"), (1_000_000_000, "100M<n<1B"))

EXAMPLE_CHARACTERS = 160
"""A longer text is cut in an example."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows of what."""

    languages: dict[str, dict[str, int]]
    """Language → table → rows, the language with most articles first."""
    quote_types: dict[str, int]
    statistic_kinds: dict[str, int]
    speaker_kinds: dict[str, int]
    published: tuple[date, date] | None
    """The first and the last day of publication."""


def write_card(folder: Path, shards: Mapping[str, Sequence[Shard]], counts: Counts) -> None:
    """Write README.md and LICENSE into a dataset folder whose tables are complete."""
    here = files("build_dataset.write")
    template = here.joinpath("dataset_card.md").read_text(encoding="utf-8")
    card = fill(template, folder, shards, counts)
    (folder / NAME).write_text(card, encoding="utf-8", newline="\n")
    (folder / LICENSE).write_bytes(here.joinpath("LICENSE.dataset").read_bytes())


def fill(template: str, folder: Path, shards: Mapping[str, Sequence[Shard]], counts: Counts) -> str:
    """The card: the template with its generated parts and its front matter."""
    examples = {f"example {table}": _example(folder, table) for table in TABLES}
    numbers = {"counts": _sizes(shards, counts), "breakdown": _breakdown(counts)}
    body = _replace(fill_columns(template), examples | numbers)
    matter = yaml.safe_load(_match_front_matter(template)[1])
    matter |= front_matter(shards, counts)
    text = yaml.safe_dump(matter, sort_keys=False, allow_unicode=True, width=100, default_flow_style=None)
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
        "language": sorted(languages),
        **({"language_bcp47": sorted(tags)} if tags else {}),
        "multilinguality": ["multilingual" if len(languages) > 1 else "monolingual"],
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


def _table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    lines = [head, ["---"] + ["---:"] * (len(head) - 1), *rows]
    return "\n".join("| " + " | ".join(_cell(value) for value in line) + " |" for line in lines)


def _cell(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)


def _sizes(shards: Mapping[str, Sequence[Shard]], counts: Counts) -> str:
    rows = [
        (table, sum(shard.rows for shard in of_table), sum(shard.bytes for shard in of_table), len(of_table))
        for table, of_table in shards.items()
    ]
    lines = [_table(("table", "rows", "bytes", "files"), rows)]
    if counts.published:
        first, last = counts.published
        lines.append(f"\nArticles that state their day were published from {first} to {last}.")
    return "\n".join(lines)


def _breakdown(counts: Counts) -> str:
    of_articles = ("articles", "quotes", "statistics")
    languages = [
        (tag, *(by_table[table] for table in of_articles)) for tag, by_table in counts.languages.items()
    ]
    tables = [
        _table(("language", *of_articles), languages),
        _table(("type", "quotes"), list(counts.quote_types.items())),
        _table(("kind", "statistics"), list(counts.statistic_kinds.items())),
        _table(("kind", "speakers"), list(counts.speaker_kinds.items())),
    ]
    return "\n\n".join(tables)


def _example(folder: Path, table: str) -> str:
    """The row among the first that has least unsaid, as JSON."""
    for path in sorted((folder / table).glob("*.parquet")):
        first: list[dict[str, Any]] = _first_rows(path)
        if first:
            fullest = max(first, key=lambda row: sum(value not in (None, []) for value in row.values()))
            shown = {name: _shortened(value) for name, value in fullest.items()}
            return f"```json\n{json.dumps(shown, ensure_ascii=False, indent=2, default=str)}\n```"
    return "The table has no rows."


def _first_rows(path: Path) -> list[dict[str, Any]]:
    batch = next(pq.ParquetFile(path).iter_batches(batch_size=100), None)
    return [] if batch is None else pa.Table.from_batches([batch]).to_pylist()


def _shortened(value: Any) -> Any:
    if isinstance(value, str) and len(value) > EXAMPLE_CHARACTERS:
        return value[:EXAMPLE_CHARACTERS] + "…"
    if isinstance(value, float):
        return round(value, 6)
    return value
