"""Pages of a PDF and picture files with boxes drawn on them. Meant to run in a worker process, as reading is."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

from mglabel.documents.limits import Limits
from mglabel.documents.ocr.pictures import looks_like_picture, pictures_in
from mglabel.documents.pdf.skim import drawn, skimmed
from mglabel.values.errors import UnreadableDocument
from mglabel.values.evidence import Box

if TYPE_CHECKING:
    from PIL.Image import Image

Color = tuple[int, int, int]
"""Red, green and blue, of 255 each."""

_WIDTH = 3
_OUTSET = 2.0
_BADGE = 9
"""Half the width of the disc with the number of a mark. These are pixels, but for the outset in points."""
_TEXT_SIZE, _LINE, _EDGE = 10.0, 16.0, 8.0
_PIXELS_A_POINT = 2.0
"""Of the legend: type, lines and edge in points, and how large a point is."""


class Mark(NamedTuple):
    """A box on a page, in points from its top left, with a colour and what is said of it."""

    box: Box
    color: Color
    says: str
    numbered: bool = True
    """Whether its number stands at it: it does at the first box of what is said."""


def marked_pages(
    data: bytes, marks: Mapping[int, Sequence[Mark]], password: str | None = None, limits: Limits | None = None
) -> list[bytes]:
    """The pages that marks are for, in the order of the marks, as PNG pictures; those of a PDF with two pixels a point.

    Marks are numbered, and what each says stands below the page, so that the label itself stays legible. Raises
    `UnreadableDocument` where a page cannot be drawn.
    """
    limits = limits or Limits()
    limits.check_bytes(len(data))
    pages = _pages(data, list(marks), password, limits)
    return [_png(picture, scale, page) for (picture, scale), page in zip(pages, marks.values(), strict=True)]


def _pages(data: bytes, numbers: Sequence[int], password: str | None, limits: Limits) -> Iterator[tuple[Image, float]]:
    """The pages of these numbers as pictures, each with its pixels for one unit of the boxes on it."""
    if looks_like_picture(data):
        pictures = list(pictures_in(data, limits))
        yield from (pictures[number - 1] for number in numbers)
        return
    with skimmed(data, password) as document:
        for number in numbers:
            found = drawn(document, number, grey=False) if document is not None else None
            if found is None:
                raise UnreadableDocument("damaged", f"page {number} cannot be drawn; ask for the file again")
            yield found


def _png(picture: Image, scale: float, marks: Sequence[Mark]) -> bytes:
    """A picture with its marks and their legend."""
    sayings = list(dict.fromkeys((mark.says, mark.color) for mark in marks))
    for mark in sorted(marks, key=_area, reverse=True):
        _draw(picture, mark, sayings.index((mark.says, mark.color)) + 1, scale)
    written = BytesIO()
    _below(picture, _legend(sayings)).save(written, "PNG")
    return written.getvalue()


def _area(mark: Mark) -> float:
    left, top, right, bottom = mark.box
    return (right - left) * (bottom - top)


def _draw(picture: Image, mark: Mark, number: int, scale: float) -> None:
    """The box of a mark, with its number in a disc before it."""
    from PIL import ImageDraw, ImageFont

    pen = ImageDraw.Draw(picture, "RGBA")
    left, top, right, bottom = mark.box
    frame = [(left - _OUTSET) * scale, (top - _OUTSET) * scale, (right + _OUTSET) * scale, (bottom + _OUTSET) * scale]
    pen.rectangle(frame, fill=(*mark.color, 28), outline=(*mark.color, 255), width=_WIDTH)
    if not mark.numbered:
        return
    x, y = max(_BADGE, frame[0] - _BADGE / 2), max(_BADGE, frame[1] - _BADGE / 4)
    pen.ellipse([x - _BADGE, y - _BADGE, x + _BADGE, y + _BADGE], fill=(*mark.color, 255))
    pen.text((x, y), str(number), fill=(255, 255, 255), font=ImageFont.load_default(1.4 * _BADGE), anchor="mm")


def _legend(sayings: Sequence[tuple[str, Color]]) -> Image:
    """What the numbers mean, a line each; set by pdfium, whose own fonts have the letters that Pillow's lacks."""
    import pypdfium2
    from pypdfium2 import raw

    document = pypdfium2.PdfDocument.new()
    height = _LINE * len(sayings) + _EDGE
    widest = 0.0
    texts = []
    for at, (says, color) in enumerate(sayings):
        text = raw.FPDFPageObj_NewTextObj(document, b"Helvetica", _TEXT_SIZE)
        raw.FPDFText_SetText(text, _utf16(f"{at + 1}  {says}"))
        raw.FPDFPageObj_SetFillColor(text, *color, 255)
        raw.FPDFPageObj_Transform(text, 1, 0, 0, 1, _EDGE, height - _EDGE / 2 - _LINE * (at + 0.75))
        texts.append(text)
        widest = max(widest, _right(text))
    page = document.new_page(widest + _EDGE, height)
    for text in texts:
        raw.FPDFPage_InsertObject(page, text)
    page.gen_content()
    picture: Image = page.render(scale=_PIXELS_A_POINT).to_pil().convert("RGB")
    document.close()
    return picture


def _utf16(text: str) -> Any:
    """Text as pdfium takes it: two-byte units, closed by a zero."""
    units = (text + "\0").encode("utf-16-le")
    return (ctypes.c_ushort * (len(units) // 2)).from_buffer_copy(units)


def _right(text: Any) -> float:
    """The right edge of a text object, in points."""
    from pypdfium2 import raw

    sides = [ctypes.c_float() for _ in range(4)]
    raw.FPDFPageObj_GetBounds(text, *sides)
    return sides[2].value


def _below(picture: Image, legend: Image) -> Image:
    """A picture with its legend below it."""
    from PIL import Image as Images

    whole = Images.new("RGB", (max(picture.width, legend.width), picture.height + legend.height), "white")
    whole.paste(picture, (0, 0))
    whole.paste(legend, (0, picture.height))
    return whole
