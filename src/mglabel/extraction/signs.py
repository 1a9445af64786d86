"""Other things that a label says and a rule may ask: warnings, purposes, uses, audiences, nutrients, times.

A sign is a concept of the tables with the places where it stands.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from mglabel.extraction.layout import Clause
from mglabel.extraction.mentions import denied
from mglabel.values.evidence import Span

_KEPT = (
    "warning.",
    "taking.",
    "use.",
    "audience.",
    "claim.",
    "descriptor.",
    "dose.",
    "body.",
    "reference.",
    "pack.",
    "frequency.",
)
_ELEMENTAL = ("relation.elemental", "relation.equivalent")
_VALUED = frozenset(("nutrient", "purpose", "time", "origin"))


@lru_cache(maxsize=1024)
def _is_kept(key: str) -> bool:
    """Whether rules may ask for a sense."""
    return key.startswith(_KEPT)


def read_signs(all_clauses: Iterable[Clause]) -> dict[str, tuple[Span, ...]]:
    """Concept to places, for every concept that a rule may ask for."""
    found: dict[str, list[Span]] = {}
    for clause in all_clauses:
        for at, item in enumerate(clause.items):
            if not item.senses:
                continue
            for key, value in item.senses.items():
                if key in _VALUED:
                    if key == "nutrient" and (item.kind != "o" or denied(clause, at)):
                        continue
                    key = f"{key}.{value}"
                elif not _is_kept(key):
                    continue
                found.setdefault(key, []).append(Span(item.start, item.end))
        _uptake_by_b6(clause, found)
        if footnote := _meaning_of_amounts(clause):
            found.setdefault(footnote, []).append(Span(clause.items[0].start, clause.items[-1].end))
    return {key: tuple(spans) for key, spans in found.items()}


def _meaning_of_amounts(clause: Clause) -> str:
    """ "* weight of the salt", "(1) expressed as elemental magnesium": what a footnote says the amounts are of."""
    if not clause.is_footnote or clause.has("AP"):
        return ""
    if clause.says("relation.compound"):
        return "footnote.compound"
    elemental = any(
        item.kind == "m"
        and not item.senses["form"]
        and ("magnesium.content" in item.senses or clause.says(*_ELEMENTAL))
        for item in clause.items
    )
    compound = any(item.kind == "m" and item.senses["form"] for item in clause.items)
    return "footnote.element" if elemental and not compound and not clause.says("negation.before") else ""


def _uptake_by_b6(clause: Clause, found: dict[str, list[Span]]) -> None:
    """A sentence that speaks of vitamin B6 and of uptake claims that the one helps the other."""
    if not clause.says("claim.uptake") or clause.section in ("ingredients", "other"):
        return
    for item in clause.items:
        if item.kind == "o" and item.senses.get("nutrient") == "vitamin_b6":
            found.setdefault("claim.b6_uptake", []).append(Span(item.start, clause.items[-1].end))
            return
