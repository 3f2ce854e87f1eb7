"""Whatever markup comes in: a page with valid text comes out, or one plain refusal."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from build_dataset.errors import SourceError
from build_dataset.read.html import Page, read_page

TAGS = [
    "p", "div", "article", "h1", "h2", "span", "a", "br", "ul", "li", "table", "tr", "td", "figure", "figcaption",
    "script", "style", "title", "head", "body", "html", "time", "sup", "sub", "meta", "link", "form", "svg", "math",
    "template", "noscript", "iframe", "b", "blockquote", "base", "frameset",
]  # fmt: skip
ATTRIBUTES = (
    "",
    ' class="comment"',
    ' href="javascript:x"',
    ' href="http://[x"',
    ' rel="canonical" href="http://[::1"',
    ' rel="license" href="x"',
    ' datetime="2024-02-30"',
    ' property="og:title" content="x \x01 y"',
    ' name="author" content="A B"',
    ' itemprop="author"',
    ' itemprop="headline"',
    ' style="display:none"',
    ' lang="zh"',
    ' type="application/ld+json"',
    ' property="article:published_time" content="9999-99-99"',
)
WORDS = (
    "The bridge will close for long, the authority said on Monday, because the deck is old and worn. ",
    "港务局表示，大桥将关闭。",
    "By Ann Lee",
    "记者 张伟",
    '{"@type":"NewsArticle","author":[1,null,{"name":[]}],"headline":5}',
    '{"@graph":[{"@type":["Article"],"author":{"@id":3},"articleBody":"<p>x","wordCount":[],"publisher":[{"name":{}}],'
    '"inLanguage":{"name":"x"},"license":{"@id":"x"},"datePublished":{"a":1}}]}',
    "&#1;&#0;&#xD800;&lt;x&gt;",
    "2024-02-26",
    "<!--",
    "-->",
    "<![CDATA[",
    "<?xml version='1.0' encoding='gbk'?>",
    "\ud800",
    "\0",
)
openings = st.builds("<{}{}>".format, st.sampled_from(TAGS), st.sampled_from(ATTRIBUTES))
closings = st.builds("</{}>".format, st.sampled_from(TAGS))
pieces = openings | closings | st.sampled_from(WORDS) | st.text(max_size=30)
markup = st.lists(pieces, max_size=60).map("".join)
addresses = st.sampled_from([None, "http://a.example/2024/01/02/x", "http://[x", "x"])


def read(html: str, url: str | None) -> Page | None:
    """What a page gives; None where it is refused."""
    try:
        return read_page(html, url)
    except SourceError:
        return None


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(markup, addresses)
def test_any_markup(html: str, url: str | None) -> None:
    article = f"<article><p>{WORDS[0]}</p>{html}</article>"
    for page in (read(html, url), read(article, url)):
        if page is None:
            continue
        stated = page.metadata
        names = [byline.name for byline in stated.byline]
        for text in (page.text, stated.title, stated.url, stated.publisher, stated.license, *names):
            assert text is None or text.strip() == text != ""
            assert text is None or text.encode("utf-8").find(b"\0") < 0
        assert stated.url is None or stated.url.lower().startswith(("http://", "https://"))


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(markup, markup)
def test_a_page_read_again_or_after_another_is_the_same(first: str, second: str) -> None:
    alone = read(first, None)
    read(second, None)

    assert read(first, None) == alone
