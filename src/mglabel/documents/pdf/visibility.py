"""Text that a reader does not see: light on light, written without ink, or covered by what is drawn over it.

What raises suspicion is cheap to find; only then is the page drawn, and a glyph without contrast is hidden.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from mglabel.documents.pdf.contents import writes_invisibly
from mglabel.documents.pdf.glyphs import Glyph
from mglabel.documents.pdf.objects import PageObjects
from mglabel.values.evidence import Box

if TYPE_CHECKING:
    from PIL.Image import Image

Picture = Callable[[], "tuple[Image, float] | None"]
"""Draws the page as shown, in grey, when asked: with its pixels a point, or None where it cannot be drawn."""

_LIGHT = 0.9
_CONTRAST = 24
"""The least difference between the darkest and the lightest pixel (of 256 steps) at a glyph that can be seen."""
_MOST_LOOKS = 20
"""No more times the area of the page is looked at: glyphs that are piled up so high are none to be read."""
_MOST_COVERS = 20
_OPAQUE = 0.3
"""Where so many of the glyphs below a shape show nothing, it hides all: what shows lies over it. One is enough below a
plain rectangle, which may be seen through but has no holes."""


class _Cover(NamedTuple):
    """A shape or picture that is drawn over text."""

    glyphs: int
    """How many glyphs were set before it."""
    box: Box
    """In the coordinates of the page, which count from below."""
    solid: bool
    """Whether it is a plain filled rectangle."""


def hidden(page: PageObjects, glyphs: Sequence[Glyph], picture: Picture) -> set[int] | None:
    """The places in the stream of glyphs that cannot be seen on the page as shown, None where nobody can tell."""
    covers = _covers(page)
    covered = _covered(page.chars, covers)
    suspects = set(range(len(page.chars))) if writes_invisibly(page.page) else _light(page.chars).union(*covered)
    if not suspects:
        return set()
    drawn = picture()
    if drawn is None:
        return None
    image, scale = drawn
    unseen = _without_contrast(image, scale, (glyph for glyph in glyphs if glyph.order in suspects))
    for cover, under in zip(covers, covered, strict=True):
        if len(under & unseen) > (0 if cover.solid else _OPAQUE) * len(under):
            unseen |= under
    return unseen


def drawn_over(page: PageObjects) -> bool:
    """Whether something that hides it is drawn over most of the text."""
    return any(2 * len(under) > len(page.chars) for under in _covered(page.chars, _covers(page)))


def _without_contrast(image: Image, scale: float, glyphs: Iterable[Glyph]) -> set[int]:
    """The places in the stream of glyphs where the page as drawn shows nothing."""
    unseen = set()
    left_to_see = _MOST_LOOKS * image.width * image.height
    for glyph in glyphs:
        left, top, right, bottom = (int(side * scale) for side in glyph.box)
        piece = image.crop((max(0, left), max(0, top), min(image.width, right + 1), min(image.height, bottom + 1)))
        left_to_see -= piece.width * piece.height
        if left_to_see < 0 or not _shows(piece):
            unseen.add(glyph.order)
    return unseen


def _shows(piece: Image) -> bool:
    darkest, lightest = cast("tuple[int, int]", piece.getextrema())
    return lightest - darkest >= _CONTRAST


def _light(chars: Iterable[Any]) -> set[int]:
    return {order for order, char in enumerate(chars) if _is_light(char.graphicstate.ncolor)}


def _is_light(color: object) -> bool:
    """Whether a colour is nearly white: grey and red, green, blue count light, four inks count dark."""
    parts = color if isinstance(color, tuple | list) else (color,)
    if not parts or not all(isinstance(part, int | float) for part in parts):
        return False
    return bool(max(parts) <= 1 - _LIGHT if len(parts) == 4 else min(parts) >= _LIGHT)


def _covers(page: PageObjects) -> list[_Cover]:
    """What is drawn over text, largest first."""
    from pdfminer.layout import LTRect

    filled = (shape for shape in page.shapes if shape.item.fill)
    found = [
        _Cover(drawn.chars_before, drawn.item.bbox, isinstance(drawn.item, LTRect) and not drawn.item.evenodd)
        for drawn in (*filled, *page.pictures)
        if drawn.chars_before
    ]
    return sorted(found, key=lambda cover: -_area(cover.box))[:_MOST_COVERS]


def _covered(chars: Sequence[Any], covers: Iterable[_Cover]) -> list[set[int]]:
    """The glyphs that lie within each shape that is drawn after them."""
    return [
        {
            order
            for order, char in enumerate(chars[:glyphs])
            if x0 <= (char.x0 + char.x1) / 2 <= x1 and y0 <= (char.y0 + char.y1) / 2 <= y1
        }
        for glyphs, (x0, y0, x1, y1), _ in covers
    ]


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])
