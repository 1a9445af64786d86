"""Characters turned upright: every glyph in a frame in which its own text runs from left to right.

Print artwork has sideways and upside-down panels; read as they stand, their lines come out backwards.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from math import atan2, cos, degrees, hypot, radians, sin
from typing import Any

from mglabel.documents.pdf.glyphs import Glyph
from mglabel.values.evidence import Box

_SLANT = 0.006
"""Directions closer than this (in radians, a third of a degree) to a right angle count as that right angle."""
_MOST_LEANING = 1.0
"""In degrees; mirrored letters seem to lean by more."""
_RISE = 0.1
"""A box that stands so much of its size above where its font usually puts it is raised."""


def direction_of(matrix: Sequence[float]) -> float:
    """The direction of a glyph's text in degrees clockwise, to half a degree; a right angle where it is near one.

    >>> direction_of((1, 0, 0, 1, 0, 0)), direction_of((0, 1, -1, 0, 0, 0)), direction_of((-1, 0.001, 0, -1, 0, 0))
    (0, 270, 180)
    """
    along, down = matrix[0], -matrix[1]
    if not down and along >= 0:
        return 0
    if abs(down) <= _SLANT * abs(along):
        return 0 if along > 0 or matrix[3] > 0 else 180
    if abs(along) <= _SLANT * abs(down):
        return 90 if down > 0 else 270
    return round(degrees(atan2(down, along)) * 2) / 2 % 360


def lean_of(matrix: Sequence[float], direction: float) -> float:
    """By how many degrees, to a hundredth, a glyph's text leans from the direction that it counts to.

    >>> lean_of((1, 0, 0, 1, 0, 0), 0), lean_of((1, -0.005, 0.005, 1, 0, 0), 0)
    (0.0, 0.29)
    """
    if not (matrix[0] and matrix[1]):
        return 0.0
    lean = (degrees(atan2(-matrix[1], matrix[0])) - direction + 180) % 360 - 180
    return round(lean, 2) if abs(lean) < _MOST_LEANING else 0.0


def descents(chars: Iterable[Any]) -> dict[str, float]:
    """How far above the origin, as a share of the size, the boxes of each font usually begin."""
    seen: dict[str, Counter[float]] = {}
    for char in chars:
        size = char.y1 - char.y0
        if char.upright and size > 0:
            seen.setdefault(char.fontname, Counter())[round((char.y0 - char.matrix[5]) / size, 2)] += 1
    return {font: counts.most_common(1)[0][0] for font, counts in seen.items()}


def upright(char: Any, text: str, order: int, place: Box, box: Box, descent: float) -> Glyph:
    """A character of horizontal text as a glyph; text raised by the font's own rise has a baseline of its own."""
    left, top, right, bottom = place
    size = bottom - top
    baseline = bottom + (char.y0 - char.matrix[5])
    rise = char.y0 - char.matrix[5] - descent * size
    if abs(rise) > _RISE * size:
        baseline -= rise
    return Glyph(text, left, top, right, bottom, baseline, size, order, box)


def turned(char: Any, text: str, order: int, place: Box, box: Box, direction: float) -> Glyph:
    """A character of any other direction as a glyph in its upright frame."""
    left, top, right, bottom = place
    matrix = char.matrix
    x, y = left - (char.x0 - matrix[4]), bottom + (char.y0 - matrix[5])
    if direction == 90:
        return Glyph(text, top, -right, bottom, -left, -x, right - left, order, box)
    if direction == 180:
        return Glyph(text, -right, -bottom, -left, -top, -y, bottom - top, order, box)
    if direction == 270:
        return Glyph(text, -bottom, left, -top, right, x, right - left, order, box)
    across, down = cos(radians(direction)), sin(radians(direction))
    start, baseline = x * across + y * down, y * across - x * down
    end = start + char.adv * hypot(matrix[0], matrix[1])
    size = _size(right - left, bottom - top, end - start, abs(across), abs(down))
    return Glyph(text, start, baseline - size, end, baseline, baseline, size, order, box)


def _size(width: float, height: float, advance: float, across: float, down: float) -> float:
    """The size of a slanted glyph from the side of the box around it that its size makes up most of."""
    return (height - advance * down) / across if across > down else (width - advance * across) / down
