"""Tables in many wordings of their heads, with tabs, in columns, as Markdown and in HTML: each lets the same day be
known."""

from __future__ import annotations

import html
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mglabel import analyze, analyze_html

FILE = Path(__file__).resolve().parent.parent / "fixtures" / "heads.toml"
TABLES = tomllib.loads(FILE.read_text(encoding="utf-8"))["table"]
WIDTH = 34

LAYOUTS: dict[str, Callable[[list[list[str]]], str]] = {
    "tabs": lambda rows: "\n".join("\t".join(row) for row in rows),
    "semicolons": lambda rows: "\n".join(";".join(row) for row in rows),
    "columns": lambda rows: "\n".join("".join(cell.ljust(WIDTH) for cell in row).rstrip() for row in rows),
    "Markdown": lambda rows: "\n".join(
        f"| {' | '.join(row)} |" for row in [rows[0], ["---"] * len(rows[0]), *rows[1:]]
    ),
}


def day_of(analysis: Any) -> list[float] | None:
    mg = analysis.settled.intake.mg_per_day
    return None if mg is None else [float(mg.low), float(mg.high)]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_text(layout: str) -> None:
    read = [day_of(analyze(f"{LAYOUTS[layout]([t['head'], t['row']])}\n{t['dose']}")) for t in TABLES]
    assert read == [[t["day"], t["day"]] for t in TABLES]


def test_html() -> None:
    def page(table: dict[str, Any]) -> str:
        rows = ("".join(f"<td>{html.escape(cell)}</td>" for cell in table[key]) for key in ("head", "row"))
        return f"<table><tr>{'</tr><tr>'.join(rows)}</tr></table><p>{html.escape(table['dose'])}</p>"

    assert [day_of(analyze_html(page(t))) for t in TABLES] == [[t["day"], t["day"]] for t in TABLES]
