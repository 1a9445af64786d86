"""Rows as a table where its columns fit without breaking words, else one below the other with their heads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from rich.box import SIMPLE_HEAD, Box
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.measure import Measurement
from rich.padding import Padding
from rich.table import Table

from mglabel.reports.layout import INDENT
from mglabel.reports.screen.prose import Prose

_GAP = 2
"""Columns between two columns of a table, one of which its box brings along."""
_ASCII = Box("    \n    \n -- \n    \n    \n    \n    \n    \n", ascii=True)
_LONG = 24
"""Columns that a single word may ask for; longer ones, such as paths, are broken."""


class Column(NamedTuple):
    """A column of a table by its head; numbers stand at the right, and they and what is whole are never broken."""

    head: str
    numbers: bool = False
    whole: bool = False


class Tabular:
    """Rows of texts, with the column that names a row; further pieces of a row stand below its name.

    A column without any text is left out.
    """

    def __init__(
        self,
        columns: Sequence[Column],
        lines: Sequence[Sequence[str | Prose]],
        title: int = 0,
        below: Sequence[Sequence[RenderableType]] = (),
    ) -> None:
        whole = [[Prose(cell) if isinstance(cell, str) else cell for cell in line] for line in lines]
        kept = [at for at in range(len(columns)) if at == title or any(line[at].text for line in whole)]
        self._columns, self._title = [columns[at] for at in kept], kept.index(title)
        self._lines = [[line[at] for at in kept] for line in whole]
        self._below = below or [()] * len(lines)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        inner = options.update(width=options.max_width - INDENT)
        sizes = [self._size(at, console, inner) for at in range(len(self._columns))]
        room = inner.max_width - _GAP * (len(sizes) - 1)
        if sum(size.minimum for size in sizes) <= room:
            yield Padding(self._table(_widths(sizes, room), options.ascii_only), (0, 0, 0, INDENT))
        else:
            yield from self._cards(options)

    def _size(self, at: int, console: Console, options: ConsoleOptions) -> Measurement:
        """The columns that a column needs, for its longest word or its longest number, and those it would take."""
        column = self._columns[at]
        pieces: list[RenderableType] = [line[at] for line in self._lines]
        pieces += [piece for more in self._below if at == self._title for piece in more]
        sizes = [Measurement.get(console, options, piece) for piece in (Prose(column.head), *pieces)]
        most = max(size.maximum for size in sizes)
        if column.numbers or column.whole:
            return Measurement(max([sizes[0].minimum, *(size.maximum for size in sizes[1:])]), most)
        return Measurement(max(min(size.minimum, _LONG) for size in sizes), most)

    def _table(self, widths: Sequence[int], plain: bool) -> Table:
        box = _ASCII if plain else SIMPLE_HEAD
        table = Table(box=box, header_style="dim", pad_edge=False, padding=(0, _GAP - 1, 0, 0), show_edge=False)
        for column, width in zip(self._columns, widths, strict=True):
            side: Literal["left", "right"] = "right" if column.numbers else "left"
            table.add_column(Prose(column.head), width=width, justify=side)
        for line, more in zip(self._lines, self._below, strict=True):
            cells: list[RenderableType] = [*line]
            cells[self._title] = Group(line[self._title], *more)
            table.add_row(*cells)
        return table

    def _cards(self, options: ConsoleOptions) -> RenderResult:
        """Each row's name, then its other cells with their heads."""
        dot = "; " if options.ascii_only else " · "
        for line, more in zip(self._lines, self._below, strict=True):
            told = [
                f"{column.head}: {cell.text}"
                for at, (column, cell) in enumerate(zip(self._columns, line, strict=True))
                if at != self._title and cell.text
            ]
            yield Padding(line[self._title].strong(), (0, 0, 0, INDENT))
            yield Padding(Group(Prose(dot.join(told)), *more), (0, 0, 0, 2 * INDENT))


def _widths(sizes: Sequence[Measurement], room: int) -> list[int]:
    """What each column gets: what it needs, and of the rest always one more to the one that lacks the most."""
    widths = [size.minimum for size in sizes]
    for _ in range(room - sum(widths)):
        lacks = [size.maximum - width for size, width in zip(sizes, widths, strict=True)]
        if max(lacks) <= 0:
            break
        widths[lacks.index(max(lacks))] += 1
    return widths
