"""Excel workbooks, read row by row: the first sheet that has a header."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from mglabel.batch.formats.record import Record, checked
from mglabel.batch.formats.unpacking import check_workbook

_MOST_ROWS = 1_048_576
"""Of a sheet of Excel; rows that claim to stand beyond are not waited for."""


class Excel:
    """A workbook."""

    def __init__(self, path: Path) -> None:
        check_workbook(path)
        self._path = path
        with closing(_opened(path)) as book:
            self._sheet, header = _first_with_header(book)
            rows = (book[self._sheet].max_row or 1) if self._sheet else 1
        self._places = {_name(cell): at for at, cell in reversed([*enumerate(header)]) if cell is not None}
        self.columns = tuple(_name(cell) for cell in header if cell is not None)
        self._weight = path.stat().st_size // max(1, rows)

    def records(self, wanted: Sequence[str]) -> Iterator[Record]:
        """The rows below the header; empty rows are none."""
        places = [self._places[name] for name in wanted]
        with closing(_opened(self._path)) as book:
            rows = _filled(_rows(book[self._sheet]))
            for number, row in enumerate(itertools.islice(rows, 1, None), start=1):
                yield checked(number, [row[at] if at < len(row) else None for at in places], self._weight)


def _opened(path: Path) -> Any:
    from openpyxl import load_workbook

    return load_workbook(path, read_only=True, data_only=True)


def _first_with_header(book: Any) -> tuple[str, Sequence[Any]]:
    for sheet in book.worksheets:
        header = next(_filled(_rows(sheet)), None)
        if header is not None:
            return sheet.title, header
    return "", ()


def _rows(sheet: Any) -> Iterator[Sequence[Any]]:
    rows: Iterator[Sequence[Any]] = sheet.iter_rows(max_row=_MOST_ROWS, values_only=True)
    return rows


def _filled(rows: Iterator[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    return (row for row in rows if any(cell not in (None, "") for cell in row))


def _name(cell: object) -> str:
    return str(cell).strip()
