"""matplotlib held apart from whatever machine it runs on: the same figure is the same SVG, byte for byte.

Neither the user's settings nor the fonts that are installed have a say. Text stays text in the SVG, so that a
browser draws names in any script with its own fonts; only its place is worked out here, with the font that comes
with matplotlib. matplotlib is imported where it is used: that takes most of a second.
"""

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FONTS = ["Arial", "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", "sans-serif"]
"""What a browser is to look for, Chinese included; it takes the first that has a character."""

SETTINGS: dict[str, Any] = {
    "axes.axisbelow": True,
    "axes.edgecolor": "#b0b0b0",
    "axes.spines.left": False,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlelocation": "left",
    "axes.titlesize": 12,
    "font.sans-serif": FONTS[:-1],
    "font.size": 10,
    "grid.color": "#e4e4e4",
    "legend.frameon": False,
    "legend.handleheight": 0.9,
    "legend.handlelength": 0.9,
    "svg.fonttype": "none",
    "svg.hashsalt": "build-dataset",  # else a random one
    "xtick.color": "#606060",
    "xtick.labelcolor": "#202020",
    "ytick.labelcolor": "#202020",
    "ytick.left": False,
}


@contextmanager
def isolated() -> Iterator[None]:
    """Draw with matplotlib's own defaults and our settings, and without a word to the user.

    What it has to say (no folder for its cache, an odd line in the user's settings) is of no use to somebody who
    builds a dataset.
    """
    logger = logging.getLogger("matplotlib")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            import matplotlib as mpl

            # some of its defaults are deprecated, and the browser has the glyphs that our font lacks
            warnings.simplefilter("ignore", mpl.MatplotlibDeprecationWarning)
            warnings.filterwarnings("ignore", r"Glyph .* missing from font")
            defaults: Any = {key: value for key, value in mpl.rcParamsDefault.items() if key != "backend"}
            with mpl.rc_context(defaults | SETTINGS):
                yield
    finally:
        logger.setLevel(level)


def svg(figure: "Figure") -> bytes:
    """A figure as SVG."""
    _measure_with_own_font(figure)
    out = BytesIO()
    figure.savefig(out, format="svg", metadata={"Date": None, "Creator": "build-dataset"})
    return out.getvalue()


def _measure_with_own_font(figure: "Figure") -> None:
    """Give each text the font file that comes with matplotlib, and the families that the browser is to use."""
    import matplotlib as mpl
    from matplotlib.text import Text

    file = Path(mpl.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"
    for axes in figure.axes:
        for axis in (axes.xaxis, axes.yaxis):
            axis.get_ticklabels()  # made when they are first asked for
    for text in figure.findobj(Text):
        assert isinstance(text, Text)
        font = text.get_fontproperties().copy()
        font.set_file(file)
        text.set_fontproperties(font)
        text.set_parse_math(False)  # a name may hold a dollar sign
