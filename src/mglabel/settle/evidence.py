"""What speaks for or against an amount being the element: percentages of reference values, and physics.

Reference values and ceilings come from the tables; nothing here knows a language.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from mglabel.chemistry.fractions import blend_ceiling
from mglabel.extraction.reader import Label
from mglabel.settle.sizes import Sizes
from mglabel.tables.chemistry import ReferenceValue, reference_values
from mglabel.values.interval import Interval, Masses
from mglabel.values.label import Portion, Product

HEAVIEST_MG = {"capsule": Decimal(1500), "tablet": Decimal(2500), "gummy": Decimal(6000), "drop": Decimal(60)}
"""The heaviest units made, about: size 000 capsules, large tablets (effervescent ones say what they weigh)."""

CAPSULE_CONTENT = Decimal("0.85")
"""Share of a filled capsule's weight that its content has at most; the shell weighs 40 to 120 mg."""

DENSEST_SOLUTION = Decimal(1000)
"""mg of a salt that a millilitre of a drinkable liquid holds at most, generously."""


def references_that_fit(mg: Decimal, percent: Decimal) -> tuple[ReferenceValue, ...]:
    """The common reference values of which so many mg are so many per cent, by their tolerance."""
    hundredfold, off = mg * 100, percent / 50
    return tuple(
        [row for row in _common() if abs(hundredfold / row.value_mg - percent) <= max(row.tolerance_points, off)]
    )


@cache
def _common() -> tuple[ReferenceValue, ...]:
    """The reference values that labels use."""
    return tuple(row for row in reference_values() if row.common)


def heaviest_mg(portion: Portion | None, product: Product, sizes: Sizes) -> Decimal | None:
    """The most that the units of a portion can weigh, in mg; None where nothing bounds it."""
    if portion is None:
        return None
    if portion.unit == "g":
        return portion.count * 1000
    if portion.unit == "ml":
        return portion.count * DENSEST_SOLUTION
    stated = _stated_unit_mg(portion.unit, product, sizes)
    if stated is not None:
        return portion.count * stated
    general = HEAVIEST_MG.get(portion.unit)
    return None if general is None else portion.count * general


def _stated_unit_mg(unit: str, product: Product, sizes: Sizes) -> Decimal | None:
    """What one unit weighs by the label's own word: its stated weight, or the net weight over the count."""
    grams = sizes.ratio(unit, "g")
    if grams is not None:
        return grams * 1000
    millilitres = sizes.ratio(unit, "ml")
    if millilitres is not None:
        return millilitres * DENSEST_SOLUTION
    if unit != product.unit:
        return None
    if product.unit_mass_g is not None:
        return product.unit_mass_g * 1000
    if product.net_mass_g is None or not product.count:
        return None
    each = product.net_mass_g * 1000 / product.count
    return each * CAPSULE_CONTENT if unit == "capsule" else each


def can_be_elemental(mg: Decimal, form: str | None, heaviest: Decimal | None) -> bool:
    """Whether a unit that weighs at most so much can hold this much magnesium as the form, at its richest."""
    if heaviest is None:
        return True
    richest = blend_ceiling(form) if form else None
    return mg <= heaviest * (richest if richest is not None else Decimal("0.6031"))


def reference_of(label: Label) -> Masses | None:
    """The reference value that percentages are of: the EU's, or both American ones; None where it is not known."""
    signs = label.signs
    if "reference.unsettled" in signs:
        return None
    jurisdiction = "US" if "reference.american" in signs else "EU"
    if "reference.nrv" not in signs:
        return None
    statuses = ("current", "old") if jurisdiction == "US" else ("current",)
    values = [r.value_mg for r in reference_values() if r.jurisdiction == jurisdiction and r.status in statuses]
    return Interval(min(values), max(values)) if values else None
