"""Glyphs: characters with their place, each counted once, and those that lie over each other.

Every glyph keeps its box on the page as shown, whatever frame it is turned into.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from mglabel.values.evidence import Box

UNMAPPED = "\ufffd"
"""Stands for a glyph whose font does not say which character it is."""
_SAME_PLACE = 0.12
"""Two of the same glyph closer than this share of their size are one glyph drawn twice, as fake bold is."""
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


def readable(text: str) -> str:
    """The characters of a glyph: ligatures taken apart, control characters gone, a glyph without a character marked."""
    if len(text) == 1:
        if text >= "\ufb00" and (text <= "\ufb06" or text >= "\ufffe"):
            return unicodedata.normalize("NFKC", text) if text <= "\ufb06" else ""
        if "\ue000" <= text <= "\uf8ff":
            return UNMAPPED
        return text if text >= " " and not "\x7f" <= text < "\xa0" else ""
    if text.startswith("(cid:"):
        return UNMAPPED
    return "".join(readable(letter) for letter in text)


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
    inked = [g for g in glyphs if not g.text.isspace() and not is_accent(g.text)]
    solid = [g for g in inked if g.right > g.left]
    if not solid:
        return _piled(inked)
    step = sorted(g.size for g in solid)[len(solid) // 2]
    grid: dict[tuple[int, int], list[Glyph]] = {}
    found = _piled(g for g in inked if g.right <= g.left)
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


def _piled(glyphs: Iterable[Glyph]) -> list[Glyph]:
    """Of glyphs without a width those that share their place, as all do in a font whose widths are lost."""
    places: dict[tuple[int, int], list[Glyph]] = {}
    for glyph in glyphs:
        places.setdefault((round(glyph.left), round(glyph.baseline)), []).append(glyph)
    return [glyph for pile in places.values() if len(pile) > 1 for glyph in pile]


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
