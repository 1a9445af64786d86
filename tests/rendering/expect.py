"""What a true reading of a rendered label must say, and how a reading departs from it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from mglabel.analysis.result import Analysis
from mglabel.values.interval import Masses
from rendering.facts import Facts, Range


def near(value: Decimal, other: Decimal, slack: Decimal = Decimal(1)) -> bool:
    """Whether two masses are the same but for rounding: 1 %, or the slack in mg."""
    return abs(value - other) <= max(slack, other / 100)


def slack_of(facts: Facts, units: Decimal) -> Decimal:
    """What rounding each compound's magnesium to whole mg comes to in so many units."""
    return max(Decimal(1), units * len(facts.compounds) * Decimal("0.51"))


def holds(found: Masses, truth: Range | Masses, slack: Decimal = Decimal(1)) -> bool:
    """Whether an interval holds all of the truth but for rounding."""
    low_enough = found.low <= truth.low or near(found.low, truth.low, slack)
    return low_enough and (found.high >= truth.high or near(found.high, truth.high, slack))


def excluded(facts: Facts, analysis: Analysis) -> Iterator[str]:
    """Every stated number that excludes the truth. Nothing may ever be yielded."""
    intake, truth, units = analysis.settled.intake, facts.mg_per_day, facts.units_per_day
    slack = slack_of(facts, units.high if units else Decimal(1))
    for name, found in (("day", intake.mg_per_day), ("day at most", intake.mg_per_day_at_most)):
        if found is None:
            continue
        if truth is None:
            yield f"{name}: {shown(found)}, but the label states no dose"
        elif not holds(found, truth if name == "day" else Range(truth.high, truth.high), slack):
            yield f"{name}: {shown(found)} excludes {shown(truth)}"
    portion = intake.portion
    if intake.mg_per_portion is not None and portion is not None and portion.unit == facts.unit:
        amount = facts.elemental_per_unit * portion.count
        if not holds(intake.mg_per_portion, Range(amount, amount), slack_of(facts, portion.count)):
            yield f"portion of {portion.count}: {shown(intake.mg_per_portion)} excludes {amount}"


def missing(facts: Facts, analysis: Analysis) -> Iterator[str]:
    """What a label says plainly and the reading does not know: no falsehood, but an answer lost."""
    day, truth = analysis.settled.intake.mg_per_day, facts.mg_per_day
    if not facts.states_element or truth is None:
        return
    if day is None:
        yield f"lost: unknown for {shown(truth)}"
    elif not (near(day.low, truth.low) and near(day.high, truth.high)):
        yield f"wide: {shown(day)} for {shown(truth)}"


def departures(facts: Facts, analysis: Analysis) -> Iterator[str]:
    """Every fact that the reading does not give back as it is."""
    settled = analysis.settled
    if not settled.declares_magnesium:
        yield "declares: no"
    sources = [s.form for s in settled.sources]
    if sorted(sources) != sorted(facts.forms):
        yield f"sources: {sources} for {list(facts.forms)}"
    excipients = [e.form for e in settled.excipients]
    if sorted(excipients) != sorted(facts.excipients):
        yield f"excipients: {excipients} for {list(facts.excipients)}"
    yield from _dose_departures(facts, analysis)
    if facts.states_element != (settled.derivation == "declared"):
        yield f"derivation: {settled.derivation} where the label states {facts.declared}"
    if settled.product.count != facts.pack:
        yield f"pack: {settled.product.count} for {facts.pack}"


def _dose_departures(facts: Facts, analysis: Analysis) -> Iterator[str]:
    directions, truth = analysis.settled.directions, facts.units_per_day
    if (truth is None) != (directions.units_per_day is None) or (truth and not same(directions.units_per_day, truth)):
        yield f"units a day: {shown(directions.units_per_day)} for {shown(truth)}"
    elif truth is not None and directions.unit != facts.unit:
        yield f"unit: {directions.unit} for {facts.unit}"
    if facts.dosing.kind == "times" and not same(directions.intakes_per_day, Range(*2 * [Decimal(facts.dosing.times)])):
        yield f"intakes: {shown(directions.intakes_per_day)} for {facts.dosing.times}"
    day, milligrams = analysis.settled.intake.mg_per_day, facts.mg_per_day
    if milligrams is not None and day is None:
        yield f"day: unknown for {shown(milligrams)}"
    elif facts.states_element and milligrams is not None and day is not None:
        if not (near(day.low, milligrams.low) and near(day.high, milligrams.high)):
            yield f"day: {shown(day)} for {shown(milligrams)}"


def same(found: Masses | None, truth: Range) -> bool:
    """Whether an interval of counts is the truth."""
    return found is not None and (found.low, found.high) == (truth.low, truth.high)


def shown(interval: Masses | Range | None) -> str:
    """An interval in a message."""
    return "unknown" if interval is None else f"{interval.low:f}..{interval.high:f}"
