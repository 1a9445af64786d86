"""What customers say and ask below a label: reviews and questions at the end of a page state nothing about the product.

Their headings count only behind the label's own sections; before them they are the labels of tabs.
"""

from __future__ import annotations

from collections.abc import Sequence

from mglabel.extraction.layout import OFTEN, Clause, heading

_LONGEST = 6
"""Items of a line that is only a heading: "Customer reviews (3)"."""

_STARS = frozenset("★☆⭐")
_RATING, _LEAST_STARS = 5, 3
"""A rating is of five stars; one alone is a bullet."""

_OWN = frozenset(("facts", "ingredients", "directions"))


def without_talk(all_clauses: Sequence[Clause]) -> list[Clause]:
    """The clauses without those behind a last heading of reviews or questions, and without what somebody says of
    taking the product: a line that begins with stars, or a sentence in the first person."""
    kept = all_clauses[: _end_of_label(all_clauses)]
    starred = {clause.line for clause in kept if clause.first and _is_rated(clause)}
    return [clause for clause in kept if clause.line not in starred and not _is_personal(clause)]


def _end_of_label(all_clauses: Sequence[Clause]) -> int:
    """The index of the heading behind which only customers speak; past the last clause where there is none, or where
    no section of the label and no amount with a dose stands before it."""
    end = len(all_clauses)
    for at in range(len(all_clauses) - 1, -1, -1):
        clause = all_clauses[at]
        if clause.first and heading(clause.items, 0) in _OWN:
            return end
        if clause.first and len(clause.items) <= _LONGEST and clause.says("claim.reviews", "claim.questions"):
            end = at
    label = all_clauses[:end]
    told = any(clause.has("A") for clause in label) and any(not OFTEN.isdisjoint(clause.senses) for clause in label)
    return end if told else len(all_clauses)


def _is_rated(clause: Clause) -> bool:
    return clause.has("p") and sum(item.text in _STARS for item in clause.items[:_RATING]) >= _LEAST_STARS


def _is_personal(clause: Clause) -> bool:
    """Whether somebody tells what he or she takes, and does not ask what to take."""
    return clause.says("claim.personal") and clause.items[-1].text != "?"
