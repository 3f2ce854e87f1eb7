"""Feeds made-up bytes to a reader, and what it reads to the extraction, until something breaks.

    python -m tests.fuzz TARGET [--seconds N] [--corpus FOLDER] [INPUT…]

A TARGET is a format, or `article`, which leaves out the readers. Whatever the bytes, a reader gives documents and
reasons (or raises `SourceError`), and every record of a document is grounded. Anything else is a finding: its traceback
is shown, and its bytes are left in a file `crash-…`, to be given as an INPUT and run again. It needs the extra `fuzz`.
"""

import argparse
import io
import tempfile
from functools import partial
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["build_dataset"]):
    from build_dataset.document import Document
    from build_dataset.errors import SourceError
    from build_dataset.lang.pack import codes, load_pack
    from build_dataset.options import Limits, Reading
    from build_dataset.read.contents import READERS, reader
    from build_dataset.read.reader import SourceFile
    from tests.grounded import assert_grounded

    for code in codes():
        load_pack(code)
    for name in READERS:
        reader(name)

from tests.fuzz.corpus import inputs, words

ARTICLE = "article"
"""The target that goes round the readers: whatever of the bytes is UTF-8 is the text."""
SLOW = 25
"""Seconds after which a single input counts as hanging."""
READING = Reading(Limits(megabytes=1))


def extract(content: bytes) -> None:
    """What a build does with a text."""
    assert_grounded(Document("fuzz", content.decode("utf-8", "ignore")))


def read_and_extract(format_: str, content: bytes) -> None:
    """What a build does with a file, without the nets that keep one bad file from stopping it."""
    file = SourceFile("fuzz", "fuzz", "fuzz")
    try:
        for part in reader(format_).parts(file, io.BytesIO(content), len(content)):
            stream = io.BytesIO(content)
            stream.seek(part.start)
            for item in reader(format_).read(stream, part, READING):
                if isinstance(item, Document):
                    assert_grounded(item)
    except SourceError:
        return


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("target", choices=[ARTICLE, *sorted(READERS)])
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--corpus", type=Path, help="a folder that keeps what has been found worth trying")
    parser.add_argument("input", nargs="*", help="files to run, once each, in place of making them up")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        corpus = arguments.corpus or Path(folder) / "corpus"
        corpus.mkdir(parents=True, exist_ok=True)
        for number, content in enumerate(inputs(arguments.target)):
            (corpus / f"seed-{number:04}").write_bytes(content)
        dictionary = Path(folder) / "words"
        dictionary.write_text("\n".join(words()), encoding="ascii")
        flags = [f"-max_total_time={arguments.seconds}", f"-timeout={SLOW}", f"-dict={dictionary}"]
        target = extract if arguments.target == ARTICLE else partial(read_and_extract, arguments.target)
        atheris.Setup(["fuzz", *(arguments.input or [*flags, str(corpus)])], target)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
