"""Columns of what people need, or may take at most: "Per tablet | Upper level", below it "Magnesium | 100 mg | 250 mg".

Their amounts are none of the product's and are taken for plain words before anything is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from mglabel.extraction.headed_counts import cells_of, lines_of
from mglabel.extraction.item import COUNTED, Item
from mglabel.extraction.portion_mention import portion_of

_LINES = 40
"""A head holds for at most so many lines."""

_NEEDS = frozenset(("reference.nrv", "reference.need", "reference.upper"))
_NAMES = "moAPN"
"""Kinds of items that a head has none of, but for the count of a portion."""


class _Head(NamedTuple):
    """Which columns are of needs, of how many, and on which line the head stands."""

    needs: frozenset[int]
    cells: int
    line: int


def without_needs_of_columns(items: list[Item]) -> list[Item]:
    """The same items, where amounts below a head of needs are words."""
    if not any(item.kind == "c" for item in items):
        return items
    head: _Head | None = None
    for number, line in enumerate(lines_of(items)):
        cells = list(cells_of(line)) if any(item.kind == "c" for item in line) else []
        if len(cells) < 2:
            continue
        found = _head(cells, number)
        if found is not None:
            head = found
        elif head is not None and number - head.line <= _LINES:
            _drop(cells, head)
    return items


def _head(cells: Sequence[Sequence[Item]], line: int) -> _Head | None:
    """The head that these cells make, with no columns of needs where it is another's; None where they make none."""
    flat = [item for cell in cells for item in cell]
    if any(item.kind in _NAMES and portion_of(item) is None for item in flat) or not any(
        item.kind == "w" for item in flat
    ):
        return None
    return _Head(frozenset(n for n, cell in enumerate(cells) if n and is_of_needs(cell)), len(cells), line)


def is_of_needs(cell: Sequence[Item]) -> bool:
    """Whether a cell names a need or a limit, and no portion or percentage."""
    if any(item.kind in "UVA" or item.text == "%" or "portion.serving" in item.senses for item in cell):
        return False
    return any(not _NEEDS.isdisjoint(item.senses) for item in cell)


def _drop(cells: Sequence[Sequence[Item]], head: _Head) -> None:
    """Make words of a row's amounts in the columns of needs, where it has one beside them; a row may begin with a name
    that the head leaves out."""
    shift = len(cells) - head.cells
    if shift not in (0, 1):
        return
    needs = {column + shift for column in head.needs}
    if not any(item.kind == "A" for at, cell in enumerate(cells) for item in cell if at not in needs):
        return
    for item in (item for at in needs for item in cells[at] if item.kind == "A"):
        item.kind, item.text, item.unit, item.senses = "w", COUNTED, "", {}
