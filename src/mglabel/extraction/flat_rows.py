"""Rows of a table whose line breaks are lost: "1 capsule 2 capsules Magnesium 100 mg 200 mg Zinc 5 mg 10 mg".

A line in which rows follow one another with nothing but their marks between is given its breaks back, so that all that
follows reads it as the table it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mglabel.extraction.headed_counts import lines_of
from mglabel.extraction.item import Item
from mglabel.extraction.layout import PORTIONS

_LEAST_ITEMS = 8
"""A shorter line is one row at most."""

_MOST_NAMING = 3
"""So many items outside brackets may stand between a name and its first amount."""

_MOST_BRACKET = 24
_ENERGY = "kj"
_HEAD = 24
"""How far before the first row its head is looked for: a bound, so that time stays linear."""

_MARKS = frozenset("*†‡§¹²³:/()[]|%<~")
_DASHES = frozenset("-–•·")
_PARTS = frozenset(("relation.from", "relation.of_which", "relation.as_form"))
"""What may stand between the dash of a row and its name: "- of which citrate"."""

_HEADING = frozenset(("relation.per", "reference.nrv", "relation.approx", "frequency.daily", *PORTIONS))


class _Row(NamedTuple):
    """Where a row begins and ends, and how many amounts stand in it."""

    start: int
    end: int
    amounts: int


def with_rows_apart(items: list[Item]) -> list[Item]:
    """The items with a break before each row of a table that stands in one line, and before its head."""
    breaks: set[int] = set()
    for line in lines_of(items):
        if len(line) >= _LEAST_ITEMS:
            breaks |= {id(line[at]) for table in _tables(line) for at in _breaks(line, table)}
    if not breaks:
        return items
    apart: list[Item] = []
    for item in items:
        if id(item) in breaks:
            apart.append(Item("l", item.start, item.start, "\n", {}))
        apart.append(item)
    return apart


def _tables(line: Sequence[Item]) -> Iterator[list[_Row]]:
    """The stretches of two rows and more that follow each other directly and have as many amounts."""
    rows: list[_Row] = []
    at = 0
    while at < len(line):
        row = _row(line, at)
        if row is None or (rows and (row.start != rows[-1].end or row.amounts != rows[0].amounts)):
            if _is_table(line, rows):
                yield rows
            rows = []
        if row is not None:
            rows.append(row)
        at = at + 1 if row is None else row.end
    if _is_table(line, rows):
        yield rows


def _is_table(line: Sequence[Item], rows: list[_Row]) -> bool:
    """Whether rows are several, and no list in which the amounts stand before their names."""
    if len(rows) < 2:
        return False
    before, behind = line[: rows[0].start][-1:], line[rows[-1].end :][:1]
    return not any(i.kind in "AVP" and i.unit != _ENERGY for i in before) and not any(i.kind in "mo" for i in behind)


def _row(line: Sequence[Item], at: int) -> _Row | None:
    """The row that a name, or a dash before one, begins here."""
    start = at
    if line[at].text in _DASHES:
        at += 1
        at += at < len(line) and not _PARTS.isdisjoint(line[at].senses)
    if at >= len(line) or line[at].kind not in "mo" or line[at].depth:
        return None
    end = _past_naming(line, at + 1)
    amounts = shares = 0
    while end < len(line):
        item = line[end]
        if item.kind == "A":
            amounts += not item.depth
        elif item.kind == "P":
            shares += not item.depth
        elif item.text == "." and line[end - 1].kind == "A" and line[end - 1].end == item.start:
            pass  # "100 mg. 200 mg."
        elif not (item.kind in "cN" or item.text in _MARKS or "reference.nrv" in item.senses):
            break
        end += 1
    return _Row(start, end, amounts) if amounts or shares else None


def _past_naming(line: Sequence[Item], at: int) -> int:
    """Past what tells more of a name: words, brackets with its source, cells."""
    named = 0
    while at < len(line) and named <= _MOST_NAMING:
        item = line[at]
        if item.text == "(" and not _holds_amount(line, at):
            at = _past_bracket(line, at)
            continue
        if item.text == "-" and line[at - 1].end == item.start:  # "B6-vitamin"
            at += 2
            continue
        if item.kind not in "wmc" or (item.kind == "m" and not item.senses["form"]):
            break
        if any(key.startswith("relation.") for key in item.senses):
            break
        named += item.kind != "c"
        at += 1
    return at


def _holds_amount(line: Sequence[Item], at: int) -> bool:
    """Whether a bracket has an amount of its own, and not only the share of magnesium: "(16 % Mg)"."""
    kinds = {item.kind for item in line[at : _past_bracket(line, at)]}
    return "A" in kinds or ("P" in kinds and "m" not in kinds)


def _past_bracket(line: Sequence[Item], at: int) -> int:
    closing = (n for n in range(at + 1, min(at + _MOST_BRACKET, len(line))) if line[n].text == ")")
    return next(closing, at) + 1


def _breaks(line: Sequence[Item], table: list[_Row]) -> Iterator[int]:
    """The places in a line where a table is given its breaks."""
    first = table[0].start
    if table[0].amounts > 1:
        yield from (at for at in (_head(line, first), first) if at)
    yield from (row.start for row in table[1:])
    if table[-1].end < len(line) and line[table[-1].end].text[:1].isupper():
        yield table[-1].end


def _head(line: Sequence[Item], first: int) -> int | None:
    """Where the head of the columns begins right before the first row, None where no portion stands there."""
    start = None
    for at in range(first - 1, max(-1, first - _HEAD), -1):
        item = line[at]
        counts = item.kind == "U" or (item.kind in "AV" and item.high) or not PORTIONS.isdisjoint(item.senses)
        if counts or "relation.per" in item.senses:
            start = at
        elif "section.facts" in item.senses:
            return at if start is not None else None
        elif not (item.kind == "c" or item.text in _MARKS or not _HEADING.isdisjoint(item.senses) or item.text == "."):
            if item.kind not in "wm" or not any(i.kind == "c" for i in line[max(0, at - _MOST_NAMING) : at]):
                break
    return start
