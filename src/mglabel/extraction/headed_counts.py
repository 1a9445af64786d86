"""Counts without a unit in a column that is headed by one: "Age | sachets a day", below it "Adults | 1-2".

The counts become counted units a day before anything is read, so that all that follows treats them as doses.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mglabel.extraction.cells import borders
from mglabel.extraction.item import Item

_LINES = 12
"""A table of doses has a few lines; a heading holds for no more."""

_MOST_CELLS = 12


def give_headed_counts(items: list[Item]) -> list[Item]:
    """The same items, where numbers alone in a column headed "sachets a day" are made counts of sachets a day."""
    if not any(item.kind == "c" for item in items):
        return items
    unit, column, lines = "", 0, 0
    for line in lines_of(items):
        cells = list(cells_of(line))
        headed = next((at for at, cell in enumerate(cells) if heads_doses(cell)), None)
        if headed is not None and len(cells) > 1:
            unit, column, lines = next(i.unit for i in cells[headed] if i.kind == "U"), headed, 0
        elif unit:
            lines += 1
            cell = cells[column] if len(cells) > column else []
            if lines > _LINES or len(cells) < 2:
                unit = ""
            elif len(cell) == 1 and cell[0].kind == "N" and cell[0].high:
                as_daily_count(cell[0], unit)
    return items


def as_daily_count(number: Item, unit: str) -> None:
    """Make a number a count of units a day."""
    number.kind, number.unit, number.senses = "U", unit, {"unit": unit, "frequency.daily": ""}


def lines_of(items: list[Item]) -> Iterator[list[Item]]:
    """The items line by line."""
    start = 0
    for at, item in enumerate(items):
        if item.kind == "l":
            yield items[start:at]
            start = at + 1
    yield items[start:]


def joined_lines(items: Sequence[Item], lines: Sequence[Sequence[Item]]) -> list[Item]:
    """The lines, changed or not, with the breaks that stand between those of the items."""
    breaks = [[item] for item in items if item.kind == "l"]
    return [item for line, end in zip(lines, [*breaks, []], strict=True) for item in (*line, *end)]


def cells_of(line: list[Item]) -> Iterator[list[Item]]:
    """The cells of a line; a border before the first cell is no cell of its own unless the line begins empty."""
    start, found = 0, 0
    for at, item in enumerate(line):
        if item.kind == "c" and found < _MOST_CELLS:
            for count in range(borders(line, at)):
                yield [] if count else line[start:at]
                found += 1
            start = at + 1
    yield line[start:]


def heads_doses(cell: list[Item]) -> bool:
    """ "Sachets a day": a unit without a number, and a word for daily, and nothing else but plain words."""
    units = sum(i.kind == "U" and not i.high for i in cell)
    daily = any("frequency.daily" in i.senses for i in cell)
    return units == 1 and daily and all(i.kind in "Uwp" and not i.high for i in cell)
