"""Cells of a row by number, so that an amount is read under its own head also where a cell before it is empty.

A row is looked through once; what was found stays with its clause, so that time stays linear.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from mglabel.extraction.item import Item
from mglabel.extraction.layout import Clause

_PARTING = "\t|"


class Row(NamedTuple):
    """What the cells of a clause are: for every item the number of its cell, from 0, and where the amounts stand."""

    numbers: tuple[int, ...]
    amounts: tuple[int, ...]
    """Indexes of the amounts that stand in no bracket."""
    alone: int
    """How many cells hold nothing but an amount, a mark or a percentage beside it left out."""
    has_empty: bool


def row_of(clause: Clause) -> Row:
    """The cells of a clause; two tabs in a row have an empty cell between them."""
    if clause.row is None:
        clause.row = _row(clause.items)
    return clause.row


def _row(items: Sequence[Item]) -> Row:
    drawn = [borders(items, index) for index in range(len(items))]
    amounts = tuple(index for index, item in enumerate(items) if item.kind == "A" and not item.depth)
    alone = sum(1 for index in amounts if index and items[index - 1].kind == "c" and _ends_cell(items, index))
    numbers = tuple(accumulate(drawn, initial=0))[:-1]
    return Row(
        numbers, amounts, alone, any(item.kind == "c" and count > 1 for item, count in zip(items, drawn, strict=True))
    )


def _ends_cell(items: Sequence[Item], index: int) -> bool:
    behind = items[index + 1] if index + 1 < len(items) else None
    return behind is None or behind.kind in "cp"


def borders(items: Sequence[Item], index: int) -> int:
    """How many borders of cells an item is: two tabs are two; the spaces beside a bar are part of it."""
    item = items[index]
    if item.kind != "c":
        return 0
    drawn = sum(map(item.text.count, _PARTING))
    beside = [i for i in items[max(0, index - 1) : index + 2] if i is not item and i.kind == "c"]
    touches = any(i.end == item.start or i.start == item.end for i in beside)
    return drawn or int(not touches)


def columns_of(clause: Clause, heads: Sequence[int]) -> Mapping[int, int]:
    """For each amount of a row, by its index, which of the heads, given by their cells, it stands under.

    Empty where the cells do not tell: they do where all amounts of the row stand in cells of heads, and no two heads in
    one ("per capsule / per 6 capsules"). Heads that begin in the first cell stand over a row that its name begins.
    """
    if not heads or len(set(heads)) < len(heads) or not clause.first or not clause.has("c"):
        return {}
    row = row_of(clause)
    opens = bool(row.amounts) and row.numbers[row.amounts[0]] == 0  # the row's name ends it: "200 mg | Magnesium"
    shift = 0 if heads[0] or opens else 1
    column = {cell: at for at, cell in reversed(list(enumerate(heads)))}
    cells = {index: row.numbers[index] - shift for index in row.amounts}
    shared = len(set(cells.values())) < len(cells) == len(heads)  # one space between columns is no border
    if shared or not all(cell in column for cell in cells.values()):
        return {}
    return {index: column[cell] for index, cell in cells.items()}
