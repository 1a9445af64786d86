"""Whose an amount is: of the names before it and behind it, the one that it measures.

Pure functions of one clause; what the row above speaks of is the business of the reader of statements.
"""

from __future__ import annotations

from typing import NamedTuple

from mglabel.extraction.binding import (
    RELATIONS,
    UNKNOWN,
    Subject,
    source_of_element,
    subject_after,
    subject_around_bracket,
    subject_before,
    subject_from_behind,
    subject_in_cell_behind,
)
from mglabel.extraction.entries import is_of_next_entry, owns_next, parts_entries
from mglabel.extraction.item import Item, equates
from mglabel.extraction.layout import Clause

_REACH = 40
_NEAR = 4
_NAMED = ("element", "compound", "other")


class Owner(NamedTuple):
    """Who an amount speaks of: None where it has no name of its own, so that only the row can tell; `left` is what is
    said before it, and `is_behind` tells whether its name stands behind it."""

    subject: Subject | None
    left: Subject | None
    is_behind: bool = False


def owner_of(clause: Clause, start: int, at: int, following: int, names_follow: bool) -> Owner:
    """The owner of the amount at `at`. Names are looked for from `start` on and up to the amount at `following`;
    `names_follow` tells that the list gives each amount its name behind it."""
    items = clause.items
    left = subject_around_bracket(items, at) or subject_before(items, start, at)
    right = subject_after(items, at)
    if right is not None and _is_whole_of_share(items, at):
        return Owner(right, left, True)
    left = source_of_element(items, at) or left
    if names_follow and right is not None and (left is None or not left.relations):
        return Owner(right, left, True)
    source = subject_from_behind(items, at)
    if source is not None and not owns_next(items, source.at):
        if left is None or left.at < 0 or _is_parted(items, left.at, at):
            return Owner(_with_relations(source, left), left, True)
    right = _reached(clause, left, right, at, following)
    if right is not None and (left is None or left.kind not in _NAMED):
        if left is not None and owns_next(items, right.at) and (left is UNKNOWN or _begins_row(items, right.at)):
            return Owner(UNKNOWN, left)
        return Owner(_with_relations(right, left), left, True)
    if right is not None and left is not None and _is_for_right(items, left, right, at):
        return Owner(_with_relations(right, left), left, True)
    return Owner(left if left is UNKNOWN or (left is not None and left.kind in _NAMED) else None, left)


def _reached(clause: Clause, left: Subject | None, right: Subject | None, at: int, following: int) -> Subject | None:
    """The name behind an amount, where it is not that of the next amount or entry."""
    items = clause.items
    if right is not None and right.at >= following and following < len(items) and items[following].kind == "A":
        right = right if _is_only_repeated(items, at, right.at) else None
    if right is not None and is_of_next_entry(items, at, right.at):
        right = None
    if right is None and left is None and clause.first and clause.has("c"):
        return subject_in_cell_behind(items, at)
    return right


def with_source(items: list[Item], at: int, subject: Subject) -> Subject:
    """ "Magnesium 160 mg from citrate and 140 mg (from malate)": the element that an amount is of, with the source that
    is told behind the amount; "Magnesium citrate 100 mg elemental": the source before it."""
    if subject.kind == "compound" and 0 <= subject.at < at and subject.form and _is_called_elemental(items, at):
        return Subject("element", None, -1, (items[subject.at],), subject.relations | {"elemental-word"})
    if subject.kind != "element" or (subject.forms and subject.at >= 0):
        return subject
    opened = at + 1 < len(items) and items[at + 1].text == "("
    source = subject_from_behind(items, at + opened)
    if source is None or owns_next(items, source.at) or _names_another(items, source.at):
        return subject
    return subject._replace(forms=(items[source.at],), relations=subject.relations | source.relations)


def _is_called_elemental(items: list[Item], at: int) -> bool:
    """ "100 mg elemental", "100 mg (elemental)": whether a word right behind an amount says so and names nothing."""
    opened = at + 1 < len(items) and items[at + 1].text == "("
    said = items[at + 1 + opened : at + 3 + opened]
    if not said or "relation.elemental" not in said[0].senses or said[0].kind != "w":
        return False
    return len(said) < 2 or (said[1].text == ")" if opened else said[1].kind not in "mo")


def _names_another(items: list[Item], at: int) -> bool:
    """ "From oxide and citrate": whether another compound without an amount of its own follows at once."""
    behind = items[at + 1 : at + 3]
    listed = len(behind) > 1 and (behind[0].text == "," or "relation.and" in behind[0].senses)
    return listed and behind[1].kind == "m"


def _begins_row(items: list[Item], at: int) -> bool:
    """ "… equal to 600 mg Magnesium 112.5 mg (30 %)": whether a name has an amount behind it with its percentage."""
    amount = next((n for n in range(at + 1, min(len(items), at + _NEAR)) if items[n].kind == "A"), None)
    return amount is not None and any(i.kind == "P" for i in items[amount + 1 : amount + _NEAR])


def _with_relations(right: Subject, left: Subject | None) -> Subject:
    """A name behind its amount, with the relation words before it; "elemental" is said of the name beside it."""
    if left is None:
        return right
    relations = left.relations
    if left.kind == "element" and right.kind == "compound":
        relations -= {"elemental-word"}
    return right._replace(relations=right.relations | relations)


def _is_whole_of_share(items: list[Item], at: int) -> bool:
    """ "8 % of 1000 mg magnesium taurate": an amount that a percentage is of."""
    return at > 1 and "join.of" in items[at - 1].senses and items[at - 2].kind == "P"


def _is_only_repeated(items: list[Item], at: int, to: int) -> bool:
    """Whether only repetitions of the amount stand between it and its name."""
    return not any(i.kind in "lc" or i.text in ",;" for i in items[at + 1 : to])


def _is_parted(items: list[Item], name: int, at: int) -> bool:
    """Whether a mark, a word such as "and" or another amount parts an amount from the name before it."""
    gap = items[name + 1 : at]
    return any(i.text in ",;:" or i.kind in "cA" or "relation.and" in i.senses for i in gap)


def _is_for_right(items: list[Item], left: Subject, right: Subject, at: int) -> bool:
    """With names on both sides, whether the amount is the right one's."""
    if owns_next(items, right.at) or any(parts_entries(items, index) for index in range(at + 1, right.at)):
        return False
    gap = items[left.at + 1 : at]
    if any("relation.contains" in i.senses or "relation.of_which" in i.senses for i in gap):
        return True
    if any(map(equates, gap)):
        return True
    level = items[left.at].depth
    if any("relation.and" in i.senses and i.depth <= level for i in gap):
        return True
    parted = any(i.depth <= level and parts_entries(items, n) for n, i in enumerate(gap, left.at + 1))
    opened = any(i.text == "(" for i in gap) and items[at].depth > items[left.at].depth
    return parted or opened or any("relation.per" in i.senses or i.kind == "U" for i in gap)


def has_name_behind(items: list[Item], at: int) -> bool:
    """Whether a name stands behind an amount in its own entry, that no word such as "as" or "from" makes its source."""
    for index in range(at + 1, min(len(items), at + _REACH)):
        item = items[index]
        if item.kind in "mo":
            return item.depth <= items[at].depth
        if item.kind in "Ac" or parts_entries(items, index) or any(k in RELATIONS for k in item.senses):
            return False
    return False
