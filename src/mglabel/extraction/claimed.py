"""One amount as a claim: in mg, of whom, of what kind, and why."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from mglabel.extraction.binding import Subject
from mglabel.extraction.found import Found
from mglabel.extraction.headings import Headings
from mglabel.extraction.heads import Heads
from mglabel.extraction.item import MASSES, SUBSTANCES, Item
from mglabel.extraction.layout import Clause
from mglabel.extraction.measuring import BEFORE, kind_of, origin_of
from mglabel.extraction.topics import Topics
from mglabel.tables.chemistry import forms
from mglabel.values.evidence import Span
from mglabel.values.label import Claimed, Portion

MOLAR = {"mmol": Decimal("24.305"), "mEq": Decimal("12.1525"), "mval": Decimal("12.1525")}
"""mg of magnesium per unit of substance: IUPAC 2021 abridged atomic weight 24.305, two charges."""

_OUTRIGHT = frozenset(("of-which", "elemental-word", "amount-of-substance"))
"""What makes an amount elemental although only an origin is named: "marine magnesium"."""

_NEAR_CHARACTERS = 200
"""So near its amount a name is shown in one piece of evidence with it."""


class SoFar(NamedTuple):
    """What the lines read so far say, each of a helper of its own."""

    found: Found
    heads: Heads
    headings: Headings
    topics: Topics


def claimed(clause: Clause, item: Item, subject: Subject, portion: Portion | None, so_far: SoFar) -> Claimed:
    """The claim that an amount makes of its subject, for a portion; it counts among the masses of the row."""
    topics = so_far.topics
    name = clause.items[subject.at] if subject.at >= 0 else topics.item
    in_substance = item.unit in SUBSTANCES
    factor = MOLAR[item.unit] if in_substance else MASSES[item.unit]
    why = set(subject.relations)
    what, form = kind_of(subject, name, in_substance, why)
    origin = origin_of(name, clause, subject.at if subject.at >= 0 else topics.named_in(clause))
    if origin and what == "elemental" and not why & _OUTRIGHT:
        what, form = "unclear", origin if origin in forms() else None
    kinds = so_far.headings.kinds
    if len(kinds) == 2 and topics.masses < 2 and not in_substance:
        what = kinds[topics.masses]
        why.add("compound-word" if what == "compound" else "elemental-word")
        form = form or (next(iter(subject.forms)).senses["form"] if len(subject.forms) == 1 else None)
    topics.masses += not in_substance
    values = item.high if item.low == item.high else (item.most, item.least)
    span = Span(item.start, item.end)
    name_span = Span(name.start, name.end) if name else span
    senses = name.senses if name else {}
    return Claimed(
        what,
        form,
        tuple(v * factor for v in values),
        portion,
        clause.section,
        span.joined(name_span) if abs(name_span.start - item.start) < _NEAR_CHARACTERS else span,
        name_span,
        tuple(sorted(why)),
        None,
        senses.get("variant"),
        senses.get("hydrate"),
        "descriptor.buffered" in senses,
        topics.group,
        item.low != item.high,
        subject.at >= 0 and _is_in_cell(clause.items, subject.at, item),
    )


def _is_in_cell(items: list[Item], at: int, item: Item) -> bool:
    """Whether a cell's border stands between a name and its amount, before it or behind it."""
    near = items[max(0, at - BEFORE) : at + BEFORE]
    start, end = sorted((items[at].start, item.start))
    return any(i.kind == "c" and start < i.start < end for i in near)
