"""Homeopathic products: the mass in them is that of a trituration ("Magnesium phosphoricum D6 250 mg"), which holds
next to no magnesium, so that nothing that they state is an amount of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mglabel.extraction.item import Item
from mglabel.extraction.layout import Clause

_BEFORE = frozenset(("D", "C"))
_BEHIND = frozenset(("X", "C", "CH", "DH", "K"))
_NEAR = 4
"""A potency stands so near behind its substance: "Trit. D6"."""


def is_homeopathic(all_clauses: Iterable[Clause]) -> bool:
    """Whether a label calls itself homeopathic, or gives a compound of magnesium a potency: "D6", "6X", "9 CH"."""
    return any(clause.says("use.homeopathic") or _names_potency(clause) for clause in all_clauses)


def _names_potency(clause: Clause) -> bool:
    if not clause.has("m"):
        return False
    items = clause.items
    return any(
        any(_is_potency(items, n) for n in range(at + 1, min(at + _NEAR, len(items) - 1)))
        for at, item in enumerate(items)
        if item.kind == "m" and item.senses["form"]
    )


def _is_potency(items: Sequence[Item], at: int) -> bool:
    first, second = items[at], items[at + 1]
    if first.text in _BEFORE and second.kind == "N":
        return second.start == first.end
    multiplies = any(i.kind == "A" or "frequency.daily" in i.senses for i in items[at + 2 : at + 3])  # "3X daily"
    return first.kind == "N" and second.text in _BEHIND and second.start - first.end <= 1 and not multiplies
