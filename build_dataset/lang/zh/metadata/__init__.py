"""Bylines, datelines, days, publishers and licences as Chinese articles word them.

All forms are matched on simplified characters; what they find is cut from the text as it stands.

| module       | knows                                                            |
| ------------ | ---------------------------------------------------------------- |
| data.py      | what metadata.yaml must hold                                     |
| forms.py     | days, media, professions: what the other modules' forms share    |
| names.py     | lists of names                                                   |
| bylines.py   | lines of labels, professions, names and days                     |
| datelines.py | what stands before the first and behind the last sentence        |
| notices.py   | licences, captions, and that the text goes on elsewhere          |
"""

from build_dataset.document import ArticleMetadata, Document
from build_dataset.lang.pack import load_data
from build_dataset.lang.zh.metadata.bylines import Bylines
from build_dataset.lang.zh.metadata.data import MetadataData
from build_dataset.lang.zh.metadata.datelines import Datelines
from build_dataset.lang.zh.metadata.forms import Forms
from build_dataset.lang.zh.metadata.notices import Notices
from build_dataset.read.metadata import read_metadata


class ChineseMetadata:
    """The forms, compiled from the words of `metadata.yaml`."""

    longest_heading = 60

    def __init__(self, data: MetadataData) -> None:
        forms, notices = Forms(data), Notices(data)
        bylines = Bylines(data, forms)
        datelines = Datelines(data, forms, bylines)
        self.about, self.writers, self.is_nobody = bylines.about, bylines.writers, bylines.is_nobody
        self.opening, self.closing = datelines.opening, datelines.closing
        self.license, self.caption, self.goes_on = notices.license, notices.caption, notices.goes_on
        self.related, self.aside = notices.related, notices.aside
        self.license_words = data.license_words

    def read(self, document: Document) -> ArticleMetadata:
        """Title, byline, day, publisher and licence as far as the text states them."""
        return read_metadata(document, self, "zh")


def load() -> ChineseMetadata:
    """The Chinese metadata with its words."""
    return ChineseMetadata(load_data(MetadataData, "zh", "metadata"))
