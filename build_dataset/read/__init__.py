"""From files to documents: `find_sources` lists files, `read_file` reads one; a format is one module."""

from build_dataset.read.contents import read_file
from build_dataset.read.reader import Part, Reader, SkippedSource, SourceFile, SourceWarning
from build_dataset.read.sources import Sources, find_sources

__all__ = [
    "Part",
    "Reader",
    "SkippedSource",
    "SourceFile",
    "SourceWarning",
    "Sources",
    "find_sources",
    "read_file",
]
