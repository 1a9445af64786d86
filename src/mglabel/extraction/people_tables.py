"""Tables with a row of doses for each age: "Age | Tablets a day | Magnesium", below it "Adults | 4 | 120 mg".

Before anything is read, rows of children are left out and each count goes to its people, a number of the unit that the
head names; what is left is a table of portions like any other.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from mglabel.extraction.headed_counts import as_daily_count, cells_of, heads_doses, joined_lines, lines_of
from mglabel.extraction.item import Item
from mglabel.extraction.layout import PORTIONS
from mglabel.extraction.people import spoken_to

_LINES = 16
"""So many lines below its head a table goes on."""

_DAILY = ("frequency.daily", "portion.day")


class _Head(NamedTuple):
    """The column of doses, the unit that the head names for them (empty where the cells do), and where it stands."""

    column: int
    unit: str
    line: int


def with_people_apart(items: list[Item]) -> list[Item]:
    """The items with such tables as tables of adults' portions, the same list where there are none."""
    if not any(item.kind == "c" for item in items):
        return items
    lines: list[Sequence[Item]] = list(lines_of(items))
    changed = False
    at = 0
    while at < len(lines):
        head = _head(lines[at], at)
        rows = _rows(lines, head) if head is not None else []
        kept = _rows_of_adults(lines, rows)
        if head is not None and kept and len(rows) > 1:
            lines[at] = _with_count_first(lines[at], head)
            for row in rows:
                lines[row] = _with_count_first(lines[row], head) if row in kept else ()
            changed, at = True, rows[-1]
        at += 1
    return joined_lines(items, lines) if changed else items


def _head(line: Sequence[Item], at: int) -> _Head | None:
    """The head that a line makes: a cell behind the first one that names the day's dose, and nothing counted."""
    if not any(item.kind == "c" for item in line) or any(item.high for item in line):
        return None
    for column, cell in enumerate(cells_of([*line])):
        if column and heads_doses(cell):
            return _Head(column, next(item.unit for item in cell if item.kind == "U"), at)
        if column and _names_daily_dose(cell):
            return _Head(column, "", at)
    return None


def _names_daily_dose(cell: Sequence[Item]) -> bool:
    """ "Daily dose", "Amount per day": no nutrient and no unit, but a word for the day."""
    return all(item.kind in "wp" for item in cell) and any(key in item.senses for item in cell for key in _DAILY)


def _rows(lines: Sequence[Sequence[Item]], head: _Head) -> list[int]:
    """The lines right below a head whose first cell names people and whose cell of doses counts units."""
    rows = []
    for at in range(head.line + 1, min(len(lines), head.line + _LINES)):
        if not lines[at]:
            continue
        cells = list(cells_of([*lines[at]]))
        if len(cells) <= head.column or not _are_people(cells[0]) or not _is_count(cells[head.column], head.unit):
            break
        rows.append(at)
    return rows


def _are_people(cell: Sequence[Item]) -> bool:
    portions = any((i.kind in "AUV" and i.high) or not PORTIONS.isdisjoint(i.senses) for i in cell)
    return not portions and bool(spoken_to([*cell]))


def _is_count(cell: Sequence[Item], unit: str) -> bool:
    """Whether a cell is a count of units: a number below a head that names the unit, or with its own."""
    counts = [item for item in cell if item.high]
    units = [item for item in counts if item.kind == "U"]
    return len(units) == 1 or (not units and len(counts) == 1 and counts[0].kind == "N" and bool(unit))


def _rows_of_adults(lines: Sequence[Sequence[Item]], rows: Sequence[int]) -> set[int]:
    """The rows that adults' doses stand in; of those from 11 years where none is for adults alone."""
    spoken = {row: spoken_to(next(cells_of([*lines[row]]))) for row in rows}
    grown_up = "adults" if "adults" in spoken.values() else "teens"
    return {row for row, whom in spoken.items() if whom == grown_up}


def _with_count_first(line: Sequence[Item], head: _Head) -> list[Item]:
    """A line with its cell of doses joined to the first one; its number counts the head's unit a day."""
    cells = list(cells_of([*line]))
    borders = [item for item in line if item.kind == "c"]
    count = cells.pop(head.column)
    counts = [item for item in count if item.high]
    if len(counts) == 1:
        as_daily_count(counts[0], counts[0].unit if counts[0].kind == "U" else head.unit)
    joined = [*cells[0], *count]
    for border, cell in zip(borders, cells[1:], strict=False):
        joined += [border, *cell]
    return joined
