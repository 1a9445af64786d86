"""The project's own papers: what the package imports is what it asks for, and its data goes with it."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from pathlib import Path

import mglabel

HOME = Path(__file__).resolve().parents[1]
PACKAGE = HOME / "src" / "mglabel"
PROJECT = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))

IMPORTED_AS = {"pillow": "PIL"}
BROUGHT_ALONG = {"pdfminer"}
"""What pdfplumber is made of, in the version that it asks for."""
UNSEEN = {"onnxruntime"}
"""What rapidocr runs its models with, and lets one choose."""


def _imported(file: Path) -> set[str]:
    """The top names of all that a module imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name.partition(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


def test_dependencies_are_what_is_imported() -> None:
    imported = {name for file in PACKAGE.rglob("*.py") for name in _imported(file)}
    extra = PROJECT["project"]["optional-dependencies"]["ocr"]
    asked = {re.split(r"[<>=!~\[ ]", entry, maxsplit=1)[0] for entry in [*PROJECT["project"]["dependencies"], *extra]}
    named = {IMPORTED_AS.get(name, name) for name in asked}
    assert imported - set(sys.stdlib_module_names) - {"mglabel"} == (named | BROUGHT_ALONG) - UNSEEN


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
