"""The strength in a medicine's title, whose substance a line below it names: "X 500 mg film-coated tablets".

A mutable helper of the reader of statements.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from mglabel.extraction.binding import Subject
from mglabel.extraction.claimed import SoFar, claimed
from mglabel.extraction.item import MASSES, Item
from mglabel.extraction.layout import Clause
from mglabel.extraction.portion_mention import PortionMention
from mglabel.values.label import Portion

_TITLE_LINES = 4
"""So many lines from the top a title may stand."""

_NAME_LINES = 2
_ACTIVE_LINES = 6
"""How far below the title its substance is looked for: on the next lines, or under its active ingredients."""

_ALONE = 3
"""A line of so few items names nothing beside the substance."""


class _Strength(NamedTuple):
    """The amount of a title, for what it is, and on which line it stands."""

    item: Item
    portion: Portion | None
    line: int


class Title:
    """The strength that the title states, until the substance that it is of is named."""

    def __init__(self) -> None:
        self._strength: _Strength | None = None

    def note(self, clause: Clause, amounts: list[int], mentions: list[PortionMention], so_far: SoFar) -> None:
        """ "X 500 mg film-coated tablets", "X 1 g/10 ml oral solution": a title; the substance stands below."""
        item = clause.items[amounts[0]]
        medicine = clause.line < _TITLE_LINES and clause.says("use.medicine") and not clause.has("mo")
        if not medicine or len(amounts) > 1 or item.unit not in MASSES or item.low != item.high:
            return
        behind = so_far.heads.behind(clause, mentions, amounts[0], len(clause.items))
        portion = _one_unit(clause) or (behind.portion if behind is not None else None)
        self._strength = _Strength(item, portion, clause.line)

    def read_below(self, clause: Clause, so_far: SoFar) -> None:
        """Read a line without amounts: the unit of the strength ("sachets"), or the name of its one substance."""
        strength = self._strength
        if strength is None:
            return
        if strength.portion is None and clause.line == strength.line + 1:
            strength = self._strength = strength._replace(portion=_one_unit(clause))
        names = [i for i, item in enumerate(clause.items) if item.kind in "mo"] if clause.has("mo") else []
        if len(names) == 1 and len(clause.items) <= _ALONE:
            self._strength = None
            _state(clause, names[0], strength, so_far)


def _one_unit(clause: Clause) -> Portion | None:
    unit = next((i.unit for i in clause.items if i.kind == "U" and not i.high), "")
    return Portion(Decimal(1), unit) if unit else None


def _state(clause: Clause, at: int, strength: _Strength, so_far: SoFar) -> None:
    """State the strength for the substance that a line below the title names."""
    name = clause.items[at]
    reach = _ACTIVE_LINES if clause.section == "facts" else _NAME_LINES
    if name.kind == "m" and name.senses["form"] and strength.portion and clause.line - strength.line <= reach:
        subject = Subject("compound", name.senses["form"], at, (), frozenset(("compound-word",)))
        so_far.topics.start(subject, name, clause.line)
        so_far.found.add(claimed(clause, strength.item, subject, strength.portion, so_far))
