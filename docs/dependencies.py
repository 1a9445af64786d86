"""The page of dependencies: what is asked for with which lowest version, its licence and use, and what that brings.

The table is kept by hand in dependencies.csv; a test holds it to pyproject.toml and to what is installed.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from mglabel.tables.loading import DATA

HOME = Path(__file__).resolve().parents[1]
MADE = (
    "<!-- Made from pyproject.toml and dependencies.csv by `python docs/build.py`; change those, not this page. -->\n"
)
USERS = {
    "batch": "Tables in Parquet and Excel: `pip install 'mglabel[batch]'`",
    "arrow": "Data frames and clusters: `pip install 'mglabel[arrow]'`",
    "ocr": "Pictures and scans: `pip install 'mglabel[ocr]'`",
}
"""The extras for who uses mglabel; all others are for who works on it."""

_HEAD = """\
The default installation holds permissive licences and, in shtab, the MPL-2.0 of single files; none of the GPL family. A
test reads the licences of what is installed. Lowest versions are tested: CI runs the tests on exactly these, too, on
the oldest Python. The bounds of pdfminer.six, Pillow and Jinja keep versions with published holes out.
"""
_LOWER = """\
selectolax before 1.0 also holds a parser under the LGPL-2.1 (Modest), which mglabel does not load.
"""
_DATA = """\
The tables of mglabel hold facts (masses, limits, percentages, words as labels use them), each row with its source. The
first line of each language's table says where its words come from: use on labels, and the names in the EU's lists of
permitted substances. The bounds of compounds and forms follow from formulas, pharmacopoeias (Ph. Eur., BP, USP), EFSA's
opinions, EU directives and regulations, and the specifications of makers, as each row says. The others name:
"""
_SOURCED = ("atomic_weights.csv", "limits.csv", "reference_values.csv")


class Package(NamedTuple):
    """One row of the table."""

    name: str
    licence: str
    brought_by: str
    use: str


def packages() -> list[Package]:
    """The whole table."""
    return [Package(**row) for row in _rows(HOME / "docs" / "dependencies.csv")]


def asked_for() -> dict[str, dict[str, str]]:
    """By group (`default`, the extras, `build`), each package that pyproject.toml names, with its bounds."""
    papers = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))
    project = papers["project"]
    groups = {"default": project["dependencies"], **project["optional-dependencies"]}
    groups["build"] = papers["build-system"]["requires"]
    return {
        group: dict(map(_parted, (entry for entry in entries if not entry.startswith("mglabel["))))
        for group, entries in groups.items()
    }


def _parted(entry: str) -> tuple[str, str]:
    """A requirement as name and bounds."""
    found = re.match(r"([\w.-]+)(?:\[\w+\])?\s*([^;]*)", entry)
    assert found is not None
    return found[1], found[2].strip()


def page() -> str:
    """The page."""
    groups, table = asked_for(), packages()
    parts = [f"{MADE}# Dependencies\n\n{_HEAD}\n## The default installation\n\n", _group(groups["default"], table)]
    parts.append(_LOWER)
    for extra, title in USERS.items():
        parts.append(f"\n## {title}\n\n{_group(groups[extra], table)}")
    parts.append("\n## For tests, checks and building\n\nNot installed with mglabel.\n\n")
    others = {
        name: bounds
        for group, asked in groups.items()
        if group not in USERS and group != "default"
        for name, bounds in asked.items()
        if name not in groups["default"] and not any(name in groups[extra] for extra in USERS)
    }
    parts.append(_asked(others, table))
    parts.append(f"\n## Where the facts come from\n\n{_DATA}\n{''.join(_sources())}")
    return "".join(parts)


def _group(asked: dict[str, str], table: list[Package]) -> str:
    """A table of what is asked for and one of what comes with it."""
    brought = list(_brought(asked, table))
    said = _asked(asked, table)
    if brought:
        said += "\nThey bring:\n\n" + _lines(
            ("Package", "Licence", "By", "For"), ((one.name, one.licence, one.brought_by, one.use) for one in brought)
        )
    return f"{said}\n" if asked else said


def _asked(asked: dict[str, str], table: list[Package]) -> str:
    own = {one.name: one for one in table if not one.brought_by}
    rows = ((name, bounds, own[name].licence, own[name].use) for name, bounds in asked.items())
    return _lines(("Package", "Versions", "Licence", "For"), rows)


def _brought(asked: Iterable[str], table: list[Package]) -> Iterator[Package]:
    """What packages bring, and what that brings."""
    for name in asked:
        for one in table:
            if one.brought_by == name:
                yield one
                yield from _brought([one.name], table)


def _lines(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    return "".join(f"| {' | '.join(row)} |\n" for row in (head, ("---",) * len(head), *rows))


def _sources() -> Iterator[str]:
    """The different sources of each table."""
    for name in _SOURCED:
        sources = dict.fromkeys(row["source"] for row in _rows(Path(DATA) / name))
        yield f"- `{name}`: {'; '.join(sources)}\n"


def _rows(path: Path) -> list[dict[str, str]]:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines))
