"""Portions that their place alone joins to amounts: in a cell, in a row of heads, at the head of a list."""

from __future__ import annotations

from decimal import Decimal

from mglabel.extraction.item import FOOTNOTES, Item
from mglabel.extraction.portion_mention import LARGEST_DOSE, NEAR, ROW

_HUNDRED = Decimal(100)
_CLOSINGS = FOOTNOTES | frozenset(").:")
"""Marks behind what stands alone in its cell."""


def stands_behind_heading(items: list[Item], at: int, end: int) -> bool:
    """ "Nutrition 2 tablets Magnesium 280 mg": a count between a heading of facts and the first name."""
    item = items[at]
    if not item.high or not at or (item.kind == "U" and item.most >= LARGEST_DOSE):
        return False
    if end >= len(items):
        return False
    follower = items[end]
    named = (follower.kind in "mo" and item.kind == "U") or follower.text in "/%" or "reference.nrv" in follower.senses
    return named and not items[at - 1].senses.keys().isdisjoint(
        ("section.facts", "section.ingredients", "pack.contents")
    )


def stands_in_row_of_counts(items: list[Item], at: int) -> bool:
    """ "Nutrition 1 tabl. 3 tabl. NRV": counts in a row behind a heading of facts, as many as there are columns."""
    item = items[at]
    if item.kind != "U" or not item.high or item.most >= LARGEST_DOSE:
        return False
    first, last = at, at
    while first and at - first < ROW and _heads_column(items[first - 1]):
        first -= 1
    while last + 1 < len(items) and last - at < ROW and _heads_column(items[last + 1]):
        last += 1
    named = first > 0 and "section.facts" in items[first - 1].senses
    ends = last + 1 == len(items) or items[last + 1].kind in "mo" or _names_percentages(items[last + 1])
    return named and ends and sum(i.kind == "U" for i in items[first : last + 1]) > 1


def _names_percentages(item: Item) -> bool:
    """ "NRV", "% of the reference intake": what heads the last column."""
    return item.text == "%" or "reference.nrv" in item.senses


def _heads_column(item: Item) -> bool:
    """Whether an item is a dose-sized count, or what stands between two of them."""
    return (item.kind == "U" and bool(item.high) and item.most < LARGEST_DOSE) or item.text in "./:" or item.kind == "c"


def heads_amounts(item: Item, items: list[Item], at: int) -> bool:
    """Whether a count alone in its cell can head a column: a dose-sized count, or 100 g or ml; never a pack."""
    near = items[max(0, at - 3) : at + 4]
    row = items[max(0, at - ROW) : at + ROW]
    alone = sum(i.kind == "U" and bool(i.high) for i in row) < 2 and not any("reference.nrv" in i.senses for i in row)
    taken = any("dose.take" in i.senses and "portion.serving" not in i.senses for i in near)
    if not item.high or taken or (alone and any("pack.contents" in i.senses for i in near)):
        return False
    if item.kind == "U":
        return item.most < LARGEST_DOSE and item.unit != "piece"
    before = items[max(0, at - ROW) : at]
    if any(i.kind in "mo" or "nutrient" in i.senses for i in before):
        return False
    if any(i.unit in ("g", "ml") and i.high and i.most == _HUNDRED for i in row):
        return True
    others = any(i is not item and ((i.kind in "UV" and i.high) or "reference.nrv" in i.senses) for i in row)
    if any("reference.nrv" in i.senses for i in row) and sum(i.unit == item.unit and bool(i.high) for i in row) > 1:
        return True
    return others and not any(i.kind == "w" and not i.senses and len(i.text) > 2 for i in before)


def lists_contents(items: list[Item], at: int) -> bool:
    """ "2 capsules magnesium taurate 1000 mg, vitamin B6 2 mg": a count that opens a list of names with amounts."""
    listed = items[at : at + ROW]
    kinds = [i.kind for i in listed]
    return len(listed) > 1 and kinds[0] in "mo" and kinds[1] == "A" and kinds.count("A") > 1 and "o" in kinds


def heads_its_amount(items: list[Item], at: int, end: int) -> bool:
    """ "1 tablet 100 mg | 2 tablets 200 mg": other counts of the unit have their amounts right behind them too."""
    if not items[at].high or end >= len(items) or items[end].kind != "A":
        return False
    pairs = zip(items[max(0, at - ROW) : at + ROW], items[max(0, at - ROW) + 1 : at + ROW], strict=False)
    counts = [u for u, a in pairs if u.kind == "U" and u.unit == items[at].unit and u.high and a.kind == "A"]
    return len({u.most for u in counts}) > 1


def heads_list(items: list[Item], at: int, end: int) -> bool:
    """ "100 ml of the drink: sodium 40 mg, magnesium 11 mg", "Sachet 4 g: magnesium 300 mg": what opens a line, with a
    colon behind it and behind that a name."""
    colon = next((n for n in range(end, min(end + NEAR, len(items))) if items[n].kind != "w" or items[n].high), None)
    if colon is None or items[colon].text != ":" or any(i.kind != "w" for i in items[max(0, at - NEAR) : at]):
        return False
    named = items[colon + 1].kind in "mo" if colon + 1 < len(items) else False
    return at <= 1 and named and any(i.kind == "A" for i in items[colon + 2 : colon + 2 + NEAR])


def _fills_cell(item: Item) -> bool:
    """Whether a word only says what the counted or measured thing is: "100 g powder", "45 g dose"."""
    return item.kind == "w" and (not item.senses or "portion.serving" in item.senses)


def _is_named_before(items: list[Item], at: int) -> bool:
    """ "Capsule (1 caps.)": whether a count stands in the bracket behind a word for its own unit."""
    if at < 2 or items[at - 1].text != "(":
        return False
    named = items[at - 2]
    return named.kind == "U" and not named.high and named.unit == items[at].unit


def is_alone_in_cell(items: list[Item], start: int, end: int) -> bool:
    """Whether nothing but brackets, slashes and other portions shares its cell or line."""
    if _is_named_before(items, start):
        start -= 2
    before = next((i for i in reversed(items[max(0, start - NEAR) : start]) if i.text not in ("(", "á")), None)
    while end < len(items) and (_fills_cell(items[end]) or items[end].text == "."):
        end += 1
    if end < len(items) and items[end].text == "(":
        end = next((i + 1 for i in range(end, min(end + 6, len(items))) if items[i].text == ")"), end)
    after = next((i for i in items[end : end + NEAR] if i.text not in _CLOSINGS and not _fills_cell(i)), None)
    left = before is None or before.kind == "c" or (before.text == "/" and start > 1 and items[start - 2].kind in "UAV")
    right = after is None or after.kind == "c" or after.text == "/" or after.text == "%"
    return left and right
