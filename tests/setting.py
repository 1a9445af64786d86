"""Sets texts in glyphs by hand, for the tests of the steps from glyphs to text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

from mglabel.documents.pdf.columns import Row
from mglabel.documents.pdf.glyphs import Glyph
from mglabel.documents.pdf.lines import lines_of
from mglabel.documents.pdf.words import Segment, segments_of

WIDTH, BLANK, DESCENT = 0.5, 0.3, 0.2
"""How wide each glyph and each blank is, and how deep below its baseline a glyph reaches, in sizes."""


class Setter:
    """A page that glyphs are set on, in the order in which they are drawn."""

    def __init__(self) -> None:
        self.glyphs: list[Glyph] = []
        self._orders = count()

    def text(
        self, text: str, x: float = 50, y: float = 100, size: float = 10, *, track: float = 0, blanks: bool = False
    ) -> float:
        """Set a text from `x` on the baseline `y`; the place behind it. `track` is put between glyphs."""
        for letter in text:
            if letter.isspace() and not blanks:
                x += BLANK * size + track
                continue
            right = x + (BLANK if letter.isspace() else WIDTH) * size
            self.glyph(letter, x, right, y, size)
            x = right + track
        return x

    def glyph(self, text: str, left: float, right: float, y: float, size: float) -> None:
        """Set one glyph."""
        top, bottom = y - (1 - DESCENT) * size, y + DESCENT * size
        box = (left, top, right, bottom)
        self.glyphs.append(Glyph(text, *box, y, size, next(self._orders), box))

    def rows(self, rows: Sequence[Sequence[str]], columns: Sequence[float], leading: float = 14) -> None:
        """Set rows of cells at columns, row by row; an empty cell sets nothing."""
        for at, row in enumerate(rows):
            for x, cell in zip(columns, row, strict=False):
                self.text(cell, x, 100 + at * leading)

    @property
    def lines(self) -> list[str]:
        """The lines that are read of it."""
        return ["".join(glyph.text for glyph in line.glyphs) for line in lines_of(self.glyphs)]

    @property
    def read(self) -> list[Row]:
        """The rows of segments that are read of it."""
        return [tuple(segments_of(line)) for line in lines_of(self.glyphs)]


def texts(rows: Sequence[Row]) -> list[list[str]]:
    """Rows of segments as texts."""
    return [[segment.text for segment in row] for row in rows]


def set_rows(rows: Sequence[Sequence[str]], columns: Sequence[float], leading: float = 14) -> list[Row]:
    """Rows of cells as they are read after being set."""
    page = Setter()
    page.rows(rows, columns, leading)
    return page.read


def a_segment(text: str, x: float = 50, y: float = 100, size: float = 10) -> Segment:
    """One segment."""
    page = Setter()
    page.text(text, x, y, size)
    return page.read[0][0]
