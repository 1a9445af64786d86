"""The rows of a block as cells of words: column heads and wrapped names made whole, ruled tables taken apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from mglabel.documents.pdf.columns import Row, in_reading_order
from mglabel.documents.pdf.heads import heads_joined
from mglabel.documents.pdf.words import Cell, Segment, Table, Word
from mglabel.documents.pdf.wraps import begins_with_digit, gaps_closed, wraps_joined

Cells = tuple[tuple[Word, ...], ...]
"""The words of each cell of a row."""

_LEVEL = 0.3
_LAYOUT_LINES = 4
"""A ruled row in which two cells have so many lines is a layout of panels and no row of facts."""


def whole_rows(rows: Sequence[Row]) -> Iterator[Cells]:
    """The rows of a block as cells, wrapped ones joined."""
    for row in heads_joined(wraps_joined(gaps_closed(rows))):
        for part in row:
            if part.table is not None:
                yield from _table_rows(part.table)
        cells = tuple(part.words for part in row if part.table is None)
        if cells:
            yield cells


def _table_rows(table: Table) -> Iterator[Cells]:
    """The rows of a ruled table; a row that holds lists side by side comes out line by line."""
    for row in table.rows:
        if any(_is_list_of_amounts(cell) for cell in row):
            yield from whole_rows(_lines(segment for cell in row for segment in cell))
        elif sum(len(_lines(cell)) >= _LAYOUT_LINES for cell in row) >= 2:
            for cell in row:
                for block in in_reading_order(_lines(cell)):
                    yield from whole_rows(block)
        else:
            yield tuple(tuple(word for segment in cell for word in segment.words) for cell in row)


def _is_list_of_amounts(cell: Cell) -> bool:
    amounts = sum(begins_with_digit(segment) for segment in cell)
    return amounts >= 2 and amounts * 2 >= len(cell)


def _lines(segments: Iterable[Segment]) -> list[Row]:
    """Segments of cells side by side as the rows that their baselines make."""
    rows: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda segment: segment.baseline):
        if rows and segment.baseline - rows[-1][0].baseline <= _LEVEL * segment.size:
            rows[-1].append(segment)
        else:
            rows.append([segment])
    return [tuple(sorted(row, key=lambda segment: segment.left)) for row in rows]
