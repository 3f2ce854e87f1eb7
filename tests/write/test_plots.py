"""The plots are the same bytes wherever they are drawn, and say what they show as text."""

import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from build_dataset.schema import QuoteType
from build_dataset.validate import validate
from build_dataset.write.counts import Counts, TopSpeaker, read_counts
from build_dataset.write.periods import Period
from build_dataset.write.plots import NAME_COLUMNS, shortened, write_plots

ROOT = Path(__file__).parents[2]
LARGEST = 30_000
NAMES = ["quotes_over_time", "quotes_by_language", "statistics_by_kind", "top_speakers"]

DRAW = """
import sys, warnings
from hashlib import sha256
from pathlib import Path
warnings.simplefilter("always")
from build_dataset.write.counts import read_counts
from build_dataset.write.plots import write_plots
out = Path(sys.argv[2])
for plot in write_plots(out, read_counts(Path(sys.argv[1]))):
    print(plot.path, sha256((out / plot.path).read_bytes()).hexdigest())
"""

HOSTILE = """
axes.facecolor: black
axes.titlesize: 40
figure.dpi: 300
figure.autolayout: True
font.family: Comic Sans MS
font.size: 30
lines.linewidth: 9
path.sketch: 1, 100, 2
savefig.bbox: tight
savefig.transparent: True
svg.fonttype: path
svg.hashsalt: other
text.usetex: True
no.such.setting: 1
backend: TkAgg
"""


def texts(path: Path) -> list[str]:
    """The text elements of an SVG file, in order."""
    root = ET.fromstring(path.read_bytes())
    return [element.text or "" for element in root.iter("{http://www.w3.org/2000/svg}text")]


def draw(dataset: Path, out: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    out.mkdir(parents=True)
    return subprocess.run(
        [sys.executable, "-c", DRAW, str(dataset), str(out)],
        cwd=out,
        env={**os.environ, "DISPLAY": "", "PYTHONPATH": str(ROOT), **environ},
        capture_output=True,
        text=True,
        check=True,
    )


@pytest.fixture
def counts(dataset: Path) -> Counts:
    return read_counts(dataset)


class TestOnAnyMachine:
    def test_the_bytes_are_the_same(self, dataset: Path, tmp_path: Path) -> None:
        """Another home with settings of every kind, another seed of hashing, and no place for a cache."""
        home = tmp_path / "home"
        settings = home / ".config" / "matplotlib" / "matplotlibrc"
        settings.parent.mkdir(parents=True)
        settings.write_text(HOSTILE, encoding="utf-8")
        blocked = tmp_path / "file"
        blocked.touch()

        plain = draw(dataset, tmp_path / "a", PYTHONHASHSEED="1", HOME=str(tmp_path))
        hostile = draw(dataset, tmp_path / "b", PYTHONHASHSEED="2", HOME=str(home), XDG_CONFIG_HOME="")
        homeless = draw(dataset, tmp_path / "c", HOME="/nonexistent", MPLCONFIGDIR=str(blocked / "no"))

        expected = {
            f"plots/{name}.svg": sha256((dataset / "plots" / f"{name}.svg").read_bytes()).hexdigest()
            for name in NAMES
        }
        for done in (plain, hostile, homeless):
            assert dict(line.split() for line in done.stdout.splitlines()) == expected
            assert done.stderr == ""

    def test_the_settings_of_the_process_stay_as_they_are(self, counts: Counts, tmp_path: Path) -> None:
        import matplotlib as mpl

        with mpl.rc_context({"font.size": 31}):
            write_plots(tmp_path, counts)
            assert mpl.rcParams["font.size"] == 31


class TestContents:
    def test_each_is_small_and_is_text(self, dataset: Path, counts: Counts) -> None:
        shown = {path.stem: texts(path) for path in (dataset / "plots").iterdir()}

        assert set(shown) == set(NAMES)
        assert all(path.stat().st_size < LARGEST for path in (dataset / "plots").iterdir())
        assert {"en", "zh-Hans", *QuoteType} <= set(shown["quotes_by_language"])
        assert {"2024-03-04", "2024-03-05", *QuoteType} <= set(shown["quotes_over_time"])
        assert set(counts.statistic_kinds) <= set(shown["statistics_by_kind"])
        assert {speaker.name for speaker in counts.speakers} <= set(shown["top_speakers"])
        assert "陈立波" in shown["top_speakers"]

    def test_they_are_in_the_manifest_and_the_folder_is_valid(self, dataset: Path) -> None:
        listed = {entry["path"] for entry in json.loads((dataset / "manifest.json").read_bytes())["files"]}

        assert {f"plots/{name}.svg" for name in NAMES} <= listed
        assert validate(dataset).valid

    @pytest.mark.filterwarnings("error")
    def test_names_of_any_kind_are_shown_as_they_are(self, counts: Counts, tmp_path: Path) -> None:
        """Formulas, markup, other scripts, control characters, and names that don't end."""
        names = ["$x_1$ & <b>Co.</b>", "Ke$ha", "محمد", "📰", "a\x0bb\nc", "陳" * 40, "W" * 90]
        speakers = tuple(TopSpeaker(name, "person", None, 9, 1) for name in names)

        write_plots(tmp_path, replace(counts, speakers=speakers))
        shown = texts(tmp_path / "plots" / "top_speakers.svg")

        assert {*names[:4], "a b c", "陳" * 12 + "…", "W" * 25 + "…"} <= set(shown)

    def test_with_nothing_to_show_there_is_none(self, counts: Counts, tmp_path: Path) -> None:
        empty = replace(
            counts, language_types={}, quote_types={}, statistic_kinds={}, speakers=(), periods=()
        )

        assert write_plots(tmp_path, empty) == ()
        assert list(tmp_path.iterdir()) == []

    def test_one_day_is_no_time_line(self, counts: Counts, tmp_path: Path) -> None:
        plots = write_plots(tmp_path, replace(counts, periods=counts.periods[:1]))

        assert [Path(plot.path).stem for plot in plots] == NAMES[1:]

    @pytest.mark.parametrize("label", ["before 1630s", "2024-03-04", "2024-03", "2024", "1980s"])
    def test_the_largest_is_small_too(self, label: str, counts: Counts, tmp_path: Path) -> None:
        quotes = {str(quote_type): 1_234_567 for quote_type in QuoteType}
        speakers = tuple(TopSpeaker("W" * NAME_COLUMNS, "person", None, 10**6, 1) for _ in range(15))
        kinds = {"W" * 8: 10**6}
        periods = (Period(label, 1, quotes), *(Period("2024-03", 1, quotes) for _ in range(40)))

        plots = write_plots(
            tmp_path, replace(counts, periods=periods, speakers=speakers, statistic_kinds=kinds)
        )

        assert max((tmp_path / plot.path).stat().st_size for plot in plots) < LARGEST


@pytest.mark.parametrize(
    ("name", "columns", "expected"),
    [
        ("Ann Lee", 7, "Ann Lee"),
        ("Ann  Lee\n", 7, "Ann Lee"),
        ("Ann Lee", 6, "Ann L…"),
        ("Ann Lee", 5, "Ann…"),
        ("陈立波", 6, "陈立波"),
        ("陈立波", 5, "陈立…"),
        ("陈立波", 4, "陈…"),
    ],
)
def test_a_long_name_is_shortened(name: str, columns: int, expected: str) -> None:
    assert shortened(name, columns) == expected
