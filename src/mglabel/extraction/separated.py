"""Rows of values parted by semicolons, as a spreadsheet is saved or pasted: "Portion; Magnesium (mg)", "1 scoop; 300".

Semicolons between cells become borders of cells, and the quotation marks around a cell go.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from mglabel.extraction.headed_counts import lines_of
from mglabel.extraction.items import Item

_MARK = ";"
_QUOTE = '"'
_LEAST_ROWS = 2


def with_cells_parted(items: list[Item]) -> list[Item]:
    """The items with such semicolons as borders; two lines at least have as many, and a number alone between two."""
    texts = {item.text for item in items}
    if _MARK in texts:
        for _, rows in groupby(lines_of(items), key=_marks):
            _make_borders(list(rows))
    return list(_unquoted(items)) if _QUOTE in texts else items


def _marks(line: Sequence[Item]) -> int:
    return sum(item.text == _MARK and not item.depth for item in line)


def _make_borders(rows: Sequence[Sequence[Item]]) -> None:
    """Make the semicolons of rows that have as many of them borders."""
    if len(rows) < _LEAST_ROWS or not any(map(_has_bare_number, rows)):
        return
    for item in (item for row in rows for item in row if item.text == _MARK and not item.depth):
        item.kind = "c"


def _has_bare_number(row: Sequence[Item]) -> bool:
    """Whether a number or an amount has a cell to itself, behind a semicolon."""
    ends = [*(item.text for item in row[2:]), _MARK]
    return any(
        before.text == _MARK and item.kind in "NAP" and bool(item.high) and end == _MARK
        for before, item, end in zip(row, row[1:], ends, strict=False)
    )


def _unquoted(items: Sequence[Item]) -> Iterator[Item]:
    """The items without the quotation marks beside a border of cells."""
    for at, item in enumerate(items):
        if item.text == _QUOTE and any(i.kind == "c" for i in items[max(0, at - 1) : at + 2]):
            continue
        yield item
