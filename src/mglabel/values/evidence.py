"""Where a fact stands in the input: spans of characters, and evidence with its text."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

Box = tuple[float, float, float, float]
"""Left, top, right and bottom in PDF points from the top left of the page as shown."""


class Span(NamedTuple):
    """Code points `start` to `end` (excluded) of the text as read."""

    start: int
    end: int

    def joined(self, other: Span) -> Span:
        """The span from the first character of either to the last of either."""
        return Span(min(self.start, other.start), max(self.end, other.end))


class Evidence(msgspec.Struct, frozen=True):
    """A piece of the text that a number or a finding rests on.

    `boxes` are (left, top, right, bottom) in PDF points from the top left of the page as shown;
    `path` is the element's path in HTML. Both are None for plain text.
    """

    start: int
    end: int
    text: str
    page: int | None = None
    boxes: tuple[Box, ...] | None = None
    path: str | None = None
