"""The tables of a dataset folder, checked part by part.

What holds over the whole dataset is looked at column by column (`references`, `duplicates`), what holds for an article
with all that is its own row by row (`parts`): that is most of the work, and can be done by several workers.
"""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import accumulate
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from build_dataset.errors import DatasetError
from build_dataset.executors.executor import Executor
from build_dataset.executors.local import InProcess
from build_dataset.schema import TABLES
from build_dataset.schema.derived import arrow_schema
from build_dataset.validate.duplicates import check_duplicates
from build_dataset.validate.finding import Finding
from build_dataset.validate.parts import Part, Texts, check_part, plan_parts
from build_dataset.validate.references import References
from build_dataset.write.inventory import shard_paths
from build_dataset.write.parquet import file_name

DIGESTED_AT_ONCE = 1 << 20


@dataclass(slots=True)
class Contents:
    """What the tables hold, and what is wrong with them."""

    rows: dict[str, int] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    """Table → SHA-256 over its rows as canonical JSON, one a line: the same with any writer."""
    findings: list[Finding] = field(default_factory=list)


def check_tables(
    folder: Path, texts: Texts | None = None, executor: Executor | None = None, aside: Path | None = None
) -> Contents:
    """Check all that stands in the tables of a dataset folder.

    Args:
        folder: the dataset folder.
        texts: gives the whole text of a `text_sha256`, or None where it does not hold it; for datasets that have
            been built without.
        executor: checks the parts; None: this process.
        aside: a folder that workers reach too, for what they put aside; None: that of the system.

    Raises:
        DatasetError: a worker died.
    """
    contents = Contents()
    contents.findings += (finding for table in TABLES for finding in _shards_fit(folder, table))
    if not contents.findings:  # else there is nothing that could be read as records
        with tempfile.TemporaryDirectory(prefix="build-dataset-", dir=aside) as place:
            _check_rows(folder, contents, texts, executor or InProcess(), Path(place))
    return contents


def _check_rows(
    folder: Path, contents: Contents, texts: Texts | None, executor: Executor, aside: Path
) -> None:
    """Check the rows of a folder whose files have the right schema."""
    files = {
        table: [(path, pq.read_metadata(path).num_rows) for path in shard_paths(folder, table)]
        for table in TABLES
    }
    references = References(folder)
    parts = plan_parts(files, references.placed, aside, texts)
    results = _Results(parts)
    failures = executor.run(check_part, parts, results.take)
    if failures:
        raise DatasetError(f"validate: {failures[0].reason}; is there enough memory?")
    quotes = accumulate(
        sum(piece.end - piece.start for piece in part.pieces.get("quotes", ())) for part in parts
    )
    contents.findings += references.findings
    contents.findings += (finding for part in parts for finding in results.findings[part.number])
    contents.findings += references.check_speakers([*quotes])
    contents.findings += check_duplicates(folder)
    contents.rows |= {table: sum(rows for _, rows in of_table) for table, of_table in files.items()}
    contents.digests |= {table: digest.hexdigest() for table, digest in results.digests.items()}


class _Results:
    """What the checks of the parts give, as it comes; the rows are digested in their order, and then gone."""

    def __init__(self, parts: list[Part]) -> None:
        self.digests = {table: sha256() for table in TABLES}
        self.findings: dict[int, list[Finding]] = {}
        self._waiting = parts[::-1]
        """The parts that are not digested yet, the next one last."""

    def take(self, part: Part, findings: list[Finding]) -> None:
        """Take what a part gives."""
        self.findings[part.number] = findings
        while self._waiting and self._waiting[-1].number in self.findings:
            self._digest(self._waiting.pop())

    def _digest(self, part: Part) -> None:
        for table in part.pieces:
            lines = part.lines(table)
            with lines.open("rb") as stream:
                while piece := stream.read(DIGESTED_AT_ONCE):
                    self.digests[table].update(piece)
            lines.unlink()


def _shards_fit(folder: Path, table: str) -> Iterator[Finding]:
    paths = shard_paths(folder, table)
    expected = [file_name(number, len(paths)) for number in range(len(paths))]
    if [path.name for path in paths] != expected or not paths:
        message = "the files are not train-00000-of-0000N.parquet, from the first to the last"
        yield Finding("shards_are_complete", table, None, message)
    for path in paths:
        where = path.relative_to(folder).as_posix()
        try:
            schema = pq.read_schema(path)
        except (OSError, pa.ArrowException) as error:
            yield Finding("shards_are_readable", where, None, f"not a Parquet file that can be read: {error}")
            continue
        if not schema.equals(arrow_schema(table)):
            yield Finding(
                "shards_have_the_schema", where, None, _schema_difference(schema, arrow_schema(table))
            )


def _schema_difference(found: pa.Schema, expected: pa.Schema) -> str:
    for column in expected.names:
        if column not in found.names:
            return f"column {column} is missing"
        if not found.field(column).equals(expected.field(column)):
            return f"column {column} is {found.field(column)}, not {expected.field(column)}"
    extra = [column for column in found.names if column not in expected.names]
    return f"column {extra[0]} is not of the schema" if extra else "the columns are in another order"
