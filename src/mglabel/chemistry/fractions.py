"""Mass fractions of magnesium as intervals: by form, narrowed by what a name says of hydrate and stoichiometry.

Three bounds per form: what the bare name stands for, what is possible, and what blended goods reach.
"""

from __future__ import annotations

import functools
from decimal import Decimal

from mglabel.tables.chemistry import BUFFERED, Compound, Form, compounds, compounds_of, forms
from mglabel.values.errors import UnknownForm
from mglabel.values.interval import Interval, Masses, hull


@functools.lru_cache(maxsize=4096)
def fraction(
    form: str, variant: str | None = None, hydrate: Decimal | int | str | None = None, buffered: bool = False
) -> Masses | None:
    """The mass fraction of magnesium in what a label calls by this form, None where nobody can know it.

    `variant` is the id of a compound of the form, or its stoichiometry words joined by spaces; `hydrate` counts the
    waters (0 for anhydrous). Words alone narrow the usual interval where they meet it, words that no compound of the
    form has (light, heavy) change nothing, and a hydrate that the tables do not have gives everything possible.

    >>> fraction("citrate", hydrate=9)
    Interval(low=Decimal('0.118900'), high=Decimal('0.118900'))
    >>> fraction("algae") is None
    True
    """
    row = form_row(form)
    if buffered:
        return _buffered(row)
    named = compounds().get(variant) if variant else None
    if named is not None:
        if named.form != form:
            raise UnknownForm(f"{variant!r} is no compound of the form {form!r}")
        return named.fraction
    words = frozenset(variant.split()) if variant else frozenset()
    if BUFFERED in words:
        return _buffered(row)
    words &= {word for one in compounds_of(form) for word in one.stoichiometry}
    if not words and hydrate is None:
        return row.usual
    return _narrowed(row, words, None if hydrate is None else Decimal(hydrate))


def ceiling(form: str) -> Decimal | None:
    """The most magnesium that any hydrate or stoichiometry of the form can hold, None where nobody can know it.

    >>> ceiling("bisglycinate")
    Decimal('0.140961')
    """
    return form_row(form).possible_high


def blend_ceiling(form: str) -> Decimal | None:
    """The most magnesium in goods sold by the name of the form, blends included, None where nobody can know it.

    >>> blend_ceiling("bisglycinate"), blend_ceiling("taurate") == ceiling("taurate")
    (Decimal('0.3'), True)
    """
    row = form_row(form)
    return row.possible_high if row.blend_high is None else row.blend_high


def elemental_of(
    compound_mg: Masses,
    form: str,
    variant: str | None = None,
    hydrate: Decimal | int | str | None = None,
    buffered: bool = False,
) -> Masses | None:
    """The elemental magnesium in a mass of the compound, None where its fraction is not known.

    >>> from mglabel.values.interval import exactly
    >>> elemental_of(exactly(500), "citrate", hydrate=9).high
    Decimal('59.450000')
    """
    share = fraction(form, variant, hydrate, buffered)
    return None if share is None else compound_mg.times(share)


def compound_needed(
    elemental_mg: Masses,
    form: str,
    variant: str | None = None,
    hydrate: Decimal | int | str | None = None,
    buffered: bool = False,
) -> Masses | None:
    """The mass of the compound that brings so much elemental magnesium, None where its fraction is not known.

    >>> from mglabel.values.interval import exactly
    >>> round(compound_needed(exactly(100), "taurate").low)
    1121
    """
    share = fraction(form, variant, hydrate, buffered)
    return None if share is None else Interval(elemental_mg.low / share.high, elemental_mg.high / share.low)


def least_compound(elemental_mg: Decimal, form: str) -> Decimal | None:
    """The least mass of goods of this form, at their richest, that can hold so much magnesium; None if not known.

    >>> round(least_compound(Decimal(700), "taurate"))
    7850
    """
    richest = blend_ceiling(form)
    return None if richest is None else elemental_mg / richest


def form_row(form: str) -> Form:
    """The form's row, or `UnknownForm`."""
    try:
        return forms()[form]
    except KeyError:
        raise UnknownForm(f"{form!r} is no form of magnesium that the tables know") from None


def _buffered(row: Form) -> Masses | None:
    """Blended goods of the form; where none are known, anything from the form itself to what may be mixed in."""
    known = hull(one.fraction for one in compounds_of(row.id) if one.is_buffered)
    if known is not None or row.usual is None:
        return known
    return hull([row.usual, *(other for name in row.richer_alternatives if (other := forms()[name].usual))])


def _narrowed(row: Form, words: frozenset[str], hydrate: Decimal | None) -> Masses | None:
    """What is left of the form when its compounds must have these words and this count of waters."""
    own = [one for one in compounds_of(row.id) if not one.is_buffered]
    found = [one for one in own if words <= set(one.stoichiometry) and (hydrate is None or one.hydrate == hydrate)]
    if not found:
        return row.possible
    if not words:
        found = _plainest(found, row.usual)
    narrowed = hull(one.fraction for one in found)
    usual = row.usual
    if hydrate is None and usual and narrowed and narrowed.low <= usual.high and usual.low <= narrowed.high:
        return Interval(max(narrowed.low, usual.low), min(narrowed.high, usual.high))
    return narrowed


def _plainest(found: list[Compound], usual: Masses | None) -> list[Compound]:
    """What a bare hydrate means: compounds without stoichiometry words, else those that the bare name may mean."""
    plain = [one for one in found if not one.stoichiometry]
    inside = [one for one in found if usual and usual.holds(one.fraction_low) and usual.holds(one.fraction_high)]
    return plain or inside or found
