"""Fills in what README.md shows and measures, between its markers.

python -m tests.bench.readme [example] [accuracy] [attribution] [quantities] [pages] [speed] [scale]
"""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from build_dataset.examine.scores import Scores, TableScores
from build_dataset.options import Engine

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
CARD = ROOT / "dataset_card.md"
STORY = ROOT / "tests" / "cases" / "story.txt"


def example() -> str:
    """What `extract` prints of the story, as a code block."""
    command = [sys.executable, "-m", "build_dataset", "extract", STORY.name]
    environment = {**os.environ, "COLUMNS": "110", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=STORY.parent, env=environment, capture_output=True, check=True)
    lines = [line.rstrip() for line in done.stdout.decode().rstrip().splitlines()]
    return "\n".join(["```text", *lines, "```", ""])


def accuracy() -> str:
    """The scores on the annotated seeds, as a table."""
    from tests.bench.accuracy import score

    evaluation = score()
    rows = {
        "quotes found (F1; intersection over union ≥ 0.5)": cells(
            evaluation.quotes, lambda scores: scores.f1("overlap")
        ),
        "quotes found, with the right speaker (F1)": cells(
            evaluation.quotes, lambda scores: scores.f1("joint")
        ),
        "… type right, of the quotes found": cells(evaluation.quotes, lambda scores: scores.accuracy("type")),
        "… speaker right, of the quotes found": cells(
            evaluation.quotes, lambda scores: scores.accuracy("speaker")
        ),
        "figures found, with the right value and unit (F1)": cells(
            evaluation.statistics, lambda scores: scores.f1("joint")
        ),
        "speakers of an article found (F1)": cells(evaluation.speakers, lambda scores: scores.f1("name")),
    }
    lines = ["| | all | English | Chinese |", "| --- | ---: | ---: | ---: |"]
    lines += [f"| {name} | {' | '.join(values)} |" for name, values in rows.items()]
    counts = f"{evaluation.quotes.all.expected} quotes, {evaluation.statistics.all.expected} figures"
    lines += ["", f"Counted over {evaluation.scored} articles with {counts}.", ""]
    return "\n".join(lines)


PEERS: dict[str, tuple[int, ...]] = {  # of the test part, as the corpus's notes give them
    "textacy 0.13, a paragraph at a time": (15, 29, 27, 35, 70),
    "GenderGapTracker (SFU)": (35, 51, 44, 54, 59),
    "BBC Citron, published models": (29, 48, 41, 49, 57),
    "BBC Citron, retrained on PolNeAR": (38, 56, 49, 58, 65),
    "two trained people, against each other": (69, 80, 75, 86, 98),
}
HELD_OUT = (53, 70, 60, 69, 87)
"""Of a tagger trained on nine tenths of the training part, measured on every tenth article of it: MODEL_CARD.md."""
COLUMNS = ("exact, all", "match, all", "joint, all", "joint, speech", "joint, direct")


def attribution() -> str:
    """Scores on annotated political news beside those of other tools."""
    from tests.bench.attribution import measure

    folder = ROOT.parent / "shared" / "corpora" / "polnear"
    rows: dict[str, tuple[int, ...]] = dict(PEERS)
    for engine in Engine:
        name = f"**build-dataset** `--engine {engine}`"
        rows[f"{name}, in the dataset (dev part)"] = figures(measure(folder, wide=False, engine=engine))
        rows[f"{name}, all that is found (dev part)"] = figures(measure(folder, wide=True, engine=engine))
    rows["`fast`, all, trained on 9/10 and measured on 1/10 of the training part"] = HELD_OUT
    lines = [f"| F1 | {' | '.join(COLUMNS)} |", f"| --- |{' ---: |' * len(COLUMNS)}"]
    lines += [f"| {name} | {' | '.join(map(str, values))} |" for name, values in rows.items()]
    return "\n".join([*lines, ""])


def figures(scores: dict[str, dict[str, float]]) -> tuple[int, ...]:
    """The columns of a measurement, in hundredths."""
    views = [column.split(", ") for column in COLUMNS]
    return tuple(round(100 * scores[view][figure]) for figure, view in views)


def cells(table: TableScores, value: Callable[[Scores], float | None]) -> list[str]:
    """A rate over all articles, and by language."""
    groups = [table.all, *(table.by_language.get(code, Scores()) for code in ("en", "zh"))]
    rates = [value(group) for group in groups]
    return ["–" if rate is None else f"{rate:.2f}" for rate in rates]


def speed() -> str:
    """Articles a second and memory of a build."""
    from tests.bench.speed import measure

    measured = measure()
    megabytes, seconds = measured.size / 1e6, measured.build_seconds
    return (
        f"A build of {measured.articles:,} articles ({megabytes:.0f} MB) takes {seconds:.0f} seconds of one "
        f"core,\n{megabytes / seconds * 1e6 / 4096:.0f} articles of 4 KB a second, with a peak memory of "
        f"{measured.peak:.0f} MiB.\n"
    )


def scale() -> str:
    """What `tests.bench.scale` measured when it was last told to save it."""
    from tests.bench.scale import load
    from tests.bench.scale_page import page

    return page(load())


PEERS_OF_FIGURES: dict[str, tuple[float | str, ...]] = {  # joint F1, as the sets' notes give them
    "newsquant_dev": (84.5, 61.6, 58.4, 39.3, "–"),
    "en": (61.7, 52.0, 66.7, 37.5, "–"),
    "zh": ("–", "–", 16.7, 10.8, 23.5),
}
OF_RECOGNIZERS = ("number", "percent", "currency", "dimension", "age", "temperature", "range")
SETS_OF_FIGURES = {
    "newsquant_dev": "English news sentences (NewsQuant)",
    "newsquant_dev, noun": "the same, the counted noun too",
    "pud_en_wiki": "English Wikipedia sentences (Universal Dependencies)",
    "pud_zh_wiki": "Chinese Wikipedia sentences (Universal Dependencies)",
    **{f"rt_en_{kind}": f"Recognizers-Text, English, {kind}" for kind in OF_RECOGNIZERS},
    **{f"rt_zh_{kind}": f"Recognizers-Text, Chinese, {kind}" for kind in OF_RECOGNIZERS},
    "duckling_en": "Duckling, English",
    "duckling_zh": "Duckling, Chinese",
    "jionlp_money": "JioNLP, Chinese money",
}


def quantities() -> str:
    """Joint F1 of figures on public sets beside that of other tools."""
    from tests.bench.accuracy import score as score_seeds
    from tests.bench.quantities import score

    heads = ["set", "figures", "as the set counts", "as published", "CQE", "quantulum3", "Recognizers-Text"]
    heads += ["Duckling", "JioNLP"]
    lines = [f"| {' | '.join(heads)} |", f"| --- |{' ---: |' * (len(heads) - 1)}"]
    for name, described in SETS_OF_FIGURES.items():
        part, _, noun = name.partition(",")
        counted = score(part, count_noun=bool(noun))
        published = score(part, count_noun=bool(noun), as_published=True)
        peers = PEERS_OF_FIGURES.get(name, ("",) * 5)
        cells = [described, counted["gold"], counted["joint_f1"], published["joint_f1"], *peers]
        lines.append(f"| {' | '.join(map(str, cells))} |")
    for code, scores in score_seeds().statistics.by_language.items():
        joint = 100 * (scores.f1("joint") or 0)
        cells = [f"seeds, {code}", scores.expected, "", f"{joint:.1f}", *PEERS_OF_FIGURES[code]]
        lines.append(f"| {' | '.join(map(str, cells))} |")
    alarms = [score(name) for name in ("rt_en_datetime", "rt_zh_datetime", "rt_en_ordinal", "rt_zh_ordinal")]
    false, negatives = sum(one["neg_fa"] for one in alarms), sum(one["neg"] for one in alarms)
    lines += [
        "",
        f"Of {negatives} dates, times and ordinals of Recognizers-Text {false} are taken for figures.",
        "",
    ]
    return "\n".join(lines)


MEASURES_OF_PAGES = {
    "title": "title right",
    "date": "day right",
    "authors": "authors right, all of them and no other",
    "body": "body (token F1)",
}


def pages() -> str:
    """How pages are read beside plain trafilatura, on all pages and on those that no rule was made from."""
    from tests.bench.pages import GROUPS, load_pages, measure, ours, plain_trafilatura

    every = load_pages(ROOT.parent / "shared" / "inputs" / "html")
    held_out = [page for page in every if page.held_out]
    readers = {"ours": measure(every, ours), "trafilatura": measure(every, plain_trafilatura)}
    columns = [(chosen, group) for chosen in (every, held_out) for group in GROUPS]
    heads = [f"{group}{', held out' if chosen is held_out else ''}" for chosen, group in columns]
    lines = [
        f"| build-dataset / trafilatura | {' | '.join(heads)} |",
        f"| --- |{' ---: |' * len(heads)}",
    ]
    for name, described in MEASURES_OF_PAGES.items():
        cells = []
        for chosen, group in columns:
            some = list(filter(GROUPS[group], chosen))
            means = (reader.mean(some, name) for reader in readers.values())
            cells.append(" / ".join("–" if mean is None else f"{mean:.2f}" for mean in means))
        lines.append(f"| {described} | {' | '.join(cells)} |")
    return "\n".join([*lines, "", f"Counted over {len(every)} pages, {len(held_out)} of them held out.", ""])


SECTIONS: dict[str, Callable[[], str]] = {
    "example": example,
    "accuracy": accuracy,
    "attribution": attribution,
    "quantities": quantities,
    "pages": pages,
    "speed": speed,
    "scale": scale,
}


def fill(text: str, name: str, content: str) -> str:
    """A text with the section replaced, where it has one."""
    begin, end = f"<!-- {name}:begin -->\n", f"<!-- {name}:end -->"
    if begin not in text:
        return text
    before, rest = text.split(begin)
    return before + begin + content + end + rest.split(end)[1]


def main() -> None:
    """Fill in the sections that are named, or all, in README and in the dataset card."""
    for name in sys.argv[1:] or SECTIONS:
        content = SECTIONS[name]()
        for file in (README, CARD):
            file.write_text(fill(file.read_text(encoding="utf-8"), name, content), encoding="utf-8")


if __name__ == "__main__":
    main()
