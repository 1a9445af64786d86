"""Doses that a medicine gives in milligrams: "500-1000 mg at bedtime" of a tablet of 500 mg are one or two of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from mglabel.extraction.dose import PACK, Dose
from mglabel.extraction.product import SWALLOWED
from mglabel.values.interval import Masses
from mglabel.values.label import Claimed

_HALVES = 2
"""Units are taken whole or in halves."""


def in_units(doses: Sequence[Dose], claims: Iterable[Claimed]) -> tuple[Dose, ...]:
    """The doses with those in milligrams as units of the one strength that the label states; without them, where it
    states none or several, where they are no units of it, or where other doses are counted."""
    weighed = [dose for dose in doses if dose.unit == "mg"]
    if not weighed:
        return tuple(doses)
    counted = tuple(dose for dose in doses if dose.unit != "mg")
    strengths = {(c.portion.unit, c.values_mg[0] / c.portion.count) for c in claims if c.portion is not None}
    if counted or len(strengths) != 1:
        return counted
    unit, mg = strengths.pop()
    if unit not in SWALLOWED or not all(_is_counted_by(mg, dose) for dose in weighed):
        return ()
    return tuple(
        dose._replace(unit=unit, per_day=_in(dose.per_day, mg), per_intake=_in(dose.per_intake, mg)) for dose in weighed
    )


def _is_counted_by(mg: Decimal, dose: Dose) -> bool:
    """Whether both ends of a dose are units of a strength, or halves of them, and not a pack."""
    ends = [end for mass in (dose.per_day, dose.per_intake) if mass is not None for end in (mass.low, mass.high)]
    return all(end * _HALVES % mg == 0 and 0 < end < PACK * mg for end in ends)


def _in(mass: Masses | None, mg: Decimal) -> Masses | None:
    return None if mass is None else mass.scaled(1 / mg)
