"""Cells of a row by number, so that an amount is read under its own head also where a cell before it is empty."""

from __future__ import annotations

from collections.abc import Sequence

from mglabel.extraction.items import Item
from mglabel.extraction.layout import Clause

_PARTING = "\t|"


def borders(items: Sequence[Item], index: int) -> int:
    """How many borders of cells an item is: two tabs are two; the spaces beside a bar are part of it."""
    item = items[index]
    if item.kind != "c":
        return 0
    drawn = sum(map(item.text.count, _PARTING))
    beside = [i for i in items[max(0, index - 1) : index + 2] if i is not item and i.kind == "c"]
    touches = any(i.end == item.start or i.start == item.end for i in beside)
    return drawn or int(not touches)


def cell_of(clause: Clause, at: int) -> int:
    """The number of the cell that an item stands in, from 0; two tabs in a row have an empty cell between them."""
    return sum(borders(clause.items, index) for index in range(at))


def column_of(clause: Clause, at: int, heads: Sequence[int]) -> int | None:
    """Which of the heads, given by their cells, an amount stands under; None where the cells do not tell.

    They tell where all amounts of the row stand in cells of heads. Heads that begin in the first cell stand over a row
    whose first cell is its name.
    """
    if not heads or not clause.first or not clause.has("c"):
        return None
    shift = 0 if heads[0] else 1
    cells = [cell_of(clause, i) - shift for i, item in enumerate(clause.items) if item.kind == "A" and not item.depth]
    here = cell_of(clause, at) - shift
    if here not in heads or not set(cells) <= set(heads):
        return None
    return heads.index(here)


def has_empty_cell(clause: Clause) -> bool:
    """Whether a cell of the row is empty."""
    return any(item.kind == "c" and sum(map(item.text.count, _PARTING)) > 1 for item in clause.items)


def amounts_alone(items: Sequence[Item]) -> int:
    """How many cells of a row hold nothing but an amount, a mark or a percentage beside it left out."""
    count = 0
    for index, item in enumerate(items):
        if item.kind == "A" and not item.depth and index and items[index - 1].kind == "c":
            behind = items[index + 1] if index + 1 < len(items) else None
            count += behind is None or behind.kind in "cp"
    return count
