"""What is new in a release, in Markdown, from the records themselves."""

from collections.abc import Iterator, Mapping

from build_dataset.examine.diff import Comparison, Counts


def release_notes(comparison: Comparison, before: str) -> str:
    """What changed since the release before.

    Args:
        comparison: of the release before with this one.
        before: its version.
    """
    parts = [f"Since {before}:", _table(comparison.counts), *_details(comparison)]
    return "\n\n".join(parts)


def first_release_notes(rows: Mapping[str, int]) -> str:
    """What a first release has. `rows`: table → number of rows."""
    return f"First release: {', '.join(f'{number:,} {table}' for table, number in rows.items())}."


def _table(counts: Mapping[str, Counts]) -> str:
    lines = ["| table | added | removed | changed | as before |", "| --- | ---: | ---: | ---: | ---: |"]
    lines += (
        f"| {table} | {of.added:,} | {of.removed:,} | {of.changed:,} | {of.unchanged:,} |"
        for table, of in counts.items()
    )
    return "\n".join(lines)


def _details(comparison: Comparison) -> Iterator[str]:
    fields = [
        f"`{table}.{name}` ({number:,})"
        for table, of in comparison.counts.items()
        for name, number in of.fields.items()
    ]
    if fields:
        yield f"Changed values: {', '.join(fields)}."
    for setting in comparison.settings:
        yield f"{setting.name}: {setting.old} → {setting.new}."
    for column in comparison.columns:
        yield f"Column `{column.table}.{column.column}`: {column.old or 'none'} → {column.new or 'none'}."
