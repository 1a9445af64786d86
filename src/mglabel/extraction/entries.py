"""Entries of a list or a row: what parts them, and whether a name has an amount of its own."""

from __future__ import annotations

from mglabel.extraction.item import Item

_REACH = 40
_NEXT = 3
_BULLETS = frozenset("•·∙‣")
_PARTING = _BULLETS | frozenset(",;")
_PARTING_SPACED = frozenset("/–—-|+")


def is_of_next_entry(items: list[Item], at: int, named: int) -> bool:
    """Whether a name behind an amount begins the next entry of a list, with an amount of its own there."""
    return owns_next(items, named) and any(parts_entries(items, index) for index in range(at + 1, named))


def owns_next(items: list[Item], at: int) -> bool:
    """Whether the name at `at` is directly followed by an amount of its own, past a bracket that says more of it."""
    index, seen = at + 1, 0
    while index < len(items) and seen < _NEXT:
        item = items[index]
        if item.kind == "A":
            return True
        if item.kind not in "pco" or item.text in _BULLETS or item.text in ",;)":
            return False
        index, seen = _past_bracket(items, index) or index + 1, seen + 1
    return False


def parts_entries(items: list[Item], index: int) -> bool:
    """Whether a mark parts the entries of a list: a comma, a bullet, or a dash or a slash with spaces around it."""
    item = items[index]
    if item.kind == "c" or item.text in _PARTING:
        return True
    if item.text not in _PARTING_SPACED or not 0 < index < len(items) - 1:
        return False
    return items[index - 1].end < item.start and item.end < items[index + 1].start


def _past_bracket(items: list[Item], at: int) -> int:
    """The index after the bracket that opens here and holds a name, 0 where none does."""
    if items[at].text != "(":
        return 0
    for index in range(at + 1, min(len(items), at + _REACH)):
        if items[index].kind in "Alc":
            return 0
        if items[index].text == ")" and items[index].depth == items[at].depth:
            return index + 1
    return 0
