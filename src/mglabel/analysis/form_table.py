"""The guide's form table as rows: what the guide says of each form for a purpose, beside what chemistry and law say."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from mglabel.tables import chemistry
from mglabel.tables.guide import Guide, default_guide
from mglabel.values.interval import Interval

SUPPLYING = frozenset(("source", "both"))
UNDISCLOSED = "undisclosed"


class FormRow(msgspec.Struct, frozen=True):
    """One form of magnesium, as the guide judges it for one purpose.

    `named` tells whether the guide itself speaks of the form; where it does not, its class stands in. `verdicts` are
    two where the class is not known. `fraction` is the mass fraction of magnesium in goods of trade.
    """

    form: str
    name_en: str
    name_da: str
    form_class: str
    purpose: str
    verdicts: tuple[str, ...]
    lines: tuple[str, ...]
    named: bool
    fraction: Interval[Decimal] | None
    eu_status: str

    @property
    def verdict(self) -> str:
        """The verdict, best and worst joined by `..` where the class of the form is not known."""
        return "..".join(self.verdicts)


def forms(purpose: str | None = None, guide: Guide | None = None) -> tuple[FormRow, ...]:
    """The form table: forms that the guide names first, then the others that can supply magnesium.

    >>> [row.verdict for row in forms("sleep") if row.form in ("bisglycinate", "oxide")]
    ['ideal', 'special']
    """
    edition = default_guide() if guide is None else guide
    asked = edition.checked_purpose(purpose)
    named = [form for form in edition.named_forms() if form in chemistry.forms()]
    others = [id for id, row in chemistry.forms().items() if row.role in SUPPLYING and id not in named]
    return tuple(_row(form, asked, edition, form in named) for form in [*named, *others])


def _row(form: str, purpose: str, guide: Guide, named: bool) -> FormRow:
    known = chemistry.forms()[form]
    verdicts, lines = _judged(form, known.class_, purpose, guide)
    return FormRow(
        form=form,
        name_en=known.name_en,
        name_da=known.name_da,
        form_class=known.class_,
        purpose=purpose,
        verdicts=verdicts,
        lines=lines,
        named=named,
        fraction=known.typical,
        eu_status=known.eu_status,
    )


def _judged(form: str, form_class: str, purpose: str, guide: Guide) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The verdicts from best to worst and the guide's lines; an origin alone does not say which form it is."""
    if form.removeprefix("other:") in guide.origins:
        return (UNDISCLOSED,), ()
    entries = guide.entries(purpose, form, form_class)
    verdicts = sorted({entry.verdict for entry in entries}, key=guide.order.index)
    return tuple(verdicts), tuple(dict.fromkeys(line for entry in entries for line in entry.lines.split()))
