"""Text from a source on a page: nothing in it is obeyed, and nothing in it is unseen."""

import re

from markupsafe import Markup

from build_dataset.show.terminal import picture, visible

_UNSEEN = re.compile(
    "["
    "\u00ad\u034f"  # soft hyphen, grapheme joiner
    "\u115f\u1160\u3164\uffa0"  # Hangul fillers
    "\u17b4\u17b5\u180b-\u180f"  # of no width in Khmer and Mongolian
    "\u200b-\u200d\u2060-\u206f\ufeff"  # of no width: spaces, joiners, operators, the byte order mark
    "\ufff0-\ufff8\ufffe\uffff"  # not characters
    "]"
)


def seen(text: str) -> str:
    """`text` with a picture in the place of each character that is obeyed or not seen; tab and line feed stay."""
    return _UNSEEN.sub(lambda match: picture(match[0]), visible(text))


def on_page(value: object) -> object:
    """What the template writes in the place of a value, before it is escaped."""
    if value is None:
        return ""
    return seen(value) if isinstance(value, str) and not isinstance(value, Markup) else value
