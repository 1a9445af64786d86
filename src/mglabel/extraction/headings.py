"""What headings say of all the lines below them: tables of reference values, lists of percentages, whom the lines speak
to, and which columns hold compounds.

A mutable helper of the reader of statements.
"""

from __future__ import annotations

from mglabel.extraction.item import FOOTNOTES
from mglabel.extraction.layout import Clause
from mglabel.extraction.people import may_name_people, names_people, spoken_to
from mglabel.extraction.portion_mention import PortionMention

_KINDS = {"relation.compound": "compound", "relation.elemental": "elemental"}


class Headings:
    """What rules the lines of a text, as far as it was read."""

    def __init__(self) -> None:
        self.in_reference_table = False
        self.in_percent_list = False
        """Whether the lines stand below a heading such as "of the reference intake:"."""
        self.in_mass_list = False
        """Whether the lines stand below a heading such as "Analytical constituents:"."""
        self.audience = ""
        self.kinds: tuple[str, ...] = ()
        """What the amounts of a row are, one by one, where their columns are headed so."""
        self._section = ""

    def changes_section(self, clause: Clause) -> bool:
        """Whether a clause is the first of another section; it speaks to everybody until it says otherwise."""
        if clause.section == self._section:
            return False
        self._section, self.audience = clause.section, ""
        return True

    def note(self, clause: Clause, mentions: list[PortionMention]) -> None:
        """Take in what a clause says of the lines below it."""
        self._note_reference_table(clause, mentions)
        if may_name_people(clause) and any(names_people(i) for i in clause.items):
            self.audience = spoken_to(clause.items) or self.audience
        if clause.says("reference.nrv") and not clause.has("AP") and _ends_with_reference(clause):
            self.in_percent_list = True
        elif not clause.has("P"):
            self.in_percent_list = False
        self.in_mass_list = clause.has("P") and self.in_mass_list
        if clause.says("share.by_mass") and not clause.has("AP"):
            self.in_mass_list = True

    def _note_reference_table(self, clause: Clause, mentions: list[PortionMention]) -> None:
        """A heading such as "recommended upper amounts" rules the table below it, until another heading."""
        if clause.says("section.facts", "section.ingredients", "section.directions", "relation.contains") or mentions:
            self.in_reference_table = False
        elif clause.first and clause.says("reference.upper", "reference.need") and not clause.says("reference.nrv"):
            if not any(i.kind in "AP" for i in clause.items):
                self.in_reference_table = True
        elif clause.first and _heads_needs(clause):
            self.in_reference_table = True

    def note_kinds(self, clause: Clause) -> None:
        """Columns headed "compound" and "pure mineral" say what the amounts below them are."""
        if clause.says("relation.compound") and clause.says("relation.elemental"):
            self.kinds = tuple(kind for i in clause.items for sense, kind in _KINDS.items() if sense in i.senses)


def _ends_with_reference(clause: Clause) -> bool:
    """ "… covers of the reference intake:", "Content in % of the NRV*": a heading of percentages."""
    last = next((i for i in reversed(clause.items) if i.text not in FOOTNOTES), clause.items[-1])
    return last.text == ":" or "reference.nrv" in last.senses


def _heads_needs(clause: Clause) -> bool:
    """ "RDA (elemental magnesium)": a line of nothing but the name of the reference value and the element."""
    first = clause.items[0]
    named = "reference.nrv" in first.senses and any(i.kind == "m" and not i.senses["form"] for i in clause.items)
    return named and all(i.kind in "wm" or i.text in "():-" for i in clause.items)
