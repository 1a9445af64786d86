"""The guide as data: thresholds, form verdicts, grade table, and what every finding rests on.

`default_guide()` is the packaged edition; `Guide.load(path)` takes another one and names every fault in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from os import PathLike

import msgspec

from mglabel.values.errors import UnknownPurpose
from mglabel.values.interval import Masses
from mglabel.values.nearest import hint

CLASSES = ("organic", "inorganic")
UNDISCLOSED = "undisclosed"
"""The verdict where no form is named, or only an origin."""
OTHER = "other:"
"""Begins the ids of forms beyond the usual ones."""
UNCOVERED = "uncovered "
"""Begins the rows of the verdicts table that speak of a class of forms on which the guide is silent."""


class Thresholds(msgspec.Struct, frozen=True):
    """The guide's numbers, elemental mg; `ours` names those that the guide does not give."""

    day_limit_mg: Decimal
    far_above_mg: Decimal
    intake_mg: Masses
    pack_weeks: Masses
    needs_mg: Mapping[str, Decimal]
    companions_mg: Mapping[str, Decimal]
    ours: tuple[str, ...]


class Measures(msgspec.Struct, frozen=True):
    """What a dose is held against in reports: the guide's numbers, and which limits stand beside them."""

    day_limit_mg: Decimal
    far_above_mg: Decimal
    intake_mg: Masses
    limit_kinds: tuple[str, ...]
    own_authorities: tuple[str, ...]


class FormEntry(msgspec.Struct, frozen=True):
    """The guide's verdict on one form for one purpose, and the lines it rests on."""

    verdict: str
    lines: str


class Scope(msgspec.Struct, frozen=True):
    """The uses and audiences that a part of the guide speaks of."""

    uses: tuple[str, ...]
    audiences: tuple[str, ...]

    def covers(self, use: str, audience: str) -> bool:
        """Whether the guide speaks of this use for this audience."""
        return use in self.uses and audience in self.audiences


class Timing(msgspec.Struct, frozen=True):
    """When the guide would take magnesium for some purposes: times of day, or signs that say the same."""

    purposes: tuple[str, ...]
    times: tuple[str, ...]
    signs: tuple[str, ...]
    reference: str


class RuleEntry(msgspec.Struct, frozen=True):
    """What a finding rests on: lines and key phrase of the guide, another source, or nothing but us (`ours`)."""

    code: str
    severity: str
    variants: Mapping[str, str]
    reference: str | None
    source: str | None
    phrase: str | None
    ours: bool

    def severity_of(self, variant: str | None) -> str:
        """The severity of a finding of this code in one of its variants."""
        return self.variants.get(variant, self.severity) if variant else self.severity


class Guide(msgspec.Struct, frozen=True):
    """One edition of the guide, validated. Orders and letters run from best to worst.

    >>> guide = default_guide()
    >>> guide.cell("ideal", "within"), guide.cell("undisclosed", "above")
    (('A', 'A'), ('C', 'D'))
    """

    name: str
    edition: str
    default_purpose: str
    purposes: tuple[str, ...]
    thresholds: Thresholds
    letters: tuple[str, ...]
    limits: tuple[str, ...]
    order: tuple[str, ...]
    cells: Mapping[tuple[str, str], tuple[str, str]]
    forms: Mapping[tuple[str, str], FormEntry]
    form_scope: Scope
    limit_scope: Scope
    need_scope: Scope
    origins: tuple[str, ...]
    well_taken_up: tuple[str, ...]
    misfits: tuple[str, ...]
    fronts: Mapping[str, tuple[str, ...]]
    divisible: tuple[str, ...]
    cautions: tuple[str, ...]
    meal_purposes: tuple[str, ...]
    timing: tuple[Timing, ...]
    limit_kinds: tuple[str, ...]
    own_authorities: tuple[str, ...]
    not_permitted: tuple[str, ...]
    conditional: tuple[str, ...]
    rules: Mapping[str, RuleEntry]

    def __hash__(self) -> int:
        """By name and edition, so that what follows from an edition can be remembered."""
        return hash((self.name, self.edition))

    @classmethod
    def load(cls, path: str | PathLike[str] | None = None) -> Guide:
        """The guide of a TOML file, the packaged edition where no path is given; raises `BadTable`.

        >>> Guide.load().edition
        '2025-11'
        """
        if path is None:
            return default_guide()
        from mglabel.tables.guide_file import read

        return read(path, required=default_guide().rules)

    @property
    def measures(self) -> Measures:
        """What an analysis keeps of the guide, so that its reports can draw a dose beside the limits."""
        held = self.thresholds
        return Measures(held.day_limit_mg, held.far_above_mg, held.intake_mg, self.limit_kinds, self.own_authorities)

    def checked_purpose(self, purpose: str | None) -> str:
        """The purpose to grade for; raises `UnknownPurpose` with the nearest known one.

        >>> default_guide().checked_purpose(None)
        'general'
        """
        if purpose is None:
            return self.default_purpose
        if purpose in self.purposes:
            return purpose
        known = f"the guide knows {', '.join(self.purposes)}"
        told = " ".join(filter(None, (hint(str(purpose), self.purposes), known)))
        raise UnknownPurpose(f"unknown purpose {purpose!r}: {told}")

    def entries(self, purpose: str, form: str, form_class: str | None) -> tuple[FormEntry, ...]:
        """The verdicts that a form can have for a purpose: one, or two where its class is not known.

        An origin names no form and is undisclosed.

        >>> [e.verdict for e in default_guide().entries("general", "carbonate", "inorganic")]
        ['uncovered_inorganic']
        """
        if self.is_origin(form):
            return (FormEntry(UNDISCLOSED, self.rules["MG106"].reference or ""),)
        named = self.forms.get((purpose, form))
        if named is not None:
            return (named,)
        classes = (form_class,) if form_class in CLASSES else CLASSES
        found = {e.verdict: e for e in (self.forms[purpose, UNCOVERED + c] for c in classes)}
        return tuple(found.values())

    def is_origin(self, form: str) -> bool:
        """Whether the name says only where the magnesium comes from.

        >>> default_guide().is_origin("marine"), default_guide().is_origin("oxide")
        (True, False)
        """
        return form.removeprefix(OTHER) in self.origins

    def cell(self, form: str, limit: str) -> tuple[str, str]:
        """The best and the worst letter for a form verdict and a limit verdict."""
        return self.cells[form, limit]

    def named_forms(self) -> tuple[str, ...]:
        """The forms that the guide itself speaks of, in the order of its table."""
        return tuple(dict.fromkeys(form for _, form in self.forms if not form.startswith(UNCOVERED)))


@cache
def default_guide() -> Guide:
    """The packaged edition of the guide, loaded once."""
    from mglabel.tables.guide_file import read_packaged

    return read_packaged()
