"""Amounts that are not content: requirements, limits, doses by body weight, studies, foods, other products.

A word in the amount's own clause gives it away; the tables say which words do.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from mglabel.extraction.item import SUBSTANCES, Item
from mglabel.extraction.layout import Clause
from mglabel.extraction.people import may_name_people, names_people
from mglabel.extraction.portions import portion_mentions
from mglabel.tables.chemistry import reference_values

_REFERENCE = ("reference.need", "reference.upper", "reference.authority")
_TALK = (
    "claim.study",
    "claim.food",
    "claim.body_content",
    "claim.example",
    "claim.other_products",
    "warning.interaction",
    "warning.antibiotics",
)
_SILENT_SECTIONS = frozenset(("warnings", "storage"))
_NEAR = 4
_SHORTEST_QUESTION = 3
_BEFORE = 40
_HUNDRED = Decimal(100)
_OWN_SECTIONS = frozenset(("facts", "ingredients", "other"))
_OF_PRODUCTS = ("relation.contains", "dose.take", "portion.serving", "portion.day")
"""What is said of a product and its doses, and never of people's needs."""


def not_content(clause: Clause, at: int) -> str | None:
    """Why the amount at item `at` of the clause is no statement about the product, None where it may be one."""
    items = clause.items
    item = items[at]
    if _by_body_weight(items, at):
        return "body-weight"
    if item.unit in SUBSTANCES and (_per_litre(items, at) or clause.says("body.blood", "body.acid")):
        return "blood"
    if _says_reference(clause, items, at):
        return "reference"
    if clause.says(*_TALK) and not clause.says("portion.day", "section.facts"):
        return "talk"
    if _asks(clause):
        return "talk"
    if clause.section in _SILENT_SECTIONS:
        return clause.section
    if _said_of_people(clause, at):
        return "needs"
    if _compared(items, at):
        return "comparison"
    if _limit_before(items, at) and not clause.says("relation.contains", "portion.day"):
        return "limit"
    return None


def _asks(clause: Clause) -> bool:
    """ "Why not 400 mg of magnesium?": a question; a sign alone behind an amount may be a footnote's, misread."""
    if clause.items[-1].text != "?" or len(clause.items) < _SHORTEST_QUESTION or clause.has("c"):
        return False
    return clause.items[-2].kind in "wmo" or clause.says("claim.mentions")


def _by_body_weight(items: list[Item], at: int) -> bool:
    """ "5 mg/kg", "10 mg je kg Körpergewicht", "per kilogram body weight"."""
    for index in range(at + 1, min(len(items), at + 10)):
        item = items[index]
        if "body.weight" in item.senses:
            return True
        if item.senses.get("measure") == "kg" and item.kind == "w":
            return True
        if item.kind in "lA" and index > at + 1 and item.kind == "l":
            return False
    return False


def _per_litre(items: list[Item], at: int) -> bool:
    after = items[at + 1 : at + 3]
    return len(after) == 2 and after[0].text == "/" and after[1].senses.get("measure") == "l"


def _says_reference(clause: Clause, items: list[Item], at: int) -> bool:
    """Whether the clause speaks of what people need or may take; a percentage beside the amount is no such talk."""
    if not _speaks_of_needs(clause):
        return _explains_reference(items, at) or _defines_reference(clause, items, at)
    for item in reversed(items[max(0, at - _BEFORE) : at]):
        if "relation.contains" in item.senses:
            return False
        if item.senses.keys() & set(_REFERENCE):
            break
    near = items[at + 1 : at + _NEAR]
    if any(i.kind == "P" for i in near) or any(i.kind == "P" for i in items[max(0, at - 2) : at]):
        return False
    return not clause.has("P") or not clause.says("relation.contains")


def _speaks_of_needs(clause: Clause) -> bool:
    """Whether a word of the clause speaks of what people need, looked for once."""
    if clause.speaks_of_needs is None:
        items = clause.items
        named = clause.says(*_REFERENCE) and any(_names_reference(items, at) for at in range(len(items)))
        clause.speaks_of_needs = named
    return clause.speaks_of_needs


def _names_reference(items: list[Item], at: int) -> bool:
    """Whether a word speaks of what people need, and is not only what a percentage is of: "52 % RDA"."""
    if items[at].senses.keys().isdisjoint(_REFERENCE):
        return False
    before = next((item for item in reversed(items[max(0, at - 3) : at]) if "join.of" not in item.senses), None)
    return before is None or before.kind != "P"


def _explains_reference(items: list[Item], at: int) -> bool:
    """ "NRV: 375 mg", "(RI 375 mg)", "% of 375 mg": the reference value itself, directly behind its name."""
    if _is_in_its_bracket(items, at) or _is_told_behind(items, at):
        return True
    before = [i for i in items[max(0, at - _NEAR - 1) : at] if i.kind != "p"]
    if before and before[-1].kind == "m":
        of = len(before) > 1 and "join.of" in before[-2].senses
        joined = of or (len(before) > 1 and before[-2].kind == "w" and before[-2].senses.keys() <= {"relation.per"})
        named = before[-3:-2] if joined else before[-2:-1]
        marks = (":", "(") if of else (":",)
        return bool(named) and "reference.nrv" in named[0].senses and items[at - 1].text in marks
    if not before or "reference.nrv" not in before[-1].senses:
        return False
    return not any(i.kind == "P" for i in items[max(0, at - _NEAR - 2) : at])


def _is_in_its_bracket(items: list[Item], at: int) -> bool:
    """ "50 % of the (NRV 375 mg)", "60 % of the reference intake (375 mg)": what is 100 %, in a bracket with its name
    or behind it; an amount behind it is content where it is no reference value, or the percentage is 100."""
    if at < 2 or not items[at].depth:
        return False
    before, name = items[at - 2], items[at - 1]
    if before.text == "(" and "reference.nrv" in name.senses:
        return True
    if name.text != "(" or "reference.nrv" not in before.senses or items[at].low[0] not in _values_of_reference():
        return False
    percent = next((i for i in reversed(items[max(0, at - _NEAR - 3) : at]) if i.kind == "P"), None)
    return percent is not None and _HUNDRED not in percent.low


def _is_told_behind(items: list[Item], at: int) -> bool:
    """ "80 % of the daily reference intake of magnesium, which is 375 mg": what is 100 %, told behind its name."""
    if items[at].low[0] not in _values_of_reference():
        return False
    for index in range(at - 1, max(-1, at - _NEAR - 3), -1):
        item = items[index]
        if "reference.nrv" in item.senses:
            percent = next((i for i in reversed(items[max(0, index - _NEAR) : index]) if i.kind == "P"), None)
            return percent is not None and _HUNDRED not in percent.low
        if (item.kind not in "wm" and item.text != ",") or "relation.contains" in item.senses:
            return False
    return False


@cache
def _values_of_reference() -> frozenset[Decimal]:
    """What 100 % may stand for, in mg."""
    return frozenset(row.value_mg for row in reference_values())


def _defines_reference(clause: Clause, items: list[Item], at: int) -> bool:
    """ "The reference intake of magnesium is 375 mg": a sentence whose subject is the reference value; no row, no
    portion, no percentage, and no colon, behind which a heading's own amounts may stand."""
    if not clause.says("reference.nrv") or clause.has("P") or clause.says("relation.contains", "portion.day"):
        return False
    if clause.is_footnote:
        return True
    if clause.has("c"):
        return False
    before = items[max(0, at - _BEFORE) : at]
    named = next((n for n, i in enumerate(before) if "reference.nrv" in i.senses), None)
    if named is None or any(i.kind in "AU" and i.high for i in before) or portion_mentions(clause):
        return False
    return not any(i.text in ":%*" for i in before[max(0, named - 1) :])


def _compared(items: list[Item], at: int) -> bool:
    """ "gives 240 mg, compared with 180 mg in the old one": a comparison before an amount whose verb has its own."""
    if not at or "claim.comparison" not in items[at - 1].senses:
        return False
    for item in reversed(items[max(0, at - _BEFORE) : at]):
        if item.kind == "A" or "relation.contains" in item.senses:
            return item.kind == "A"
    return False


def _said_of_people(clause: Clause, at: int) -> bool:
    """ "An adult needs some 375 mg of magnesium a day", "women should get 300 mg daily": a sentence about people and
    their day, in which no unit is counted and no product contains anything."""
    if not clause.says("frequency.daily") or clause.section in _OWN_SECTIONS:
        return False
    if clause.has("UcPV") or clause.says(*_OF_PRODUCTS, "unit"):
        return False
    since = _since_people(clause, at)
    return bool(since) and not any(item.text in ":(" for item in since)


def is_need(clause: Clause, at: int) -> bool:
    """ "Males: 400 mg a day": a nameless amount behind people, with no unit and no verb, is what they need."""
    return not clause.has("US") and not clause.says(*_OF_PRODUCTS) and bool(_since_people(clause, at))


def _since_people(clause: Clause, at: int) -> list[Item]:
    """The items from the first that names people up to an amount, none where no people stand shortly before it."""
    before = clause.items[max(0, at - _BEFORE) : at] if may_name_people(clause) else []
    people = next((n for n, item in enumerate(before) if names_people(item)), len(before))
    return before[people:]


def _limit_before(items: list[Item], at: int) -> bool:
    """ "at most 250 mg", "more than 400 mg": a limit word directly before the amount."""
    for item in reversed(items[max(0, at - 2) : at]):
        if "relation.at_most" in item.senses or "claim.comparison" in item.senses or "dose.limit" in item.senses:
            return True
        if item.kind != "w":
            return False
    return False
