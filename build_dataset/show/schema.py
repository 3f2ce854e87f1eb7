"""The record types in every form that derives from the models."""

from collections.abc import Callable

from build_dataset.schema import SCHEMA_VERSION, TABLES
from build_dataset.schema.derived import arrow_text, column_table, features, json_schema
from build_dataset.show.terminal import as_json
from build_dataset.write.croissant import record_sets


def _markdown() -> str:
    parts = [f"## {table}\n\n{model.__doc__}\n\n{column_table(table)}" for table, model in TABLES.items()]
    return "\n\n".join([f"# The tables, schema version {SCHEMA_VERSION}", *parts])


def _features() -> str:
    return as_json({table: features(table).to_dict() for table in TABLES})


FORMATS: dict[str, Callable[[], str]] = {
    "json-schema": lambda: as_json(json_schema()),
    "arrow": arrow_text,
    "features": _features,
    "croissant": lambda: as_json(record_sets()),
    "markdown": _markdown,
}
"""Name of a form → what prints all tables in it."""
