"""Rules about when and for what it is taken: time of day, food, pack, stated purpose (MG301 to MG304)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from mglabel.guide.case import Case, Draft, Rule
from mglabel.guide.form_verdict import form_verdicts
from mglabel.guide.rules.form import OPEN, forms_of, spans_of
from mglabel.values.interval import Interval, Masses

_DAYS_A_WEEK = 7


def time_of_day(case: Case) -> Iterator[Draft]:
    """MG301: the time stated fits or does not fit what the guide advises for a purpose."""
    settled = case.settled
    if case.form is None:
        return
    for timing in case.guide.timing:
        signs = tuple(sign for sign in timing.signs if sign in settled.signs)
        stated = settled.directions.times + signs
        for purpose in case.purposes:
            if purpose not in timing.purposes or not stated:
                continue
            params: dict[str, object] = {"purpose": purpose, "times": stated, "advised": timing.times + timing.signs}
            if not signs and not set(stated) & set(timing.times):
                params["variant"] = "misfit"
            spans = settled.directions.spans + tuple(span for sign in signs for span in settled.signs[sign])
            yield Draft("MG301", params, spans, timing.reference)


def food(case: Case) -> Iterator[Draft]:
    """MG302: with food, or on an empty stomach where the guide advises a meal or the intake is large."""
    directions = case.settled.directions
    if case.form is None or directions.with_food is None:
        return
    if directions.with_food:
        yield Draft("MG302", {}, directions.spans)
        return
    most = case.guide.thresholds.intake_mg.high
    if case.has_limit and case.intake is not None and case.intake.high > most:
        yield Draft("MG302", {"variant": "empty", "amount": case.intake, "limit": most}, directions.spans)
    for purpose in case.purposes:
        if purpose in case.guide.meal_purposes:
            yield Draft("MG302", {"variant": "meal", "purpose": purpose}, directions.spans)


def short_pack(case: Case) -> Iterator[Draft]:
    """MG303: the pack is, or may be, used up before an effect can be expected."""
    days = pack_days(case)
    needed = case.guide.thresholds.pack_weeks.high * _DAYS_A_WEEK
    if case.form is None or days is None or days.low >= needed:
        return
    params: dict[str, object] = {"days": days, "needed": needed}
    yield Draft("MG303", params | ({"variant": OPEN} if days.high >= needed else {}), case.settled.directions.spans)


def pack_days(case: Case) -> Masses | None:
    """How many whole days the pack lasts, None where the label does not let one know."""
    product, directions = case.settled.product, case.settled.directions
    units = directions.units_per_day
    if units is None or units.low <= 0 or (product.unit and directions.unit and product.unit != directions.unit):
        return None
    count = Decimal(product.count) if product.count else None
    if count is None and product.net_mass_g and product.unit_mass_g:
        count = product.net_mass_g / product.unit_mass_g
    return Interval(count // units.high, count // units.low) if count else None


def stated_purpose(case: Case) -> Iterator[Draft]:
    """MG304: the label states a purpose for which, in the guide's view, the form is not."""
    if case.form is None or not case.settled.sources:
        return
    guide, settled = case.guide, case.settled
    for purpose in (p for p in settled.stated_purposes if p in guide.purposes):
        allowed = form_verdicts(settled.sources, purpose, guide)
        bad = [verdict for verdict in allowed if verdict in guide.misfits]
        if not bad:
            continue
        found = [source for verdict in bad for source, _ in case.sources_with(verdict, purpose)]
        params: dict[str, object] = {"forms": forms_of(found), "purpose": purpose, "verdict": bad[-1]}
        spans = spans_of(found) + settled.signs.get(f"purpose.{purpose}", ())
        yield Draft("MG304", params | ({"variant": OPEN} if len(bad) < len(allowed) else {}), spans)


RULES = (
    Rule(("MG301",), time_of_day),
    Rule(("MG302",), food),
    Rule(("MG303",), short_pack),
    Rule(("MG304",), stated_purpose),
)
