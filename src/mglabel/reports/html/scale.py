"""The axis of the gauge: how far it goes, where a mass stands on it, and what is drawn there."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from mglabel.analysis.result import Analysis
from mglabel.guide.authorities import GROWN, in_scope, of_others
from mglabel.tables.chemistry import Limit
from mglabel.tables.guide import Measures, default_guide
from mglabel.values.interval import Masses

_STEPS = (50, 100, 200, 250, 500)
_MOST_TICKS = 6
_LEAST, _MOST = Decimal(400), Decimal(1500)
"""The axis always holds the first and never more than the second: beyond it a dose only points onwards."""
_AIR = Decimal("1.08")
_HUNDRED = Decimal(100)


class Scale(NamedTuple):
    """An axis from 0 to `end` mg with a tick every `step`."""

    end: Decimal
    step: Decimal

    def at(self, mass: Decimal) -> Decimal:
        """Where a mass stands, in per cent of the axis; at its end if it is beyond.

        >>> Scale(Decimal(600), Decimal(100)).at(Decimal(150))
        Decimal('25.00')
        """
        return (min(max(mass, Decimal(0)), self.end) / self.end * _HUNDRED).quantize(Decimal("0.01"))

    def ticks(self) -> list[Decimal]:
        """The masses with a tick, from 0 to the last that the axis holds."""
        return [self.step * n for n in range(int(self.end / self.step) + 1)]


def scale_for(masses: Iterable[Decimal]) -> Scale:
    """An axis that holds these masses, as far as an axis can reach.

    >>> scale_for([Decimal(240), Decimal(450)])
    Scale(end=Decimal('486.00'), step=Decimal('100'))
    >>> scale_for([Decimal(9000)]).end
    Decimal('1620.00')
    """
    end = min(max([_LEAST, *masses]), _MOST) * _AIR
    step = next(step for step in _STEPS if end / step <= _MOST_TICKS)
    return Scale(end, Decimal(step))


class Measured(NamedTuple):
    """What the gauge of one label shows: doses, the guide's numbers where they apply to it, others' limits."""

    scale: Scale
    day: Masses | None
    day_at_most: Masses | None
    """The day at the highest directed dose, where that is another interval than the day."""
    intake: Masses | None
    intake_at_most: Masses | None
    portion: Masses | None
    """What one portion holds, where the label gives no day."""
    applies: bool
    """Whether the guide's numbers are about this product."""
    limit: Decimal
    far: Decimal
    band: Masses
    others: tuple[Limit, ...]


def measured(analysis: Analysis) -> Measured:
    """What there is to draw of one label."""
    intake = analysis.intake
    measures = analysis.guide.measures or default_guide().measures
    applies = analysis.verdict.limit is not None
    others = _others(analysis, measures) if applies else ()
    portion = intake.mg_per_portion if intake.mg_per_day is None else None
    doses = (intake.mg_per_day, intake.mg_per_day_at_most, intake.mg_per_intake, intake.mg_per_intake_at_most, portion)
    reach = [dose.high for dose in doses if dose is not None]
    if applies:
        reach += [measures.day_limit_mg, measures.intake_mg.high, *(row.value_mg for row in others)]
    return Measured(
        scale=scale_for(reach),
        day=intake.mg_per_day,
        day_at_most=_another(intake.mg_per_day_at_most, intake.mg_per_day),
        intake=intake.mg_per_intake,
        intake_at_most=_another(intake.mg_per_intake_at_most, intake.mg_per_intake),
        portion=portion,
        applies=applies,
        limit=measures.day_limit_mg,
        far=measures.far_above_mg,
        band=measures.intake_mg,
        others=others,
    )


def _others(analysis: Analysis, measures: Measures) -> tuple[Limit, ...]:
    """Other authorities' limits for adults, the lowest first."""
    rows = in_scope(of_others(measures), (source.form for source in analysis.sources))
    return tuple(sorted((row for row in rows if row.applies_at(GROWN)), key=lambda row: row.value_mg))


def _another(one: Masses | None, than: Masses | None) -> Masses | None:
    return None if one == than else one
