"""What every format comes to: a header, and a stream of records with the cells of the columns that are wanted."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

MAX_RECORD_CHARS = 4_000_000
"""A row of more is told to be too large, and not held in memory."""
DAMAGED = "damaged"
TOO_LARGE = "too-large"


class Record(NamedTuple):
    """One row: its cells in the order that was asked for, its number, and its share of the file in bytes.

    A row that cannot be read has a reason and a message; its cells are what could be told of them.
    """

    number: int
    cells: Sequence[str | None]
    weight: int
    reason: str = ""
    message: str = ""


class Table(Protocol):
    """A table that can be read any number of times."""

    columns: tuple[str, ...]

    def records(self, wanted: Sequence[str]) -> Iterator[Record]:
        """The rows, with the cells of these columns."""
        ...


def text_of(value: object) -> str | None:
    """A cell of any type as text; raises `UnicodeDecodeError`.

    >>> text_of(12.0), text_of(12.5), text_of(True), text_of(b"Mg"), text_of(["a", 1])
    ('12', '12.5', 'true', 'Mg', 'a\\n1')
    """
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else str(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return "\n".join(text for item in value if (text := text_of(item)))
    return str(value)


def length_of(cells: Sequence[str | None]) -> int:
    """Characters in the cells of a row."""
    return sum(len(cell) for cell in cells if cell)


def checked(number: int, values: Sequence[object], weight: int) -> Record:
    """A row of values as a record; told where it is too large or no text.

    >>> checked(1, ["a", None, 3], 9)
    Record(number=1, cells=('a', None, '3'), weight=9, reason='', message='')
    >>> checked(1, [b"\\xff"], 9).reason
    'damaged'
    """
    try:
        cells = tuple(map(text_of, values))
    except UnicodeDecodeError as error:
        return Record(number, (None,) * len(values), weight, DAMAGED, f"a cell holds bytes that are no UTF-8: {error}")
    if length_of(cells) > MAX_RECORD_CHARS:
        return too_large(number, cells, weight)
    return Record(number, cells, weight)


def too_large(number: int, cells: Sequence[str | None], weight: int) -> Record:
    """The record of a row that is too large; cells of a sane size, such as its id, are kept."""
    kept = tuple(cell if cell and len(cell) <= 1000 else None for cell in cells)
    return Record(number, kept, weight, TOO_LARGE, f"the row has more than {MAX_RECORD_CHARS:,} characters")
