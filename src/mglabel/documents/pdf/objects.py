"""What stands on a page in the order in which it is drawn: characters, shapes and pictures, as pdfminer laid them out.

pdfplumber would make a dictionary of every character; the layout that it makes them from is read directly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from mglabel.documents.limits import Limits
from mglabel.values.evidence import Box

if TYPE_CHECKING:
    from pdfplumber.page import Page


class Drawn(NamedTuple):
    """A shape or picture, and how many characters were drawn before it."""

    item: Any
    chars_before: int


class PageObjects(NamedTuple):
    """The characters, shapes and pictures of a page, each in the order of its stream."""

    chars: list[Any]
    shapes: list[Drawn]
    pictures: list[Drawn]
    page: Page

    @property
    def shown(self) -> Box:
        """The part of the page that is shown, from its top left."""
        crop, media = self.page.cropbox, self.page.mediabox
        return max(crop[0], media[0]), max(crop[1], media[1]), min(crop[2], media[2]), min(crop[3], media[3])

    def place(self, item: Any) -> Box:
        """Where something stands: left, top, right and bottom, from the top left of the medium."""
        left, top = self.page.mediabox[:2]
        height = self.page.height
        return item.x0 + left, height - item.y1 + top, item.x1 + left, height - item.y0 + top


def page_objects(page: Page, limits: Limits) -> PageObjects:
    """Everything on a page, what stands in figures included; raises `UnreadableDocument` where that is too much."""
    from pdfminer.layout import LTChar, LTCurve, LTFigure, LTImage

    from mglabel.documents.pdf.drawing import laid_out

    found = PageObjects([], [], [], page)
    stack = [iter(laid_out(page, limits))]
    while stack:
        for item in stack[-1]:
            if isinstance(item, LTChar):
                found.chars.append(item)
            elif isinstance(item, LTCurve):
                found.shapes.append(Drawn(item, len(found.chars)))
            elif isinstance(item, LTImage):
                found.pictures.append(Drawn(item, len(found.chars)))
            elif isinstance(item, LTFigure):
                stack.append(iter(item))
                break
        else:
            stack.pop()
    return found
