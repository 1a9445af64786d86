"""Whom a sentence of the directions speaks to: adults, children, or nobody in particular."""

from __future__ import annotations

from decimal import Decimal

from mglabel.extraction.item import Item
from mglabel.extraction.layout import Clause

GROWN_UP = Decimal(11)
"""Labels that give a dose "from 11 years" or later mean the adult dose."""
OF_AGE = Decimal(18)
"""Whoever is younger is no adult where the label doses adults apart."""

_PEOPLE = frozenset(
    f"audience.{name}" for name in ("adults", "men", "women", "children", "elderly", "pregnancy", "animals")
)
_ADULTS = frozenset(("audience.adults", "audience.men", "audience.women", "audience.elderly"))


def spoken_to(items: list[Item]) -> str:
    """adults, teens, children, pregnancy or nobody in particular; adults win where several are named together."""
    senses = set().union(*[i.senses for i in items if i.senses])
    if not _ADULTS.isdisjoint(senses):
        return "adults"
    if "audience.children" in senses:
        return "children"
    ages = [i for i in items if i.kind == "D" and i.unit == "year" and i.high]
    if ages:
        youngest = min(i.least for i in ages)
        return "children" if youngest < GROWN_UP else "teens" if youngest < OF_AGE else "adults"
    return "pregnancy" if "audience.pregnancy" in senses else ""


def may_name_people(clause: Clause) -> bool:
    """Whether any item of a clause may say for whom something is."""
    return clause.has("D") or not _PEOPLE.isdisjoint(clause.senses)


def names_people(item: Item) -> bool:
    """Whether the item says for whom something is: an age, or a word for people."""
    if item.kind == "D":
        return item.unit == "year"
    return bool(item.senses) and not item.senses.keys().isdisjoint(_PEOPLE)
