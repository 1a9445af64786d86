"""Numbers without a unit in a table's row that names it once: "Magnesium (mg) | 100 | 300", "Magnesium | mg | 100",
or in the head of each column: "per capsule (mg)".

The numbers become amounts before anything is read; columns of percentages stay as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from mglabel.extraction.headed_counts import cells_of, lines_of
from mglabel.extraction.item import MASSES, SUBSTANCES, Item

_LINES = 40
"""A head holds for at most so many lines."""

_PERCENT = frozenset("%‰")
_OPENING = frozenset("([,")
_CLOSING = frozenset(")]")


class _Head(NamedTuple):
    """What a table's head says of its columns, by their cells; `cells` is how many there are."""

    cells: int
    units: dict[int, str]
    shares: frozenset[int]
    line: int

    def is_share(self, cell: int, cells: int) -> bool:
        """Whether a cell of a row that has so many is a percentage."""
        return self._column(cell, cells) in self.shares

    def unit_of(self, cell: int, cells: int) -> str:
        """The unit of the numbers in a cell of a row that has so many; the corner's is that of all columns."""
        column = self._column(cell, cells)
        return self.units.get(column, "") or (self.units.get(0, "") if column == cell else "")

    def _column(self, cell: int, cells: int) -> int:
        return cell - 1 if cells == self.cells + 1 else cell


def give_rows_units(items: list[Item]) -> list[Item]:
    """The same items, where bare numbers in rows and columns that name their unit are made amounts of it."""
    if not any(item.kind == "c" for item in items):
        return items
    head: _Head | None = None
    spent: set[int] = set()
    for line, row in enumerate(lines_of(items)):
        cells = list(cells_of(row)) if any(item.kind == "c" for item in row) else []
        if len(cells) < 2:
            continue
        if head is not None and line - head.line > _LINES:
            head = None
        found = _head(cells, line)
        if found is not None:
            head = found
        elif _is_named_once(cells):
            spent |= _give(cells, head)
    return [item for item in items if id(item) not in spent] if spent else items


def _head(cells: list[list[Item]], line: int) -> _Head | None:
    """The head that these cells make: portions, units or percentages over columns, and no nutrient or amount."""
    flat = [item for cell in cells for item in cell]
    if any(item.kind in "moPN" for item in flat):
        return None
    shares = frozenset(n for n, cell in enumerate(cells) if _is_share(cell))
    units = {n: unit for n, cell in enumerate(cells) if (unit := unit_named(cell))}
    portions = any((i.kind in "UAV" and i.high) or "portion.day" in i.senses for i in flat)
    return _Head(len(cells), units, shares, line) if shares or units or portions else None


def _is_share(cell: list[Item]) -> bool:
    """Whether a column is of percentages: it says so, or names the reference value and no portion."""
    if any(i.text in _PERCENT for i in cell):
        return not unit_named(cell)
    return any("reference.nrv" in i.senses for i in cell) and not any(i.kind in "UAV" and i.high for i in cell)


def unit_named(cell: Sequence[Item]) -> str:
    """The unit of mass or substance that a cell names for its numbers, empty where none: "Magnesium (mg)", "Zinc mg",
    "mg per tablet", "Amount [mg per day]"."""
    for at, item in enumerate(cell):
        unit = item.senses.get("measure", "") if item.kind == "w" else ""
        if unit not in MASSES and unit not in SUBSTANCES:
            continue
        before, after = cell[at - 1] if at else None, cell[at + 1] if at + 1 < len(cell) else None
        opened = before is None or before.text in _OPENING or before.kind in "mo"
        if opened and (after is None or after.text in _CLOSING or "relation.per" in after.senses):
            return unit
    return ""


def _is_named_once(cells: list[list[Item]]) -> bool:
    """Whether the row is of one nutrient and no amount in it has a unit of its own."""
    names = [n for n, cell in enumerate(cells) if any(item.kind in "mo" for item in cell)]
    return len(names) == 1 and not any(item.kind == "A" for cell in cells for item in cell)


def _give(cells: list[list[Item]], head: _Head | None) -> set[int]:
    """Give the numbers of a row their unit; tells which items their thousands have taken up."""
    spent: set[int] = set()
    own = next((unit for cell in cells if (unit := unit_named(cell))), "")
    for at, cell in enumerate(cells):
        if bare_number(cell) is None:
            continue
        unit = own or (head.unit_of(at, len(cells)) if head is not None else "")
        if unit and not (head is not None and head.is_share(at, len(cells))):
            spent |= {id(item) for item in cell[1 : _thousands(cell)]}
            as_amount(cell, unit)
        if head is None:
            break  # without a head the next may be a percentage
    return spent


def bare_number(cell: list[Item]) -> Item | None:
    """The number that its cell begins with, alone or with a mark or a percentage in a bracket behind it."""
    if not cell or cell[0].kind != "N" or not cell[0].high:
        return None
    behind = cell[_thousands(cell)] if len(cell) > _thousands(cell) else None
    if behind is None or (behind.kind == "p" and behind.text not in ".,-–/"):
        return cell[0]
    return None


def _thousands(cell: list[Item]) -> int:
    """How many of the cell's first items are one number written with spaces: "1 210"."""
    count = 1
    while count < len(cell) and _goes_on(cell[count - 1], cell[count]):
        count += 1
    return count


def _goes_on(before: Item, item: Item) -> bool:
    """Whether three digits stand one space behind a number."""
    whole = all(i.kind == "N" and i.low == i.high and len(i.low) == 1 and i.low[0] % 1 == 0 for i in (before, item))
    return whole and item.end - item.start == 3 and item.start - before.end == 1 and before.end - before.start <= 3


def as_amount(cell: list[Item], unit: str) -> Item:
    """The number that a cell begins with, made an amount of the unit, with the thousands that stand a space behind."""
    number, groups = cell[0], cell[1 : _thousands(cell)]
    number.kind, number.unit = "A", unit
    if groups:
        value = number.low[0]
        for group in groups:
            value = value * 1000 + group.low[0]
        number.low, number.high, number.end = (value,), (value,), groups[-1].end
    return number
