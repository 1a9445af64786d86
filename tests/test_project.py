"""The project's own papers: what the package imports is what it asks for, and its data goes with it."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from pathlib import Path

import pytest

import mglabel

HOME = Path(__file__).resolve().parents[1]
PACKAGE = HOME / "src" / "mglabel"
PROJECT = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))


def _imported(file: Path) -> set[str]:
    """The top names of all that a module imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name.partition(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


OPTIONAL = {"arrow": "batch/arrow.py"}
"""Which module imports the package of an extra, inside its functions."""


def _asked(entries: list[str]) -> set[str]:
    return {re.split(r"[<>=!~\[ ]", entry, maxsplit=1)[0] for entry in entries}


def test_dependencies_are_what_is_imported() -> None:
    files = set(PACKAGE.rglob("*.py")) - {PACKAGE / module for module in OPTIONAL.values()}
    imported = {name for file in files for name in _imported(file)}
    assert imported - set(sys.stdlib_module_names) - {"mglabel"} == _asked(PROJECT["project"]["dependencies"])


@pytest.mark.parametrize("extra", OPTIONAL)
def test_extras_are_what_their_modules_import(extra: str) -> None:
    file = PACKAGE / OPTIONAL[extra]
    asked = _asked(PROJECT["project"]["optional-dependencies"][extra])
    assert _imported(file) - set(sys.stdlib_module_names) - {"mglabel"} == asked
    tree = ast.parse(file.read_text(encoding="utf-8"))
    outside = {name.name for node in tree.body if isinstance(node, ast.Import) for name in node.names}
    assert not outside & asked, "what an extra brings is imported when it is used"


def test_every_dependency_has_a_lower_bound() -> None:
    extras = PROJECT["project"]["optional-dependencies"]
    entries = [*PROJECT["project"]["dependencies"], *(entry for extra in extras.values() for entry in extra)]
    assert [entry for entry in entries if ">=" not in entry and not entry.startswith("mglabel[")] == []


def test_rooms_are_all_in_order() -> None:
    layers = PROJECT["tool"]["importlinter"]["contracts"][0]["layers"]
    assert set(layers) == {path.parent.name for path in PACKAGE.glob("*/__init__.py")}


def test_every_module_says_its_job() -> None:
    silent = [file for file in PACKAGE.rglob("*.py") if not ast.get_docstring(ast.parse(file.read_text("utf-8")))]
    assert silent == []


def test_package_is_typed() -> None:
    assert (PACKAGE / "py.typed").exists()
    assert set(mglabel.__all__) <= set(dir(mglabel))
