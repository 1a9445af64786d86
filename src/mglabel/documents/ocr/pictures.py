"""Picture files: told by content, their size checked before they are decoded, shown as a viewer shows them."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from mglabel.documents.limits import Limits
from mglabel.values.errors import UnreadableDocument

if TYPE_CHECKING:
    from PIL.Image import Image

_BEGINS = re.compile(rb"(?s)\x89PNG\r\n\x1a\n|\xff\xd8\xff|RIFF.{4}WEBP|GIF8[79]a|II\*\0|MM\0\*|BM.{4}\0{4}")
_FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "TIFF", "BMP")
_PAGED = "TIFF"
"""The one format whose further pictures are pages; those of others move."""
_LONGEST = 3000
"""A larger picture is reduced to so many pixels along its long side: small type of a whole page is still readable."""
_DEEP = {"I": 256, "I;16": 256, "I;16B": 256, "I;16L": 256}
"""Modes of more than 256 steps of grey, and by what they are divided."""


def looks_like_picture(data: bytes) -> bool:
    """Whether bytes begin as a picture does that can be read.

    >>> looks_like_picture(b"\\x89PNG\\r\\n\\x1a\\n..."), looks_like_picture(b"Magnesium")
    (True, False)
    """
    return _BEGINS.match(data) is not None


def pictures_in(data: bytes, limits: Limits) -> Iterator[tuple[Image, float]]:
    """The pictures of a file, each with what its pixels were divided by; raises `UnreadableDocument`."""
    from PIL import Image

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the size is checked here
        try:
            opened = Image.open(BytesIO(data), formats=_FORMATS)
            count = getattr(opened, "n_frames", 1) if opened.format == _PAGED else 1
            if count > limits.max_pictures:
                raise UnreadableDocument(
                    "too-many-pages",
                    f"the file has {count} pages, more than the limit of {limits.max_pictures}; raise max_pictures",
                )
            for number in range(count):
                if count > 1:
                    opened.seek(number)
                yield _shown(opened, limits)
        except UnreadableDocument:
            raise
        except Image.DecompressionBombError as error:
            raise _too_large(limits) from error
        except MemoryError:
            raise
        except Exception as error:
            raise UnreadableDocument(
                "damaged", f"the picture is damaged ({type(error).__name__}); ask for the file again"
            ) from error


def _shown(opened: Image, limits: Limits) -> tuple[Image, float]:
    """A picture upright, in colours, on white, and not larger than is of use."""
    from PIL import Image, ImageOps

    if opened.width * opened.height > limits.max_pixels:
        raise _too_large(limits)
    width = opened.width
    opened.draft("RGB", (_LONGEST, _LONGEST))
    picture: Image.Image = opened
    if picture.mode in _DEEP:
        divisor = _DEEP[picture.mode]
        picture = picture.point(lambda value: value / divisor).convert("L")
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        paper = Image.new("RGBA", picture.size, "white")
        paper.alpha_composite(picture)
        picture = paper
    picture = picture.convert("RGB")
    picture.thumbnail((_LONGEST, _LONGEST))
    scale = picture.width / width
    picture.getexif().update(opened.getexif())
    return ImageOps.exif_transpose(picture), scale


def _too_large(limits: Limits) -> UnreadableDocument:
    return UnreadableDocument(
        "too-large", f"the picture has more than {limits.max_pixels} pixels; reduce it or raise max_pixels"
    )
