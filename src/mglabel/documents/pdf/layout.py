"""From lines of glyphs to text in reading order, whatever found the glyphs: words, columns, whole rows, text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mglabel.documents.pdf.columns import Row, in_reading_order
from mglabel.documents.pdf.glyphs import Glyph
from mglabel.documents.pdf.lines import Line
from mglabel.documents.pdf.rows import whole_rows
from mglabel.documents.pdf.words import Segment, segments_of
from mglabel.documents.pdf.writing import PageWriter

_HEADING = 1.2
"""A row set so many times as large as most of the page's type is a heading."""


def layout_of(regions: Iterable[Sequence[Row]], usual: float, has_stream: bool = True) -> PageWriter:
    """The text of a page, the rows of one direction of its text after those of the other.

    `usual` is the size of most of the page's type; `has_stream` says whether the order of the glyphs means anything.
    """
    writer = PageWriter()
    for region in regions:
        for block in in_reading_order(region, has_stream=has_stream):
            rows = [cells for cells in whole_rows(block) if any(cells)]
            writer.begin_block(rows)
            for cells in rows:
                size = min((word.size for cell in cells for word in cell), default=0.0)
                writer.row(cells, heading=size if size >= _HEADING * usual else 0.0)
    return writer


def usual_size(directions: Iterable[Sequence[Glyph]]) -> float:
    """The size of most type, 0 where there is none."""
    sizes = sorted(glyph.size for direction in directions for glyph in direction)
    return sizes[len(sizes) // 2] if sizes else 0.0


def rows_of(lines: Sequence[Sequence[Line]], tables: Sequence[Segment] = ()) -> list[Row]:
    """The rows of lines and tables from the top down."""
    by_row = (tuple(segment for line in row for segment in segments_of(line)) for row in lines)
    rows: list[Row] = [segments for segments in by_row if segments]
    rows.extend((table,) for table in tables)
    return sorted(rows, key=lambda row: row[0].baseline - row[0].size)
