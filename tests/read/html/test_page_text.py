"""The words of a page are kept as they are."""

from datetime import date

import pytest

from build_dataset.errors import SourceError
from build_dataset.read.html import read_page
from build_dataset.read.html.extractor import cut_out
from build_dataset.read.html.tree import parse
from tests.proportion import assert_in_proportion

SENTENCE = "The harbor bridge will close for 12 days from March 3, the Port Authority said on Monday."


def article(content: str, head: str = "") -> str:
    return f"<html><head>{head}</head><body><article><h1>Bridge</h1><p>{SENTENCE}</p>{content}</article></body></html>"


def last(content: str) -> str:
    """What becomes of a paragraph."""
    return read_page(article(content)).text.split("\n\n")[-1]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<p>We met <b>Ma</b><span>ria</span> Ols&eacute;n here.</p>", "We met Maria Olsén here."),
        ("<p>Traffic fell 5<!-- x -->0% this week alone.</p>", "Traffic fell 50% this week alone."),
        ("<p>“Call us,” he said, “by &lt;Friday&gt;.”</p>", "“Call us,” he said, “by <Friday>.”"),
        ("<p>They say &amp;lt; is an entity of HTML.</p>", "They say &lt; is an entity of HTML."),
        ("<p>About 10<sup>6</sup> people cross it.</p>", "About 10⁶ people cross it."),
        ("<p>Emissions are near 10<sup>-3</sup> of that.</p>", "Emissions are near 10⁻³ of that."),
        ("<p>The CO<sub>2</sub> came from the ships.</p>", "The CO₂ came from the ships."),
        ("<p>It was the 3<sup>rd</sup> of such repairs.</p>", "It was the 3rd of such repairs."),
        ("<p>It costs $5.2&nbsp;million,\n  they   said here.</p>", "It costs $5.2 million, they said here."),
        ("<p>Olsen&#8203; said it&shy;self would be fine.</p>", "Olsen said itself would be fine."),
        (
            "<p>They sailed<br>on to the next harbor, he said.</p>",
            "They sailed on to the next harbor, he said.",
        ),
        ("<div>One sentence ended.<br><br>Another one has begun.</div>", "Another one has begun."),
        ("<p>A word <script>var x = 'no';</script>and a word, he said.</p>", "A word and a word, he said."),
        ("<p>It is “5 &#62; 4”, they said of it.</p>", "It is “5 > 4”, they said of it."),
    ],
)
def test_words_are_kept(content: str, text: str) -> None:
    assert last(content) == text


@pytest.mark.parametrize(
    "content",
    [
        "<figure><img src=a><figcaption>The bridge at night, seen from the quay.</figcaption></figure>",
        '<p class="wp-caption-text">The bridge at night, seen from the quay.</p>',
        '<div class="related"><p>Tunnel opens after many years of delays.</p></div>',
        '<div id="comments"><p>What a shame, I cross it every single day.</p></div>',
        '<div class="newsletter-signup"><p>Get our letter every morning at seven.</p></div>',
        "<style>p { color: red; }</style><template><p>This is a template, not a text.</p></template>",
        '<p style="display: none">This is what no reader ever sees here.</p>',
        "<p><a href='x'>Read the story of the tunnel that opens today.</a></p>",
        "<h2>Related stories</h2><p>Tunnel opens after years of delays.</p>",
        "<p>Sign up for our newsletter and never miss a bridge.</p>",
    ],
)
def test_what_is_beside_the_article_is_left_out(content: str) -> None:
    assert read_page(article(f"<p>{SENTENCE.replace('12', '30')}</p>{content}")).text.count("\n\n") == 1


def test_a_wrapper_named_like_a_box_is_no_box() -> None:
    """Publishers call the whole article a paywall, or the whole page a sidebar layout."""
    page = f"<body><h1>Bridge</h1><div class='paywall'><article><p>{SENTENCE}</p></article></div></body>"

    assert read_page(page).text == SENTENCE


def test_comments_longer_than_the_article_are_left_out() -> None:
    comments = "".join(f"<p>太不方便了，我第{n}次听说要修桥，每天都要过桥怎么办呢？</p>" for n in range(60))
    page = (
        "<body><h1>海港大桥将封闭</h1><div id=a><p>港务局周一表示，海港大桥将从3月3日起封闭12天。</p></div>"
    )

    read = read_page(f"<article>{page}<div class='comment-list'>{comments}</div></article>")

    assert read.text == "港务局周一表示，海港大桥将从3月3日起封闭12天。"


def test_the_text_of_json_ld_where_the_page_shows_none() -> None:
    block = f'{{"@type": "NewsArticle", "articleBody": "<p>{SENTENCE}</p>\\n<p>{SENTENCE}</p>"}}'
    page = f'<script type="application/ld+json">{block}</script><div id="root">Loading</div>'

    assert read_page(page).text == f"{SENTENCE}\n\n{SENTENCE}"


def test_an_article_that_is_cut_off_for_those_who_do_not_pay() -> None:
    block = '{"@type": "NewsArticle", "isAccessibleForFree": false, "wordCount": 600}'

    page = read_page(article("", f'<script type="application/ld+json">{block}</script>'))

    assert page.flags == ("truncated",)


class TestHostile:
    """Time in proportion to the size, and no exception but one."""

    @pytest.mark.parametrize("tag", ["div", "b", "table", "span", "blockquote", "ul"])
    def test_deep_nesting_is_refused(self, tag: str) -> None:
        with pytest.raises(
            SourceError, match="nested too deep: more than 512 elements are within each other"
        ):
            read_page(f"<{tag}>" * 20_000 + SENTENCE)

    def test_how_deep_is_the_callers_decision(self) -> None:
        page = "<div>" * 600 + f"<article><p>{SENTENCE}</p></article>" + "</div>" * 600

        assert read_page(page, nesting=1000).text == SENTENCE
        with pytest.raises(SourceError, match="nested too deep"):  # the parser would leave out the rest
            read_page("<div>" * 3000 + SENTENCE, nesting=10_000)

    @pytest.mark.parametrize(
        "piece",
        [
            "<p>word, one",
            "<b>word</p><p>",
            "<table><tr><td>a</td></tr></table>",
            "<h1>word word</h1>",
            '<div class="comment-list">x</div>y',
            "<figure><figcaption>b</figcaption></figure>",
            "<p>2024-01-02 by A B</p>",
            "word.<br>",
            "word<br>",
            "<",
            "&#1;",
            "a - b | c ",
        ],
    )
    def test_linear_time(self, piece: str) -> None:
        short, long = (
            article(piece * times, f"<title>{piece * (times // 25)}</title>") for times in (500, 5000)
        )

        assert SENTENCE in read_page(long).text
        assert_in_proportion(read_page, short, long)

    def test_a_huge_attribute(self) -> None:
        short, long = (
            article(f"<div class='{'comment ' * times}' style='{' ' * 5 * times}'>x</div>")
            for times in (10_000, 100_000)
        )

        assert_in_proportion(read_page, short, long)

    def test_nothing_of_a_page_is_markup_in_the_data(self) -> None:
        head = (
            "<title>Bridge <script>alert(1)</script> closes | Herald</title>"
            '<meta property="og:title" content="Bridge &lt;script&gt;alert(1)&lt;/script&gt; closes">'
            '<link rel="canonical" href="javascript:alert(2)"><link rel="license" href="javascript:alert(3)">'
            '<meta name="author" content="&lt;b onmouseover=alert(3)&gt;Ann Lee&lt;/b&gt;">'
        )
        page = article("", head).replace(
            "<h1>Bridge</h1>", "<h1>Bridge &lt;script&gt;alert(1)&lt;/script&gt; closes</h1>"
        )

        stated = read_page(page).metadata

        assert stated.title == "Bridge <script>alert(1)</script> closes"
        assert [one.name for one in stated.byline] == ["Ann Lee"]
        assert (stated.url, stated.license) == (None, None)


def test_a_day_to_come_is_a_day() -> None:
    """Else what is found would depend on the day it is looked for."""
    page = article("<p>Posted 26 February 2031 by the staff of the paper.</p>").replace(
        "<article>", '<article><span class="date">26 February 2031</span>'
    )

    assert read_page(page).metadata.published == date(2031, 2, 26)


@pytest.mark.parametrize("name", ['div\ufffdid="a"', 'div"id="a"', "p'a", "div\u00e9="])
def test_an_element_with_an_impossible_name_is_only_an_element(name: str) -> None:
    """The parser takes such names over; nothing can be renamed to them, as cutting out what is beside does."""
    tree = parse(article(f"<{name}>Nobody asked us.</{name}>"), 512)
    strange = next(element for element in tree.iter() if element.text == "Nobody asked us.")

    assert "Nobody asked us." not in "".join(cut_out(tree, [strange]).itertext())
    assert "Nobody asked us." in "".join(tree.itertext())
