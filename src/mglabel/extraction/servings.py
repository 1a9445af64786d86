"""Portions that are named rather than counted: the serving, the daily dose and what sizes them."""

from __future__ import annotations

from itertools import pairwise

from mglabel.extraction.introduced import closed_by_per, contains_soon, is_introduced, past_about
from mglabel.extraction.item import Item, equates
from mglabel.extraction.layout import Clause
from mglabel.extraction.portion_cells import is_alone_in_cell
from mglabel.extraction.portion_mention import NEAR, ONE, ROW, PortionMention, portion_of
from mglabel.values.label import Portion

_FEW = 2
_HEADING = 3
"""So many items of a heading stand before its "per day": "Contents pr. day"."""

_TIMES = ("time", "times", "frequency.times", "frequency.bid", "frequency.tid", "frequency.each_meal")


def day_column(items: list[Item], at: int, clause: Clause) -> PortionMention | None:
    """ "| Per tablet | Per day (2 tablets) | % NRV": the head of a column for the day, or of the lines below it."""
    if not _says_daily(items, at) or clause.section == "directions" or clause.says("dose.take"):
        return None
    row = items[max(0, at - ROW) : at + ROW]
    counted, end = _count_behind(items, at + 1)
    headed = at <= _HEADING and all(item.kind == "w" or item.text == "." for item in items[:at])
    if headed and counted is not None and [item.text for item in items[end : end + 1]] == [":"]:
        return PortionMention(at, end, counted, "per", True)  # "Content per day (2 tablets): magnesium 300 mg"
    if headed and at and "section.facts" in items[0].senses and [item.text for item in items[at + 1 : at + 2]] == [":"]:
        return PortionMention(at, at + 1, Portion(ONE, "day"), "per", True)  # "Content per day: magnesium 300 mg"
    if any(item.kind == "A" and item.unit != "g" for item in row) or not is_alone_in_cell(items, at, at + 1):
        return None
    units = sum(item.kind == "U" for item in row)
    in_head = clause.has("c") and (clause.says("reference.nrv") or units > 1 or (units == 1 and _heads_row(row)))
    if not in_head and (counted is None or at):
        return None
    return PortionMention(at, end, counted or Portion(ONE, "day"), "per", True)


def _says_daily(items: list[Item], at: int) -> bool:
    """ "Per day", also where a heading takes the "per" with it: "Contents per | day"."""
    if "frequency.daily" in items[at].senses:
        return True
    if "duration.day" not in items[at].senses or items[at].high or not at:
        return False
    before = items[at - 1 - (at > 1 and items[at - 1].text == ".")]
    return "relation.per" in before.senses


def _heads_row(row: list[Item]) -> bool:
    """ "Per sachet (6 g) | per day": whether the only unit is introduced, so that the day stands beside a portion."""
    return any(item.kind == "U" and "relation.per" in before.senses for before, item in pairwise(row))


def is_called_day(items: list[Item], at: int) -> bool:
    """ "2 capsules (daily dose) contain", "the daily dose, three capsules, contains": a count that a bracket, or the
    words before its comma, call the daily dose."""
    if [i.text for i in (*items[max(0, at - 1) : at], *items[at + 1 : at + 2])] == [",", ","] and at > 1:
        return items[at].kind == "U" and bool(items[at].high) and "portion.day" in items[at - 2].senses
    start = at + 1 + (at + 1 < len(items) and items[at + 1].text == ".")
    behind = items[start : start + 3]
    bracketed = len(behind) == 3 and behind[0].text == "(" and behind[2].text == ")"
    return bracketed and items[at].kind == "U" and bool(items[at].high) and "portion.day" in behind[1].senses


def day_or_serving(items: list[Item], at: int) -> PortionMention | None:
    """ "daily dose (3 capsules)", "serving size 2 tablets", "per serving"."""
    senses = items[at].senses
    day = "portion.day" in senses
    if not day and ("portion.serving" not in senses or _is_heading(items, at) or _is_counted(items, at)):
        return None
    if day and _is_of_magnesium(items, at + 1):
        return PortionMention(at, at + 1, Portion(ONE, "day"), "per", True)
    cased = "relation.per" in senses or closed_by_per(items, at + 1)
    introduced = cased or is_introduced(items, at) or "section.facts" in senses
    introduced = introduced or (day and _is_equalled(items, at))
    counted, end = _count_behind(items, at + 1 if cased else _past_name(items, at))
    contains = contains_soon(items, end)
    if day and counted is not None and _tells_times(items, end):
        counted = Portion(ONE, "day")
    if counted is not None:
        how = "per" if introduced or contains else "size"
        return PortionMention(at, end, counted, how, day)
    if introduced or contains or is_alone_in_cell(items, at, at + 1):
        how = "per" if introduced else "contains" if contains else "cell"
        return PortionMention(at, at + 1, Portion(ONE, "day" if day else "serving"), how, day)
    return None


def _is_equalled(items: list[Item], at: int) -> bool:
    """ "Corresponds to a daily intake of:"; but not "60 capsules = 30 daily doses"."""
    before = items[max(0, at - _FEW) : at]
    return any(map(equates, before)) and not any(item.high for item in before)


def _past_name(items: list[Item], at: int) -> int:
    """The index behind a word for a serving, and behind the border of its cell where the next one sizes it: "Serving
    size | 3 capsules"; a column of another count makes it a head."""
    end = cell = at + 1
    while cell < len(items) and items[cell].kind == "w" and not items[cell].senses and cell - end < _FEW:
        cell += 1  # "Portion individuelle |"
    sized = not at and cell + 1 < len(items) and items[cell].kind == "c" and items[cell + 1].kind == "U"
    if not sized or not items[cell + 1].high:
        return end
    behind = items[cell + 2 : cell + 2 + ROW]
    return end if any(item.kind in "UV" and item.high and not item.depth for item in behind) else cell + 1


def _is_of_magnesium(items: list[Item], at: int) -> bool:
    """ "A daily dose of 400 mg magnesium", "Daily total: 400 mg of magnesium", "the daily dose is 400 mg magnesium":
    the day is what the amount is for."""
    joined = at < len(items) and (items[at].text == ":" or joins(items[at]))
    amount = past_about(items, at + joined)
    if amount >= len(items) or items[amount].kind != "A":
        return False
    named = next((i for i in items[amount + 1 : amount + 3] if "join.of" not in i.senses), None)
    return named is not None and named.kind == "m"


def joins(item: Item) -> bool:
    """Whether a word only joins an amount to a name: "of", or one that no table knows."""
    return item.kind == "w" and (not item.senses or "join.of" in item.senses)


def _is_counted(items: list[Item], at: int) -> bool:
    """ "10 g a day in 2 to 4 doses", "each 3-tablet serving": whether servings are counted, and so none of them is a
    portion, or a count before it that something introduces is the portion."""
    before = items[at - 1] if at else None
    if before is None or not before.high:
        return False
    return (before.kind == "N" and before.most > 1) or (before.kind == "U" and is_introduced(items, at - 1))


def _is_heading(items: list[Item], at: int) -> bool:
    """Whether a word such as "dosage" heads the directions here rather than naming a serving."""
    heads = "section.directions" in items[at].senses and at + 1 < len(items) and items[at + 1].text == ":"
    return heads and not is_introduced(items, at)


def _count_behind(items: list[Item], at: int) -> tuple[Portion | None, int]:
    """The count that sizes a dose just named: "(3 capsules)", ": 2 tablets", "= 35 g"."""
    contained = False
    for index in range(at, min(at + NEAR, len(items))):
        item = items[index]
        contained = contained or "relation.contains" in item.senses
        if item.kind == "A" and contained:  # "the daily dose provides 0.3 g of magnesium"
            break
        if item.kind == "U" or (item.kind in "AV" and portion_of(item)):
            counted = portion_of(item)
            closed = index + 1 < len(items) and items[index + 1].text == ")"
            return counted, index + 1 + closed
        if (
            item.kind in "lcmoNPS"
            or item.text in ",.;"
            or any(k.startswith(("reference", "frequency")) for k in item.senses)
        ):
            break
    return None, at


def _tells_times(items: list[Item], at: int) -> bool:
    """Whether a bracket goes on with how often: "daily dose (1 tablet morning and evening)"."""
    for item in items[at : at + NEAR]:
        if not item.depth:
            return False
        if any(key in item.senses for key in _TIMES):
            return True
    return False
