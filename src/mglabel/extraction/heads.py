"""What the portions named so far say of the amounts that follow: heads of columns, or one portion for all below.

A mutable helper of the reader of statements, which asks it for the portion of each amount.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping

from mglabel.extraction.cells import columns_of, row_of
from mglabel.extraction.item import FOOTNOTES, MASSES
from mglabel.extraction.layout import DOSING, PORTIONS, Clause
from mglabel.extraction.portion_mention import PortionMention
from mglabel.values.label import Portion

_HEADING_FACTS = ("section.facts", "section.ingredients", "relation.per")
_OF_NEEDS = ("reference.nrv", "reference.need", "reference.upper")
_LEADING = frozenset(("relation.per", "function.additive"))
"""What stands before a portion that amounts above it are for: "excipients q.s.p. 2 capsules"."""

_LEAST_COLUMNS = 2
_NEAR_MENTIONS = 3
"""So many portions behind an amount its own is looked for."""

_NEAR_HEADING = 5
"""So many items before a portion its heading is looked for: a bound, so that time stays linear."""

_TABLE_LINES = 12
"""So many lines below its head a table goes on."""


class Heads:
    """The portion named last, and the columns where several are named."""

    def __init__(self) -> None:
        self.portion: Portion | None = None
        self.is_leading = False
        """Whether the clause itself names a portion before its amounts."""
        self._columns: list[PortionMention] = []
        self._cells: tuple[int, ...] = ()
        """The cells that the columns' heads stand in, where they stand in one row."""
        self._placed: Mapping[int, int] = {}
        """Under which head the amounts of the clause stand, where its cells tell."""
        self._next = 0
        """The column of the next amount, where its cell does not tell."""
        self._line = -9
        self._is_alone = False
        self._heads_doses = False
        """Whether the portion is only the heading of the directions: "Recommended daily dose:"."""

    @property
    def any(self) -> bool:
        """Whether anything heads what follows."""
        return bool(self._columns)

    def forget(self) -> None:
        """A section begins in which nothing is stated for the portion named before it."""
        self.portion, self._columns = None, []

    def begin_row(self) -> None:
        """Another name: its first amount stands in the first column."""
        self._next = 0

    def hold_below(self, clause: Clause, mentions: list[PortionMention]) -> Portion | None:
        """Take a clause without amounts as the head of what follows; gives the portion that amounts above it may be for
        as well ("Pour un comprimé" below a list), None where it is a heading."""
        if self._heads_doses and _counts_doses(clause):
            self._heads_doses = False
            self.forget()
        mentions = [m for m in mentions if not m.start or clause.items[max(0, m.start - 2)].kind != "N"]  # a price
        if not mentions and clause.line == self._line + 1 and _heads_percentages(clause):
            self._line = clause.line
        if not mentions or _tells_dose(clause, mentions) or _doses(clause, mentions):
            return None
        mentions = _without_corner(clause, mentions)
        self._heads_doses = _is_heading_of_doses(clause, mentions)
        self._stack(clause, mentions)
        self.portion = mentions[-1].portion if len(mentions) == 1 else mentions[0].portion
        before = [item for item in clause.items[: mentions[0].start] if item.text not in FOOTNOTES]
        stated = clause.says("relation.stated") and not clause.says(*_OF_NEEDS) and all(i.kind in "wp" for i in before)
        ends = (stated or mentions[0].how == "per") and len(clause.items) <= mentions[-1].end + 2
        begins = len(before) <= 1 or all(item.text == "." or not _LEADING.isdisjoint(item.senses) for item in before)
        begins = begins or stated  # "All amounts are stated per daily dose"
        return mentions[0].portion if ends and begins else None

    def _stack(self, clause: Clause, mentions: list[PortionMention]) -> None:
        """Make the mentions the columns, or put them beside those of a head that goes on over lines."""
        alone = len(mentions) == 1 and not any(i.kind in "mo" or (i.kind == "w" and not i.senses) for i in clause.items)
        same_line = clause.line == self._line and not clause.first  # a heading within the head of a table
        stacked = clause.line - self._line <= 1 and alone and self._is_alone
        if self._next or not (same_line or stacked) or (self._columns and self._columns[-1].how == "size"):
            self._columns = []
        seen = {m.portion for m in self._columns}
        new = [m for m in mentions if m.portion not in seen or m.day]
        self._cells = () if self._columns else tuple(row_of(clause).numbers[m.start] for m in new)
        self._columns += new
        self._line, self._is_alone, self._next = clause.line, alone, 0

    def lead(self, clause: Clause, mentions: list[PortionMention], first_amount: int) -> None:
        """Portions before the first amount of a clause hold for it and what follows."""
        leading = [m for m in mentions if m.end <= first_amount]
        headed = max((n for n, m in enumerate(leading) if _is_headed(clause, m)), default=0)
        leading = leading[headed:]
        self.is_leading = any(m.how in ("per", "contains") for m in leading)
        if not leading:
            return
        last = leading[-1]
        if len({m.portion for m in leading}) > 1 and all(m.how in ("per", "cell") for m in leading):
            self._columns, self._cells = leading, ()
        else:
            self._columns = [last]
        self.portion, self._line, self._next, self._heads_doses = last.portion, clause.line, 0, False

    def place(self, clause: Clause) -> None:
        """Find the columns of a clause's amounts by its cells."""
        self._placed = columns_of(clause, self._cells)

    def enter(self, clause: Clause, mentions: list[PortionMention], start: int, at: int) -> None:
        """A portion that "contains", has a heading before it or a colon behind it, begins a new sentence within the
        clause: it holds for what follows, with those right behind it as columns."""
        opened: list[PortionMention] = []
        for index in range(bisect_right(mentions, start, key=lambda m: m.start), len(mentions)):
            mention = mentions[index]
            if mention.end > at:
                break
            if _opens(clause, mention) or _is_headed(clause, mention) or self.leads_next(clause, mention, at):
                opened = [mention]
            elif opened and _is_headed(clause, opened[0]) and _before_per(clause, mention) < opened[-1].end:
                opened.append(mention)
        if opened:
            self.portion, self._columns, self._next, self.is_leading = opened[-1].portion, opened, 0, True
            self._cells = ()

    def leads_next(self, clause: Clause, mention: PortionMention, at: int) -> bool:
        """ "Per day 375 mg, per tablet 125 mg": whether a portion stands right before an amount in a clause that names
        them so."""
        leads = self.is_leading and mention.how == "per" and at < len(clause.items)
        return leads and all(item.text == ":" for item in clause.items[mention.end : at])

    def behind(self, clause: Clause, mentions: list[PortionMention], at: int, following: int) -> PortionMention | None:
        """A portion named behind the amount at `at` and before the next: "100 mg per tablet"."""
        first = bisect_right(mentions, at, key=lambda m: m.start)
        near = mentions[first : first + _NEAR_MENTIONS]
        found = next((m for m in near if m.start < following and m.how == "per"), None)
        if found is None or self.leads_next(clause, found, following) or _is_headed(clause, found):
            return None
        return found

    def is_above(self, clause: Clause) -> bool:
        """Whether a name alone on its line stands below the head of a table, though a list's heading rules it."""
        headed = self.any and clause.line - self._line <= _TABLE_LINES
        return headed and len(clause.items) == 1 and clause.section == "ingredients"

    @property
    def bracketed(self) -> Portion | None:
        """The portion that amounts in brackets are for, where the head says so in brackets."""
        return next((m.portion for m in self._columns if m.bracketed), None)

    def portion_of(self, clause: Clause, at: int) -> Portion | None:
        """The portion of the column that an amount stands in, or the one named last."""
        item = clause.items[at]
        if item.depth and self.bracketed is not None:
            return self.bracketed
        if not self._columns or item.unit not in MASSES or item.depth:
            return self.portion
        own, row = self._placed.get(at), row_of(clause)
        if own is None and row.has_empty and (len(self._cells) == 1 or len(row.amounts) < len(self._columns)):
            return None
        if len(self._columns) > 1:
            column = self._next if own is None else own
            self._next = column + 1
            return self._columns[min(column, len(self._columns) - 1)].portion
        if own is None and self._cells and clause.first and row.alone > 1:
            return None  # one head for several cells: nobody knows which of them it is for
        return self.portion


def _without_corner(clause: Clause, mentions: list[PortionMention]) -> list[PortionMention]:
    """The mentions without one in the cell over the names: "Daily dose 4 capsules | per capsule | per daily dose"."""
    if len(mentions) <= _LEAST_COLUMNS or mentions[0].how not in ("size", "cell"):
        return mentions
    first, second = (row_of(clause).numbers[mention.start] for mention in mentions[:2])
    named = not PORTIONS.isdisjoint(clause.items[0].senses)
    return mentions[1:] if named and first == 0 < second else mentions


def _opens(clause: Clause, mention: PortionMention) -> bool:
    return mention.how == "contains" or (mention.how == "per" and clause.items[mention.end].text == ":")


def _before_per(clause: Clause, mention: PortionMention) -> int:
    """The index of what stands before a portion and its "per", -1 where nothing does."""
    for at in range(mention.start - 1, max(-1, mention.start - 1 - _NEAR_HEADING), -1):
        item = clause.items[at]
        if item.kind != "c" and item.text != "." and "relation.per" not in item.senses:
            return at
    return -1


def _is_headed(clause: Clause, mention: PortionMention) -> bool:
    """ "Nutrition facts per 2 capsules Magnesium 300 mg": whether a heading stands right before a portion, and a name
    or another portion behind it."""
    at = _before_per(clause, mention)
    if at < 0 or mention.how != "per" or at == mention.start - 1 or clause.items[at].kind != "w":
        return False
    behind = [item for item in clause.items[mention.end : mention.end + 2] if item.kind != "c"]
    names = bool(behind) and (behind[0].kind in "mo" or "relation.per" in behind[0].senses)
    return names and not clause.items[at].senses.keys().isdisjoint(_HEADING_FACTS[:2])


def _counts_doses(clause: Clause) -> bool:
    return clause.section == "directions" and any(i.kind in "US" and i.high for i in clause.items)


def _is_heading_of_doses(clause: Clause, mentions: list[PortionMention]) -> bool:
    """ "Recommended daily dose:" as a heading of the directions."""
    named_only = len(mentions) == 1 and mentions[0].how == "cell" and mentions[0].portion.unit in ("day", "serving")
    return named_only and clause.section == "directions"


def _tells_dose(clause: Clause, mentions: list[PortionMention]) -> bool:
    """ "Daily dose: 2 tablets" on a line of its own: how much to take, which heads no amounts."""
    if clause.section != "directions" or not clause.first or clause.says(*_HEADING_FACTS):
        return False
    bracketed = any(i.depth for m in mentions for i in clause.items[m.start : m.end])  # "Daily dose (3 capsules)"
    return not bracketed and all(mention.how == "size" and mention.day for mention in mentions)


def _heads_percentages(clause: Clause) -> bool:
    """ "% NRV*" on a line of its own, in the head of a table with one cell a line."""
    return clause.says("reference.nrv") and all(i.kind == "p" or "reference.nrv" in i.senses for i in clause.items)


def _doses(clause: Clause, mentions: list[PortionMention]) -> bool:
    """Whether a clause gives a dose rather than heading a table, which may tell how its columns' goods are diluted."""
    is_table = clause.has("c") or "section.facts" in clause.items[0].senses
    if is_table and sum(m.how == "per" for m in mentions) > 1:
        return False
    if clause.items[-1].text == ":" and clause.says("relation.equivalent") and all(m.how == "per" for m in mentions):
        return False  # "This dosage corresponds to a daily intake of:"
    heads = ("relation.per", "portion.serving", "portion.day")
    if any(not DOSING.isdisjoint(i.senses) and i.senses.keys().isdisjoint(heads) for i in clause.items):
        return True
    return clause.section == "directions" and clause.says("frequency.daily", "times", "time")
