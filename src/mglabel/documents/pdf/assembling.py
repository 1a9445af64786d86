"""The pages of a file, however each was read, as one Document."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from typing import Protocol

from mglabel.documents.document import Document, Heading, PageText


class ReadPage(Protocol):
    """What was read on a page."""

    @property
    def text(self) -> str: ...  # noqa: D102

    @property
    def boxes(self) -> array[float]: ...  # noqa: D102

    @property
    def headings(self) -> tuple[tuple[int, int, float], ...]:
        """Start, end and size of type."""


def assembled(readings: Mapping[int, ReadPage], kind: str) -> Document:
    """The pages one after the other, by their numbers."""
    parts: list[str] = []
    pages: list[PageText] = []
    headings: list[Heading] = []
    sizes = sorted({round(size) for reading in readings.values() for *_, size in reading.headings}, reverse=True)
    length = 0
    for number, reading in readings.items():
        if not reading.text:
            continue
        if parts:
            parts.append("\n\n")
            length += 2
        pages.append(PageText(number, length, reading.boxes))
        headings.extend(
            Heading(length + start, length + end, sizes.index(round(size)) + 1) for start, end, size in reading.headings
        )
        parts.append(reading.text)
        length += len(reading.text)
    return Document("".join(parts), kind, pages=tuple(pages), headings=tuple(headings))
