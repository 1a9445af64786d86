"""What an input was read into: its text in reading order, with a way back from every character to its origin.

Plain text is its own origin; HTML characters come from elements, PDF characters from boxes on pages.
"""

from __future__ import annotations

from array import array

import msgspec

from mglabel.values.evidence import Span
from mglabel.values.results import Trouble


class Element(msgspec.Struct, frozen=True):
    """The characters from `start` up to the next element come from the HTML element at `path`."""

    start: int
    path: str


class PageText(msgspec.Struct, frozen=True):
    """The text of one page starts at `start` and runs up to that of the next; pages count from 1.

    `boxes` holds four numbers a character: left, top, right and bottom in PDF points from the top left of the page
    as shown; not-a-number for a character that was put in, such as a line break.
    """

    number: int
    start: int
    boxes: array[float]


class Document(msgspec.Struct, frozen=True):
    """The text of one input, what kind it was, where its characters come from and what went wrong in reading it."""

    text: str
    kind: str = "text"
    """text, html, pdf or image."""
    elements: tuple[Element, ...] = ()
    pages: tuple[PageText, ...] = ()
    headings: tuple[Span, ...] = ()
    """Lines that the layout sets as headings, in the order of the text."""
    troubles: tuple[Trouble, ...] = ()
