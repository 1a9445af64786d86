"""Who the row speaks of: the name that the amounts behind it, or on the next lines, are of.

A mutable helper of the reader of statements.
"""

from __future__ import annotations

from typing import NamedTuple

from mglabel.extraction.binding import UNKNOWN, Subject, is_strange
from mglabel.extraction.heads import Heads
from mglabel.extraction.item import Item
from mglabel.extraction.layout import DOSING, Clause
from mglabel.extraction.measuring import BEFORE
from mglabel.extraction.ownership import has_name_behind

_CARRY_LINES = 3
"""So many lines below its name an amount may stand."""

_PARTS = frozenset(("of-which", "equivalent", "from", "as-form"))
_COUNTS_MAGNESIUM = frozenset(("of-which", "equivalent", "elemental-word"))
_OF_MAGNESIUM = ("element", "compound")


class Topic(NamedTuple):
    """Who the row speaks of, and on which line it was last spoken of."""

    subject: Subject
    item: Item | None
    group: int
    line: int


class Topics:
    """The topic of the row, and the groups of amounts that speak of one thing."""

    def __init__(self, heads: Heads) -> None:
        self.now: Topic | None = None
        self.masses = 0
        """How many masses the topic has had."""
        self.in_row = False
        """Whether the clause has named someone whom it may go on to speak of."""
        self._group = 0
        self._heads = heads

    @property
    def group(self) -> int:
        """The number of the group of amounts that the topic's belong to."""
        return self.now.group if self.now is not None else 0

    @property
    def item(self) -> Item | None:
        """The topic's name."""
        return self.now.item if self.now is not None else None

    def start(self, subject: Subject, item: Item | None, line: int) -> None:
        """Begin a new topic; a magnesium compound right after magnesium itself stays in its group."""
        if self.now is None or not _goes_on(self.now.subject, subject):
            self._group += 1
        self._begin(subject, item, line)
        self.masses = 0

    def start_other(self, subject: Subject, item: Item, line: int) -> None:
        """Begin with another nutrient, which is in no group with what stands before."""
        self._group += 1
        self._begin(subject, item, line)

    def _begin(self, subject: Subject, item: Item | None, line: int) -> None:
        self.now = Topic(subject, item, self._group, line)
        self._heads.begin_row()

    def forget(self) -> None:
        """Nobody is spoken of any more."""
        self.now = None

    def go_on(self, line: int) -> None:
        """The topic was spoken of on this line, too."""
        if self.now is not None:
            self.now = self.now._replace(line=line)

    def begin_with_element(self, clause: Clause, at: int) -> None:
        """ "Magnesium (from 1250 mg malate) 250 mg": the row is of the element before the bracket of its source."""
        depth = clause.items[at].depth
        outer = next((n for n in range(at - 1, max(-1, at - 1 - BEFORE), -1) if clause.items[n].depth < depth), None)
        if outer is None:
            return
        named = clause.items[outer]
        if named.kind != "m" or named.senses["form"]:
            return
        if self.item is not named:
            sources = tuple(i for i in clause.items[outer + 1 : outer + BEFORE] if i.depth and i.kind == "m")
            self.start(Subject("element", None, outer, sources, frozenset()), named, clause.line)

    def named_in(self, clause: Clause) -> int:
        """The index of the topic's name in a clause, -1 where it stands in another."""
        at = self.now.subject.at if self.now is not None else -1
        return at if 0 <= at < len(clause.items) and clause.items[at] is self.item else -1

    def carried(self, clause: Clause, at: int, left: Subject | None) -> Subject:
        """The topic of the row where the amount has no name of its own; unknown where none can hold."""
        if clause.items[at].unit == "g" and clause.says(*DOSING, "frequency.daily"):
            return UNKNOWN  # so much powder is a dose
        if self.now is None or clause.section == "other" or (at and clause.items[at - 1].text == "+"):
            return UNKNOWN
        starts_line = self._starts_line(clause, at)
        if not self._reaches(clause, at, left, self.now, starts_line):
            return UNKNOWN
        relations = left.relations if left is not None else frozenset()
        behind = clause.items[at + 1 : at + 2]
        if clause.items[at].depth and behind and "relation.elemental" in behind[0].senses:
            relations |= {"elemental-word"}  # "oxide 500 mg (300 mg elemental)"
        subject = self.now.subject
        of_element = left is not None and left.forms and subject.kind == "element"
        if left is not None and of_element and not self.masses and starts_line:
            subject = subject._replace(forms=left.forms)  # its bracket stands below the name: "(as citrate) | 100 mg"
            self.now = self.now._replace(subject=subject)
        if of_element and "from" in relations and "of-which" not in relations:
            return subject._replace(relations=relations)
        if subject.kind == "compound" and relations & _COUNTS_MAGNESIUM:
            return Subject("element", None, -1, (), relations)
        return subject._replace(at=-1, relations=relations)

    def _starts_line(self, clause: Clause, at: int) -> bool:
        """Whether an amount stands at the beginning of a line soon below the topic's name."""
        if self.now is None or not clause.first or clause.is_footnote or clause.line - self.now.line > _CARRY_LINES:
            return False
        before = clause.items[max(0, at - BEFORE) : at]  # "60 x 0.8 g" is a pack
        return not any(i.kind == "N" or "relation.contains" in i.senses or is_strange(i) for i in before)

    def _reaches(self, clause: Clause, at: int, left: Subject | None, topic: Topic, starts_line: bool) -> bool:
        """Whether the topic holds for an amount: in its row, on a line of its own below it, or by a word that relates
        the two; not where the amount measures what is named behind it."""
        related = left is not None and bool(left.relations)
        behind = clause.items[at + 1 : at + 2]
        opens = starts_line and not any(i.kind in "mo" for i in clause.items[max(0, at - BEFORE) : at])
        if not related and ((behind and is_strange(behind[0])) or (opens and has_name_behind(clause.items, at))):
            return False
        in_row = topic.line == clause.line and self.in_row
        return in_row or starts_line or (related and clause.line - topic.line <= 1)


def _goes_on(old: Subject, new: Subject) -> bool:
    """Whether a name stays in the group of the one before it: a part of it, its source, or its magnesium."""
    if old.kind not in _OF_MAGNESIUM or new.kind not in _OF_MAGNESIUM:
        return False
    return bool(new.relations & _PARTS) or (old.kind == "compound" and new.kind == "element")
