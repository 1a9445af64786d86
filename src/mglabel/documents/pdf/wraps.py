"""Names that wrap over lines beside their amounts, joined into their row; gaps that only justify a line, closed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from mglabel.documents.pdf.columns import Row
from mglabel.documents.pdf.words import Segment, segment

_TIGHT = 1.35
"""Lines of one wrapped cell are at most so many sizes apart."""
_CENTRED = 0.3
_MOST_WRAPPED, _MOST_IN_BRACKETS = 5, 10
"""How many lines a name wraps over at most: one beside its amounts, and one that a bracket holds open."""
_STRETCHED = 3.0
"""A gap of a justified line is at most so many sizes wide."""
_NEAR = 2
_LEVEL = 0.5


def wraps_joined(rows: Sequence[Row]) -> list[Row]:
    """The rows of a block with wrapped names made whole."""
    joined: list[Row] = []
    at = 0
    while at < len(rows):
        end = _tight_end(rows, at)
        group = rows[at:end]
        whole = _centred(group)
        joined.extend([whole] if whole is not None else _brackets_closed(group))
        at = end
    return joined


def begins_with_digit(segment: Segment) -> bool:
    """Whether a segment begins as an amount does."""
    return segment.words[0].text[0].isdigit()


def _tight_end(rows: Sequence[Row], at: int) -> int:
    """The end of the rows from `at` on that follow each other as tightly as lines of one paragraph."""
    end = at + 1
    while end < len(rows) and rows[end - 1][0].table is None and rows[end][0].table is None:
        before, after = rows[end - 1][0], rows[end][0]
        if after.baseline - before.baseline > _TIGHT * max(before.size, after.size):
            break
        end += 1
    return end


def _centred(group: Sequence[Row]) -> Row | None:
    """One row of amounts beside the middle of a name that wraps over lines above and below it."""
    if not 2 <= len(group) <= _MOST_WRAPPED:
        return None
    rows_of_amounts = [at for at, row in enumerate(group) if len(row) > 1 or begins_with_digit(row[0])]
    if len(rows_of_amounts) != 1:
        return None
    at = rows_of_amounts[0]
    row = group[at]
    named = 0 if begins_with_digit(row[0]) else 1
    amounts = row[named:]
    names = [other[0] for other in (*group[:at], *group[at + 1 :])]
    if not names or not all(any(c.isdigit() for c in amount.text) for amount in amounts):
        return None
    if any(name.right > amounts[0].left for name in names):
        return None
    middle = (group[0][0].baseline + group[-1][0].baseline) / 2
    if abs(row[0].baseline - middle) > _CENTRED * row[0].size:
        return None
    lines = [*(other[0] for other in group[:at]), *row[:named], *(other[0] for other in group[at + 1 :])]
    return _one(lines, row[0].baseline), *amounts


def _brackets_closed(group: Sequence[Row]) -> Iterator[Row]:
    """The rows, where a first cell that leaves a bracket open beside amounts has the next lines joined to it."""
    at = 0
    while at < len(group):
        row = group[at]
        end = min(at + _MOST_IN_BRACKETS, len(group)) if len(row) > 1 else 0
        at += 1
        while at < end and _closes(row, group[at]):
            row = (_one((row[0], group[at][0]), row[0].baseline), *row[1:])
            at += 1
        yield row


def _closes(row: Row, below: Row) -> bool:
    name = row[0].text
    return name.count("(") > name.count(")") and len(below) == 1 and below[0].right <= row[1].left


def _one(parts: Sequence[Segment], baseline: float) -> Segment:
    return segment([word for part in parts for word in part.words], baseline)


def gaps_closed(rows: Sequence[Row]) -> list[Row]:
    """The rows, where a gap that only justifies a line, since no line near it has one there, parts no segments."""
    return [
        _closed(row, (*rows[max(0, at - _NEAR) : at], *rows[at + 1 : at + 1 + _NEAR])) for at, row in enumerate(rows)
    ]


def _closed(row: Row, near: Sequence[Row]) -> Row:
    joined = [[row[0]]]
    for part in row[1:]:
        last = joined[-1][-1]
        narrow = part.left - last.right <= _STRETCHED * part.size
        if narrow and part.table is None and last.table is None and not _aligned(part, near):
            joined[-1].append(part)
        else:
            joined.append([part])
    return tuple(_one(parts, row[0].baseline) if len(parts) > 1 else parts[0] for parts in joined)


def _aligned(part: Segment, near: Sequence[Row]) -> bool:
    """Whether a segment of a line near by begins, ends or is centred where this one is."""
    level = _LEVEL * part.size
    return any(
        abs(other.left - part.left) <= level
        or abs(other.right - part.right) <= level
        or abs(other.left + other.right - part.left - part.right) <= 2 * level
        for row in near
        for other in _level_with(row, part.left - level, part.right + level)
    )


def _level_with(row: Row, left: float, right: float) -> Iterator[Segment]:
    """The segments of a row, but for its first, that reach into a stretch of the page."""
    at = bisect_right(row, right, 1, key=lambda part: part.left)
    while at > 1 and row[at - 1].right >= left:
        at -= 1
        yield row[at]
