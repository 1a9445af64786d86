"""Rows of words written as text: cells parted by tabs, rows by line breaks, with the box of every character.

Words that a line end breaks with a hyphen are joined.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from math import nan

from mglabel.documents.pdf.rows import Cells
from mglabel.documents.pdf.words import Word

_NOWHERE = (nan, nan, nan, nan)
_ALWAYS = ("\u00ad", "\u2010")
"""Hyphens that only a line end makes; the ordinary one is a line end's only before a small letter."""
_TIGHT, _ALIKE = 1.7, 0.1
"""Lines of one paragraph are at most so many sizes apart, and of sizes that differ by no more than this share."""
_SPACE = 0.2
_STOPS = ".:;!?"


class PageWriter:
    """The text of one page as it grows, and the boxes of its characters."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self.boxes: array[float] = array("f")
        self._length = 0
        self._last: Word | None = None
        self._cells: Cells = ()
        self._margins: dict[tuple[int, int], float] = {}
        self.headings: list[tuple[int, int, float]] = []
        """Where each heading begins and ends, and the size of its type."""

    @property
    def text(self) -> str:
        """What was written so far."""
        return "".join(self._parts)

    def row(self, cells: Cells, heading: float = 0.0) -> None:
        """Write a row: on a line of its own, unless it goes on with a paragraph that only the margin has broken.

        `heading` is the size of its type where it is a heading.
        """
        cells = tuple(cells)
        if not any(cells):
            return
        first = next(cell for cell in cells if cell)[0]
        if self._last is not None and len(cells) == 1 and _broken(self._last, first):
            self._take_back_hyphen()
        elif self._last is not None and self._goes_on(self._last, cells):
            if not _hyphenated(self._last, first):
                self._mark(" ")
        elif self._parts:
            self._mark("\n")
        start = self._length
        for at, cell in enumerate(cells):
            if at:
                self._mark("\t")
            self._words(cell)
        self._cells = cells
        if heading:
            self.headings.append((start, self._length, heading))

    def _goes_on(self, last: Word, cells: Cells) -> bool:
        """Whether a row is the next line of a paragraph: the line before it had no room for its first word."""
        if len(cells) > 1 or len(self._cells) > 1:
            return False
        first, above = cells[0][0], self._cells[0][0]
        size = last.size
        if abs(first.left - above.left) > size:
            return False
        if abs(first.size - size) > _ALIKE * size:
            return False
        if not size / 2 < first.glyphs[0].baseline - last.glyphs[-1].baseline <= _TIGHT * size:
            return False
        if _must_follow(self._cells[0], first.text):
            return True
        full = last.right + _SPACE * size + (first.right - first.left) > self._margins[_column(first)]
        return full and _may_follow(self._cells[0], first.text)

    def begin_block(self, rows: Sequence[Cells]) -> None:
        """Begin a block of rows; an empty line parts it from the one before."""
        self._margins = _margins(rows)
        if self._parts:
            self._mark("\n")
        self._last = None

    def _words(self, words: Sequence[Word]) -> None:
        for word in words:
            if self._last is not None and word is not words[0]:
                other_line = _on_other_line(self._last, word)
                if other_line and _broken(self._last, word):
                    self._take_back_hyphen()
                elif not (other_line and _hyphenated(self._last, word)):
                    self._mark(" ")
            self._parts.append(word.text)
            self._length += len(word.text)
            for glyph in word.glyphs:
                self.boxes.extend(glyph.box)
            self._last = word

    def _mark(self, mark: str) -> None:
        self._parts.append(mark)
        self._length += 1
        self.boxes.extend(_NOWHERE)

    def _take_back_hyphen(self) -> None:
        self._parts[-1] = self._parts[-1][:-1]
        self._length -= 1
        del self.boxes[-4:]


def _column(word: Word) -> tuple[int, int]:
    """The column of text that a line which begins with a word belongs to: the size of its type and its left edge."""
    return round(word.size), round(word.left / word.size)


def _margins(rows: Sequence[Cells]) -> dict[tuple[int, int], float]:
    """How far to the right the lines of each column of text reach."""
    reach: dict[tuple[int, int], float] = {}
    for cells in rows:
        words = [word for cell in cells for word in cell]
        column = _column(words[0])
        reach[column] = max(reach.get(column, 0.0), *(word.right for word in words))
    return {
        (size, left): max(reach.get((size, near), 0.0) for near in (left - 1, left, left + 1)) for size, left in reach
    }


def _must_follow(line: Sequence[Word], next_word: str) -> bool:
    """Whether a line is not over: no stop, no amount at its end, and the next begins as no new matter would."""
    goes_on = next_word[0].islower() or next_word[0].isdigit()
    return goes_on and line[-1].text[-1] not in _STOPS and not _has_amount(line[-1:])


def _may_follow(line: Sequence[Word], next_word: str) -> bool:
    """Whether a word may go on with a full line: one that ends with an amount, before no small letter, is a row."""
    return next_word[0].islower() or (next_word[0].isalnum() and not _has_amount(line[-2:]))


def _has_amount(words: Sequence[Word]) -> bool:
    return any(any(c.isdigit() or c == "%" for c in word.text) for word in words)


def _broken(before: Word, after: Word) -> bool:
    """Whether a word goes on behind a hyphen at a line end."""
    if len(before.text) < 2 or not after.text[0].isalpha():
        return False
    if before.text[-1] in _ALWAYS:
        return True
    return before.text[-1] == "-" and before.text[-2].isalpha() and after.text[0].islower()


def _hyphenated(before: Word, after: Word) -> bool:
    """Whether a word goes on behind a hyphen of its own that only happens to stand at a line end."""
    return len(before.text) > 1 and before.text[-1] == "-" and before.text[-2].isalnum() and after.text[0].isalnum()


def _on_other_line(before: Word, after: Word) -> bool:
    return abs(after.glyphs[0].baseline - before.glyphs[-1].baseline) > after.size / 2
