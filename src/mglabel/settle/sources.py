"""Which compounds supply the magnesium, which are additives, and how much of the magnesium each brings.

Shares are intervals: ingredients stand in falling order of compound mass (Regulation (EU) 1169/2011, article 18), and
each compound's fraction bounds what a mass of it brings.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

import msgspec

from mglabel.chemistry.fractions import fraction
from mglabel.extraction.reader import Label
from mglabel.settle.claims import Judged, elemental_from
from mglabel.tables.chemistry import forms
from mglabel.values.interval import Interval, Masses, exactly
from mglabel.values.label import Mention
from mglabel.values.results import Excipient, Source

ORIGINS = ("algae", "coral", "yeast", "marine")
"""Origins that stand for the form where no compound is named, the most telling first."""

_ANY_SHARE = Interval(Decimal(0), Decimal(1))


def find_sources(label: Label, judged: Sequence[Judged], declares: bool) -> tuple[list[Source], list[Excipient]]:
    """Sources in the label's order, and additives, which become sources where the magnesium has no other."""
    by_role: dict[str, list[Mention]] = {}
    for mention in label.mentions:
        by_role.setdefault(mention.role, []).append(mention)
    sources = _not_told(by_role.get("source", [])) or _only_one(by_role.get("praised", []))
    additives = by_role.get("additive", [])
    named = {m.form for m in sources}
    claimed = any(j.what in ("elemental", "weak", "open", "compound") for j in judged)
    sources = sources or by_role.get("equivalent", [])
    if not sources and declares:
        sources, additives = (additives, []) if additives and claimed else (by_role.get("warned", []), additives)
    excipients = [*by_role.get("excipient", []), *(m for m in additives if m.form not in named)]
    found = _sources(sources, label) if declares else []
    if declares and not found:
        found = _origin_sources(label)
    return found, _excipients(excipients)


def _not_told(mentions: list[Mention]) -> list[Mention]:
    """The mentions of forms that some mention states, of all where sentences only tell of them."""
    stated = {m.form for m in mentions if not m.told}
    return [m for m in mentions if m.form in stated] or mentions


def _only_one(mentions: list[Mention]) -> list[Mention]:
    """The mentions where all name one form: praise of several forms is talk about magnesium in general."""
    return mentions if len({m.form for m in mentions}) == 1 else []


def _sources(mentions: Sequence[Mention], label: Label) -> list[Source]:
    found: dict[str, list[Mention]] = {}
    for mention in mentions:
        found.setdefault(mention.form, []).append(mention)
    origin = _origin(label)
    return [
        Source(
            form,
            here[0].name,
            tuple(m.span for m in here),
            next((m.origin for m in here if m.origin), origin),
            next((m.variant for m in here if m.variant), None),
            any(m.buffered for m in here),
        )
        for form, here in found.items()
    ]


def _origin(label: Label) -> str | None:
    """Where the magnesium comes from by the label's words, where it says one thing."""
    said = [key[7:] for key in label.signs if key.startswith("origin.")]
    return said[0] if len(said) == 1 else None


def _origin_sources(label: Label) -> list[Source]:
    """A label that names an origin and no compound: the origin stands for the form."""
    for origin in ORIGINS:
        spans = label.signs.get(f"origin.{origin}")
        if spans:
            form = origin if origin in forms() else f"other:{origin}"
            return [Source(form, origin, spans, origin)]
    return []


def _excipients(mentions: Sequence[Mention]) -> list[Excipient]:
    found: dict[str, list[Mention]] = {}
    for mention in mentions:
        form = "silicate" if mention.form == "trisilicate" else mention.form
        found.setdefault(form, []).append(mention)
    return [Excipient(form, here[0].name, tuple(m.span for m in here)) for form, here in found.items()]


def with_amounts(
    sources: Sequence[Source], judged: Sequence[Judged], day: Masses | None, compound_days: Mapping[str, Masses]
) -> tuple[Source, ...]:
    """Sources with their share of the magnesium, and what of each a day brings."""
    if not sources:
        return ()
    shares = _shares(sources, judged)
    return tuple(
        msgspec.structs.replace(
            source,
            share=share,
            elemental_mg_per_day=None if day is None else Interval(day.low * share.low, day.high * share.high),
            compound_mg_per_day=compound_days.get(source.form),
        )
        for source, share in zip(sources, shares, strict=True)
    )


def _shares(sources: Sequence[Source], judged: Sequence[Judged]) -> list[Masses]:
    if len(sources) == 1:
        return [exactly(1)]
    parts = [_stated_part(source.form, judged) for source in sources]
    known = [p for p in parts if p is not None]
    if len(known) == len(sources):
        return [_share_of(at, known) for at in range(len(known))]
    return _shares_by_order(sources)


def _stated_part(form: str, judged: Sequence[Judged]) -> Masses | None:
    """The magnesium that the label's own amounts give this form, in one portion."""
    for j in judged:
        if j.claim.form == form and j.what == "elemental" and "as-form" not in j.because:
            return j.stated
    for j in judged:
        if j.claim.form == form and j.what == "compound":
            return elemental_from(j)
    return None


def _share_of(at: int, parts: Sequence[Masses]) -> Masses:
    """One part over the sum of all, at its least and at its most."""
    least_rest = sum((p.low for i, p in enumerate(parts) if i != at), Decimal(0))
    most_rest = sum((p.high for i, p in enumerate(parts) if i != at), Decimal(0))
    own = parts[at]
    low = own.low / (own.low + most_rest) if own.low + most_rest else Decimal(0)
    high = own.high / (own.high + least_rest) if own.high + least_rest else Decimal(1)
    return Interval(low, high)


def _shares_by_order(sources: Sequence[Source]) -> list[Masses]:
    """Bounds from the falling order of masses: what stands before has at least the mass of what stands behind."""
    fractions = [fraction(s.form) for s in sources]
    shares = []
    for at, own in enumerate(fractions):
        if own is None:
            shares.append(_ANY_SHARE)
            continue
        before = [f.low for f in fractions[:at] if f is not None]
        most = own.high / (own.high + sum(before, Decimal(0)))
        low = Decimal(0)
        if at == 0 and all(f is not None for f in fractions):
            low = own.low / (own.low + sum((f.high for f in fractions[1:] if f is not None), Decimal(0)))
        shares.append(Interval(low, most))
    return shares
