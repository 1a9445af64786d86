"""The glyphs of a page: those inside it, by the direction in which their text runs."""

from __future__ import annotations

from typing import NamedTuple

from mglabel.documents.pdf.glyphs import Glyph, once_each, readable
from mglabel.documents.pdf.objects import PageObjects
from mglabel.documents.pdf.turning import descents, direction_of, turned, upright


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


def page_glyphs(page: PageObjects) -> PageGlyphs:
    """The glyphs of a page as shown."""
    left, top, right, bottom = page.shown
    descent = descents(page.chars)
    found: dict[float, list[Glyph]] = {}
    outside: list[str] = []
    for order, char in enumerate(page.chars):
        text = readable(char.get_text())
        if not text:
            continue
        place = page.place(char)
        if not (left <= (place[0] + place[2]) / 2 <= right and top <= (place[1] + place[3]) / 2 <= bottom):
            outside.append(text)
            continue
        box = (place[0] - left, place[1] - top, place[2] - left, place[3] - top)
        direction = direction_of(char.matrix)
        if direction:
            glyph = turned(char, text, order, place, box, direction)
        else:
            glyph = upright(char, text, order, place, box, descent.get(char.fontname, 0.0))
        if glyph.size > 0:
            found.setdefault(direction, []).append(glyph)
    by_size = sorted(found, key=lambda direction: -len(found[direction]))
    groups = tuple(once_each(found[direction]) for direction in by_size)
    return PageGlyphs(groups, not by_size or by_size[0] == 0, "".join(outside))
