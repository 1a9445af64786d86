"""How words beside a portion join it to amounts: "per" before or behind it, "contains" behind it.

Pure functions of the items around one place.
"""

from __future__ import annotations

from mglabel.extraction.item import Item
from mglabel.extraction.portion_mention import LARGEST_BARE, NEAR, portion_of

_SKIPPED = frozenset(("reference.need", "reference.nrv", "descriptor.complex", "join.of"))

_MEASURED_BY = frozenset(("pack.weighs", "dose.dissolve"))
"""Words between a unit and what it contains that a mass or a volume belongs to."""


def past_about(items: list[Item], at: int) -> int:
    """Past words such as "about", and the points of their abbreviations."""
    while at < len(items) and (items[at].text == "." or "relation.approx" in items[at].senses):
        at += 1
    return at


def past_size(items: list[Item], at: int) -> int:
    """Past what only tells the size of the unit just counted: "(15 ml)", "(ca. 1.2 ml)", "of 5 g", "à 2 g"; or
    "(level) ="."""
    if at < len(items) and items[at].text == "(":
        size = past_about(items, at + 1)
        if at + 1 < size < len(items) - 1 and items[size + 1].text == ")":
            return size + 2 if items[size].kind in "AV" else at
    if at + 2 < len(items) and items[at].text == "(" and items[at + 2].text == ")":
        equation = [i.text for i in items[at + 3 : at + 4]] == ["="]
        if items[at + 1].kind in "AVU" or (equation and items[at + 1].kind == "w"):
            return at + 3
    if at + 1 < len(items) and items[at + 1].kind in "AV" and portion_of(items[at + 1]) is not None:
        if "join.of" in items[at].senses or items[at].text.casefold() in ("à", "á"):
            return at + 2
    if at < len(items) and items[at].kind in "AV" and portion_of(items[at]) is not None and not items[at - 1].high:
        return at + 1
    return at


def is_introduced(items: list[Item], at: int) -> bool:
    """Whether a word such as "per" or a slash stands before, at most two plain words away."""
    counted = bool(items[at].high) or items[at].kind == "w"
    for index in range(at - 1, max(-1, at - NEAR), -1):
        item = items[index]
        if "relation.per" in item.senses and item.kind != "U":
            if items[at].kind in "AV" and index and items[index - 1].kind == "U":
                return False
            if items[at].kind == "V" and index and "dose.dissolve" in items[index - 1].senses:
                return False  # "dissolved in 1.2 dl of water"
            between = items[index + 1 : at]
            return counted or all(i.kind == "p" for i in between) or _is_stated_in(items, index, between)
        if item.text == "." or (item.text == "(" and index == at - 1):
            continue
        if item.text == "/":
            return index == at - 1 and not _is_packed(items[at]) and (index == 0 or _says_per(items, index))
        if item.kind != "w" or (item.senses and _SKIPPED.isdisjoint(item.senses)):
            return False
    return False


def _is_packed(item: Item) -> bool:
    """ "Magnesium 400 mg / 120 tablets": a count behind a slash that is too large for a portion."""
    return item.kind == "U" and item.unit != "drop" and bool(item.high) and item.most > LARGEST_BARE


def _says_per(items: list[Item], slash: int) -> bool:
    """Whether a slash says "per": not where it abbreviates the letter before it ("c/ 120 caps", "w/ 90 tablets")."""
    before = items[slash - 1]
    is_letter = before.kind == "w" and len(before.text) == 1 and not before.senses and before.end == items[slash].start
    return before.kind in "cAVPUwmo" and not is_letter


def _is_stated_in(items: list[Item], per: int, between: list[Item]) -> bool:
    """ "84 mg magnesium in each slow release caplet": plain adjectives, where an amount stands before the "in"."""
    if any(i.kind != "w" or i.senses for i in between):
        return False
    before = next((i for i in reversed(items[max(0, per - NEAR) : per]) if i.kind != "p"), None)
    return before is not None and before.kind in "Amo"


def closed_by_per(items: list[Item], at: int) -> bool:
    """Whether a word for "per" follows that stands behind its noun: "1 tableti kohta", "100 g kohti", "100
    g:ssa"."""
    if at + 1 < len(items) and items[at].text == ":" and items[at].end == items[at + 1].start:
        at += 1
    return at < len(items) and "relation.per_behind" in items[at].senses


def contains_soon(items: list[Item], at: int) -> bool:
    """Whether a word for "contains" follows within a few plain words."""
    closing, weighs = 0, False
    if at < len(items) and (items[at].text == "." or _comma_then_contains(items, at)):
        at += 1
    for index, item in enumerate(items[at : at + 2 * NEAR], at):
        if "relation.contains" in item.senses:
            return not _is_other_portion(items, index + 1)
        if _is_other_portion(items, index):
            return False
        closing += (item.text == "(") - (item.text == ")" and closing > 0)
        if closing or item.text == ")":
            continue
        plain = item.kind in "wp" or (item.kind == "U" and not item.high) or (item.kind in "AV" and weighs)
        weighs = weighs or not _MEASURED_BY.isdisjoint(item.senses) or (item.kind == "U" and item.unit == "measure")
        if not plain or item.text in ".:;," or "negation.before" in item.senses:
            return False
    return False


def _is_other_portion(items: list[Item], at: int) -> bool:
    """ "300 ml, contains per ml:", "450 ml, each tablespoon contains": whether what follows is of another portion."""
    per, named = items[at : at + 1], items[at + 1 : at + 2]
    if not per or not named or "relation.per" not in per[0].senses:
        return False
    if at and "dose.dissolve" in items[at - 1].senses:
        return False  # "one tablet dissolved in 1.2 dl of water gives"
    return named[0].kind in "UV" or (named[0].kind == "w" and "measure" in named[0].senses)


def _comma_then_contains(items: list[Item], at: int) -> bool:
    """ "four capsules, you get 500 mg": a comma directly before the word and its amount."""
    behind = items[at + 1 : at + 5]
    if items[at].text != "," or not behind or "relation.contains" not in behind[0].senses:
        return False
    return any(i.kind == "A" for i in behind)
