"""Rows of values parted by semicolons, as a spreadsheet is saved or pasted: "Portion; Magnesium (mg)", "1 scoop; 300".

Semicolons between cells become borders of cells, and the quotation marks around a cell go.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from mglabel.language.token import Token

_MARK = ";"
_QUOTE = '"'
_LEAST_ROWS = 2
_LONGEST_AMOUNT = 2
"""Tokens of a number and its unit."""


def with_cells_parted(tokens: list[Token]) -> list[Token]:
    """The tokens with such semicolons as borders: two lines at least have as many, and a number alone between two."""
    texts = {token.text for token in tokens}
    if _MARK in texts:
        for marks, rows in groupby(_lines(tokens), key=_marks):
            if marks:
                _make_borders(list(rows))
    return list(_unquoted(tokens)) if _QUOTE in texts else tokens


def _lines(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """The lines that say anything."""
    for is_break, line in groupby(tokens, key=lambda token: token.kind == "l"):
        if not is_break:
            yield list(line)


def _marks(line: Sequence[Token]) -> int:
    return sum(token.text == _MARK for token in line)


def _make_borders(rows: Sequence[Sequence[Token]]) -> None:
    """Make the semicolons of rows that have as many of them borders."""
    if len(rows) < _LEAST_ROWS or not any(map(_has_bare_number, rows)):
        return
    for token in (token for row in rows for token in row if token.text == _MARK):
        token.kind = "c"


def _has_bare_number(row: Sequence[Token]) -> bool:
    """Whether a number, with its unit or without, has a cell to itself behind a semicolon."""
    marks = [at for at, token in enumerate(row) if token.text == _MARK]
    cells = (row[at + 1 : end] for at, end in zip(marks, [*marks[1:], len(row)], strict=True))
    return any(0 < len(cell) <= _LONGEST_AMOUNT and cell[0].kind == "n" for cell in cells)


def _unquoted(tokens: Sequence[Token]) -> Iterator[Token]:
    """The tokens without the quotation marks beside a border of cells."""
    for at, token in enumerate(tokens):
        if token.text == _QUOTE and any(t.kind == "c" for t in tokens[max(0, at - 1) : at + 2]):
            continue
        yield token
