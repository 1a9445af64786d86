"""Find statements: every amount of magnesium or of a compound, with what it is stated for.

Works clause by clause; between clauses it remembers the columns of the table, the portion named last and the topic of
the row, so that a name on one line and its amounts on the next belong together.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

import msgspec

from mglabel.extraction.binding import (
    UNKNOWN,
    Subject,
    has_name_behind,
    is_of_next_entry,
    is_strange,
    names_follow,
    owns_next,
    subject_after,
    subject_around_bracket,
    subject_before,
    subject_in_cell_behind,
)
from mglabel.extraction.cells import columns_of, row_of
from mglabel.extraction.contexts import not_content
from mglabel.extraction.items import MASSES, SUBSTANCES, Item
from mglabel.extraction.layout import Clause
from mglabel.extraction.measuring import (
    BEFORE,
    dosed_portion,
    is_for_right,
    is_pack,
    kind_of,
    only_repeated,
    origin_of,
)
from mglabel.extraction.mentions import denied
from mglabel.extraction.people import may_name_people, names_people, spoken_to
from mglabel.extraction.portions import PortionMention, portion_mentions
from mglabel.extraction.unit_sizes import unit_sizes
from mglabel.tables.chemistry import forms
from mglabel.values.evidence import Span
from mglabel.values.label import Claimed, OtherAmount, Portion

MOLAR = {"mmol": Decimal("24.305"), "mEq": Decimal("12.1525"), "mval": Decimal("12.1525")}
"""mg of magnesium per unit of substance: IUPAC 2021 abridged atomic weight 24.305, two charges."""

_HUNDRED = Decimal(100)
_DOSING = frozenset(("dose.take", "dose.dissolve"))
_CARRY_LINES = 3
_ENDS_FACTS = frozenset(("directions", "storage", "warnings"))
"""Sections behind whose headings nothing is stated for the portion named before them."""

_FEW = 12
_TABLE_LINES = 12
_ALONE = 3
_TITLE_LINES = 4
_NAME_LINES = 2
_ACTIVE_LINES = 6
"""How far below a medicine's title its substance is looked for: on the next lines, or under its active ingredients."""


class Percent(NamedTuple):
    """A percentage of the reference value, with the amount's index among the claims, None where it stands alone."""

    value: Decimal
    portion: Portion | None
    span: Span
    claim: int | None
    signed: bool
    section: str


class Statements(NamedTuple):
    """All that was found: claims, lone percentages, amounts of other nutrients, sizes of units, and daily portions."""

    claims: tuple[Claimed, ...]
    percents: tuple[Percent, ...]
    others: tuple[OtherAmount, ...]
    sizes: tuple[tuple[Portion, Portion], ...]
    days: tuple[tuple[Portion, Span], ...]
    dropped: tuple[tuple[Span, str], ...]
    title_numbers: tuple[tuple[Decimal, Span], ...]


def _doses(clause: Clause) -> bool:
    """Whether a clause gives a dose rather than heading a table."""
    heads = ("relation.per", "portion.serving", "portion.day")
    if any(i.senses.keys() & _DOSING and i.senses.keys().isdisjoint(heads) for i in clause.items):
        return True
    return clause.section == "directions" and clause.says("frequency.daily", "times", "time")


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
        self._columns: list[PortionMention] = []
        self._header_line = -9
        self._header_alone = False
        self._portion: Portion | None = None
        self._topic: _Topic | None = None
        self._group = 0
        self._column = 0
        self._heads: tuple[int, ...] = ()
        """The cells that the columns' heads stand in, where they stand in one row."""
        self._behind: tuple[Portion, tuple[int, ...]] | None = None
        """A portion named behind amounts that have none, until other amounts turn out to be what it heads."""
        self._unportioned: list[int] = []
        self._in_row = False
        self._in_reference_table = False
        self._section = ""
        self._audience = ""
        self._kinds: tuple[str, ...] = ()
        self._mass = 0
        self._headed = False
        self._strength: _Strength | None = None
        self._stated_for: Portion | None = None
        """The portion that the last amount was stated for: a list behind its facts begins anew."""
        self._names_follow = False
        self._placed: Mapping[int, int] = {}
        """Under which of the columns' heads the amounts of the clause stand, where its cells tell."""
        self._heads_doses = False
        """Whether the portion is only the heading of the directions: "Recommended daily dose:"."""

    def read(self, all_clauses: Iterable[Clause]) -> Statements:
        """Every statement of the text."""
        for clause in all_clauses:
            self._clause(clause)
        if self._behind is not None:
            self._settle_backwards(*self._behind)
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
        for mention in mentions:
            if mention.day and mention.portion.unit != "day":
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
        if amounts:
            self._leading(clause, mentions, amounts)
            self._note_strength(clause, amounts, mentions)
            self._amounts(clause, amounts, mentions)
        else:
            self._header(clause, mentions)
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

    def _note_audience(self, clause: Clause) -> None:
        """Whom the lines speak to, by headings and sentences that name people."""
        if clause.section != self._section:
            self._section, self._audience = clause.section, ""
            if clause.first and (clause.section in _ENDS_FACTS or self._ends_in_list(clause)):
                self._portion, self._columns = None, []
        if may_name_people(clause) and any(names_people(i) for i in clause.items):
            self._audience = spoken_to(clause.items) or self._audience

    def _ends_in_list(self, clause: Clause) -> bool:
        """Whether the list of ingredients begins behind facts that were stated for the portion named before them."""
        listed = clause.section in ("ingredients", "other") and any(item.text == ":" for item in clause.items[:3])
        return listed and self._portion is not None and self._portion == self._stated_for

    def _header(self, clause: Clause, mentions: list[PortionMention]) -> None:
        """A clause that names portions without amounts heads what follows: its columns, or one portion for all."""
        self._note_kinds(clause)
        if (
            self._heads_doses
            and clause.section == "directions"
            and any(i.kind in "US" and i.high for i in clause.items)
        ):
            self._portion, self._columns, self._heads_doses = None, [], False
        mentions = [m for m in mentions if not m.start or clause.items[max(0, m.start - 2)].kind != "N"]  # a price
        if not mentions or _doses(clause):
            return
        named_only = len(mentions) == 1 and mentions[0].how == "cell" and mentions[0].portion.unit in ("day", "serving")
        self._heads_doses = named_only and clause.section == "directions"
        alone = len(mentions) == 1 and not any(i.kind == "w" and not i.senses for i in clause.items)
        same_line = clause.line == self._header_line and not clause.first  # a heading within the head of a table
        stacked = clause.line - self._header_line <= 1 and alone and self._header_alone
        if self._column or not (same_line or stacked):
            self._columns = []
        if self._columns and self._columns[-1].how == "size":
            self._columns = []
        self._header_alone = alone
        seen = {m.portion for m in self._columns}
        new = [m for m in mentions if m.portion not in seen or m.day]
        self._heads = () if self._columns else tuple(row_of(clause).numbers[m.start] for m in new)
        self._columns += new
        self._header_line = clause.line
        self._portion = mentions[-1].portion if len(mentions) == 1 else mentions[0].portion
        self._column = 0
        before = clause.items[: mentions[0].start]
        if mentions[0].how == "per" and len(clause.items) <= mentions[-1].end + 2:
            if len(before) <= 1 or all(item.text == "." or "relation.per" in item.senses for item in before):
                self._behind = mentions[0].portion, tuple(self._unportioned)

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
        self._unportioned = [index for index in self._unportioned if index not in claims]

    def _leading(self, clause: Clause, mentions: list[PortionMention], amounts: list[int]) -> None:
        """Portions before the first amount of a clause hold for it and what follows."""
        leading = [m for m in mentions if m.end <= amounts[0]]
        self._headed = any(m.how in ("per", "contains") for m in leading)
        if leading:
            last = leading[-1]
            if (
                len(leading) > 1
                and len({m.portion for m in leading}) > 1
                and all(m.how in ("per", "cell") for m in leading)
            ):
                self._columns = leading
                self._heads = ()
            else:
                self._columns = [last]
            self._portion, self._header_line, self._column = last.portion, clause.line, 0
            self._heads_doses = False

    def _name_only(self, clause: Clause) -> None:
        """A line with a name and no amount is the topic of the amounts on the next lines."""
        named = [i for i, item in enumerate(clause.items) if item.kind in "mo"] if clause.has("mo") else []
        if self._strength is not None and len(named) == 1 and len(clause.items) <= _ALONE:
            self._strength_of(clause, clause.items[named[0]], self._strength)
        in_list = clause.section in ("ingredients", "other", "warnings") and not self._is_in_table(clause)
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

    def _is_in_table(self, clause: Clause) -> bool:
        """Whether a name alone on its line stands below the head of a table, though a list's heading rules it."""
        headed = bool(self._columns) and clause.line - self._header_line <= _TABLE_LINES
        return headed and len(clause.items) == 1 and clause.section == "ingredients"

    def _note_strength(self, clause: Clause, amounts: list[int], mentions: list[PortionMention]) -> None:
        """ "X 500 mg film-coated tablets", "X 1 g/10 ml oral solution": a title; the substance stands below."""
        item = clause.items[amounts[0]]
        medicine = clause.line < _TITLE_LINES and clause.says("use.medicine") and not clause.has("mo")
        if not medicine or len(amounts) > 1 or item.unit not in MASSES or item.low != item.high:
            return
        unit = next((i.unit for i in clause.items if i.kind == "U" and not i.high), "")
        behind = self._trailing(mentions, amounts[0], len(clause.items))
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
        self._column = self._mass = 0

    # -- its amounts -----------------------------------------------------------------------------------------------

    def _amounts(self, clause: Clause, amounts: list[int], mentions: list[PortionMention]) -> None:
        previous = 0
        self._in_row = False
        self._placed = columns_of(clause, self._heads)
        first_claim = len(self._claims)
        last_of_clause: int | None = None
        owned_by_other, owned_until = False, 0
        self._names_follow = names_follow(
            clause.items, amounts, max((m.end for m in mentions if m.end <= amounts[0]), default=0)
        )
        for position, at in enumerate(amounts):
            item = clause.items[at]
            following = amounts[position + 1] if position + 1 < len(amounts) else len(clause.items)
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
            self._enter(mentions, amounts[position - 1] if position else at, at)
            subject, from_right = self._subject(clause, previous, at, following)
            self._in_row = subject.kind != "unknown"
            if subject.kind == "compound" and not subject.relations and last_of_clause is not None:
                subject = subject._replace(relations=self._part_relations(last_of_clause))
            claim = self._amount(clause, at, subject, self._trailing(mentions, at, following))
            owned_by_other = subject.kind == "unknown" and claim is None
            owned_until = subject.at if claim is None and from_right else 0
            last_of_clause = (
                claim if claim is not None else None if subject.kind in ("other", "unknown") else last_of_clause
            )
            previous = at + 1
            if from_right and subject.at > at:
                previous = self._past_forms(clause.items, subject, following)
        self._trailing_for_all(mentions, amounts, first_claim)
        if self._topic is not None:
            self._topic = self._topic._replace(line=clause.line)

    def _part_relations(self, before: int) -> frozenset[str]:
        """What makes the amount before a part of a total holds for the next in its list: "of which A 200 mg, B 100"."""
        claim = self._claims[before]
        return frozenset(claim.why) & {"of-which", "from"} if claim.form else frozenset()

    def _enter(self, mentions: list[PortionMention], start: int, at: int) -> None:
        """A portion that "contains" begins a new sentence within the clause: it holds for what follows."""
        inner = [m for m in mentions if start < m.start and m.end <= at and m.how == "contains"]
        if inner:
            self._portion, self._columns, self._column, self._headed = inner[-1].portion, [inner[-1]], 0, True

    @staticmethod
    def _past_forms(items: list[Item], subject: Subject, following: int) -> int:
        """The index after a name behind its amount and the compounds that the name is said to come from."""
        last = subject.at
        for index in range(subject.at + 1, min(following, subject.at + BEFORE)):
            if any(items[index] is form for form in subject.forms):
                last = index
        return last + 1

    @staticmethod
    def _trailing(mentions: list[PortionMention], at: int, following: int) -> PortionMention | None:
        """A portion named behind the amount and before the next: "100 mg per tablet"."""
        first = bisect_right(mentions, at, key=lambda m: m.start)
        behind = mentions[first : first + 3]
        return next((m for m in behind if m.start < following and m.how == "per"), None)

    def _trailing_for_all(self, mentions: list[PortionMention], amounts: list[int], first_claim: int) -> None:
        """A portion at the end of a clause that had none before holds for all its amounts."""
        trailing = [m for m in mentions if m.start > amounts[-1] and m.how == "per"]
        if not trailing or any(m.end <= amounts[0] for m in mentions):
            return
        here = [index for index in self._unportioned if index >= first_claim]
        for index in here:
            self._claims[index] = msgspec.structs.replace(self._claims[index], portion=trailing[0].portion)
        self._unportioned = [index for index in self._unportioned if index < first_claim]

    def _subject(self, clause: Clause, start: int, at: int, following: int) -> tuple[Subject, bool]:
        """Who the amount speaks of, and whether the name stands behind it."""
        items = clause.items
        left = subject_around_bracket(items, at) or subject_before(items, start, at)
        right = subject_after(items, at)
        if self._is_source_of_element(items, at):
            left = Subject("compound", items[at - 2].senses["form"], at - 2, (), frozenset(("as-form",)))
        if self._names_follow and right is not None and (left is None or not left.relations):
            return right, True
        named_left = left is not None and left.kind in ("element", "compound", "other")
        if right is not None and right.at >= following and following < len(items) and items[following].kind == "A":
            right = right if only_repeated(items, at, right.at) else None
        if right is not None and is_of_next_entry(items, at, right.at):
            right = None
        if right is None and left is None and clause.first and clause.has("c"):
            right = subject_in_cell_behind(items, at)
        if right is not None and not named_left:
            if left is UNKNOWN and owns_next(items, right.at):
                return UNKNOWN, False
            relations = left.relations if left is not None else frozenset()
            return right._replace(relations=right.relations | relations), True
        if right is not None and named_left and left is not None and is_for_right(items, left, right, at):
            return right._replace(relations=right.relations | left.relations), True
        if named_left and left is not None:
            return left, False
        if left is UNKNOWN:
            return UNKNOWN, False
        return self._carried(clause, at, left), False

    @staticmethod
    def _is_source_of_element(items: list[Item], at: int) -> bool:
        """ "magnesium 120 mg as citrate (750 mg)": a compound with its mass in a bracket, behind the element itself."""
        if at < 2 or items[at - 1].text != "(" or items[at - 2].kind != "m" or not items[at - 2].senses["form"]:
            return False
        return any(i.kind == "m" and not i.senses["form"] for i in items[max(0, at - BEFORE) : at - 2])

    def _carried(self, clause: Clause, at: int, left: Subject | None) -> Subject:
        """The topic of the row where the amount has no name of its own; unknown where none can hold."""
        topic = self._topic
        if clause.items[at].unit == "g" and clause.says(*_DOSING, "frequency.daily"):
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
            repeated = self._repeated(item)
            return repeated if repeated is not None else self._multiplied(item)
        span = Span(item.start, item.end)
        reason = not_content(clause, at) or ("additive" if _is_additive(subject) else None)
        if self._audience == "children" and clause.says("frequency.daily", "frequency.times", "times"):
            reason = reason or "children"
        if not reason and subject.at < 0 and self._is_need(clause, at):
            reason = "reference"
        if reason:
            self._dropped.append((span, reason))
            return None
        portion = trailing.portion if trailing else None if self._headed else dosed_portion(clause, at)
        if trailing and self._portion is None:
            self._portion = trailing.portion
        bracketed = next((m.portion for m in self._columns if m.bracketed), None) if item.depth else None
        if self._is_weight(clause, at, subject, portion or bracketed or self._portion):
            self._dropped.append((span, "pack"))
            return None
        aside = item.depth > 0 and self._topic is not None and bool(subject.relations & {"as-form", "from"})
        if aside:
            subject = subject._replace(relations=subject.relations | {"compound-word"})
        elif subject.at >= 0:
            if self._topic is None or self._topic.item is not clause.items[subject.at]:
                self._start(subject, clause.items[subject.at], clause.line)
        elif self._topic is None:
            self._start(subject, None, clause.line)
        portion = portion or self._portion_for(clause, at)
        claim = self._claim(clause, item, subject, portion)
        self._claims.append(claim)
        self._stated_for = self._portion
        if portion is None:
            self._unportioned.append(len(self._claims) - 1)
        return len(self._claims) - 1

    def _is_weight(self, clause: Clause, at: int, subject: Subject, portion: Portion | None) -> bool:
        """Whether the amount is what the pack or a unit weighs; in a table with one cell a line it is the cell's."""
        if subject.at < 0 and any("pack.weighs" in i.senses for i in clause.items[max(0, at - 2) : at]):
            return True
        named_above = self._topic is not None and self._topic.line == clause.line - 1
        in_cell = bool(self._columns) and len(clause.items) == 1 and named_above
        return clause.items[at].unit in ("g", "kg") and not in_cell and is_pack(clause, at, subject, portion)

    @staticmethod
    def _is_need(clause: Clause, at: int) -> bool:
        """ "Males: 400 mg a day": a nameless amount behind people, with no unit and no verb, is what they need."""
        if clause.has("US") or clause.says("relation.contains", "dose.take", "portion.serving", "portion.day"):
            return False
        return any(names_people(i) for i in clause.items[max(0, at - BEFORE) : at])

    def _repeated(self, item: Item) -> int | None:
        """The claim whose amount a nameless amount repeats ("the 150 mg are 40 %"), None where it repeats none."""
        if item.unit not in MASSES or not item.high:
            return None
        value = item.most * MASSES[item.unit]
        same = [i for i, c in enumerate(self._claims[-_FEW:], max(0, len(self._claims) - _FEW)) if value in c.values_mg]
        return same[-1] if same else None

    def _multiplied(self, item: Item) -> int | None:
        """ "take four capsules and you get 500 mg": a nameless amount repeats a known one for another count."""
        here = self._portion
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

    def _portion_for(self, clause: Clause, at: int) -> Portion | None:
        """The portion of the column that the amount stands in, or the one named last."""
        item = clause.items[at]
        if item.depth and (aside := next((m for m in self._columns if m.bracketed), None)):
            return aside.portion
        if not self._columns or item.unit not in MASSES or item.depth:
            return self._portion
        own, row = self._placed.get(at), row_of(clause)
        if own is None and row.has_empty and (len(self._heads) == 1 or len(row.amounts) < len(self._columns)):
            return None
        if len(self._columns) > 1:
            column = self._column if own is None else own
            self._column = column + 1
            return self._columns[min(column, len(self._columns) - 1)].portion
        if own is None and self._heads and clause.first and row.alone > 1:
            return None  # one head for several cells: nobody knows which of them it is for
        return self._portion

    def _claim(self, clause: Clause, item: Item, subject: Subject, portion: Portion | None) -> Claimed:
        self._behind = None
        topic_item = clause.items[subject.at] if subject.at >= 0 else self._topic.item if self._topic else None
        in_substance = item.unit in SUBSTANCES
        factor = MOLAR[item.unit] if in_substance else MASSES[item.unit]
        why = set(subject.relations)
        what, form = kind_of(subject, topic_item, in_substance, why)
        origin = origin_of(topic_item, clause, subject.at)
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

    def _other(self, clause: Clause, at: int, subject: Subject) -> None:
        item = clause.items[at]
        if subject.kind == "other" and subject.at >= 0:
            self._group += 1
            self._topic = _Topic(subject, clause.items[subject.at], self._group, clause.line)
            self._column = 0
        elif subject.kind == "unknown" and clause.first:
            self._topic = None
        if subject.kind == "other" and item.unit in MASSES and subject.form:
            span = Span(item.start, item.end)
            self._others.append(OtherAmount(subject.form, item.most * MASSES[item.unit], self._portion, span))

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
        magnesium_behind = any(i.kind == "m" and not i.senses["form"] for i in items[at + 1 : at + 12]) and not any(
            i.kind == "o" for i in items[at + 1 : at + 3]
        )
        named = left is not None and left.kind == "element"
        carried = left is None and self._topic is not None and self._topic.subject.kind == "element" and clause.first
        if clause.says("reference.nrv") and (named or magnesium_behind or carried or not clause.has("mo")):
            item = items[at]
            self._percents.append(
                Percent(item.most, self._portion, Span(item.start, item.end), None, True, clause.section)
            )
