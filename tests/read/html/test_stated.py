"""What a page says of its article, standard by standard."""

import json
from datetime import date
from typing import Any

import pytest

from build_dataset.document import SourceMetadata
from build_dataset.read.html import read_page

SENTENCE = "The harbor bridge will close for 12 days from March 3, the Port Authority said on Monday."
TITLE = "Harbor bridge to close for 12 days"


def stated(
    head: str = "", above: str = f"<h1>{TITLE}</h1>", below: str = "", url: str | None = None
) -> SourceMetadata:
    text = f"<article><p>{SENTENCE}</p><p>{SENTENCE[4:]}</p>{below}</article>"
    page = f"<html><head>{head}</head><body>{above}{text}</body></html>"
    return read_page(page, url).metadata


def json_ld(content: Any) -> str:
    text = content if isinstance(content, str) else json.dumps(content)
    return f'<script type="application/ld+json">{text}</script>'


def names(metadata: SourceMetadata) -> list[str]:
    return [one.name for one in metadata.byline if one.role in ("author", "reporter")]


@pytest.mark.parametrize(
    ("head", "above"),
    [
        ("", f"<h1>{TITLE}</h1>"),
        (f"<title>{TITLE} | Quay Herald</title>", ""),
        (f"<title>{TITLE} - Quay Herald</title>", ""),
        (f"<title>{TITLE} | Local | Quay Herald</title>", ""),
        (f"<title>News | {TITLE}</title>", ""),
        (f'<meta property="og:title" content="{TITLE} – Quay Herald">', ""),
        (f'<title>{TITLE} - q.uay</title><meta property="og:site_name" content="q.uay">', ""),
        (f"<title>{TITLE} | Herald</title>", f"<h1>Quay Herald</h1><h2>{TITLE}</h2>"),
        (f'<title>Quay</title><meta property="og:title" content="{TITLE}">', f"<h1>Log in</h1><h1>{TITLE}</h1>"),
        (json_ld({"@type": "NewsArticle", "headline": TITLE.replace("Harbor", "&#72;arbor")}), ""),
        (f'<meta name="parsely-title" content="{TITLE}">', ""),
        ("<title>Bridge to close | Herald</title>", f"<h1>{TITLE}</h1>"),
        (f'<title>x</title><meta name="dc.title" content="{TITLE}">', '<div class="logo"><h1>Herald</h1></div>'),
    ],
)  # fmt: skip
def test_titles(head: str, above: str) -> None:
    assert stated(head, above).title == TITLE


@pytest.mark.parametrize(
    "block",
    [
        {"@type": "NewsArticle", "author": {"@type": "Person", "name": "Ann Lee"}},
        {"@type": ["Article", "NewsArticle"], "author": [{"@type": "Person", "name": "Ann Lee"}]},
        [{"@type": "WebPage"}, {"@type": "ReportageNewsArticle", "author": ["Ann Lee"]}],
        {"@graph": [{"@type": "Article", "author": {"@id": 1}}, {"@id": "1", "@type": "Person", "name": "Ann Lee"}]},
        {"@type": "WebPage", "mainEntity": {"@type": "BlogPosting", "creator": "Ann Lee"}},
        {"@type": "https://schema.org/OpinionNewsArticle", "author": [{"name": "Ann Lee"}, {"@type": "Person"}]},
        '{"@type": "NewsArticle", "author": "Ann Lee",}',
        '<!-- {"@type": "NewsArticle", "author": "Ann\\tLee"} -->',
        '/*<![CDATA[*/{"@type": "NewsArticle", "author": "By Ann Lee"}/*]]>*/',
        '{"@type": "NewsArticle", "text": "a\nb", "author": "Ann Lee, Staff Writer"}',
    ],
)  # fmt: skip
def test_writers_of_json_ld(block: Any) -> None:
    assert names(stated(json_ld(block))) == ["Ann Lee"]


def test_the_object_of_the_article_itself_counts() -> None:
    other = {
        "@type": "NewsArticle",
        "headline": "Tunnel opens",
        "author": "Cy Young",
        "datePublished": "2020-01-01",
    }
    own = {"@type": "NewsArticle", "headline": TITLE, "author": "Ann Lee", "datePublished": "2024-02-26"}

    metadata = stated(json_ld(other) + json_ld(own))

    assert (metadata.title, names(metadata), metadata.published) == (TITLE, ["Ann Lee"], date(2024, 2, 26))


def test_a_broken_block_of_json_ld_is_skipped() -> None:
    head = json_ld('{"@type": "NewsArticle", "headline": ') + json_ld(
        {"@type": "Article", "author": "Ann Lee"}
    )

    assert names(stated(head)) == ["Ann Lee"]


@pytest.mark.parametrize(
    ("head", "above", "expected"),
    [
        ('<meta name="author" content="Ann Lee and Bo Diaz">', "", ["Ann Lee", "Bo Diaz"]),
        ('<meta name="byl" content="By Ann Lee, Bo Diaz and Cy Young">', "", ["Ann Lee", "Bo Diaz", "Cy Young"]),
        ('<meta name="citation_author" content="Lee, Ann">', "", ["Ann Lee"]),
        ('<meta property="article:author" content="https://social.example/herald">', "", []),
        ('<meta name="author" content="Quay Herald"><meta property="og:site_name" content="Quay Herald">', "", []),
        ('<meta name="author" content="100123">', "", []),
        ('<meta name="author" content="@annlee">', "", []),
        ("", "<p>By Ann Lee</p>", ["Ann Lee"]),
        ("", "<p>By <a>Ann Lee</a> and <a>Bo Diaz</a></p>", ["Ann Lee", "Bo Diaz"]),
        ("", '<a rel="author" href="a">Ann Lee</a>', ["Ann Lee"]),
        ("", '<span itemprop="author"><span itemprop="name">Ann Lee</span>, 3 hours ago</span>', ["Ann Lee"]),
        ("", '<div class="article-author">Ann Lee</div>', ["Ann Lee"]),
        ("", "<p>Edited by Ann Lee</p>", []),
        (json_ld({"@type": "Article", "author": {"@type": "Organization", "name": "Quay Herald"}}), "", []),
        (json_ld({"@type": "Article", "author": {"@type": "Person", "name": "admin"}}), "", []),
        (
            json_ld({"@type": "Article", "author": {"@type": "Organization", "name": "Quay Herald"}}),
            '<p class="byline">Quay Herald</p>',
            ["Quay Herald"],
        ),
        (json_ld({"@type": "Article", "author": "Ann Lee"}), "<p>By Ann Lee and Bo Diaz</p>", ["Ann Lee", "Bo Diaz"]),
    ],
)  # fmt: skip
def test_writers(head: str, above: str, expected: list[str]) -> None:
    assert names(stated(head, f"<h1>{TITLE}</h1>{above}")) == expected


def test_an_editor_is_an_editor() -> None:
    metadata = stated(
        '<meta name="author" content="Bo Diaz">',
        above="<h1>Bridge</h1><p>By Ann Lee</p><p>Editor: Bo Diaz</p>",
    )

    assert [(one.name, one.role) for one in metadata.byline] == [("Ann Lee", "author"), ("Bo Diaz", "editor")]


def test_writers_of_other_articles_on_the_page_are_not_its_own() -> None:
    below = "</article><div class='card'><a rel='author'>Cy Young</a><p class='author'>By Cy Young</p>"

    assert names(stated('<meta name="author" content="Ann Lee">', below=below)) == ["Ann Lee"]


@pytest.mark.parametrize(
    ("head", "above"),
    [
        (json_ld({"@type": "NewsArticle", "datePublished": "2024-02-26T23:30:00-05:00"}), ""),
        (json_ld({"@type": "NewsArticle", "datePublished": "0001-01-01", "dateModified": "2024-03-01"})
         + '<meta property="article:published_time" content="2024-02-26T10:00:00Z">', ""),
        ('<meta property="article:published_time" content="2024-02-26 10:00">', ""),
        ('<meta name="DC.date.issued" content="2024-02-26">', ""),
        ('<meta name="parsely-pub-date" content="2024-02-26T10:00:00Z">', ""),
        ('<meta itemprop="datePublished" content="2024-02-26">', ""),
        ('<meta name="pubdate" content="20240226100000">', ""),
        ("", '<time itemprop="datePublished" datetime="2024-02-26T10:00">Monday</time>'),
        ("", '<time pubdate datetime="2024-02-26">Monday</time>'),
        ("", '<time datetime="2024-02-26T10:00:00Z">2 hours ago</time>'),
        ("", "<p>February 26, 2024</p>"),
    ],
)  # fmt: skip
def test_days(head: str, above: str) -> None:
    assert stated(head, f"<h1>{TITLE}</h1>{above}").published == date(2024, 2, 26)


def test_the_day_in_the_address() -> None:
    assert stated(url="https://herald.example/2024/02/26/bridge").published == date(2024, 2, 26)


@pytest.mark.parametrize(
    ("head", "url", "expected"),
    [
        (
            '<link rel="canonical" href="https://a.example/b">',
            "https://a.example/b?x=1",
            "https://a.example/b",
        ),
        ('<link rel="canonical" href="/b">', "https://a.example/c", "https://a.example/b"),
        ('<link rel="canonical" href="javascript:alert(1)">', "https://a.example/c", "https://a.example/c"),
        ('<meta property="og:url" content="https://a.example/b">', None, "https://a.example/b"),
        ("", "file:///home/b.html", None),
        ('<link rel="canonical" href="http://[::1">', None, None),
    ],
)
def test_addresses(head: str, url: str | None, expected: str | None) -> None:
    assert stated(head, url=url).url == expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ('<meta property="og:locale" content="en_gb">', "en-GB"),
        ('<meta http-equiv="Content-Language" content="zh-hant-tw">', "zh-Hant-TW"),
        (json_ld({"@type": "NewsArticle", "inLanguage": "en"}), "en"),
        ('<meta property="og:locale" content="none of these">', "und"),
    ],
)
def test_languages(head: str, expected: str) -> None:
    assert stated(head).language == expected


def test_publishers() -> None:
    block = {"@type": "NewsArticle", "publisher": {"@type": "Organization", "name": "Quay Herald"}}

    assert stated(json_ld(block)).publisher == "Quay Herald"
    assert stated('<meta property="og:site_name" content="Quay Herald">').publisher == "Quay Herald"
    assert stated().publisher is None


def test_licences() -> None:
    link = "https://creativecommons.org/licenses/by/4.0/"

    assert stated(json_ld({"@type": "NewsArticle", "license": link})).license == link
    assert stated(below=f'<a rel="license" href="{link}">CC BY</a>').license == link
    assert stated(below=f'<p>This work is under <a href="{link}">CC BY</a>.</p>').license == link
    assert (
        stated(below=f'<figure><figcaption>Jo Doe, <a href="{link}">CC BY</a></figcaption></figure>').license
        is None
    )
    assert stated().license is None


def test_the_people_of_a_page_in_a_language_without_a_pack() -> None:
    text = "Le pont du port sera fermé pendant douze jours à partir du trois mars, a annoncé l’autorité du port. "
    head = json_ld({"@type": "NewsArticle", "author": {"@type": "Person", "name": "Anne Leclerc"}})

    assert names(read_page(f"{head}<h1>Le pont</h1><article><p>{text * 3}</p></article>").metadata) == [
        "Anne Leclerc"
    ]


@pytest.mark.parametrize("name", ["No Author", "Web Desk", "Staff Reporter", "Guest Author"])
def test_what_stands_for_nobody_is_no_writer(name: str) -> None:
    author = {"@type": "Person", "name": name}
    head = json_ld({"@type": "NewsArticle", "author": author}) + f'<meta name="author" content="{name}">'

    assert names(stated(head)) == []
    assert names(stated(head, above=f"<h1>{TITLE}</h1><p>By Ann Lee</p>")) == ["Ann Lee"]
