"""What no answer may be: a number that excludes the truth, or one reading of an open label given as the only one."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from mglabel.analysis.result import Analysis
from mglabel.values.interval import Masses
from rendering.expect import shown
from rendering.facts import Range

SHARE = Decimal("0.01")


def silent(
    truth: Range | Masses | None, is_open: bool, analysis: Analysis, rounding: Decimal = Decimal(1)
) -> Iterator[str]:
    """How an answer is silently wrong. `truth` is the day's magnesium, None where the label lets nobody know it;
    `is_open` tells that it spans the readings that the label leaves; `rounding` is what printed masses are off by."""
    day = analysis.settled.intake.mg_per_day
    if day is None:
        return
    if truth is None:
        yield f"a number where the label gives none: {shown(day)}"
        return
    slack = max(rounding, SHARE * truth.high)
    if day.low > truth.high + slack or day.high < truth.low - slack:
        yield f"{shown(day)} excludes {shown(truth)}"
    elif (
        is_open
        and analysis.derivation != "ambiguous"
        and not (day.low <= truth.low + slack and day.high >= truth.high - slack)
    ):
        yield f"{shown(day)} is given as the only reading of {shown(truth)}"
