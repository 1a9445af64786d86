"""Columns: where rows of segments stand side by side as texts of their own, they are read one after the other.

A gutter is a place that no segment crosses in a run of rows. The stream of the page votes on it, geometry checks it:
amounts never form a column of their own, since they belong to the names beside them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from mglabel.documents.pdf.words import Segment, segment

Row = tuple[Segment, ...]
"""Segments on one baseline, from left to right."""

_FEWEST_ROWS = 2
_GUTTER = 0.8
"""How wide a gutter is at least, in sizes of the type beside it."""
_NEAR, _WORD_GAP = 2.0, 0.05
"""How close behind the gutter, in points, a word begins that belongs to the right side, and the gap before it."""
_MOST_GUTTERS = 40
"""No more places are tried, those where most segments begin first."""
_DEEPEST = 12
_READS = 0.55
"""The share of rows that must begin with a word for a side to read by itself."""
_WORD_LENGTH = 3
_PROSE_WORDS = 3
_ALTERNATES = 0.5
_FORM_PITCH = 1.7
"""Lines of a form are at least so many sizes apart."""


class _Gutter(NamedTuple):
    x: float
    start: int
    end: int
    rows: int
    """How many rows the shorter side has."""


def in_reading_order(rows: Sequence[Row], depth: int = 0, has_stream: bool = True) -> Iterator[list[Row]]:
    """The rows of one region as blocks, each to be read from top to bottom; a picture has no stream that votes."""
    for gutter in _gutters(rows) if depth < _DEEPEST else ():
        run = [tuple(_cut_at(row, gutter.x)) for row in rows[gutter.start : gutter.end]]
        left = [cut for row in run if (cut := tuple(s for s in row if s.left < gutter.x))]
        right = [cut for row in run if (cut := tuple(s for s in row if s.left >= gutter.x))]
        if _is_column(left, right, run, gutter.x, has_stream):
            yield from in_reading_order(rows[: gutter.start], depth + 1, has_stream)
            yield from in_reading_order(left, depth + 1, has_stream)
            yield from in_reading_order(right, depth + 1, has_stream)
            yield from in_reading_order(rows[gutter.end :], depth + 1, has_stream)
            return
    if rows:
        yield list(rows)


def _gutters(rows: Sequence[Row]) -> list[_Gutter]:
    """Places that a run of rows leaves free, those with most rows on both sides first."""
    begins = Counter(round(segment.left) for row in rows for segment in row)
    first = min(begins, default=0)
    found: list[_Gutter] = []
    for place, _ in begins.most_common(_MOST_GUTTERS):
        if place > first:
            found.extend(_runs(rows, place - 1.0))
    return sorted(found, key=lambda gutter: (-gutter.rows, gutter.x))


def _runs(rows: Sequence[Row], x: float) -> Iterator[_Gutter]:
    """The longest runs of rows that nothing crosses at a place, with enough rows on both sides of it."""
    start = 0
    for at in range(len(rows) + 1):
        if at < len(rows) and not _crossed(rows[at], x):
            continue
        left = sum(row[0].left < x for row in rows[start:at])
        right = sum(row[-1].left >= x for row in rows[start:at])
        if min(left, right) >= _FEWEST_ROWS:
            yield _Gutter(x, start, at, min(left, right))
        start = at + 1


def _crossed(row: Row, x: float) -> bool:
    """Whether something of a row stands across a place; a word gap just there lets the gutter through."""
    for part in row:
        if part.left < x and part.right > x - (_GUTTER * part.size if row[-1].left >= x else 0):
            if part.right <= x or part.table is not None or not _gap_at(part, x):
                return True
    return False


def _gap_at(part: Segment, x: float) -> int:
    """The word of a segment that begins at a place, 0 where none does."""
    for at in range(1, len(part.words)):
        word = part.words[at]
        if word.left >= x:
            near = word.left - x <= _NEAR and word.left - part.words[at - 1].right >= _WORD_GAP * part.size
            return at if near else 0
    return 0


def _cut_at(row: Row, x: float) -> Iterator[Segment]:
    """The segments of a row, one that has a word gap at the gutter as two."""
    for part in row:
        at = _gap_at(part, x) if part.left < x < part.right else 0
        if at:
            yield segment(part.words[:at], part.baseline)
            yield segment(part.words[at:], part.baseline)
        else:
            yield part


def _is_column(left: Sequence[Row], right: Sequence[Row], run: Sequence[Row], x: float, has_stream: bool) -> bool:
    """Whether the right side is a column of its own and no part of the rows on the left."""
    if any(segment.table for row in (*left, *right) for segment in row):
        return True
    if not _reads_by_itself(right) or _is_form(left, right):
        return False
    if not has_stream:
        return _is_prose(left) or _is_prose(right)
    return not _alternates(run, x) or (_is_prose(left) and _is_prose(right))


def _reads_by_itself(rows: Sequence[Row]) -> bool:
    heads = [row[0].words[0].text for row in rows if row[0].words]
    return sum(_is_word(head) for head in heads) >= _READS * len(heads)


def _is_word(text: str) -> bool:
    letters = text.strip("()[]*•·-–—.,:;/")
    return len(letters) >= _WORD_LENGTH and letters[0].isalpha() and letters[1].isalpha()


def _is_prose(rows: Sequence[Row]) -> bool:
    return median([len(part.words) for row in rows for part in row]) >= _PROSE_WORDS


def _is_form(left: Sequence[Row], right: Sequence[Row]) -> bool:
    """Whether each line on the right stands beside one on the left that asks for it, far from the next: a form."""
    if any(c.isdigit() for row in left for part in row for c in part.text):
        return False
    pitches = [after[0].baseline - before[0].baseline for before, after in pairwise(left)]
    if len(left) != len(right) or median(pitches) < _FORM_PITCH * left[0][0].size:
        return False
    return all(abs(one[0].baseline - other[0].baseline) < one[0].size for one, other in zip(left, right, strict=True))


def _alternates(run: Sequence[Row], x: float) -> bool:
    """Whether the page's stream goes from one side to the other row by row."""
    both = [row for row in run if row[0].left < x <= row[-1].left]
    stream = sorted((segment.order, segment.left >= x) for row in both for segment in row)
    turns = sum(before[1] != after[1] for before, after in pairwise(stream))
    return bool(both) and turns > _ALTERNATES * 2 * len(both)
