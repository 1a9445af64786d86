"""Rules about what comes with the magnesium: other nutrients, B6 claims, cautions, skin (MG501 to MG504)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from mglabel.guide.case import Case, Draft, Rule
from mglabel.guide.rules.form import forms_of
from mglabel.values.evidence import Span
from mglabel.values.label import Directions, OtherAmount


def competitors(case: Case) -> Iterator[Draft]:
    """MG501: calcium or zinc in the same intake, at or below the amounts that we call high."""
    if case.form is None:
        return
    high: dict[str, tuple[Span, ...]] = {}
    low: dict[str, tuple[Span, ...]] = {}
    for nutrient, threshold in case.guide.thresholds.companions_mg.items():
        amounts = [amount for amount in case.settled.other_amounts if amount.nutrient == nutrient]
        spans = tuple(amount.span for amount in amounts) or case.settled.signs.get(f"nutrient.{nutrient}", ())
        if spans:
            is_high = any(_per_intake(amount, case.settled.directions) >= threshold for amount in amounts)
            (high if is_high else low)[nutrient] = spans
    for found, variant in ((high, {"variant": "high"}), (low, {})):
        if found:
            spans = tuple(span for of_one in found.values() for span in of_one)
            yield Draft("MG501", {"nutrients": tuple(found), **variant}, spans)


def _per_intake(amount: OtherAmount, directions: Directions) -> Decimal:
    """The amount of one intake as far as the directions tell, else the amount as stated."""
    portion = amount.portion
    if portion is None or portion.count <= 0:
        return amount.value_mg
    if portion.unit == "day" and directions.intakes_per_day is not None and directions.intakes_per_day.low > 0:
        return amount.value_mg / directions.intakes_per_day.low
    units = directions.units_per_intake
    if portion.unit == directions.unit and units is not None:
        return amount.value_mg / portion.count * units.high
    return amount.value_mg


def b6_for_uptake(case: Case) -> Iterator[Draft]:
    """MG502: the label says that magnesium needs B6 to be taken up."""
    spans = case.settled.signs.get("claim.b6_uptake")
    if spans and case.form is not None:
        yield Draft("MG502", {}, spans)


def ask_first(case: Case) -> Iterator[Draft]:
    """MG503: who should ask a doctor first, with every product to be taken; evidence is what the label warns of."""
    if case.form is None:
        return
    cautions = case.guide.cautions
    warned = tuple(caution for caution in cautions if f"warning.{caution}" in case.settled.signs)
    missing = tuple(caution for caution in cautions if caution not in warned)
    spans = tuple(span for caution in warned for span in case.settled.signs[f"warning.{caution}"])
    yield Draft("MG503", {"cautions": cautions, "warned": warned or None, "missing": missing or None}, spans)


def through_the_skin(case: Case) -> Iterator[Draft]:
    """MG504: for the skin or the bath, where the guide sees little evidence of uptake."""
    settled = case.settled
    if settled.declares_magnesium and not settled.several_products and settled.use == "topical":
        yield Draft("MG504", {"forms": forms_of(settled.sources)}, settled.signs.get("use.topical", ()))


RULES = (
    Rule(("MG501",), competitors),
    Rule(("MG502",), b6_for_uptake),
    Rule(("MG503",), ask_first),
    Rule(("MG504",), through_the_skin),
)
