"""Forms that a label says are not in the product: what it tells of their amounts speaks of other goods.

"Contains no magnesium oxide ... a tablet boasting 500 mg oxide provides 15 mg" states nothing about the product, unless
its list of ingredients or its facts name the form all the same.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from mglabel.extraction.dose import Dose
from mglabel.extraction.layout import Clause
from mglabel.extraction.mentions import denied
from mglabel.values.label import Claimed, Mention, Product

_LISTED = frozenset(("ingredients", "facts"))


def denied_forms(mentions: Sequence[Mention], claims: Sequence[Claimed] = ()) -> frozenset[str]:
    """The forms that are denied, where another form is a source and no list of ingredients or facts names them.

    >>> from mglabel.values.evidence import Span
    >>> oxide = Mention("oxide", "MgO", Span(0, 3), "denied", "front")
    >>> denied_forms([oxide, Mention("citrate", "magnesium citrate", Span(9, 26), "source", "front")])
    frozenset({'oxide'})
    """
    denied = {m.form for m in mentions if m.role == "denied"}
    sources = {m.form for m in mentions if m.role == "source"}
    listed = {m.form for m in mentions if m.role == "source" and m.section == "ingredients"}
    listed |= {c.form for c in claims if c.form and c.section in _LISTED}
    return frozenset(denied - listed) if sources - denied else frozenset()


def without_advice(
    claims: Sequence[Claimed], mentions: Sequence[Mention], all_clauses: Sequence[Clause]
) -> tuple[Claimed, ...]:
    """The claims that may be of a product without magnesium: "contains no magnesium; take it separately, 300 mg a day"
    is advice, where neither a source nor an amount in a list, in the facts or for a unit contradicts the denial."""
    if any(m.role == "source" for m in mentions) or not any(_denies_element(clause) for clause in all_clauses):
        return tuple(claims)
    return tuple(c for c in claims if c.section in _LISTED or (c.portion is not None and c.portion.unit != "day"))


def tells_of_product(
    claims: Sequence[Claimed], mentions: Sequence[Mention], product: Product, doses: Sequence[Dose]
) -> bool:
    """Whether anything tells of a product: a unit, a pack, a dose, a list of ingredients, facts."""
    if product.unit or product.count or product.net_mass_g or doses:
        return True
    return any(c.section in _LISTED or c.in_row for c in claims) or any(m.section in _LISTED for m in mentions)


def without_needs(claims: Sequence[Claimed]) -> tuple[Claimed, ...]:
    """The claims without daily amounts: "take 300-500 mg of magnesium a day" is what an article advises."""
    return tuple(c for c in claims if c.portion is None or c.portion.unit != "day" or c.percent is not None)


def _denies_element(clause: Clause) -> bool:
    """Whether a clause says that magnesium itself is not in the product."""
    return clause.has("m") and any(
        item.kind == "m" and not item.senses["form"] and denied(clause, at) for at, item in enumerate(clause.items)
    )


def without_denied(
    claims: Sequence[Claimed], mentions: Sequence[Mention], denied: frozenset[str]
) -> tuple[tuple[Claimed, ...], tuple[Mention, ...]]:
    """The claims that do not speak of a denied form, and the mentions, where denied forms are only compared."""
    of_others = {c.group for c in claims if c.form in denied and c.section not in _LISTED}
    kept = tuple(c for c in claims if c.group not in of_others)
    if len(kept) == len(claims) and not any(m.form in denied and m.role == "source" for m in mentions):
        return tuple(claims), tuple(mentions)
    compared = [
        msgspec.structs.replace(m, role="compared") if m.form in denied and m.role == "source" else m for m in mentions
    ]
    return kept, tuple(compared)
