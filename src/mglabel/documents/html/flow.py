"""Runs of characters put together as lines: white space as a browser shows it, marks set above the line, cell gaps.

A line is a list of pieces, each with the path of the element that it comes from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from mglabel.documents.document import Element
from mglabel.values.evidence import Span

_INVISIBLE = {
    **dict.fromkeys(range(0x20)),
    **dict.fromkeys(range(0x7F, 0xA0)),
    **dict.fromkeys(map(ord, "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")),
    **dict.fromkeys((*range(0x202A, 0x202F), *range(0x2061, 0x206A))),
    **dict.fromkeys(map(ord, "\t\n\r\f\v\u0085\u2028\u2029"), " "),
}
"""What a reader does not see: soft hyphens, zero widths, direction marks and controls."""

_AS_SET = {**_INVISIBLE, 0x09: "\t", 0x0A: "\n", 0x0D: "\n"}
_WIDE = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_SPACES = re.compile(f"[ {_WIDE}]+")
_NOT_WIDE = re.compile(f"[^{_WIDE}]+")
_BLANKS = re.compile(r"(?:\n[ \t]*+){3,}")
_COLUMN_GAP = 3
"""So many spaces that do not collapse are set to keep columns apart."""

_MARK = re.compile(r"[\d+\-−–()=,.;\s*†‡§#]{1,8}")
_RAISED = str.maketrans("0123456789+-−–=(),;", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾  ")
_SIGNS = {"TM": "™", "tm": "™", "SM": "℠", "R": "®", "(R)": "®"}
_WORD_END = 2
"""A letter alone belongs to the number behind it: B 12, D 3."""

_WORD_OUT = re.compile(r"(?<![A-Z])[a-zà-öø-ÿ]{2}\Z|%\Z")
_WORD_IN = re.compile(r"\d|[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]")
"""Letters and a number or a capital where one element ends and another begins: nobody splits a word or number there."""

_LAST_WORD = re.compile(r"[^\W\d_]+\Z")


class Piece(NamedTuple):
    """Characters that come from the element at `path`."""

    text: str
    path: str


class Line:
    """One line; `heading` tells whether the page sets it as a heading."""

    __slots__ = ("heading", "pieces")

    def __init__(self, pieces: Iterable[Piece] = (), heading: bool = False) -> None:
        self.pieces = list(pieces)
        self.heading = heading

    @property
    def text(self) -> str:
        """The characters of the line."""
        return "".join(piece.text for piece in self.pieces)

    def append(self, mark: str, other: Line) -> None:
        """Set another line behind this one, parted by a mark that counts as this one's."""
        if self.pieces:
            self.pieces[-1] = Piece(self.pieces[-1].text + mark, self.pieces[-1].path)
        elif other.pieces:
            self.pieces.append(Piece(mark, other.pieces[0].path))
        self.pieces += other.pieces


class Flow:
    """Text as it flows into a block, a cell or a page."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._line = Line()
        self._gap = ""

    def add(self, text: str, path: str, heading: bool = False, breaks: bool = False) -> None:
        """Add characters of an element; `breaks` tells whether its line ends and spaces are shown as they stand."""
        if not breaks:
            self._add(_SPACES.sub(_collapsed, text.translate(_INVISIBLE)), path, heading)
            return
        shown = _BLANKS.sub("\n\n\n", text.replace("\r\n", "\n").translate(_AS_SET))
        for at, line in enumerate(shown.split("\n")):
            if at:
                self.end_line(shown=True)
            self._add(_SPACES.sub(lambda run: " " * len(run[0]), line), path, heading)

    def _add(self, text: str, path: str, heading: bool) -> None:
        bare = text.strip(" \t")
        self.gap(text[: len(text) - len(text.lstrip(" \t"))] if bare else text)
        if not bare:
            return
        if self._line.pieces:
            last = self._line.pieces[-1]
            if not self._gap and last.path != path and _WORD_OUT.search(last.text) and _WORD_IN.match(bare):
                self._gap = " "
            if self._gap:
                self._line.pieces[-1] = Piece(last.text + self._gap, last.path)
        self._gap = text[len(text.rstrip(" \t")) :]
        self._line.pieces.append(Piece(bare, path))
        self._line.heading = self._line.heading or heading

    def raised(self, text: str, path: str, heading: bool = False) -> None:
        """Add what stands above the line: a mark that never becomes part of a number or a unit."""
        bare = " ".join(text.translate(_INVISIBLE).split())
        before = self._last()
        if bare in _SIGNS:
            bare = _SIGNS[bare]
        elif _MARK.fullmatch(bare):
            bare = bare.translate(_RAISED).strip()
        elif bare[:1].isalpha() and before.isalpha():
            self.gap()
        self.add(bare, path, heading)

    def seam(self, text: str) -> None:
        """Part two elements that stand side by side like cells, unless one goes on with the other's word or number."""
        line = self._line.pieces
        after = text.translate(_INVISIBLE)[:1]
        if self._gap or not line or not after:
            return
        before = line[-1].text
        word = _LAST_WORD.search(before[-_WORD_END:])
        ended = before[-1] in ")%:" or (word is not None and len(word[0]) == _WORD_END)
        if ended and (after.isdigit() or (after.isupper() and not before[-1].isupper())):
            self._gap = "\t"

    def gap(self, spaces: str = " ") -> None:
        """White space, shown only if characters stand on both sides of it."""
        if spaces and self._line.pieces and "\t" not in self._gap and len(spaces) >= len(self._gap):
            self._gap = spaces

    def end_line(self, shown: bool = False) -> None:
        """End the line; an empty line is kept only where a break is `shown` as in `<br>`."""
        if self._line.pieces or shown:
            self.lines.append(self._line)
            self._line = Line()
        self._gap = ""

    def extend(self, lines: Iterable[Line]) -> None:
        """Add whole lines."""
        self.end_line()
        self.lines.extend(lines)

    def ended(self) -> list[Line]:
        """All lines."""
        self.end_line()
        return self.lines

    def _last(self) -> str:
        """The character directly before, empty where white space or nothing is."""
        return self._line.pieces[-1].text[-1:] if self._line.pieces and not self._gap else ""


def _collapsed(run: re.Match[str]) -> str:
    """One space, or a cell's gap where spaces that do not collapse keep columns apart."""
    return "\t" if len(run[0]) >= _COLUMN_GAP and len(_NOT_WIDE.sub("", run[0])) >= _COLUMN_GAP - 1 else " "


class Assembled(NamedTuple):
    """Lines as one text, with where each element's characters begin and where the headings stand."""

    text: str
    elements: tuple[Element, ...]
    headings: tuple[Span, ...]


def assembled(lines: Iterable[Line]) -> Assembled:
    """The lines one below the other, empty ones left out.

    >>> assembled([Line([Piece("Magnesium", "h1")], heading=True), Line(), Line([Piece("375 mg", "p")])])
    Assembled(text='Magnesium\\n375 mg', elements=(Element(start=0, path='h1'), Element(start=10, path='p')), \
headings=(Span(start=0, end=9),))
    """
    texts: list[str] = []
    elements: list[Element] = []
    headings: list[Span] = []
    at = 0
    for line in lines:
        start = at + bool(texts)
        if not line.text.strip():
            continue
        if texts:
            texts.append("\n")
        at = start
        for piece in line.pieces:
            if piece.text and (not elements or elements[-1].path != piece.path):
                elements.append(Element(at, piece.path))
            texts.append(piece.text)
            at += len(piece.text)
        if line.heading:
            headings.append(Span(start, at))
    return Assembled("".join(texts), tuple(elements), tuple(headings))
