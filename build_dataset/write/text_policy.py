"""What of the articles' text is published: `--text`, and the articles of speakers who are left out.

Only the columns with running text change; every offset still counts in the full text.
"""

import re
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from build_dataset.options import TextPolicy
from build_dataset.schema import ArticleFlag

EXCERPT_CHARACTERS = 300
"""An excerpt has at most as many code points,"""
EXCERPT_SHARE = 3
"""and at most one part in so many of its article."""

BREAK = re.compile(r"[\s。！？；，、]")


def excerpt(text: str) -> str:
    """The beginning of a text, up to a blank or a Chinese mark; never more than a third of it."""
    most = min(EXCERPT_CHARACTERS, len(text) // EXCERPT_SHARE)
    breaks = [found.end() for found in BREAK.finditer(text, 0, most)]
    return text[: breaks[-1] if breaks else most].rstrip()


def apply_policy(table: str, rows: pa.Table, policy: TextPolicy, withheld: pa.Array) -> pa.Table:
    """The rows of a table as they are published.

    Args:
        table: its name.
        rows: with all of the text.
        policy: what of it is published.
        withheld: identifiers of articles of which no text is, whatever the policy.
    """
    if policy is TextPolicy.FULL and not len(withheld):
        return rows
    hidden = pc.is_in(rows["article_id"], value_set=withheld)
    if table == "articles":
        return _articles(rows, policy, hidden)
    own_words = pc.if_else(hidden, rows["text"], rows["context"])
    return _replaced(rows, "context", rows["text"] if policy is TextPolicy.NONE else own_words)


def _articles(rows: pa.Table, policy: TextPolicy, hidden: pa.ChunkedArray) -> pa.Table:
    texts: list[str | None] = []
    flags: list[list[str]] = []
    for text, flagged, withhold in zip(
        rows["text"].to_pylist(), rows["flags"].to_pylist(), hidden.to_pylist(), strict=True
    ):
        if withhold:
            texts.append(None)
            flags.append([*flagged, ArticleFlag.WITHHELD.value])
        elif policy is TextPolicy.EXCERPT:
            texts.append(excerpt(text))
            flags.append([*flagged, ArticleFlag.EXCERPT.value])
        else:
            texts.append(None if policy is TextPolicy.NONE else text)
            flags.append(flagged)
    return _replaced(_replaced(rows, "text", pa.array(texts, pa.string())), "flags", flags)


def _replaced(rows: pa.Table, column: str, values: Any) -> pa.Table:
    place = rows.schema.get_field_index(column)
    field = rows.schema.field(column)
    array = pa.array(values, field.type) if isinstance(values, list) else values
    return rows.set_column(place, field, array)
