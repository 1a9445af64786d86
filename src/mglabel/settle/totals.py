"""From judged claims to what a portion holds in all: one total per portion, parts added, repetitions not.

A total is never a sum of alternatives (strengths, columns); amounts that disagree are kept both, in an interval.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

import msgspec

from mglabel.chemistry.fractions import ceiling
from mglabel.extraction.reader import Label
from mglabel.settle.claims import MOST_COMPARED, Judged, elemental_from, same
from mglabel.settle.evidence import reference_of
from mglabel.values.evidence import Span
from mglabel.values.interval import Interval, Masses, exactly
from mglabel.values.interval import hull as hull_of
from mglabel.values.label import Portion
from mglabel.values.results import Trouble

_SUBSTANCE_CLOSE = Decimal("0.05")
"""Two significant digits are within 5 % of what they stand for."""


Partners = Mapping[int, frozenset[str | None]]
"""The forms of the compounds of each group."""

_MOST_DISTINCT = 50
"""More different amounts for one portion than this are no parts and no repetitions of each other."""


class Total(msgspec.Struct, frozen=True):
    """The elemental magnesium in one portion. `portion` is None where the label does not say for what it is."""

    portion: Portion | None
    mg: Masses
    because: tuple[str, ...]
    spans: tuple[Span, ...]
    per_unit: bool = False
    """Whether a missing portion can only mean one unit (a strength in the product's name)."""


class Totals(msgspec.Struct, frozen=True):
    """All totals, how they were derived, the readings they stand for, and what went wrong."""

    totals: tuple[Total, ...]
    derivation: str
    rivals: tuple[Total, ...] = ()
    """Totals of the other reading, where two stand."""
    troubles: tuple[Trouble, ...] = ()


NOTHING = Totals((), "unknown")


def total_up(judged: Sequence[Judged], label: Label) -> Totals:
    """The totals that the label's evidence leaves; a medicine's strength without a portion is per unit."""
    found = _totals(judged, label)
    if not label.says_medicine or any(_is_of_several(j) for j in judged):
        return found
    strength = [t if t.portion is not None else msgspec.structs.replace(t, per_unit=True) for t in found.totals]
    return msgspec.structs.replace(found, totals=tuple(strength))


def _is_of_several(judged: Judged) -> bool:
    """Whether a compound is stated for several units, so that a strength beside it may be theirs as well."""
    portion = judged.claim.portion
    return judged.what == "compound" and portion is not None and portion.count > 1


def _totals(judged: Sequence[Judged], label: Label) -> Totals:
    elemental = [j for j in judged if j.what == "elemental"]
    doubts = [j for j in judged if j.what == "open" or (j.what == "compound" and j.claim.form is None)]
    disputed = [j for j in doubts if any(_disputes(j, e) for e in elemental[:MOST_COMPARED])]
    if disputed:
        elemental = [e for e in elemental if not any(_disputes(j, e) for j in disputed[:MOST_COMPARED])]
    if elemental:
        return _declared(elemental, _partners(judged))
    by_salt = _by_percent_of_salt(judged, label)
    if by_salt.totals:
        return by_salt
    by_percent = _from_percent(label)
    compounds = [j for j in judged if j.what == "compound"]
    open_claims = [j for j in judged if j.what == "open"]
    weak = [j for j in judged if j.what == "weak"]
    if by_percent.totals:
        return by_percent
    if compounds and not open_claims:
        return _from_compounds(compounds, weak)
    if open_claims:
        return _from_open([*open_claims, *compounds])
    if weak:
        return _from_front(weak)
    return NOTHING


def _disputes(open_claim: Judged, elemental: Judged) -> bool:
    """Whether one number is called magnesium here and a compound or a blend there, and only the wording speaks; of a
    blend in the same portion a percentage speaks neither, since no salt is nothing but magnesium."""
    plain = set(elemental.because) <= {"panel"}
    blend = open_claim.claim if open_claim.what == "compound" and not open_claim.claim.percent else None
    impossible = blend is not None and blend.portion is not None and blend.portion == elemental.claim.portion
    return (plain or impossible) and same(open_claim.mg, elemental.mg)


def _by_percent_of_salt(judged: Sequence[Judged], label: Label) -> Totals:
    """A compound's mass with a percentage that only its magnesium can mean: the percentage states the magnesium."""
    reference = reference_of(label)
    totals = [
        Total(j.claim.portion, reference.scaled(j.claim.percent / 100), ("percent-of-reference",), (j.claim.span,))
        for j in judged
        if reference is not None
        and j.claim.percent
        and j.what in ("compound", "open")
        and reference.high * j.claim.percent / 100 < j.mg * Decimal("0.61")
    ]
    return Totals(tuple(totals), "declared")


def _key(portion: Portion | None) -> tuple[str, Decimal] | None:
    return None if portion is None else (portion.unit, portion.count)


def _by_portion(claims: Sequence[Judged]) -> dict[tuple[str, Decimal] | None, list[Judged]]:
    found: dict[tuple[str, Decimal] | None, list[Judged]] = {}
    for judged in claims:
        found.setdefault(_key(judged.claim.portion), []).append(judged)
    return found


def _declared(elemental: Sequence[Judged], partners: Partners) -> Totals:
    """Totals from amounts of the element; a front's amount without a portion gives way to any with one."""
    portioned = [j for j in elemental if j.claim.portion is not None]
    chosen = [*portioned, *_beside(portioned, elemental)] or list(elemental)
    troubles: list[Trouble] = []
    totals = []
    one_row = False
    for claims in _by_portion(chosen).values():
        mg = _one_total(claims, partners)
        because = tuple(dict.fromkeys(w for j in claims for w in j.because))
        totals.append(Total(claims[0].claim.portion, mg, because, tuple(j.claim.span for j in claims)))
        if not mg.is_exact and len(claims) > 1:
            params = {"first": mg.low, "second": mg.high}
            troubles.append(Trouble("MG405", params, tuple(j.claim.span for j in claims)))
            one_row = one_row or len({j.claim.group for j in claims}) == 1
    totals = _without_spans_of_units(totals)
    doubtful = any(not j.stated.is_exact and not j.claim.is_range for j in chosen)
    return Totals(tuple(totals), "ambiguous" if one_row or doubtful else "declared", troubles=tuple(troubles))


def _without_spans_of_units(totals: list[Total]) -> list[Total]:
    """The totals without those that only span units known one by one: "1 tablet 240 mg; 1-2 tablets 240-480 mg"."""
    single = next((t.mg.low for t in totals if t.portion is not None and t.portion.count == 1 and t.mg.is_exact), None)
    if single is None:
        return totals
    return [
        t
        for t in totals
        if t.mg.is_exact
        or t.portion is None
        or t.portion.count == 1
        or not (same(t.mg.high, single * t.portion.count) and same(t.mg.low, single))
    ]


def _beside(portioned: Sequence[Judged], elemental: Sequence[Judged]) -> list[Judged]:
    """Amounts from other forms above the one that names the portion of all: "A 300 mg, B 100 mg per 2 tablets"."""
    forms = {j.claim.form for j in portioned}
    if len({_key(j.claim.portion) for j in portioned}) != 1 or None in forms:
        return []
    return [
        msgspec.structs.replace(j, claim=msgspec.structs.replace(j.claim, portion=portioned[0].claim.portion))
        for j in elemental
        if j.claim.portion is None and j.claim.form is not None and j.claim.form not in forms
    ]


def _one_total(claims: Sequence[Judged], partners: Partners) -> Masses:
    """The one amount that several amounts for one portion make: a repetition, a sum of parts, or a disagreement."""
    values: list[Judged] = []
    for judged in sorted(claims, key=lambda j: "amount-of-substance" in j.because):
        if not any(_repeats(judged, v) and _of_one_form(judged, v, partners) for v in values):
            values.append(judged)
        if len(values) > _MOST_DISTINCT:
            return Interval(min(j.mg for j in claims), max(j.mg for j in claims))
    if len(values) == 1:
        return values[0].stated
    amounts = sorted(v.mg for v in values)
    rest = sum(amounts[:-1], Decimal(0))
    forms = {_form_of(v, partners) for v in values}
    from_each = len(forms) == len(values) and None not in forms
    if same(rest, amounts[-1]) and len(amounts) > 2:
        if not from_each:
            return exactly(amounts[-1])
        if abs(rest - amounts[-1]) * 2 <= len(amounts):  # more than rounding apart, they are near by chance
            return Interval(amounts[-1], rest + amounts[-1])
    whole = _whole_of_parts(values)
    if whole is not None:
        return whole.stated
    if from_each:
        return exactly(sum(amounts, Decimal(0)))
    named_total = [v for v in values if "total" in v.because]
    if len(named_total) == 1:
        return named_total[0].stated
    backed = [v for v in values if "percent-of-reference" in v.because]
    if len(backed) == 1 and len({v.claim.group for v in values}) == len(values):
        return backed[0].stated
    return Interval(amounts[0], amounts[-1])


def _repeats(judged: Judged, other: Judged) -> bool:
    """Whether an amount is another one said again; in mmol it is said with few digits: 1.4 mmol are 33 mg."""
    if same(judged.mg, other.mg):
        return True
    in_substance = "amount-of-substance" in judged.because
    return in_substance and abs(judged.mg - other.mg) <= _SUBSTANCE_CLOSE * max(judged.mg, other.mg)


def _of_one_form(one: Judged, other: Judged, partners: Partners) -> bool:
    """Whether two amounts may be one said twice: not those that two salts are each said to hold."""
    forms = {_form_of(one, partners), _form_of(other, partners)}
    return len(forms) == 1 or None in forms


def _whole_of_parts(values: Sequence[Judged]) -> Judged | None:
    """The one amount that all others are said to be parts of: "300 mg, of which from citrate 200 mg"."""
    parts = [v for v in values if v.claim.form and ("of-which" in v.because or "from" in v.claim.why)]
    parts = [v for v in parts if "as-form" not in v.because]
    whole = [v for v in values if v not in parts]
    if not parts or len(whole) != 1 or any(part.mg >= whole[0].mg for part in parts):
        return None
    return None if _are_beside(whole[0], parts) else whole[0]


def _are_beside(one: Judged, others: Sequence[Judged]) -> bool:
    """Whether an amount comes from a form of its own: "150 mg from oxide, 50 mg from citrate"."""
    if "from" not in one.claim.why or one.claim.form is None:
        return False
    return all(other.claim.form != one.claim.form and "of-which" not in other.because for other in others)


def _form_of(judged: Judged, partners: Partners) -> str | None:
    """The form that an elemental amount is said to come from, by its own words or by the salt of its group."""
    if judged.claim.form:
        return judged.claim.form
    forms = partners.get(judged.claim.group, frozenset())
    return next(iter(forms)) if len(forms) == 1 else None


def _partners(judged: Sequence[Judged]) -> Partners:
    """The compounds whose masses stand in each group of amounts."""
    found: dict[int, set[str | None]] = {}
    for one in judged:
        if one.what == "compound":
            found.setdefault(one.claim.group, set()).add(one.claim.form)
    return {group: frozenset(forms) for group, forms in found.items()}


def _from_percent(label: Label) -> Totals:
    """Totals from percentages of the reference value alone: of the EU's value, or of both American ones."""
    values = [p for p in label.statements.percents if p.claim is None]
    if not values:
        return NOTHING
    reference = reference_of(label)
    if reference is None:
        return NOTHING
    totals = [
        Total(p.portion, reference.scaled(p.value / 100), ("percent-of-reference",), (p.span,)) for p in values[:1]
    ]
    return Totals(tuple(totals), "declared")


def _from_compounds(compounds: Sequence[Judged], weak: Sequence[Judged]) -> Totals:
    """Totals from masses of compounds, each converted by its fraction; different compounds of one portion add up."""
    totals = []
    for claims in _by_portion(_portioned(compounds)).values():
        mg = _sum_of_compounds(claims)
        if mg is not None:
            spans = tuple(j.claim.span for j in claims)
            because = tuple(dict.fromkeys(w for j in claims for w in j.because)) or ("compound",)
            totals.append(Total(claims[0].claim.portion, mg, (*because, "stoichiometry"), spans))
    if not totals:
        return NOTHING
    backed = [w for w in weak if any(_holds_rounded(t.mg, w.mg) for t in totals)]
    if backed:
        spans = tuple(j.claim.span for j in backed)
        named = next(t for t in totals if _holds_rounded(t.mg, backed[0].mg))
        portion = None if _may_be_of_each_unit(backed[0].mg, named.portion, compounds) else named.portion
        return Totals((Total(portion, exactly(backed[0].mg), ("same-amount",), spans),), "declared")
    return Totals(tuple(totals), "stoichiometry")


def _may_be_of_each_unit(mg: Decimal, portion: Portion | None, compounds: Sequence[Judged]) -> bool:
    """Whether the strength of a name may be one unit's and not the portion's, since the compounds can hold so much."""
    if portion is None or portion.count <= 1:
        return False
    here = [j for j in compounds if j.claim.portion == portion and j.claim.form is not None]
    most = sum((j.stated.high * (ceiling(j.claim.form or "") or 1) for j in here), Decimal(0))
    return mg * portion.count <= most * Decimal("1.03") + 1


def _portioned(claims: Sequence[Judged]) -> list[Judged]:
    """Claims with a portion where there are any; those without repeat them on the front."""
    return [j for j in claims if j.claim.portion is not None] or list(claims)


def _holds_rounded(mg: Masses, value: Decimal) -> bool:
    return mg.low * Decimal("0.97") - 1 <= value <= mg.high * Decimal("1.03") + 1


def _sum_of_compounds(claims: Sequence[Judged]) -> Masses | None:
    """The magnesium of all compounds of one portion; one compound named twice (two hydrates) counts once."""
    by_form: dict[str | None, list[Masses]] = {}
    for judged in claims:
        mg = elemental_from(judged)
        if mg is None:
            return None
        if judged.claim.why and "equivalent" in judged.claim.why and by_form:
            continue
        by_form.setdefault(judged.claim.form, []).append(mg)
    total = exactly(0)
    for amounts in by_form.values():
        one = hull_of(amounts)
        total = total.plus(one) if one is not None else total
    return total if by_form else None


def _from_open(claims: Sequence[Judged]) -> Totals:
    """Two readings stand: every open amount is a compound's mass, or every one is the element's."""
    portioned = _portioned(claims)
    compounds: list[Total] = []
    elements: list[Total] = []
    for here in _by_portion(portioned).values():
        spans = tuple(j.claim.span for j in here)
        portion = here[0].claim.portion
        as_compound = _sum_of_compounds(here)
        if as_compound is not None:
            compounds.append(Total(portion, as_compound, ("compound",), spans))
        stated = [j for j in here if j.what == "open"]
        if stated:
            element = exactly(0)
            for mg in {j.claim.form: j.stated for j in stated}.values():
                element = element.plus(mg)
            if as_compound is None:  # as a compound nobody knows what it holds: anything up to all of it
                element = Interval(Decimal(0), element.high)
            elements.append(Total(portion, element, ("element",), spans))
    params = {
        "forms": tuple(dict.fromkeys(j.claim.form for j in claims if j.claim.form)),
        "value": elements[0].mg.high if elements else None,
        "amount": compounds[0].mg.hull(elements[0].mg) if compounds and elements else None,
    }
    trouble = Trouble("MG402", params, tuple(j.claim.span for j in claims))
    return Totals(tuple(compounds), "ambiguous", tuple(elements), (trouble,))


def _from_front(weak: Sequence[Judged]) -> Totals:
    """Only the product's name says an amount, of magnesium or of the compound it names: for a unit or for the day."""
    first = weak[0]
    return Totals((Total(first.claim.portion, first.stated, ("name",), (first.claim.span,)),), "declared")
