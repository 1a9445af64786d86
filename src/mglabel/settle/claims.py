"""Is each stated amount the element or a compound? The label's words first, then percentages, pairs and physics.

What nothing decides stays open: both readings stand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal

import msgspec

from mglabel.chemistry.fractions import blend_ceiling, fraction
from mglabel.extraction.found import Percent
from mglabel.extraction.reader import Label
from mglabel.settle.evidence import can_be_elemental, heaviest_mg, reference_of, references_that_fit
from mglabel.settle.sizes import Sizes
from mglabel.values.interval import Interval, Masses, exactly
from mglabel.values.label import Claimed, Portion

CLOSE = Decimal("0.03")
"""Two stated amounts within 3 % are the same amount, rounded."""

MOST_COMPARED = 300
"""So many other amounts an amount is compared with, so that time stays linear; a label has a dozen."""

_ROOM_BELOW, _ROOM_ABOVE = Decimal("0.85"), Decimal("1.05")
"""How far outside the known fractions a label's own share may lie, for goods that are less pure, and for rounding."""

LARGEST_PORTION_MG = Decimal(1000)
"""An amount of a named compound beyond 1 g is the compound's: as magnesium it were more than twice the largest
reference value (420 mg) at once."""

_MOST_MISPRINT = 3
"""An amount and its percentage that are further apart than this do not belong together."""

_OF_GOODS = frozenset(("g", "ml", "100 g", "100 ml"))
"""Portions that are no intake."""

_MMOL_AS_PRINTED = Decimal("24.3")
"""mg of magnesium that medicines print for a mmol of it (24.305 by IUPAC 2021): 97.2 mg, 121.5 mg, 243 mg."""

_THOUSAND = Decimal(1000)

_WORDS = frozenset(("of-which", "equivalent", "elemental-word", "amount-of-substance", "as-form", "total"))

_PART = frozenset(("of-which", "from"))


class Judged(msgspec.Struct, frozen=True):
    """A claim with its decision. `what`: elemental, weak (named magnesium on the front only), compound or open."""

    claim: Claimed
    what: str
    because: tuple[str, ...] = ()

    @property
    def mg(self) -> Decimal:
        """The stated mass in mg, in its likeliest reading of the digits."""
        return self.claim.values_mg[0]

    @property
    def stated(self) -> Masses:
        """Every reading of the digits."""
        return Interval(min(self.claim.values_mg), max(self.claim.values_mg))


def same(a: Decimal, b: Decimal) -> bool:
    """Whether two amounts are one, rounded differently."""
    return abs(a - b) <= max(CLOSE * max(a, b), Decimal("0.6") if max(a, b) > 10 else Decimal(0))


def judge_claims(label: Label, sizes: Sizes) -> list[Judged]:
    """Every claim with the decision that the whole label allows."""
    parts = _groups_with_parts(label)
    claims = _with_known_shares([_with_fitting_digits(claim) for claim in label.statements.claims])
    first = [_by_own_words(claim, label, sizes, parts) for claim in claims]
    called = _called_the_element(first)
    first = [_beside_the_element(judged, called) for judged in first]
    compared = first[:MOST_COMPARED]
    percents = [percent for percent in label.statements.percents if percent.claim is None][:MOST_COMPARED]
    second = _like_their_lists([_by_the_others(judged, compared, percents, label, sizes) for judged in first])
    stated = frozenset((j.claim.form, j.mg) for j in second if j.what == "compound" and j.claim.portion is not None)
    return _against_their_percentages([_like_its_repetition(judged, stated) for judged in second], label)


def _with_fitting_digits(claim: Claimed) -> Claimed:
    """ "1,113 mg (297 %)": of two readings of the digits the percentage fits one. "187.5 µg (50 %)": it fits none, but
    would fit the unit above or below, so that either of them may be misprinted."""
    if claim.percent is None or claim.is_range:
        return claim
    if len(claim.values_mg) == 1:
        stated = claim.values_mg[0]
        others = (stated * _THOUSAND, stated / _THOUSAND) if not references_that_fit(stated, claim.percent) else ()
        meant = tuple(value for value in others if references_that_fit(value, claim.percent))
        return msgspec.structs.replace(claim, values_mg=(stated, *meant)) if meant else claim
    fitting = tuple(value for value in claim.values_mg if references_that_fit(value, claim.percent))
    return msgspec.structs.replace(claim, values_mg=fitting) if len(fitting) == 1 else claim


def _with_known_shares(claims: list[Claimed]) -> list[Claimed]:
    """The share of magnesium that the label states once for a compound's mass holds wherever it repeats that mass."""
    known = {(claim.form, claim.values_mg): claim.share for claim in claims if claim.share is not None}
    if not known:
        return claims
    return [
        claim
        if claim.share is not None or (share := known.get((claim.form, claim.values_mg))) is None
        else msgspec.structs.replace(claim, share=share)
        for claim in claims
    ]


def _by_own_words(claim: Claimed, label: Label, sizes: Sizes, parts: Counter[int]) -> Judged:
    """What the claim's own words, percentage and portion decide."""
    value = claim.values_mg[0]
    fits = claim.percent is not None and bool(references_that_fit(value, claim.percent))
    if claim.what == "elemental":
        if fits:
            return Judged(claim, "elemental", ("percent-of-reference", *claim.why))
        if claim.form and not _WORDS & set(claim.why) - {"as-form"} and not _fits_stated_weight(claim, label, sizes):
            return Judged(claim, "compound", ("heavier-than-the-unit",))
        words = tuple(w for w in claim.why if w in _WORDS)
        if (
            words
            or claim.portion is not None
            or claim.section not in ("front", "uses", "pack")
            or claim.in_row
            or _has_part(claim, parts)
        ):
            return Judged(claim, "elemental", words or ("panel",))
        return Judged(claim, "weak")
    if claim.what == "compound":
        return Judged(claim, "compound", claim.why)
    if fits:
        return Judged(claim, "elemental", ("percent-of-reference",))
    return Judged(claim, "open")


def _groups_with_parts(label: Label) -> Counter[int]:
    """How many amounts of each group are said to be a part of something: no title's strength has such."""
    return Counter(claim.group for claim in label.statements.claims if not _PART.isdisjoint(claim.why))


def _has_part(claim: Claimed, parts: Counter[int]) -> bool:
    """Whether the label says what a part of the amount comes from."""
    return parts[claim.group] > (not _PART.isdisjoint(claim.why))


def _fits_stated_weight(claim: Claimed, label: Label, sizes: Sizes) -> bool:
    """Whether the unit, by the weight that the label states for it, can hold so much magnesium as the form."""
    product = label.product
    if claim.portion is None or claim.portion.unit in ("g", "ml", "day", "serving"):
        return True
    stated = sizes.ratio(claim.portion.unit, "g") is not None or product.unit_mass_g is not None
    if not stated:
        return True
    return can_be_elemental(claim.values_mg[0], claim.form, heaviest_mg(claim.portion, product, sizes))


def _called_the_element(all_claims: Sequence[Judged]) -> dict[Portion | None, Decimal]:
    """The largest amount of each portion that is called the element by a word for it."""
    largest: dict[Portion | None, Decimal] = {}
    for judged in all_claims:
        if "elemental-word" in judged.because and not judged.claim.form:
            portion = judged.claim.portion
            largest[portion] = max(judged.mg, largest.get(portion, judged.mg))
    return largest


def _beside_the_element(judged: Judged, called: Mapping[Portion | None, Decimal]) -> Judged:
    """ "Magnesium 500 mg (elemental magnesium 100 mg)": an amount called just magnesium is that of a compound where a
    smaller one for the same portion is called the element, and is no part of it."""
    if judged.what not in ("elemental", "weak") or judged.because not in ((), ("panel",)) or judged.claim.form:
        return judged
    element = called.get(judged.claim.portion)
    if element is None or element >= judged.mg or same(element, judged.mg):
        return judged
    return msgspec.structs.replace(judged, what="compound", because=("elemental-elsewhere",))


def _by_the_others(
    judged: Judged, all_claims: Sequence[Judged], percents: Sequence[Percent], label: Label, sizes: Sizes
) -> Judged:
    """What the rest of the label, with its percentages that stand alone, decides about an open claim."""
    if judged.what != "open":
        return judged
    claim = judged.claim
    elemental = [j for j in all_claims if j.what == "elemental" and j is not judged]
    if _is_part(judged, all_claims):
        return msgspec.structs.replace(judged, what="elemental", because=("part-of-total",))
    for other in elemental:
        if other.claim.group == claim.group and other.mg < judged.mg:
            return msgspec.structs.replace(judged, what="compound", because=("of-which",))
    by_percent = _by_lone_percent(judged, percents, sizes)
    if by_percent is not None:
        return by_percent
    alone = len({j.claim.form for j in all_claims if j.what == "open" and j.claim.portion == claim.portion}) == 1
    for other in elemental:
        if same(other.mg, judged.mg) and _same_portion(other.claim, claim, sizes):
            if other.claim.form == claim.form or (alone and "percent-of-reference" in other.because):
                return msgspec.structs.replace(judged, what="elemental", because=("same-amount",))
            if not any(_is_larger_compound(j, judged, other) for j in all_claims):
                return judged
            break
    if elemental:
        return msgspec.structs.replace(judged, what="compound", because=("elemental-elsewhere",))
    if "footnote.element" in label.signs:
        return msgspec.structs.replace(judged, what="elemental", because=("footnote",))
    if "footnote.compound" in label.signs and claim.percent is None:
        return msgspec.structs.replace(judged, what="compound", because=("footnote",))
    if "reference.not_established" in label.signs and claim.percent is None:
        return msgspec.structs.replace(judged, what="compound", because=("no-reference-value",))
    if label.says_medicine and not _is_whole_mmol(judged.mg):
        return msgspec.structs.replace(judged, what="compound", because=("active-substance",))
    if not can_be_elemental(judged.mg, claim.form, heaviest_mg(claim.portion, label.product, sizes)):
        return msgspec.structs.replace(judged, what="compound", because=("heavier-than-the-unit",))
    if claim.percent is not None and _percent_of_compound(judged):
        return msgspec.structs.replace(judged, what="compound", because=("percent-of-reference",))
    return judged


def _is_whole_mmol(mg: Decimal) -> bool:
    """Whether a mass is that of so many whole mmol of magnesium: "magnesium citrate 97.2 mg" may be 4 mmol of it."""
    return mg % _MMOL_AS_PRINTED == 0 and mg >= 2 * _MMOL_AS_PRINTED


def _like_their_lists(claims: list[Judged]) -> list[Judged]:
    """An open amount is a compound's where another of the compounds listed for the portion is too heavy to be the
    element, or where together they are beyond any dose of it."""
    decided: dict[Portion | None, str] = {}
    sums: dict[Portion | None, dict[str, Decimal]] = {}
    for judged in claims:
        portion, form = judged.claim.portion, judged.claim.form
        if form is None or (portion is not None and portion.unit in _OF_GOODS):
            continue
        if judged.because == ("heavier-than-the-unit",):
            decided[portion] = "heavier-than-the-unit"
        elif judged.what == "open":
            listed = sums.setdefault(portion, {})
            listed[form] = max(judged.mg, listed.get(form, judged.mg))
    beyond = {
        portion: "beyond-any-dose" for portion, listed in sums.items() if sum(listed.values()) > LARGEST_PORTION_MG
    }
    decided = beyond | decided
    return [_decided_by_list(judged, decided) for judged in claims] if decided else claims


def _decided_by_list(judged: Judged, decided: Mapping[Portion | None, str]) -> Judged:
    """The claim as the list of its portion decides it."""
    portion = judged.claim.portion
    if judged.what != "open" or judged.claim.form is None or portion not in decided:
        return judged
    return msgspec.structs.replace(judged, what="compound", because=(decided[portion],))


def _like_its_repetition(judged: Judged, compounds: frozenset[tuple[str | None, Decimal]]) -> Judged:
    """An open amount without a portion repeats the amount of the same compound that has one: the title, the facts."""
    claim = judged.claim
    if judged.what != "open" or claim.portion is not None or (claim.form, judged.mg) not in compounds:
        return judged
    return msgspec.structs.replace(judged, what="compound", because=("same-amount",))


def _against_their_percentages(claims: list[Judged], label: Label) -> list[Judged]:
    """An amount whose percentage is that of another amount, of none on the label: either of the two may be misprinted.

    A label that states a reference value of its own is left alone.
    """
    reference = None if any(why == "reference" for _, why in label.statements.dropped) else reference_of(label)
    if reference is None:
        return claims
    amounts = [judged.mg for judged in claims if judged.what == "elemental"][:MOST_COMPARED]
    return [_with_both_readings(judged, amounts, reference) for judged in claims]


def _with_both_readings(judged: Judged, amounts: Sequence[Decimal], reference: Masses) -> Judged:
    """The amount as stated and as its percentage has it, where the two disagree."""
    claim = judged.claim
    if judged.what != "elemental" or not claim.percent or len(claim.values_mg) > 1:
        return judged
    if any(references_that_fit(mg, claim.percent) for mg in amounts):
        return judged
    meant = reference.scaled(claim.percent / 100)
    if not meant.low <= judged.mg * _MOST_MISPRINT or not judged.mg <= meant.high * _MOST_MISPRINT:
        return judged  # the percentage is of something else
    values = (judged.mg, *dict.fromkeys((meant.low, meant.high)))
    return msgspec.structs.replace(judged, claim=msgspec.structs.replace(claim, values_mg=values))


def _is_part(judged: Judged, all_claims: Sequence[Judged]) -> bool:
    """Whether the amounts "from" several compounds add up to the total of magnesium, so that each is the element."""
    if _PART.isdisjoint(judged.claim.why):
        return False
    portion = judged.claim.portion
    parts = [j.mg for j in all_claims if j.what == "open" and j.claim.portion == portion and _PART & set(j.claim.why)]
    totals = [j.mg for j in all_claims if j.what == "elemental" and j.claim.portion == portion]
    return len(parts) > 1 and any(same(sum(parts, Decimal(0)), total) for total in totals)


def _is_larger_compound(listed: Judged, judged: Judged, total: Judged) -> bool:
    """Whether another amount of the same list is beyond the total of magnesium, so that the list is of compounds."""
    alike = listed.what == "open" and listed.claim.portion == judged.claim.portion
    return alike and listed.claim.form != judged.claim.form and listed.mg > total.mg and not same(listed.mg, total.mg)


def _same_portion(a: Claimed, b: Claimed, sizes: Sizes) -> bool:
    if a.portion is None or b.portion is None:
        return a.portion is b.portion
    return sizes.count(a.portion, b.portion.unit) == b.portion.count


def _percent_of_compound(judged: Judged) -> bool:
    """Whether the percentage fits the magnesium that the compound brings."""
    claim = judged.claim
    share = fraction_of(claim)
    if share is None or claim.percent is None:
        return False
    return any(
        references_that_fit(judged.mg * f, claim.percent) for f in (share.low, (share.low + share.high) / 2, share.high)
    )


def _by_lone_percent(judged: Judged, percents: Sequence[Percent], sizes: Sizes) -> Judged | None:
    """ "two tablets give 107 %" elsewhere on the label tells whether the amount is element or compound."""
    claim = judged.claim
    for percent in percents:
        value = judged.mg
        if percent.portion is not None and claim.portion is not None:
            count = sizes.count(percent.portion, claim.portion.unit)
            value = value * count / claim.portion.count if count else value
        if references_that_fit(value, percent.value):
            return msgspec.structs.replace(judged, what="elemental", because=("percent-of-reference",))
        share = fraction_of(claim)
        if share is not None and any(references_that_fit(value * f, percent.value) for f in (share.low, share.high)):
            return msgspec.structs.replace(judged, what="compound", because=("percent-of-reference",))
    return None


def fraction_of(claim: Claimed) -> Masses | None:
    """The mass fraction of magnesium in what the claim names, None where nobody can know it; both where the label has
    one that the named compound cannot have, since another may be in it too."""
    if claim.form is None:
        return None
    known = fraction(claim.form, claim.variant, claim.hydrate, claim.buffered)
    if claim.share is not None and (
        known is None or known.low * _ROOM_BELOW <= claim.share <= known.high * _ROOM_ABOVE
    ):
        return exactly(claim.share)
    return known if known is None or claim.share is None else known.hull(exactly(claim.share))


def over_ceiling(compound_mg: Decimal, elemental_mg: Decimal, form: str) -> bool:
    """Whether so much magnesium is beyond what the form can hold even rounded generously (5 % and 1 mg)."""
    from mglabel.chemistry.fractions import ceiling

    most = ceiling(form)
    return most is not None and elemental_mg > compound_mg * most * Decimal("1.05") + 1


def elemental_from(judged: Judged) -> Masses | None:
    """The elemental magnesium of a compound's mass, None where nobody can know it."""
    share = fraction_of(judged.claim)
    return None if share is None else judged.stated.times(share)


def blend_can_hold(compound_mg: Decimal, elemental_mg: Decimal, form: str) -> bool:
    """Whether buffered goods of the form can hold so much."""
    most = blend_ceiling(form)
    return most is None or elemental_mg <= compound_mg * most * Decimal("1.05") + 1
