"""One page: from its glyphs to its text in reading order, and what speaks against trusting it.

The steps in order: glyphs inside the page, by direction; ruled tables; lines; words; columns; whole rows; text.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from mglabel.documents.limits import Limits
from mglabel.documents.pdf.columns import Row, in_reading_order
from mglabel.documents.pdf.contents import is_cut, writes_invisibly
from mglabel.documents.pdf.directions import PageGlyphs, page_glyphs
from mglabel.documents.pdf.glyphs import UNMAPPED, Glyph, overprinted
from mglabel.documents.pdf.lines import lines_of
from mglabel.documents.pdf.objects import PageObjects, page_objects
from mglabel.documents.pdf.rows import whole_rows
from mglabel.documents.pdf.tables import tables_of
from mglabel.documents.pdf.visibility import Picture, drawn_over, hidden
from mglabel.documents.pdf.words import Segment, segments_of
from mglabel.documents.pdf.writing import PageWriter

if TYPE_CHECKING:
    from pdfplumber.page import Page

_HEADING = 1.2
"""A row set so many times as large as most of the page's type is a heading."""
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
    ocr_layer: bool
    """Whether the text lies unseen over or under a picture that covers the page."""
    unmapped_words: int
    """Words with a glyph that no character, or a wrong one, is known for."""
    words: int
    overprinted: bool
    """Whether text lies over other text, or some may be hidden and the page cannot be drawn to see it."""
    picture: bool
    """Whether a picture covers most of the page."""
    curves: int


def read_page(page: Page, limits: Limits, picture: Picture) -> PageReading:
    """Read a page; its text is empty where it has no glyphs. `picture` draws it, where something seems to be hidden."""
    cut = is_cut(page)
    objects = page_objects(page, limits)
    all_glyphs = page_glyphs(objects)
    unseen = hidden(objects, [g for direction in all_glyphs.directions for g in direction], picture)
    glyphs = all_glyphs.without(unseen or set())
    writer = PageWriter()
    usual = _usual_size([g for direction in glyphs.directions for g in direction])
    for at, direction in enumerate(glyphs.directions):
        tables, free = tables_of(objects, direction, limits.max_edges) if not at and glyphs.upright else ([], direction)
        for block in in_reading_order(_rows(free, tables)):
            rows = [cells for cells in whole_rows(block) if any(cells)]
            writer.begin_block(rows)
            for cells in rows:
                size = min((word.size for cell in cells for word in cell), default=0.0)
                writer.row(cells, heading=size if size >= _HEADING * usual else 0.0)
    covered = _is_covered(objects)
    words = writer.text.split()
    unmapped = [word for word in words if (UNMAPPED in word and len(word) > 1) or _MISMAPPED.search(word)]
    over = sum(len(overprinted(direction)) for direction in glyphs.directions)
    return PageReading(
        text=writer.text.rstrip("\n"),
        boxes=writer.boxes,
        headings=tuple(writer.headings),
        unseen=glyphs.outside + "\n" + _text_of(all_glyphs, unseen or set()),
        cut=cut,
        ocr_layer=covered and (writes_invisibly(page) or drawn_over(objects)),
        unmapped_words=len(unmapped),
        words=len(words),
        overprinted=unseen is None or over > _OVERPRINTED * sum(map(len, glyphs.directions)),
        picture=covered,
        curves=len(objects.shapes),
    )


def _usual_size(glyphs: Sequence[Glyph]) -> float:
    sizes = sorted(glyph.size for glyph in glyphs)
    return sizes[len(sizes) // 2] if sizes else 0.0


def _rows(glyphs: Sequence[Glyph], tables: Sequence[Segment]) -> list[Row]:
    """The rows of glyphs and tables from the top down."""
    rows: list[Row] = [tuple(segments) for line in lines_of(glyphs) if (segments := segments_of(line))]
    rows.extend((table,) for table in tables)
    return sorted(rows, key=lambda row: row[0].baseline - row[0].size)


def _text_of(glyphs: PageGlyphs, orders: set[int]) -> str:
    """Glyphs in some places of the stream as text."""
    parts = (glyphs.directions and [g for direction in glyphs.directions for g in direction]) or []
    return "".join(glyph.text for glyph in sorted(parts, key=lambda glyph: glyph.order) if glyph.order in orders)


def _is_covered(page: PageObjects) -> bool:
    """Whether one picture covers most of the page as shown."""
    left, top, right, bottom = page.shown
    for picture in page.pictures:
        x0, y0, x1, y1 = page.place(picture.item)
        width, height = min(right, x1) - max(left, x0), min(bottom, y1) - max(top, y0)
        if width > 0 and height > 0 and width * height > _COVERS * (right - left) * (bottom - top):
            return True
    return False
