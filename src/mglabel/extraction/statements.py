"""Find statements: every amount of magnesium or of a compound, with what it is stated for.

Works clause by clause; between clauses it remembers the columns of the table, the portion named last and the topic of
the row, so that a name on one line and its amounts on the next belong together.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import msgspec

from mglabel.extraction.binding import Subject, names_follow, source_of_element, subject_before
from mglabel.extraction.claimed import SoFar, claimed
from mglabel.extraction.contexts import is_need, not_content
from mglabel.extraction.found import Found, Statements
from mglabel.extraction.headings import Headings
from mglabel.extraction.heads import Heads
from mglabel.extraction.item import FOOTNOTES, MASSES, Item
from mglabel.extraction.layout import Clause
from mglabel.extraction.measuring import (
    BEFORE,
    dosed_portion,
    is_pack,
    portion_of_each,
    states_share,
    times_before,
    unit_of_strength,
)
from mglabel.extraction.ownership import owner_of, with_source
from mglabel.extraction.people import may_name_people, spoken_to
from mglabel.extraction.percentages import read_percent
from mglabel.extraction.portion_mention import PortionMention
from mglabel.extraction.portions import portion_mentions
from mglabel.extraction.titles import Title
from mglabel.extraction.topics import Topics
from mglabel.extraction.unit_sizes import unit_sizes
from mglabel.tables.chemistry import forms
from mglabel.values.evidence import Span
from mglabel.values.label import Claimed, OtherAmount, Portion

_ENDS_FACTS = frozenset(("directions", "storage", "warnings"))
"""Sections behind whose headings nothing is stated for the portion named before them."""

_LISTS = ("ingredients", "other", "warnings")
"""Sections in which a name alone on its line has no amounts below it."""

_FRONT_LINES = 3
"""So many lines from the top the product's name may stand."""


class StatementReader:
    """Reads one text's clauses in order."""

    def __init__(self) -> None:
        self._found = Found()
        self._heads = Heads()
        self._headings = Headings()
        self._topics = Topics(self._heads)
        self._so_far = SoFar(self._found, self._heads, self._headings, self._topics)
        self._title = Title()
        self._stated_for: Portion | None = None
        """The portion that the last amount was stated for: a list behind its facts begins anew."""

    def read(self, all_clauses: Iterable[Clause]) -> Statements:
        """Every statement of the text."""
        names_magnesium = False
        for clause in all_clauses:
            names_magnesium = names_magnesium or clause.has("m")
            self._clause(clause)
        return self._found.statements(names_magnesium)

    # -- one clause ------------------------------------------------------------------------------------------------

    def _clause(self, clause: Clause) -> None:
        mentions = portion_mentions(clause)
        self._note_days(clause, mentions)
        sizes, taken = unit_sizes(clause.items, mentions)
        self._found.sizes += sizes
        taken |= {index for m in mentions for index in range(m.start, m.end)}
        if self._headings.changes_section(clause) and clause.first:
            if clause.section in _ENDS_FACTS or self._ends_in_list(clause):
                self._heads.forget()
        self._headings.note(clause, mentions)
        amounts = (
            [index for index, item in enumerate(clause.items) if item.kind in "AP" and index not in taken and item.high]
            if clause.has("AP")
            else []
        )
        if amounts:
            self._heads.lead(clause, mentions, amounts[0])
            self._title.note(clause, amounts, mentions, self._so_far)
            self._amounts(clause, amounts, mentions)
        else:
            self._headings.note_kinds(clause)
            behind = self._heads.hold_below(clause, mentions)
            if behind is not None:
                self._found.hold_for_above(behind)
            self._title.read_below(clause, self._so_far)
            self._name_only(clause)

    def _note_days(self, clause: Clause, mentions: list[PortionMention]) -> None:
        """Portions that the label calls a day's, unless they are a child's."""
        of_day = [mention for mention in mentions if mention.day and mention.portion.unit != "day"]
        if not of_day or (may_name_people(clause) and spoken_to(clause.items) == "children"):
            return
        for mention in of_day:
            first, last = clause.items[mention.start], clause.items[mention.end - 1]
            self._found.days.append((mention.portion, Span(first.start, last.end)))

    def _ends_in_list(self, clause: Clause) -> bool:
        """Whether the list of ingredients begins behind facts that were stated for the portion named before them."""
        listed = clause.section in ("ingredients", "other") and any(item.text == ":" for item in clause.items[:3])
        return listed and self._heads.portion is not None and self._heads.portion == self._stated_for

    def _name_only(self, clause: Clause) -> None:
        """A line with a name and no amount is the topic of the amounts on the next lines."""
        first = next((item for item in clause.items if item.kind in "mo"), None) if clause.has("mo") else None
        if first is None or (clause.section in _LISTS and not self._heads.is_above(clause)):
            if self._topics.now and any(i.kind == "w" and not i.senses and len(i.text) > 2 for i in clause.items):
                self._topics.forget()
            return
        numbers = [i for i in clause.items if i.kind == "N" and i.high]
        if clause.section == "front" and len(numbers) == 1 and first.kind == "m" and clause.line < _FRONT_LINES:
            self._found.title_numbers.append((numbers[0].most, Span(numbers[0].start, numbers[0].end)))
        subject = subject_before(clause.items, 0, len(clause.items))
        if subject is not None and subject.at >= 0:
            self._topics.start(subject, clause.items[subject.at], clause.line)

    # -- its amounts -----------------------------------------------------------------------------------------------

    def _amounts(self, clause: Clause, amounts: list[int], mentions: list[PortionMention]) -> None:
        found, topics = self._found, self._topics
        previous = 0
        topics.in_row = False
        self._heads.place(clause)
        first_claim = len(found.claims)
        last_of_clause: int | None = None
        owned_by_other, owned_until = False, 0
        named_share: Decimal | None = None
        follow = names_follow(clause.items, amounts, max((m.end for m in mentions if m.end <= amounts[0]), default=0))
        for position, at in enumerate(amounts):
            item = clause.items[at]
            following = amounts[position + 1] if position + 1 < len(amounts) else len(clause.items)
            if item.kind == "P" and states_share(clause, at):
                named_share = item.most
                if last_of_clause is not None:
                    found.give_share(last_of_clause, named_share)
                previous = max(previous, at + 1) if last_of_clause is not None else previous
                continue
            if item.kind == "P" and (owned_by_other or at < owned_until):
                previous = max(previous, at + 1)
                continue
            if item.kind == "P":
                used = read_percent(clause, previous, at, last_of_clause, self._so_far)
                previous = max(previous, at + 1) if used else previous
                continue
            if self._headings.in_reference_table:
                found.drop(item, "reference")
                continue
            self._heads.enter(clause, mentions, amounts[position - 1] if position else at, at)
            owner, left, from_right = owner_of(clause, previous, at, following, follow)
            subject = with_source(clause.items, at, topics.carried(clause, at, left) if owner is None else owner)
            topics.in_row = subject.kind != "unknown"
            if subject.kind == "compound" and not subject.relations and last_of_clause is not None:
                subject = _as_part(subject, found.claims[last_of_clause])
            portion = self._heads.behind(clause, mentions, at, _past_percentage(clause.items, following))
            whole = found.claims[last_of_clause] if last_of_clause is not None else None
            claim = self._amount(clause, at, subject, portion, whole)
            if claim is not None and named_share is not None:
                found.give_share(claim, named_share)
            owned_by_other = subject.kind == "unknown" and claim is None
            owned_until = subject.at if claim is None and from_right else 0
            last_of_clause = (
                claim if claim is not None else None if subject.kind in ("other", "unknown") else last_of_clause
            )
            if source_of_element(clause.items, at) is None:
                previous = at + 1
            if from_right and subject.at > at:
                previous = _past_forms(clause.items, subject, following)
        self._portion_for_all(mentions, amounts, first_claim)
        topics.go_on(clause.line)

    def _portion_for_all(self, mentions: list[PortionMention], amounts: list[int], first_claim: int) -> None:
        """A portion at the end of a clause that had none before holds for all its amounts; and so does a measure behind
        the last one: "1 tablet gives a drink with magnesium 8 mg and sodium 33 mg per 100 ml"."""
        behind = next((m for m in mentions if m.start > amounts[-1] and m.how == "per"), None)
        if behind is None:
            return
        if not any(m.end <= amounts[0] for m in mentions):
            self._found.state_rest_for(behind.portion, first_claim)
        elif behind.portion.unit in ("g", "ml") and not behind.bracketed and len(amounts) > 1:
            self._found.state_all_for(behind.portion, first_claim)

    def _amount(
        self, clause: Clause, at: int, subject: Subject, behind: PortionMention | None, whole: Claimed | None
    ) -> int | None:
        """Note one amount with its subject; gives its index among the claims, None where it is no statement. A part is
        for the portion of the whole before it."""
        item = clause.items[at]
        if subject.kind in ("other", "unknown"):
            self._note_other(clause, item, subject)
            return None if subject.kind == "other" else self._of_known(clause, at)
        reason = self._is_elsewhere(clause, at, subject)
        if reason:
            self._found.drop(item, reason)
            return None
        portion = portion_of_each(clause.items, at)
        if portion is None:
            portion = behind.portion if behind else None if self._heads.is_leading else dosed_portion(clause, at)
        if behind and self._heads.portion is None:
            self._heads.portion = behind.portion
        bracketed = self._heads.bracketed if item.depth else None
        if self._is_weight(clause, at, subject, portion or bracketed or self._heads.portion):
            self._found.drop(item, "pack")
            return None
        subject = self._begin_row(clause, at, subject)
        portion = portion or self._heads.portion_of(clause, at)
        if portion is None and whole is not None and "of-which" in subject.relations:
            portion = whole.portion
        claim = claimed(clause, item, subject, portion, self._so_far)
        self._stated_for = self._heads.portion
        if portion is None:
            return self._found.add(claim, unit_of_strength(clause.items, at))
        return self._found.add(_taken_times(claim, times_before(clause.items, at)))

    def _is_elsewhere(self, clause: Clause, at: int, subject: Subject) -> str | None:
        """Why an amount is not of what the product contains, None where it is."""
        reason = not_content(clause, at) or ("additive" if _is_additive(subject) else None)
        if reason:
            return reason
        if self._headings.audience == "children" and clause.says("frequency.daily", "frequency.times", "times"):
            return "children"
        return "reference" if subject.at < 0 and is_need(clause, at) else None

    def _begin_row(self, clause: Clause, at: int, subject: Subject) -> Subject:
        """Make the subject of an amount the topic where it is a new one; gives it as what it then is."""
        topics = self._topics
        of_source = clause.items[at].depth > 0 and bool(subject.relations & {"as-form", "from"})
        if of_source:
            topics.begin_with_element(clause, at)
        if of_source and topics.now is not None:
            return subject._replace(relations=subject.relations | {"compound-word"})
        if subject.at >= 0 and topics.item is not clause.items[subject.at]:
            topics.start(subject, clause.items[subject.at], clause.line)
        elif topics.now is None:
            topics.start(subject, None, clause.line)
        return subject

    def _is_weight(self, clause: Clause, at: int, subject: Subject, portion: Portion | None) -> bool:
        """Whether the amount is what the pack or a unit weighs; in a table with one cell a line it is the cell's."""
        before, behind = clause.items[max(0, at - 2) : at], clause.items[at + 1 : at + 2]
        if subject.at < 0 and any("pack.weighs" in i.senses for i in before):
            return True
        if any("pack.weighs" in i.senses for i in behind):
            return True  # "(650 mg net weight)"
        named_above = self._topics.now is not None and self._topics.now.line == clause.line - 1
        in_cell = self._heads.any and len(clause.items) == 1 and named_above
        return clause.items[at].unit in ("g", "kg") and not in_cell and is_pack(clause, at, subject, portion)

    def _of_known(self, clause: Clause, at: int) -> int | None:
        """The claim that a nameless amount belongs to: it adds to one, repeats one, or tells one for another count."""
        item = clause.items[at]
        known = self._found.added(clause, at)
        known = self._found.repeated(item) if known is None else known
        return self._found.multiplied(item, self._heads.portion) if known is None else known

    def _note_other(self, clause: Clause, item: Item, subject: Subject) -> None:
        """Note an amount of something else, which the row then speaks of."""
        if subject.kind == "other" and subject.at >= 0:
            self._topics.start_other(subject, clause.items[subject.at], clause.line)
        elif subject.kind == "unknown" and clause.first:
            self._topics.forget()
        if subject.kind == "other" and item.unit in MASSES and subject.form:
            mass, span = item.most * MASSES[item.unit], Span(item.start, item.end)
            self._found.others.append(OtherAmount(subject.form, mass, self._heads.portion, span))


def _is_additive(subject: Subject) -> bool:
    """Whether the amount is of a compound that is only ever an additive: its magnesium supplies nobody."""
    row = forms().get(subject.form) if subject.form else None
    return row is not None and row.role == "additive"


def _as_part(subject: Subject, before: Claimed) -> Subject:
    """What makes the amount before a part of a total holds for the next in its list: "of which A 200 mg, B 100"."""
    relations = frozenset(before.why) & {"of-which", "from"} if before.form else frozenset()
    if before.what == "elemental" and "from" in relations:
        relations |= {"elemental-word"}
    return subject._replace(relations=relations)


def _past_percentage(items: list[Item], at: int) -> int:
    """Past a percentage of an amount and its words, to where a portion may stand: "100 mg (27 % NRV) per tablet"."""
    if at >= len(items) or items[at].kind != "P":
        return at
    end = min(len(items), at + BEFORE)
    behind = next((n for n in range(at + 1, end) if not _is_of_percentage(items[n])), end)
    return max(at, behind + 1) if any("relation.per" in i.senses for i in items[at + 1 : behind]) else at


def _is_of_percentage(item: Item) -> bool:
    """Whether an item may stand between a percentage and a portion that its amount is for."""
    if item.kind == "p":
        return item.text in (")", ".") or item.text in FOOTNOTES
    return item.kind == "w" and not item.senses.keys().isdisjoint(("reference.nrv", "relation.per", "join.of"))


def _past_forms(items: list[Item], subject: Subject, following: int) -> int:
    """The index after a name behind its amount and the compounds that the name is said to come from."""
    last = subject.at
    for index in range(subject.at + 1, min(following, subject.at + BEFORE)):
        if any(items[index] is form for form in subject.forms):
            last = index
    return last + 1


def _taken_times(claim: Claimed, times: Decimal) -> Claimed:
    """The claim of "2 x 150 mg" for a portion, which holds them all."""
    if times == 1:
        return claim
    return msgspec.structs.replace(claim, values_mg=tuple(value * times for value in claim.values_mg))
