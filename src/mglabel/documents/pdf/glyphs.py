"""Glyphs of a page: those inside it, turned upright by their own direction, each counted once.

Every glyph keeps its box on the page as shown, whatever frame it is turned into.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import atan2, cos, degrees, hypot, radians, sin
from typing import TYPE_CHECKING, Any, NamedTuple

from mglabel.values.evidence import Box

if TYPE_CHECKING:
    from pdfplumber.page import Page

UNMAPPED = "\ufffd"
"""Stands for a glyph whose font does not say which character it is."""
_SAME_PLACE = 0.12
"""Two of the same glyph closer than this share of their size are one glyph drawn twice, as fake bold is."""
_SLANT = 0.006
"""Directions closer than this (in radians, a third of a degree) to a right angle count as that right angle."""
_OVERPRINT = 0.5
_PILE = 8
"""Of glyphs piled up in one place no more are compared, so that a hostile page costs no more than its length."""


class Glyph(NamedTuple):
    """One glyph in a frame in which its text runs from left to right and lines from top to bottom."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    baseline: float
    size: float
    order: int
    """Its place in the stream of the page."""
    box: Box
    """Where it stands on the page as shown."""
    raised: int = 0
    """1 for a superscript, -1 for a subscript."""


class PageGlyphs(NamedTuple):
    """The glyphs of a page by direction, those that run like most first, and the text that stands outside it."""

    directions: tuple[list[Glyph], ...]
    upright: bool
    """Whether the first direction is that of the page."""
    outside: str

    def without(self, orders: set[int]) -> PageGlyphs:
        """The same without the glyphs in some places of the stream."""
        if not orders:
            return self
        kept = [[glyph for glyph in direction if glyph.order not in orders] for direction in self.directions]
        return self._replace(directions=tuple(direction for direction in kept if direction))


def page_glyphs(page: Page) -> PageGlyphs:
    """The glyphs of a page as shown."""
    crop, media = page.cropbox, page.mediabox
    seen = (max(crop[0], media[0]), max(crop[1], media[1]), min(crop[2], media[2]), min(crop[3], media[3]))
    rises = _rises(page.chars)
    turned: dict[float, list[Glyph]] = {}
    outside: list[str] = []
    for order, char in enumerate(page.chars):
        text = _readable(char["text"])
        if not text:
            continue
        middle_x, middle_y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
        if not (seen[0] <= middle_x <= seen[2] and seen[1] <= middle_y <= seen[3]):
            outside.append(text)
            continue
        direction = _direction(char["matrix"])
        glyph = _turned(char, text, order, direction, page, seen, rises)
        if glyph.size > 0:
            turned.setdefault(direction, []).append(glyph)
    by_size = sorted(turned, key=lambda direction: -len(turned[direction]))
    groups = tuple(once_each(turned[direction]) for direction in by_size)
    return PageGlyphs(groups, not by_size or by_size[0] == 0, "".join(outside))


def _readable(text: str) -> str:
    """The characters of a glyph: ligatures taken apart, control characters gone, a glyph without a character marked."""
    if len(text) == 1:
        if text >= "\ufb00" and (text <= "\ufb06" or text >= "\ufffe"):
            return unicodedata.normalize("NFKC", text) if text <= "\ufb06" else ""
        if "\ue000" <= text <= "\uf8ff":
            return UNMAPPED
        return text if text >= " " and not "\x7f" <= text < "\xa0" else ""
    if text.startswith("(cid:"):
        return UNMAPPED
    return "".join(_readable(letter) for letter in text)


def _direction(matrix: Sequence[float]) -> float:
    """The direction of a glyph's text in degrees clockwise, to half a degree; a right angle where it is near one.

    >>> _direction((1, 0, 0, 1, 0, 0)), _direction((0, 1, -1, 0, 0, 0)), _direction((-1, 0.001, 0, -1, 0, 0))
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


def _rises(chars: Iterable[Mapping[str, Any]]) -> dict[str, float]:
    """How far below the origin, as a share of the size, the boxes of each font usually begin: its descent."""
    seen: dict[str, Counter[float]] = {}
    for char in chars:
        size = char["y1"] - char["y0"]
        if char["upright"] and size > 0:
            seen.setdefault(char["fontname"], Counter())[round((char["y0"] - char["matrix"][5]) / size, 2)] += 1
    return {font: counts.most_common(1)[0][0] for font, counts in seen.items()}


def _turned(
    char: Mapping[str, Any], text: str, order: int, direction: float, page: Page, seen: Box, rises: Mapping[str, float]
) -> Glyph:
    """A pdfplumber character as a glyph in its upright frame."""
    x0, top, x1, bottom = char["x0"], char["top"], char["x1"], char["bottom"]
    box = (x0 - seen[0], top - seen[1], x1 - seen[0], bottom - seen[1])
    origin_x = char["matrix"][4] + page.mediabox[0]
    origin_y = page.height - char["matrix"][5] + page.mediabox[1]
    if direction == 0:
        size = bottom - top
        rise = (char["y0"] - char["matrix"][5]) - rises.get(char["fontname"], 0.0) * size if char["upright"] else 0.0
        baseline = origin_y - rise if abs(rise) > 0.1 * size else origin_y
        return Glyph(text, x0, top, x1, bottom, baseline, size, order, box)
    if direction == 90:
        return Glyph(text, top, -x1, bottom, -x0, -origin_x, x1 - x0, order, box)
    if direction == 180:
        return Glyph(text, -x1, -bottom, -x0, -top, -origin_y, bottom - top, order, box)
    if direction == 270:
        return Glyph(text, -bottom, x0, -top, x1, origin_x, x1 - x0, order, box)
    across, down = cos(radians(direction)), sin(radians(direction))
    matrix = char["matrix"]
    left, baseline = origin_x * across + origin_y * down, origin_y * across - origin_x * down
    right = left + char["adv"] * hypot(matrix[0], matrix[1])
    size = _size_along(x1 - x0, bottom - top, right - left, abs(across), abs(down))
    return Glyph(text, left, baseline - size, right, baseline, baseline, size, order, box)


def _size_along(width: float, height: float, advance: float, across: float, down: float) -> float:
    """The size of a slanted glyph from the box around it: the side that its advance leaves over."""
    return max((height - advance * down) / across, (width - advance * across) / down) if across and down else height


def once_each(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The glyphs without those drawn again in the same place, in linear time."""
    kept: list[Glyph] = []
    taken: dict[tuple[str, int, int], Glyph] = {}
    for glyph in glyphs:
        if not glyph.text.isspace():
            near = _SAME_PLACE * glyph.size
            column, row = int(glyph.left // near), int(glyph.baseline // near)
            around = ((glyph.text, c, r) for c in (column, column - 1, column + 1) for r in (row, row - 1, row + 1))
            if any((other := taken.get(place)) is not None and _same_place(glyph, other, near) for place in around):
                continue
            taken[glyph.text, column, row] = glyph
        kept.append(glyph)
    return kept


def _same_place(one: Glyph, other: Glyph, near: float) -> bool:
    return abs(one.left - other.left) <= near and abs(one.baseline - other.baseline) <= near


def overprinted(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The glyphs that another, different glyph lies over by more than half, as hidden layers do."""
    solid = [g for g in glyphs if not g.text.isspace() and not is_accent(g.text) and g.right > g.left]
    if not solid:
        return []
    step = sorted(g.size for g in solid)[len(solid) // 2]
    grid: dict[tuple[int, int], list[Glyph]] = {}
    found = []
    for glyph in solid:
        column, row = int((glyph.left + glyph.right) / 2 // step), int((glyph.top + glyph.bottom) / 2 // step)
        near = [
            other
            for c in (column - 1, column, column + 1)
            for r in (row - 1, row, row + 1)
            for other in grid.get((c, r), ())
        ]
        if any(other.text != glyph.text and _covers(glyph, other) for other in near):
            found.append(glyph)
        pile = grid.setdefault((column, row), [])
        if len(pile) < _PILE:
            pile.append(glyph)
    return found


def is_accent(text: str) -> bool:
    """Whether a glyph is an accent that is set over a letter."""
    return unicodedata.category(text[0]) in ("Mn", "Sk", "Lm")


def _covers(one: Glyph, other: Glyph) -> bool:
    width = min(one.right, other.right) - max(one.left, other.left)
    height = min(one.bottom, other.bottom) - max(one.top, other.top)
    if width <= 0 or height <= 0:
        return False
    smaller = min((g.right - g.left) * (g.bottom - g.top) for g in (one, other))
    return width * height > _OVERPRINT * smaller
