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

Color = tuple[int, int, int]
"""Red, green and blue, of 255 each."""

_WIDTH = 3
_OUTSET = 2.0
_TEXT_SIZE, _LINE, _EDGE = 20, 30, 16
_BADGE = 11
"""Half the width of the disc with the number of a mark. These are pixels, but for the outset in points."""


class Mark(NamedTuple):
    """A box on a page, in points from its top left, with a colour and what is said of it."""

    box: Box
    color: Color
    says: str


def marked_pages(
    data: bytes, marks: Mapping[int, Sequence[Mark]], password: str | None = None, limits: Limits | None = None
) -> list[bytes]:
    """The pages that marks are for, in the order of the marks, as PNG pictures of twice 72 pixels an inch.

    Marks are numbered, and what each says stands below the page, so that the label itself stays legible. Raises
    `UnreadableDocument` where a page cannot be drawn.
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
    sayings = list(dict.fromkeys((mark.says, mark.color) for mark in marks))
    for mark in marks:
        _draw(picture, mark, sayings.index((mark.says, mark.color)) + 1, scale)
    written = BytesIO()
    _with_legend(picture, sayings).save(written, "PNG")
    return written.getvalue()


def _draw(picture: Image, mark: Mark, number: int, scale: float) -> None:
    """The box of a mark, with its number in a disc at its corner."""
    from PIL import ImageDraw

    pen = ImageDraw.Draw(picture, "RGBA")
    left, top, right, bottom = mark.box
    frame = [(left - _OUTSET) * scale, (top - _OUTSET) * scale, (right + _OUTSET) * scale, (bottom + _OUTSET) * scale]
    pen.rectangle(frame, fill=(*mark.color, 28), outline=(*mark.color, 255), width=_WIDTH)
    _badge(picture, max(_BADGE, frame[0] - _BADGE / 2), max(_BADGE, frame[1] - _BADGE / 2), mark.color, number)


def _badge(picture: Image, x: float, y: float, color: Color, number: int) -> None:
    from PIL import ImageDraw, ImageFont

    pen = ImageDraw.Draw(picture, "RGBA")
    pen.ellipse([x - _BADGE, y - _BADGE, x + _BADGE, y + _BADGE], fill=(*color, 255))
    pen.text((x, y), str(number), fill=(255, 255, 255), font=ImageFont.load_default(_BADGE * 1.4), anchor="mm")


def _with_legend(picture: Image, sayings: Sequence[tuple[str, Color]]) -> Image:
    """The page with what its numbers mean below it."""
    from PIL import Image as Images
    from PIL import ImageDraw, ImageFont

    font = ImageFont.load_default(_TEXT_SIZE)
    widest = max((int(font.getlength(says)) for says, _ in sayings), default=0) + 4 * _BADGE + _EDGE
    whole = Images.new("RGB", (max(picture.width, widest), picture.height + len(sayings) * _LINE + _EDGE), "white")
    whole.paste(picture, (0, 0))
    pen = ImageDraw.Draw(whole)
    pen.line([(0, picture.height), (whole.width, picture.height)], fill=(180, 180, 180), width=1)
    for at, (says, color) in enumerate(sayings):
        y = picture.height + _EDGE + at * _LINE + _BADGE / 2
        _badge(whole, _EDGE + _BADGE, y, color, at + 1)
        pen.text((_EDGE + 3 * _BADGE, y), says, fill=color, font=font, anchor="lm")
    return whole
