"""What extraction reads from a text, before anything is converted or decided.

The vocabulary: a statement is one declared amount (subject, value, unit, portion, evidence); a mention is one place
where a magnesium compound is named, with the role it plays there; signs are other things the label says.
"""

from __future__ import annotations

from decimal import Decimal

import msgspec

from mglabel.values.evidence import Span
from mglabel.values.interval import Masses


class Portion(msgspec.Struct, frozen=True):
    """What an amount is stated for: `count` of `unit`, such as 2 capsules, 100 g, 1 day or 1 serving."""

    count: Decimal
    unit: str


class Mention(msgspec.Struct, frozen=True):
    """One naming of a magnesium compound. `role`: source, excipient, additive, denied, compared, drug or other."""

    form: str
    name: str
    span: Span
    role: str
    section: str
    variant: str | None = None
    hydrate: str | None = None
    origin: str | None = None
    buffered: bool = False
    told: bool = False
    """Whether it stands in a sentence that only tells something of it, and states no content."""


class Claimed(msgspec.Struct, frozen=True):
    """One stated amount of magnesium or of a compound, as read.

    `what`: elemental, compound or unclear. `why` names the words that settle it (elemental-word, of-which, equivalent,
    panel, ion, as-form, amount-of-substance), empty where nothing does. `values_mg` holds every value the digits
    allow, or both ends of a stated range, the higher one first; `is_range` tells which.
    """

    what: str
    form: str | None
    values_mg: tuple[Decimal, ...]
    portion: Portion | None
    section: str
    span: Span
    name_span: Span
    why: tuple[str, ...] = ()
    percent: Decimal | None = None
    variant: str | None = None
    hydrate: str | None = None
    buffered: bool = False
    group: int = 0
    """Amounts with the same group speak of one thing (a salt and its elemental magnesium, two columns)."""
    is_range: bool = False
    in_row: bool = False
    """Whether it stands in a cell behind its name, as in a table and never in a title."""
    share: Decimal | None = None
    """How much of the compound the label itself says is magnesium, as a fraction of its mass."""


class OtherAmount(msgspec.Struct, frozen=True):
    """A stated amount of another nutrient, in mg, that a rule asks about (calcium, zinc, vitamin B6 ...)."""

    nutrient: str
    value_mg: Decimal
    portion: Portion | None
    span: Span


class Directions(msgspec.Struct, frozen=True):
    """How much is taken how often, for adults where the label says several things.

    Counts are intervals of plain numbers, None where the label does not say. `times` holds morning, noon, afternoon,
    evening and bedtime; `with_food` is True, False (on an empty stomach) or None.
    """

    unit: str | None = None
    units_per_day: Masses | None = None
    units_per_intake: Masses | None = None
    intakes_per_day: Masses | None = None
    times: tuple[str, ...] = ()
    with_food: bool | None = None
    split: bool = False
    spans: tuple[Span, ...] = ()


class Product(msgspec.Struct, frozen=True):
    """The pack: how many units of which kind, the net mass in grams, and what one unit weighs, where stated."""

    name: str | None = None
    pages: tuple[int, ...] | None = None
    count: int | None = None
    net_mass_g: Decimal | None = None
    unit: str | None = None
    unit_mass_g: Decimal | None = None
