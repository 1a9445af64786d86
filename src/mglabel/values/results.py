"""The answer about one label: settled numbers, findings, a grade, and the analysis that holds them all.

Numbers are exact decimals in mg (or plain counts) in intervals; the public properties give pint quantities.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import msgspec

from mglabel.values.evidence import Evidence, Span
from mglabel.values.interval import Interval, Masses
from mglabel.values.label import Directions, OtherAmount, Portion, Product
from mglabel.values.registry import application_registry


def _quantities(mg: Masses | None) -> Interval[Any] | None:
    """The interval as pint quantities of the application registry."""
    if mg is None:
        return None
    unit = application_registry().milligram
    return Interval(float(mg.low) * unit, float(mg.high) * unit)


class Source(msgspec.Struct, frozen=True):
    """A form that the label declares as supplying magnesium, with what of it and from it comes with the daily dose."""

    form: str
    name: str
    spans: tuple[Span, ...]
    origin: str | None = None
    variant: str | None = None
    buffered: bool = False
    compound_mg_per_day: Masses | None = None
    elemental_mg_per_day: Masses | None = None
    share: Masses | None = None


class Excipient(msgspec.Struct, frozen=True):
    """A magnesium compound that is present as an additive only."""

    form: str
    name: str
    spans: tuple[Span, ...]


class Statement(msgspec.Struct, frozen=True):
    """One declared amount, settled: `what` is elemental, compound or unclear."""

    what: str
    form: str | None
    value_mg: Decimal
    portion: Portion | None
    section: str
    span: Span
    percent: Decimal | None = None


class Reading(msgspec.Struct, frozen=True):
    """One consistent interpretation of all statements; `dropped_because` says why it does not stand, if so."""

    elemental_mg_per_day: Masses | None
    because: tuple[str, ...]
    dropped_because: str | None = None
    elemental_mg_per_portion: Masses | None = None


class Intake(msgspec.Struct, frozen=True):
    """Elemental magnesium per day, per single intake and per portion, each an interval in mg or None.

    `*_at_most` is the same at the highest directed dose, so that its width is ignorance only.
    """

    mg_per_day: Masses | None = None
    mg_per_day_at_most: Masses | None = None
    mg_per_intake: Masses | None = None
    mg_per_intake_at_most: Masses | None = None
    mg_per_portion: Masses | None = None
    portion: Portion | None = None
    spans: tuple[Span, ...] = ()

    @property
    def per_day(self) -> Interval[Any] | None:
        """Elemental magnesium per day as pint quantities, None if unknown."""
        return _quantities(self.mg_per_day)

    @property
    def per_day_at_most(self) -> Interval[Any] | None:
        """Elemental magnesium per day at the highest directed dose as pint quantities, None if unknown."""
        return _quantities(self.mg_per_day_at_most)

    @property
    def per_intake(self) -> Interval[Any] | None:
        """Elemental magnesium per single intake as pint quantities, None if unknown."""
        return _quantities(self.mg_per_intake)

    @property
    def per_intake_at_most(self) -> Interval[Any] | None:
        """Elemental magnesium per single intake at the highest directed dose as pint quantities, None if unknown."""
        return _quantities(self.mg_per_intake_at_most)

    @property
    def per_portion(self) -> Interval[Any] | None:
        """Elemental magnesium per `portion` as pint quantities, None if unknown."""
        return _quantities(self.mg_per_portion)


class Trouble(msgspec.Struct, frozen=True):
    """Something that reading or settling met and a finding must tell: a code, its parameters and where it stands."""

    code: str
    params: Mapping[str, Any]
    spans: tuple[Span, ...] = ()
    withdraws: bool = False
    """Whether the document was read too badly for any number of it to stand."""
    recognised: bool = False
    """Whether letters were recognised in a picture, so that digits may be wrong."""


class Settled(msgspec.Struct, frozen=True):
    """All facts about one label, converted and decided: what the guide's rules judge."""

    declares_magnesium: bool
    several_products: bool
    use: str
    audience: str
    stated_purposes: tuple[str, ...]
    languages: tuple[str, ...]
    product: Product
    sources: tuple[Source, ...]
    excipients: tuple[Excipient, ...]
    statements: tuple[Statement, ...]
    directions: Directions
    intake: Intake
    derivation: str
    readings: tuple[Reading, ...]
    percent_of_reference: Decimal | None
    front_form: str | None
    """The form that the product's name or front promises, where it names exactly one."""
    other_amounts: tuple[OtherAmount, ...]
    signs: Mapping[str, tuple[Span, ...]]
    """Other things the label says, by concept (`warning.kidney`, `nutrient.calcium`, `claim.b6_uptake` ...)."""
    troubles: tuple[Trouble, ...]


class Finding(msgspec.Struct, frozen=True):
    """Something a rule says about the label. `severity`: error, warning, advice or info."""

    code: str
    severity: str
    params: Mapping[str, Any]
    evidence: tuple[Evidence, ...]
    reference: str | None

    def text(self, lang: str = "en") -> str:
        """The finding in words, in English (`en`) or Danish (`da`)."""
        from mglabel.tables.messages import render

        return render(self.code, self.params, lang)


class Grade(msgspec.Struct, frozen=True):
    """The letter, or the span of letters from `best` to `worst`, with the two verdicts that lead to it.

    >>> str(Grade("C", "D", "undisclosed", "within", "general"))
    'C to D'
    """

    best: str
    worst: str
    form: str
    limit: str
    purpose: str

    def __str__(self) -> str:
        return self.best if self.best == self.worst else f"{self.best} to {self.worst}"


class Verdict(msgspec.Struct, frozen=True):
    """What the guide says of a label: findings, the form and limit verdicts, and the grade where one is given."""

    findings: tuple[Finding, ...]
    grade: Grade | None
    form: str | None
    """The form verdict, best to worst joined by `..` where the label leaves it open; None without sources' verdict."""
    limit: str | None
