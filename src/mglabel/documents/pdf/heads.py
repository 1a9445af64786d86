"""Column heads that wrap over several lines, joined into one row above the amounts that they head."""

from __future__ import annotations

from collections.abc import Sequence

from mglabel.documents.pdf.columns import Row
from mglabel.documents.pdf.words import Segment, segment

_TIGHT = 1.5
"""Lines of one head are at most so many sizes apart."""
_MOST_LINES, _MOST_COLUMNS = 6, 60

Extent = tuple[float, float]


def heads_joined(rows: Sequence[Row]) -> list[Row]:
    """The rows of a block, where the lines of wrapped column heads have become one row."""
    kept: list[Row] = []
    for at, row in enumerate(rows):
        if is_data(row) and not (at and is_data(rows[at - 1])):
            columns = _columns(rows, at)
            start = _head_start(kept, row, columns)
            if len(kept) - start > 1:
                kept[start:] = [_joined(kept[start:], columns)]
        kept.append(row)
    return kept


def is_data(row: Row) -> bool:
    """Whether a row names something and gives an amount for it in a column of its own."""
    return (
        1 < len(row) <= _MOST_COLUMNS
        and all(s.table is None for s in row)
        and row[0].text[0].isalpha()
        and any(s.text[0].isdigit() for s in row[1:])
    )


def _columns(rows: Sequence[Row], at: int) -> list[Extent]:
    """The extents of the columns of the rows of amounts from `at` on that have as many."""
    alike = [rows[at]]
    for row in rows[at + 1 :]:
        if not is_data(row):
            break
        if len(row) == len(alike[0]):
            alike.append(row)
    return [(min(s.left for s in column), max(s.right for s in column)) for column in zip(*alike, strict=True)]


def _head_start(above: Sequence[Row], data: Row, columns: Sequence[Extent]) -> int:
    """Where the lines begin that stand tightly above the amounts, each over one column; the end where none do."""
    start, below, heads = len(above), data, 0
    while start and len(above) - start < _MOST_LINES:
        row = above[start - 1]
        if any(s.table is not None or s.text[0].isdigit() for s in row) or _apart(row, below, start == len(above)):
            break
        places = [_column_of(s, columns) for s in row]
        if None in places or len(set(places)) < len(places):
            break
        heads += any(places)
        start, below = start - 1, row
    return start if heads > 1 else len(above)


def _apart(row: Row, below: Row, first: bool) -> bool:
    """Whether two rows are too far apart to be lines of one head; the first amounts may stand a little lower."""
    tight = _TIGHT * (2 if first else 1)
    return below[0].baseline - row[0].baseline > tight * max(row[0].size, below[0].size)


def _column_of(head: Segment, columns: Sequence[Extent]) -> int | None:
    """The one column that a segment stands over, None where it stands over several."""
    over = [at for at, (left, right) in enumerate(columns) if head.left < right and head.right > left]
    if len(over) == 1:
        return over[0]
    if over:
        return None
    middle = (head.left + head.right) / 2
    return min(range(len(columns)), key=lambda at: abs(sum(columns[at]) / 2 - middle))


def _joined(lines: Sequence[Row], columns: Sequence[Extent]) -> Row:
    held: dict[int, list[Segment]] = {}
    for row in lines:
        for part in row:
            held.setdefault(_column_of(part, columns) or 0, []).append(part)
    return tuple(
        segment([word for part in held[at] for word in part.words], lines[-1][0].baseline) for at in sorted(held)
    )
