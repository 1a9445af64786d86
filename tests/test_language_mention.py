"""The quick test for magnesium says yes to every name of the tables, and never no where the reading finds one."""

from __future__ import annotations

from pathlib import Path

import pytest

from mglabel import analyze
from mglabel.extraction.reader import read_label
from mglabel.language.mention import mentions_magnesium
from mglabel.tables.language import tables

FIXTURES = sorted((Path(__file__).resolve().parent.parent / "fixtures").glob("*/*.txt"))
NAMES = sorted(
    {
        entry.phrase.replace("*", "")
        for table in tables()
        for entry in table.entries
        if entry.group in ("trivial", "magnesium")
    }
)


def test_every_name_of_the_tables_is_a_mention() -> None:
    missed = [n for n in NAMES if not (mentions_magnesium(n) and mentions_magnesium(f"x, {n} 5"))]
    assert len(NAMES) > 500
    assert missed == []


@pytest.mark.parametrize(
    "text", ["E470b", "E 511", "Mg 100", "Mg2+", "magne\u00adsium", "\uff2dagnesium", "rnagnesium", "HOŘČÍK"]
)
def test_signs_slips_and_disguises_are_mentions(text: str) -> None:
    assert mentions_magnesium(text)


@pytest.mark.parametrize("text", ["", "Zinc 10 mg", "Calcium 120 mg, E300", "C-vitamin 80 MG", "e 12"])
def test_what_has_no_magnesium_is_none(text: str) -> None:
    assert not mentions_magnesium(text)
    assert not analyze(text).declares_magnesium


@pytest.mark.parametrize("label", FIXTURES, ids=lambda p: p.stem)
def test_the_quick_test_hides_nothing_that_the_reading_finds(label: Path) -> None:
    text = label.read_text(encoding="utf-8")
    read = read_label(text)
    if read.mentions or read.statements.claims or read.elements:
        assert mentions_magnesium(text)
