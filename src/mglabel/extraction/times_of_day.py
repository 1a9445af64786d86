"""The times of day in a stretch, and the counts that they stand with."""

from __future__ import annotations

from mglabel.extraction.item import Item
from mglabel.extraction.stretch import Stretch

_THREE_TIMES = "t,t&t"
"""A list of three times, as marks."""


def times_named(stretch: Stretch) -> list[str]:
    """The times of day named; evening and bedtime are one."""
    if not stretch.says("time"):
        return []
    listed = _listed_times(stretch)
    if listed:
        return listed
    named = list(dict.fromkeys(i.senses["time"] for i in stretch.items if "time" in i.senses))
    return [m for m in named if m != "evening"] if "bedtime" in named else named


def _listed_times(stretch: Stretch) -> list[str]:
    """ "Morgon, middag och kväll": three times in a list are three, though two may be one time by their words."""
    spelled = "".join(map(_mark, stretch.items))
    if _THREE_TIMES not in spelled:
        return []
    start = spelled.index(_THREE_TIMES)
    times = [stretch.items[start + n].senses["time"] for n in (0, 2, 4)]
    return ["morning", "noon", "evening"] if len(set(times)) < len(times) else []


def _mark(item: Item) -> str:
    if "time" in item.senses:
        return "t"
    return "," if item.text == "," else "&" if "relation.and" in item.senses else "-"


def parted_from_times(stretch: Stretch, at: int) -> bool:
    """Whether a comma stands between the count and the times: "daily dose: 2 capsules, morning and evening"."""
    for item in stretch.items[at + 1 :]:
        if "time" in item.senses:
            return False
        if item.kind == "p" and item.text in ",;(–-":
            return True
    return False


def times_near(stretch: Stretch, at: int) -> set[str]:
    """All times of day of a count: "1 in the morning and at noon"; a comma alone parts no list of times."""
    first = time_near(stretch, at)
    times = {first}
    for index in range(at + 1, len(stretch.items)):
        item = stretch.items[index]
        if item.kind in "NSUV" and item.high:
            before = stretch.items[index - 1]
            if "time" in before.senses and before.senses["time"] != first and not time_behind(stretch, index):
                times.discard(before.senses["time"])
            break
        if "time" in item.senses and "relation.or" not in stretch.senses:
            times.add(item.senses["time"])
    return times


def time_behind(stretch: Stretch, at: int) -> bool:
    """Whether a time of day follows a count before the next mark or number."""
    for item in _behind(stretch, at):
        if "time" in item.senses:
            return True
        if item.kind in "NSUV" or item.text in ",.;)":
            break
    return False


def _behind(stretch: Stretch, at: int) -> list[Item]:
    """The items that follow a count, without the point of its abbreviated unit: "1 caps. before lunch"."""
    first = at + 1
    if stretch.items[at].kind == "U" and first < len(stretch.items) and stretch.items[first].text == ".":
        first += 1
    return stretch.items[first : first + 4]


def time_near(stretch: Stretch, at: int) -> str:
    """The time of day that stands with a number: directly before it or behind it, before the next number."""
    before = stretch.items[at - 1] if at else None
    taken = at > 1 and stretch.items[at - 2].kind in "NU" and bool(stretch.items[at - 2].high)
    if before is not None and "time" in before.senses and not taken:
        return before.senses["time"]
    for item in _behind(stretch, at):
        if "time" in item.senses:
            return item.senses["time"]
        if item.kind in "NS" or (item.kind == "U" and item.high) or item.text in ",.;)":
            break
    for item in reversed(stretch.items[max(0, at - 2) : at]):
        if "time" in item.senses:
            return item.senses["time"]
        if item.kind in "NUS":
            break
    return ""
