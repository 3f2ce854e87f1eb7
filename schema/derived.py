"""What follows from the models: Arrow schemas, Hugging Face features, JSON Schema, Croissant, card tables.

This is the only place that knows how a field of a model becomes a column, which takes its annotation's type:

===================== ================================================
annotation            Arrow
===================== ================================================
`str`, a `StrEnum`    string (never a dictionary: readers differ on it)
`int`                 int64, or what the field's `arrow` hint says
`float`               float64, or what the field's `arrow` hint says
`date`                date32
`list[X]`             list of X
a `Record`            struct of its fields
`X | None`            X, nullable; everything else is not
===================== ================================================
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin

import pyarrow as pa
from pydantic.fields import FieldInfo

from . import SCHEMA_VERSION, TABLES
from .record import Record

if TYPE_CHECKING:
    from datasets import Features

SCALARS: dict[type, pa.DataType] = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    date: pa.date32(),
}

CROISSANT_TYPES: dict[pa.DataType, str] = {
    pa.string(): "sc:Text",
    pa.int32(): "sc:Integer",
    pa.int64(): "sc:Integer",
    pa.float32(): "sc:Float",
    pa.float64(): "sc:Float",
    pa.date32(): "sc:Date",
}

TYPE_NAMES: dict[pa.DataType, str] = {
    pa.float32(): "float32",
    pa.float64(): "float64",
    pa.date32(): "date32",
}
"""Where Arrow prints a name that its own functions do not know."""

FOREIGN_KEYS: dict[tuple[str, str], str] = {
    ("quotes", "article_id"): "articles",
    ("quotes", "speaker_id"): "speakers",
    ("statistics", "article_id"): "articles",
    ("statistics", "quote_id"): "quotes",
    ("statistics", "speaker_id"): "speakers",
}
"""(table, column) → the table whose key it holds, where that is another table: to mlcroissant, a table that refers to
itself is a circle."""

KEYS: dict[str, str] = {table: next(iter(model.model_fields)) for table, model in TABLES.items()}
"""Table → its key, which is the first column."""


def without_none(annotation: Any) -> tuple[Any, bool]:
    """Take `None` out of an annotation; the second value says whether it was there."""
    if get_origin(annotation) in (Union, UnionType):
        members = [member for member in get_args(annotation) if member is not NoneType]
        if len(members) != 1:
            raise TypeError(f"a column has one type, not {annotation}")
        return members[0], True
    return annotation, False


def _data_type(annotation: Any, hint: str | None) -> pa.DataType:
    if get_origin(annotation) is list:
        (item,) = get_args(annotation)
        return pa.list_(pa.field("element", _data_type(item, None), nullable=False))
    if issubclass(annotation, Record):
        return pa.struct(_fields(annotation))
    if issubclass(annotation, StrEnum):
        return pa.string()
    return pa.type_for_alias(hint) if hint else SCALARS[annotation]


def _arrow_field(name: str, info: FieldInfo) -> pa.Field:
    annotation, nullable = without_none(info.annotation)
    extra = info.json_schema_extra
    hint = extra.get("arrow") if isinstance(extra, dict) else None
    return pa.field(name, _data_type(annotation, str(hint) if hint else None), nullable=nullable)


def _fields(model: type[Record]) -> list[pa.Field]:
    return [_arrow_field(name, info) for name, info in model.model_fields.items()]


@cache
def arrow_schema(table: str) -> pa.Schema:
    """The Arrow schema of every shard of a table."""
    return pa.schema(_fields(TABLES[table]))


def features(table: str) -> "Features":
    """The Hugging Face features of a table."""
    from datasets import Features  # two seconds: only where they are asked for

    return Features.from_arrow_schema(arrow_schema(table))


def yaml_features(table: str) -> list[dict[str, Any]]:
    """The features as they stand in a dataset card's `dataset_info`; `features` reads to the same."""
    return [_yaml_feature(field.name, field.type) for field in arrow_schema(table)]


def _yaml_feature(name: str, data_type: pa.DataType) -> dict[str, Any]:
    if pa.types.is_struct(data_type):
        return {"name": name, "struct": [_yaml_feature(part.name, part.type) for part in data_type]}
    if pa.types.is_list(data_type):
        item = data_type.value_type
        return {"name": name, "list": _yaml_feature(name, item).get("struct", _type_name(item))}
    return {"name": name, "dtype": _type_name(data_type)}


def allowed_values(table: str) -> dict[str, tuple[str, ...]]:
    """Column → the values it may hold, for every enumeration and list of enumerated values of a table."""
    allowed = {}
    for name, info in TABLES[table].model_fields.items():
        annotation, _ = without_none(info.annotation)
        item = get_args(annotation)[0] if get_origin(annotation) is list else annotation
        if issubclass(item, StrEnum):
            allowed[name] = tuple(member.value for member in item)
    return allowed


def _plain(annotation: Any) -> Callable[[Any], Any] | None:
    """How a value of this annotation becomes what Arrow reads; None where it already is."""
    annotation, nullable = without_none(annotation)
    if get_origin(annotation) is list:
        convert = _plain(get_args(annotation)[0])
        return None if convert is None else lambda values: [convert(value) for value in values]
    if issubclass(annotation, Record):
        # the instance dictionary of a Pydantic model holds its fields; none of ours nests deeper
        return (lambda value: value and vars(value)) if nullable else vars
    return None


@cache
def _converters(table: str) -> tuple[tuple[str, pa.DataType, Callable[[Any], Any] | None], ...]:
    schema = arrow_schema(table)
    return tuple(
        (name, schema.field(name).type, _plain(info.annotation))
        for name, info in TABLES[table].model_fields.items()
    )


def to_arrow(table: str, records: Sequence[Record]) -> pa.Table:
    """Records of a table as an Arrow table of that table's schema, in the order given."""
    rows = [vars(record) for record in records]
    columns = []
    for name, data_type, convert in _converters(table):
        values = [row[name] for row in rows] if convert is None else [convert(row[name]) for row in rows]
        columns.append(pa.array(values, type=data_type))
    return pa.table(columns, schema=arrow_schema(table))


def json_schema() -> dict[str, Any]:
    """One JSON Schema document with a definition for each table."""
    from pydantic.json_schema import models_json_schema

    references, definitions = models_json_schema([(model, "serialization") for model in TABLES.values()])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"The tables of build-dataset {SCHEMA_VERSION}",
        "type": "object",
        "properties": {
            table: {"type": "array", "items": references[model, "serialization"]}
            for table, model in TABLES.items()
        },
        **definitions,
    }


def _type_name(data_type: pa.DataType) -> str:
    if pa.types.is_list(data_type):
        return f"list<{_type_name(data_type.value_type)}>"
    if pa.types.is_struct(data_type):
        return f"struct<{', '.join(_column_type(field) for field in data_type)}>"
    return TYPE_NAMES.get(data_type, str(data_type))


def _column_type(field: pa.Field) -> str:
    return f"{field.name}: {_type_name(field.type)}{' or null' if field.nullable else ''}"


def _markdown_row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def column_table(table: str) -> str:
    """The columns of a table in Markdown: name, type, meaning."""
    rows = [_markdown_row("column", "type", "meaning"), "| --- | --- | --- |"]
    for field in arrow_schema(table):
        data_type = f"`{_type_name(field.type)}`" + (", nullable" if field.nullable else "")
        rows.append(_markdown_row(f"`{field.name}`", data_type, _meaning(table, field.name)))
    return "\n".join(rows)


def _meaning(table: str, column: str) -> str:
    """What a column says, with the values that it may hold unless its description names them."""
    meaning = TABLES[table].model_fields[column].description or ""
    values = [f"`{value}`" for value in allowed_values(table).get(column, ())]
    return meaning if all(value in meaning for value in values) else f"{meaning}: {', '.join(values)}"


def croissant_fields(table: str, file_set: str) -> list[dict[str, Any]]:
    """The Croissant fields of a table whose shards are the resource `file_set`."""
    model = TABLES[table]
    return [
        _croissant_field(table, field, file_set, model.model_fields[field.name].description or "")
        for field in arrow_schema(table)
    ]


def _croissant_field(table: str, field: pa.Field, file_set: str, description: str) -> dict[str, Any]:
    identifier = f"{table}/{field.name}"
    data_type = field.type
    described: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": identifier,
        "name": field.name,
        "description": description,
    }
    if pa.types.is_list(data_type):
        described |= {"isArray": True, "arrayShape": "-1"}
        data_type = data_type.value_type
    source = {"fileSet": {"@id": file_set}, "extract": {"column": field.name}}
    if pa.types.is_struct(data_type):
        described["subField"] = [
            {
                "@type": "cr:Field",
                "@id": f"{identifier}/{part.name}",
                "name": part.name,
                "dataType": CROISSANT_TYPES[part.type],
                "source": source | {"transform": {"jsonPath": part.name}},
            }
            for part in data_type
        ]
        return described
    described |= {"dataType": CROISSANT_TYPES[data_type], "source": source}
    target = FOREIGN_KEYS.get((table, field.name))
    if target:
        described["references"] = {"field": {"@id": f"{target}/{KEYS[target]}"}}
    return described


def arrow_text(tables: Iterable[str] = TABLES) -> str:
    """The Arrow schemas as a reader prints them."""
    return "\n\n".join(f"{table}\n{arrow_schema(table).to_string()}" for table in tables)
