"""One page: from its glyphs to its text in reading order, and what speaks against trusting it.

The steps in order: glyphs inside the page, by direction; ruled tables; lines; words; columns; whole rows; text.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from mglabel.documents.limits import Limits
from mglabel.documents.pdf.columns import Row
from mglabel.documents.pdf.contents import is_cut, writes_invisibly
from mglabel.documents.pdf.directions import PageGlyphs, page_glyphs
from mglabel.documents.pdf.glyphs import UNMAPPED, Glyph, overprinted
from mglabel.documents.pdf.layout import layout_of, rows_of, usual_size
from mglabel.documents.pdf.lines import Line, lines_of
from mglabel.documents.pdf.objects import PageObjects, page_objects
from mglabel.documents.pdf.tables import tables_of
from mglabel.documents.pdf.turned_heads import heads_turned
from mglabel.documents.pdf.visibility import Picture, drawn_over, hidden

if TYPE_CHECKING:
    from pdfplumber.page import Page

    from mglabel.documents.ocr.recognising import Recognised

OUTLINES = 200
_OVERPRINTED = 0.02
_COVERS = 0.8
_MISMAPPED = re.compile("[a-z\u00df-\u00ff]\\S?[\u2e80-\ud7ff]\\S?[a-z\u00df-\u00ff]")
"""An ideograph between small letters: the font's own map to characters is wrong."""


class PageReading(NamedTuple):
    """What was read on a page."""

    text: str
    boxes: array[float]
    headings: tuple[tuple[int, int, float], ...]
    """Start, end and size of type."""
    unseen: str
    """Text that stands outside the page as shown, or that cannot be seen on it."""
    cut: bool
    """Whether a part of what the page draws is missing."""
    recognised: bool
    """Whether the text was recognised in a picture, here or by what laid it unseen over or under one."""
    unmapped_words: int
    """Words with a glyph that no character, or a wrong one, is known for."""
    words: int
    overprinted: bool
    """Whether text lies over other text, or some may be hidden and the page cannot be drawn to see it."""
    picture: bool
    """Whether a picture covers most of the page."""
    curves: int
    illegible: bool = False
    """Whether letters were recognised that may well be others."""


def with_recognised(reading: PageReading, found: Recognised) -> PageReading:
    """The reading of a page with what was recognised in its picture in the place of what its glyphs gave."""
    return reading._replace(
        text=found.text,
        boxes=found.boxes,
        headings=found.headings,
        recognised=True,
        illegible=found.illegible,
        unmapped_words=0,
        words=len(found.text.split()),
        overprinted=False,
        picture=False,
        curves=0,
    )


def read_page(page: Page, limits: Limits, picture: Picture) -> PageReading:
    """Read a page; its text is empty where it has no glyphs. `picture` draws it, where something seems to be hidden."""
    cut = is_cut(page)
    objects = page_objects(page, limits)
    all_glyphs = page_glyphs(objects)
    found = hidden(objects, all_glyphs.glyphs, picture)
    unseen = found or set()
    glyphs = all_glyphs.without(unseen)
    writer = layout_of(_regions(objects, glyphs, limits.max_edges), usual_size(glyphs.directions))
    covered = _is_covered(objects)
    words = writer.text.split()
    unmapped = [word for word in words if (UNMAPPED in word and len(word) > 1) or _MISMAPPED.search(word)]
    over = sum(len(overprinted(direction)) for direction in glyphs.directions)
    return PageReading(
        text=writer.text.rstrip("\n"),
        boxes=writer.boxes,
        headings=tuple(writer.headings),
        unseen=glyphs.outside + "\n" + _text_of(all_glyphs, unseen),
        cut=cut,
        recognised=covered and (writes_invisibly(page) or drawn_over(objects)),
        unmapped_words=len(unmapped),
        words=len(words),
        overprinted=found is None or over > _OVERPRINTED * sum(map(len, glyphs.directions)),
        picture=covered,
        curves=len(objects.shapes),
    )


def _regions(objects: PageObjects, glyphs: PageGlyphs, most_edges: int) -> Iterator[list[Row]]:
    """The rows of each direction of text, sideways heads put above the columns of the text that stands upright."""
    sideways = list(glyphs.directions)
    if sideways and glyphs.upright:
        tables, free = tables_of(objects, sideways.pop(0), most_edges)
        rows = rows_of(_each(free), tables)
        for at, direction in enumerate(sideways):
            rows, sideways[at] = heads_turned(rows, direction, objects.shown)
        yield rows
    for direction in sideways:
        yield rows_of(_each(direction))


def _each(glyphs: Sequence[Glyph]) -> list[tuple[Line]]:
    """The lines of glyphs, each a row of its own."""
    return [(line,) for line in lines_of(glyphs)]


def _text_of(glyphs: PageGlyphs, orders: set[int]) -> str:
    """Glyphs in some places of the stream as text."""
    ordered = sorted(glyphs.glyphs, key=lambda glyph: glyph.order)
    return "".join(glyph.text for glyph in ordered if glyph.order in orders)


def _is_covered(page: PageObjects) -> bool:
    """Whether one picture covers most of the page as shown."""
    left, top, right, bottom = page.shown
    for picture in page.pictures:
        x0, y0, x1, y1 = page.place(picture.item)
        width, height = min(right, x1) - max(left, x0), min(bottom, y1) - max(top, y0)
        if width > 0 and height > 0 and width * height > _COVERS * (right - left) * (bottom - top):
            return True
    return False
