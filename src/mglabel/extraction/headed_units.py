"""Numbers without a unit below a heading that names it once ("Analysis (mg/l): calcium 145, magnesium 24"), or with
their unit in the next cell.

The numbers become amounts before anything is read, so that all that follows treats them as amounts.
"""

from __future__ import annotations

from mglabel.extraction.item import MASSES, Item

_LINES = 40
"""A heading holds for at most so many lines; a table of a water's analysis has twenty."""

_IDLE_LINES = 2
"""So many lines in a row without a name and its number end what a heading holds for."""

_NEAR = 6
"""How far before a number its name is looked for: past a bracket with the unit or the symbol."""

_WIDEST = 20
"""How far in a line of heads is looked, to either side."""

_ROW_ENDS = frozenset(",;.·•|/)*")
_BETWEEN = frozenset("():")


def give_headed_units(items: list[Item]) -> list[Item]:
    """The same items, where names below a heading of a unit are followed by bare numbers these made amounts of it."""
    unit, lines, idle, used, row_only = "", 0, 0, False, False
    for at, item in enumerate(items):
        if item.kind == "l":
            lines, idle, used = lines + 1, 0 if used else idle + 1, False
            if row_only or lines > _LINES or idle > _IDLE_LINES:
                unit = ""
        elif item.kind == "w" and item.senses.get("measure") in MASSES and not _has_number(items, at):
            headed = _is_per(items, at) or _in_bracket(items, at) or _heads_column(items, at)
            if headed:
                unit, lines, idle, used = item.senses["measure"], 0, 0, True
                row_only = _named_before(items, at)
        elif item.kind == "A" and unit and _is_row(items, at):
            unit = ""  # the rows have units of their own
        elif item.kind == "N" and item.low == item.high and (own := unit or _unit_cell(items, at)):
            if _is_row(items, at):
                item.kind, item.unit, used = "A", own, True
    return items


def _has_number(items: list[Item], at: int) -> bool:
    """Whether a number stands before the unit, so that it is no heading."""
    return at > 0 and items[at - 1].kind in "NAVPU" and bool(items[at - 1].high)


def _is_per(items: list[Item], at: int) -> bool:
    """ "mg/l", "mg per tablet": the unit with what it is for."""
    behind = [i for i in items[at + 1 : at + 4] if i.text != "."]
    if len(behind) < 2 or (behind[0].text != "/" and "relation.per" not in behind[0].senses):
        return False
    whole = behind[1]
    return whole.senses.get("measure") == "l" or whole.kind in "UAV" or "portion.day" in whole.senses


def _in_bracket(items: list[Item], at: int) -> bool:
    """ "Amount (mg)": the unit alone in its bracket."""
    return 0 < at < len(items) - 1 and items[at - 1].text == "(" and items[at + 1].text == ")"


def _unit_cell(items: list[Item], at: int) -> str:
    """ "Magnesium | 250 | mg": the unit that has the next cell of the row to itself, none where there is none."""
    between, unit, after = [*items[at + 1 : at + 4], None, None, None][:3]
    if (
        between is None
        or unit is None
        or between.kind != "c"
        or unit.kind != "w"
        or (after is not None and after.kind not in "cl")
    ):
        return ""
    measure = unit.senses.get("measure", "")
    return measure if measure in MASSES else ""


def _heads_column(items: list[Item], at: int) -> bool:
    """Whether the unit is alone in its cell, in a line that names and counts nothing."""
    alone = 0 < at < len(items) - 1 and items[at - 1].kind == "c" and items[at + 1].kind in "cl"
    return alone and not any(item.kind in "moNAP" for item in _line_around(items, at))


def _line_around(items: list[Item], at: int) -> list[Item]:
    """The items near one that stand on its line."""
    first = next((i + 1 for i in range(at, max(-1, at - _WIDEST), -1) if items[i].kind == "l"), max(0, at - _WIDEST))
    last = next((i for i in range(at, min(len(items), at + _WIDEST)) if items[i].kind == "l"), at + _WIDEST)
    return items[first:last]


def _named_before(items: list[Item], at: int) -> bool:
    """Whether the unit stands behind a nutrient's name on its line: then it is that row's own."""
    for item in reversed(items[max(0, at - _NEAR) : at]):
        if item.kind in "lc":
            return False
        if item.kind in "mo":
            return True
    return False


def _is_row(items: list[Item], at: int) -> bool:
    """Whether the number stands between a nutrient's name and the end of its cell, line or list entry."""
    near = reversed(items[max(0, at - _NEAR) : at])
    before = next((i for i in near if i.kind != "c" and i.text not in _BETWEEN and "measure" not in i.senses), None)
    after = items[at + 1] if at + 1 < len(items) else None
    if before is None or before.kind not in "mo":
        return False
    return after is None or after.kind in "lcmo" or (after.kind == "p" and after.text in _ROW_ENDS)
