"""Other products that a page shows beside its own: the lines below "customers also bought" are no part of the label."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mglabel.extraction.layout import Clause

_OWN = ("relation.contains", "dose.take", "frequency.daily", "portion.day", "portion.serving")
"""What only a label says, so that the lines of other products are over."""


def without_related(all_clauses: Iterable[Clause]) -> Iterator[Clause]:
    """The clauses of the label itself: those below a heading for other products are left out, up to the next section
    or the next sentence about contents or doses."""
    is_related = False
    for clause in all_clauses:
        if is_related and (clause.says(*_OWN) or any(key.startswith("section.") for key in clause.senses)):
            is_related = False
        if not is_related:
            yield clause
        is_related = is_related or _heads_others(clause)


def _heads_others(clause: Clause) -> bool:
    """Whether the clause is a heading for other products: a line of its own that ends with a colon or with the words
    for them."""
    ends = clause.items[-1].text == ":" or "claim.other_products" in clause.items[-1].senses
    return clause.first and clause.says("claim.other_products") and ends and not clause.has("A")
