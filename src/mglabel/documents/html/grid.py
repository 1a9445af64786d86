"""Tables as lines: a row is a line, its cells parted by tabs; spans, lines within cells and tables lying on their side.

A cell that spans rows serves each of them where it names them; an amount is never repeated.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from mglabel.documents.html.flow import Line

_MOST_COLUMNS = 64
_ORDER = {"head": 0, "body": 1, "foot": 2}
_JOINED_LENGTH = 160
"""A cell's lines are joined to one up to this length; longer ones are a text of their own."""

_NAME = re.compile(r"\W*[^\W\d_]{2}")
_STATEMENT = re.compile(r"[-–•*·\s]*[^\W\d_]\S")
_GOES_ON = re.compile(r"[(\[/+,;)]")


class Cell(NamedTuple):
    """One cell: its lines, how many columns and rows it spans; `block` where it holds tables or headings."""

    lines: list[Line]
    across: int = 1
    down: int = 1
    head: bool = False
    block: bool = False

    @property
    def text(self) -> str:
        """All lines of the cell."""
        return " ".join(line.text for line in self.lines).strip()


class Row:
    """One row: the part of the table it stands in (head, body or foot), and its cells."""

    __slots__ = ("cells", "part")

    def __init__(self, part: str = "body", cells: Iterable[Cell] = ()) -> None:
        self.part = part
        self.cells = list(cells)


def table_lines(rows: Iterable[Row]) -> list[Line]:
    """The lines of a table."""
    filled = [row for row in sorted(rows, key=lambda row: _ORDER[row.part]) if row.cells]
    turned = _turned(filled)
    if turned is not None:
        return turned
    lines: list[Line] = []
    spanning: dict[int, tuple[Cell, int]] = {}
    above: dict[int, Cell] = {}
    for row in filled:
        cells, above = _served(row, spanning, above)
        lines += row_lines(cells)
    return lines


def _served(
    row: Row, spanning: dict[int, tuple[Cell, int]], heads: Mapping[int, Cell]
) -> tuple[list[Cell], dict[int, Cell]]:
    """The cells of a row, led by names of rows above that span this one, and the heads by their columns that span cells
    of a row of heads below: "Amount per" above "tablet" and "3 tablets". Notes which cells go on below."""
    cells: list[Cell] = []
    wide: dict[int, Cell] = {}
    column, own = 0, False
    is_head = all(cell.head for cell in row.cells)
    going_on: dict[int, tuple[Cell, int]] = {}
    for cell in row.cells:
        while column in spanning and column < _MOST_COLUMNS:
            above, left = spanning[column]
            if not own and row.part == "body" and _NAME.match(above.text):
                cells.append(above)
            if left > 1:
                going_on[column] = (above, left - 1)
            column += above.across
        cells.append(_under(heads[column], cell) if is_head and column in heads else cell)
        own = True
        if is_head and 1 < cell.across <= _MOST_COLUMNS and cell.down == 1:
            wide.update(dict.fromkeys(range(column, column + cell.across), cell))
        if cell.down > 1 and column < _MOST_COLUMNS:
            going_on[column] = (cell, cell.down - 1)
        column += cell.across
    for at, (above, left) in spanning.items():
        if at >= column and left > 1:
            going_on[at] = (above, left - 1)
    spanning.clear()
    spanning.update(going_on)
    return cells, wide


def _under(head: Cell, cell: Cell) -> Cell:
    """A cell of a row of heads, led by the head that spans it and others."""
    own = _filled(cell)
    return cell._replace(lines=[_joined([*_filled(head), *own], " ")]) if own else cell


def row_lines(cells: Sequence[Cell]) -> list[Line]:
    """The lines of one row: one, unless its cells hold whole texts or run in parallel lines.

    >>> from mglabel.documents.html.flow import Piece
    >>> def cell(*lines): return Cell([Line([Piece(line, "td")]) for line in lines])
    >>> [line.text for line in row_lines([cell("Magnesium", "Zinc"), cell("375 mg", "10 mg")])]
    ['Magnesium\\t375 mg', 'Zinc\\t10 mg']
    >>> [line.text for line in row_lines([cell("Magnesium", "(as citrate)"), cell("375 mg")])]
    ['Magnesium (as citrate)\\t375 mg']
    """
    if len(cells) == 1 or any(cell.block for cell in cells):
        return [line for cell in cells for line in cell.lines]
    parallel = _parallel(cells)
    if parallel:
        return [line for row in parallel for line in [_joined(row, "\t")] if line.pieces]
    first: list[Line] = []
    below: list[Line] = []
    for at, cell in enumerate(cells):
        filled = _filled(cell)
        if at and _is_text(filled):
            first.append(filled[0])
            below += filled[1:]
        else:
            first.append(_joined(filled, " "))
    return [_joined(first, "\t"), *below]


def _parallel(cells: Sequence[Cell]) -> list[list[Line]]:
    """The rows within a row whose cells hold names and amounts line by line; none where they do not run in parallel."""
    holding = [cell for cell in cells if cell.text]
    for lines_of in (_filled, _all_lines):
        counts = {len(lines_of(cell)) for cell in holding}
        if len(holding) < 2 or len(counts) > 1 or counts == {1} or holding[0] is not cells[0]:
            continue
        if all(_of_one_kind(lines_of(cell)) for cell in holding[1:]):
            height = counts.pop()
            return [[lines_of(cell)[at] if cell.text else Line() for cell in cells] for at in range(height)]
    return []


def _of_one_kind(lines: Sequence[Line]) -> bool:
    """Whether lines may be values of as many names: not an amount with its percentage below."""
    return len({"%" in line.text for line in lines if line.pieces}) < 2


def _filled(cell: Cell) -> list[Line]:
    """The lines of a cell that hold characters; one that begins with a bracket or the like goes on with that above."""
    lines: list[Line] = []
    for line in cell.lines:
        if lines and line.pieces and _GOES_ON.match(line.text):
            lines[-1] = _joined([lines[-1], line], " ")
        elif line.pieces:
            lines.append(line)
    return lines


def _all_lines(cell: Cell) -> list[Line]:
    return cell.lines


def _is_text(lines: Sequence[Line]) -> bool:
    """Whether lines of a cell are sentences or facts of their own rather than one wrapped value."""
    if len(lines) < 2:
        return False
    return all(_STATEMENT.match(line.text) for line in lines) or sum(len(line.text) for line in lines) > _JOINED_LENGTH


def _joined(lines: Sequence[Line], mark: str) -> Line:
    """Lines set side by side; marks at the end are left out."""
    last = max((at for at, line in enumerate(lines) if line.pieces), default=-1)
    whole = Line(heading=bool(lines) and all(line.heading for line in lines if line.pieces))
    pending = ""
    for at, line in enumerate(lines[: last + 1]):
        if at:
            pending += mark
        if line.pieces:
            whole.append(pending, line) if pending else whole.pieces.extend(line.pieces)
            pending = ""
    return whole


def _turned(rows: Sequence[Row]) -> list[Line] | None:
    """The lines of a table whose names stand above their amounts, without a column of names; None for any other."""
    if not 2 <= len(rows) <= 3:
        return None
    names, *below = [row.cells for row in rows]
    if len(names) < 2 or any(len(cells) != len(names) for cells in below):
        return None
    plain = all(c.across == c.down == 1 and not c.block and len(_filled(c)) == 1 for row in rows for c in row.cells)
    if not plain or not all(_NAME.match(cell.text) for cell in names):
        return None
    if any(cell.text[0].isalpha() or not any(c.isdigit() for c in cell.text) for cells in below for cell in cells):
        return None
    copies = [[Line(_filled(name)[0].pieces) for name in names] for _ in below]
    return [
        _joined([name, _filled(cell)[0]], "\t")
        for line, cells in zip(copies, below, strict=True)
        for name, cell in zip(line, cells, strict=True)
    ]
