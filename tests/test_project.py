"""The project's own papers: what the package imports is what it asks for, and its data goes with it."""

from __future__ import annotations

import ast
import os
import re
import site
import sys
import tomllib
from pathlib import Path

import pytest

import mglabel

HOME = Path(__file__).resolve().parents[1]
PACKAGE = Path(mglabel.__file__).parent
PROJECT = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))


_IMPORTED_AS = {"pdfminer.six": "pdfminer", "pillow": "PIL"}


def _imported(file: Path) -> set[str]:
    """The top names of all that a module imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name.partition(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


def _asked(entries: list[str]) -> set[str]:
    """The top names under which packages are imported."""
    names = {re.split(r"[<>=!~\[ ;]", entry, maxsplit=1)[0] for entry in entries}
    return {_IMPORTED_AS.get(name, name.replace("-", "_")) for name in names}


def test_dependencies_are_what_is_imported() -> None:
    project = PROJECT["project"]
    imported = {name for file in PACKAGE.rglob("*.py") for name in _imported(file)}
    needed = imported - set(sys.stdlib_module_names) - {"mglabel"}
    always = _asked(project["dependencies"])
    extra = _asked([entry for entries in project["optional-dependencies"].values() for entry in entries])
    assert always <= needed <= always | extra


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


@pytest.mark.skipif("MGLABEL_INSTALLED" not in os.environ, reason="a source tree may be tested too")
def test_what_is_tested_is_what_is_installed() -> None:
    """CI asks for it: everything under test comes from where a wheel was unpacked, nothing from src."""
    places = {
        Path(module.__file__).resolve()
        for name, module in sys.modules.items()
        if name.partition(".")[0] == "mglabel" and module.__file__
    }
    folders = [Path(folder).resolve() for folder in site.getsitepackages()]
    assert [place for place in places if not any(folder in place.parents for folder in folders)] == []
    assert [entry for entry in sys.path if Path(entry).resolve() == HOME / "src"] == []


def test_package_is_typed() -> None:
    assert (PACKAGE / "py.typed").exists()
    assert set(mglabel.__all__) <= set(dir(mglabel))
