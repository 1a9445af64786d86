"""Markup that was left in a plain text: HTML's tags as breaks or nothing, its character references as what they stand
for, Markdown's marks of bold letters as nothing.

The texts of shops' tables are often pieces of a page. A range written "2&ndash;3" must not be read as a 3.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

from mglabel.documents.html.tags import CELLS, INLINES, LINES

_REFERENCE = r"&(?:amp;)?(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,24});"
_ATTRIBUTES = r"(?:[\s/][^<>]{0,500})?"
_BOLD = (
    r"(?<![^\s(\[\"'“„»>:;,.|/–-])\*\*"
    r"(?=[^\s*](?:[^*\n]{0,300}[^\s*])?(?P<closing>\*\*)(?![^\s)\]\"'”“«<:;,.!?|/–-]))"
)
"""Two asterisks before the first letter, with two behind the last one: those of footnotes come behind only."""

_MARKUP = re.compile(
    rf"(?P<reference>{_REFERENCE})"
    rf"|(?P<line>\s{{0,20}}(?:</?(?:{LINES}){_ATTRIBUTES}>\s{{0,20}}){{1,50}})"
    rf"|(?P<cell><(?:{CELLS}){_ATTRIBUTES}>)|</?(?:{INLINES}|{CELLS}){_ATTRIBUTES}>"
    rf"|(?P<bold>{_BOLD})|(?P<mark>\*\*)",
    re.ASCII | re.IGNORECASE,
)
"""Block tags end a line, however many stand together, with the white space of the page's source among them."""


class _Piece(NamedTuple):
    """Characters of the text as given that were kept, or in the place of which others stand."""

    start: int
    end: int
    kept: bool


class Unmarked(NamedTuple):
    """A text without markup, and the pieces of the text as given that it was put together from."""

    text: str
    begins: tuple[int, ...] = ()
    """Where each piece begins in this text."""
    pieces: tuple[_Piece, ...] = ()

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where a piece of this text, of one character or more, stands in the text as given."""
        if not self.pieces:
            return start, end
        first, last = bisect_right(self.begins, start) - 1, bisect_right(self.begins, end - 1) - 1
        one, other = self.pieces[first], self.pieces[last]
        return (
            one.start + (start - self.begins[first] if one.kept else 0),
            other.start + end - self.begins[last] if other.kept else other.end,
        )


def without_markup(text: str) -> Unmarked:
    """The text without tags and references, with the places that its characters had; in time linear in its length.

    >>> without_markup("Take 2&ndash;3<br>a day").text
    'Take 2–3\\na day'
    >>> without_markup("**Dose:** 2 a day").text
    'Dose: 2 a day'
    >>> without_markup("Fat <1 g & salt**").pieces
    ()
    """
    if "&" not in text and "<" not in text and "**" not in text:
        return Unmarked(text)
    parts: list[str] = []
    pieces: list[_Piece] = []
    done = 0
    for start, end, instead in _found(text):
        for part, piece in ((text[done:start], _Piece(done, start, True)), (instead, _Piece(start, end, False))):
            if part:
                parts.append(part)
                pieces.append(piece)
        done = end
    if not done:
        return Unmarked(text)
    parts.append(text[done:])
    pieces.append(_Piece(done, len(text), True))
    begins = tuple(accumulate(map(len, parts[:-1]), initial=0))
    return Unmarked("".join(parts), begins, tuple(pieces))


def _found(text: str) -> Iterator[tuple[int, int, str]]:
    """Where markup begins and ends, and what stands for it."""
    closing = -1
    for match in _MARKUP.finditer(text):
        if match["bold"]:
            closing = match.start("closing")
        start, end = match.span()
        instead = match[0] if match["mark"] and start != closing else _meaning(match)
        if instead != match[0]:
            yield start, end, instead


def _meaning(match: re.Match[str]) -> str:
    """What stands for a tag or a reference; a reference that HTML does not know stays as it is."""
    if match["reference"]:
        return html.unescape(html.unescape(match[0]))
    return "\t" if match["cell"] else "\n" if match["line"] else ""
