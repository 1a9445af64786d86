"""Prices between the lines of a label: "0.21 € per tablet", "price per 100 g: 45 kr." say nothing of what is in it."""

from __future__ import annotations

from collections.abc import Iterable

from mglabel.extraction.layout import OFTEN, Clause

_SIGNS = frozenset("€£$¥")
_CONTENTS = frozenset(("mg", "µg"))


def without_prices(all_clauses: Iterable[Clause]) -> list[Clause]:
    """The clauses without those that tell a price, and neither name magnesium, state milligrams nor say how often."""
    return [clause for clause in all_clauses if not _is_price(clause)]


def _is_price(clause: Clause) -> bool:
    if not clause.has("Vp") or not any(item.unit == "money" or item.text in _SIGNS for item in clause.items):
        return False
    if clause.has("m") or not OFTEN.isdisjoint(clause.senses):
        return False
    return not any(item.unit in _CONTENTS for item in clause.items)
