"""Panels in every layout: however the name of a serving and its size are parted, half of it is half of the amount."""

from __future__ import annotations

import tomllib
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from mglabel import analyze

TABLE = Path(__file__).resolve().parent.parent / "fixtures" / "panels.toml"
PANELS = tomllib.loads(TABLE.read_text(encoding="utf-8"))["panel"]
PARTED = (": ", " ", " = ", " – ", " - ", "\t", " | ", "   ", "..... ", ". . . . . ", "\n", ":\n")
ROWS = ("\t", " | ", "   ")
"""What parts the cells of all rows, where it parts those of the first."""


@pytest.mark.parametrize("parted", PARTED, ids=repr)
@pytest.mark.parametrize("panel", PANELS, ids=lambda panel: panel["language"])
def test_half_a_serving_is_half_the_amount(panel: dict[str, Any], parted: str) -> None:
    between = parted if parted in ROWS else " "
    row = f"{panel['magnesium']}{between}144 mg"
    wrong = []
    for name, count, of_pack, share in product(panel["names"], panel["counts"], (True, False), ("", f"{between}38%")):
        servings = [f"{panel['servings']}{parted if parted.strip(' .') else ': '}60"] if of_pack else []
        label = "\n".join([f"{name}{parted}{count}", *servings, row + share, panel["dose"]])
        mg = analyze(label).settled.intake.mg_per_day
        if mg is None or not mg.low == mg.high == 72:
            wrong.append(f"{label!r}: {mg}")
    assert not wrong
