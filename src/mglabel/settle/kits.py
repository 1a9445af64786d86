"""Kits: several kinds of units in one pack, each with an amount of its own, all taken on the same day.

"1 capsule in the morning and 2 tablets in the evening" is the sum over both where the label states what each holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from mglabel.extraction.dose import Dose
from mglabel.settle.doses import Day
from mglabel.settle.sizes import Sizes
from mglabel.settle.totals import Total
from mglabel.values.interval import Masses
from mglabel.values.label import Directions


def kit_day(totals: Sequence[Total], doses: Iterable[Dose], sizes: Sizes) -> Day | None:
    """Magnesium a day of a kit, None where the label gives none or states no amount for one of its kinds."""
    kinds = _kinds(doses)
    if not kinds or any(sizes.ratio(kinds[0][0], unit) is not None for unit, _ in kinds[1:]):
        return None
    parts = [_part(unit, count, totals) for unit, count in kinds]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return None
    mg = known[0]
    for part in known[1:]:
        mg = mg.plus(part)
    return Day(mg, mg, None)


def of_all_kinds(directions: Directions, doses: Iterable[Dose]) -> Directions:
    """The directions of a kit: so many units a day over all kinds, whose unit is none of theirs."""
    (_, units), *others = _kinds(doses)
    for _, more in others:
        units = units.plus(more)
    return msgspec.structs.replace(directions, unit=None, units_per_day=units, units_per_intake=None)


def _kinds(doses: Iterable[Dose]) -> tuple[tuple[str, Masses], ...]:
    """The units that adults take together each day, and how many of each."""
    return next((dose.kinds for dose in doses if dose.kinds and dose.audience != "children"), ())


def _part(unit: str, count: Masses, totals: Sequence[Total]) -> Masses | None:
    """Magnesium a day by one kind of units, None where not exactly one amount is stated for it."""
    stated = [(t.portion, t.mg) for t in totals if t.portion is not None and t.portion.unit == unit]
    if len(stated) != 1:
        return None
    return stated[0][1].scaled(1 / stated[0][0].count).times(count)
