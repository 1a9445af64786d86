"""Find statements: every amount of magnesium or of a compound, with what it is stated for.

Works clause by clause; between clauses it remembers the columns of the table, the portion named last and the topic of
the row, so that a name on one line and its amounts on the next belong together.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

import msgspec

from mglabel.extraction.binding import UNKNOWN, Subject, is_strange, subject_after, subject_before
from mglabel.extraction.contexts import not_content
from mglabel.extraction.items import MASSES, SUBSTANCES, Item
from mglabel.extraction.layout import Clause
from mglabel.extraction.people import may_name_people, names_people, spoken_to
from mglabel.extraction.portions import PortionMention, portion_mentions, portion_of
from mglabel.tables.chemistry import forms
from mglabel.values.evidence import Span
from mglabel.values.label import Claimed, OtherAmount, Portion

MOLAR = {"mmol": Decimal("24.305"), "mEq": Decimal("12.1525"), "mval": Decimal("12.1525")}
"""mg of magnesium per unit of substance: IUPAC 2021 abridged atomic weight 24.305, two charges."""

_DOSING = frozenset(("dose.take", "dose.dissolve"))
_CARRY_LINES = 3
_FEW = 12
_ALONE = 3
_TITLE_LINES = 3
_BEFORE = 40
"""How far before an amount its sentence is looked at: a bound, so that time stays linear."""

_LEAST_UNIT_G = Decimal("0.2")
"""A unit weighs at least this much; a smaller mass behind it is what it holds."""

_MOST_ELEMENT_MG = Decimal(1000)
"""So much magnesium is in no unit that one takes; a nameless mass of it is the unit's or the pack's."""

_PACK_MG = Decimal(20000)
"""A mass of 20 g and more without a portion is the pack, not what is in a dose."""


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
        self._unportioned: list[int] = []
        self._in_row = False
        self._in_reference_table = False
        self._section = ""
        self._audience = ""
        self._kinds: tuple[str, ...] = ()
        self._mass = 0
        self._headed = False
        self._strength: tuple[Item, str, int] | None = None

    def read(self, all_clauses: Iterable[Clause]) -> Statements:
        """Every statement of the text."""
        for clause in all_clauses:
            self._clause(clause)
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
        taken = self._note_sizes(clause, mentions)
        for mention in mentions:
            taken.update(range(mention.start, mention.end))
        self._note_reference_table(clause, mentions)
        self._note_audience(clause)
        amounts = (
            [index for index, item in enumerate(clause.items) if item.kind in "AP" and index not in taken and item.high]
            if clause.has("AP")
            else []
        )
        if amounts:
            self._leading(clause, mentions, amounts)
            self._note_strength(clause, amounts)
            self._amounts(clause, amounts, mentions)
        else:
            self._header(clause, mentions)
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
        if may_name_people(clause) and any(names_people(i) for i in clause.items):
            self._audience = spoken_to(clause.items) or self._audience

    def _note_sizes(self, clause: Clause, mentions: list[PortionMention]) -> set[int]:
        """Remember "1 tablespoon (15 ml)", "portion = 35 g" and what the daily dose is; gives the sizes' indices."""
        items = clause.items
        sized: set[int] = set()
        for mention in mentions:
            if mention.day and mention.portion.unit != "day":
                self._days.append((mention.portion, Span(items[mention.start].start, items[mention.end - 1].end)))
            named = next((i for i in items[mention.start : mention.end] if "portion.serving" in i.senses), None)
            if named is not None and mention.portion.unit != "serving":
                self._sizes.append((Portion(Decimal(1), "serving"), mention.portion))
        if not clause.has("UAV") and not clause.says("portion.serving"):
            return sized
        for index, item in enumerate(items[:-2]):
            if (item.kind == "U" or "portion.serving" in item.senses) and self._note_size_behind(items, index):
                sized.add(index + 2)
            if item.kind in "AV":
                self._note_size_before(items, index)
                self._note_size_around(items, index)
        return sized

    def _note_size_around(self, items: list[Item], index: int) -> None:
        """ "3 g (1 scoop)": the unit in brackets behind its size."""
        size, opening, unit = items[index], items[index + 1], items[index + 2]
        measured = portion_of(size) if size.high and opening.text == "(" else None
        if measured is not None and unit.kind == "U" and unit.high and size.least == size.most:
            self._sizes.append((Portion(unit.most, unit.unit), measured))

    def _note_size_before(self, items: list[Item], index: int) -> None:
        """ "each 15 mL tablespoonful", "one 25 g scoop": the size stands before the unit."""
        size, unit = items[index], items[index + 1]
        measured = portion_of(size) if size.high and size.least == size.most else None
        if measured is not None and unit.kind == "U" and not unit.high:
            self._sizes.append((Portion(Decimal(1), unit.unit), measured))

    def _note_size_behind(self, items: list[Item], index: int) -> bool:
        """Note the size in brackets or behind "of" after a unit; tells whether there was one."""
        opening, size = items[index + 1], items[index + 2]
        if opening.text not in ("(", "=", "à", "á") and opening.senses.keys().isdisjoint(("join.of", "relation.from")):
            return False
        if size.text == "=" and index + 3 < len(items):
            size = items[index + 3]
        measured = portion_of(size) if size.kind in "AV" else None
        item = items[index]
        each = opening.text not in ("(", "=")
        whole = Portion(item.most, item.unit) if item.kind == "U" and item.high and not each else None
        whole = whole or Portion(Decimal(1), item.unit or "serving")
        if measured is None or (size.kind == "A" and measured.count < _LEAST_UNIT_G):
            return False
        self._sizes.append((whole, measured))
        return True

    def _header(self, clause: Clause, mentions: list[PortionMention]) -> None:
        """A clause that names portions without amounts heads what follows: its columns, or one portion for all."""
        self._note_kinds(clause)
        if not mentions or _doses(clause):
            return
        alone = len(mentions) == 1 and not any(i.kind == "w" and not i.senses for i in clause.items)
        if clause.line - self._header_line > 1 or self._column or not (alone and self._header_alone):
            self._columns = []
        if self._columns and self._columns[-1].how == "size":
            self._columns = []
        self._header_alone = alone
        seen = {m.portion for m in self._columns}
        self._columns += [m for m in mentions if m.portion not in seen or m.day]
        self._header_line = clause.line
        self._portion = mentions[-1].portion if len(mentions) == 1 else mentions[0].portion
        self._column = 0
        if mentions[0].start <= 1 and mentions[0].how == "per" and len(clause.items) <= mentions[-1].end + 2:
            self._settle_backwards(mentions[0].portion)

    def _note_kinds(self, clause: Clause) -> None:
        """Columns headed "compound" and "pure mineral" say what the amounts below them are."""
        if not clause.says("relation.compound") or not clause.says("relation.elemental"):
            return
        kinds = [k for i in clause.items for k in ("relation.compound", "relation.elemental") if k in i.senses]
        self._kinds = tuple("compound" if k == "relation.compound" else "elemental" for k in kinds)

    def _settle_backwards(self, portion: Portion) -> None:
        """ "Pour un comprimé" below a list: amounts above that had no portion are for this one."""
        for index in self._unportioned:
            self._claims[index] = msgspec.structs.replace(self._claims[index], portion=portion)
        self._unportioned.clear()

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
            else:
                self._columns = [last]
            self._portion, self._header_line, self._column = last.portion, clause.line, 0

    def _name_only(self, clause: Clause) -> None:
        """A line with a name and no amount is the topic of the amounts on the next lines."""
        named = [i for i, item in enumerate(clause.items) if item.kind in "mo"] if clause.has("mo") else []
        if self._strength is not None and len(named) == 1 and len(clause.items) <= _ALONE:
            self._strength_of(clause, clause.items[named[0]], self._strength)
        if not named or clause.section in ("ingredients", "other", "warnings"):
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

    def _note_strength(self, clause: Clause, amounts: list[int]) -> None:
        """ "X 500 mg film-coated tablets": the first line of a medicine; the next one names the substance."""
        unit = next((i.unit for i in clause.items if i.kind == "U" and not i.high), "")
        item = clause.items[amounts[0]]
        medicine = clause.line < _TITLE_LINES and clause.says("use.medicine") and not clause.has("mo")
        if medicine and unit and len(amounts) == 1 and item.unit in MASSES and item.low == item.high:
            self._strength = (item, unit, clause.line)

    def _strength_of(self, clause: Clause, name: Item, strength: tuple[Item, str, int]) -> None:
        """State the strength of a medicine's title for the one substance that the line below it names."""
        item, unit, line = strength
        self._strength = None
        if name.kind == "m" and name.senses["form"] and clause.line - line <= 2:
            subject = Subject(
                "compound", name.senses["form"], clause.items.index(name), (), frozenset(("compound-word",))
            )
            self._start(subject, name, clause.line)
            self._claims.append(self._claim(clause, item, subject, Portion(Decimal(1), unit)))

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
        first_claim = len(self._claims)
        last_of_clause: int | None = None
        owned_by_other = False
        for position, at in enumerate(amounts):
            item = clause.items[at]
            following = amounts[position + 1] if position + 1 < len(amounts) else len(clause.items)
            if item.kind == "P" and owned_by_other:
                previous = at + 1
                continue
            if item.kind == "P":
                used = self._percent(clause, previous, at, last_of_clause)
                previous = at + 1 if used else previous
                continue
            if self._in_reference_table:
                self._dropped.append((Span(item.start, item.end), "reference"))
                continue
            self._enter(mentions, amounts[position - 1] if position else at, at)
            subject, from_right = self._subject(clause, previous, at, following)
            self._in_row = subject.kind != "unknown"
            claim = self._amount(clause, at, subject, self._trailing(mentions, at, following))
            owned_by_other = subject.kind == "unknown" and claim is None
            last_of_clause = (
                claim if claim is not None else None if subject.kind in ("other", "unknown") else last_of_clause
            )
            previous = at + 1
            if from_right and subject.at > at:
                previous = self._past_forms(clause.items, subject, following)
        self._trailing_for_all(mentions, amounts, first_claim)
        if self._topic is not None:
            self._topic = self._topic._replace(line=clause.line)

    def _enter(self, mentions: list[PortionMention], start: int, at: int) -> None:
        """A portion that "contains" begins a new sentence within the clause: it holds for what follows."""
        inner = [m for m in mentions if start < m.start and m.end <= at and m.how == "contains"]
        if inner:
            self._portion, self._columns, self._column, self._headed = inner[-1].portion, [inner[-1]], 0, True

    @staticmethod
    def _past_forms(items: list[Item], subject: Subject, following: int) -> int:
        """The index after a name behind its amount and the compounds that the name is said to come from."""
        last = subject.at
        for index in range(subject.at + 1, min(following, subject.at + _BEFORE)):
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
        left = subject_before(items, start, at)
        right = subject_after(items, at)
        if at >= 2 and items[at - 1].text == "(" and items[at - 2].kind == "m" and items[at - 2].senses["form"]:
            left = Subject("compound", items[at - 2].senses["form"], at - 2, (), frozenset(("as-form",)))
        named_left = left is not None and left.kind in ("element", "compound", "other")
        if right is not None and right.at >= following and following < len(items) and items[following].kind == "A":
            right = right if self._chain_between(items, at, right.at) else None
        if right is not None and not named_left:
            if left is UNKNOWN and self._owns_next(items, right.at):
                return UNKNOWN, False
            relations = left.relations if left is not None else frozenset()
            return right._replace(relations=right.relations | relations), True
        if right is not None and named_left and left is not None and self._is_for_right(items, left, right, at):
            return right._replace(relations=right.relations | left.relations), True
        if named_left and left is not None:
            return left, False
        if left is UNKNOWN:
            return UNKNOWN, False
        return self._carried(clause, at, left), False

    @staticmethod
    def _chain_between(items: list[Item], at: int, to: int) -> bool:
        """Whether only repetitions of the amount stand between it and its name."""
        return not any(i.kind in "lc" or i.text in ",;" for i in items[at + 1 : to])

    @staticmethod
    def _owns_next(items: list[Item], at: int) -> bool:
        """Whether the name at `at` is directly followed by an amount of its own."""
        for item in items[at + 1 : at + 4]:
            if item.kind == "A":
                return True
            if item.kind not in "pco" or item.text in ",;)":
                return False
        return False

    def _is_for_right(self, items: list[Item], left: Subject, right: Subject, at: int) -> bool:
        """With names on both sides, whether the amount is the right one's."""
        if self._owns_next(items, right.at):
            return False
        gap = items[left.at + 1 : at]
        if any("relation.contains" in i.senses or "relation.of_which" in i.senses for i in gap):
            return True
        if any("relation.equivalent" in i.senses or i.text == "=" for i in gap):
            return True
        level = items[left.at].depth
        if any("relation.and" in i.senses and i.depth <= level for i in gap):
            return True
        parted = any((i.text in ",;" or i.kind == "c") and i.depth <= level for i in gap)
        opened = any(i.text == "(" for i in gap) and items[at].depth > items[left.at].depth
        return parted or opened or any("relation.per" in i.senses or i.kind == "U" for i in gap)

    def _carried(self, clause: Clause, at: int, left: Subject | None) -> Subject:
        """The topic of the row where the amount has no name of its own; unknown where none can hold."""
        topic = self._topic
        if topic is None:
            return UNKNOWN
        in_row = topic.line == clause.line and self._in_row
        before = clause.items[max(0, at - _BEFORE) : at]
        bare = not any("relation.contains" in i.senses or is_strange(i) for i in before)
        starts_line = clause.first and bare and clause.line - topic.line <= _CARRY_LINES
        related = left is not None and bool(left.relations)
        if not (in_row or starts_line or (related and clause.line - topic.line <= 1)):
            return UNKNOWN
        relations = left.relations if left is not None else frozenset()
        subject = topic.subject
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
            return self._repeated(item) if subject.kind == "unknown" else None
        span = Span(item.start, item.end)
        reason = not_content(clause, at)
        if self._audience == "children" and clause.says("frequency.daily", "frequency.times", "times"):
            reason = reason or "children"
        if reason:
            self._dropped.append((span, reason))
            return None
        portion = trailing.portion if trailing else None if self._headed else self._dosed(clause, at)
        if trailing and self._portion is None:
            self._portion = trailing.portion
        bracketed = next((m.portion for m in self._columns if m.bracketed), None) if item.depth else None
        if item.unit in ("g", "kg") and self._is_pack(clause, at, subject, portion or bracketed or self._portion):
            self._dropped.append((span, "pack"))
            return None
        aside = item.depth > 0 and self._topic is not None and bool(subject.relations & {"as-form", "from"})
        if aside:
            subject = subject._replace(relations=subject.relations | {"compound-word"})
        elif subject.at >= 0:
            self._start(subject, clause.items[subject.at], clause.line)
        elif self._topic is None:
            self._start(subject, None, clause.line)
        portion = portion or self._portion_for(item)
        claim = self._claim(clause, item, subject, portion)
        self._claims.append(claim)
        if portion is None:
            self._unportioned.append(len(self._claims) - 1)
        return len(self._claims) - 1

    @staticmethod
    def _dosed(clause: Clause, at: int) -> Portion | None:
        """The day as the portion of an amount that the directions give for the day's dose, or that is "a day"."""
        items = clause.items
        for item in items[at + 1 : at + 5]:
            if "frequency.daily" in item.senses and "reference.nrv" not in item.senses:
                return Portion(Decimal(1), "day")
            if item.kind not in "mwp" or item.text in ".,;":
                break
        counted = any(i.kind in "US" and i.high for i in items[max(0, at - _BEFORE) : at])
        dosing = clause.says("dose.take", "times", "frequency.times") or clause.section == "directions"
        if counted and dosing and clause.says("frequency.daily", "frequency.times", "times"):
            contains = any("relation.contains" in i.senses for i in items[max(0, at - _BEFORE) : at])
            return None if contains else Portion(Decimal(1), "day")
        return None

    @staticmethod
    def _is_pack(clause: Clause, at: int, subject: Subject, portion: Portion | None) -> bool:
        """Whether a mass in grams is that of the pack or of a unit, not of what is in it."""
        items = clause.items
        if any("pack.weighs" in i.senses or "pack.contents" in i.senses for i in items[max(0, at - 3) : at]):
            return True
        mg = items[at].most * MASSES[items[at].unit]
        bulk = portion is not None and portion.unit in ("g", "ml", "day")
        if mg >= _PACK_MG and portion is None:
            return True
        return subject.at < 0 and subject.kind == "element" and mg >= _MOST_ELEMENT_MG and not bulk

    def _repeated(self, item: Item) -> int | None:
        """The claim whose amount a nameless amount repeats ("the 150 mg are 40 %"), None where it repeats none."""
        if item.unit not in MASSES or not item.high:
            return None
        value = item.most * MASSES[item.unit]
        same = [i for i, c in enumerate(self._claims[-_FEW:], max(0, len(self._claims) - _FEW)) if value in c.values_mg]
        return same[-1] if same else None

    def _portion_for(self, item: Item) -> Portion | None:
        """The portion of the column that the amount stands in, or the one named last."""
        if item.depth and (aside := next((m for m in self._columns if m.bracketed), None)):
            return aside.portion
        if len(self._columns) > 1 and item.unit in MASSES and not item.depth:
            portion = self._columns[min(self._column, len(self._columns) - 1)].portion
            self._column += 1
            return portion
        return self._portion

    def _claim(self, clause: Clause, item: Item, subject: Subject, portion: Portion | None) -> Claimed:
        topic_item = clause.items[subject.at] if subject.at >= 0 else self._topic.item if self._topic else None
        in_substance = item.unit in SUBSTANCES
        factor = MOLAR[item.unit] if in_substance else MASSES[item.unit]
        why = set(subject.relations)
        what, form = self._what(subject, topic_item, in_substance, why)
        origin = self._origin(topic_item, clause, subject.at)
        if origin and what == "elemental" and not why & {"of-which", "elemental-word", "amount-of-substance"}:
            what, form = "unclear", origin if origin in forms() else None
        if len(self._kinds) == 2 and self._mass < 2 and not in_substance:
            what = self._kinds[self._mass]
            why.add("compound-word" if what == "compound" else "elemental-word")
            form = form or (next(iter(subject.forms)).senses["form"] if len(subject.forms) == 1 else None)
        self._mass += not in_substance
        values = item.high if item.low == item.high else (item.most,)
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
        )

    @staticmethod
    def _origin(named: Item | None, clause: Clause, at: int) -> str | None:
        """The origin that a name of the element carries: "sea magnesium 570 mg" is the mass of the sea mineral."""
        if named is None or named.senses.get("form"):
            return None
        if "origin" in named.senses:
            return named.senses["origin"]
        beside = clause.items[at + 1 : at + 2] if at >= 0 else []
        return next((i.senses["origin"] for i in beside if "origin" in i.senses), None)

    @staticmethod
    def _what(subject: Subject, named: Item | None, in_substance: bool, why: set[str]) -> tuple[str, str | None]:
        """Whether the amount is of the element or of a compound, as far as its own words tell."""
        if in_substance:
            why.add("amount-of-substance")
            return "elemental", subject.form
        if subject.kind == "element":
            names = {f.senses["form"] for f in subject.forms}
            if subject.forms:
                why.add("as-form")
            return "elemental", names.pop() if len(names) == 1 else None
        if "elemental-word" in why and "compound-word" not in why:
            return "elemental", subject.form
        if subject.kind == "compound" and "of-which" in why and named is not None and "bare" in named.senses:
            return "elemental", subject.form
        if named is not None and "hydrate" in named.senses:
            why.add("hydrate")
        return ("compound" if why & {"hydrate", "compound-word"} else "unclear"), subject.form

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
        if claim is not None and (left is None or left.kind == ""):
            known = self._claims[claim]
            if known.percent is None:
                self._claims[claim] = msgspec.structs.replace(known, percent=item.most)
            self._percents.append(Percent(item.most, known.portion, span, claim, True, clause.section))
            return True
        unowned = any(i.kind == "A" for i in items[max(start, at - _BEFORE) : at])
        if not unowned and (clause.says("reference.nrv") or (left is not None and left.kind == "element")):
            self._lone_percent(clause, at, left)
        return False

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
