"""Tables whose columns are the nutrients: however they are drawn, a scoop a day is what its row says."""

from __future__ import annotations

import tomllib
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from mglabel import analyze

FILE = Path(__file__).resolve().parent.parent / "fixtures" / "turned_tables.toml"
TABLES = tomllib.loads(FILE.read_text(encoding="utf-8"))["table"]
BORDERS = (" | ", "\t", "   ", "; ", ";")
UNITS = ("", " (mg)", " [mg]", " mg")
"""How the head names the unit of its numbers; without one each number has its own."""
HUNDRED, SCOOP = ("6000", "200", "1600"), ("300", "10", "80")


@pytest.mark.parametrize("border", BORDERS, ids=repr)
@pytest.mark.parametrize("table", TABLES, ids=lambda table: table["language"])
def test_a_scoop_is_its_own_row(table: dict[str, Any], border: str) -> None:
    choices = product([*table["corners"], ""], table["hundred"], table["scoops"], UNITS, (0, 1), (False, True))
    wrong = []
    for corner, hundred, scoop, unit, first, turned in choices:
        order = (*range(first, 3), *range(first))
        head = border.join([corner, *(table["nutrients"][n] + unit for n in order)])
        own = "" if unit else " mg"
        rows = [border.join([of, *(row[n] + own for n in order)]) for of, row in ((hundred, HUNDRED), (scoop, SCOOP))]
        label = "\n".join([head, *(reversed(rows) if turned else rows), table["dose"]])
        mg = analyze(label).settled.intake.mg_per_day
        if mg is None or not mg.low == mg.high == 300:
            wrong.append(f"{label!r}: {mg}")
    assert not wrong


def test_rows_without_a_portion_take_that_above_the_table() -> None:
    label = "Per 3 capsules\n | Magnesium | Zinc\nAmount | 120 mg | 10 mg\n% NRV | 32 % | 100 %\nTake 3 capsules a day."
    mg = analyze(label).settled.intake.mg_per_day
    assert mg is not None
    assert mg.low == mg.high == 120


def test_two_compounds_in_the_head_are_not_added_up() -> None:
    label = "Per tablet | Magnesium citrate | Magnesium oxide\n1 tablet | 100 mg | 300 mg\nTake 1 tablet daily."
    mg = analyze(label).settled.intake.mg_per_day
    assert mg is None or mg.low < mg.high
