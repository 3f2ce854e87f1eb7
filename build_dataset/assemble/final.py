"""What a row of an article gets from the other articles: who its speaker is, all its sources, what it repeats.

The stages between extraction and writing put it aside in files of their own, for those rows only that it concerns.
"""

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from build_dataset.shards.rows import read_rows

LINKED = pa.schema([("article_id", pa.string()), ("local_speaker", pa.int32()), ("speaker_id", pa.string())])
"""Sources of single articles whose identifier is not the provisional one."""

EXCLUDED = pa.schema([("article_id", pa.string()), ("speaker_id", pa.string())])
"""Speakers who are left out, with each article that quotes them."""

SHARED = pa.schema([("place", pa.int32()), ("article_id", pa.string()), ("sources", pa.list_(pa.string()))])
"""Articles that more than one source holds; `place` is the row in the index."""

NEAR = pa.schema([("place", pa.int32()), ("article_id", pa.string()), ("duplicate_of", pa.string())])
"""Articles that are nearly copies of an earlier one."""

REPEATED = pa.schema([("place", pa.int32()), ("quote_id", pa.string()), ("duplicate_of", pa.string())])
"""Quotes that repeat one of an earlier article."""


def final_speakers(rows: pa.Table, folder: Path) -> pa.Table:
    """Quotes or statistics with the speakers that linking found, without those of speakers who are left out."""
    linked = read_rows(folder / "linked.arrow")
    here = pc.is_in(linked["article_id"], value_set=pc.unique(rows["article_id"]))
    rows = _replaced(rows, linked.filter(here))
    excluded = read_rows(folder / "excluded.arrow")
    gone = pc.is_in(rows["speaker_id"], value_set=excluded["speaker_id"].combine_chunks())
    return rows.filter(pc.invert(gone))


def _replaced(rows: pa.Table, linked: pa.Table) -> pa.Table:
    """Replace the provisional speakers that linking merged or split."""
    place = pc.index_in(_reference(rows), value_set=_reference(linked))
    final = pc.coalesce(
        linked["speaker_id"].combine_chunks().take(place), rows["speaker_id"].combine_chunks()
    )
    return rows.set_column(rows.schema.get_field_index("speaker_id"), "speaker_id", final)


def _reference(rows: pa.Table) -> pa.Array:
    """Article and number of a local speaker in one string; null where there is none."""
    number = pc.cast(rows["local_speaker"], pa.string())
    return pc.binary_join_element_wise(rows["article_id"], number, ":").combine_chunks()


def final_duplicates(table: str, rows: pa.Table, folder: Path, start: int, end: int) -> pa.Table:
    """Rows with what they repeat, and articles with all their sources.

    Args:
        table: their name.
        rows: those of the articles `start` to `end` of the index.
        folder: where the rows were put aside.
        start: of the articles.
        end: of the articles.
    """
    if table == "articles":
        rows = _filled(rows, "article_id", "sources", _between(folder / "shared.arrow", start, end))
        return _filled(rows, "article_id", "duplicate_of", _between(folder / "near.arrow", start, end))
    if table == "quotes":
        return _filled(rows, "quote_id", "duplicate_of", _between(folder / "repeated.arrow", start, end))
    return rows


def _between(path: Path, start: int, end: int) -> pa.Table:
    found = read_rows(path)
    return found.filter(
        pc.and_(pc.greater_equal(found["place"], start), pc.less(found["place"], end))
    ).combine_chunks()


def _filled(rows: pa.Table, key: str, column: str, found: pa.Table) -> pa.Table:
    """Rows with the values of a column that were found for some of them."""
    where = pc.index_in(rows[key], value_set=pc.cast(found[key], pa.string()).combine_chunks())
    values = found[column].combine_chunks().take(where.combine_chunks())
    place = rows.schema.get_field_index(column)
    old = rows[column].combine_chunks()
    return rows.set_column(place, column, pc.coalesce(values.cast(old.type), old))
