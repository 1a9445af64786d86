"""What the reports for a terminal are made of: headings, labelled lines and plain tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from mglabel.reports.layout import INDENT
from mglabel.reports.screen.canvas import said
from mglabel.reports.screen.prose import Prose

BLANK = Text("")


def heading(text: str) -> Text:
    """The heading of a section."""
    return Text(text, "bold underline")


def rows(pairs: Sequence[tuple[str, RenderableType]], indent: int = INDENT) -> RenderableType:
    """Lines of a label and what belongs to it; a label that repeats is shown once."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column()
    before = None
    for label, value in pairs:
        grid.add_row(said("" if label == before else label, "dim"), value)
        before = label
    return Padding(grid, (0, 0, 0, indent))


def proses(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, RenderableType]]:
    """The same lines with their texts made to fit."""
    return [(label, Prose(value)) for label, value in pairs]
