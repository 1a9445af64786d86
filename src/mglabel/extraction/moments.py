"""Doses in sentences or lines of their own, each at its time of day, are the parts of one day: they add up.

"1 capsule in the morning." and "2 capsules in the evening." are three a day; where words or other text stand between
that may make them alternatives, all from one of them to their sum stays possible.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from mglabel.extraction.dose import Dose
from mglabel.values.interval import Interval, exactly
from mglabel.values.interval import hull as hull_of

_NEAR_LINES = 2
"""A blank line may stand between the parts of a day."""


def with_days_added_up(doses: Sequence[Dose]) -> list[Dose]:
    """The doses with every run of different times of day made one."""
    found: list[Dose] = []
    run: list[Dose] = []
    for dose in doses:
        if run and not _goes_on(run, dose):
            found += _together(run)
            run = []
        if dose.moment and dose.per_day is not None and not (dose.limit or dose.capped):
            run.append(dose)
        else:
            found.append(dose)
    return found + _together(run)


def _goes_on(run: Sequence[Dose], dose: Dose) -> bool:
    """Whether the dose is for the same people, in the same unit, at another time of day than all before."""
    same = dose.unit == run[0].unit and dose.audience == run[0].audience
    return same and bool(dose.moment) and dose.moment not in [d.moment for d in run]


def _together(run: Sequence[Dose]) -> list[Dose]:
    """One dose for the day; from the smallest to the sum where the doses may be alternatives."""
    if len(run) < 2:
        return list(run)
    counts = [d.per_day for d in run if d.per_day is not None]
    each = hull_of(counts)
    low, high = sum((c.low for c in counts), Decimal(0)), sum((c.high for c in counts), Decimal(0))
    gaps = [b.line - a.line for a, b in pairwise(run)]
    sure = max(gaps) <= _NEAR_LINES and not any(d.may_be_other for d in run)
    times = exactly(len(run)) if sure else Interval(Decimal(1), Decimal(len(run)))
    if not sure and each is not None:
        low = each.low
    span = run[0].span.joined(run[-1].span)
    day = run[0]._replace(per_day=Interval(low, high), per_intake=each, intakes=times, span=span, moment="")
    return [day._replace(loose=not sure, as_needed=any(d.as_needed for d in run))]
