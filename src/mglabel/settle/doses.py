"""From totals per portion to magnesium a day and at a time, by the directions; unknown stays unknown.

A portion without a stated unit may be one unit or the whole day: both stand until the directions make them one.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import msgspec

from mglabel.settle.sizes import Sizes
from mglabel.settle.totals import Total
from mglabel.values.interval import Interval, Masses, exactly
from mglabel.values.interval import hull as hull_of
from mglabel.values.label import Directions, Portion

_DAY = "day"
_SERVING = "serving"
BULK = frozenset(("g", "ml", "teaspoon", "tablespoon", "scoop", "measure", "drop"))
"""Units measured out of a bulk: an amount without a portion may then be per 100 g or ml as well, so nobody knows."""


class Day(msgspec.Struct, frozen=True):
    """Magnesium a day: over all directed doses, at the highest one, and per unit taken where that is known.

    `open_portion` tells that the label leaves open what its amount is stated for.
    """

    mg: Masses
    at_most: Masses
    per_unit: Masses | None
    open_portion: bool = False
    contradicts: bool = False
    """Whether the label gives the same dose two amounts."""


def day_of(totals: Sequence[Total], directions: Directions, sizes: Sizes) -> Day | None:
    """Magnesium a day by the totals, None where the label does not let one know."""
    whole = [t for t in totals if t.portion is not None and t.portion.unit == _DAY]
    counted = [t for t in totals if t.portion is not None and t.portion.unit != _DAY]
    units = directions.units_per_day
    if units is None:
        return _as_whole_day(whole, None) if whole else None
    usable = [c for t in counted if (c := _in_units(t, directions, sizes)) is not None]
    if usable:
        by_units = _from_units(usable, units)
        return _beside_whole(by_units, whole) if whole else by_units
    if whole:
        return _as_whole_day(whole, units)
    servings = [t for t in counted if t.portion is not None and t.portion.unit == _SERVING]
    if servings:
        return _beside_dose(_from_servings(servings[0], directions), servings[0], directions)
    bare = [t for t in totals if t.portion is None]
    if bare and directions.unit in BULK:
        return None
    if bare:
        return _beside_dose(_from_bare(bare[0], units), bare[0], directions)
    return _by_single_unit(counted, directions)


def _as_whole_day(whole: Sequence[Total], units: Masses | None) -> Day:
    """Totals stated for the day: for the highest directed dose; a lower dose brings its share."""
    mg = hull_of(t.mg for t in whole)
    assert mg is not None
    if units is None or units.is_exact or units.high <= 0:
        return Day(mg, mg, None if units is None or units.high <= 0 else mg.scaled(1 / units.high))
    if mg.low * units.high == mg.high * units.low:  # "1 to 2 sachets (10 to 20 mmol) a day": the ends belong together
        return Day(mg, exactly(mg.high), exactly(mg.high / units.high))
    per_unit = mg.scaled(1 / units.high)
    return Day(Interval(per_unit.low * units.low, mg.high), mg, per_unit)


def _in_units(total: Total, directions: Directions, sizes: Sizes) -> tuple[Decimal, Masses] | None:
    """How many units of the directions the total is for, with its amount; None where they do not convert."""
    if total.portion is None or directions.unit is None:
        return None
    count = sizes.count(total.portion, directions.unit)
    return (count, total.mg) if count else None


def _from_units(usable: Sequence[tuple[Decimal, Masses]], units: Masses) -> Day:
    low = _for(units.low, usable)
    high = _for(units.high, usable)
    lightest = min(usable, key=lambda pair: pair[0])
    singles = hull_of(mg.scaled(units.high / count) for count, mg in usable if mg.is_exact)
    contradicts = singles is not None and disagree(singles)
    return Day(Interval(low.low, high.high), high, lightest[1].scaled(1 / lightest[0]), contradicts=contradicts)


def _beside_whole(day: Day, whole: Sequence[Total]) -> Day:
    """The day by units beside amounts stated for the day: one where they agree, both where they do not."""
    stated = hull_of(t.mg for t in whole)
    assert stated is not None
    if not (day.at_most.is_exact and stated.is_exact) or not disagree(day.at_most.hull(stated)):
        return day
    low = min(day.mg.low, stated.low)
    return msgspec.structs.replace(
        day, mg=Interval(low, max(day.mg.high, stated.high)), at_most=day.at_most.hull(stated), contradicts=True
    )


def _for(count: Decimal, usable: Sequence[tuple[Decimal, Masses]]) -> Masses:
    """The amount in so many units: as stated for just that count, else in proportion; all that disagree are held."""
    exact = [mg for units, mg in usable if units == count]
    scaled = [mg.scaled(count / units) for units, mg in usable]
    near = hull_of(exact) if exact else None
    wide = hull_of(scaled)
    assert wide is not None
    if near is None or disagree(wide):
        return wide
    return near


def disagree(amounts: Masses) -> bool:
    """Whether amounts for one dose are further apart than rounding explains: 2 % and 2 mg."""
    return (amounts.high - amounts.low) > max(Decimal(2), amounts.high / 50)


def _from_servings(total: Total, directions: Directions) -> Day:
    """A serving of unknown size is what one intake is; where intakes are not known it may also be one unit."""
    units = directions.units_per_day
    assert units is not None
    if directions.unit in (None, "", _SERVING):
        return Day(_times(total.mg, units), total.mg.scaled(units.high), total.mg)
    if directions.intakes_per_day is not None and directions.intakes_per_day.high > 1:
        return _from_bare(total, directions.intakes_per_day)
    if directions.intakes_per_day is not None:
        intakes = directions.intakes_per_day
        per_unit = total.mg.scaled(intakes.high / units.high) if units.high else None
        return Day(_times(total.mg, intakes), total.mg.scaled(intakes.high), per_unit)
    return _from_bare(total, units)


def _beside_dose(day: Day, total: Total, directions: Directions) -> Day:
    """The day where the label also names a dose of more units than it gives a day ("Dose: 2 capsules", "1 capsule
    daily"): the amount may be for that dose."""
    units, dose = directions.units_per_day, directions.units_per_intake
    if units is None or dose is None or dose.high <= units.high or total.per_unit:
        return day
    low = min(day.mg.low, total.mg.low * units.low / dose.high)
    return msgspec.structs.replace(day, mg=Interval(low, day.mg.high), open_portion=True)


def _times(mg: Masses, counts: Masses) -> Masses:
    return Interval(mg.low * counts.low, mg.high * counts.high)


def _from_bare(total: Total, units: Masses) -> Day:
    """An amount without a portion: per unit, or for the day; one and the same where one unit is the day's dose."""
    as_units = _times(total.mg, units)
    if total.per_unit or units == exactly(1):
        return Day(as_units, total.mg.scaled(units.high), total.mg)
    both = as_units.hull(total.mg)
    return Day(both, total.mg.scaled(units.high).hull(total.mg), None, open_portion=True)


def _by_single_unit(counted: Sequence[Total], directions: Directions) -> Day | None:
    """A label with one kind of unit may call it by two words (a sachet, a portion): one is one."""
    units = directions.units_per_day
    kinds = {t.portion.unit for t in counted if t.portion is not None}
    if units is None or len(kinds) != 1 or kinds & {"g", "ml"} or directions.unit in ("g", "ml"):
        return None
    if directions.unit not in (None, "", _SERVING, "measure", "piece") and kinds != {"piece"}:
        return None
    usable = [(t.portion.count, t.mg) for t in counted if t.portion is not None]
    return _from_units(usable, units)


def intake_of(day: Day, directions: Directions) -> tuple[Masses | None, Masses | None]:
    """Magnesium in a single intake, over all directed doses and at the highest one."""
    units, per_unit = directions.units_per_day, day.per_unit
    if directions.units_per_intake is not None and per_unit is not None:
        at_once = directions.units_per_intake
        return _times(per_unit, at_once), per_unit.scaled(at_once.high)
    if directions.intakes_per_day is not None and directions.intakes_per_day.low >= 1:
        times = directions.intakes_per_day
        low = Interval(day.mg.low / times.high, day.mg.high / times.low)
        return low, Interval(day.at_most.low / times.high, day.at_most.high / times.low)
    if units is not None and per_unit is not None:
        least = Decimal(1) if units.high > 1 else units.high
        one = per_unit.scaled(min(least, units.high))
        return one.hull(day.mg), Interval(min(one.low, day.at_most.low), day.at_most.high)
    if units is not None and units.high <= 1:
        return day.mg, day.at_most
    return None, None


def with_day_portions(directions: Directions, days: Sequence[Portion], sizes: Sizes) -> Directions:
    """Directions completed by a daily dose that the label counts: "content per daily dose (4 capsules)"."""
    if not days:
        return directions
    if directions.units_per_day is None:
        first = days[0]
        if directions.unit not in (None, "", first.unit) and sizes.ratio(first.unit, directions.unit or "") is None:
            return directions
        return msgspec.structs.replace(directions, unit=first.unit, units_per_day=exactly(first.count))
    return directions


def in_measured_units(directions: Directions, wanted: Sequence[str], sizes: Sizes) -> Directions:
    """Directions in g or ml where amounts are stated for those and the label sizes its spoons in them."""
    unit = next((u for u in wanted if u in ("g", "ml")), None)
    if unit is None or directions.unit in (None, *wanted) or len(set(wanted)) > 1:
        return directions
    ratio = sizes.ratio(directions.unit or "", unit)
    if ratio is None:
        return directions
    scaled = {
        name: None if counts is None else counts.scaled(ratio)
        for name, counts in (
            ("units_per_day", directions.units_per_day),
            ("units_per_intake", directions.units_per_intake),
        )
    }
    return msgspec.structs.replace(directions, unit=unit, **scaled)
