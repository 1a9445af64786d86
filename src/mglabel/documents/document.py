"""What an input was read into: its text in reading order, with a way back from every character to its origin.

Plain text is its own origin; HTML characters come from elements, PDF characters from boxes on pages.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from math import isnan
from typing import NamedTuple

import msgspec

from mglabel.values.evidence import Box, Evidence, Span
from mglabel.values.results import Trouble

_SIDES = 4


class Element(msgspec.Struct, frozen=True):
    """The characters from `start` up to the next element come from the HTML element at `path`, a CSS selector."""

    start: int
    path: str


class PageText(msgspec.Struct, frozen=True):
    """The text of one page starts at `start` and runs up to that of the next; pages count from 1.

    `boxes` holds four numbers a character: left, top, right and bottom in PDF points from the top left of the page
    as shown, in pixels where the input is a picture; not-a-number for a character that was put in, as a line break is.
    """

    number: int
    start: int
    boxes: array[float]


class Heading(NamedTuple):
    """A line that the layout sets as a heading; rank 1 is that of the largest ones."""

    start: int
    end: int
    rank: int


class Document(msgspec.Struct, frozen=True):
    """The text of one input, what kind it was, where its characters come from and what went wrong in reading it.

    >>> Document("Magnesium 100 mg").evidence([Span(0, 9)])
    (Evidence(start=0, end=9, text='Magnesium', page=None, boxes=None, path=None),)
    """

    text: str
    kind: str = "text"
    """text, html, pdf or image."""
    elements: tuple[Element, ...] = ()
    pages: tuple[PageText, ...] = ()
    headings: tuple[Heading, ...] = ()
    """In the order of the text."""
    troubles: tuple[Trouble, ...] = ()

    @property
    def page_numbers(self) -> tuple[int, ...] | None:
        """The pages that were read, None where the input has no pages."""
        return tuple(page.number for page in self.pages) or None

    def evidence(self, spans: Iterable[Span]) -> tuple[Evidence, ...]:
        """Pieces of the text with where they stand: page and boxes, or the element's path."""
        if self.pages:
            return tuple(self._on_page(*span) for span in spans)
        if self.elements:
            return tuple(self._in_element(*span) for span in spans)
        return tuple(Evidence(start, end, self.text[start:end]) for start, end in spans)

    def part(self, start: int, end: int) -> Document:
        """The document of a stretch of the text; what went wrong on pages that it does not touch is left out."""
        pages = tuple(_page_part(page, following, start, end) for page, following in self._page_ends())
        numbers = {page.number for page in pages if page is not None}
        elements = [e for e in self.elements if start < e.start < end]
        if self.elements and (not elements or elements[0].start > start):
            first = self.elements[max(bisect_right(self.elements, start, key=lambda e: e.start) - 1, 0)]
            elements.insert(0, Element(start, first.path))
        return Document(
            text=self.text[start:end],
            kind=self.kind,
            elements=tuple(Element(e.start - start, e.path) for e in elements),
            pages=tuple(page for page in pages if page is not None),
            headings=tuple(
                Heading(h.start - start, h.end - start, h.rank) for h in self.headings if start <= h.start < end
            ),
            troubles=tuple(t for t in self.troubles if _touches(t, numbers)),
        )

    def _page_ends(self) -> Iterator[tuple[PageText, int]]:
        """Every page with where the next one starts."""
        ends = [page.start for page in self.pages[1:]]
        return zip(self.pages, [*ends, len(self.text)], strict=False)

    def _in_element(self, start: int, end: int) -> Evidence:
        at = bisect_right(self.elements, start, key=lambda element: element.start) - 1
        return Evidence(start, end, self.text[start:end], path=self.elements[max(at, 0)].path)

    def _on_page(self, start: int, end: int) -> Evidence:
        at = bisect_right(self.pages, start, key=lambda page: page.start) - 1
        page = self.pages[max(at, 0)]
        boxes = tuple(_merged(_boxes(page, start, end)))
        return Evidence(start, end, self.text[start:end], page=page.number, boxes=boxes)


def _page_part(page: PageText, page_end: int, start: int, end: int) -> PageText | None:
    """What a stretch holds of a page, None where it holds nothing."""
    first, last = max(page.start, start), min(page_end, end)
    if first >= last:
        return None
    held = page.boxes[(first - page.start) * _SIDES : (last - page.start) * _SIDES]
    return PageText(page.number, first - start, held)


def _touches(trouble: Trouble, numbers: set[int]) -> bool:
    """Whether a trouble is about the whole document or about one of these pages, or one between them."""
    pages = trouble.params.get("pages") or ()
    return not pages or not numbers or any(min(numbers) <= int(page) <= max(numbers) for page in pages)


def _boxes(page: PageText, start: int, end: int) -> Iterator[Box]:
    """The box of every character of a stretch that stands on the page."""
    for at in range((start - page.start) * _SIDES, min((end - page.start) * _SIDES, len(page.boxes)), _SIDES):
        left, top, right, bottom = page.boxes[at : at + _SIDES]
        if not isnan(left):
            yield left, top, right, bottom


def _merged(boxes: Iterable[Box]) -> Iterator[Box]:
    """The boxes of one stretch of text with those of neighbours in a line joined, to a tenth of a point."""
    whole = last = None
    for box in boxes:
        if whole is None or last is None:
            whole = last = box
        elif _neighbours(last, box):
            whole = (min(whole[0], box[0]), min(whole[1], box[1]), max(whole[2], box[2]), max(whole[3], box[3]))
            last = box
        else:
            yield _rounded(whole)
            whole = last = box
    if whole is not None:
        yield _rounded(whole)


def _neighbours(one: Box, other: Box) -> bool:
    """Whether a character follows another along a line, whichever way the line runs on the page."""
    across = _gap(one[0], one[2], other[0], other[2])
    down = _gap(one[1], one[3], other[1], other[3])
    near = max(one[2] - one[0], one[3] - one[1], other[2] - other[0], other[3] - other[1])
    return min(across, down) < 0 and max(across, down) <= near


def _gap(low: float, high: float, other_low: float, other_high: float) -> float:
    """How far two stretches are apart; negative by how much they overlap."""
    return max(low, other_low) - min(high, other_high)


def _rounded(box: Box) -> Box:
    left, top, right, bottom = box
    return round(left, 1), round(top, 1), round(right, 1), round(bottom, 1)
