"""The conventions of the tree."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[1]
FLOW = ["read", "segment", "extract", "resolve", "write", "validate", "examine", "publish"]
"""What is written aside is validated before it is put in place."""


def imports(file: Path) -> set[str]:
    """The modules of this package that a file imports, without `build_dataset.`."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    names = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}
    names |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return {name.removeprefix("build_dataset.") for name in names if name.startswith("build_dataset.")}


def test_the_schema_needs_nothing_but_itself() -> None:
    """What is published is described without the tool that makes it."""
    for file in (ROOT / "schema").glob("*.py"):
        assert not {name for name in imports(file) if not name.startswith("schema")}, file.name


def test_no_stage_imports_a_later_one() -> None:
    """The data flows one way."""
    for number, stage in enumerate(FLOW):
        later = set(FLOW[number + 1 :])
        for file in (ROOT / "build_dataset" / stage).rglob("*.py"):
            assert not {name for name in imports(file) if name.split(".")[0] in later}, file


def test_an_executor_knows_nothing_of_what_it_runs() -> None:
    """So that another one is one more module, and no stage knows where it runs."""
    for file in (ROOT / "build_dataset" / "executors").glob("*.py"):
        known = {name.split(".")[0] for name in imports(file)}
        assert known <= {"errors", "executors"} or file.stem == "preload", file


def test_no_code_asks_which_language_it_has() -> None:
    """What differs between languages is in their packs: a third one touches no other file."""
    for file in (ROOT / "build_dataset").rglob("*.py"):
        if "lang" in file.parts:
            continue
        comparisons = [
            node for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.Compare)
        ]
        compared = {
            node.value for one in comparisons for node in ast.walk(one) if isinstance(node, ast.Constant)
        }
        assert not compared & {"en", "zh", "zh-Hans", "zh-Hant"}, file


def test_every_module_and_public_function_is_documented() -> None:
    for folder in ("build_dataset", "schema"):
        for file in (ROOT / folder).rglob("*.py"):
            tree = ast.parse(file.read_text(encoding="utf-8"))
            assert ast.get_docstring(tree), file
