"""The day's dose that only the pack tells: "60 capsules = 30 daily doses", "90 tablets, enough for 45 days"."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from mglabel.extraction.dose import Dose
from mglabel.extraction.item import Item, equates
from mglabel.extraction.layout import Clause
from mglabel.values.evidence import Span
from mglabel.values.interval import exactly

_DAYS = {"day": Decimal(1), "week": Decimal(7), "month": Decimal(30)}
_LEAST_PACK = 10
_LEAST_DAYS = 7
_LARGEST_DOSE = 10
_LINKED = frozenset(("pack.lasts",))
_ELSEWHERE = ("frequency.daily", "frequency.times", "times", "relation.at_most", "relation.at_least")
"""What tells that a clause is of how much to take, or for how long at most."""


def dose_of_supply(all_clauses: Iterable[Clause]) -> Dose | None:
    """As many units a day as a pack holds for each of the days that it is said to last; None where no clause tells
    both, or where they are no whole number of units a day."""
    for clause in all_clauses:
        if clause.section == "storage" or not clause.has("U") or clause.says(*_ELSEWHERE):
            continue
        pack = next((at for at, item in enumerate(clause.items) if _is_pack(item)), None)
        days = _days_behind(clause.items, pack + 1) if pack is not None else None
        if pack is None or days is None:
            continue
        units = clause.items[pack].most / days
        if units % 1 or not 1 <= units <= _LARGEST_DOSE:
            continue
        span = Span(clause.items[0].start, clause.items[-1].end)
        unit = clause.items[pack].unit
        return Dose(unit, exactly(units), None, None, "", limit=False, as_needed=False, span=span, line=clause.line)
    return None


def _is_pack(item: Item) -> bool:
    return item.kind == "U" and bool(item.high) and item.low == item.high and item.most >= _LEAST_PACK


def _days_behind(items: list[Item], start: int) -> Decimal | None:
    """For how many days a pack is said to last: behind a word or sign that says so, or before one ("90-day supply"), or
    counted as daily doses."""
    linked = False
    for at in range(start, len(items)):
        item = items[at]
        linked = linked or equates(item) or not _LINKED.isdisjoint(item.senses)
        if not item.high or item.low != item.high:
            continue
        behind = next((i for i in items[at + 1 : at + 3] if i.text not in ("-", "‑")), None)
        is_supply = behind is not None and not _LINKED.isdisjoint(behind.senses)
        if item.kind == "D" and (linked or is_supply):
            days = item.most * _DAYS.get(item.unit, Decimal(0))
        elif item.kind == "N" and behind is not None and (is_supply or "portion.day" in behind.senses):
            days = item.most
        else:
            continue
        return days if days >= _LEAST_DAYS else None
    return None
