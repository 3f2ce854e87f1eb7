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

from collections.abc import Iterable, Mapping

from build_dataset.errors import DatasetError
from build_dataset.options import Reading

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

CONTENT = ("text", "html")
"""Fields of which an article needs one."""


def columns_of(names: Iterable[str], reading: Reading, fields: Iterable[str] = USUAL) -> list[str]:
    """Those of some columns that hold some fields of an article."""
    wanted = {name for field in fields for name in names_of(field, reading)}
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


def names_of(field: str, reading: Reading) -> tuple[str, ...]:
    """The names that a field may have, the likeliest first."""
    given = dict(reading.columns).get(field)
    return (given,) if given else USUAL[field]
