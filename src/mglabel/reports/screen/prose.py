"""Sentences that fit their column: lines break between words, but never between a number and what it counts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.cells import cell_len, chop_cells
from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.text import Text

from mglabel.reports.layout import safe

WIDEST = 96
"""Columns: longer lines are hard to follow."""

_NUMBER = re.compile(r"[\W\d]*\d|[×–-]")
"""A word without letters that ends in a digit, or a sign between a number and what it counts."""


class Prose:
    """A text for the screen."""

    def __init__(self, text: str, style: str = "") -> None:
        self.text, self._style = safe(text), style

    def strong(self) -> Prose:
        """The same in bold."""
        return Prose(self.text, f"bold {self._style}")

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for line in lines(self.text, min(options.max_width, WIDEST)):
            yield Text(line, self._style, no_wrap=True, overflow="crop")

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        widest = max(map(cell_len, _words(self.text)), default=0)
        most = min(options.max_width, WIDEST)
        return Measurement(min(widest, most), min(cell_len(self.text), most))


def lines(text: str, width: int) -> Iterator[str]:
    """The text in lines of at most so many columns.

    >>> list(lines("it gives 240 mg a day", 12))
    ['it gives', '240 mg a day']
    """
    held = ""
    for word in _fitting(text, max(1, width)):
        longer = f"{held} {word}" if held else word
        if held and cell_len(longer) > width:
            yield held
            held = word
        else:
            held = longer
    yield held


def _fitting(text: str, width: int) -> Iterator[str]:
    """Words that fit a line: what is too wide is taken apart, at its spaces where it has some."""
    for word in _words(text):
        if cell_len(word) <= width:
            yield word
            continue
        for part in word.split(" "):
            yield from chop_cells(part, width) if cell_len(part) > width else (part,)


def _words(text: str) -> Iterator[str]:
    """The words of a text, a number together with the word behind it.

    >>> list(_words("47 to 400 mg (12 % NRV), 2 a day"))
    ['47 to', '400 mg', '(12 %', 'NRV),', '2 a', 'day']
    """
    held = ""
    for word in text.split():
        held = f"{held} {word}" if held else word
        if not _NUMBER.fullmatch(word) or len(held) > WIDEST:
            yield held
            held = ""
    if held:
        yield held
