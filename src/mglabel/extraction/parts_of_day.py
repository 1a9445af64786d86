"""Counts of one sentence that are parts of one day: at times of day, in a bracket, joined by "and", shared out."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from mglabel.extraction.item import Item
from mglabel.extraction.stretch import MOST_BARE, Stretch
from mglabel.extraction.times_a_day import counts_bare_daily, is_daily
from mglabel.extraction.times_of_day import time_behind, time_near, times_near
from mglabel.values.interval import Interval, Masses, exactly

_SHARED_PARTS = 2
"""So many parts at least share out a dose."""

_OTHERWISE_TOLD = (
    "frequency.daily",
    "times",
    "frequency.times",
    "relation.or",
    "frequency.as_needed",
    "portion.day",
    "frequency.weekly",
)
"""What tells how two counts go together, so that "and" alone does not."""


class Parts(NamedTuple):
    """What several counts make together."""

    per_day: Masses
    per_intake: Masses
    intakes: Masses


def both_parts(stretch: Stretch, counts: list[int]) -> Parts | None:
    """ "1 capsule with food and 2 capsules before bed": two counts joined by "and" or "+", the second at a time of
    day of its own, are the parts of one day."""
    if len(counts) == 1:
        counts = [*counts, *_bare_part(stretch, counts[0])]
    if len(counts) != 2:
        return None
    first, second = (stretch.items[at] for at in counts)
    joined = any("relation.and" in i.senses or i.text == "+" for i in stretch.items[counts[1] - 2 : counts[1]])
    alike = first.unit == (second.unit or first.unit) and not time_near(stretch, counts[0])
    if not (joined and alike and time_behind(stretch, counts[1])):
        return None
    once = Interval(first.least, first.most).hull(Interval(second.least, second.most))
    day = Interval(first.least + second.least, first.most + second.most)
    if stretch.says(*_OTHERWISE_TOLD) and counts_bare_daily(stretch) != day:
        return None
    return Parts(day, once, exactly(len(counts)))


def _bare_part(stretch: Stretch, first: int) -> list[int]:
    """ "2 capsules after training and 1 before bed": the number behind the only count, where it has no unit."""
    for at in range(first + 2, len(stretch.items)):
        item = stretch.items[at]
        if item.kind == "N" and item.high and item.most <= MOST_BARE:
            return [at]
        if item.kind in "AVUPDS":
            break
    return []


def are_parts(stretch: Stretch, per_day: Masses, last: int) -> bool:
    """ "4 a day, two before lunch and two before dinner": bare counts behind the dose that add up to it."""
    counts = [bare_count(i) for i in stretch.items[last + 1 :] if (i.kind == "N" and i.high) or "number" in i.senses]
    return len(counts) > 1 and per_day.is_exact and sum(counts) == per_day.low


def parts_in_bracket(stretch: Stretch, counts: list[int]) -> list[int]:
    """ "6 tablets a day (2 in the morning, 4 in the evening)": the counts of a bracket that add up to the first."""
    first = stretch.items[counts[0]]
    closing = next((n for n in range(counts[0], len(stretch.items)) if stretch.items[n].text == ")"), 0)
    parts = [at for at in counts[1:] if at < closing and stretch.items[at].depth > first.depth]
    if len(parts) < 2 or not is_daily(stretch, counts[0]):
        return []
    return parts if sum(stretch.items[at].most for at in parts) == first.most else []


def split_day(stretch: Stretch, counts: list[int]) -> Parts | None:
    """ "3 capsules daily: 1 in the daytime and 2 before bed": parts that make up the day's count before them."""
    if len(counts) < _SHARED_PARTS + 1 or not is_daily(stretch, counts[0]):
        return None
    day, *parts = map(stretch.count, counts)
    if not all(part.is_exact for part in (day, *parts)) or sum(part.low for part in parts) != day.low:
        return None
    once = Interval(min(part.low for part in parts), max(part.low for part in parts))
    return Parts(day, once, exactly(len(parts)))


def at_times_of_day(stretch: Stretch, counts: list[int]) -> Parts | None:
    """ "1 in the morning and 2 in the evening": counts that each have their own times of day."""
    depth = stretch.items[counts[0]].depth
    numbers = [
        at
        for at, i in enumerate(stretch.items)
        if at in counts or (i.kind == "N" and i.high and i.most <= MOST_BARE and i.depth <= depth)
    ]
    timed = {at: times_near(stretch, at) for at in numbers if time_near(stretch, at)}
    if len(timed) < 2 or len(set().union(*timed.values())) < 2:
        return None
    sure = {at: times for at, times in timed.items() if not _is_if_needed(stretch, at)} or timed
    low = sum(stretch.items[at].least * len(times) for at, times in sure.items())
    high = sum(stretch.items[at].most * len(times) for at, times in timed.items())
    once = Interval(min(stretch.items[at].least for at in timed), max(stretch.items[at].most for at in timed))
    return Parts(Interval(Decimal(low), Decimal(high)), once, exactly(sum(map(len, timed.values()))))


def _is_if_needed(stretch: Stretch, at: int) -> bool:
    """ "1 in the morning and, if needed, 1 in the evening"."""
    return any("frequency.as_needed" in item.senses for item in stretch.items[max(0, at - 3) : at])


def kinds_together(stretch: Stretch, counts: list[int]) -> tuple[tuple[str, Masses], ...]:
    """ "1 capsule in the morning and 2 tablets in the evening": how many of each unit a day, where a sentence gives one
    count of every unit; none where they may be alternatives, or parts of what is taken several times."""
    units = [stretch.items[at].unit for at in counts]
    if len(set(units)) < 2 or len(set(units)) < len(units) or stretch.says("relation.or", "times", "frequency.times"):
        return ()
    if any(stretch.items[at].depth for at in counts):
        return ()
    timed = [times_near(stretch, at) - {""} for at in counts]
    if not all(timed) and not stretch.says("frequency.daily", "portion.day"):
        return ()
    day = (stretch.count(at).scaled(max(1, len(times))) for at, times in zip(counts, timed, strict=True))
    return tuple(zip(units, day, strict=True))


def bare_count(item: Item) -> Decimal:
    """What a number, or a word for one, counts at most."""
    return item.most if item.kind == "N" else Decimal(item.senses["number"])
