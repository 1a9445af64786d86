"""The ingredient lists of a text, the lines of a range or price list, the units that are dosed: what each names as a
source of magnesium, or holds of it. Different ones are different products.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import combinations

from mglabel.extraction.dose import PACK, Dose
from mglabel.extraction.layout import Clause
from mglabel.extraction.portions import portion_mentions
from mglabel.extraction.product import SWALLOWED
from mglabel.values.label import Claimed, Mention

_KINDS = {unit: unit for unit in SWALLOWED} | dict.fromkeys(("teaspoon", "tablespoon", "scoop", "measure"), "spoon")
"""The units of goods by kind; spoons of every size may belong to one powder."""

_ENUMERATING = frozenset(").")
_OPENING = 2
_MOST = 50
"""More different lists than this are not compared with each other: a bound, so that time stays linear."""


def ingredient_lists(read: Iterable[tuple[Clause, list[Mention]]]) -> tuple[frozenset[str], ...]:
    """The forms that each ingredient list names as sources, in order; lists without any are left out.

    Each clause comes with the mentions in it. A heading begins another list, and so does the next stretch of
    ingredients behind other matter.
    """
    lists: list[set[str]] = []
    listing = False
    for clause, mentions in read:
        if clause.section != "ingredients":
            listing = False
            continue
        if not listing or (clause.says("section.ingredients") and lists[-1]):
            lists.append(set())
        listing = True
        lists[-1] |= {m.form for m in mentions if m.role == "source"}
    return tuple(frozenset(forms) for forms in lists if forms)


def product_lines(read: Iterable[tuple[Clause, list[Mention]]]) -> tuple[frozenset[str], ...]:
    """The forms of every line that shows a product by itself: a compound with an amount, and how many are in the pack,
    a letter or number before units, units of another kind than those of other such lines, or what one unit contains."""
    forms: dict[int, set[str]] = {}
    counted: dict[int, set[str]] = {}
    packed: set[int] = set()
    measured: set[int] = set()
    entries: set[int] = set()
    weighed: set[int] = set()
    for clause, mentions in read:
        forms.setdefault(clause.line, set()).update(m.form for m in mentions if m.role == "source")
        units = [i for i in clause.items if i.kind == "U" and i.high] if clause.has("U") else []
        counted.setdefault(clause.line, set()).update(i.unit for i in units if i.unit in SWALLOWED)
        if any(i.most >= PACK for i in units):
            packed.add(clause.line)
        if clause.first and clause.has("UV") and (_is_enumerated(clause) or _tells_of_one(clause)):
            entries.add(clause.line)
        if clause.has("A"):
            weighed.add(clause.line)
        if clause.has("AP"):
            measured.add(clause.line)
    lines = [line for line, named in forms.items() if named and line in measured]
    kinds = {frozenset(counted[line]) for line in lines if len(counted[line]) == 1}
    packed |= entries & weighed
    shown = [line for line in lines if line in packed or (len(kinds) > 1 and len(counted[line]) == 1)]
    return tuple(frozenset(forms[line]) for line in shown)


def _is_enumerated(clause: Clause) -> bool:
    """Whether a line begins as an entry of a list: "A) …", "2. …"."""
    opening = clause.items[:2]
    mark = len(opening) == 2 and opening[1].text in _ENUMERATING and opening[1].start == opening[0].end
    return mark and (opening[0].kind == "N" or (opening[0].kind == "w" and len(opening[0].text) == 1))


def _tells_of_one(clause: Clause) -> bool:
    """ "The AM tablet provides: …", "Each sachet contains …": whether a line begins with what one unit contains."""
    first = next(iter(portion_mentions(clause)), None)
    return first is not None and first.how == "contains" and first.portion.count == 1 and first.start <= _OPENING


def are_dosed_apart(claims: Sequence[Claimed], doses: Sequence[Dose]) -> bool:
    """Whether units of two kinds hold different amounts of magnesium, and each has its dose beside its amount: "tablets
    of 300 mg, 1 daily", "sachets of 375 mg, 1 daily" are two products; "3 tablets or 2 sachets daily" is one dose."""
    places: dict[str, list[int]] = {}
    for dose in doses:
        if dose.unit in _KINDS:
            places.setdefault(_KINDS[dose.unit], []).append(dose.span.start)
    if len(places) < 2:
        return False
    held: dict[str, set[Decimal]] = {}
    for claim in claims:
        kind = _KINDS.get(claim.portion.unit, "") if claim.portion is not None else ""
        if claim.portion is not None and claim.what == "elemental" and kind in places:
            held.setdefault(kind, set()).update(value / claim.portion.count for value in claim.values_mg)
            places[kind].append(claim.span.start)
    return any(
        held[one].isdisjoint(held[other])
        and (max(places[one]) < min(places[other]) or max(places[other]) < min(places[one]))
        for one, other in combinations(held, 2)
    )


def are_several_products(lists: Iterable[frozenset[str]]) -> bool:
    """Whether two lists each name a form that the other does not: no translation of one list into another language.

    >>> are_several_products([frozenset({"citrate"}), frozenset({"oxide"})])
    True
    >>> are_several_products([frozenset({"citrate", "oxide"}), frozenset({"citrate"})])
    False
    """
    known = list(dict.fromkeys(lists))[:_MOST]
    return any(one - other and other - one for one in known for other in known)
