"""The documentation is current, its links lead somewhere, and its tables name all that they should."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

import mglabel
from mglabel.analysis.wire import schema
from mglabel.tables.language import tables

HOME = Path(__file__).resolve().parents[1]
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")


def _load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_build", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


build = _load(HOME / "docs" / "build.py")
WRITTEN = [*build.documents(), "CHANGELOG.md", "SECURITY.md"]


@pytest.mark.parametrize("name", [*build.GENERATED, *build.documents()])
def test_page_is_current(name: str) -> None:
    assert build.difference(name) == "", "run: python docs/build.py"


@pytest.mark.parametrize("name", [*build.GENERATED, *WRITTEN])
def test_links_lead_somewhere(name: str) -> None:
    page = HOME / name
    lost = [link for link in LINK.findall(page.read_text(encoding="utf-8")) if not (page.parent / link).exists()]
    assert lost == []


def test_json_page_names_every_key() -> None:
    page = (HOME / "docs" / "json.md").read_text(encoding="utf-8")
    parts = schema()["$defs"]
    shown = [
        *parts["Analysis"]["properties"],
        *(f for part in ("Source", "Finding") for f in parts[part]["properties"]),
    ]
    assert [key for key in shown if f"`{key}`" not in page] == []


def test_languages_page_names_every_group() -> None:
    page = (HOME / "docs" / "languages.md").read_text(encoding="utf-8")
    groups = {entry.group for table in tables() for entry in table.entries}
    assert sorted(group for group in groups if f"`{group}`" not in page) == []


def test_readme_names_every_language() -> None:
    readme = (HOME / "README.md").read_text(encoding="utf-8")
    assert len({table.language for table in tables()} - {"mul"}) == 14
    assert "fourteen languages" in readme


def test_changelog_has_this_version() -> None:
    assert f"## [{mglabel.__version__}]" in (HOME / "CHANGELOG.md").read_text(encoding="utf-8")
