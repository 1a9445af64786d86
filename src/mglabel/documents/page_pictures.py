"""Pages of a PDF, or pictures of a label, as small pictures for a report. Meant to run in a worker process."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from math import sqrt
from typing import TYPE_CHECKING, NamedTuple

from mglabel.documents.limits import Limits
from mglabel.documents.ocr.pictures import looks_like_picture, pictures_in
from mglabel.documents.pdf.skim import drawn, skimmed

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_BYTES = 300_000
"""What one picture may take."""
_COLORS, _DRAWN = 128, 20_000
"""A picture of more colours than the second is a photograph, which a palette would spoil."""
_QUALITIES = (82, 60)
_SAFELY = 0.95
"""A picture that is still too large is made smaller at once by what it is too large, and a little more."""
_LEAST = 64
"""Pixels along a side: no picture is made smaller than that."""


class Picture(NamedTuple):
    """A page as a picture, and its size in points, which boxes are in."""

    page: int
    media: str
    data: bytes
    width: float
    height: float


def page_pictures(
    data: bytes, pages: Sequence[int], password: str | None = None, limits: Limits | None = None
) -> list[Picture]:
    """The pages, counted from 1, that can be drawn; none where the file cannot be opened."""
    limits = limits or Limits()
    limits.check_bytes(len(data))
    if looks_like_picture(data):
        numbered = enumerate(pictures_in(data, limits), 1)
        return [_picture(page, image.convert("RGB"), scale) for page, (image, scale) in numbered if page in pages]
    with skimmed(data, password) as document:
        if document is None:
            return []
        found = [(page, drawn(document, page, grey=False)) for page in pages if 0 < page <= len(document)]
        return [_picture(page, *picture) for page, picture in found if picture is not None]


def _picture(page: int, image: Image, scale: float) -> Picture:
    width, height = image.width / scale, image.height / scale
    media, data = encoded(image)
    return Picture(page, media, data, width, height)


def encoded(image: Image, most: int = MOST_BYTES) -> tuple[str, bytes]:
    """The media type and the bytes of a picture in the form that keeps type sharpest within so many bytes.

    >>> from PIL import Image
    >>> encoded(Image.new("RGB", (600, 800), "white"))[0]
    'image/png'
    """
    from PIL.Image import Quantize

    if image.getcolors(_DRAWN) is not None:
        flat = BytesIO()
        image.quantize(_COLORS, method=Quantize.FASTOCTREE).save(flat, "PNG", optimize=True)
        if flat.tell() <= most:
            return "image/png", flat.getvalue()
    for quality in _QUALITIES:
        written = _as_jpeg(image, quality)
        if len(written) <= most:
            return "image/jpeg", written
    while len(written) > most and max(image.size) > _LEAST:
        smaller = _SAFELY * sqrt(most / len(written))
        image = image.resize((max(1, int(image.width * smaller)), max(1, int(image.height * smaller))))
        written = _as_jpeg(image, _QUALITIES[-1])
    return "image/jpeg", written


def _as_jpeg(image: Image, quality: int) -> bytes:
    written = BytesIO()
    image.save(written, "JPEG", quality=quality)
    return written.getvalue()
