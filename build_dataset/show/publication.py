"""What was published, or would be."""

from rich.text import Text

from build_dataset.publish.publication import Publication
from build_dataset.show.terminal import one_line

SHOWN = 20
"""So many files of a kind are named."""


def summary(done: Publication) -> Text:
    """The plan by kind of change, and what became of it."""
    plan = done.plan
    moved = {move.source for move in plan.moved}
    kinds = {
        "new": [f"{file.path} ({file.bytes:,} bytes)" for file in plan.new],
        "changed": [f"{file.path} ({file.bytes:,} bytes)" for file in plan.changed],
        "renamed": [f"{move.source} → {move.path}" for move in plan.moved],
        "deleted": [path for path in plan.deleted if path not in moved],
    }
    lines = [line for kind, names in kinds.items() for line in _listed(kind, names)]
    lines.append(f"unchanged: {len(plan.unchanged):,}; bytes to upload: {plan.bytes:,}")
    return Text("\n".join([*lines, _outcome(done)]))


def _listed(kind: str, names: list[str]) -> list[str]:
    shown = [f"{kind:<9}{one_line(name)}" for name in names[:SHOWN]]
    more = [f"{kind:<9}… and {len(names) - SHOWN:,} more"] if len(names) > SHOWN else []
    return [*shown, *more]


def _outcome(done: Publication) -> str:
    name, request = done.repository, done.request
    if request.dry_run:
        return f"Nothing was changed: this was a dry run for {name}."
    revision = request.tag or request.branch
    at = "" if revision == "main" else f', revision="{revision}"'
    state = "published" if done.plan.operations else "up to date"
    return f'{name} is {state}. Load it:\n  datasets.load_dataset("{name}", "quotes"{at}, split="train")'
