"""Find statements: every amount of magnesium or of a compound, with what it is stated for.

Works clause by clause; between clauses it remembers the columns of the table, the portion named last and the topic of
the row, so that a name on one line and its amounts on the next belong together.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

import msgspec

from mglabel.extraction.binding import (
    FOOTNOTES,
    UNKNOWN,
    Subject,
    is_strange,
    names_follow,
    source_of_element,
    subject_before,
)
from mglabel.extraction.contexts import is_need, not_content
from mglabel.extraction.heads import Heads
from mglabel.extraction.items import MASSES, SUBSTANCES, Item
from mglabel.extraction.layout import DOSING, Clause
from mglabel.extraction.measuring import (
    BEFORE,
    dosed_portion,
    is_pack,
    kind_of,
    origin_of,
    portion_of_each,
    states_share,
    times_before,
    unit_of_strength,
)
from mglabel.extraction.mentions import denied
from mglabel.extraction.ownership import has_name_behind, owner_of
from mglabel.extraction.people import may_name_people, names_people, spoken_to
from mglabel.extraction.portions import PortionMention, portion_mentions
from mglabel.extraction.unit_sizes import unit_sizes
from mglabel.tables.chemistry import forms
from mglabel.values.evidence import Span
from mglabel.values.label import Claimed, OtherAmount, Portion

MOLAR = {"mmol": Decimal("24.305"), "mEq": Decimal("12.1525"), "mval": Decimal("12.1525")}
"""mg of magnesium per unit of substance: IUPAC 2021 abridged atomic weight 24.305, two charges."""

_HUNDRED = Decimal(100)
_CARRY_LINES = 3
_ENDS_FACTS = frozenset(("directions", "storage", "warnings"))
"""Sections behind whose headings nothing is stated for the portion named before them."""

_FEW = 12
_ALONE = 3
_TITLE_LINES = 4
_NAME_LINES = 2
_ACTIVE_LINES = 6
_SHORTEST_NAME = 4
"""How far below a medicine's title its substance is looked for: on the next lines, or under its active ingredients."""


class Percent(NamedTuple):
    """A percentage of the reference value, with the amount's index among the claims, None where it stands alone.

    `named` is false where its clause names nothing, so that only the rest of the label can tell what it is of.
    """

    value: Decimal
    portion: Portion | None
    span: Span
    claim: int | None
    signed: bool
    section: str
    named: bool = True


class Statements(NamedTuple):
    """All that was found: claims, lone percentages, amounts of other nutrients, sizes of units, and daily portions."""

    claims: tuple[Claimed, ...]
    percents: tuple[Percent, ...]
    others: tuple[OtherAmount, ...]
    sizes: tuple[tuple[Portion, Portion], ...]
    days: tuple[tuple[Portion, Span], ...]
    dropped: tuple[tuple[Span, str], ...]
    title_numbers: tuple[tuple[Decimal, Span], ...]


def _is_of_something(items: Sequence[Item], at: int) -> bool:
    """Whether a percentage follows the name of something else: a word that no table knows, with a mark, a cell's border
    or an amount behind it, or where nothing that is taken is the subject of which it could be the verb.
    """
    marked = False
    for index in range(at - 1, max(-1, at - 1 - BEFORE), -1):
        item = items[index]
        if item.kind == "w" and not item.senses and len(item.text) < _SHORTEST_NAME:
            continue  # an article
        if item.kind == "w":
            before = items[max(0, index - BEFORE) : index]
            told = any("relation.contains" in i.senses for i in before) or not any(i.kind == "U" for i in before)
            return not item.senses and (marked or told)
        if item.kind not in "AVNc" and item.text not in ("(", ":"):
            return False
        marked = True
    return False


def _is_additive(subject: Subject) -> bool:
    """Whether the amount is of a compound that is only ever an additive: its magnesium supplies nobody."""
    row = forms().get(subject.form) if subject.form else None
    return row is not None and row.role == "additive"


def _is_in_cell(items: list[Item], at: int, item: Item) -> bool:
    """Whether a cell's border stands between a name and its amount, before it or behind it."""
    near = items[max(0, at - BEFORE) : at + BEFORE]
    start, end = sorted((items[at].start, item.start))
    return any(i.kind == "c" and start < i.start < end for i in near)


class _Strength(NamedTuple):
    """The amount in a medicine's title, for what it is, and on which line it stands."""

    item: Item
    portion: Portion | None
    line: int


class _Topic(NamedTuple):
    """Who the row speaks of, and on which line it was last spoken of."""

    subject: Subject
    item: Item | None
    group: int
    line: int


class StatementReader:
    """Reads one text's clauses in order."""

    def __init__(self) -> None:
        self._claims: list[Claimed] = []
        self._percents: list[Percent] = []
        self._others: list[OtherAmount] = []
        self._sizes: list[tuple[Portion, Portion]] = []
        self._days: list[tuple[Portion, Span]] = []
        self._dropped: list[tuple[Span, str]] = []
        self._titles: list[tuple[Decimal, Span]] = []
        self._topic: _Topic | None = None
        self._group = 0
        self._heads = Heads()
        self._behind: tuple[Portion, tuple[int, ...]] | None = None
        """A portion named behind amounts that have none, until other amounts turn out to be what it heads."""
        self._unportioned: dict[int, Portion | None] = {}
        """The amounts without a portion, each with the unit that is named behind it: "150 mg tablets"."""
        self._in_row = False
        self._in_reference_table = False
        self._in_percent_list = False
        """Whether the lines stand below a heading such as "of the reference intake:"."""
        self._section = ""
        self._audience = ""
        self._kinds: tuple[str, ...] = ()
        self._mass = 0
        self._strength: _Strength | None = None
        self._stated_for: Portion | None = None
        """The portion that the last amount was stated for: a list behind its facts begins anew."""
        self._names_follow = False

    def read(self, all_clauses: Iterable[Clause]) -> Statements:
        """Every statement of the text."""
        named = False
        for clause in all_clauses:
            named = named or clause.has("m")
            self._clause(clause)
        if not named:  # "0.5 g salt" may be anything's
            self._claims, self._percents, self._unportioned, self._behind = [], [], {}, None
        if self._behind is not None:
            self._settle_backwards(*self._behind)
        if len(self._unportioned) == len(self._claims):
            for index, unit in self._unportioned.items():
                self._claims[index] = msgspec.structs.replace(self._claims[index], portion=unit)
        return Statements(
            tuple(self._claims),
            tuple(self._percents),
            tuple(self._others),
            tuple(self._sizes),
            tuple(self._days),
            tuple(self._dropped),
            tuple(self._titles),
        )

    # -- one clause ------------------------------------------------------------------------------------------------

    def _clause(self, clause: Clause) -> None:
        mentions = portion_mentions(clause)
        of_children = may_name_people(clause) and spoken_to(clause.items) == "children"
        for mention in mentions:
            if mention.day and mention.portion.unit != "day" and not of_children:
                first, last = clause.items[mention.start], clause.items[mention.end - 1]
                self._days.append((mention.portion, Span(first.start, last.end)))
        sizes, taken = unit_sizes(clause.items, mentions)
        self._sizes += sizes
        taken |= {index for m in mentions for index in range(m.start, m.end)}
        self._note_reference_table(clause, mentions)
        self._note_audience(clause)
        amounts = (
            [index for index, item in enumerate(clause.items) if item.kind in "AP" and index not in taken and item.high]
            if clause.has("AP")
            else []
        )
        self._note_percent_list(clause)
        if amounts:
            self._heads.lead(clause, mentions, amounts[0])
            self._note_strength(clause, amounts, mentions)
            self._amounts(clause, amounts, mentions)
        else:
            self._note_kinds(clause)
            behind = self._heads.hold_below(clause, mentions)
            if behind is not None:
                self._behind = behind, tuple(self._unportioned)
            if self._strength is not None:
                self._complete_strength(clause, self._strength)
            self._name_only(clause)

    def _note_reference_table(self, clause: Clause, mentions: list[PortionMention]) -> None:
        """A heading such as "recommended upper amounts" rules the table below it, until another heading."""
        if clause.says("section.facts", "section.ingredients", "section.directions", "relation.contains") or mentions:
            self._in_reference_table = False
        elif clause.first and clause.says("reference.upper", "reference.need") and not clause.says("reference.nrv"):
            if not any(i.kind in "AP" for i in clause.items):
                self._in_reference_table = True
        elif clause.first and _heads_needs(clause):
            self._in_reference_table = True

    def _note_percent_list(self, clause: Clause) -> None:
        """ "1 tablet covers of the reference intake:": so the percentages of the lines below it are."""
        if clause.says("reference.nrv") and not clause.has("AP") and _ends_with_reference(clause):
            self._in_percent_list = True
        elif not clause.has("P"):
            self._in_percent_list = False

    def _note_audience(self, clause: Clause) -> None:
        """Whom the lines speak to, by headings and sentences that name people."""
        if clause.section != self._section:
            self._section, self._audience = clause.section, ""
            if clause.first and (clause.section in _ENDS_FACTS or self._ends_in_list(clause)):
                self._heads.forget()
        if may_name_people(clause) and any(names_people(i) for i in clause.items):
            self._audience = spoken_to(clause.items) or self._audience

    def _ends_in_list(self, clause: Clause) -> bool:
        """Whether the list of ingredients begins behind facts that were stated for the portion named before them."""
        listed = clause.section in ("ingredients", "other") and any(item.text == ":" for item in clause.items[:3])
        return listed and self._heads.portion is not None and self._heads.portion == self._stated_for

    def _note_kinds(self, clause: Clause) -> None:
        """Columns headed "compound" and "pure mineral" say what the amounts below them are."""
        if not clause.says("relation.compound") or not clause.says("relation.elemental"):
            return
        kinds = [k for i in clause.items for k in ("relation.compound", "relation.elemental") if k in i.senses]
        self._kinds = tuple("compound" if k == "relation.compound" else "elemental" for k in kinds)

    def _settle_backwards(self, portion: Portion, claims: tuple[int, ...]) -> None:
        """ "Pour un comprimé" below a list: amounts above that had no portion are for this one."""
        for index in claims:
            self._claims[index] = msgspec.structs.replace(self._claims[index], portion=portion)
        self._unportioned = {index: unit for index, unit in self._unportioned.items() if index not in claims}

    def _name_only(self, clause: Clause) -> None:
        """A line with a name and no amount is the topic of the amounts on the next lines."""
        named = [i for i, item in enumerate(clause.items) if item.kind in "mo"] if clause.has("mo") else []
        if self._strength is not None and len(named) == 1 and len(clause.items) <= _ALONE:
            self._strength_of(clause, clause.items[named[0]], self._strength)
        in_list = clause.section in ("ingredients", "other", "warnings") and not self._heads.is_above(clause)
        if not named or in_list:
            if self._topic and any(i.kind == "w" and not i.senses and len(i.text) > 2 for i in clause.items):
                self._topic = None
            return
        numbers = [i for i in clause.items if i.kind == "N" and i.high]
        if clause.section == "front" and len(numbers) == 1 and clause.items[named[0]].kind == "m" and clause.line < 3:
            self._titles.append((numbers[0].most, Span(numbers[0].start, numbers[0].end)))
        subject = subject_before(clause.items, 0, len(clause.items))
        if subject is None or subject.at < 0:
            return
        self._start(subject, clause.items[subject.at], clause.line)

    def _note_strength(self, clause: Clause, amounts: list[int], mentions: list[PortionMention]) -> None:
        """ "X 500 mg film-coated tablets", "X 1 g/10 ml oral solution": a title; the substance stands below."""
        item = clause.items[amounts[0]]
        medicine = clause.line < _TITLE_LINES and clause.says("use.medicine") and not clause.has("mo")
        if not medicine or len(amounts) > 1 or item.unit not in MASSES or item.low != item.high:
            return
        unit = next((i.unit for i in clause.items if i.kind == "U" and not i.high), "")
        behind = self._trailing(clause, mentions, amounts[0], len(clause.items))
        portion = Portion(Decimal(1), unit) if unit else behind.portion if behind is not None else None
        self._strength = _Strength(item, portion, clause.line)

    def _complete_strength(self, clause: Clause, strength: _Strength) -> None:
        """The unit of a title's strength may stand on the line below: "sachets"."""
        unit = next((i.unit for i in clause.items if i.kind == "U" and not i.high), "")
        if strength.portion is None and unit and clause.line == strength.line + 1:
            self._strength = strength._replace(portion=Portion(Decimal(1), unit))

    def _strength_of(self, clause: Clause, name: Item, strength: _Strength) -> None:
        """State the strength of a medicine's title for the one substance that a line below it names."""
        self._strength = None
        reach = _ACTIVE_LINES if clause.section == "facts" else _NAME_LINES
        if name.kind == "m" and name.senses["form"] and strength.portion and clause.line - strength.line <= reach:
            word = frozenset(("compound-word",))
            subject = Subject("compound", name.senses["form"], clause.items.index(name), (), word)
            self._start(subject, name, clause.line)
            self._claims.append(self._claim(clause, strength.item, subject, strength.portion))

    def _start(self, subject: Subject, item: Item | None, line: int) -> None:
        """Begin a new topic; a magnesium compound right after magnesium itself stays in its group."""
        old = self._topic
        joined = (
            old is not None
            and subject.kind in ("element", "compound")
            and old.subject.kind in ("element", "compound")
            and (
                subject.relations & {"of-which", "equivalent", "from", "as-form"}
                or (old.subject.kind == "compound" and subject.kind == "element")
            )
        )
        if not joined:
            self._group += 1
        self._topic = _Topic(subject, item, self._group, line)
        self._mass = 0
        self._heads.begin_row()

    # -- its amounts -----------------------------------------------------------------------------------------------

    def _amounts(self, clause: Clause, amounts: list[int], mentions: list[PortionMention]) -> None:
        previous = 0
        self._in_row = False
        self._heads.place(clause)
        first_claim = len(self._claims)
        last_of_clause: int | None = None
        owned_by_other, owned_until = False, 0
        named_share: Decimal | None = None
        self._names_follow = names_follow(
            clause.items, amounts, max((m.end for m in mentions if m.end <= amounts[0]), default=0)
        )
        for position, at in enumerate(amounts):
            item = clause.items[at]
            following = amounts[position + 1] if position + 1 < len(amounts) else len(clause.items)
            if item.kind == "P" and states_share(clause, at):
                named_share = item.most
                if last_of_clause is not None:
                    self._give_share(last_of_clause, named_share)
                previous = max(previous, at + 1) if last_of_clause is not None else previous
                continue
            if item.kind == "P" and (owned_by_other or at < owned_until):
                previous = max(previous, at + 1)
                continue
            if item.kind == "P":
                used = self._percent(clause, previous, at, last_of_clause)
                previous = max(previous, at + 1) if used else previous
                continue
            if self._in_reference_table:
                self._dropped.append((Span(item.start, item.end), "reference"))
                continue
            self._heads.enter(clause, mentions, amounts[position - 1] if position else at, at)
            owner, left, from_right = owner_of(clause, previous, at, following, self._names_follow)
            subject = self._carried(clause, at, left) if owner is None else owner
            self._in_row = subject.kind != "unknown"
            if subject.kind == "compound" and not subject.relations and last_of_clause is not None:
                subject = self._as_part(subject, last_of_clause)
            claim = self._amount(clause, at, subject, self._trailing(clause, mentions, at, following))
            if claim is not None and named_share is not None:
                self._give_share(claim, named_share)
            owned_by_other = subject.kind == "unknown" and claim is None
            owned_until = subject.at if claim is None and from_right else 0
            last_of_clause = (
                claim if claim is not None else None if subject.kind in ("other", "unknown") else last_of_clause
            )
            if source_of_element(clause.items, at) is None:
                previous = at + 1
            if from_right and subject.at > at:
                previous = self._past_forms(clause.items, subject, following)
        self._trailing_for_all(mentions, amounts, first_claim)
        if self._topic is not None:
            self._topic = self._topic._replace(line=clause.line)

    def _as_part(self, subject: Subject, before: int) -> Subject:
        """What makes the amount before a part of a total holds for the next in its list: "of which A 200 mg, B 100"."""
        claim = self._claims[before]
        relations = frozenset(claim.why) & {"of-which", "from"} if claim.form else frozenset()
        if claim.what == "elemental" and "from" in relations:
            relations |= {"elemental-word"}
        return subject._replace(relations=relations)

    def _give_share(self, index: int, percent: Decimal) -> None:
        """Note the share of magnesium that the label states for a compound whose amount it tells."""
        claim = self._claims[index]
        if claim.what != "elemental" and claim.form is not None:
            why = tuple(sorted({*claim.why, "compound-word"}))
            self._claims[index] = msgspec.structs.replace(claim, what="compound", why=why, share=percent / _HUNDRED)

    @staticmethod
    def _past_forms(items: list[Item], subject: Subject, following: int) -> int:
        """The index after a name behind its amount and the compounds that the name is said to come from."""
        last = subject.at
        for index in range(subject.at + 1, min(following, subject.at + BEFORE)):
            if any(items[index] is form for form in subject.forms):
                last = index
        return last + 1

    def _trailing(
        self, clause: Clause, mentions: list[PortionMention], at: int, following: int
    ) -> PortionMention | None:
        """A portion named behind the amount and before the next: "100 mg per tablet"."""
        first = bisect_right(mentions, at, key=lambda m: m.start)
        behind = mentions[first : first + 3]
        found = next((m for m in behind if m.start < following and m.how == "per"), None)
        return None if found is not None and self._heads.leads_next(clause, found, following) else found

    def _trailing_for_all(self, mentions: list[PortionMention], amounts: list[int], first_claim: int) -> None:
        """A portion at the end of a clause that had none before holds for all its amounts; and so does a measure behind
        the last one: "1 tablet gives a drink with magnesium 8 mg and sodium 33 mg per 100 ml"."""
        trailing = [m for m in mentions if m.start > amounts[-1] and m.how == "per"]
        if not trailing:
            return
        if any(m.end <= amounts[0] for m in mentions):
            measured = trailing[0].portion.unit in ("g", "ml") and not trailing[0].bracketed and len(amounts) > 1
            here = list(range(first_claim, len(self._claims))) if measured else []
        else:
            here = [index for index in self._unportioned if index >= first_claim]
        for index in here:
            self._claims[index] = msgspec.structs.replace(self._claims[index], portion=trailing[0].portion)
        self._unportioned = {index: unit for index, unit in self._unportioned.items() if index < first_claim}

    def _carried(self, clause: Clause, at: int, left: Subject | None) -> Subject:
        """The topic of the row where the amount has no name of its own; unknown where none can hold."""
        topic = self._topic
        if clause.items[at].unit == "g" and clause.says(*DOSING, "frequency.daily"):
            return UNKNOWN  # so much powder is a dose
        if topic is None or clause.section == "other" or (at and clause.items[at - 1].text == "+"):
            return UNKNOWN
        in_row = topic.line == clause.line and self._in_row
        before = clause.items[max(0, at - BEFORE) : at]
        bare = not any("relation.contains" in i.senses or is_strange(i) for i in before)
        bare = bare and not clause.is_footnote and not any(i.kind == "N" for i in before)  # "60 x 0.8 g" is a pack
        starts_line = clause.first and bare and clause.line - topic.line <= _CARRY_LINES
        related = left is not None and bool(left.relations)
        behind = clause.items[at + 1 : at + 2]
        opens = starts_line and not any(i.kind in "mo" for i in before)
        if not related and ((behind and is_strange(behind[0])) or (opens and has_name_behind(clause.items, at))):
            return UNKNOWN  # it measures what is named behind it
        if not (in_row or starts_line or (related and clause.line - topic.line <= 1)):
            return UNKNOWN
        relations = left.relations if left is not None else frozenset()
        if clause.items[at].depth and behind and "relation.elemental" in behind[0].senses:
            relations |= {"elemental-word"}  # "oxide 500 mg (300 mg elemental)"
        subject = topic.subject
        if left is not None and left.forms and subject.kind == "element" and not self._mass and starts_line:
            subject = subject._replace(forms=left.forms)  # its bracket stands below the name: "(as citrate) | 100 mg"
            self._topic = topic._replace(subject=subject)
        if (
            left is not None
            and left.forms
            and subject.kind == "element"
            and "from" in relations
            and "of-which" not in relations
        ):
            return subject._replace(relations=relations)
        if subject.kind == "compound" and relations & {"of-which", "equivalent", "elemental-word"}:
            return Subject("element", None, -1, (), relations)
        return subject._replace(at=-1, relations=relations)

    def _amount(self, clause: Clause, at: int, subject: Subject, trailing: PortionMention | None) -> int | None:
        """Note one amount with its subject; gives its index among the claims, None where it is no statement."""
        item = clause.items[at]
        if subject.kind in ("other", "unknown"):
            self._other(clause, at, subject)
            if subject.kind == "other":
                return None
            known = self._added(clause, at)
            known = self._repeated(item) if known is None else known
            return self._multiplied(item) if known is None else known
        span = Span(item.start, item.end)
        reason = not_content(clause, at) or ("additive" if _is_additive(subject) else None)
        if self._audience == "children" and clause.says("frequency.daily", "frequency.times", "times"):
            reason = reason or "children"
        if not reason and subject.at < 0 and is_need(clause, at):
            reason = "reference"
        if reason:
            self._dropped.append((span, reason))
            return None
        portion = portion_of_each(clause.items, at)
        if portion is None:
            portion = trailing.portion if trailing else None if self._heads.is_leading else dosed_portion(clause, at)
        if trailing and self._heads.portion is None:
            self._heads.portion = trailing.portion
        bracketed = self._heads.bracketed if item.depth else None
        if self._is_weight(clause, at, subject, portion or bracketed or self._heads.portion):
            self._dropped.append((span, "pack"))
            return None
        of_source = item.depth > 0 and bool(subject.relations & {"as-form", "from"})
        if of_source:
            self._begin_with_element(clause, at)
        if of_source and self._topic is not None:
            subject = subject._replace(relations=subject.relations | {"compound-word"})
        elif subject.at >= 0:
            if self._topic is None or self._topic.item is not clause.items[subject.at]:
                self._start(subject, clause.items[subject.at], clause.line)
        elif self._topic is None:
            self._start(subject, None, clause.line)
        portion = portion or self._heads.portion_of(clause, at)
        claim = self._claim(clause, item, subject, portion)
        if portion is not None:
            claim = _taken_times(claim, times_before(clause.items, at))
        self._claims.append(claim)
        self._stated_for = self._heads.portion
        if portion is None:
            self._unportioned[len(self._claims) - 1] = unit_of_strength(clause.items, at)
        return len(self._claims) - 1

    def _begin_with_element(self, clause: Clause, at: int) -> None:
        """ "Magnesium (from 1250 mg malate) 250 mg": the row is of the element before the bracket of its source."""
        depth = clause.items[at].depth
        outer = next((n for n in range(at - 1, max(-1, at - 1 - BEFORE), -1) if clause.items[n].depth < depth), None)
        if outer is None:
            return
        named = clause.items[outer]
        if named.kind != "m" or named.senses["form"]:
            return
        if self._topic is None or self._topic.item is not named:
            sources = tuple(i for i in clause.items[outer + 1 : outer + BEFORE] if i.depth and i.kind == "m")
            self._start(Subject("element", None, outer, sources, frozenset()), named, clause.line)

    def _is_weight(self, clause: Clause, at: int, subject: Subject, portion: Portion | None) -> bool:
        """Whether the amount is what the pack or a unit weighs; in a table with one cell a line it is the cell's."""
        before, behind = clause.items[max(0, at - 2) : at], clause.items[at + 1 : at + 2]
        if subject.at < 0 and any("pack.weighs" in i.senses for i in before):
            return True
        if any("pack.weighs" in i.senses for i in behind):
            return True  # "(650 mg net weight)"
        named_above = self._topic is not None and self._topic.line == clause.line - 1
        in_cell = self._heads.any and len(clause.items) == 1 and named_above
        return clause.items[at].unit in ("g", "kg") and not in_cell and is_pack(clause, at, subject, portion)

    def _added(self, clause: Clause, at: int) -> int | None:
        """ "100 mg + 50 mg": the claim that a nameless amount may add to, so that both readings of it stand."""
        item, before = clause.items[at], clause.items[max(0, at - 2) : at]
        if len(before) < 2 or before[1].text != "+" or item.unit not in MASSES or not self._claims:
            return None
        last = self._claims[-1]
        if before[0].kind != "A" or not last.span.start <= before[0].start < last.span.end:
            return None
        values = (last.values_mg[0] + item.most * MASSES[item.unit], *last.values_mg)
        self._claims[-1] = msgspec.structs.replace(
            last, values_mg=values, span=last.span.joined(Span(item.start, item.end))
        )
        return len(self._claims) - 1

    def _repeated(self, item: Item) -> int | None:
        """The claim whose amount a nameless amount repeats ("the 150 mg are 40 %"), None where it repeats none."""
        if item.unit not in MASSES or not item.high:
            return None
        value = item.most * MASSES[item.unit]
        same = [i for i, c in enumerate(self._claims[-_FEW:], max(0, len(self._claims) - _FEW)) if value in c.values_mg]
        return same[-1] if same else None

    def _multiplied(self, item: Item) -> int | None:
        """ "take four capsules and you get 500 mg": a nameless amount repeats a known one for another count."""
        here = self._heads.portion
        if here is None or item.unit not in MASSES or item.low != item.high:
            return None
        value = item.most * MASSES[item.unit]
        for known in reversed(self._claims[-_FEW:]):
            stated = known.portion
            if stated is None or stated.unit != here.unit or stated == here or len(known.values_mg) > 1:
                continue
            if known.values_mg[0] * here.count == value * stated.count:
                span = Span(item.start, item.end)
                self._claims.append(
                    msgspec.structs.replace(known, values_mg=(value,), portion=here, span=span, percent=None)
                )
                return len(self._claims) - 1
        return None

    def _claim(self, clause: Clause, item: Item, subject: Subject, portion: Portion | None) -> Claimed:
        self._behind = None
        topic_item = clause.items[subject.at] if subject.at >= 0 else self._topic.item if self._topic else None
        in_substance = item.unit in SUBSTANCES
        factor = MOLAR[item.unit] if in_substance else MASSES[item.unit]
        why = set(subject.relations)
        what, form = kind_of(subject, topic_item, in_substance, why)
        origin = origin_of(topic_item, clause, subject.at if subject.at >= 0 else self._named_in(clause))
        if origin and what == "elemental" and not why & {"of-which", "elemental-word", "amount-of-substance"}:
            what, form = "unclear", origin if origin in forms() else None
        if len(self._kinds) == 2 and self._mass < 2 and not in_substance:
            what = self._kinds[self._mass]
            why.add("compound-word" if what == "compound" else "elemental-word")
            form = form or (next(iter(subject.forms)).senses["form"] if len(subject.forms) == 1 else None)
        self._mass += not in_substance
        values = item.high if item.low == item.high else (item.most, item.least)
        name_span = Span(topic_item.start, topic_item.end) if topic_item else Span(item.start, item.end)
        return Claimed(
            what,
            form,
            tuple(v * factor for v in values),
            portion,
            clause.section,
            Span(item.start, item.end).joined(name_span)
            if abs(name_span.start - item.start) < 200
            else Span(item.start, item.end),
            name_span,
            tuple(sorted(why)),
            None,
            topic_item.senses.get("variant") if topic_item else None,
            topic_item.senses.get("hydrate") if topic_item else None,
            "descriptor.buffered" in topic_item.senses if topic_item else False,
            self._topic.group if self._topic else 0,
            item.low != item.high,
            subject.at >= 0 and _is_in_cell(clause.items, subject.at, item),
        )

    def _named_in(self, clause: Clause) -> int:
        """The index of the topic's name in a clause, -1 where it stands in another."""
        at = self._topic.subject.at if self._topic is not None else -1
        here = self._topic is not None and 0 <= at < len(clause.items) and clause.items[at] is self._topic.item
        return at if here else -1

    def _other(self, clause: Clause, at: int, subject: Subject) -> None:
        item = clause.items[at]
        if subject.kind == "other" and subject.at >= 0:
            self._group += 1
            self._topic = _Topic(subject, clause.items[subject.at], self._group, clause.line)
            self._heads.begin_row()
        elif subject.kind == "unknown" and clause.first:
            self._topic = None
        if subject.kind == "other" and item.unit in MASSES and subject.form:
            span = Span(item.start, item.end)
            self._others.append(OtherAmount(subject.form, item.most * MASSES[item.unit], self._heads.portion, span))

    # -- percentages -----------------------------------------------------------------------------------------------

    def _percent(self, clause: Clause, start: int, at: int, claim: int | None) -> bool:
        """Give a percentage to the amount before it or to the magnesium it names; tells whether it was used."""
        items = clause.items
        item = items[at]
        span = Span(item.start, item.end)
        after = items[at + 1] if at + 1 < len(items) else None
        if after is not None and after.kind == "m" and "magnesium.symbols" in after.senses:
            return False
        left = subject_before(items, start, at)
        if clause.says("share.by_mass") and left is not None and left.kind in ("element", "compound"):
            return self._share_by_mass(clause, item, left)
        if claim is not None and (left is None or left.kind == ""):
            known = self._claims[claim]
            if known.percent is None:
                self._claims[claim] = msgspec.structs.replace(known, percent=item.most)
            self._percents.append(Percent(item.most, known.portion, span, claim, True, clause.section))
            return True
        unowned = any(i.kind == "A" for i in items[max(start, at - BEFORE) : at])
        if not unowned and (clause.says("reference.nrv") or (left is not None and left.kind == "element")):
            self._lone_percent(clause, at, left)
        return False

    def _share_by_mass(self, clause: Clause, percent: Item, subject: Subject) -> bool:
        """ "Magnesium 9.2 %" among the analytical constituents of a feed, "17.4 % w/w": so many grams in 100 g."""
        if clause.says("reference.nrv") or subject.at < 0 or percent.most > _HUNDRED or denied(clause, subject.at):
            return False
        grams = Item("A", percent.start, percent.end, percent.text, percent.senses)
        grams.low, grams.high, grams.unit = percent.low, percent.high, "g"
        self._start(subject, clause.items[subject.at], clause.line)
        known = subject if subject.kind == "element" else subject._replace(relations=frozenset(("compound-word",)))
        self._claims.append(self._claim(clause, grams, known, Portion(_HUNDRED, "g")))
        return True

    def _lone_percent(self, clause: Clause, at: int, left: Subject | None) -> None:
        """ "2 tablets give 100 % of the reference intake of magnesium": a percentage that states the amount itself."""
        items = clause.items
        if not_content(clause, at) == "talk":
            return
        magnesium_behind = _is_of_magnesium_behind(items, at)
        named = left is not None and left.kind == "element"
        carried = left is None and self._topic is not None and self._topic.subject.kind == "element" and clause.first
        nameless = not clause.has("mo") and not _is_of_something(items, at)
        of_reference = clause.says("reference.nrv") or (self._in_percent_list and named)
        if of_reference and (named or magnesium_behind or carried or nameless):
            item, by_name = items[at], named or magnesium_behind or carried
            self._percents.append(
                Percent(item.most, self._heads.portion, Span(item.start, item.end), None, True, clause.section, by_name)
            )


def _ends_with_reference(clause: Clause) -> bool:
    """ "… covers of the reference intake:", "Content in % of the NRV*": a heading of percentages."""
    last = next((i for i in reversed(clause.items) if i.text not in FOOTNOTES), clause.items[-1])
    return last.text == ":" or "reference.nrv" in last.senses


def _heads_needs(clause: Clause) -> bool:
    """ "RDA (elemental magnesium)": a line of nothing but the name of the reference value and the element."""
    first = clause.items[0]
    named = "reference.nrv" in first.senses and any(i.kind == "m" and not i.senses["form"] for i in clause.items)
    return named and all(i.kind in "wm" or i.text in "():-" for i in clause.items)


def _is_of_magnesium_behind(items: list[Item], at: int) -> bool:
    """ "100 % of the reference intake of magnesium", "half (50 %) of the reference intake of magnesium": in the same
    entry, with no other nutrient before it."""
    for index in range(at + 1, min(len(items), at + 12)):
        item = items[index]
        if item.kind in "oP" or item.text in ",;" or "relation.and" in item.senses:
            return False
        if item.text == ")" and items[at].depth and not _says_of(items, index + 1):
            return False
        if item.kind == "m":
            return not item.senses["form"]
    return False


def _says_of(items: list[Item], at: int) -> bool:
    return at < len(items) and "join.of" in items[at].senses


def _taken_times(claim: Claimed, times: Decimal) -> Claimed:
    """The claim of "2 x 150 mg" for a portion, which holds them all."""
    if times == 1:
        return claim
    return msgspec.structs.replace(claim, values_mg=tuple(value * times for value in claim.values_mg))
