"""Recognised lines as glyphs: every letter in an upright frame, with the page's own tilt taken out, and its box.

The frame is measured so that most type is of one usual size, as the layout of a PDF expects it; the boxes are pixels.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import atan2, cos, dist, pi, sin
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from mglabel.documents.ocr.finding import FoundLine
from mglabel.documents.pdf.glyphs import Glyph, readable

if TYPE_CHECKING:
    from PIL.Image import Image

_USUAL_SIZE = 10.0
_LONG = 5.0
"""Lines so many times as long as high show the page's tilt."""
_ALIKE = 1.18
"""Sizes of type, the next at most this many times the one before, count as one: they are measured by what letters
happen to reach up and down."""
_MARGIN = 0.4
"""Left edges that differ by less than this share of the size are one margin."""
_WIDEST = 1.6
"""Letters of one word whose middles are farther apart than so many sizes have a gap between them."""
_SPACE = 0.2
"""A space is at least so wide, as a share of the size."""
_NARROW = 0.55
"""How wide a letter standing alone is, as a share of the size."""
_INK = 0.15
_ABOVE, _LOW_ABOVE = 1.55, 2.1
"""Sizes of type in heights above the baseline: of a line with tall letters, and of one with none."""
_LOW_LETTERS = frozenset("acegmnopqrsuvwxyz.,:;-–=+~_…·•*")


class _Placed(NamedTuple):
    """A line in the frame of its direction."""

    line: FoundLine
    left: float
    right: float
    baseline: float
    size: float


def glyphs_of(lines: Sequence[FoundLine], scale: float) -> list[list[Glyph]]:
    """The glyphs of lines by direction, those of most glyphs first; boxes are pixels divided by `scale`."""
    unit = _unit(lines)
    groups: list[list[Glyph]] = []
    order = 0
    for turn in range(4):
        turned = [line for line in lines if line.turn == turn and line.reading.text.strip()]
        if not turned:
            continue
        angle = turn * pi / 2 + _tilt(turned)
        placed = _with_margins(_with_sizes([_placed(line, angle, unit) for line in turned]))
        group: list[Glyph] = []
        for one in placed:
            group.extend(_glyphs(one, order, scale))
            order += len(one.line.reading.text)
        groups.append(group)
    return sorted(groups, key=lambda group: -len(group))


def _unit(lines: Sequence[FoundLine]) -> float:
    """Pixels a unit of the frame."""
    heights = [dist(line.quad[0], line.quad[3]) for line in lines for _ in line.reading.text]
    return median(heights) / _USUAL_SIZE if heights else 1.0


def _tilt(lines: Sequence[FoundLine]) -> float:
    """The angle by which the lines of one direction are tilted, in radians clockwise: that of the long ones."""
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


def _placed(line: FoundLine, angle: float, unit: float) -> _Placed:
    corners = [_turned(x / unit, y / unit, angle) for x, y in line.quad]
    left, right = (corners[0][0] + corners[3][0]) / 2, (corners[1][0] + corners[2][0]) / 2
    top, bottom = (corners[0][1] + corners[1][1]) / 2, (corners[2][1] + corners[3][1]) / 2
    first, base = _ink(line.picture)
    height = bottom - top
    low = all(letter in _LOW_LETTERS for letter in line.reading.text if not letter.isspace())
    size = (base - first) * height * (_LOW_ABOVE if low else _ABOVE)
    size = min(max(size, 0.6 * height), 1.4 * height)
    return _Placed(line, left, right, top + base * height, size)


def _turned(x: float, y: float, angle: float) -> tuple[float, float]:
    return x * cos(angle) + y * sin(angle), y * cos(angle) - x * sin(angle)


def _ink(picture: Image) -> tuple[float, float]:
    """Where the ink of a line begins and where its baseline is, as shares of its height from above.

    The baseline is where the ink grows less most suddenly: few letters reach below it.
    """
    import numpy

    grey = numpy.asarray(picture.convert("L"), dtype=float)
    ink = numpy.abs(grey - numpy.median(grey)).mean(axis=1)
    ink = ink - ink.min()
    rows = numpy.flatnonzero(ink > _INK * ink.max())
    if len(ink) < 4 or not len(rows):
        return 0.1, 0.8
    smooth = (ink[:-1] + ink[1:]) / 2
    half = len(smooth) // 2
    drops = smooth[half:-1] - smooth[half + 1 :]
    base = half + int(drops.argmax()) + 1 if len(drops) else int(rows[-1])
    return float(rows[0]) / len(ink), float(base + 0.5) / len(ink)


def _with_sizes(placed: Sequence[_Placed]) -> list[_Placed]:
    """The lines, those of nearly the same size set to one."""
    by_size = sorted(placed, key=lambda one: one.size)
    sizes: dict[int, float] = {}
    group: list[_Placed] = []
    for at, one in enumerate(by_size):
        group.append(one)
        if at + 1 == len(by_size) or by_size[at + 1].size > _ALIKE * group[0].size:
            usual = median(other.size for other in group for _ in other.line.reading.text)
            sizes.update((id(other.line), usual) for other in group)
            group = []
    return [one._replace(size=sizes[id(one.line)]) for one in placed]


def _with_margins(placed: Sequence[_Placed]) -> list[_Placed]:
    """The lines, those that begin at nearly the same place set to one margin."""
    margins: dict[int, float] = {}
    group: list[_Placed] = []
    for one in sorted(placed, key=lambda one: one.left):
        if group and one.left - group[0].left > _MARGIN * min(one.size, group[0].size):
            group = []
        group.append(one)
        margins[id(one.line)] = group[0].left
    return [one._replace(left=margins[id(one.line)]) for one in placed]


def _glyphs(placed: _Placed, order: int, scale: float) -> Iterator[Glyph]:
    """The letters of a line, each from the middle between it and the one before to the middle of it and the next."""
    text, size = placed.line.reading.text, placed.size
    width = placed.right - placed.left
    middles = [placed.left + place * width for place in placed.line.reading.places]
    letters = [at for at, letter in enumerate(text) if not letter.isspace()]
    edges = {at: [middles[at] - _NARROW * size / 2, middles[at] + _NARROW * size / 2] for at in letters}
    for one, other in pairwise(letters):
        middle = (middles[one] + middles[other]) / 2
        if other == one + 1 and middles[other] - middles[one] <= _WIDEST * size:
            edges[one][1] = edges[other][0] = middle
        else:
            gap = _SPACE * size / 2
            edges[one][1], edges[other][0] = min(edges[one][1], middle - gap), max(edges[other][0], middle + gap)
    if letters:
        edges[letters[0]][0] = placed.left
        edges[letters[-1]][1] = max(placed.right, middles[letters[-1]])
    top, bottom = placed.baseline - 0.8 * size, placed.baseline + 0.2 * size
    for at in letters:
        left, right = edges[at]
        box = _box(placed, (left - placed.left) / width, (right - placed.left) / width, scale) if width > 0 else None
        letter = readable(_USUAL.get(text[at], text[at]))
        if box is not None and letter:
            yield Glyph(letter, left, top, max(left, right), bottom, placed.baseline, size, order + at, box)
            if at + 1 < len(text) and text[at + 1].isspace():
                yield Glyph(" ", right, top, right, bottom, placed.baseline, size, order + at + 1, box)


_USUAL = {"\u03bc": "\u00b5"}
"""Letters that look alike, of which labels mean the second."""


def _box(placed: _Placed, start: float, end: float, scale: float) -> tuple[float, float, float, float]:
    """The box around a piece of a line on the page as shown."""
    upper_left, upper_right, lower_right, lower_left = placed.line.quad
    corners = [
        (one[0] + (other[0] - one[0]) * share, one[1] + (other[1] - one[1]) * share)
        for one, other in ((upper_left, upper_right), (lower_left, lower_right))
        for share in (min(max(start, 0.0), 1.0), min(max(end, 0.0), 1.0))
    ]
    across, down = [x / scale for x, _ in corners], [y / scale for _, y in corners]
    return min(across), min(down), max(across), max(down)
