"""The lines of a picture: found, turned the way their letters stand, and read.

A page may lie on its side or hold panels that do. A line that makes no sense one way is read the other way round.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import dist
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from mglabel.documents.ocr.models import Models, Quad, Reading

if TYPE_CHECKING:
    from PIL.Image import Image

_LONG_SIDE, _MOST_ENLARGED = 1600, 2.5
"""Lines are looked for in a picture whose long side is about so many pixels; small ones are enlarged up to so far."""
_SMALL_TYPE, _READABLE_TYPE, _MOST_PIXELS = 17, 26, 6_000_000
"""Where the usual line is lower than the first, lines are looked for again in a picture in which it has the second."""
_LONG = 2.5
"""A line so many times as long as high shows which way it runs; one that is shorter runs as the nearest that does."""
_MAKES_SENSE = 0.9
"""A line whose letters are on average less sure is read the other way round, too."""
_FEW = 3
"""With fewer letters than this, a line says nothing about which way up it stands."""


class FoundLine(NamedTuple):
    """A line as read, and its corners in the order in which it is read: its own top left first."""

    quad: Quad
    turn: int
    """How many right angles clockwise its letters are turned: 0 to 3."""
    reading: Reading
    picture: Image
    """The line cut out and upright."""


def lines_in(picture: Image, models: Models) -> list[FoundLine]:
    """The lines of a picture from the top down."""
    quads = _quads(picture, models)
    found = [_read(picture, quad, int(tall), models) for quad, tall in zip(quads, _tall(quads), strict=True)]
    both = [_better(line, picture, quad, models) for line, quad in zip(found, quads, strict=True)]
    return [_as_neighbours(line, picture, quad, both, models) for line, quad in zip(both, quads, strict=True)]


def _quads(picture: Image, models: Models) -> list[Quad]:
    """The corners of the lines, in pixels of the picture; small type is looked for once more in a larger picture."""
    scale = _LONG_SIDE / max(picture.size)
    quads = _quads_at(picture, min(scale, 1.0), models)
    if not quads:
        return _quads_at(picture, min(scale, _MOST_ENLARGED), models) if scale > 1 else []
    height = median(_height(quad) for quad in quads)
    if height * min(scale, 1.0) >= _SMALL_TYPE:
        return quads
    fits = (_MOST_PIXELS / (picture.width * picture.height)) ** 0.5
    larger = min(_READABLE_TYPE / height, _MOST_ENLARGED, fits)
    again = _quads_at(picture, larger, models) if larger > min(scale, 1.0) else []
    return again or quads


def _quads_at(picture: Image, scale: float, models: Models) -> list[Quad]:
    size = (max(32, round(picture.width * scale)), max(32, round(picture.height * scale)))
    across, down = picture.width / size[0], picture.height / size[1]
    found = models.find(picture if size == picture.size else picture.resize(size, _SMOOTH))
    return [tuple((x * across, y * down) for x, y in quad) for quad in found]  # type: ignore[misc]


_SMOOTH = 1  # Pillow's LANCZOS, which is not imported before it is needed
_SHARP = 3  # Pillow's BICUBIC


def _height(quad: Quad) -> float:
    return min(_sides(quad))


def _tall(quads: Sequence[Quad]) -> list[bool]:
    """Whether each line runs up or down the picture."""
    long = [quad for quad in quads if max(_sides(quad)) >= _LONG * min(_sides(quad))]
    return [_is_tall(min(long, key=lambda other: _apart(other, quad)) if long else quad) for quad in quads]


def _is_tall(quad: Quad) -> bool:
    across, down = _sides(quad)
    return down > across


def _sides(quad: Quad) -> tuple[float, float]:
    return dist(quad[0], quad[1]), dist(quad[0], quad[3])


def _apart(one: Quad, other: Quad) -> float:
    return dist(_middle(one), _middle(other))


def _read(picture: Image, quad: Quad, turn: int, models: Models) -> FoundLine:
    turned: Quad = (*quad[turn:], *quad[:turn])  # type: ignore[assignment]
    cut = cut_out(picture, turned)
    return FoundLine(turned, turn, models.read([cut])[0], cut)


def cut_out(picture: Image, quad: Quad) -> Image:
    """A line as a picture of its own, upright."""
    from PIL.Image import Transform

    size = max(1, round(dist(quad[0], quad[1]))), max(1, round(dist(quad[0], quad[3])))
    corners = [side for corner in (quad[0], quad[3], quad[2], quad[1]) for side in corner]
    return picture.transform(size, Transform.QUAD, corners, _SHARP)


def sureness(reading: Reading) -> float:
    """How sure the letters are on average, spaces left out."""
    sure = [one for one, letter in zip(reading.sure, reading.text, strict=True) if not letter.isspace()]
    return sum(sure) / len(sure) if sure else 0.0


def _letters(reading: Reading) -> int:
    return sum(letter.isalpha() for letter in reading.text)


def _better(line: FoundLine, picture: Image, quad: Quad, models: Models) -> FoundLine:
    """The line as it stands, or the other way round where that makes more sense."""
    if sureness(line.reading) >= _MAKES_SENSE:
        return line
    other = _read(picture, quad, (line.turn + 2) % 4, models)
    return other if sureness(other.reading) > sureness(line.reading) else line


def _as_neighbours(
    line: FoundLine, picture: Image, quad: Quad, lines: Sequence[FoundLine], models: Models
) -> FoundLine:
    """A line of few letters turned as the nearest line is that has more: 60 upside down is as good a 09."""
    if _letters(line.reading) >= _FEW:
        return line
    alike = [other for other in lines if other.turn % 2 == line.turn % 2 and _letters(other.reading) >= _FEW]
    if all(other.turn == line.turn for other in alike):
        return line
    nearest = min(alike, key=lambda other: _apart(other.quad, quad))
    return line if nearest.turn == line.turn else _read(picture, quad, nearest.turn, models)


def _middle(quad: Quad) -> tuple[float, float]:
    return sum(x for x, _ in quad) / 4, sum(y for _, y in quad) / 4
