"""The chemical tables as typed rows: elements, compounds, forms, units, limits and reference values.

Compounds and forms are checked against each other when they load: ids, references, and that intervals are ordered.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import Literal, Protocol, TypeVar

import msgspec

from mglabel.tables.loading import duplicates, read_csv, refuse
from mglabel.values.interval import Interval, Masses, hull

BUFFERED = "buffered"


class Element(msgspec.Struct, frozen=True):
    """A chemical element with its standard atomic weight in g/mol."""

    symbol: str
    weight: Decimal
    source: str

    @property
    def id(self) -> str:
        """The symbol, by which the element is known."""
        return self.symbol


class Compound(msgspec.Struct, frozen=True):
    """A magnesium compound or a trade good: which form it is of and what mass fraction of it is magnesium.

    `hydrate` counts the waters as the name does (0 for anhydrous, None where it means nothing); `stoichiometry` holds
    the words that tell it apart within its form.
    """

    id: str
    form: str
    name_en: str
    aliases: tuple[str, ...]
    formula: str | None
    hydrate: Decimal | None
    stoichiometry: tuple[str, ...]
    fraction_low: Decimal
    fraction_high: Decimal
    kind: Literal["pure", "branded", "mixture"]
    source: str

    @property
    def fraction(self) -> Masses:
        """The mass fraction of magnesium."""
        return Interval(self.fraction_low, self.fraction_high)

    @property
    def is_buffered(self) -> bool:
        """Whether a richer magnesium compound is mixed in."""
        return BUFFERED in self.stoichiometry


class Form(msgspec.Struct, frozen=True):
    """A form of magnesium with bounds on its mass fraction: in trade, possible, blended, and as a label's bare name."""

    id: str
    class_: Literal["organic", "inorganic", "mixed"] = msgspec.field(name="class")
    typical_low: Decimal | None
    typical_high: Decimal | None
    possible_low: Decimal | None
    possible_high: Decimal | None
    blend_high: Decimal | None
    usual_low: Decimal | None
    usual_high: Decimal | None
    guide_row: str | None
    eu_status: Literal["permitted", "novel_food", "not_permitted", "additive_only", "medicine", "unknown"]
    eu_source: str
    name_en: str
    name_da: str
    aliases: tuple[str, ...]
    role: Literal["source", "additive", "both", "drug"]
    richer_alternatives: tuple[str, ...]

    @property
    def typical(self) -> Masses | None:
        """The mass fraction of goods in trade, None where it is not known."""
        return _interval(self.typical_low, self.typical_high)

    @property
    def possible(self) -> Masses | None:
        """The mass fraction over every hydrate and stoichiometry of the form, None where it is not known."""
        return _interval(self.possible_low, self.possible_high)

    @property
    def usual(self) -> Masses | None:
        """The mass fraction that the bare name on a label stands for, None where it is not known."""
        return _interval(self.usual_low, self.usual_high)


class Unit(msgspec.Struct, frozen=True):
    """A unit of labels: its kind, its factor to the base of the kind, what pint calls it and how else it is written."""

    id: str
    kind: Literal["mass", "amount", "volume", "ratio"]
    factor: Decimal
    pint_name: str | None
    spellings: tuple[str, ...]


class Limit(msgspec.Struct, frozen=True):
    """What an authority says about magnesium a day, in mg: a need, an upper level or a maximum. Ages in years."""

    id: str
    kind: Literal["need", "upper_level", "advised_maximum", "legal_maximum"]
    authority: str
    jurisdiction: str
    population: Literal["adults", "men", "women", "children", "boys", "girls"]
    age_from: int
    age_to: int | None
    value_mg: Decimal
    scope: str
    year: int | None
    source: str

    def applies_at(self, age: int) -> bool:
        """Whether the limit is for this age in years."""
        return self.age_from <= age and (self.age_to is None or age < self.age_to)


class ReferenceValue(msgspec.Struct, frozen=True):
    """What 100 % on a label stands for, in mg a day, and how far a printed percentage may be off, in its points."""

    id: str
    value_mg: Decimal
    jurisdiction: str
    status: Literal["current", "old"]
    common: bool
    tolerance_points: Decimal
    year: int
    source: str


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


Identified = TypeVar("Identified", bound=_Identified)


@functools.cache
def elements() -> Mapping[str, Element]:
    """The elements by symbol."""
    rows = read_csv("atomic_weights.csv", Element)
    refuse("atomic_weights.csv", [*duplicates(row.id for row in rows), *_not_positive(rows, "weight")])
    return _by_id(rows)


@functools.cache
def units() -> Mapping[str, Unit]:
    """The units by id."""
    rows = read_csv("units.csv", Unit)
    spellings = [spelling for row in rows for spelling in (row.id, *row.spellings)]
    refuse("units.csv", [*duplicates(spellings), *_not_positive(rows, "factor")])
    return _by_id(rows)


@functools.cache
def limits() -> tuple[Limit, ...]:
    """The needs, upper levels and maxima, in the order of the table."""
    rows = read_csv("limits.csv", Limit)
    backwards = [f"{r.id}: ages {r.age_from} to {r.age_to}" for r in rows if r.age_to and r.age_to <= r.age_from]
    refuse("limits.csv", [*duplicates(row.id for row in rows), *_not_positive(rows, "value_mg"), *backwards])
    return rows


@functools.cache
def reference_values() -> tuple[ReferenceValue, ...]:
    """The reference values of labels, in the order of the table: the likelier first."""
    rows = read_csv("reference_values.csv", ReferenceValue)
    faults = [*duplicates(row.id for row in rows), *_not_positive(rows, "value_mg")]
    refuse("reference_values.csv", [*faults, *_not_positive(rows, "tolerance_points")])
    return rows


def forms() -> Mapping[str, Form]:
    """The forms of magnesium by id, in the order of the table.

    >>> forms()["citrate"].guide_row
    'L116'
    """
    return _chemistry()[0]


def compounds() -> Mapping[str, Compound]:
    """The compounds by id, in the order of the table.

    >>> compounds()["citrate_tri_9h2o"].formula
    'Mg3(C6H5O7)2(H2O)9'
    """
    return _chemistry()[1]


@functools.cache
def compounds_of(form: str) -> tuple[Compound, ...]:
    """The compounds of one form, in the order of the table."""
    return tuple(compound for compound in compounds().values() if compound.form == form)


@functools.cache
def _chemistry() -> tuple[Mapping[str, Form], Mapping[str, Compound]]:
    """Forms and compounds, checked together."""
    form_rows, compound_rows = read_csv("forms.csv", Form), read_csv("compounds.csv", Compound)
    refuse("compounds.csv", list(compound_faults(compound_rows, {form.id for form in form_rows})))
    refuse("forms.csv", list(form_faults(form_rows, compound_rows)))
    return _by_id(form_rows), _by_id(compound_rows)


def compound_faults(rows: Sequence[Compound], form_ids: set[str]) -> Iterator[str]:
    """What is wrong with the compounds, beyond what each cell shows."""
    yield from duplicates(row.id for row in rows)
    for row in rows:
        if row.form not in form_ids:
            yield f"{row.id}: form {row.form} is not in forms.csv"
        if not 0 < row.fraction_low <= row.fraction_high < 1:
            yield f"{row.id}: fraction {row.fraction_low} to {row.fraction_high} is not ordered within 0 and 1"
        if (row.kind == "pure") != (row.formula is not None):
            yield f"{row.id}: a formula belongs to pure compounds and to them only"
        if row.kind == "pure" and row.fraction_low != row.fraction_high:
            yield f"{row.id}: a pure compound has one fraction"


def form_faults(rows: Sequence[Form], compound_rows: Sequence[Compound]) -> Iterator[str]:
    """What is wrong with the forms, beyond what each cell shows; their bounds must follow from their compounds."""
    yield from duplicates(row.id for row in rows)
    ids = {row.id for row in rows}
    for row in rows:
        own = [compound for compound in compound_rows if compound.form == row.id]
        yield from (f"{row.id}: richer alternative {other} is no form" for other in set(row.richer_alternatives) - ids)
        yield from (f"{row.id}: {fault}" for fault in _bound_faults(row, own))


def _bound_faults(form: Form, own: Sequence[Compound]) -> Iterator[str]:
    bounds = {
        "typical": (form.typical_low, form.typical_high),
        "possible": (form.possible_low, form.possible_high),
        "usual": (form.usual_low, form.usual_high),
    }
    for name, (low, high) in bounds.items():
        if (low is None) != (high is None) or (low is not None and high is not None and not 0 < low <= high < 1):
            yield f"{name} {low} to {high} is not ordered within 0 and 1"
            return
    if form.possible != hull(compound.fraction for compound in own if not compound.is_buffered):
        yield "possible is not the hull of its compounds"
    blends = hull(compound.fraction for compound in own if compound.is_buffered)
    if form.blend_high != (blends.high if blends else None):
        yield "blend_high is not that of its richest buffered compound"
    possible = form.possible
    for name, inner in (("typical", form.typical), ("usual", form.usual)):
        if possible and inner and not (possible.holds(inner.low) and possible.holds(inner.high)):
            yield f"{name} reaches beyond possible"
    if form.blend_high is not None and possible and form.blend_high < possible.high:
        yield "blend_high is below possible_high"
    if form.usual and not possible:
        yield "usual without possible"


def _interval(low: Decimal | None, high: Decimal | None) -> Masses | None:
    return None if low is None or high is None else Interval(low, high)


def _not_positive(rows: Sequence[_Identified], field: str) -> list[str]:
    return [f"{row.id}: {field} {getattr(row, field)} is not positive" for row in rows if getattr(row, field) <= 0]


def _by_id(rows: Sequence[Identified]) -> Mapping[str, Identified]:
    return MappingProxyType({row.id: row for row in rows})
