"""Heads of columns over two lines: "| per | per daily dose" above "| tablet | (3 tablets)" is joined cell by cell.

Only where the cells are drawn, by bars or tabs, and the second line's first cell is empty; what follows then reads one
head.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from mglabel.extraction.headed_counts import cells_of, joined_lines, lines_of
from mglabel.extraction.item import Item
from mglabel.extraction.layout import PORTIONS
from mglabel.extraction.portion_mention import portion_of

_LEAST_CELLS = 3


def with_heads_joined(items: list[Item]) -> list[Item]:
    """The items with such heads in one line, the same list where there are none."""
    if not any(item.kind == "c" for item in items):
        return items
    lines: list[Sequence[Item]] = list(lines_of(items))
    found = False
    for at in range(len(lines) - 1):
        above, below = list(cells_of([*lines[at]])), list(cells_of([*lines[at + 1]]))
        if _goes_on(above, below):
            lines[at], lines[at + 1], found = _as_one(lines[at], above, below), (), True
    return joined_lines(items, lines) if found else items


def _goes_on(above: Sequence[Sequence[Item]], below: Sequence[Sequence[Item]]) -> bool:
    """Whether the second line only goes on with the portions that the first one begins to name."""
    if not _LEAST_CELLS <= len(below) <= len(above) or below[0]:
        return False
    first, second = ([item for cell in cells for item in cell] for cells in (above, below))
    if not all(map(_may_head, (*first, *second))):
        return False
    begins = any("relation.per" in item.senses or not PORTIONS.isdisjoint(item.senses) for item in first)
    return begins and any(portion_of(item) is not None for item in second)


def _may_head(item: Item) -> bool:
    return item.kind in "wpcU" or portion_of(item) is not None


def _as_one(line: Sequence[Item], above: Sequence[Sequence[Item]], below: Sequence[Sequence[Item]]) -> list[Item]:
    """The first line with each cell of the second behind its own."""
    borders = [item for item in line if item.kind == "c"]
    if len(borders) + 1 != len(above):
        return [*line]
    joined: list[Item] = []
    for cell, more, border in zip_longest(above, below, borders):
        joined += [*cell, *(more or ()), *([border] if border is not None else ())]
    return joined
