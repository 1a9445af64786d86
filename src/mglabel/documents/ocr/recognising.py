"""One picture of a page: from its pixels to its text in reading order, and whether its digits can be trusted."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, NamedTuple

from mglabel.documents.ocr.doubts import is_any_doubtful
from mglabel.documents.ocr.finding import lines_in
from mglabel.documents.ocr.lettering import lines_of_glyphs
from mglabel.documents.ocr.models import models
from mglabel.documents.pdf.layout import layout_of, rows_of, usual_size

if TYPE_CHECKING:
    from PIL.Image import Image


class Recognised(NamedTuple):
    """What was recognised in a picture."""

    text: str
    boxes: array[float]
    headings: tuple[tuple[int, int, float], ...]
    """Start, end and size of type."""
    illegible: bool
    """Whether letters that numbers hang on may well be others."""


def recognise(picture: Image, scale: float = 1.0) -> Recognised:
    """Read a picture; its boxes are pixels divided by `scale`."""
    found = lines_in(picture, models())
    directions = lines_of_glyphs(found, scale)
    usual = usual_size([line.glyphs for rows in directions for row in rows for line in row])
    writer = layout_of(map(rows_of, directions), usual, has_stream=False)
    return Recognised(
        text=writer.text.rstrip("\n"),
        boxes=writer.boxes,
        headings=tuple(writer.headings),
        illegible=is_any_doubtful(found, models()),
    )
