"""Rules about the dose: the day against limits, one intake, splitting, the daily need, audience (MG201 to MG208)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache

from mglabel.guide.authorities import GROWN, in_scope, of_others
from mglabel.guide.case import Case, Draft, Rule
from mglabel.guide.form_verdict import form_verdicts
from mglabel.guide.rules.form import OPEN
from mglabel.tables.chemistry import Limit
from mglabel.tables.guide import Guide
from mglabel.values.evidence import Span
from mglabel.values.interval import Interval, Masses
from mglabel.values.results import Settled

EASINGS = ("split", "form", "food")


def easings_of(case: Case) -> tuple[str, ...]:
    """Which of the guide's three easings of a large dose the label has."""
    settled, guide = case.settled, case.guide
    general = form_verdicts(settled.sources, guide.default_purpose, guide)
    has = {
        "split": is_split(settled),
        "form": all(verdict in guide.well_taken_up for verdict in general),
        "food": settled.directions.with_food is True,
    }
    return tuple(easing for easing in EASINGS if has[easing])


def is_split(settled: Settled) -> bool:
    """Whether the label divides the day's dose."""
    intakes = settled.directions.intakes_per_day
    several = intakes is not None and intakes.low > 1
    return settled.directions.split or several or "taking.split" in settled.signs


def _eased(case: Case) -> dict[str, object]:
    has = easings_of(case)
    return {"easings": has, "missing": tuple(easing for easing in EASINGS if easing not in has)}


def _where(case: Case) -> tuple[Span, ...]:
    """Where a day's magnesium stands: the amount and the directions."""
    return case.settled.intake.spans + case.settled.directions.spans


def within_limit(case: Case) -> Iterator[Draft]:
    """MG201: within the guide's limit for certain."""
    if case.limit == ("within",):
        yield Draft("MG201", {"amount": case.day, "limit": case.guide.thresholds.day_limit_mg}, _where(case))


def above_limit(case: Case) -> Iterator[Draft]:
    """MG202 and MG203: above and far above, for certain or perhaps, with what eases it."""
    allowed = case.limit or ()
    thresholds = case.guide.thresholds
    params = {"amount": case.day, "limit": thresholds.day_limit_mg}
    if "above" in allowed:
        eased = _eased(case)
        variant = OPEN if "within" in allowed else "" if eased["missing"] else "eased"
        yield Draft("MG202", params | eased | ({"variant": variant} if variant else {}), _where(case))
    if "far_above" in allowed:
        more = params | {"threshold": thresholds.far_above_mg} | _eased(case)
        yield Draft("MG203", more | ({"variant": OPEN} if len(allowed) > 1 else {}), _where(case))


def other_limits(case: Case) -> Iterator[Draft]:
    """MG204: other authorities' limits for adults, where the day's dose is or may be above one of them."""
    if case.day is None or case.limit is None:
        return
    rows, most = in_scope(_for_adults(case.guide), _forms(case)), case.day.high
    above = [row for row in rows if most > row.value_mg]
    if above:
        within = [row for row in rows if most <= row.value_mg]
        params = {"amount": case.day, "above": _told(above), "within": _told(within) or None}
        yield Draft("MG204", params, _where(case))


def _forms(case: Case) -> list[str]:
    return [source.form for source in case.settled.sources]


@lru_cache(maxsize=64)
def _for_adults(guide: Guide) -> tuple[Limit, ...]:
    return tuple(row for row in of_others(guide.measures) if row.applies_at(GROWN))


def _told(rows: Iterable[Limit], ages: bool = False) -> tuple[dict[str, object], ...]:
    """Limits as params, the lowest first; with ages where they differ."""
    told = []
    for row in sorted(rows, key=lambda row: (row.age_from, row.value_mg) if ages else (row.value_mg, 0)):
        one: dict[str, object] = {"authority": row.authority, "jurisdiction": row.jurisdiction, "value": row.value_mg}
        if ages:
            one |= {"age_from": row.age_from, "age_to": row.age_to - 1 if row.age_to else None}
        told.append(one)
    return tuple(told)


def large_intake(case: Case) -> Iterator[Draft]:
    """MG205: one intake is, or may be, larger than the guide's range."""
    most = case.guide.thresholds.intake_mg.high
    if not _dosed(case) or case.intake is None or case.intake.high <= most:
        return
    params: dict[str, object] = {"amount": case.intake, "limit": most}
    yield Draft("MG205", params | ({"variant": OPEN} if case.intake.low <= most else {}), _where(case))


def could_be_split(case: Case) -> Iterator[Draft]:
    """MG206: the day is larger than one intake should be, could be divided, and the label does not say so."""
    most = case.guide.thresholds.intake_mg.high
    if not _dosed(case) or case.day is None or case.day.high <= most or is_split(case.settled):
        return
    directions = case.settled.directions
    units = directions.units_per_day
    if (units is not None and units.high > 1) or directions.unit in case.guide.divisible:
        yield Draft("MG206", {"amount": case.day, "limit": most}, _where(case))


def _dosed(case: Case) -> bool:
    """Whether the guide's doses are about this label."""
    return case.form is not None and case.has_limit


def share_of_need(case: Case) -> Iterator[Draft]:
    """MG207: how much of the daily need of women and of men the directed dose covers."""
    settled, needs = case.settled, case.guide.thresholds.needs_mg
    amount = settled.intake.mg_per_day
    if case.form is None or amount is None or not case.guide.need_scope.covers(settled.use, settled.audience):
        return
    params: dict[str, object] = {"amount": amount}
    for group, need in needs.items():
        params |= {group: _percent(amount, need), f"need_{group}": need}
    yield Draft("MG207", params, _where(case))


def _percent(amount: Masses, need: Decimal) -> Masses:
    """The share of a need in whole per cent."""
    return Interval(*(Decimal(round(end / need * 100)) for end in (amount.low, amount.high)))


def special_audience(case: Case) -> Iterator[Draft]:
    """MG208: for children, pregnancy or animals, with the limits that authorities set for them."""
    audience = case.settled.audience
    if not case.settled.declares_magnesium or case.settled.several_products or audience == "adults":
        return
    params: dict[str, object] = {"audience": audience}
    if audience == "children":
        rows = in_scope((row for row in of_others(case.guide.measures) if row.age_from < GROWN), _forms(case))
        params["limits"] = _told(rows, ages=True) or None
    else:
        params["variant"] = audience
        rows = in_scope(_for_adults(case.guide), _forms(case)) if audience == "pregnancy" else []
        params["limits"] = _told(rows) or None
    yield Draft("MG208", params, case.settled.signs.get(f"audience.{audience}", ()))


RULES = (
    Rule(("MG201",), within_limit),
    Rule(("MG202", "MG203"), above_limit),
    Rule(("MG204",), other_limits),
    Rule(("MG205",), large_intake),
    Rule(("MG206",), could_be_split),
    Rule(("MG207",), share_of_need),
    Rule(("MG208",), special_audience),
)
