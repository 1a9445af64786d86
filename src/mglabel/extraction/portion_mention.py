"""A portion as a clause names it, and the portion that a counted unit or a measured amount is."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from mglabel.extraction.item import VOLUMES, Item
from mglabel.values.label import Portion

ONE = Decimal(1)
LARGEST_DOSE = Decimal(10)
"""A bare count of this many units or more is a pack, not a portion."""

LARGEST_BARE = Decimal(20)
"""A count of more units than this is no dose, unless a word such as "per" says so."""

NEAR = 4
"""So many items from a portion the words beside it are looked for."""

ROW = 16
"""How far the other cells of a row of heads are looked for: a bound, so that time stays linear."""


class PortionMention(NamedTuple):
    """A portion at items `start` to `end` (excluded) of a clause. `how`: per, contains, size or cell.

    `day` is true where the label calls it the daily dose.
    """

    start: int
    end: int
    portion: Portion
    how: str
    day: bool = False
    bracketed: bool = False


def portion_of(item: Item) -> Portion | None:
    """The portion that a counted unit or a measured amount is, never one of nothing; masses in g, volumes in ml."""
    if item.high and not item.most:
        return None
    if item.kind == "U":
        return Portion(item.most if item.high else ONE, item.unit)
    if item.kind == "A" and item.unit == "g" and item.high:
        return Portion(item.most, "g")
    if item.kind == "V" and item.unit in VOLUMES and item.high:
        return Portion(item.most * VOLUMES[item.unit], "ml")
    return None
