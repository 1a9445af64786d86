"""CSV and its kin, read row by row: any encoding, any delimiter, ragged rows, cells without end.

The csv module says what is a cell. What it is given is bounded, so that one row cannot take the memory of all.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TextIO

from mglabel.batch.formats.encoding import Encoding, encoding_of
from mglabel.batch.formats.record import DAMAGED, MAX_RECORD_CHARS, Record, length_of, too_large

DELIMITERS = ("\t", ",", ";", "|")
QUOTE = '"'

_HEAD_CHARS = 64_000
_KEPT_CHARS = 100_000
"""Of a row that is too large, so that its id can be told."""
_MOST_MENDED = 100
_HINT = re.compile(r"sep=(.)[\r\n]", re.IGNORECASE)
_CLOSING = QUOTE + "\n"


class Delimited:
    """A table of lines with delimiters, with a header."""

    def __init__(self, path: Path, encoding: str | None = None) -> None:
        self._path = path
        self.encoding: Encoding = encoding_of(path, encoding)
        with self._open() as stream:
            head = stream.read(_HEAD_CHARS)
        hint = _HINT.match(head)
        self._skipped = 1 if hint else 0
        self.delimiter = hint[1] if hint else delimiter_of(head)
        # A setting of the whole module, and it only matters that it is no lower than our own limit.
        csv.field_size_limit(max(csv.field_size_limit(), 2 * MAX_RECORD_CHARS))
        first = next(self._rows(), None)
        self.columns: tuple[str, ...] = () if first is None else tuple(cell.strip() for cell in first.cells if cell)
        self._width = 0 if first is None else len(first.cells)
        self._places = {} if first is None else {(c or "").strip(): at for at, c in reversed([*enumerate(first.cells)])}

    def records(self, wanted: Sequence[str]) -> Iterator[Record]:
        """The rows below the header; empty lines are none."""
        places = [self._places[name] for name in wanted]
        rows = self._rows()
        next(rows, None)
        number = 0
        for record in rows:
            if not any(record.cells) and not record.reason:
                continue
            number += 1
            yield self._checked(number, record, places)

    def _checked(self, number: int, record: Record, places: Sequence[int]) -> Record:
        cells, width = record.cells, len(record.cells)
        found = tuple(cells[at] if at < width else None for at in places)
        if record.reason:
            return record._replace(number=number, cells=found)
        if width < self._width or any(cells[self._width :]):
            said = f"row {number} has {width} cells under {self._width} columns; is a quote or a delimiter missing?"
            return Record(number, found, record.weight, DAMAGED, said)
        if length_of(found) > MAX_RECORD_CHARS:
            return too_large(number, found, record.weight)
        if not self.encoding.is_whole and not all(map(_is_text, found)):
            said = f"row {number} holds bytes that are no {self.encoding.name.upper()} text; name its encoding"
            return Record(number, tuple(map(_shown, found)), record.weight, DAMAGED, said)
        return record._replace(number=number, cells=found)

    def _rows(self) -> Iterator[Record]:
        """Every row, the header included, with all its cells."""
        with self._open() as stream:
            for _ in range(self._skipped):
                stream.readline(_HEAD_CHARS)
            lines = _Lines(stream)
            mended = 0
            reader = csv.reader(lines, delimiter=self.delimiter)
            while True:
                lines.begin()
                cells = next(reader, None)
                if cells is None:
                    return
                if lines.is_cut:
                    yield too_large(0, cells, lines.weight)
                elif not lines.has_ended_open:
                    yield Record(0, cells, lines.weight)
                else:
                    # The quote belongs to its own line, and the lines after it to themselves.
                    mended += 1
                    said = "a quote is opened and never closed"
                    yield Record(0, cells[:1], len(lines.of_row[0]), DAMAGED, said)
                    lines.give_back(lines.of_row[1:] if mended <= _MOST_MENDED else [])
                    reader = csv.reader(lines, delimiter=self.delimiter)

    def _open(self) -> TextIO:
        errors = "surrogateescape" if self.encoding.name in ("utf-8", "utf-8-sig") else "replace"
        return self._path.open(encoding=self.encoding.name, errors=errors, newline="")


class _Lines:
    """Lines for the csv module, and no more of one row than a row may hold.

    The module asks for a second line of a row only inside of quotes. So it is known where that cell must end.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._given_back: list[str] = []
        self.of_row: list[str] = []
        self.weight = 0
        self.is_cut = False
        self.has_ended_open = False
        self._chars = 0

    def begin(self) -> None:
        """A new row begins."""
        self.of_row, self.weight, self._chars = [], 0, 0
        self.is_cut = self.has_ended_open = False

    def give_back(self, lines: list[str]) -> None:
        """Have lines read again."""
        self._given_back = lines[::-1] + self._given_back

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self.is_cut:  # and still not closed
            return _CLOSING
        line = self._line()
        if not line:
            self.has_ended_open = bool(self.of_row)
            raise StopIteration
        self._chars += len(line)
        if self._chars <= MAX_RECORD_CHARS:
            self.of_row.append(line)
            return line
        self.is_cut = True
        self._skip_to_end_of_row(line)
        kept = "" if self.of_row else line[:_KEPT_CHARS]
        return kept.rstrip(QUOTE) or _CLOSING

    def _line(self) -> str:
        line = self._given_back.pop() if self._given_back else self._stream.readline(MAX_RECORD_CHARS + 1)
        self.weight += len(line)
        return line

    def _skip_to_end_of_row(self, line: str) -> None:
        is_open = bool(self.of_row)
        while line:
            is_open ^= line.count(QUOTE) % 2 == 1
            if not is_open and line[-1] in "\r\n":
                return
            line = self._line()


def delimiter_of(head: str) -> str:
    """The delimiter that comes most often in the first line, outside of quotes.

    >>> delimiter_of('id;"a, b";text\\n1;2;3\\n')
    ';'
    """
    line = next((line for line in head.splitlines() if line.strip()), "")
    outside = "".join(line.split(QUOTE)[::2])
    return max(DELIMITERS, key=lambda mark: (outside.count(mark), mark == ","))


def _is_text(cell: str | None) -> bool:
    """Whether no byte of it was left undecoded."""
    return cell is None or cell.isascii() or not any("\udc80" <= letter <= "\udcff" for letter in cell)


def _shown(cell: str | None) -> str | None:
    return cell if cell is None else cell.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
