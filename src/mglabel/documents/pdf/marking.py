"""Pages of a PDF as pictures with boxes drawn on them. Meant to run in a worker process, as reading is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from mglabel.documents.limits import Limits
from mglabel.documents.pdf.skim import drawn, skimmed
from mglabel.values.errors import UnreadableDocument
from mglabel.values.evidence import Box

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdfium2 import PdfDocument

_WIDTH = 3
_OUTSET = 2.0
_TEXT_SIZE = 18


class Mark(NamedTuple):
    """A box on a page, in points from its top left, with a colour (red, green, blue) and a word above it."""

    box: Box
    color: tuple[int, int, int]
    tag: str


def marked_pages(
    data: bytes, marks: Mapping[int, Sequence[Mark]], password: str | None = None, limits: Limits | None = None
) -> list[bytes]:
    """The pages that marks are for, in the order of the marks, as PNG pictures of twice 72 pixels an inch.

    Raises `UnreadableDocument` where a page cannot be drawn.
    """
    (limits or Limits()).check_bytes(len(data))
    with skimmed(data, password) as document:
        if document is None:
            raise UnreadableDocument("damaged", "the PDF cannot be drawn; ask for the file again")
        return [_png(document, number, page_marks) for number, page_marks in marks.items()]


def _png(document: PdfDocument, number: int, marks: Sequence[Mark]) -> bytes:
    found = drawn(document, number, grey=False)
    if found is None:
        raise UnreadableDocument("damaged", f"page {number} cannot be drawn; ask for the file again")
    picture, scale = found
    for mark in marks:
        _draw(picture, mark, scale)
    written = BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()


def _draw(picture: Image, mark: Mark, scale: float) -> None:
    """The box of a mark, and its word on a light ground above it."""
    from PIL import ImageDraw, ImageFont

    pen = ImageDraw.Draw(picture, "RGBA")
    left, top, right, bottom = mark.box
    frame = [(left - _OUTSET) * scale, (top - _OUTSET) * scale, (right + _OUTSET) * scale, (bottom + _OUTSET) * scale]
    pen.rectangle(frame, fill=(*mark.color, 28), outline=(*mark.color, 255), width=_WIDTH)
    if mark.tag:
        font = ImageFont.load_default(_TEXT_SIZE)
        place = (max(0.0, frame[0]), max(0.0, frame[1] - _TEXT_SIZE - _WIDTH))
        pen.rectangle(pen.textbbox(place, mark.tag, font=font), fill=(255, 255, 255, 225))
        pen.text(place, mark.tag, fill=(*mark.color, 255), font=font)
