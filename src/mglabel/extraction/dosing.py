"""The doses that one stretch of a sentence gives: units at a time, times a day, times of day, highest doses.

A count may be per intake or for the day; the words around it decide, and what they leave open stays open.
"""

from __future__ import annotations

from decimal import Decimal

from mglabel.extraction.binding import is_strange
from mglabel.extraction.counted import counts_in
from mglabel.extraction.dose import Dose
from mglabel.extraction.item import VOLUMES, Item
from mglabel.extraction.layout import Clause
from mglabel.extraction.parts_of_day import (
    are_parts,
    at_times_of_day,
    bare_count,
    both_parts,
    kinds_together,
    parts_in_bracket,
    split_day,
)
from mglabel.extraction.stretch import MEALS, MOST_BARE, ONE, Stretch
from mglabel.extraction.times_a_day import (
    counts_bare_daily,
    has_uncounted_times,
    intakes_a_day,
    is_daily,
    is_daily_directly,
    is_daily_moment,
    is_day_then_times,
    is_unread_frequency,
    shares_out_times,
    times_first,
)
from mglabel.extraction.times_of_day import parted_from_times, time_behind, time_near, times_named
from mglabel.values.evidence import Span
from mglabel.values.interval import Interval, Masses, exactly

_STOPS = frozenset(".;,)")
_DAILY = ("frequency.daily", "duration.day")
_OFTEN = ("frequency.daily", "times", "time")
_OCCASIONS = ("taking.", "frequency.as_needed", "duration.day")
_NEAR_BEFORE = 3
"""So many items before a bare count tell what it is for."""

_LATER = frozenset(("frequency.as_needed", "frequency.later"))
_NO_LEAD = frozenset(("time", "times", "frequency.times", "relation.per", "taking.split", "relation.at_most"))
"""What stands before a number that is no dose of its own."""

_SHARES = ("portion.serving", "frequency.each_meal")
_OTHER = frozenset(("frequency.as_needed", "relation.or"))


class Sentence(Stretch):
    """A stretch that speaks to one audience."""

    def __init__(self, items: list[Item], clause: Clause, audience: str) -> None:
        super().__init__(items, clause)
        self._audience = audience

    def doses(self) -> list[Dose]:
        """The doses of this stretch, none where it gives none."""
        headed = self._headed_count()
        if headed is not None:
            return [headed]
        scheme = next((i for i in self.items if i.kind == "S"), None)
        counts = counts_in(self)
        if scheme is not None:
            return [self._from_scheme(scheme, counts)]
        if not counts:
            return self._bare_number()
        limits = [at for at in counts if self._is_limit(at)]
        plain = [at for at in counts if at not in limits]
        found = [self._limit(at) for at in limits]
        if plain:
            kinds = kinds_together(self, plain)
            found += [dose._replace(kinds=kinds) for dose in self._with_more(self._together(plain), plain[-1])]
        if all(d.per_day is None for d in found):
            found += self._bare_number()
        return found

    def frequency(self) -> Masses | None:
        """Intakes a day of a sentence that counts no units: "once a day", "in the evening"."""
        if any(i.kind in "UVS" and i.high for i in self.items):
            return None
        intakes = intakes_a_day(self, -1)
        if intakes is not None and self.says("frequency.daily", "times", "frequency.bid", "frequency.tid"):
            return intakes
        if not self.says("time") or self.says("relation.or", "frequency.weekly"):
            return None
        repeats = self.says("frequency.again") and not self.says("frequency.daily")  # but "repeat nightly"
        return exactly(max(1, len(times_named(self))) + repeats)

    def _is_limit(self, at: int) -> bool:
        """Whether the count only bounds: "do not take more than 10 tablets"."""
        for item in self.items[max(0, at - 6) : at]:
            if "dose.limit" in item.senses or ("relation.at_most" in item.senses and "negation.before" in self.senses):
                return True
        return False

    def _headed_count(self) -> Dose | None:
        """ "Capsules per day: 3": a number alone behind the colon of a heading that names the unit and the day."""
        if not self.says(*_DAILY):
            return None
        for at in range(3, len(self.items)):
            item = self.items[at]
            if item.kind != "N" or not item.high or self.items[at - 1].text != ":" or item.most > MOST_BARE:
                continue
            heading, behind = self.items[max(0, at - 4) : at - 1], self.items[at + 1 : at + 2]
            unit = next((i.unit for i in heading if i.kind == "U" and not i.high), "")
            daily = not heading[-1].senses.keys().isdisjoint(_DAILY)
            if unit and daily and all(i.text in _STOPS for i in behind):
                return self._dose(at, self.count(at), None, None)._replace(unit=unit)
        return None

    # -- kinds of doses --------------------------------------------------------------------------------------------

    def _dose(
        self, at: int, per_day: Masses | None, per_intake: Masses | None, intakes: Masses | None, limit: bool = False
    ) -> Dose:
        item = self.items[at]
        scale = VOLUMES.get(item.unit, Decimal(1)) if item.kind == "V" else Decimal(1)
        unit = "ml" if item.kind == "V" else item.unit
        sized = [i.scaled(scale) if i is not None else None for i in (per_day, per_intake)]
        span = Span(self.items[0].start, self.items[-1].end)
        needed = self.says("frequency.as_needed")
        capped = item.low == item.high and self.up_to(at)
        return Dose(unit or "", sized[0], sized[1], intakes, self._audience, limit, needed, span, capped=capped)

    def _limit(self, at: int) -> Dose:
        item = self.items[at]
        return self._dose(at, exactly(item.most), None, None, limit=True)

    def _from_scheme(self, scheme: Item, counts: list[int]) -> Dose:
        at = self.items.index(scheme)
        anchor = counts[0] if counts else at
        taken = [n for n in scheme.low if n]
        per_intake = Interval(min(taken), max(taken))
        return self._dose(anchor, exactly(sum(scheme.low)), per_intake, exactly(len(taken)))

    def _bare_number(self) -> list[Dose]:
        """ "1 daily", "take 1": a count without a word for the unit."""
        for at, item in enumerate(self.items):
            if item.kind != "N" or not item.high or item.most > MOST_BARE or item.low[0] <= 0:
                continue
            behind = self.items[at + 1].senses if at + 1 < len(self.items) else {}
            dose: Dose | None = None
            if self._has_time(at) and self._clean_daily(at):
                dose = self._by_times_of_day([at]) or self._at_once(at)
            elif "frequency.times" in behind:
                continue
            elif "portion.serving" in behind:
                dose = self._of_servings(at)
            elif self._is_bare_daily(at) and self._clean_daily(at):
                dose = self._of_day(at)
            if dose is not None:
                return [dose]
        return []

    def _at_once(self, at: int) -> Dose:
        once = self.count(at)
        return self._dose(at, once, once, ONE)._replace(loose=True)

    def _of_servings(self, at: int) -> Dose | None:
        """ "2 servings daily", "1 serving in the morning and 1 in the evening"."""
        if not self.says(*_OFTEN):
            return None
        once = self.count(at)
        intakes = intakes_a_day(self, at) or counts_bare_daily(self, at)
        dose = self._by_times_of_day([at]) if intakes is None else None
        if dose is None and intakes is None and not self.says("frequency.daily", "relation.or"):
            intakes = exactly(max(1, len(times_named(self))))  # "1 serving morning and evening"
        if dose is None:
            dose = self._dose(at, once.times(intakes or ONE), once, intakes, self._is_limit(at))
        return dose._replace(unit="serving")

    def _of_day(self, at: int) -> Dose | None:
        """ "2 daily", "1 three times a day" of what the label does not name."""
        once = self.count(at)
        intakes = intakes_a_day(self, at)
        if intakes is None or self.says("taking.split"):  # "three a day, spread over the day's meals"
            return self._dose(at, once, None, intakes)
        if not self.says(*_OFTEN):
            return None
        return self._dose(at, once.times(intakes), once, intakes, self._is_limit(at))._replace(unit="serving")

    def _is_bare_daily(self, at: int) -> bool:
        """ "2 daily", "täglich 2 einnehmen": whether "a day" stands behind a bare count, or before a last one."""
        before, behind = self.items[max(0, at - 1) : at], self.items[at + 1 : at + 2]
        if any("frequency.daily" in item.senses for item in behind):
            return True
        ends = all(item.kind in "pw" and item.senses.keys() <= {"number"} and item.text not in "/-–" for item in behind)
        return ends and self.says("dose.take") and any("frequency.daily" in item.senses for item in before)

    def _has_time(self, at: int) -> bool:
        """Whether a bare count in a sentence of taking stands with a time of day: "1 in the evening", "abends 2"."""
        if not self.says("dose.take") and self.clause.section != "directions":
            return False
        behind, before = self.items[at + 1 : at + 2], self.items[max(0, at - 1) : at]
        return any("time" in i.senses for i in (*behind, *before))

    def _clean_daily(self, at: int) -> bool:
        before = self.items[at - 1] if at else None
        return before is None or (before.kind in "pw" and "reference.nrv" not in before.senses)

    def _together(self, counts: list[int]) -> list[Dose]:
        """The doses of one or several counts in one sentence."""
        total = next((at for at in counts if self._is_total(at)), None)
        if total is not None:
            return [self._dose(total, self.count(total), None, intakes_a_day(self, total))]
        parts = parts_in_bracket(self, counts)
        if parts:
            rest = [at for at in counts[1:] if at not in parts]
            return [self._single(counts[0]), *(self._together(rest) if rest else ())]
        shared = split_day(self, counts)
        if shared is not None:
            return [self._dose(counts[0], *shared)]
        timed = self._by_times_of_day(counts)
        if timed is None:
            both = both_parts(self, counts)
            return [self._single(at) for at in counts] if both is None else [self._dose(counts[0], *both)]
        first_daily = is_daily(self, counts[0]) and not time_near(self, counts[0])
        if not first_daily or timed.per_day == self.count(counts[0]):
            return [timed]
        return [self._single(counts[0]), *([timed] if len(counts) > 1 else [])]

    def _by_times_of_day(self, counts: list[int]) -> Dose | None:
        parts = at_times_of_day(self, counts)
        return None if parts is None else self._dose(counts[0], *parts)

    def _with_more(self, found: list[Dose], last: int) -> list[Dose]:
        """ "1 tablet a day, and one more before training", "two on harder days": a bare count behind the dose, for some
        occasion, comes on top or in its place, so that the day's count is open."""
        if len(found) != 1 or found[0].per_day is None or found[0].limit or found[0].capped:
            return found
        more = next((at for at in range(last + 1, len(self.items)) if self._is_occasional(at)), None)
        if more is None or are_parts(self, found[0].per_day, last):
            return found
        per_day = found[0].per_day
        count = bare_count(self.items[more])
        instead = (
            "dose.take" in self.items[more - 1].senses  # "dad takes two"
            or self._is_raised_to(more)
            or (self._is_if_needed(more) and count > per_day.high)
            or self._is_daily_again(more)
        )
        most = max(per_day.high, count) if instead else per_day.high + count
        return [found[0]._replace(per_day=Interval(min(per_day.low, max(count, ONE.low)), most))]

    def _is_occasional(self, at: int) -> bool:
        """Whether a count without a unit is for an occasion that no time of day names."""
        item = self.items[at]
        counted = item.kind == "w" and Decimal(item.senses.get("number", 0)) > 1
        if self._is_if_needed(at) and not time_behind(self, at):
            return True
        is_count = counted or (item.kind == "N" and bool(item.high) and item.least >= 1)
        if at and not self.items[at - 1].senses.keys().isdisjoint(("relation.per", "frequency.times")):
            return False  # "2 to 6 tablets a day in 2 portions", "1 tablet x 2"
        if not is_count or self.times_follow(item) or time_near(self, at):
            return False
        if self._is_raised_to(at) or self._is_daily_again(at):
            return True
        behind = self.items[at + 1 : at + 5]
        if at and "dose.take" in self.items[at - 1].senses and not any(i.kind in "UVADN" for i in behind[:1]):
            return True
        shared_out = self.says("taking.split") or any(key in i.senses for i in behind for key in _SHARES)
        if shared_out or any(i.kind in "UVADN" and i.high for i in behind[:1]):
            return False
        return any(key.startswith(_OCCASIONS) for i in behind for key in i.senses)

    def _is_raised_to(self, at: int) -> bool:
        """ "Start with 1 tablet a day, increasing to 3"."""
        return any("dose.raise" in i.senses for i in self.items[max(0, at - _NEAR_BEFORE) : at])

    def _is_if_needed(self, at: int) -> bool:
        """ "One a day, if needed also two"."""
        item = self.items[at]
        is_count = (item.kind == "N" and bool(item.high)) or Decimal(item.senses.get("number", 0)) > 1
        before = self.items[max(0, at - _NEAR_BEFORE) : at]
        needed = any(not _LATER.isdisjoint(i.senses) for i in before) or self._ends_sentence(at)
        return is_count and needed and not self.times_follow(item)

    def _ends_sentence(self, at: int) -> bool:
        """ "1 tablet a day, for cramps 2.": a bare number that a word leads to and nothing follows."""
        ends = all(self.items[n].text == "." for n in range(at + 1, len(self.items)))  # a slice would copy a long list
        before = self.items[at - 1]
        return ends and before.kind == "w" and before.senses.keys().isdisjoint(_NO_LEAD)

    def _is_daily_again(self, at: int) -> bool:
        """ "Two capsules a day for the first month, then one daily"."""
        item = self.items[at]
        is_count = (item.kind == "N" and bool(item.high)) or "number" in item.senses
        return is_count and is_daily_directly(self, at) and not self.times_follow(item)

    def _is_total(self, at: int) -> bool:
        return any("portion.total" in i.senses for i in self.items[at + 1 : at + 4])

    def _single(self, at: int) -> Dose:
        count = self.count(at)
        intakes = intakes_a_day(self, at)
        if intakes is not None and self._caps_the_day(at):
            return self._dose(at, count, None, None)
        if intakes is not None and is_day_then_times(self, at):
            return self._dose(at, count, None, intakes)
        if intakes is not None and shares_out_times(self):
            return self._dose(at, count, None, intakes)
        if intakes is not None:
            at_meals = self.says("frequency.each_meal") and not self.says("frequency.times")
            shared_out = (at_meals and count.high >= MEALS) or self.says("taking.split")
            if shared_out and is_daily(self, at) and not times_first(self, at):
                return self._dose(at, count, None, intakes)
            return self._dose(at, count.times(intakes), count, intakes)
        if self.says("taking.single") and not self.says("frequency.daily"):
            return self._dose(at, count, count, ONE)._replace(loose=True)
        if has_uncounted_times(self, at) and not is_daily_directly(self, at):
            return self._dose(at, None, count, None)
        if is_unread_frequency(self, at):
            return self._dose(at, Interval(count.low, count.high * MEALS), count, Interval(Decimal(1), MEALS))
        if self.says("taking.split") and not self.says("time"):
            return self._dose(at, count, None, None)
        moments = times_named(self)
        timed = moments[0] if len(moments) == 1 and not self.says("relation.or") else ""
        unparted = len(moments) > 1 and not parted_from_times(self, at)
        each_time = unparted and (
            not self._says_daily() or (count.high < len(moments) and not self.says("relation.or"))
        )
        if len(moments) == 1 and self.says("frequency.again"):
            return self._dose(at, count.scaled(2), count, exactly(2))  # "first thing and again before bed"
        if is_daily(self, at) and not each_time:
            day = self._dose(at, count, None, exactly(len(moments)) if len(moments) > 1 else None)
            return self._at_moment(at, day, timed) if is_daily_moment(self) else day
        if len(moments) > 1 and not self.says("relation.or"):
            return self._dose(at, count.scaled(len(moments)), count, exactly(len(moments)))
        if moments:
            return self._at_moment(at, self._dose(at, count, count, ONE)._replace(loose=True), timed)
        if self._limit_behind(at):
            return self._dose(at, None, count, None)
        if self.names_day() and not counts_bare_daily(self):
            return self._dose(at, count, None, None)
        elsewhere = self._elsewhere()
        if elsewhere is not None:
            return self._dose(at, count.times(elsewhere), count, elsewhere)._replace(loose=True)
        return self._dose(at, None, count, None)

    def _says_daily(self) -> bool:
        """Whether a word says "a day"; not one for a time of each day: "every morning and every evening"."""
        return any("frequency.daily" in item.senses and "time" not in item.senses for item in self.items)

    def _caps_the_day(self, at: int) -> bool:
        """ "1 tablet twice a day, then 3 tablets a day": the times are of the count before; this one is the day's."""
        counted = any(i.kind in "UV" and i.high for i in self.items[:at])
        timed_behind = any("times" in i.senses or "frequency.times" in i.senses for i in self.items[at + 1 :])
        return counted and is_daily_directly(self, at) and times_first(self, at) and not timed_behind

    def _at_moment(self, at: int, dose: Dose, moment: str) -> Dose:
        """The dose with its time of day; night is the evening. Words before it may make it a choice: "for muscles"."""
        other = self.says(*_OTHER) or any(is_strange(i) for i in self.items[:at])
        return dose._replace(
            moment="evening" if moment == "bedtime" else moment, may_be_other=other, line=self.clause.line
        )

    def _limit_behind(self, at: int) -> bool:
        """Whether a highest count follows, whose "a day" this one then does not share."""
        counts = (i for i in range(at + 1, len(self.items)) if self.items[i].kind in "UV" and self.items[i].high)
        following = next(counts, None)
        return following is not None and self._is_limit(following)

    def _elsewhere(self) -> Masses | None:
        """Intakes a day by words that stand in the clause's part for other people: "men 3, women 2, at bedtime"."""
        moments = {i.senses["time"] for i in self.clause.items if "time" in i.senses}
        if len(self.clause.items) > len(self.items) and len(moments) == 1:
            return ONE
        return None
