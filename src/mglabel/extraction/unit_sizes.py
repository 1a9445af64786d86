"""Sizes that a label states for its units: "1 tablespoon (15 ml)", "each 25 g scoop", "portion = 35 g".

The size may stand behind the unit, before it, or have the unit in its bracket.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from mglabel.extraction.introduced import past_about
from mglabel.extraction.item import SIZES, Item, equates
from mglabel.extraction.portion_mention import PortionMention, portion_of
from mglabel.values.label import Portion

Size = tuple[Portion, Portion]
"""A whole and what it measures: (1 tablespoon, 15 ml)."""

_EACH = ("à", "á")
_OPENINGS = ("(", "=", *_EACH)
_SCOOPED = frozenset(("scoop", "teaspoon", "tablespoon", "measure"))
"""Units that hold nothing but the goods."""

_GOODS = 2
"""So many words at most say what a size is of: "of powder"."""

_HUNDRED = Decimal(100)
_LEAST_UNIT_G = Decimal("0.2")
"""A unit weighs at least this much; a smaller mass behind it is what it holds."""


def unit_sizes(items: list[Item], mentions: list[PortionMention]) -> tuple[list[Size], set[int]]:
    """The sizes that a clause states, and the indices of items that are only sizes of a unit before them."""
    found: list[Size] = []
    sized: set[int] = set()
    for mention in mentions:
        named = next((i for i in items[mention.start : mention.end] if "portion.serving" in i.senses), None)
        if named is not None and mention.portion.unit != "serving":
            found.append((Portion(Decimal(1), "serving"), mention.portion))
    for index, item in enumerate(items[:-2]):
        if item.kind in "AV" and item.high:
            found += [*_before(items, index), *_equal(items, index), *_around(items, index)]
        elif item.kind == "U" or "portion.serving" in item.senses:
            behind = _behind(items, index)
            if behind is not None:
                sized.add(index + 2)
                found += [behind, *_equal_size(items, index + 3, behind[0])]
    return found, sized


def _equal_size(items: list[Item], at: int, whole: Portion) -> Iterator[Size]:
    """ "1 scoop (5 ml = 4 g)": what a size just told is equal to."""
    if at + 1 < len(items) and equates(items[at]) and items[at].depth and items[at + 1].kind in "AV":
        measured = portion_of(items[at + 1])
        if measured is not None:
            yield whole, measured


def _around(items: list[Item], index: int) -> Iterator[Size]:
    """ "3 g (1 scoop)", "3 g of powder (1 scoop)": the unit in brackets behind its size."""
    size, index = items[index], _past_goods(items, index)
    measured = portion_of(size) if items[index + 1].text == "(" else None
    place = past_about(items, index + 2)
    place += place < len(items) and "relation.from" in items[place].senses
    if measured is None or place >= len(items):
        return
    unit, named = items[place], items[place + 1] if place + 1 < len(items) else None
    if named is not None and named.text == "=":
        return
    alike = unit.high and size.least * unit.most == size.most * unit.least  # "10 to 15 g (2 to 3 teaspoons)"
    if not alike:
        return
    if unit.kind == "U":
        yield Portion(unit.most, unit.unit), measured
    if unit.kind == "N" and unit.high and named is not None and "portion.serving" in named.senses:
        yield Portion(unit.most, "serving"), measured


def _past_goods(items: list[Item], index: int) -> int:
    """The index of the last word that only says what the size is of: "3 g of powder"."""
    for _ in range(_GOODS):
        behind = items[index + 1] if index + 2 < len(items) else None
        if behind is None or behind.kind != "w" or not behind.senses.keys() <= {"join.of"}:
            break
        index += 1
    return index


def _equal(items: list[Item], index: int) -> Iterator[Size]:
    """ "2 g = 1 scoop", "2 g, which is 1 level scoop": the unit that the size is equal to."""
    size = items[index]
    unit_at = index + 2 + (items[index + 1].text == ",")
    if size.least != size.most or unit_at >= len(items):
        return
    joint, unit = items[unit_at - 1], items[unit_at]
    measured = portion_of(size)
    if measured is not None and unit.kind == "U" and unit.high and unit.unit in _SCOOPED:
        if equates(joint):
            yield Portion(unit.most, unit.unit), measured


def _before(items: list[Item], index: int) -> Iterator[Size]:
    """ "each 15 mL tablespoonful", "one 25 g scoop": the size before the unit, the count around both."""
    size, unit = items[index], items[index + 1]
    measured = portion_of(size) if size.least == size.most else None
    if measured is not None and unit.kind == "U" and (not unit.high or unit.start < size.start):
        yield Portion(Decimal(1), unit.unit), measured


def _in_units(whole: Item, items: list[Item], at: int) -> Size | None:
    """ "1 bottle (10 fl oz)": a bracket with nothing but a count of other units."""
    size, closes = items[at], at + 1 < len(items) and items[at + 1].text == ")"
    if not (closes and whole.high and size.high) or size.unit == whole.unit or size.least != size.most:
        return None
    return Portion(whole.most, whole.unit), Portion(size.most, size.unit)


def _is_said_of_each(whole: Item, items: list[Item], at: int) -> bool:
    """ "2 scoops (each 5 g)", "2 scoops (5 g each)"; but not "2 tablets (per 100 g)"."""
    if not whole.high or whole.most <= 1 or at + 1 >= len(items):
        return False
    said, size = items[at : at + 2] if items[at].kind == "w" else reversed(items[at : at + 2])
    return "relation.per" in said.senses and size.kind in "AV" and bool(size.high) and size.most < _HUNDRED


def _behind(items: list[Item], index: int) -> Size | None:
    """The size in brackets or behind "of" after a unit, None where there is none."""
    item = items[index]
    if index + 3 < len(items) and items[index + 1].kind == "w" and not items[index + 1].senses:
        index += items[index + 2].text in ("(", "=")  # "2 heaped teaspoons": an adjective that no table knows
    if index + 5 < len(items) and items[index + 4].text == "=":
        opened, aside, closed = items[index + 1 : index + 4]
        index += 3 * (opened.text == "(" and aside.kind == "w" and closed.text == ")")  # "1 scoop (enclosed) = 2 g"
    opening, place = items[index + 1], index + 2
    weighs = "pack.weighs" in opening.senses and item.unit in _SCOOPED
    times = "frequency.times" in opening.senses and items[index + 2].unit in SIZES  # "30 sticks x 2.1 g"
    equals = opening.text == "=" or ("relation.equivalent" in opening.senses and not items[index].depth)
    if (
        not (weighs or times or equals)
        and opening.text.casefold() not in _OPENINGS
        and opening.senses.keys().isdisjoint(("join.of", "relation.from"))
    ):
        return None
    each = opening.text != "(" and not (weighs or equals)
    place = min(past_about(items, place), len(items) - 1)
    if items[place].text.casefold() in ("=", *_EACH) and place + 1 < len(items):
        each = each or items[place].text != "="
        place += 1
    elif opening.text == "(" and _is_said_of_each(item, items, place):
        each = True
        place += "relation.per" in items[place].senses
    size = items[place]
    if size.kind == "U" and opening.text == "(":
        return _in_units(item, items, place)
    if size.kind == "A" and any(i.kind in "mo" for i in items[place + 1 : place + 2]):
        return None  # "1 tablet = 0.4 g magnesium" tells what is in it
    if size.kind == "A" and equals and opening.text != "=":
        return None
    measured = portion_of(size) if size.kind in "AV" else None
    whole = Portion(item.most, item.unit) if item.kind == "U" and item.high and not each else None
    whole = whole or Portion(Decimal(1), item.unit or "serving")
    if measured is None or (size.kind == "A" and measured.count < _LEAST_UNIT_G):
        return None
    return whole, measured
