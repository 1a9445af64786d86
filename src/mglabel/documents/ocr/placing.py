"""Recognised lines set upright: in a frame with the page's own tilt taken out, in rows, with margins made even.

The frame is measured so that most type is of one usual size, as the layout of a PDF expects it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import atan2, cos, dist, pi, sin
from statistics import median, median_low
from typing import TYPE_CHECKING, NamedTuple

from mglabel.documents.ocr.finding import FoundLine

if TYPE_CHECKING:
    from PIL.Image import Image

NARROW = 0.55
"""How wide a letter standing alone is, as a share of the size."""

_USUAL_SIZE = 10.0
_LONG = 5.0
"""Lines so many times as long as high show the page's tilt."""
_ALIKE = 1.12
"""Sizes of type that are at most so many times the smallest of them count as one: they are measured."""
_MARGIN = 0.6
"""Left edges that differ by less than this share of the size are one margin."""
_GAP = 1.05
"""Letters whose middles are so many sizes apart have a gap between them behind which another column may begin."""
_RULE, _LEAST_INK = 0.75, 0.02
"""A row of pixels with so much ink is a rule, one with less than that has none."""
_FEWEST_ROWS = 8
_USUAL_INK, _BASE_WITHIN = (0.6, 0.78), (0.65, 0.97)
"""How far ink reaches above the baseline and where that stands in the height of a line, usually; where it may stand."""
_SIZE, _LOW_SIZE, _SIZE_WITHIN = 1.5, 1.35, (0.65, 1.2)
"""How large type is for what its tall letters reach above the baseline, what that is for its low ones, and the shares
of the line's height that it is within."""
_LOW = frozenset("acegmnopqrsuvwxyz.,:;-–=+~_…·•* ")
_LEVEL = 0.4
"""Baselines of one row differ by at most this share of the size: they are measured."""
_BESIDE = 0.3
"""Pieces of one row overlap by at most this share of the size."""


class Piece(NamedTuple):
    """A line in the frame of its direction, or a part of one behind a gap."""

    line: FoundLine
    letters: tuple[int, ...]
    """The places in the text of its letters, spaces left out."""
    middles: tuple[float, ...]
    """Where each of them has its middle."""
    left: float
    right: float
    baseline: float
    size: float
    ends: tuple[float, float]
    """Where the whole line begins and ends."""


def rows_of(lines: Sequence[FoundLine]) -> list[list[list[Piece]]]:
    """The rows of pieces by direction, the direction of most lines first."""
    heights = [dist(line.quad[0], line.quad[3]) for line in lines for _ in line.reading.text]
    unit = median(heights) / _USUAL_SIZE if heights else 1.0
    by_turn = [[line for line in lines if line.turn == turn and line.reading.text.strip()] for turn in range(4)]
    found = []
    for turn, turned in sorted(enumerate(by_turn), key=lambda pair: -len(pair[1])):
        if turned:
            angle = turn * pi / 2 + _tilt(turned)
            sized = _with_sizes([_upright(line, angle, unit) for line in turned])
            found.append(_rows(_with_margins([piece for one in sized for piece in _pieces(one)])))
    return found


def _tilt(lines: Sequence[FoundLine]) -> float:
    """The angle by which the lines of one direction are tilted, in radians clockwise: that of most of their length."""
    angles = [
        _angle(line)
        for line in lines
        for length in [dist(line.quad[0], line.quad[1])]
        if length > _LONG * dist(line.quad[0], line.quad[3])
        for _ in range(1 + int(length / 100))
    ]
    return median(angles) if angles else 0.0


def _angle(line: FoundLine) -> float:
    """How far from the right angle that it is turned by a line runs."""
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = line.quad
    angle = atan2(y1 - y0 + y2 - y3, x1 - x0 + x2 - x3) - line.turn * pi / 2
    return (angle + pi) % (2 * pi) - pi


def _upright(line: FoundLine, angle: float, unit: float) -> Piece:
    corners = [_turned(x / unit, y / unit, angle) for x, y in line.quad]
    left, right = (corners[0][0] + corners[3][0]) / 2, (corners[1][0] + corners[2][0]) / 2
    top, bottom = (corners[0][1] + corners[1][1]) / 2, (corners[2][1] + corners[3][1]) / 2
    letters = tuple(at for at, letter in enumerate(line.reading.text) if not letter.isspace())
    middles = tuple(left + line.reading.places[at] * (right - left) for at in letters)
    ascent, base = _ink(line.picture)
    is_low = all(letter in _LOW for letter in line.reading.text)
    size = ascent * (bottom - top) * _SIZE * (_LOW_SIZE if is_low else 1)
    least, most = _SIZE_WITHIN
    size = min(max(size, least * (bottom - top)), most * (bottom - top))
    return Piece(line, letters, middles, left, right, top + base * (bottom - top), size, (left, right))


def _turned(x: float, y: float, angle: float) -> tuple[float, float]:
    return x * cos(angle) + y * sin(angle), y * cos(angle) - x * sin(angle)


def _ink(picture: Image) -> tuple[float, float]:
    """How far the ink of a line reaches above the baseline, and where that is, as shares of its height from above.

    The baseline is where the ink grows less most suddenly: few letters reach below it. Rows full of ink are rules.
    """
    import numpy

    grey = numpy.asarray(picture.convert("L"), dtype=float)
    if len(grey) < _FEWEST_ROWS:
        return _USUAL_INK
    away = numpy.abs(grey - numpy.median(grey))
    share = (away > max(away.max() / 2, 1.0)).mean(axis=1)
    share[share > _RULE] = 0.0
    lowest, highest = (int(end * len(share)) for end in _BASE_WITHIN)
    drops = share[lowest - 1 : highest - 1] - share[lowest:highest]
    if drops.max() <= 0:
        return _USUAL_INK
    base = lowest + int(drops.argmax())
    first = int(numpy.argmax(share > _LEAST_INK))
    return float(base - first) / len(share), float(base) / len(share)


def _with_sizes(pieces: Sequence[Piece]) -> list[Piece]:
    """The lines, those of nearly the same size set to the one that most of their letters have."""
    by_size = sorted(pieces, key=lambda piece: piece.size)
    kept: list[Piece] = []
    group: list[Piece] = []
    for piece in [*by_size, None]:
        if group and (piece is None or piece.size > _ALIKE * group[0].size):
            usual = median([one.size for one in group for _ in one.letters])
            kept.extend(one._replace(size=usual) for one in group)
            group = []
        if piece is not None:
            group.append(piece)
    return kept


def _pieces(line: Piece) -> Iterator[Piece]:
    """A line cut at its gaps."""
    start = 0
    for end in range(1, len(line.letters) + 1):
        if end < len(line.letters) and line.middles[end] - line.middles[end - 1] <= _GAP * line.size:
            continue
        middles = line.middles[start:end]
        half = NARROW * line.size / 2
        yield line._replace(
            letters=line.letters[start:end],
            middles=middles,
            left=middles[0] - half if start else line.left,
            right=middles[-1] + half if end < len(line.letters) else line.right,
        )
        start = end


def _with_margins(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces, those that begin at nearly the same place set to the margin that most of them keep."""
    kept: list[Piece] = []
    group: list[Piece] = []
    for piece in [*sorted(pieces, key=lambda piece: piece.left), None]:
        if group and (piece is None or piece.left - group[0].left > _MARGIN * piece.size):
            margin = median_low([one.left for one in group])
            kept.extend(one._replace(left=margin) for one in group)
            group = []
        if piece is not None:
            group.append(piece)
    return kept


def _rows(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """The pieces that stand beside each other, set to one baseline; what lies over each other is never one row."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: piece.left - piece.right):
        beside = [row for row in rows if _level(row[0], piece) and not any(_overlap(piece, other) for other in row)]
        if beside:
            row = min(beside, key=lambda row: abs(row[0].baseline - piece.baseline))
            row.append(piece._replace(baseline=row[0].baseline))
        else:
            rows.append([piece])
    return rows


def _level(one: Piece, other: Piece) -> bool:
    return abs(one.baseline - other.baseline) <= _LEVEL * min(one.size, other.size)


def _overlap(one: Piece, other: Piece) -> bool:
    return min(one.right, other.right) - max(one.left, other.left) > _BESIDE * min(one.size, other.size)
