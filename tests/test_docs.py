"""The documentation is current, its links lead somewhere, and its tables name all that they should."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

import mglabel
from mglabel.analysis.wire import schema
from mglabel.analysis.wire_docs import KEYS
from mglabel.tables import chemistry
from mglabel.tables.guide import default_guide
from mglabel.tables.language import tables

HOME = Path(__file__).resolve().parents[1]
TO_ANCHOR = re.compile(r"\]\((?!https?:)([^)#\s]*)#([^)\s]+)\)")
ANCHOR = re.compile(r'<a id="([^"]+)">')
HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)
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


def test_anchors_lead_somewhere() -> None:
    pages = {name: (HOME / name).read_text(encoding="utf-8") for name in [*build.GENERATED, *WRITTEN]}
    known = {name: {*ANCHOR.findall(text), *map(_slug, HEADING.findall(text))} for name, text in pages.items()}
    lost = [
        f"{name}: {path}#{anchor}"
        for name, text in pages.items()
        for path, anchor in TO_ANCHOR.findall(text)
        if anchor not in known.get(_page(name, path), set())
    ]
    assert lost == []


def _page(name: str, path: str) -> str:
    return (HOME / name).parent.joinpath(path).resolve().relative_to(HOME).as_posix() if path else name


def _slug(heading: str) -> str:
    return re.sub(r"[^\w -]", "", heading.strip().lower()).replace(" ", "-")


def test_the_index_leads_to_every_page() -> None:
    index = (HOME / "docs" / "index.md").read_text(encoding="utf-8")
    lost = [page.name for page in HOME.glob("docs/*.md") if page.name != "index.md" and f"({page.name})" not in index]
    assert lost == []


def test_json_page_names_every_key() -> None:
    page = (HOME / "docs" / "json-keys.md").read_text(encoding="utf-8")
    for name, part in schema()["$defs"].items():
        assert set(part["properties"]) == set(KEYS[name])
        assert [key for key in part["properties"] if f"`{key}`" not in page] == []
    assert set(KEYS) == set(schema()["$defs"])


def test_pages_name_all_that_the_tables_hold() -> None:
    pages = {
        name: (HOME / "docs" / f"{name}.md").read_text(encoding="utf-8") for name in ("forms", "purposes", "coverage")
    }
    assert [form for form in chemistry.forms() if f"Id `{form}`" not in pages["forms"]] == []
    compounds = [compound.name_en for compound in chemistry.compounds().values()]
    assert [name for name in compounds if f"| {name} " not in pages["forms"]] == []
    assert [purpose for purpose in default_guide().purposes if f"</a>`{purpose}`: " not in pages["purposes"]] == []
    assert [one.language for one in tables() if f"Code `{one.language}`" not in pages["coverage"]] == []


def test_languages_page_names_every_group() -> None:
    page = (HOME / "docs" / "languages.md").read_text(encoding="utf-8")
    groups = {entry.group for table in tables() for entry in table.entries}
    assert sorted(group for group in groups if f"`{group}`" not in page) == []


def test_changelog_has_this_version() -> None:
    assert f"## [{mglabel.__version__}]" in (HOME / "CHANGELOG.md").read_text(encoding="utf-8")
