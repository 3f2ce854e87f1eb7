"""Results of earlier extractions: an article that was read before, by the same tool, is not read again.

A file an article, named by what decides its records: the text, what its container says of it, the engine, and the
tool with the libraries that it reads by. A file that is not whole or not as it was written is recomputed, and so is
one that somebody removed: the folder may be deleted at any time. It never decides what is in a dataset.
"""

import json
import sys
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import NamedTemporaryFile

from pydantic import TypeAdapter
from pydantic_core import from_json

from build_dataset import __version__
from build_dataset.document import Document, SourceMetadata
from build_dataset.options import Engine
from build_dataset.records import ArticleRecords

LIBRARIES = (
    "babel",
    "inflection",
    "numpy",
    "onnxruntime",
    "pint",
    "pypinyin",
    "pyyaml",
    "rjieba",
    "tokenizers",
)
"""With another version of one of them an article may give other records."""

DIGEST_BYTES = 32

_RECORDS = TypeAdapter(ArticleRecords)
_METADATA = TypeAdapter(SourceMetadata)


class DamagedEntryError(Exception):
    """A result that is not as it was written."""


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder of results of one version of the tool."""

    folder: Path

    @classmethod
    def within(cls, folder: Path) -> "Cache":
        """The results of this very tool, inside a folder that may hold those of others."""
        return cls(folder / tool_digest()[:16])

    def find(self, document: Document, engine: Engine) -> ArticleRecords | None:
        """The records of a document, or None where they are not there.

        Raises:
            DamagedEntryError: they are there, but not as they were written.
        """
        try:
            content = self._place(document, engine).read_bytes()
        except OSError:
            return None
        packed = content[DIGEST_BYTES:]
        if sha256(packed).digest() != content[:DIGEST_BYTES]:
            raise DamagedEntryError
        return _read(zlib.decompress(packed), document)

    def keep(self, document: Document, engine: Engine, records: ArticleRecords) -> None:
        """Put the records of a document aside; a folder that cannot be written keeps nothing."""
        packed = zlib.compress(_written(records), 1)
        place = self._place(document, engine)
        with suppress(OSError):
            place.parent.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=place.parent, delete=False) as aside:
                try:
                    aside.write(sha256(packed).digest() + packed)
                    aside.flush()
                    Path(aside.name).replace(place)
                except BaseException:  # of a full disk, no half is left to fill it
                    Path(aside.name).unlink()
                    raise

    def _place(self, document: Document, engine: Engine) -> Path:
        metadata = _METADATA.dump_json(document.metadata)
        flags = " ".join(document.flags).encode()
        parts = (document.text.encode("utf-8"), metadata, flags, engine.encode())
        key = sha256(b"".join(sha256(part).digest() for part in parts)).hexdigest()
        return self.folder / key[:2] / key


def _written(records: ArticleRecords) -> bytes:
    """Without what the document itself has."""
    return _RECORDS.dump_json(records, exclude={"article": {"text", "source", "sources", "encoding"}})


def _read(content: bytes, document: Document) -> ArticleRecords:
    fields = from_json(content)
    fields["article"] |= {
        "text": document.text,
        "source": document.source,
        "sources": [document.source],
        "encoding": document.encoding,
    }
    return _RECORDS.validate_python(fields)


@cache
def tool_digest() -> str:
    """SHA-256 of all that decides the records of an article beside the article: code, data, libraries."""
    digest = sha256(json.dumps([__version__, sys.version_info[:2], dict(_libraries())]).encode())
    root = Path(__file__).parent
    for path in sorted(root.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(f"\n{path.relative_to(root).as_posix()}\n".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _libraries() -> Iterator[tuple[str, str]]:
    for name in LIBRARIES:
        with suppress(PackageNotFoundError):
            yield name, version(name)
