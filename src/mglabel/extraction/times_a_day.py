"""How many times a day a stretch says to take something, and whether a count is for the whole day."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from mglabel.extraction.stretch import MEALS, MOST_BARE, Stretch
from mglabel.values.interval import Interval, Masses, exactly
from mglabel.values.interval import hull as hull_of

_STOPS = frozenset(".;,)")
_SHARED = frozenset(("frequency.times", "times", "frequency.each_meal"))
_MOST_TIMES = 8
"""A sign of times behind a larger number counts what is in a pack."""


def intakes_a_day(stretch: Stretch, at: int) -> Masses | None:
    """How many times a day: "3 times", "twice", "with each meal", None where nothing says."""
    found: list[Masses] = []
    for index, item in enumerate(stretch.items):
        if item.depth and at >= 0 and not stretch.items[at].depth and is_daily(stretch, at):
            continue
        if "frequency.times" in item.senses and not multiplies(stretch, index):
            number = stretch.number_before(index)
            if number is None and index == at + 1:
                number = _times_behind(stretch, index)  # "1 tablet x 2 a day"
            if number is not None and number != at:
                found.append(stretch.count(number))
        elif "times" in item.senses:
            most = Decimal(item.senses["times"])
            found.append(Interval(Decimal(1) if stretch.up_to(index) else _fewer_times(stretch, index, most), most))
        elif "frequency.bid" in item.senses:
            found.append(exactly(2))
        elif "frequency.tid" in item.senses:
            found.append(exactly(3))
    if not found and at > 1:
        found = _servings_of(stretch, at)
    if found:
        times = hull_of(found)
        return exactly(MEALS + 1) if times == exactly(MEALS) and _adds_bedtime(stretch) else times
    if stretch.says("frequency.each_meal"):
        return exactly(MEALS)
    return None


def _times_behind(stretch: Stretch, sign: int) -> int | None:
    """The number behind a sign for times, where it ends the sentence or "a day" follows it."""
    behind = [i for i in stretch.items[sign + 1 : sign + 4] if i.text != "/"]
    if not behind or behind[0].kind != "N" or not behind[0].high or behind[0].most > _MOST_TIMES:
        return None
    daily = len(behind) == 1 or behind[1].text in _STOPS or "frequency.daily" in behind[1].senses
    return sign + 1 if daily else None


def _servings_of(stretch: Stretch, at: int) -> list[Masses]:
    """ "3 doses of 1 capsule a day": how many servings of the count there are, where they are counted."""
    named = next((n for n in range(at - 1, max(-1, at - 4), -1) if "portion.serving" in stretch.items[n].senses), None)
    if named is None or not any("join.of" in i.senses for i in stretch.items[named + 1 : at]):
        return []
    number = stretch.number_before(named)
    return [stretch.count(number)] if number is not None else []


def _adds_bedtime(stretch: Stretch) -> bool:
    """ "three times a day after meals, and at bedtime": a fourth time."""
    return stretch.says("taking.with_food", "frequency.each_meal") and any(
        "relation.and" in before.senses and item.senses.get("time") == "bedtime"
        for before, item in pairwise(stretch.items)
    )


def multiplies(stretch: Stretch, at: int) -> bool:
    """ "2 x 150 mg", "10 x 10 tablets": a sign that multiplies an amount of substance or what a pack holds, and
    tells no times a day."""
    if len(stretch.items[at].text) > 1:
        return False
    behind, number = stretch.items[at + 1 : at + 2], stretch.number_before(at)
    if number is not None and stretch.items[number].most > _MOST_TIMES:
        return True
    return bool(behind) and behind[0].kind == "A" and behind[0].unit != "g"


def _fewer_times(stretch: Stretch, at: int, most: Decimal) -> Decimal:
    """The lower end of "one or two times" where the tables know the two times as one word; else `most`."""
    fewer, joint = (stretch.items[at - 2], stretch.items[at - 1]) if at >= 2 else (None, None)
    if fewer is None or joint is None or joint.senses.keys().isdisjoint(("relation.or", "relation.to")):
        return most
    if fewer.kind == "N" and fewer.high:
        return min(fewer.least, most)
    return min(Decimal(fewer.senses["number"]), most) if "number" in fewer.senses else most


def times_first(stretch: Stretch, at: int) -> bool:
    """Whether times are named before a count."""
    return any("times" in i.senses or "frequency.times" in i.senses for i in stretch.items[:at])


def is_daily(stretch: Stretch, at: int) -> bool:
    """Whether a count is for the day."""
    if any(item.kind == "w" and "duration.day" in item.senses for item in stretch.items[at + 1 : at + 2]):
        return True  # "2 comprimidos día"
    for item in stretch.items[at + 1 : at + 6]:
        if "frequency.daily" in item.senses or "portion.day" in item.senses:
            return True
        if (item.kind in "UVS" and item.high) or "dose.limit" in item.senses or "relation.at_most" in item.senses:
            break
        if item.kind == "N" and not stretch.times_follow(item):
            break
    return any(_says_day(stretch, index) for index in range(max(0, at - 4), at))


def _says_day(stretch: Stretch, at: int) -> bool:
    """Whether an item says "a day" of what follows it: not of a count right before it ("2 a day, 1 at noon")."""
    said = not stretch.items[at].senses.keys().isdisjoint(("frequency.daily", "portion.day"))
    before = stretch.items[at - 1] if at else None
    return said and not (before is not None and before.kind in "UVSN" and before.high)


def is_daily_directly(stretch: Stretch, at: int) -> bool:
    """Whether "a day" stands right behind a count."""
    return any("frequency.daily" in i.senses for i in stretch.items[at + 1 : at + 2])


def is_daily_moment(stretch: Stretch) -> bool:
    """Whether "daily" is said by the time of day alone: "every morning"."""
    return all("time" in i.senses for i in stretch.items if "frequency.daily" in i.senses)


def has_uncounted_times(stretch: Stretch, at: int) -> bool:
    """ "1 tablet ?? times a day": a word for times, longer than a sign, without a number that was read."""
    behind = stretch.items[at + 1 : at + 8]
    return any("frequency.times" in i.senses and "times" not in i.senses and len(i.text) > 1 for i in behind)


def shares_out_times(stretch: Stretch) -> bool:
    """ "40 drops divided into 2 times", "3 tablets spread over the main meals": the times share the count out."""
    for at, item in enumerate(stretch.items):
        if "taking.split" not in item.senses:
            continue
        if not _SHARED.isdisjoint(item.senses):
            return True
        for behind in stretch.items[at + 1 : at + 4]:
            if behind.kind in "UV" and behind.high:
                break  # "spread over 1 capsule at each meal"
            if not _SHARED.isdisjoint(behind.senses):
                return True
    return False


def is_day_then_times(stretch: Stretch, at: int) -> bool:
    """ "2 tablets a day, morning and evening one": a comma parts "a day" from the times it is shared out to."""
    behind = stretch.items[at + 1 : at + 4]
    if len(behind) < 3 or "frequency.daily" not in behind[0].senses or behind[1].text != ",":
        return False
    return "times" in behind[2].senses and not any("frequency.daily" in i.senses for i in stretch.items[at + 3 :])


def is_unread_frequency(stretch: Stretch, at: int) -> bool:
    """ "1 tablet one or xx a day": an alternative to once that nobody knows, which may be up to each meal."""
    behind = stretch.items[at + 1 : at + 5]
    if len(behind) < 4 or "number" not in behind[0].senses or "relation.or" not in behind[1].senses:
        return False
    return behind[2].kind == "w" and not behind[2].senses and "frequency.daily" in behind[3].senses


def counts_bare_daily(stretch: Stretch, beside: int = -1) -> Masses | None:
    """The number that stands with "a day" without a unit the tables know: "two a day", "2 meals a day"."""
    for at, item in enumerate(stretch.items):
        if at == beside:
            continue
        if item.kind == "N" and item.high and item.most <= MOST_BARE and not stretch.times_follow(item):
            behind = stretch.items[at + 1 : at + 3]
            if any("frequency.daily" in i.senses for i in behind) and all(i.kind == "w" for i in behind[:1]):
                return Interval(item.least, item.most)
    return None
