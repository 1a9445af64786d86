"""The pages of a file, however each was read, as one Document."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from typing import Protocol

from mglabel.documents.document import Document, Heading, PageText

_ALIKE = 1.12
"""Sizes of headings whose largest is at most so many times the smallest are one, where they were measured."""


class ReadPage(Protocol):
    """What was read on a page."""

    @property
    def text(self) -> str: ...  # noqa: D102

    @property
    def boxes(self) -> array[float]: ...  # noqa: D102

    @property
    def headings(self) -> tuple[tuple[int, int, float], ...]:
        """Start, end and size of type."""


def assembled(readings: Mapping[int, ReadPage], kind: str, measured: bool) -> Document:
    """The pages one after the other, by their numbers; `measured` says that sizes of type are not exact."""
    parts: list[str] = []
    pages: list[PageText] = []
    headings: list[Heading] = []
    sizes = [size for reading in readings.values() for *_, size in reading.headings]
    ranks = _ranks(sizes) if measured else _ranks(map(round, sizes), alike=1.0)
    length = 0
    for number, reading in readings.items():
        if not reading.text:
            continue
        if parts:
            parts.append("\n\n")
            length += 2
        pages.append(PageText(number, length, reading.boxes))
        headings.extend(
            Heading(length + start, length + end, ranks[size if measured else round(size)])
            for start, end, size in reading.headings
        )
        parts.append(reading.text)
        length += len(reading.text)
    return Document("".join(parts), kind, pages=tuple(pages), headings=tuple(headings))


def _ranks(sizes: Iterable[float], alike: float = _ALIKE) -> dict[float, int]:
    """The rank of every size, from 1 for the largest."""
    ranks: dict[float, int] = {}
    rank, largest = 0, 0.0
    for size in sorted(set(sizes), reverse=True):
        if not rank or largest > alike * size:
            rank, largest = rank + 1, size
        ranks[size] = rank
    return ranks
