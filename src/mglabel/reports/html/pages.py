"""The pages of a PDF, or a picture of a label, with the notes' boxes over them, as plain values for the template."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import NamedTuple

from mglabel.documents.isolation import run_isolated
from mglabel.documents.limits import Limits
from mglabel.documents.page_pictures import Picture, page_pictures
from mglabel.reports.html.notes import Note
from mglabel.values.errors import UnreadableDocument
from mglabel.values.evidence import Box

MOST_PAGES = 12
"""More pages than this are counted but not shown: the file must stay one that can be sent."""
_OUTSET = 1.5


class Placed(NamedTuple):
    """One box of a note on a page, in points; `first` is the one that its number stands at."""

    note: Note
    left: float
    top: float
    width: float
    height: float
    first: bool


class Page(NamedTuple):
    """One page with its picture as a data URI and the boxes on it, larger ones first."""

    number: int
    uri: str
    width: float
    height: float
    boxes: tuple[Placed, ...]


def pages_of(
    notes: Sequence[Note], data: bytes, password: str | None = None, limits: Limits | None = None
) -> tuple[list[Page], int]:
    """The pages of a PDF that notes stand on, and how many of those were left out; none where it cannot be drawn."""
    numbers = sorted({note.piece.page for note in notes if note.piece.page is not None and note.piece.boxes})
    shown = numbers[:MOST_PAGES]
    if not shown:
        return [], 0
    limits = limits or Limits()
    try:
        pictures = run_isolated(page_pictures, data, shown, password, limits, limits=limits)
    except UnreadableDocument:
        return [], len(numbers)
    return [_page(picture, notes) for picture in pictures], len(numbers) - len(pictures)


def _page(picture: Picture, notes: Sequence[Note]) -> Page:
    uri = f"data:{picture.media};base64,{base64.b64encode(picture.data).decode()}"
    boxes = [
        _placed(note, box, not at)
        for note in notes
        if note.piece.page == picture.page
        for at, box in enumerate(note.piece.boxes or ())
    ]
    ordered = tuple(sorted(boxes, key=lambda box: -box.width * box.height))
    return Page(picture.page, uri, round(picture.width, 1), round(picture.height, 1), ordered)


def _placed(note: Note, box: Box, first: bool) -> Placed:
    left, top, right, bottom = box
    width, height = right - left + 2 * _OUTSET, bottom - top + 2 * _OUTSET
    return Placed(note, round(left - _OUTSET, 1), round(top - _OUTSET, 1), round(width, 1), round(height, 1), first)
