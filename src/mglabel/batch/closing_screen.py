"""The words below a run for a terminal: the same as where it is piped, with the grades as bars."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from mglabel.batch.closing import closing_rows, counted_grades, grade_label
from mglabel.batch.run import Outcome
from mglabel.reports.screen.canvas import rendered, said, tone
from mglabel.reports.screen.pieces import rows
from mglabel.reports.screen.prose import Prose
from mglabel.reports.screen.size import Screen
from mglabel.tables.guide import default_guide

_BAR = 30


def closing(outcome: Outcome, out: Path, screen: Screen, lang: str = "en", overview: Path | None = None) -> str:
    """The closing words of a run, in a language."""
    bars, graded = _grades(counted_grades(outcome, lang)), grade_label(lang)
    told: list[tuple[str, RenderableType]] = [
        (label, bars if label == graded else Prose(value))
        for label, value in closing_rows(outcome, out, lang, overview)
    ]
    return rendered([rows(told, 0)], screen)


def _grades(counted: list[tuple[str, int]]) -> Table:
    """A line a grade: how many labels, and their part of all that have one; a span has the colour of its worst."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(justify="right", no_wrap=True)
    most = max((count for _, count in counted), default=1)
    scale = default_guide().letters
    for grade, count in counted:
        style = tone(scale.index(grade[-1]), len(scale)) if grade[-1] in scale and grade[0] in scale else "dim"
        grid.add_row(said(grade, "bold"), said(f"{count:,}"), _Bar(max(1, round(count * _BAR / most)), style))
    return grid


class _Bar:
    """A bar of so many columns, in signs that the terminal has."""

    def __init__(self, length: int, style: str) -> None:
        self._length, self._style = length, style

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        length = min(self._length, options.max_width)
        yield Text(("#" if options.ascii_only else "━") * length, self._style)

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return Measurement(1, self._length)
