"""Licences, captions, and lines that say that the text goes on elsewhere, as English articles word them."""

import re

from build_dataset.lang.en.metadata.data import MetadataData
from build_dataset.lang.en.metadata.names import CAPITALIZED
from build_dataset.read.wording import any_of

_FINAL_STOP = re.compile(r"(?<=[\w)])\s*[.。]$")
_HAS_QUOTE = re.compile('["“”]')
_RIGHTS = re.compile(
    r"(?:©|\(c\)|copyright\s*(?:©|\(c\)|(?:19|20)\d\d)).*|.*\ball rights reserved\b.*", re.IGNORECASE
)
_NAMED_LICENSE = re.compile(r"(?:CC[ -](?:BY|0|licen[sc]e)|Creative Commons)\b[\w .()-]{0,80}", re.IGNORECASE)
_LICENSE_NAME = re.compile(r"licen[sc]e|\bCC|creative commons|public domain", re.IGNORECASE)
_LICENSE_LABEL = re.compile(r"licen[sc]e\s*[:：]\s*(\S.*)", re.IGNORECASE)
_AFTER_LICENSE = re.compile(
    r",|;|\.(?!\d)|\s+(?:and|which|that|with|by|unless|\(?https?:)|\s+[-–—]\s|\s*[(:]"
)
LONGEST_RIGHTS = 200
"""Characters of a line that reserves all rights."""

LONGEST_ASIDE = 240


class Notices:
    """The forms of what is neither byline nor text."""

    def __init__(self, data: MetadataData) -> None:
        work = rf"(?:this|our|the)\s+(?:\w+\s+)?{any_of(data.works, 'i')}"
        self._licensed = re.compile(
            rf"(?:{work}\b.{{0,120}}?\s+)?(?:re)?(?:published|licen[sc]ed|released|available|distributed|shared)"
            r"\s+(?:here\s+)?under\s+(?:the\s+terms\s+of\s+)?(?:an?\s+|the\s+)?",
            re.IGNORECASE,
        )
        self._caption = re.compile(
            rf"[(（\[]?(?:{any_of(data.caption_labels, 'i')}\s*[:：|｜丨]\s*\S"
            rf"|(?:{any_of(data.caption_openings, 'i')})(?:(?<!by)\s+\S|\s+{CAPITALIZED})).{{0,160}}"
        )
        self._related = re.compile(
            rf"{any_of(data.related_headings, 'i')}(?:\s+(?:from|on|in|about|by)\s+.{{1,40}})?\s*[:.…→>»]?",
            re.IGNORECASE,
        )
        self._aside = re.compile(rf"\W*{any_of(data.asides, 'i')}(?!\w)")
        goes_on = any_of(data.goes_on, "i")
        self._goes_on = re.compile(
            rf"[\[(]?{goes_on}\b.{{0,40}}|.*[^\s.](?:\s?\.{{3,}}|\s?…+)\s?(?:[\[(]?{goes_on}\b.{{0,20}})?"
            r"|.*\[(?:\.{3}|…|\+\d+ chars)\]"
        )

    def license(self, line: str) -> str | None:
        """`This article is licensed under X`, `License: X`, `© 2024 X. All rights reserved.`."""
        if _RIGHTS.fullmatch(line) and len(line) <= LONGEST_RIGHTS:
            return line
        label = _LICENSE_LABEL.match(line)
        licensed = self._licensed.match(line)
        stated = label[1] if label else line[licensed.end() :] if licensed else None
        if stated is None:
            named = _NAMED_LICENSE.match(line)
            return _FINAL_STOP.sub("", line) if named and named.end() >= len(line.rstrip(".")) else None
        if label is None and not _LICENSE_NAME.search(stated):
            return None
        return _AFTER_LICENSE.split(stated, maxsplit=1)[0].strip(" \"'“”.") or None

    def caption(self, line: str) -> bool:
        """`Source: X`, `Photo: X`, `Screenshot from X`, `Tags: x, y`; not where somebody is quoted in it."""
        return self._caption.fullmatch(line) is not None and _HAS_QUOTE.search(line) is None

    def related(self, line: str) -> bool:
        """`Related stories`, `More from City Daily`."""
        return self._related.fullmatch(line) is not None

    def aside(self, line: str) -> bool:
        """`Sign up for our newsletter`, `Advertisement`; not where somebody is quoted in it."""
        return len(line) <= LONGEST_ASIDE and bool(self._aside.match(line)) and not _HAS_QUOTE.search(line)

    def goes_on(self, line: str) -> bool:
        """`Read more`, a last line that ends in dots."""
        return self._goes_on.fullmatch(line) is not None
