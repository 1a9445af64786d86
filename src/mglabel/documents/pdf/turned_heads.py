"""Column heads set sideways to save width: put upright above the amounts that they head."""

from __future__ import annotations

from collections.abc import Sequence

from mglabel.documents.pdf.columns import Row
from mglabel.documents.pdf.glyphs import Glyph
from mglabel.documents.pdf.heads import is_data
from mglabel.documents.pdf.lines import lines_of
from mglabel.documents.pdf.words import Segment, Word, segments_of
from mglabel.values.evidence import Box

_ABOVE = 3.0
"""How far above the amounts a head ends at most, in sizes of its type."""
_MOST_WORDS = 8


def heads_turned(rows: Sequence[Row], sideways: Sequence[Glyph], shown: Box) -> tuple[list[Row], list[Glyph]]:
    """The rows with sideways heads as a row of their own, and the sideways glyphs that are no heads."""
    heads: dict[int, list[Segment]] = {}
    used: set[int] = set()
    for line in lines_of(sideways):
        words = [word for part in segments_of(line) for word in part.words]
        if 0 < len(words) <= _MOST_WORDS:
            head = _upright(words, shown)
            at = _row_below(head, rows)
            if at is not None:
                heads.setdefault(at, []).append(head)
                used.update(glyph.order for glyph in line.glyphs)
    joined: list[Row] = []
    for at, row in enumerate(rows):
        if at in heads:
            joined.append(tuple(sorted(heads[at], key=lambda head: head.left)))
        joined.append(row)
    return joined, [glyph for glyph in sideways if glyph.order not in used]


def _upright(words: Sequence[Word], shown: Box) -> Segment:
    """A sideways line as a segment in the frame of the page."""
    boxes = [glyph.box for word in words for glyph in word.glyphs]
    left, right = min(box[0] for box in boxes) + shown[0], max(box[2] for box in boxes) + shown[0]
    top, bottom = min(box[1] for box in boxes) + shown[1], max(box[3] for box in boxes) + shown[1]
    placed = tuple(word._replace(left=left, right=right) for word in words)
    order = min(glyph.order for word in words for glyph in word.glyphs)
    return Segment(placed, left, right, top, bottom, bottom, words[0].size, order)


def _row_below(head: Segment, rows: Sequence[Row]) -> int | None:
    """The first row of the amounts that a head stands close above, over one of their columns."""
    for at, row in enumerate(rows):
        distance = row[0].baseline - row[0].size - head.bottom
        if -head.size < distance <= _ABOVE * head.size and is_data(row):
            if any(part.left - head.size <= (head.left + head.right) / 2 <= part.right + head.size for part in row[1:]):
                return _first_of(rows, at)
    return None


def _first_of(rows: Sequence[Row], at: int) -> int:
    while at and is_data(rows[at - 1]):
        at -= 1
    return at
