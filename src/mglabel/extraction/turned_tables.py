"""Tables whose columns are the nutrients: "Portion | Magnesium | Zinc", below it "1 scoop (5 g) | 300 mg | 10 mg".

Each row is written out for its portion, "1 scoop (5 g): Magnesium 300 mg, Zinc 10 mg", before anything is read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec

from mglabel.extraction.headed_counts import cells_of, joined_lines, lines_of
from mglabel.extraction.headed_rows import as_amount, bare_number, unit_named
from mglabel.extraction.item import Item
from mglabel.extraction.layout import PORTIONS
from mglabel.extraction.need_columns import is_of_needs

_LINES = 12
"""A head holds for at most so many lines."""

_LONGEST_NAME = 6
"""So many items at most name a nutrient and its unit: "Vitamin B6 (mg)"."""

_OF_UNITS = frozenset(("measure", "relation.per", "frequency.daily", "relation.elemental", *PORTIONS))
"""What may stand behind a nutrient's name in the head: "Magnesium (mg per day)"."""


class _Column(NamedTuple):
    """A nutrient in the head, and the unit of its numbers, empty where each has its own."""

    name: Item
    unit: str


class _Head(NamedTuple):
    """The columns of nutrients by their cells; `cells` is how many cells the head has, `needs` which are of needs."""

    cells: int
    columns: Mapping[int, _Column]
    needs: frozenset[int]


def with_tables_turned(items: list[Item]) -> list[Item]:
    """The items with the rows of such tables written out; the same list where there are none."""
    if not any(item.kind == "c" for item in items):
        return items
    head: _Head | None = None
    since, turned = 0, False
    lines: list[Sequence[Item]] = []
    for line in lines_of(items):
        cells = list(cells_of(line)) if any(item.kind == "c" for item in line) else []
        since += bool(line)
        written = _written_out(cells, head) if head is not None and since <= _LINES else None
        if written is None and len(cells) > 1 and (found := _head(cells)) is not None:
            head, since = found, 0
        turned = turned or written is not None
        lines.append(line if written is None else written)
    return joined_lines(items, lines) if turned else items


def _head(cells: Sequence[Sequence[Item]]) -> _Head | None:
    """The head that names nutrients over its columns, the element magnesium or one compound of it among them."""
    columns = {n: column for n, cell in enumerate(cells) if (column := _column(cell)) is not None}
    needs = frozenset(n for n, cell in enumerate(cells) if n not in columns and is_of_needs(cell))
    of_magnesium = [column for column in columns.values() if column.name.kind == "m"]
    others = [item for n, cell in enumerate(cells) if n not in columns for item in cell]
    if len(of_magnesium) != 1 or any(item.kind in "moAP" for item in others) or (0 in columns and len(columns) < 2):
        return None
    return _Head(len(cells), columns, needs)


def _column(cell: Sequence[Item]) -> _Column | None:
    """The nutrient that a cell names, alone or with the unit of its numbers."""
    if cell and "relation.contains" in cell[0].senses:
        cell = cell[1:]  # "Provides magnesium"
    named = [item for item in cell if item.kind in "mo"]
    if not named or len(cell) > _LONGEST_NAME or any(item.kind in "AVUPN" and item.high for item in cell):
        return None
    if cell[: len(named)] != named or (len(named) > 1 and any(item.kind == "m" for item in named)):
        return None
    if any(item.kind == "w" and _OF_UNITS.isdisjoint(item.senses) for item in cell[len(named) :]):
        return None  # "Magnesium citrate, bulking agent"
    return _Column(named[-1], unit_named(cell))


def _written_out(cells: Sequence[list[Item]], head: _Head) -> list[Item] | None:
    """A row with its portion first and the name before each amount, None where it is no row below the head."""
    shift = len(cells) - head.cells
    if shift not in (0, 1) or not (_is_portion(cells[0]) or _says_amount(cells[0])):
        return None
    if any(item.kind in "mo" for cell in cells for item in cell):
        return None
    written, stated = [*cells[0], _mark(cells[0], ":")], 0
    for at, cell in enumerate(cells[1:], 1):
        column = head.columns.get(at - shift)
        if column is None:
            if at - shift not in head.needs and any(item.kind not in "NP" for item in cell):
                return None
            continue
        amount = _amount(cell, column.unit)
        if amount is None:
            continue
        written += [msgspec.structs.replace(column.name), amount, _mark([amount], ",")]
        stated += 1
    return written if stated else None


def _is_portion(cell: Sequence[Item]) -> bool:
    """Whether a row is for a portion: a count, a measure or a name of one."""
    return any((i.kind in "UAV" and i.high) or not PORTIONS.isdisjoint(i.senses) for i in cell)


def _says_amount(cell: Sequence[Item]) -> bool:
    """Whether a row is headed by nothing but "Amount": its portion stands above the table."""
    return len(cell) == 1 and cell[0].kind == "w" and "section.facts" in cell[0].senses


def _amount(cell: list[Item], unit: str) -> Item | None:
    """What a cell states: its amount, or its number in the unit of the column."""
    own = next((item for item in cell if item.kind == "A" and not item.depth), None)
    if own is not None or not unit or bare_number(cell) is None:
        return own
    return as_amount(cell, unit)


def _mark(behind: Sequence[Item], text: str) -> Item:
    end = behind[-1].end
    return Item("p", end, end, text, {})
