"""Which compounds a label names, and in which role: source, additive, excipient, denied, compared or a drug's ion.

The role follows from where the name stands: behind a word of negation, behind a class of additives, in talk about
other products, in an ingredient list.
"""

from __future__ import annotations

from mglabel.extraction.binding import is_strange
from mglabel.extraction.item import Item
from mglabel.extraction.layout import Clause
from mglabel.tables.chemistry import forms
from mglabel.values.evidence import Span
from mglabel.values.label import Mention

_DENIAL_REACH = 24
_LIST_REACH = 60
_OF_OTHERS = (
    "claim.study",
    "claim.other_products",
    "claim.example",
    "warning.interaction",
    "warning.antibiotics",
)
_SUPPLIES = ("relation.contains", "relation.as_form", "relation.from", "portion.day", "relation.of_which")

_STATED = ("relation.contains", "relation.of_which", "portion.day", "section.ingredients", "descriptor.complex")
"""What makes a sentence one of the content."""

_LISTS = frozenset(("ingredients", "other"))
_NO_CONTENT = frozenset(("directions", "uses"))
"""Sections that do not say what the product is made of."""

_TITLE_LINES = 2
_WORDS_OF_SENTENCE = 3
"""So many words that no table knows make a sentence."""


def read_mentions(clause: Clause) -> list[Mention]:
    """Every compound named in a clause, in order."""
    if not clause.has("m"):
        return []
    told = _only_tells(clause)
    named = ((at, item) for at, item in enumerate(clause.items) if item.kind == "m" and item.senses["form"])
    return [_mention(clause, at, item, told and not _is_form(clause.items, at)) for at, item in named]


def _mention(clause: Clause, at: int, item: Item, told: bool) -> Mention:
    form = item.senses["form"]
    return Mention(
        form,
        item.text,
        Span(item.start, item.end),
        _role(clause, at, form),
        "facts" if clause.section == "front" and _supplies(clause, at) else clause.section,
        item.senses.get("variant"),
        item.senses.get("hydrate"),
        item.senses.get("origin"),
        clause.says("descriptor.buffered") and _buffered(clause.items, at),
        told,
    )


def _supplies(clause: Clause, at: int) -> bool:
    """Whether a sentence of the front says that the product contains what it names."""
    talk = clause.says(
        "claim.study", "claim.food", "claim.example", "claim.body_content", "reference.need", "claim.mentions"
    )
    return _listed(clause.items, at) or (clause.says("relation.contains") and not talk)


def _listed(items: list[Item], at: int) -> bool:
    """Whether the name stands in a list that a word for magnesium opens: "Magnesium: citrate, malate"."""
    least = max(0, at - _LIST_REACH)
    colon = next((i for i in range(at - 1, least - 1, -1) if items[i].text == ":"), -1)
    return any(i.kind == "m" and not i.senses["form"] for i in items[least:colon]) if colon > least else False


def _role(clause: Clause, at: int, form: str) -> str:
    row = forms().get(form)
    roles = row.role if row is not None else "source"
    if denied(clause, at):
        return "denied"
    if roles == "drug":
        return "drug"
    if roles == "additive" or (
        row is not None and row.eu_status == "additive_only" and not _measured(clause.items, at)
    ):
        return "excipient"
    if _compared(clause, at):
        return "compared"
    if clause.says("relation.equivalent") and _equals(clause.items, at):
        return "equivalent"
    if _ends_formula(clause.items, at):
        return "equivalent"
    if roles != "source" and (_in_class(clause.items, at) or clause.section == "other"):
        return "additive"
    if clause.section in ("warnings", "storage"):
        return "warned"
    if clause.says("claim.uptake") and clause.section in ("front", "uses") and not clause.says(*_SUPPLIES):
        return "praised"
    return "source"


def _only_tells(clause: Clause) -> bool:
    """Whether a clause only tells something of what it names: a sentence below the title, or directions, without
    amounts."""
    if clause.line < _TITLE_LINES or clause.section in _LISTS or clause.has("AP"):
        return False
    words = sum(is_strange(item) for item in clause.items)
    if clause.section in _NO_CONTENT:
        return words > 0 and not clause.says("relation.contains", "section.ingredients")
    return words >= _WORDS_OF_SENTENCE and not clause.has("c") and not clause.says(*_STATED)


def _is_form(items: list[Item], at: int) -> bool:
    """ "… as magnesium citrate": whether the name is what something else is there as."""
    return any("relation.as_form" in item.senses for item in items[max(0, at - 2) : at])


def _measured(items: list[Item], at: int) -> bool:
    """Whether an amount stands directly beside the name: then it is no mere additive."""
    return any(i.kind in "AP" for i in items[max(0, at - 2) : at + 4])


def _equals(items: list[Item], at: int) -> bool:
    """ "corresponds to 500 mg magnesium oxide": the name only measures another compound; not the one that the element
    is said to be there as."""
    near = items[max(0, at - 3) : at]
    counted = any(i.kind == "A" for i in near) and not any(i.kind == "m" for i in near)
    return counted and any("relation.equivalent" in i.senses for i in items[max(0, at - 4) : at])


def _ends_formula(items: list[Item], at: int) -> bool:
    """ "magnesium carbonate (4MgCO3·Mg(OH)2·4H2O)": a part of the formula of the compound before the bracket."""
    text, item = items[at].text, items[at]
    if not item.depth or not text.startswith("Mg") or not any(c.isdigit() for c in text):
        return False
    outside = (i for i in reversed(items[max(0, at - _LIST_REACH) : at]) if i.depth < item.depth and i.kind == "m")
    named = next(outside, None)
    return named is not None and bool(named.senses["form"])


def denied(clause: Clause, at: int) -> bool:
    """Whether the name is said to be absent: "without …", "free from …", "…-free"."""
    if not clause.says("negation.after", "negation.before") and not clause.has("P"):
        return False
    items = clause.items
    item = items[at]
    if "negation.after" in item.senses:
        return True
    for follower in items[at + 1 : at + 3]:
        if "negation.after" in follower.senses and "negation.before" not in follower.senses:
            return True
        if follower.text not in "-‑":
            break
    least = max(0, at - _DENIAL_REACH)
    for index in range(at - 1, least - 1, -1):
        before = items[index]
        if "relation.contains" in before.senses and index > least:  # "does not contain"
            return "negation.before" in items[index - 1].senses
        if "negation.before" in before.senses or (before.kind == "P" and before.high and not before.most):
            return True
        if before.kind in "lAPUS" or before.text in ":;" or "relation.contains" in before.senses:
            return False
    return False


def _compared(clause: Clause, at: int) -> bool:
    """Whether the name only serves a comparison or a general talk."""
    if clause.says(*_OF_OTHERS):
        return True
    if clause.says("claim.reaction") and not clause.says("section.ingredients") and not clause.has("A"):
        return True
    if "claim.comparison" in clause.senses:
        before = clause.items[max(0, at - _LIST_REACH) : at]
        if any("claim.comparison" in i.senses for i in before):
            return True
        return not clause.says("relation.contains", "relation.as_form", "relation.from") and clause.section not in (
            "ingredients",
            "facts",
        )
    contrast = clause.items[max(0, at - 4) : at]
    return any("negation.contrast" in i.senses for i in contrast)


def _in_class(items: list[Item], at: int) -> bool:
    """Whether the name stands in the bracket or behind the colon of a class of additives."""
    depth = 0
    for index in range(at - 1, max(-1, at - 40), -1):
        item = items[index]
        if item.text in ")]}" and item.kind == "p":
            depth += 1
        elif item.text in "([{" and item.kind == "p":
            if depth:
                depth -= 1
            else:
                return index > 0 and "function.additive" in items[index - 1].senses
        elif depth:
            continue
        elif "function.additive" in item.senses:
            behind = items[index + 1] if index + 1 < len(items) else None
            return behind is not None and (index + 1 == at or behind.text == ":" or _joined(items, index, at))
        elif "function.shell" in item.senses or "section.ingredients" in item.senses:
            return False
        elif item.kind == "l" or item.text in ";":
            return False
    return False


def _joined(items: list[Item], function: int, at: int) -> bool:
    """ "Trennmittel Magnesiumstearat und Kieselsäure": a class without bracket or colon holds up to the next comma."""
    return not any(i.text in "(," for i in items[function + 1 : at])


def _buffered(items: list[Item], at: int) -> bool:
    """Whether the goods are said to be buffered, in the bracket or words around the name."""
    return any("descriptor.buffered" in i.senses for i in items[max(0, at - 2) : at + 4])
