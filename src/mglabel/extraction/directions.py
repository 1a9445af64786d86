"""Read directions: how many units a day, how many at a time, when, and with what food.

Every sentence that doses is read into a `Dose`; adults' doses count before children's, and several uses or phases of
one label give the range over them. A highest dose ("at most 10 a day") only bounds doses taken as needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from mglabel.extraction.dose import PACK, Dose
from mglabel.extraction.dosing import Sentence
from mglabel.extraction.headed_counts import heads_doses
from mglabel.extraction.item import Item
from mglabel.extraction.layout import OFTEN, Clause
from mglabel.extraction.moments import with_days_added_up
from mglabel.extraction.people import may_name_people, names_people, spoken_to
from mglabel.extraction.portions import portion_mentions
from mglabel.extraction.stretch import ONE
from mglabel.values.interval import Interval, Masses
from mglabel.values.interval import hull as hull_of
from mglabel.values.label import Directions

_NEAR_LINES = 2
"""So many lines below its heading a dose is still the heading's."""

_NEAR_PEOPLE = 4
"""So many items behind a count its people stand."""

_WHOLE_DOSE = 12
"""So many items hold a count and how often it is taken."""

_ALTERNATING = re.compile("(?:c+p+){2,}")
"""Counts and people in turn, counts first."""

_SILENT = frozenset(("storage", "pack", "other", "ingredients", "facts"))
_DOSE_WORDS = (
    "dose.take",
    "dose.dissolve",
    "frequency.daily",
    "times",
    "frequency.bid",
    "frequency.tid",
    "frequency.each_meal",
    "taking.split",
    "time",
    "portion.day",
)

_NO_DOSE = ("relation.contains", "relation.equivalent", "pack.box", "pack.contents", "negation.before", "pack.lasts")
"""What tells that a number of units is none that are taken."""


class Said(NamedTuple):
    """What all directions of a text say, before one unit is chosen."""

    doses: tuple[Dose, ...]
    times: tuple[str, ...]
    with_food: bool | None
    split: bool
    audience: str
    dissolved: bool = False
    """Whether the units go into a liquid, so that a volume may be the dose."""
    adults_unread: bool = False
    """Whether a sentence says how often adults take what nobody could count, so that a child's dose is not theirs."""


def read_directions(all_clauses: Iterable[Clause]) -> Said:
    """Every dose of a text, with times of day and food."""
    doses: list[Dose] = []
    times: list[str] = []
    food: set[bool] = set()
    split = dissolved = adults_unread = shared_out = goes_on = doubles = False
    intakes: list[Masses] = []
    audience, section = "", ""
    day_line = people_line = -_NEAR_LINES - 1
    line = -1
    for clause in all_clauses:
        if clause.section != section:
            audience, section = "", clause.section
        dissolved = dissolved or clause.says("dose.dissolve")
        goes_on = goes_on or _goes_on_later(clause)
        doubles = doubles or (clause.says("dose.double") and not clause.says("negation.before"))
        shared_out = shared_out or _shares_out_the_day(clause)
        if _heads_day(clause):
            day_line = clause.line
        if heads_doses(clause.items) or (may_name_people(clause) and clause.line - people_line <= _NEAR_LINES):
            people_line = clause.line
        if not _doses(clause) and not (clause.line == line and _goes_on_with_count(clause)):
            audience = _audience_heading(clause) or audience
            continue
        first = len(doses)
        for part, whom in _alternatives(_by_audience(clause, audience)):
            audience = whom
            sentence = Sentence(part, clause, whom)
            near = clause.line - day_line <= _NEAR_LINES or "portion.day" in clause.items[0].senses
            near = near or (bool(whom) and people_line == clause.line)
            said = sentence.doses()
            adults_unread = adults_unread or (
                not said and whom == "adults" and any(not OFTEN.isdisjoint(i.senses) for i in part)
            )
            for dose in said:
                doses.append(_like_the_one_before(dose, doses, clause, line)._replace(under_day=near))
            line = clause.line
            often = sentence.frequency() if whom != "children" else None
            intakes += [often] if often is not None else []
            if whom != "children":
                times += [i.senses["time"] for i in part if "time" in i.senses]
        doses[first:] = _with_the_last_frequency(doses[first:])
        if clause.says("frequency.every_other_day"):
            doses[first:] = [_at_least_half(dose) for dose in doses[first:]]
        food |= _food(clause)
        split = split or clause.says("taking.split")
    who = "children" if doses and all(d.audience == "children" for d in doses) else ""
    doses = with_days_added_up(_as_often_as_others(doses))
    if goes_on:
        doses = [dose if dose.limit else dose._replace(per_day=None, loose=False) for dose in doses]
    if doubles:
        doses = [_at_most_doubled(dose) for dose in doses]
    if shared_out:
        doses = [dose._replace(under_day=True) for dose in doses]
    doses = [_with_intakes(dose, intakes[0]) if intakes else _for_the_day(dose) for dose in doses]
    with_food = food.pop() if len(food) == 1 else None
    found_times = tuple(dict.fromkeys(times))
    return Said(tuple(doses), found_times, with_food, split, who, dissolved, adults_unread)


def _with_the_last_frequency(doses: list[Dose]) -> list[Dose]:
    """ "Small dogs 1/2 tablet, large dogs 2 tablets a day": alternatives share what only the last one says."""
    last = doses[-1] if doses else None
    if last is None or last.per_day is None or last.limit or last.capped or last.loose:
        return doses
    return [
        _as_often_as(last, dose) if dose.per_day is None and dose.unit == last.unit and not dose.limit else dose
        for dose in doses
    ]


def _as_often_as_others(doses: list[Dose]) -> list[Dose]:
    """ "Adults: 2 tablets. Children: 1 tablet daily.": the dose of other people right behind says how often."""
    timed = [
        _as_often_as(after, dose)
        if dose.per_day is None
        and dose.audience
        and dose.audience != after.audience
        and dose.unit == after.unit
        and after.per_day is not None
        and not (dose.limit or after.limit or after.capped or after.loose)
        else dose
        for dose, after in pairwise(doses)
    ]
    return [*timed, *doses[-1:]]


def _as_often_as(other: Dose, dose: Dose) -> Dose:
    """A dose with the frequency of another one, once a day where that tells the day's units only."""
    if dose.per_intake is None:
        return dose
    return dose._replace(per_day=dose.per_intake.times(other.intakes or ONE), intakes=other.intakes)


def _heads_day(clause: Clause) -> bool:
    """ "Recommended daily dose:" without a count, or with one for some people: what the lines below count is for the
    day."""
    if not clause.says("portion.day") or not clause.says("section.directions"):
        return False
    return may_name_people(clause) or not _has_numbers(clause)


def _goes_on_later(clause: Clause) -> bool:
    """ "1 sachet 6 to 8 hours later", "repeat after four hours": another dose of the same day, of which nobody knows
    how many there are unless a highest number or a time of day is said."""
    counted = any(i.kind in "US" and i.high for i in clause.items)
    if not clause.says("frequency.again"):
        return clause.says("frequency.later") and clause.has("D") and counted
    if clause.says("relation.at_most", "dose.limit", "frequency.daily"):
        return False
    hours = any(i.kind == "D" and i.unit == "hour" for i in clause.items)
    if counted:
        return hours and not clause.says("time")
    return hours or clause.says("time")


def _at_least_half(dose: Dose) -> Dose:
    """ "1 daily for two weeks, then 1 every other day": a day has at least half of it."""
    if dose.per_day is None or dose.limit:
        return dose
    return dose._replace(per_day=Interval(dose.per_day.low / 2, dose.per_day.high))


def _at_most_doubled(dose: Dose) -> Dose:
    """ "The dose may be doubled": a day has up to twice the units."""
    if dose.per_day is None or dose.limit:
        return dose
    return dose._replace(per_day=Interval(dose.per_day.low, dose.per_day.high * 2))


def _shares_out_the_day(clause: Clause) -> bool:
    """ "The dose may be taken as a single daily dose or in divided doses": all doses are the day's."""
    return clause.says("taking.split") and clause.says("taking.single") and not _has_numbers(clause)


def _has_numbers(clause: Clause) -> bool:
    """Whether anything is counted, measured or dosed in a clause."""
    return any(i.kind in "AUVSN" and i.high for i in clause.items)


def _for_the_day(dose: Dose) -> Dose:
    """A dose without a frequency below a heading of the day's dose is that dose."""
    if not dose.under_day or dose.per_day is not None or dose.limit:
        return dose
    return dose._replace(per_day=dose.per_intake, loose=True)


def _like_the_one_before(dose: Dose, doses: list[Dose], clause: Clause, line: int) -> Dose:
    """ "1 ampoule once a day; in times of need 2 ampoules": a larger dose keeps the frequency of its sentence."""
    reach = {"directions": 1, "front": 0}.get(clause.section, -1)
    if not doses or clause.line - line > reach or dose.per_intake is None:
        return dose
    before = doses[-1]
    if before.audience != dose.audience and before.unit == dose.unit and before.per_day is not None and not dose.limit:
        if dose.per_day is None and not (before.limit or before.capped or before.loose):
            return _as_often_as(before, dose)
    same = before.unit == dose.unit and before.audience == dose.audience and not (dose.limit or before.limit)
    if not same or dose.per_day is not None or before.per_day is None:
        return dose
    if dose.capped and before.capped:
        return dose
    if dose.capped or before.intakes is None or before.per_intake is None:  # "1 a day. For cramps (up to) 2 tablets"
        larger = dose.per_intake.high > before.per_day.high
        return dose._replace(per_day=dose.per_intake) if larger else dose
    if dose.per_intake.high <= before.per_intake.high:
        return dose
    return _as_often_as(before, dose)


def _with_intakes(dose: Dose, intakes: Masses) -> Dose:
    """A dose without a frequency takes the one that another sentence states."""
    if dose.per_day is not None or dose.per_intake is None or dose.limit or dose.capped:
        return dose
    return dose._replace(per_day=dose.per_intake.times(intakes), intakes=intakes, loose=True)


def _doses(clause: Clause) -> bool:
    """Whether a clause may give a dose of the product."""
    to_people = may_name_people(clause) and clause.has("U") and clause.says("frequency.times")  # "adults: 2 x 1 tablet"
    to_people = to_people or _counts_for_people(clause)
    if clause.section != "directions" and not clause.says(*_DOSE_WORDS) and not to_people:
        return False
    if clause.says("frequency.weekly") or _heads_columns(clause) or _is_example(clause):
        return False
    if clause.section in _SILENT and not clause.says("dose.take", "frequency.daily", "portion.day", "times"):
        timed = clause.says("time") and not any(i.kind == "A" for i in clause.items)
        if not timed or clause.section in ("storage", "pack"):
            return False
    by_weight = clause.says("body.weight") and not any(i.kind == "U" and i.high for i in clause.items)
    if by_weight or clause.says("warning.kidney", "claim.study", "claim.food", "warning.interaction"):
        return (
            (clause.says("dose.take") or clause.section == "directions")
            and clause.says("frequency.daily")
            and not clause.says("warning.kidney", "claim.study")
        )
    return clause.section != "warnings" or clause.says("dose.take", "dose.limit", "relation.at_most")


def _counts_for_people(clause: Clause) -> bool:
    """ "Adults: 2 tablets.": a clause of people, one count of units and nothing else, which another one times."""
    items = [item for item in clause.items if item.kind != "p"]
    counts = [item for item in items if item.kind == "U"]
    if len(counts) != 1 or items[-1] is not counts[0] or not counts[0].high or counts[0].most >= PACK:
        return False
    return len(items) > 1 and names_people(items[0]) and all(i.kind in "wD" for i in items[:-1])


def _goes_on_with_count(clause: Clause) -> bool:
    """ "; in periods of greater need 2 ampoules": a sentence that tells one number of units and nothing else, behind a
    dose on its line."""
    if clause.first or not clause.has("U") or clause.has("APV") or clause.says(*_NO_DOSE):
        return False
    counts = [item for item in clause.items if item.kind == "U"]
    return len(counts) == 1 and bool(counts[0].high) and counts[0].most < PACK


def _is_example(clause: Clause) -> bool:
    """ "Example: 3 capsules of 500 mg give 210 mg a day": a sentence that begins so and does not say to take them."""
    return "claim.example" in clause.items[0].senses and not clause.says("dose.take")


def _heads_columns(clause: Clause) -> bool:
    """Whether the clause is the head of a table: several portions in cells and no word of taking."""
    if "c" not in clause.kinds or clause.says("dose.take", "time", "times", "frequency.times"):
        return False
    return len(portion_mentions(clause)) > 1


def _audience_heading(clause: Clause) -> str:
    """Whom a heading such as "Adults" speaks to, for the lines below it."""
    heads = clause.items[-1].text == ":" and not any(i.kind in "US" and i.high for i in clause.items)
    elsewhere = clause.section != "directions" and len(clause.items) > 4 and not heads
    if elsewhere or not may_name_people(clause):
        return ""
    return spoken_to(clause.items)


def _by_audience(clause: Clause, audience: str) -> Iterator[tuple[list[Item], str]]:
    """The clause cut where it turns to other people."""
    items = clause.items
    if not may_name_people(clause):
        yield items, audience
        return
    _give_units(items)
    if _names_people_behind(items):
        yield from _cut_behind_people(items, audience)
        return
    cuts, counted = [0], -1
    for at, item in enumerate(items):
        counted = at if _counts(item) else counted
        if counted < cuts[-1] or not names_people(item) or _is_said_behind(items, at):
            continue
        if not any(names_people(i) and not _is_said_behind(items, n) for n, i in _shortly_before(items, at)):
            cuts.append(at)
    for start, end in zip(cuts, [*cuts[1:], len(items)], strict=True):
        part = items[start:end]
        audience = spoken_to(part) or audience
        yield part, audience


def _give_units(items: list[Item]) -> None:
    """ "1 tablet daily for children, 2 for adults": a bare count before its people counts the units before it."""
    unit = ""
    for at, item in enumerate(items):
        unit = item.unit if item.kind == "U" and item.high else unit
        people = next((i for i in items[at + 1 : at + _NEAR_PEOPLE] if i.kind != "w" or names_people(i)), None)
        if unit and item.kind == "N" and item.high and people is not None and names_people(people):
            item.kind, item.unit = "U", unit


def _names_people_behind(items: list[Item]) -> bool:
    """ "1 tablet daily from 3 years, 2 tablets daily for adults": several counts, each with its people behind it."""
    marks = "".join("c" if _counts(i) else "p" for i in items if _counts(i) or names_people(i))
    return _ALTERNATING.fullmatch(marks) is not None


def _counts(item: Item) -> bool:
    return item.kind in "UVS" and bool(item.high)


def _cut_behind_people(items: list[Item], audience: str) -> Iterator[tuple[list[Item], str]]:
    """The clause cut before each count that stands behind people."""
    start, spoken = 0, False
    for at, item in enumerate(items):
        if spoken and _counts(item):
            yield items[start:at], spoken_to(items[start:at]) or audience
            start, spoken = at, False
        spoken = spoken or names_people(item)
    yield items[start:], spoken_to(items[start:]) or audience


def _alternatives(parts: Iterable[tuple[list[Item], str]]) -> Iterator[tuple[list[Item], str]]:
    """The parts cut where another whole dose begins: "1 capsule three times a day, or 3 capsules in the evening"."""
    for items, whom in parts:
        start = 0
        for at, item in enumerate(items):
            if "relation.or" not in item.senses:
                continue
            before, behind = items[max(start, at - _WHOLE_DOSE) : at], items[at : at + _WHOLE_DOSE]
            if _tells_how_often(before) and (_tells_how_often(behind) or _is_timed(behind)):
                yield items[start:at], whom
                start = at
        yield items[start:], whom


def _is_timed(items: list[Item]) -> bool:
    """Whether a bare count stands before a time of day: "or one after lunch and one after dinner"."""
    return any(item.kind == "N" and item.high and "time" in after.senses for item, after in pairwise(items))


def _tells_how_often(items: list[Item]) -> bool:
    """Whether units are counted, and behind them it is said when or how often."""
    counted = next((at for at, item in enumerate(items) if item.kind == "U" and item.high), None)
    return counted is not None and any(not OFTEN.isdisjoint(item.senses) for item in items[counted + 1 :])


def _shortly_before(items: list[Item], at: int) -> Iterator[tuple[int, Item]]:
    """The items before a word for people that may name the same people: behind the count before it, if one is near."""
    first = max(0, at - 4)
    first = next((n + 1 for n in range(at - 1, first, -1) if _counts(items[n])), first)
    return enumerate(items[first:at], start=first)


def _is_said_behind(items: list[Item], at: int) -> bool:
    """ "2 tablets (adults), …": people in a bracket that ends a dose, whose dose stands before it."""
    if not items[at].depth:
        return False
    closing = next((n for n in range(at, min(len(items), at + 4)) if items[n].text == ")"), None)
    return closing is not None and all(i.text in ",.;" for i in items[closing + 1 : closing + 2])


def _food(clause: Clause) -> set[bool]:
    found = set()
    if clause.says("taking.with_food"):
        found.add(True)
    if clause.says("taking.empty_stomach"):
        found.add(False)
    return found


def settle_directions(said: Said, wanted_units: tuple[str, ...]) -> Directions:
    """One set of directions out of all doses: adults first, the unit that amounts are stated for first."""
    doses = [d for d in said.doses if d.audience != "children"] or list(said.doses)
    if any(d.audience == "adults" for d in doses):
        doses = [d for d in doses if d.audience not in ("teens", "pregnancy")]
    only_children = said.adults_unread and all(d.audience == "children" for d in doses)
    if not doses or only_children:
        return Directions(times=said.times, with_food=said.with_food, split=said.split)
    units = [d.unit for d in doses if d.per_day is not None and not d.limit] or [d.unit for d in doses]
    named = [u for u in units if u not in ("", "g", "ml")] or units
    unit = next((u for u in wanted_units if u in units), named[0])
    if unit == "ml" and not said.dissolved and _counts_units(wanted_units):
        return Directions(times=said.times, with_food=said.with_food, split=said.split)
    chosen = [_in_unit(d, unit, doses) for d in doses if d.unit in (unit, "") or (d.limit and d.unit == "serving")]
    per_day = _per_day(chosen)
    if unit not in wanted_units:
        per_day = _with_other_kinds(per_day, chosen, doses)
    per_intake = hull_of(d.per_intake for d in chosen if d.per_intake is not None)
    intakes = hull_of(d.intakes for d in chosen if d.intakes is not None)
    spans = tuple(dict.fromkeys(d.span for d in chosen))
    return Directions(unit or None, per_day, per_intake, intakes, said.times, said.with_food, said.split, spans)


def _with_other_kinds(per_day: Masses | None, chosen: list[Dose], doses: list[Dose]) -> Masses | None:
    """ "2 capsules in the morning", elsewhere "1 tablet in the evening", and an amount that may be of either: up to all
    of them are taken on one day."""
    moments = {dose.moment for dose in chosen}
    kinds = {dose.unit for dose in chosen}
    others = [
        d for d in doses if d.unit not in kinds and d.moment and d.moment not in moments and d.per_day is not None
    ]
    if per_day is None or not all(moments):
        return per_day
    for other in others:
        if other.per_day is not None and other.unit not in ("g", "ml") and not other.limit:
            per_day = Interval(per_day.low, per_day.high + other.per_day.high)
    return per_day


def _counts_units(wanted_units: tuple[str, ...]) -> bool:
    """Whether amounts are stated for counted units only: a volume in the directions is then what they go into."""
    return bool(wanted_units) and not {"ml", "g", "day", "serving"} & set(wanted_units)


def _in_unit(dose: Dose, unit: str, doses: list[Dose]) -> Dose:
    """A highest number of doses a day, counted in the units of one dose."""
    if not dose.limit or dose.unit != "serving" or unit == "serving" or dose.per_day is None:
        return dose
    single = next((d.per_intake for d in doses if d.unit == unit and d.per_intake is not None), None)
    return dose if single is None else dose._replace(unit=unit, per_day=dose.per_day.times(single))


def _per_day(doses: list[Dose]) -> Masses | None:
    """Units a day over all uses; doses without a frequency count only up to a stated highest dose."""
    limits = [d.per_day.high for d in doses if d.limit and d.per_day is not None]
    definite = [d.per_day for d in doses if d.per_day is not None and not d.limit and not (d.loose and limits)]
    loose = [d.per_intake for d in doses if not d.limit and (d.per_day is None or d.loose)]
    singles = [i for i in loose if i is not None]
    capped = [d.per_day for d in doses if d.capped and d.per_day is not None and not d.limit]
    firm = [d for d in definite if d not in capped]
    if firm and capped:
        needed = [i.low for i in singles] if any(d.as_needed for d in doses) else []
        return Interval(min([*needed, *(d.low for d in firm)]), max(d.high for d in definite))
    if definite and not firm and singles:
        return Interval(min(i.low for i in singles), max(d.high for d in definite))
    if definite:
        return hull_of([*definite, *(d.per_day for d in doses if d.loose and d.per_day is not None and not d.limit)])
    if limits and singles:
        low = min(i.low for i in singles)
        return Interval(low, max(max(limits), low))
    return Interval(min(Decimal(1), max(limits)), max(limits)) if limits else None
