"""What the rules of attribution look at, and what they make."""

from dataclasses import dataclass, field

from build_dataset.document import Range, SourceMention
from build_dataset.lang.zh.attribution_posts import Post
from build_dataset.lang.zh.attribution_text import Unit, View

LINKING = "，：, :\u3000"
"""What may stand between an attribution and its content."""
LONGEST_HEAD = 160
"""Characters of a clause before its verb that are looked at: titles are long, but not endless."""
AUTHOR = frozenset(("我", "我们", "咱们", "笔者"))
"""Outside quotation marks these are the article's own voice."""


@dataclass(frozen=True, slots=True)
class Place:
    """A unit of a text with what a rule may want to know.

    `known` holds the persons that the text names, `pauses` where the clauses of the unit begin, `spoken` who
    spoke last in this paragraph, `silent` the units since then.
    """

    view: View
    known: dict[str, Post]
    unit: Unit
    pauses: list[int]
    spoken: SourceMention | None = None
    silent: list[Unit] = field(default_factory=list)

    def content_end(self) -> int:
        """Where content ends that fills the rest of the unit: before its final full stop."""
        text, end = self.view.text, self.unit.end
        while end > self.unit.start and (text[end - 1] in "。；】" or text[end - 1].isspace()):
            end -= 1
        return end

    def behind_links(self, at: int) -> int:
        """Where content begins behind the comma or colon at `at`."""
        while at < self.unit.end and self.view.text[at] in LINKING:
            at += 1
        return at


@dataclass(slots=True)
class Report:
    """A frame in the making.

    `explicit` tells that its own clause names the source, `bare` that it is a channel which only passes on
    what another source says, `contrast` that it is set against what stands before it.
    """

    cue: Range | None
    clause: Range
    source: SourceMention | None
    before: Range | None
    after: Range | None
    rule: str
    explicit: bool
    bare: bool = False
    contrast: bool = False
    verbal_only: bool = False
