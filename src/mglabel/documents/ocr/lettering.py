"""Recognised rows as lines of glyphs: where each letter begins and ends, and its box in the picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from mglabel.documents.ocr.finding import FoundLine
from mglabel.documents.ocr.placing import NARROW, Piece, rows_of
from mglabel.documents.pdf.glyphs import Glyph, readable
from mglabel.documents.pdf.lines import Line
from mglabel.values.evidence import Box

_WIDEST = 1.6
"""Letters of one word whose middles are farther apart than so many sizes have a gap between them."""
_SPACE = 0.2
"""A space is at least so wide, as a share of the size."""
_ASCENT = 0.8
_USUAL = {"\u03bc": "\u00b5"}
"""Letters that look alike, of which labels mean the second."""


def lines_of_glyphs(found: Sequence[FoundLine], scale: float) -> list[list[list[Line]]]:
    """Rows of lines by direction, the one of most rows first; boxes are pixels divided by `scale`.

    What was found as a line of its own stays one, however close to the next: cells of a table are.
    """
    return [[list(_lines(row, scale)) for row in rows] for rows in rows_of(found)]


def _lines(row: Sequence[Piece], scale: float) -> Iterator[Line]:
    order = 0
    for _, pieces in groupby(sorted(row, key=lambda piece: piece.left), key=lambda piece: id(piece.line)):
        glyphs = [glyph for piece in pieces for glyph in _glyphs(piece, scale)]
        if glyphs:
            yield Line([glyph._replace(order=order + at) for at, glyph in enumerate(glyphs)])
            order += len(glyphs)


def _glyphs(piece: Piece, scale: float) -> Iterator[Glyph]:
    """The letters of a piece, and a space behind each that one stands behind."""
    text, size = piece.line.reading.text, piece.size
    top, bottom = piece.baseline - _ASCENT * size, piece.baseline + (1 - _ASCENT) * size
    for at, left, right in zip(piece.letters, *_edges(piece), strict=True):
        letter = readable(_USUAL.get(text[at], text[at]))
        if letter:
            box = _box(piece, left, right, scale)
            yield Glyph(letter, left, top, right, bottom, piece.baseline, size, at, box)
            if text[at + 1 : at + 2].isspace():
                yield Glyph(" ", right, top, right, bottom, piece.baseline, size, at, box)


def _edges(piece: Piece) -> tuple[list[float], list[float]]:
    """Where the letters begin and end: neighbours in a word touch, and words leave a space between them."""
    middles, half = piece.middles, NARROW * piece.size / 2
    lefts, rights = [middle - half for middle in middles], [middle + half for middle in middles]
    for at in range(1, len(middles)):
        between = (middles[at - 1] + middles[at]) / 2
        in_word = piece.letters[at] == piece.letters[at - 1] + 1
        if in_word and middles[at] - middles[at - 1] <= _WIDEST * piece.size:
            rights[at - 1] = lefts[at] = between
        else:
            space = _SPACE * piece.size / 2
            rights[at - 1], lefts[at] = min(rights[at - 1], between - space), max(lefts[at], between + space)
    lefts[0] = min(piece.left, middles[0])
    rights[-1] = max(piece.right, middles[-1])
    return lefts, rights


def _box(piece: Piece, left: float, right: float, scale: float) -> Box:
    """The box around a stretch of a line on the page as shown."""
    start, end = piece.ends
    shares = [min(max((edge - start) / (end - start), 0.0), 1.0) if end > start else 0.0 for edge in (left, right)]
    upper_left, upper_right, lower_right, lower_left = piece.line.quad
    corners = [
        (one[0] + (other[0] - one[0]) * share, one[1] + (other[1] - one[1]) * share)
        for one, other in ((upper_left, upper_right), (lower_left, lower_right))
        for share in shares
    ]
    across, down = [x / scale for x, _ in corners], [y / scale for _, y in corners]
    return min(across), min(down), max(across), max(down)
