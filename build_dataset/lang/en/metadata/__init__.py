"""Bylines, datelines, days, publishers and licences as English articles word them.

| module       | knows                                                            |
| ------------ | ---------------------------------------------------------------- |
| data.py      | what metadata.yaml must hold                                     |
| dates.py     | days, alone or behind their label                                |
| names.py     | names of people and media, professions                           |
| credits.py   | labels with the names behind them, `Reporting by …`              |
| bylines.py   | lines of names, days and media                                   |
| datelines.py | what stands before the first and behind the last sentence        |
| notices.py   | licences, captions, and that the text goes on elsewhere          |
"""

from build_dataset.document import ArticleMetadata, Document
from build_dataset.lang.en.metadata.bylines import Bylines
from build_dataset.lang.en.metadata.credits import Credits
from build_dataset.lang.en.metadata.data import MetadataData
from build_dataset.lang.en.metadata.datelines import Datelines
from build_dataset.lang.en.metadata.dates import Dates
from build_dataset.lang.en.metadata.names import Names
from build_dataset.lang.en.metadata.notices import Notices
from build_dataset.lang.pack import load_data
from build_dataset.read.metadata import read_metadata


class EnglishMetadata:
    """The forms, compiled from the words of `metadata.yaml`."""

    longest_heading = 150

    def __init__(self, data: MetadataData) -> None:
        dates, names, notices = Dates(data), Names(data), Notices(data)
        bylines = Bylines(data, dates, names, Credits(data, dates, names))
        datelines = Datelines(data, dates, names, bylines)
        self.license_words = data.license_words
        self.about, self.writers, self.is_nobody = bylines.about, bylines.writers, bylines.is_nobody
        self.opening, self.closing = datelines.opening, datelines.closing
        self.license, self.caption, self.goes_on = notices.license, notices.caption, notices.goes_on

        self.related, self.aside = notices.related, notices.aside

    def read(self, document: Document) -> ArticleMetadata:
        """Title, byline, day, publisher and licence as far as the text states them."""
        return read_metadata(document, self, "en")


def load() -> EnglishMetadata:
    """The English metadata with its words."""
    return EnglishMetadata(load_data(MetadataData, "en", "metadata"))
