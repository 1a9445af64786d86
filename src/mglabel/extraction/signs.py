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
        if clause.is_footnote and clause.says("relation.compound") and not clause.has("A"):
            found.setdefault("footnote.compound", []).append(Span(clause.items[0].start, clause.items[-1].end))
    return {key: tuple(spans) for key, spans in found.items()}


def _uptake_by_b6(clause: Clause, found: dict[str, list[Span]]) -> None:
    """A sentence that speaks of vitamin B6 and of uptake claims that the one helps the other."""
    if not clause.says("claim.uptake") or clause.section in ("ingredients", "other"):
        return
    for item in clause.items:
        if item.kind == "o" and item.senses.get("nutrient") == "vitamin_b6":
            found.setdefault("claim.b6_uptake", []).append(Span(item.start, clause.items[-1].end))
            return
