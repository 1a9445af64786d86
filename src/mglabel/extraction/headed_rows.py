"""Numbers without a unit in a table's row that names it once: "Magnesium (mg) | 100 | 300", "Magnesium | mg | 100",
or in the head of each column: "per capsule (mg)".

The numbers become amounts before anything is read; columns of percentages stay as they are.
"""

from __future__ import annotations

from typing import NamedTuple

from mglabel.extraction.headed_counts import cells_of, lines_of
from mglabel.extraction.items import MASSES, Item

_LINES = 40
"""A head holds for at most so many lines."""

_PERCENT = frozenset("%‰")


class _Head(NamedTuple):
    """What a table's head says of its columns, by their cells; `cells` is how many there are."""

    cells: int
    units: dict[int, str]
    shares: frozenset[int]
    line: int


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
    units = {n: unit for n, cell in enumerate(cells) if (unit := _bracketed_unit(cell))}
    portions = any((i.kind in "UAV" and i.high) or "portion.day" in i.senses for i in flat)
    return _Head(len(cells), units, shares, line) if shares or units or portions else None


def _is_share(cell: list[Item]) -> bool:
    """Whether a column is of percentages: it says so, or names the reference value and no portion."""
    if any(i.text in _PERCENT for i in cell):
        return not _bracketed_unit(cell)
    return any("reference.nrv" in i.senses for i in cell) and not any(i.kind in "UAV" and i.high for i in cell)


def _bracketed_unit(cell: list[Item]) -> str:
    """The unit of mass that stands alone in a bracket of the cell: "(mg)"."""
    for before, item, after in zip(cell, cell[1:], cell[2:], strict=False):
        unit = item.senses.get("measure", "")
        if before.text == "(" and after.text == ")" and item.kind == "w" and unit in MASSES:
            return unit
    return ""


def _is_named_once(cells: list[list[Item]]) -> bool:
    """Whether the row is of one nutrient and no amount in it has a unit of its own."""
    names = [n for n, cell in enumerate(cells) if any(item.kind in "mo" for item in cell)]
    return len(names) == 1 and not any(item.kind == "A" for cell in cells for item in cell)


def _give(cells: list[list[Item]], head: _Head | None) -> set[int]:
    """Give the numbers of a row their unit; tells which items their thousands have taken up."""
    spent: set[int] = set()
    own = next((unit for cell in cells if (unit := _bracketed_unit(cell) or _lone_unit(cell))), "")
    shift = 1 if head is not None and len(cells) == head.cells + 1 else 0
    for at, cell in enumerate(cells):
        number = _bare_number(cell)
        if number is None:
            continue
        unit = own or (head.units.get(at - shift, "") if head is not None else "")
        if unit and not (head is not None and at - shift in head.shares):
            spent |= _take_thousands(cell)
            number.kind, number.unit = "A", unit
        if head is None:
            break  # without a head the next may be a percentage
    return spent


def _lone_unit(cell: list[Item]) -> str:
    """The unit that is all there is in the cell."""
    unit = cell[0].senses.get("measure", "") if len(cell) == 1 and cell[0].kind == "w" else ""
    return unit if unit in MASSES else ""


def _bare_number(cell: list[Item]) -> Item | None:
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


def _take_thousands(cell: list[Item]) -> set[int]:
    """Make the first number of a cell all that it is with its thousands; tells which items are so taken up."""
    number, groups = cell[0], cell[1 : _thousands(cell)]
    if not groups:
        return set()
    value = number.low[0]
    for group in groups:
        value = value * 1000 + group.low[0]
    number.low, number.high, number.end = (value,), (value,), groups[-1].end
    return {id(item) for item in groups}
