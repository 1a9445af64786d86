"""The calculator on its own: so much of a compound, how much magnesium, as an interval of quantities.

Strings are read by a strict grammar: one number, one unit. What can be read in two ways is refused.
"""

from __future__ import annotations

import difflib
import functools
import re
import unicodedata
from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import msgspec

from mglabel.chemistry.formula import (
    MAGNESIUM,
    UnclearFormula,
    composition,
    magnesium_fraction,
    magnesium_molar_mass,
    normalised,
)
from mglabel.chemistry.fractions import fraction
from mglabel.chemistry.units import measured, positive, quantities, unit_of_spelling
from mglabel.tables.chemistry import compounds, forms
from mglabel.values.errors import BadQuantity, UnknownForm
from mglabel.values.interval import Interval, Masses, exactly

SUGGESTIONS = 3
LONGEST_NAME = 200

_AMOUNT = re.compile(r"\s*(?P<whole>[0-9]{1,12})(?:[.,](?P<decimals>[0-9]{1,12}))?\s*(?P<unit>[^\W\d_]{1,12})\s*")
_FORMULA_LIKE = re.compile(r"[\d(\[{]*[A-Z](?!.*[a-z]{3})")


class Named(msgspec.Struct, frozen=True):
    """What a name stands for: a form, with what it says of compound, hydrate and blending."""

    form: str
    variant: str | None = None
    hydrate: Decimal | None = None
    buffered: bool = False


Resolver = Callable[[str], Named | None]
"""Turns a name in any language into what it stands for, None where it cannot."""


def elemental(amount: Any, compound_name: str, resolve: Resolver | None = None) -> Interval[Any]:
    """The elemental magnesium in an amount of a compound, as an interval of pint quantities in mg.

    `amount` is a pint quantity of any registry or a text such as "500 mg" or "1,5 g". Amounts of substance (mmol, mEq,
    mval) count magnesium itself, as labels do; for a compound with several magnesium atoms, where that would be
    unclear, they are refused. `compound_name` is an English or Danish name, a form, or a formula; `resolve` may know
    more names.

    >>> magnesium = elemental("500 mg", "magnesium citrate nonahydrate")
    >>> round(magnesium.low.magnitude, 2), magnesium.is_exact
    (59.45, True)
    """
    kind, value = read_amount(amount)
    mg_per_mg, is_multiple = _content(compound_name, resolve)
    if kind == "mass":
        return quantities(exactly(value).times(mg_per_mg))
    if is_multiple:
        raise BadQuantity(
            f"{amount} of {compound_name!r} may count the compound or its magnesium, of which it holds several atoms; "
            "give a mass"
        )
    return quantities(exactly(value * magnesium_molar_mass()))


def read_amount(amount: Any) -> tuple[str, Decimal]:
    """The kind (mass or amount) of an amount, and its value in mg or mmol of magnesium.

    >>> read_amount("1,5 g"), read_amount("4 mmol")
    (('mass', Decimal('1500.0')), ('amount', Decimal('4')))
    >>> read_amount("1.500 mg")
    Traceback (most recent call last):
    mglabel.values.errors.BadQuantity: '1.500 mg' may be 1500 or 1.5: write it without three decimals
    """
    if hasattr(amount, "m_as") and hasattr(amount, "check"):
        return measured(amount)
    if not isinstance(amount, str):
        raise BadQuantity(f"{amount!r} has no unit; give a text such as '500 mg' or a pint quantity")
    match = _AMOUNT.fullmatch(unicodedata.normalize("NFC", amount))
    if match is None:
        raise BadQuantity(f"{amount[:LONGEST_NAME]!r} is not one number and one unit, such as '500 mg' or '1,5 g'")
    whole, decimals = match["whole"], match["decimals"]
    if decimals and len(decimals) == 3 and whole[0] != "0" and len(whole) <= 3:
        raise BadQuantity(
            f"{amount!r} may be {whole}{decimals} or {Decimal(f'{whole}.{decimals}').normalize():f}: "
            "write it without three decimals"
        )
    unit = unit_of_spelling().get(match["unit"])
    if unit is None or unit.kind not in ("mass", "amount"):
        known = [name for name, one in unit_of_spelling().items() if one.kind in ("mass", "amount")]
        raise BadQuantity(f"{match['unit']!r} is no unit of mass or amount of substance; known are {', '.join(known)}")
    return unit.kind, positive(f"{whole}.{decimals or 0}" if decimals else whole) * unit.factor


def named(name: str, resolve: Resolver | None = None) -> Named | None:
    """What the tables, or else the resolver, know by this name; None where neither does.

    >>> named("Epsom salt").variant, named("magnesiumcitrat").form
    ('sulfate_heptahydrate', 'citrate')
    """
    return _names().get(_key(name)) or (resolve(name) if resolve is not None else None)


def suggestions(name: str) -> tuple[str, ...]:
    """Names of the tables that are spelt like this one.

    >>> "magnesium citrate" in suggestions("magnesium citrat")
    True
    """
    return tuple(difflib.get_close_matches(_key(name), _names(), n=SUGGESTIONS))


def _content(name: str, resolve: Resolver | None) -> tuple[Masses, bool]:
    """The mass fraction of magnesium in what the name stands for, and whether it names several atoms of magnesium."""
    if not isinstance(name, str) or not name.strip() or len(name) > LONGEST_NAME:
        raise UnknownForm(f"a compound is named by a text of 1 to {LONGEST_NAME} characters")
    what = named(name, resolve)
    if what is None and MAGNESIUM in name and _FORMULA_LIKE.match(name.strip()):
        formula = normalised(name)
        return exactly(magnesium_fraction(formula)), composition(formula)[MAGNESIUM] > 1
    if what is None:
        like = suggestions(name)
        hint = f"; did you mean {' or '.join(map(repr, like))}?" if like else ""
        raise UnknownForm(f"{name!r} is no magnesium compound that the tables know{hint}")
    share = fraction(what.form, what.variant, what.hydrate, what.buffered)
    if share is None:
        raise UnknownForm(f"{name!r} does not say which compound it is, so its magnesium cannot be computed")
    compound = compounds().get(what.variant) if what.variant else None
    is_multiple = compound is not None and compound.formula and composition(compound.formula)[MAGNESIUM] > 1
    return share, bool(is_multiple)


@functools.cache
def _names() -> Mapping[str, Named]:
    """Every name that the tables have; a name of a form goes before the same name of a compound."""
    names: dict[str, Named] = {}
    for form in forms().values():
        for name in (form.id, form.name_en, form.name_da, *form.aliases):
            names.setdefault(_key(name), Named(form.id))
    for compound in compounds().values():
        for name in (compound.id, compound.name_en, *compound.aliases):
            names.setdefault(_key(name), Named(compound.form, compound.id, buffered=compound.is_buffered))
    return MappingProxyType(names)


def _key(name: str) -> str:
    """The name without what spelling leaves open: case, hyphens, commas, brackets and runs of spaces."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return " ".join(re.sub(r"[-\u2010\u2011\u2013,_():\s]+", " ", plain).split())


__all__ = ["Named", "Resolver", "UnclearFormula", "elemental", "named", "read_amount", "suggestions"]
