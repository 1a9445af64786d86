"""The pack and the kind of product: count, net mass, unit, weight of a unit, use and audience."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal

from mglabel.extraction.item import MASSES, Item
from mglabel.extraction.layout import Clause
from mglabel.values.evidence import Span
from mglabel.values.label import Portion, Product

_LARGEST_PACK = 2000
_LEAST_SERVINGS = 5
_LARGEST_SERVING = 10
USES = ("topical", "feed", "medicine", "water", "food")
SWALLOWED = frozenset(("capsule", "tablet", "sachet", "gummy", "ampoule", "teaspoon", "tablespoon", "vial"))
"""Units that one swallows: a label that counts them is of no lotion, bath or bottle of water."""

_CERTAINLY = 3
"""So many words of medicines outweigh the word supplement (a medicine may call itself a mineral supplement)."""


def read_product(all_clauses: Iterable[Clause]) -> Product:
    """What the label says of the pack."""
    count: int | None = None
    in_name = False  # "Magnesium 400 tablets" may name the strength: another count is then the pack's
    net: Decimal | None = None
    unit_mass: Decimal | None = None
    units: Counter[str] = Counter()
    for clause in all_clauses:
        weighed = clause.says("pack.contents", "pack.weighs")
        for at, item in enumerate(clause.items if clause.has("UA") else ()):
            if item.kind == "U" and item.unit != "piece":
                units[item.unit] += 1
            if item.kind == "U" and item.high and (count is None or in_name):
                found = _pack_count(clause, item)
                if found is not None:
                    count, in_name = found, bool(at) and clause.items[at - 1].kind == "m"
            if item.kind == "A" and weighed and item.unit in ("g", "kg", "mg") and item.high:
                grams = item.most * MASSES[item.unit] / 1000
                if net is None and _after_sense(clause.items, at, "pack.contents"):
                    net = grams
                if unit_mass is None and _after_sense(clause.items, at, "pack.weighs"):
                    unit_mass = grams
    unit = units.most_common(1)[0][0] if units else None
    return Product(None, None, count, net, unit, unit_mass)


def _pack_count(clause: Clause, item: Item) -> int | None:
    """ "120 capsules" on the front or in a pack line: a count too large for a dose."""
    if item.least != item.most or item.most % 1 or not 10 <= item.most <= _LARGEST_PACK:
        return None
    if clause.says("dose.take", "frequency.daily", "frequency.times", "relation.contains"):
        return None
    return int(item.most)


def serving_of_pack(all_clauses: Iterable[Clause], product: Product) -> tuple[Portion, Portion] | None:
    """What one serving is by the pack: of 60 capsules with 30 servings two; None where they do not tell."""
    if product.count is None or product.unit is None:
        return None
    servings = next((n for clause in all_clauses if (n := _servings_in(clause)) is not None), None)
    if servings is None or product.count % servings:
        return None
    size = product.count / servings
    return (Portion(Decimal(1), "serving"), Portion(size, product.unit)) if size <= _LARGEST_SERVING else None


def _servings_in(clause: Clause) -> Decimal | None:
    """ "Servings per container: 30", "(30 servings)": how many servings a clause says that the pack holds."""
    headed = clause.says("pack.servings")
    if not headed and (not clause.says("portion.serving") or clause.says("dose.take", "frequency.daily")):
        return None
    behind = [*clause.items[1:], None]
    for item, after in zip(clause.items, behind, strict=True):
        named = headed or (after is not None and "portion.serving" in after.senses)
        if item.kind == "N" and named and item.high and item.low == item.high and item.most >= _LEAST_SERVINGS:
            return item.most
    return None


def _after_sense(items: list[Item], at: int, key: str) -> bool:
    """Whether a word with this sense stands shortly before, on the same line."""
    return any(key in i.senses for i in items[max(0, at - 5) : at])


def use_of(signs: Mapping[str, tuple[Span, ...]], unit: str | None) -> str:
    """supplement, or what the label's own words make of it; skin before feed before medicine before water and food."""
    said = {use: len(signs.get(f"use.{use}", ())) for use in USES}
    said["medicine"] += len(signs.get("use.medicine_hint", ()))  # "posology", which supplements write too
    if unit in SWALLOWED:
        said["topical"] = said["water"] = 0
    if "audience.animals" in signs:
        said["feed"] += 1
    if "dose.take" in signs and said["topical"] == 1:
        said["topical"] = 0
    if "use.supplement" in signs and not said["topical"] and not said["feed"] and said["medicine"] < _CERTAINLY:
        return "supplement"
    if unit in SWALLOWED and not said["medicine"] and not said["feed"]:
        return "supplement"
    return next((use for use in USES if said[use]), "supplement")


def audience_of(signs: Mapping[str, tuple[Span, ...]], dosed: str) -> str:
    """adults, or whom the doses or the front speak to."""
    if "audience.animals" in signs:
        return "animals"
    return dosed or "adults"
