"""Other products that a page shows beside its own: the lines below "customers also bought" are no part of the label."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mglabel.extraction.layout import Clause

_OWN = ("relation.contains", "dose.take", "frequency.daily", "portion.day", "portion.serving")
"""What only a label says, so that the lines of other products are over."""


def without_related(all_clauses: Iterable[Clause]) -> Iterator[Clause]:
    """The clauses of the label itself: those below a heading for other products are left out, up to the next section
    or the next sentence about contents or doses."""
    is_related = has_amounts = False
    for clause in all_clauses:
        if is_related and (clause.says(*_OWN) or any(key.startswith("section.") for key in clause.senses)):
            is_related = False
        if not is_related:
            yield clause
        has_amounts = has_amounts or (clause.has("m") and clause.has("A"))
        told = has_amounts and clause.section == "directions"
        is_related = is_related or _heads_others(clause, told)


def _heads_others(clause: Clause, told: bool) -> bool:
    """Whether the clause is a heading for other products: a line of its own that ends with a colon, or a sentence that
    breaks off at the words for them; words alone may be those of a button, unless all was told before."""
    last = clause.items[-1]
    ends = last.text == ":" or ("claim.other_products" in last.senses and (len(clause.items) > 1 or told))
    return clause.first and clause.says("claim.other_products") and ends and not clause.has("A")
