"""Units of labels as exact factors, and the one place where quantities of pint come in and go out.

The factors stand in a table, which a test checks against pint, so that reading a label never pays for importing pint.
pint never sees the text of a label.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Any

from mglabel.chemistry.formula import magnesium_molar_mass
from mglabel.tables.chemistry import Unit, units
from mglabel.values.errors import BadQuantity
from mglabel.values.interval import Interval, Masses
from mglabel.values.registry import application_registry

MASS_BASE = "mg"
AMOUNT_BASE = "mmol"


@functools.cache
def unit_of_spelling() -> Mapping[str, Unit]:
    """The units by every spelling that the table has, case kept: Mg is no unit.

    >>> unit_of_spelling()["mcg"].id
    'µg'
    """
    return MappingProxyType({name: unit for unit in units().values() for name in (unit.id, *unit.spellings)})


@functools.cache
def mg_per(unit: str) -> Decimal | None:
    """How many mg one unit of mass is, None where the unit is none of mass.

    >>> mg_per("g"), mg_per("ml")
    (Decimal('1000'), None)
    """
    row = units().get(unit)
    return row.factor if row is not None and row.kind == "mass" else None


@functools.cache
def magnesium_mg_per(unit: str) -> Decimal | None:
    """How many mg of magnesium one unit of magnesium is, for mass and for amount of substance or charge.

    >>> magnesium_mg_per("mmol"), magnesium_mg_per("mEq")
    (Decimal('24.305'), Decimal('12.1525'))
    """
    row = units().get(unit)
    if row is not None and row.kind == "amount":
        return row.factor * magnesium_molar_mass()
    return mg_per(unit)


@functools.cache
def factor_by_pint(unit: str) -> Decimal | None:
    """The factor to the base of the unit's kind as pint has it, None where pint has no name for the unit."""
    row = units()[unit]
    bases = {one.kind: one.pint_name for one in units().values() if one.factor == 1}
    if row.pint_name is None or bases.get(row.kind) is None:
        return None
    return Decimal(repr(float(application_registry().Quantity(1, row.pint_name).m_as(bases[row.kind])))).normalize()


def measured(quantity: Any) -> tuple[str, Decimal]:
    """The kind (mass or amount) of a quantity of any registry, and its value in mg or mmol.

    Raises `BadQuantity` for anything else, and for what is not one positive number.
    """
    for kind, dimension, base in (("mass", "[mass]", MASS_BASE), ("amount", "[substance]", AMOUNT_BASE)):
        if quantity.check(dimension):
            return kind, positive(quantity.m_as(units()[base].pint_name))
    raise BadQuantity(f"{quantity} is no mass and no amount of substance; give mg, g, mmol or the like")


def positive(value: Any) -> Decimal:
    """The value as an exact positive number, or `BadQuantity`."""
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        raise BadQuantity(f"{value!r} is not one number") from None
    if not number.is_finite() or number <= 0:
        raise BadQuantity(f"{value} is not a positive amount")
    return number


def quantities(mg: Masses) -> Interval[Any]:
    """The interval in mg as quantities of the application registry."""
    milligram = getattr(application_registry(), units()[MASS_BASE].pint_name or MASS_BASE)
    return Interval(float(mg.low) * milligram, float(mg.high) * milligram)
