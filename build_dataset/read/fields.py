"""What the columns of a table or the fields of an object say of an article.

Dumps name the same things in many ways. Each field has its usual names, the likeliest first, and the first that an
entry has a value for counts; `--column FIELD=NAME` names another one, and then that one alone counts.

=========== ============================================ =====================
field       holds                                        becomes
=========== ============================================ =====================
`text`      the article; required                        `text`
`html`      its page, where there is no `text`           `text`, and all that the page says
`title`     a string                                     `title`
`authors`   a string, or a list of strings or objects    `byline`, role author
`date`      a date or a time                             `published`
`url`       an http or https address                     `url`
`publisher` a string, or an object with a name           `publisher`
`license`   a string                                     `license`
`language`  a BCP 47 tag                                 `language`, where no language pack reads it
=========== ============================================ =====================

Other columns are ignored. A value that is none of what the table says is left out, with a remark: the text counts.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from build_dataset.document import Document, SourceMetadata
from build_dataset.errors import DatasetError, SourceError
from build_dataset.options import Limits, Reading
from build_dataset.read.encoding import decode
from build_dataset.read.html_file import page_document
from build_dataset.read.plain_text import article_text, checked
from build_dataset.read.reader import too_large
from build_dataset.schema import Byline

USUAL: dict[str, tuple[str, ...]] = {
    "text": (
        "text",
        "content",
        "body",
        "maintext",
        "plaintext",
        "plain_text",
        "article",
        "article_text",
        "articleBody",
        "full_text",
    ),
    "html": ("html", "raw_html", "html_content"),
    "title": ("title", "headline", "title_page"),
    "authors": ("authors", "author", "byline", "creator"),
    "date": (
        "date",
        "published",
        "publishing_date",
        "date_publish",
        "published_date",
        "publish_date",
        "published_at",
        "publishedAt",
        "datePublished",
        "publication_date",
        "pub_date",
        "pubDate",
    ),
    "url": ("url", "link", "canonical_url", "canonical_link", "responded_url", "requested_url"),
    "publisher": (
        "publisher",
        "source_name",
        "sitename",
        "site_name",
        "outlet",
        "source",
        "source_domain",
        "domain",
    ),
    "license": ("license", "licence", "rights"),
    "language": ("language", "lang"),
}
"""Field of an article → the names it goes by, fundus, news-please and the published copies of CC-News among them."""

ADDRESS = re.compile(r"https?://[^\s/?#]+\S*\Z", re.IGNORECASE)
LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*\Z")
EARLIEST_YEAR, LATEST_YEAR = 1600, 2100
"""Between the first newspaper and what can only be a slip."""
MILLISECONDS = 100_000_000_000
"""A count since 1970 as large as that is not in seconds."""


CONTENT = ("text", "html")
"""Fields of which an article needs one."""


def columns_of(names: Iterable[str], reading: Reading, fields: Iterable[str] = USUAL) -> list[str]:
    """Those of some columns that hold some fields of an article."""
    wanted = {name for field in fields for name in _names(field, reading)}
    return [name for name in names if name in wanted]


def check_columns(columns: Mapping[str, str]) -> None:
    """Refuse a field that articles do not have.

    Raises:
        DatasetError: there is one.
    """
    unknown = [field for field in columns if field not in USUAL]
    if unknown:
        raise DatasetError(
            f"--column {unknown[0]}: no field of an article; the fields are {', '.join(USUAL)}"
        )


def entry_document(
    source: str, fields: Mapping[str, Any], reading: Reading, encoding: str | None = None
) -> Document:
    """The article of an entry.

    Args:
        source: its name.
        fields: column → value.
        reading: which columns count.
        encoding: the one that the entry was in, where its container leaves a choice.

    Raises:
        SourceError: it has no text.
    """
    found = _Fields(fields, reading)
    text, own = found.text()
    if text is None:
        return found.page(source)
    return Document(source, text, found.metadata(), encoding=own or encoding, warnings=tuple(found.warnings))


def _names(field: str, reading: Reading) -> tuple[str, ...]:
    given = dict(reading.columns).get(field)
    return (given,) if given else USUAL[field]


class _Fields:
    """The values of an entry, and what was wrong with them."""

    def __init__(self, fields: Mapping[str, Any], reading: Reading) -> None:
        self.fields = fields
        self.reading = reading
        self.warnings: list[str] = []

    def value(self, field: str) -> tuple[str, Any]:
        """The name and the value of the first column that has one; the likeliest name and None if none has."""
        names = [name for name in _names(field, self.reading) if name in self.fields]
        for name in names:
            if self.fields[name] not in (None, "", [], {}):
                return name, self.fields[name]
        return (names[0], self.fields[names[0]]) if names else (_names(field, self.reading)[0], None)

    def text(self) -> tuple[str | None, str | None]:
        """The text and its encoding; None where the entry has a page instead.

        Raises:
            SourceError: there is neither.
        """
        name, value = self.value("text")
        if isinstance(value, Mapping):
            value = _structured(value)
        if isinstance(value, bytes):
            decoded = decode(_within(value, self.reading.limits))
            return article_text(decoded.text), decoded.encoding
        if isinstance(value, str):
            _within(value, self.reading.limits)
            return article_text(value), None
        if isinstance(self.value("html")[1], str | bytes):
            return None, None
        if name in self.fields:
            raise SourceError(f"field {name} is {_kind(value)}, not a string")
        listed = ", ".join(map(str, list(self.fields)[:20])) or "none"
        raise SourceError(
            f"field {name} is missing; the fields are {listed}: name it with --column text=NAME"
        )

    def page(self, source: str) -> Document:
        """The article of the page that an entry has; what the entry itself says of it wins."""
        _, value = self.value("html")
        content = value.encode("utf-8", "surrogatepass") if isinstance(value, str) else value
        given = self.metadata()
        found = page_document(source, _within(content, self.reading.limits), self.reading, url=given.url)
        metadata = SourceMetadata(
            url=given.url or found.metadata.url,
            title=given.title or found.metadata.title,
            byline=given.byline or found.metadata.byline,
            published=given.published or found.metadata.published,
            publisher=given.publisher or found.metadata.publisher,
            license=given.license or found.metadata.license,
            language=found.metadata.language,
        )
        warnings = (*found.warnings, *self.warnings)
        return Document(source, found.text, metadata, found.flags, found.encoding, warnings)

    def metadata(self) -> SourceMetadata:
        """What the entry says of its article."""
        language = self.line("language")
        return SourceMetadata(
            url=self.address(),
            title=self.line("title"),
            byline=self.authors(),
            published=self.day(),
            publisher=self.line("publisher"),
            license=self.line("license"),
            language=language if language and LANGUAGE.match(language) else "und",
        )

    def line(self, field: str) -> str | None:
        """A string with its blanks put right; None for anything else."""
        name, value = self.value(field)
        if isinstance(value, Mapping):
            value = value.get("name")
        if value in (None, "", []):
            return None
        line = _line(value)
        if line is None:
            self.warn(name, value, "a string")
        return line

    def address(self) -> str | None:
        """An address that a browser may open."""
        name, value = self.value("url")
        line = _line(value)
        if line and ADDRESS.match(line):
            return line
        if value not in (None, ""):
            self.warn(name, value, "an http or https address")
        return None

    def authors(self) -> tuple[Byline, ...]:
        """Those who wrote it."""
        name, value = self.value("authors")
        listed = (_author(one) for one in (value if isinstance(value, list) else [value]))
        found = tuple(dict.fromkeys(one for one in listed if one))
        if value and not found:
            self.warn(name, value, "a name or a list of names")
        return found

    def day(self) -> date | None:
        """The day on which it appeared, in the time zone that it is given in."""
        name, value = self.value("date")
        day = _day(value)
        if day is None and value not in (None, ""):
            self.warn(name, value, "a date such as 2024-03-05")
        return day

    def warn(self, name: str, value: object, wanted: str) -> None:
        """Remark that a value was left out."""
        shown = repr(value) if isinstance(value, str | int | float) else _kind(value)
        self.warnings.append(f"field {name} is {shown[:60]}, not {wanted}: left out")


def _author(value: object) -> Byline | None:
    """A name, or an object with a name and perhaps a role."""
    name, role = (value.get("name"), value.get("role")) if isinstance(value, Mapping) else (value, None)
    line = _line(name)
    return Byline(name=line, role=_line(role) or "author") if line else None


def _within(content: Any, limits: Limits) -> Any:
    if len(content) > limits.bytes:
        raise too_large(limits)
    return content


def _structured(value: Mapping[str, Any]) -> str | None:
    """The text of an article that is given in pieces: its summary, and sections with headlines and paragraphs."""
    sections = value.get("sections")
    if not isinstance(sections, list):
        return None
    pieces = [value.get("summary")]
    for section in sections:
        if isinstance(section, Mapping):
            pieces += [section.get("headline"), section.get("paragraphs")]
    paragraphs = (one for piece in pieces if piece for one in (piece if isinstance(piece, list) else [piece]))
    return "\n\n".join(one for one in paragraphs if isinstance(one, str) and one.strip())


def _kind(value: object) -> str:
    names = {type(None): "null", bool: "true or false", int: "a number", float: "a number", list: "a list"}
    return names.get(type(value), "an object")


def _line(value: object) -> str | None:
    """A string with its blanks put right; None for anything else, and for what cannot be written."""
    if not isinstance(value, str):
        return None
    try:
        return checked(" ".join(value.split()))
    except SourceError:
        return None


def _day(value: object) -> date | None:
    """The day of a date or time: ISO 8601, RFC 5322, a number such as 20240305, or (milli)seconds since 1970 in UTC."""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, str):
        value = _day_in(value.strip())
    elif isinstance(value, int | float) and not isinstance(value, bool):
        value = _day_counted(value)
    return value if isinstance(value, date) and EARLIEST_YEAR <= value.year <= LATEST_YEAR else None


def _day_in(text: str) -> date | None:
    try:
        return date.fromisoformat(re.split(r"[T ]", text, maxsplit=1)[0])
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(text).date()
    except (ValueError, TypeError, IndexError):
        return None


def _day_counted(value: float) -> date | None:
    try:
        if EARLIEST_YEAR <= value // 10_000 <= LATEST_YEAR:
            return date.fromisoformat(str(int(value)))
        return datetime.fromtimestamp(value / 1000 if abs(value) >= MILLISECONDS else value, UTC).date()
    except (ValueError, OverflowError, OSError):
        return None
