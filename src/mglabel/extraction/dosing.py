"""The doses that one stretch of a sentence gives: units at a time, times a day, times of day, highest doses.

A count may be per intake or for the day; the words around it decide, and what they leave open stays open.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from mglabel.extraction.binding import is_strange
from mglabel.extraction.items import VOLUMES, Item
from mglabel.extraction.layout import OFTEN, Clause
from mglabel.extraction.portions import PortionMention, portion_mentions
from mglabel.values.evidence import Span
from mglabel.values.interval import Interval, Masses, exactly
from mglabel.values.interval import hull as hull_of

ONE = exactly(1)
MEALS = Decimal(3)
MOST_BARE = 20
"""The largest number that counts doses without a word for the unit."""

MOST_COUNTS = 12
"""A sentence with more counts than this is a list, not a dose; the rest is not looked at."""

_STOPS = frozenset(".;,)")
_MOST_TIMES = 8
"""A sign of times behind a larger number counts what is in a pack."""

_SOLUTION = 14
"""So many items behind a word for dissolving a volume is the water."""

_DAILY = ("frequency.daily", "duration.day")
_TAKING = ("dose.take", "dose.dissolve", "frequency.daily", "times")
_DOSING = ("time", "times", "frequency.times", "frequency.each_meal")
_OCCASIONS = ("taking.", "frequency.as_needed", "duration.day")
_SHARED = frozenset(("frequency.times", "times", "frequency.each_meal"))
_SHARES = ("portion.serving", "frequency.each_meal")
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

_COUNTED_MANY = frozenset(("drop", "spray"))
_OTHER = frozenset(("frequency.as_needed", "relation.or"))

_LEAST_POWDER_G = Decimal("0.5")
"""No powder is dosed in less; a smaller mass is what the goods hold."""

_MOST_POWDER_G = Decimal(100)
"""So much powder and more is the pack."""

_SHARED_PARTS = 2
"""So many parts at least share out a dose."""

PACK = Decimal(20)
"""So many units without a verb of taking beside them are a pack (drops are counted so, and are taken)."""


class Dose(NamedTuple):
    """One dose that a sentence gives. `limit` marks the highest dose of a sentence that only bounds."""

    unit: str
    per_day: Masses | None
    per_intake: Masses | None
    intakes: Masses | None
    audience: str
    limit: bool
    as_needed: bool
    span: Span
    loose: bool = False
    """Whether the day's units follow only from a time of day."""
    under_day: bool = False
    """Whether it stands below a heading of the day's dose."""
    capped: bool = False
    """Whether only the highest number of units is stated ("up to 8 a day")."""
    moment: str = ""
    """The one time of day that it is for, empty where it is for several or none."""
    may_be_other: bool = False
    """Whether its words may make it an alternative to the doses beside it."""
    line: int = 0


class Sentence:
    """One stretch of a clause that speaks to one audience."""

    def __init__(self, items: list[Item], clause: Clause, audience: str) -> None:
        self._items = items
        self._clause = clause
        self._audience = audience
        self._portions = {
            index - self._offset(clause)
            for m in portion_mentions(clause)
            if not m.day and not self._also_dose(m, clause)
            for index in range(m.start, m.end)
        }
        self._senses = clause.senses if items is clause.items else {k for i in items for k in i.senses}

    @staticmethod
    def _also_dose(mention: PortionMention, clause: Clause) -> bool:
        """Whether a portion is the dose as well: "1 tablet a day provides", or a bare count in a line of doses."""
        behind = clause.items[mention.start : mention.end + 3]
        if any("frequency.daily" in i.senses for i in behind):
            return True
        if mention.how == "per" and clause.says(*_DOSING) and not clause.has("AP"):
            return True
        if mention.how == "size" and clause.says("frequency.each_meal"):
            return True
        return mention.how in ("size", "cell") and not any(i.kind in "AP" for i in clause.items)

    def _offset(self, clause: Clause) -> int:
        return clause.items.index(self._items[0]) if self._items else 0

    def _says(self, *keys: str) -> bool:
        return not self._senses.isdisjoint(keys)

    def doses(self) -> list[Dose]:
        """The doses of this stretch, none where it gives none."""
        headed = self._headed_count()
        if headed is not None:
            return [headed]
        scheme = next((i for i in self._items if i.kind == "S"), None)
        counts = self._counts()
        if scheme is not None:
            return [self._from_scheme(scheme, counts)]
        if not counts:
            return self._bare_number()
        limits = [at for at in counts if self._is_limit(at)]
        plain = [at for at in counts if at not in limits]
        found = [self._limit(at) for at in limits]
        found += self._with_more(self._together(plain), plain[-1]) if plain else []
        if all(d.per_day is None for d in found):
            found += self._bare_number()
        return found

    def frequency(self) -> Masses | None:
        """Intakes a day of a sentence that counts no units: "once a day", "in the evening"."""
        if any(i.kind in "UVS" and i.high for i in self._items):
            return None
        intakes = self._intakes(-1)
        if intakes is not None and self._says("frequency.daily", "times", "frequency.bid", "frequency.tid"):
            return intakes
        if not self._says("time") or self._says("relation.or", "frequency.weekly"):
            return None
        repeats = self._says("frequency.again") and not self._says("frequency.daily")  # but "repeat nightly"
        return exactly(max(1, len(self._moments())) + repeats)

    def _counts(self) -> list[int]:
        """Indexes of counted units that a dose may be: no portions of amounts, no packs, no durations."""
        found = []
        for at, item in enumerate(self._items):
            if at in self._portions or not item.high or self._is_equation(at) or self._is_by_weight(at):
                continue
            if self._is_size_of_unit(at):
                continue
            if item.kind == "U" and item.unit == "piece":
                if self._is_taken(at) and not self._is_pack(at):
                    found.append(at)
            elif item.kind == "U" and (item.unit in _COUNTED_MANY or not self._is_pack(at)):
                found.append(at)
            elif item.depth or self._is_in_pack(at):
                continue
            elif item.kind == "V" and item.unit in VOLUMES and self._drinks(at) and not self._is_rate(at):
                found.append(at)
            elif item.kind == "A" and item.unit == "g" and self._is_powder(at):
                found.append(at)
        countable = [at for at in found if self._items[at].kind == "U"]
        return (countable or found or self._glasses() or self._masses())[:MOST_COUNTS]

    def _is_rate(self, at: int) -> bool:
        """ "500 ml (25 daily portions)", "GFR 30-60 ml/min": a volume of the pack, or per something else than a day."""
        behind = self._items[at + 1 : at + 3]
        if self._counts_days or len(behind) < 2 or behind[0].text != "/":
            return self._counts_days
        return behind[1].senses.keys().isdisjoint(_DAILY)

    def _glasses(self) -> list[int]:
        """ "1 cup (50 ml) twice a day": the size in brackets of something that one is taken of."""
        if not self._names_day():
            return []
        return [
            at
            for at, item in enumerate(self._items)
            if item.kind == "V" and item.high and item.unit in VOLUMES and item.depth and self._is_of_one(at)
        ]

    def _masses(self) -> list[int]:
        """ "Adults: 500-1000 mg at bedtime": milligrams of what nothing names, in the directions."""
        nameless = self._clause.section == "directions" and not self._clause.has("mo")
        if not nameless or not self._says(*OFTEN, *_TAKING, "frequency.as_needed") or self._says("relation.contains"):
            return []
        return [
            at for at, i in enumerate(self._items) if i.unit == "mg" and i.kind == "A" and not self._is_by_weight(at)
        ]

    def _is_of_one(self, at: int) -> bool:
        """Whether a bracket sizes one thing, which words that no table counts name before it."""
        if at < 2 or self._items[at - 1].text != "(":
            return False
        for item in reversed(self._items[max(0, at - 6) : at - 1]):
            if "number" in item.senses or (item.kind == "N" and item.high):
                return (item.kind == "N" and item.low == item.high == (ONE.low,)) or item.senses.get("number") == "1"
            if item.kind != "w":
                return False
        return False

    def _is_taken(self, at: int) -> bool:
        """Whether pieces are taken and not packed: a verb of taking right before them, "a day" or times behind them."""
        if any("dose.take" in i.senses for i in self._items[max(0, at - 2) : at]):
            return True
        behind = self._items[at + 1 : at + 4]
        return any(not OFTEN.isdisjoint(i.senses) for i in behind if i.kind != "p")

    def _is_equation(self, at: int) -> bool:
        """ "(1 scoop = 25 g)": a bracket that only sizes a unit."""
        behind = self._items[at + 1 : at + 2]
        return self._items[at].depth > 0 and bool(behind) and behind[0].text == "="

    def _is_size_of_unit(self, at: int) -> bool:
        """ "1/2 to 1 bottle (10 fl oz)": a bracket that tells how many of other units the units before it are."""
        near = self._items[max(0, at - 2) : at + 2]
        if len(near) < 4 or near[1].text != "(" or near[3].text != ")":
            return False
        whole, part = near[0], near[2]
        return whole.kind == part.kind == "U" and bool(whole.high) and whole.unit != part.unit

    def _is_powder(self, at: int) -> bool:
        """Whether grams are a dose of the goods, and not of what is in them."""
        if not (self._says(*_TAKING) or self._names_day()):
            return False
        if not _LEAST_POWDER_G <= self._items[at].most <= _MOST_POWDER_G:
            return False
        if any("relation.contains" in i.senses for i in self._items[max(0, at - 3) : at]):
            return False
        behind = next((i for i in self._items[at + 1 : at + 4] if "join.of" not in i.senses), None)
        return behind is None or behind.kind not in "mo" or bool(behind.senses.get("form"))

    def _is_by_weight(self, at: int) -> bool:
        """ "4 g per 100 kg of body weight": what to take depends on who takes it."""
        for item in self._items[at + 1 : at + 6]:
            if "body.weight" in item.senses:
                return True
            if item.kind in "USl" or item.text in ",;":
                return False
        return False

    def _drinks(self, at: int) -> bool:
        """Whether a volume is the dose and not the water it goes into."""
        ahead = self._items[max(0, at - _SOLUTION) : at]
        if any("dose.dissolve" in i.senses or "use.water" in i.senses for i in ahead):
            return False
        before = self._items[at - 1] if at else None
        if before is not None and "relation.per" in before.senses and self._says("dose.dissolve"):
            return False
        return (
            before is None
            or not ("join.of" in before.senses or "relation.per" in before.senses)
            or self._says("dose.take")
        )

    def _is_pack(self, at: int) -> bool:
        near = self._items[max(0, at - 3) : at]
        if near and "frequency.times" in near[-1].senses and self._multiplies(at - 1):
            return True  # "10 x 10 tablets"
        if any("dose.take" in i.senses for i in near) and near[-1].text != ".":
            return False
        return self._items[at].most >= (PACK / 2 if self._is_in_pack(at) else PACK)

    def _is_in_pack(self, at: int) -> bool:
        """ "net weight 39 g": whether words for the pack stand before an amount."""
        return any("pack.contents" in i.senses or "pack.box" in i.senses for i in self._items[max(0, at - 3) : at])

    def _is_limit(self, at: int) -> bool:
        """Whether the count only bounds: "do not take more than 10 tablets"."""
        for item in self._items[max(0, at - 6) : at]:
            if "dose.limit" in item.senses or ("relation.at_most" in item.senses and "negation.before" in self._senses):
                return True
        return False

    def _headed_count(self) -> Dose | None:
        """ "Capsules per day: 3": a number alone behind the colon of a heading that names the unit and the day."""
        if not self._says(*_DAILY):
            return None
        for at in range(3, len(self._items)):
            item = self._items[at]
            if item.kind != "N" or not item.high or self._items[at - 1].text != ":" or item.most > MOST_BARE:
                continue
            heading, behind = self._items[max(0, at - 4) : at - 1], self._items[at + 1 : at + 2]
            unit = next((i.unit for i in heading if i.kind == "U" and not i.high), "")
            daily = not heading[-1].senses.keys().isdisjoint(_DAILY)
            if unit and daily and all(i.text in _STOPS for i in behind):
                return self._dose(at, self._count(at), None, None)._replace(unit=unit)
        return None

    # -- kinds of doses --------------------------------------------------------------------------------------------

    def _dose(
        self, at: int, per_day: Masses | None, per_intake: Masses | None, intakes: Masses | None, limit: bool = False
    ) -> Dose:
        item = self._items[at]
        scale = VOLUMES.get(item.unit, Decimal(1)) if item.kind == "V" else Decimal(1)
        unit = "ml" if item.kind == "V" else item.unit
        sized = [i.scaled(scale) if i is not None else None for i in (per_day, per_intake)]
        span = Span(self._items[0].start, self._items[-1].end)
        needed = self._says("frequency.as_needed")
        capped = item.low == item.high and self._up_to(at)
        return Dose(unit or "", sized[0], sized[1], intakes, self._audience, limit, needed, span, capped=capped)

    def _count(self, at: int) -> Masses:
        item = self._items[at]
        low, high = item.least, item.most
        if low == high and self._up_to(at):
            low = min(Decimal(1), low)
        return Interval(low, high)

    def _up_to(self, at: int) -> bool:
        for item in reversed(self._items[max(0, at - 2) : at]):
            if "relation.at_most" in item.senses:
                return True
            if item.kind in "UVA" and item.high:
                return False  # "up to 2 tablets 3 times a day": not up to three times
        return False

    def _limit(self, at: int) -> Dose:
        item = self._items[at]
        return self._dose(at, exactly(item.most), None, None, limit=True)

    def _from_scheme(self, scheme: Item, counts: list[int]) -> Dose:
        at = self._items.index(scheme)
        anchor = counts[0] if counts else at
        taken = [n for n in scheme.low if n]
        per_intake = Interval(min(taken), max(taken))
        return self._dose(anchor, exactly(sum(scheme.low)), per_intake, exactly(len(taken)))

    def _bare_number(self) -> list[Dose]:
        """ "1 daily", "take 1": a count without a word for the unit."""
        for at, item in enumerate(self._items):
            if item.kind != "N" or not item.high or item.most > MOST_BARE or item.low[0] <= 0:
                continue
            after = self._items[at + 1 : at + 3]
            if self._has_time(at) and self._clean_daily(at):
                single = self._dose(at, self._count(at), self._count(at), ONE)._replace(loose=True)
                return [self._timed_sum([at]) or single]
            serving = after and "portion.serving" in after[0].senses
            if serving or (self._is_bare_daily(at) and self._clean_daily(at)):
                if after and "frequency.times" in after[0].senses:
                    continue
                others = self._counts_bare_daily(at) if serving else None
                count = self._count(at)
                intakes = self._intakes(at) or others
                if not serving and intakes is None:
                    return [self._dose(at, count, None, None)]
                if self._says("frequency.daily", "times", "time"):
                    day = count.times(intakes or ONE)
                    dose = self._dose(at, day, count, intakes, limit=self._is_limit(at))
                    timed = self._timed_sum([at]) if serving and intakes is None else None
                    return [(timed or dose)._replace(unit="serving")]
        return []

    def _is_bare_daily(self, at: int) -> bool:
        """ "2 daily", "täglich 2 einnehmen": whether "a day" stands behind a bare count, or before a last one."""
        before, behind = self._items[max(0, at - 1) : at], self._items[at + 1 : at + 2]
        if any("frequency.daily" in item.senses for item in behind):
            return True
        ends = all(item.kind in "pw" and item.senses.keys() <= {"number"} and item.text not in "/-–" for item in behind)
        return ends and self._says("dose.take") and any("frequency.daily" in item.senses for item in before)

    def _has_time(self, at: int) -> bool:
        """Whether a bare count in a sentence of taking stands with a time of day: "1 in the evening", "abends 2"."""
        if not self._says("dose.take") and self._clause.section != "directions":
            return False
        behind, before = self._items[at + 1 : at + 2], self._items[max(0, at - 1) : at]
        return any("time" in i.senses for i in (*behind, *before))

    def _clean_daily(self, at: int) -> bool:
        before = self._items[at - 1] if at else None
        return before is None or (before.kind in "pw" and "reference.nrv" not in before.senses)

    def _together(self, counts: list[int]) -> list[Dose]:
        """The doses of one or several counts in one sentence."""
        total = next((at for at in counts if self._is_total(at)), None)
        if total is not None:
            return [self._dose(total, self._count(total), None, self._intakes(total))]
        parts = self._parts_in_bracket(counts)
        if parts:
            rest = [at for at in counts[1:] if at not in parts]
            return [self._single(counts[0]), *(self._together(rest) if rest else ())]
        shared = self._shared_out(counts)
        if shared is not None:
            return [shared]
        timed = self._timed_sum(counts)
        if timed is None:
            both = self._both(counts)
            return [self._single(at) for at in counts] if both is None else [both]
        first_daily = self._is_daily(counts[0]) and not self._time_near(counts[0])
        if not first_daily or timed.per_day == self._count(counts[0]):
            return [timed]
        return [self._single(counts[0]), *([timed] if len(counts) > 1 else [])]

    def _both(self, counts: list[int]) -> Dose | None:
        """ "1 capsule with food and 2 capsules before bed": two counts joined by "and" or "+", the second at a time of
        day of its own, are the parts of one day."""
        if len(counts) != 2 or self._says(*_OTHERWISE_TOLD):
            return None
        first, second = (self._items[at] for at in counts)
        joined = any("relation.and" in i.senses or i.text == "+" for i in self._items[counts[1] - 2 : counts[1]])
        alike = first.unit == second.unit and not self._time_near(counts[0]) and bool(self._time_behind(counts[1]))
        if not (joined and alike):
            return None
        each = (Interval(first.least, first.most), Interval(second.least, second.most))
        day = Interval(first.least + second.least, first.most + second.most)
        return self._dose(counts[0], day, each[0].hull(each[1]), exactly(len(each)))

    def _with_more(self, found: list[Dose], last: int) -> list[Dose]:
        """ "1 tablet a day, and one more before training", "two on harder days": a bare count behind the dose, for some
        occasion, comes on top or in its place, so that the day's count is open."""
        if len(found) != 1 or found[0].per_day is None or found[0].limit or found[0].capped:
            return found
        more = next((at for at in range(last + 1, len(self._items)) if self._is_occasional(at)), None)
        if more is None or self._are_parts(found[0].per_day, last):
            return found
        per_day = found[0].per_day
        count = _bare_count(self._items[more])
        instead = "dose.take" in self._items[more - 1].senses  # "dad takes two"
        most = max(per_day.high, count) if instead else per_day.high + count
        return [found[0]._replace(per_day=Interval(min(per_day.low, max(count, ONE.low)), most))]

    def _are_parts(self, per_day: Masses, last: int) -> bool:
        """ "4 a day, two before lunch and two before dinner": bare counts behind the dose that add up to it."""
        counts = [_bare_count(i) for i in self._items[last + 1 :] if (i.kind == "N" and i.high) or "number" in i.senses]
        return len(counts) > 1 and per_day.is_exact and sum(counts) == per_day.low

    def _is_occasional(self, at: int) -> bool:
        """Whether a count without a unit is for an occasion that no time of day names."""
        item = self._items[at]
        counted = item.kind == "w" and Decimal(item.senses.get("number", 0)) > 1
        is_count = counted or (item.kind == "N" and bool(item.high) and item.least >= 1)
        if at and not self._items[at - 1].senses.keys().isdisjoint(("relation.per", "frequency.times")):
            return False  # "2 to 6 tablets a day in 2 portions", "1 tablet x 2"
        if not is_count or self._times_follow(item) or self._time_near(at):
            return False
        behind = self._items[at + 1 : at + 5]
        if at and "dose.take" in self._items[at - 1].senses and not any(i.kind in "UVADN" for i in behind[:1]):
            return True
        shared_out = self._says("taking.split") or any(key in i.senses for i in behind for key in _SHARES)
        if shared_out or any(i.kind in "UVADN" and i.high for i in behind[:1]):
            return False
        return any(key.startswith(_OCCASIONS) for i in behind for key in i.senses)

    def _parts_in_bracket(self, counts: list[int]) -> list[int]:
        """ "6 tablets a day (2 in the morning, 4 in the evening)": the counts of a bracket that add up to the first."""
        first = self._items[counts[0]]
        closing = next((n for n in range(counts[0], len(self._items)) if self._items[n].text == ")"), 0)
        parts = [at for at in counts[1:] if at < closing and self._items[at].depth > first.depth]
        if len(parts) < 2 or not self._is_daily(counts[0]):
            return []
        return parts if sum(self._items[at].most for at in parts) == first.most else []

    def _shared_out(self, counts: list[int]) -> Dose | None:
        """ "3 capsules daily: 1 in the daytime and 2 before bed": parts that make up the day's count before them."""
        if len(counts) < _SHARED_PARTS + 1 or not self._is_daily(counts[0]):
            return None
        day, *parts = map(self._count, counts)
        if not all(part.is_exact for part in (day, *parts)) or sum(part.low for part in parts) != day.low:
            return None
        once = Interval(min(part.low for part in parts), max(part.low for part in parts))
        return self._dose(counts[0], day, once, exactly(len(parts)))

    def _is_total(self, at: int) -> bool:
        return any("portion.total" in i.senses for i in self._items[at + 1 : at + 4])

    def _timed_sum(self, counts: list[int]) -> Dose | None:
        """ "1 in the morning and 2 in the evening": counts that each have their own times of day."""
        depth = self._items[counts[0]].depth
        numbers = [
            at
            for at, i in enumerate(self._items)
            if at in counts or (i.kind == "N" and i.high and i.most <= MOST_BARE and i.depth <= depth)
        ]
        timed = {at: self._times_near(at) for at in numbers if self._time_near(at)}
        if len(timed) < 2 or len(set().union(*timed.values())) < 2:
            return None
        low = sum(self._items[at].least * len(times) for at, times in timed.items())
        high = sum(self._items[at].most * len(times) for at, times in timed.items())
        each = hull_of(Interval(self._items[at].least, self._items[at].most) for at in timed)
        return self._dose(
            counts[0], Interval(Decimal(low), Decimal(high)), each, exactly(sum(map(len, timed.values())))
        )

    def _times_near(self, at: int) -> set[str]:
        """All times of day of a count: "1 in the morning and at noon"; a comma alone parts no list of times."""
        first = self._time_near(at)
        times = {first}
        for index in range(at + 1, len(self._items)):
            item = self._items[index]
            if item.kind in "NSUV" and item.high:
                before = self._items[index - 1]
                if "time" in before.senses and before.senses["time"] != first and not self._time_behind(index):
                    times.discard(before.senses["time"])
                break
            if "time" in item.senses and "relation.or" not in self._senses:
                times.add(item.senses["time"])
        return times

    def _time_behind(self, at: int) -> bool:
        """Whether a time of day follows a count before the next mark or number."""
        for item in self._behind(at):
            if "time" in item.senses:
                return True
            if item.kind in "NSUV" or item.text in ",.;)":
                break
        return False

    def _behind(self, at: int) -> list[Item]:
        """The items that follow a count, without the point of its abbreviated unit: "1 caps. before lunch"."""
        first = at + 1
        if self._items[at].kind == "U" and first < len(self._items) and self._items[first].text == ".":
            first += 1
        return self._items[first : first + 4]

    def _time_near(self, at: int) -> str:
        """The time of day that stands with a number: directly before it or behind it, before the next number."""
        before = self._items[at - 1] if at else None
        taken = at > 1 and self._items[at - 2].kind in "NU" and bool(self._items[at - 2].high)
        if before is not None and "time" in before.senses and not taken:
            return before.senses["time"]
        for item in self._behind(at):
            if "time" in item.senses:
                return item.senses["time"]
            if item.kind in "NS" or (item.kind == "U" and item.high) or item.text in ",.;)":
                break
        for item in reversed(self._items[max(0, at - 2) : at]):
            if "time" in item.senses:
                return item.senses["time"]
            if item.kind in "NUS":
                break
        return ""

    def _is_daily(self, at: int) -> bool:
        if any(item.kind == "w" and "duration.day" in item.senses for item in self._items[at + 1 : at + 2]):
            return True  # "2 comprimidos día"
        for item in self._items[at + 1 : at + 6]:
            if "frequency.daily" in item.senses or "portion.day" in item.senses:
                return True
            if (item.kind in "UVS" and item.high) or "dose.limit" in item.senses or "relation.at_most" in item.senses:
                break
            if item.kind == "N" and not self._times_follow(item):
                break
        return any(self._says_day(index) for index in range(max(0, at - 4), at))

    def _names_day(self) -> bool:
        """Whether the stretch speaks of a day, and not of how many days a pack lasts."""
        return self._says("frequency.daily") or (self._says("portion.day") and not self._counts_days)

    @cached_property
    def _counts_days(self) -> bool:
        """ "500 ml (25 daily portions)", "60 g, 30 servings": whether the portions counted are those of a pack."""
        return any(
            before.kind == "N"
            and bool(before.high)
            and (
                ("portion.day" in item.senses and before.most > 1)
                or ("portion.serving" in item.senses and before.most >= MOST_BARE)
            )
            for before, item in pairwise(self._items)
        )

    def _says_day(self, at: int) -> bool:
        """Whether an item says "a day" of what follows it: not of a count right before it ("2 a day, 1 at noon")."""
        said = not self._items[at].senses.keys().isdisjoint(("frequency.daily", "portion.day"))
        before = self._items[at - 1] if at else None
        return said and not (before is not None and before.kind in "UVSN" and before.high)

    def _moments(self) -> list[str]:
        """The times of day named; evening and bedtime are one."""
        named = list(dict.fromkeys(i.senses["time"] for i in self._items if "time" in i.senses))
        return [m for m in named if m != "evening"] if "bedtime" in named else named

    def _parted_from_times(self, at: int) -> bool:
        """Whether a comma stands between the count and the times: "daily dose: 2 capsules, morning and evening"."""
        for item in self._items[at + 1 :]:
            if "time" in item.senses:
                return False
            if item.kind == "p" and item.text in ",;(–-":
                return True
        return False

    def _times_follow(self, number: Item) -> bool:
        """Whether a number counts times ("3 times") and not units."""
        at = self._items.index(number)
        return any("frequency.times" in i.senses for i in self._items[at + 1 : at + 3])

    def _single(self, at: int) -> Dose:
        count = self._count(at)
        intakes = self._intakes(at)
        if intakes is not None and self._caps_the_day(at):
            return self._dose(at, count, None, None)
        if intakes is not None and self._is_day_then_times(at):
            return self._dose(at, count, None, intakes)
        if intakes is not None and self._shares_out_times():
            return self._dose(at, count, None, intakes)
        if intakes is not None:
            at_meals = self._says("frequency.each_meal") and not self._says("frequency.times")
            shared_out = (at_meals and count.high >= MEALS) or self._says("taking.split")
            if shared_out and self._is_daily(at) and not self._times_first(at):
                return self._dose(at, count, None, intakes)
            return self._dose(at, count.times(intakes), count, intakes)
        if self._says("taking.single") and not self._says("frequency.daily"):
            return self._dose(at, count, count, ONE)._replace(loose=True)
        if self._has_uncounted_times(at) and not self._is_daily_directly(at):
            return self._dose(at, None, count, None)
        if self._is_unread_frequency(at):
            return self._dose(at, Interval(count.low, count.high * MEALS), count, Interval(Decimal(1), MEALS))
        if self._says("taking.split") and not self._says("time"):
            return self._dose(at, count, None, None)
        moments = self._moments()
        timed = moments[0] if len(moments) == 1 and not self._says("relation.or") else ""
        each_time = len(moments) > 1 and not self._says("frequency.daily") and not self._parted_from_times(at)
        if len(moments) == 1 and self._says("frequency.again"):
            return self._dose(at, count.scaled(2), count, exactly(2))  # "first thing and again before bed"
        if self._is_daily(at) and not each_time:
            day = self._dose(at, count, None, exactly(len(moments)) if len(moments) > 1 else None)
            return self._at_moment(at, day, timed) if self._is_daily_moment() else day
        if len(moments) > 1 and not self._says("relation.or"):
            return self._dose(at, count.scaled(len(moments)), count, exactly(len(moments)))
        if moments:
            return self._at_moment(at, self._dose(at, count, count, ONE)._replace(loose=True), timed)
        if self._limit_behind(at):
            return self._dose(at, None, count, None)
        if self._names_day() and not self._counts_bare_daily():
            return self._dose(at, count, None, None)
        elsewhere = self._elsewhere()
        if elsewhere is not None:
            return self._dose(at, count.times(elsewhere), count, elsewhere)._replace(loose=True)
        return self._dose(at, None, count, None)

    def _has_uncounted_times(self, at: int) -> bool:
        """ "1 tablet ?? times a day": a word for times, longer than a sign, without a number that was read."""
        behind = self._items[at + 1 : at + 8]
        return any("frequency.times" in i.senses and "times" not in i.senses and len(i.text) > 1 for i in behind)

    def _shares_out_times(self) -> bool:
        """ "40 drops divided into 2 times", "3 tablets spread over the main meals": the times share the count out."""
        for at, item in enumerate(self._items):
            if "taking.split" not in item.senses:
                continue
            for behind in self._items[at + 1 : at + 4]:
                if behind.kind in "UV" and behind.high:
                    break  # "spread over 1 capsule at each meal"
                if not _SHARED.isdisjoint(behind.senses):
                    return True
        return False

    def _caps_the_day(self, at: int) -> bool:
        """ "1 tablet twice a day, then 3 tablets a day": the times are of the count before; this one is the day's."""
        counted = any(i.kind in "UV" and i.high for i in self._items[:at])
        timed_behind = any("times" in i.senses or "frequency.times" in i.senses for i in self._items[at + 1 :])
        return counted and self._is_daily_directly(at) and self._times_first(at) and not timed_behind

    def _is_day_then_times(self, at: int) -> bool:
        """ "2 tablets a day, morning and evening one": a comma parts "a day" from the times it is shared out to."""
        behind = self._items[at + 1 : at + 4]
        if len(behind) < 3 or "frequency.daily" not in behind[0].senses or behind[1].text != ",":
            return False
        return "times" in behind[2].senses and not any("frequency.daily" in i.senses for i in self._items[at + 3 :])

    def _is_daily_directly(self, at: int) -> bool:
        """Whether "a day" stands right behind a count."""
        return any("frequency.daily" in i.senses for i in self._items[at + 1 : at + 2])

    def _is_daily_moment(self) -> bool:
        """Whether "daily" is said by the time of day alone: "every morning"."""
        return all("time" in i.senses for i in self._items if "frequency.daily" in i.senses)

    def _at_moment(self, at: int, dose: Dose, moment: str) -> Dose:
        """The dose with its time of day; night is the evening. Words before it may make it a choice: "for muscles"."""
        other = self._says(*_OTHER) or any(is_strange(i) for i in self._items[:at])
        return dose._replace(
            moment="evening" if moment == "bedtime" else moment, may_be_other=other, line=self._clause.line
        )

    def _is_unread_frequency(self, at: int) -> bool:
        """ "1 tablet one or xx a day": an alternative to once that nobody knows, which may be up to each meal."""
        behind = self._items[at + 1 : at + 5]
        if len(behind) < 4 or "number" not in behind[0].senses or "relation.or" not in behind[1].senses:
            return False
        return behind[2].kind == "w" and not behind[2].senses and "frequency.daily" in behind[3].senses

    def _limit_behind(self, at: int) -> bool:
        """Whether a highest count follows, whose "a day" this one then does not share."""
        counts = (i for i in range(at + 1, len(self._items)) if self._items[i].kind in "UV" and self._items[i].high)
        following = next(counts, None)
        return following is not None and self._is_limit(following)

    def _counts_bare_daily(self, beside: int = -1) -> Masses | None:
        """The number that stands with "a day" without a unit the tables know: "two a day", "2 meals a day"."""
        for at, item in enumerate(self._items):
            if at == beside:
                continue
            if item.kind == "N" and item.high and item.most <= MOST_BARE and not self._times_follow(item):
                behind = self._items[at + 1 : at + 3]
                if any("frequency.daily" in i.senses for i in behind) and all(i.kind == "w" for i in behind[:1]):
                    return Interval(item.least, item.most)
        return None

    def _elsewhere(self) -> Masses | None:
        """Intakes a day by words that stand in the clause's part for other people: "men 3, women 2, at bedtime"."""
        moments = {i.senses["time"] for i in self._clause.items if "time" in i.senses}
        if len(self._clause.items) > len(self._items) and len(moments) == 1:
            return ONE
        return None

    def _times_first(self, at: int) -> bool:
        return any("times" in i.senses or "frequency.times" in i.senses for i in self._items[:at])

    def _intakes(self, at: int) -> Masses | None:
        """How many times a day: "3 times", "twice", "with each meal", None where nothing says."""
        found: list[Masses] = []
        for index, item in enumerate(self._items):
            if item.depth and at >= 0 and not self._items[at].depth and self._is_daily(at):
                continue
            if "frequency.times" in item.senses and not self._multiplies(index):
                number = self._number_before(index)
                if number is None and index == at + 1:
                    number = self._times_behind(index)  # "1 tablet x 2 a day"
                if number is not None and number != at:
                    found.append(self._count(number))
            elif "times" in item.senses:
                most = Decimal(item.senses["times"])
                found.append(Interval(Decimal(1) if self._up_to(index) else self._fewer_times(index, most), most))
            elif "frequency.bid" in item.senses:
                found.append(exactly(2))
            elif "frequency.tid" in item.senses:
                found.append(exactly(3))
        if not found and at > 1:
            found = self._servings_of(at)
        if found:
            times = hull_of(found)
            return exactly(MEALS + 1) if times == exactly(MEALS) and self._adds_bedtime() else times
        if self._says("frequency.each_meal"):
            return exactly(MEALS)
        return None

    def _times_behind(self, sign: int) -> int | None:
        """The number behind a sign for times, where it ends the sentence or "a day" follows it."""
        behind = [i for i in self._items[sign + 1 : sign + 4] if i.text != "/"]
        if not behind or behind[0].kind != "N" or not behind[0].high or behind[0].most > _MOST_TIMES:
            return None
        daily = len(behind) == 1 or behind[1].text in _STOPS or "frequency.daily" in behind[1].senses
        return sign + 1 if daily else None

    def _servings_of(self, at: int) -> list[Masses]:
        """ "3 doses of 1 capsule a day": how many servings of the count there are, where they are counted."""
        named = next(
            (n for n in range(at - 1, max(-1, at - 4), -1) if "portion.serving" in self._items[n].senses), None
        )
        if named is None or not any("join.of" in i.senses for i in self._items[named + 1 : at]):
            return []
        number = self._number_before(named)
        return [self._count(number)] if number is not None else []

    def _adds_bedtime(self) -> bool:
        """ "three times a day after meals, and at bedtime": a fourth time."""
        return self._says("taking.with_food", "frequency.each_meal") and any(
            "relation.and" in before.senses and item.senses.get("time") == "bedtime"
            for before, item in pairwise(self._items)
        )

    def _multiplies(self, at: int) -> bool:
        """ "2 x 150 mg", "10 x 10 tablets": a sign that multiplies an amount of substance or what a pack holds, and
        tells no times a day."""
        if len(self._items[at].text) > 1:
            return False
        behind, number = self._items[at + 1 : at + 2], self._number_before(at)
        if number is not None and self._items[number].most > _MOST_TIMES:
            return True
        return bool(behind) and behind[0].kind == "A" and behind[0].unit != "g"

    def _fewer_times(self, at: int, most: Decimal) -> Decimal:
        """The lower end of "one or two times" where the tables know the two times as one word; else `most`."""
        fewer, joint = (self._items[at - 2], self._items[at - 1]) if at >= 2 else (None, None)
        if fewer is None or joint is None or joint.senses.keys().isdisjoint(("relation.or", "relation.to")):
            return most
        if fewer.kind == "N" and fewer.high:
            return min(fewer.least, most)
        return min(Decimal(fewer.senses["number"]), most) if "number" in fewer.senses else most

    def _number_before(self, at: int) -> int | None:
        for index in range(at - 1, max(-1, at - 3), -1):
            item = self._items[index]
            if item.kind in "N" and item.high:
                return index
            if item.text not in "-‑()":
                return None
        return None


def _bare_count(item: Item) -> Decimal:
    """What a number, or a word for one, counts at most."""
    return item.most if item.kind == "N" else Decimal(item.senses["number"])
