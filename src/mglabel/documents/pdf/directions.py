"""The glyphs of a page: those inside it, by the direction in which their text runs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from mglabel.documents.pdf.glyphs import Glyph, once_each, readable
from mglabel.documents.pdf.objects import PageObjects
from mglabel.documents.pdf.turning import descents, direction_of, lean_of, turned, upright
from mglabel.values.evidence import Box


class PageGlyphs(NamedTuple):
    """The glyphs of a page by direction, those that run like most first, and the text that stands outside it."""

    directions: tuple[list[Glyph], ...]
    upright: bool
    """Whether the first direction is that of the page."""
    outside: str

    @property
    def glyphs(self) -> list[Glyph]:
        """Those of all directions."""
        return [glyph for direction in self.directions for glyph in direction]

    def without(self, orders: set[int]) -> PageGlyphs:
        """The same without the glyphs in some places of the stream."""
        if not orders:
            return self
        kept = [[glyph for glyph in direction if glyph.order not in orders] for direction in self.directions]
        return self._replace(directions=tuple(direction for direction in kept if direction))


class _Placed(NamedTuple):
    """A character of the page and where it stands."""

    char: Any
    text: str
    order: int
    place: Box
    """On the medium."""
    box: Box
    """On the page as shown."""


def page_glyphs(page: PageObjects) -> PageGlyphs:
    """The glyphs of a page as shown."""
    left, top, right, bottom = page.shown
    found: dict[float, list[_Placed]] = {}
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
        found.setdefault(direction_of(char.matrix), []).append(_Placed(char, text, order, place, box))
    by_size = sorted(found.items(), key=lambda group: -len(group[1]))
    exact = [direction + _lean(group, direction) for direction, group in by_size]
    descent = descents(page.chars)
    groups = tuple(
        once_each(list(_in_frame(group, direction, descent)))
        for direction, (_, group) in zip(exact, by_size, strict=True)
    )
    return PageGlyphs(groups, not exact or exact[0] == 0, "".join(outside))


def _lean(group: Sequence[_Placed], direction: float) -> float:
    """How much most of a group leans, so that no long line runs out of its row; a few odd letters count for nothing."""
    return Counter(lean_of(placed.char.matrix, direction) for placed in group).most_common(1)[0][0]


def _in_frame(group: Iterable[_Placed], direction: float, descent: Mapping[str, float]) -> Iterator[Glyph]:
    for char, text, order, place, box in group:
        if direction:
            glyph = turned(char, text, order, place, box, direction)
        else:
            glyph = upright(char, text, order, place, box, descent.get(char.fontname, 0.0))
        if glyph.size > 0:
            yield glyph
