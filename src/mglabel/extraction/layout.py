"""Lines, cells and clauses: the stretches of items within which names and amounts speak of each other.

A clause ends at a line break, at a full stop before a new sentence, at a semicolon or a bullet. Each clause knows the
section it stands in.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mglabel.extraction.item import FOOTNOTES, Item

if TYPE_CHECKING:
    from mglabel.extraction.cells import Row
    from mglabel.extraction.portion_mention import PortionMention

_ENDS = frozenset(".;!?")

CLOSED = ("ingredients", "other", "warnings", "storage", "uses", "pack")
"""Sections that a line ends which turns to doses or to what a unit contains."""

DOSING = frozenset(("dose.take", "dose.dissolve"))
"""What a sentence that doses begins with."""

OFTEN = frozenset(("frequency.daily", "frequency.bid", "frequency.tid", "times", "frequency.times", "time"))
"""What tells when, or how often a day."""

PORTIONS = frozenset(("portion.day", "portion.serving"))
"""What names a serving or the daily dose."""

_SAID_OF_UNITS = frozenset(("frequency.daily", "times", "time", "relation.contains"))
"""What goes on behind counted units."""

_BEFORE_POINTS = frozenset(("relation.per", "relation.equivalent", "relation.of_which"))
"""What is abbreviated and goes on."""

_BINDING = ("other", "directions", "warnings", "facts", "ingredients", "uses", "storage", "pack")
"""Every section with a heading, the one that binds most first."""

_HEADING = frozenset(f"section.{name}" for name in _BINDING)
_SAYING = ("relation.contains", "claim.", "dose.", "negation.", "taking.", "warning.")
_SHORT_LIVED = ("pack", "storage", "uses")
"""Sections of a line or two, which a line about magnesium or a row of amounts ends."""

_LONGEST_ROW = 10
_LONGEST_SIZE = 4
"""Items of a pack's size: "60 capsules / 45 g"."""

_WIDEST_BRACKET = 7
"""So many items before it a bracket that only sizes a unit opens."""

LIST_COMMAS = 3
"""A clause with a class of additives and so many commas is an ingredient list, headed or not."""


class Clause:
    """Items between two stops. `line` counts lines that say anything, `first` tells whether it begins its line."""

    __slots__ = ("first", "items", "kinds", "line", "portions", "row", "section", "senses", "speaks_of_needs")

    def __init__(self, items: list[Item], section: str, line: int, first: bool) -> None:
        self.items = items
        self.section = section
        self.line = line
        self.first = first
        self.senses: set[str] = set().union(*[item.senses for item in items if item.senses])
        self.kinds = {item.kind for item in items}
        self.portions: list[PortionMention] | None = None
        """What `portion_mentions` has found here."""
        self.row: Row | None = None
        """What `row_of` has found here."""
        self.speaks_of_needs: bool | None = None
        """What the contexts of amounts have found here."""

    def has(self, kinds: str) -> bool:
        """Whether an item of one of these kinds is in the clause."""
        return not self.kinds.isdisjoint(kinds)

    @property
    def is_footnote(self) -> bool:
        """Whether it begins with the mark of a footnote: "*", "(1)"."""
        first, *behind = self.items[:3]
        numbered = first.text == "(" and len(behind) == 2 and behind[0].kind == "N" and behind[1].text == ")"
        return numbered or (first.kind in "pw" and first.text in FOOTNOTES)

    def says(self, *keys: str) -> bool:
        """Whether a word of the clause has one of these senses."""
        return not self.senses.isdisjoint(keys)

    def __repr__(self) -> str:
        return f"<{self.section} {self.line}: {' '.join(i.text or i.kind for i in self.items)}>"


def clauses(items: list[Item]) -> Iterator[Clause]:
    """The clauses of a text in order."""
    section, line, first = "front", 0, True
    start = 0
    may_head: list[int] = []
    for at, item in enumerate(items):
        if item.senses and not _HEADING.isdisjoint(item.senses):
            may_head.append(at - start)
        if item.kind != "l" and (item.kind != "p" or item.text not in _ENDS or not _ends_sentence(items, at)):
            continue
        if section in CLOSED and first and line:
            section = _section_of_new_line(items, start, at, section) or section
        for part, name in _by_section(items[start : at + (item.kind != "l")], section, may_head):
            section = name
            if part:
                yield _clause(part, section, line, first)
                first = False
        start, may_head = at + 1, []
        if item.kind == "l":
            line, first = line + (not first), True
    if section in CLOSED and first and line and start < len(items):
        section = _section_of_new_line(items, start, len(items), section) or section
    for part, name in _by_section(items[start:], section, may_head):
        if part:
            yield _clause(part, name, line, first)
            first = False


def _section_of_new_line(items: list[Item], at: int, end: int, section: str) -> str | None:
    """The section that a new line turns to by itself: doses or contents of a unit; None where it goes on."""
    before = next((items[i] for i in range(at - 1, -1, -1) if items[i].kind != "l"), None)
    if before is None or before.depth or before.text in ",:-(&+/" or "relation.and" in before.senses:
        return None
    if _is_portion_line(items, at, end):
        return "facts"
    if _states_for_portion(items, at, end):
        return "facts"
    if section in _SHORT_LIVED and (items[at].kind == "m" or _lists_amounts(items, at, end)):
        return "front"
    named = any(_is_portion(i) for i in items[at : min(end, at + 4)])
    if named and any("relation.contains" in i.senses for i in items[at : min(end, at + 12)]):
        return "facts"
    counts = items[at].kind == "U" and bool(items[at].high)
    return "front" if counts or not DOSING.isdisjoint(items[at].senses) else None


def _lists_amounts(items: list[Item], at: int, end: int) -> bool:
    """Whether a line names a substance and its amount, and no more than a row does."""
    line = items[at : min(end, at + _LONGEST_ROW)]
    return 0 < len(line) < _LONGEST_ROW and line[0].kind == "o" and any(i.kind == "A" for i in line)


def _states_for_portion(items: list[Item], at: int, end: int) -> bool:
    """ "Per 1 tablet: magnesium 61 mg", "Nutrition per 2 capsules magnesium 200 mg", "In all 2 tablets: zinc 5 mg":
    a line of facts by itself."""
    line = items[at : min(end, at + 12)]
    portion = next((index for index, i in enumerate(line[:6]) if _is_portion(i)), None)
    if portion is None:
        return False
    behind = line[portion + 1 :]
    opened = bool(behind) and behind[0].text == ":"
    if not opened and not any("relation.per" in i.senses or "section.facts" in i.senses for i in line[:2]):
        return False
    name = next((index for index, i in enumerate(behind[:4]) if i.kind in "moA"), None)
    wanted = "mo" if name is not None and behind[name].kind == "A" else "A"
    return name is not None and any(i.kind in wanted for i in items[at + portion + name : min(end, at + 40)])


def _is_portion(item: Item) -> bool:
    """Whether an item counts units or names a serving or the daily dose."""
    return (item.kind == "U" and bool(item.high)) or not PORTIONS.isdisjoint(item.senses)


def _is_portion_line(items: list[Item], at: int, end: int) -> bool:
    """Whether a line only says what amounts are for: "per 1 tablet" below a heading "Composition"."""
    line = items[at : min(end, at + 7)]
    if end - at > len(line) or not line:
        return False
    if line[0].text != "/" and line[0].senses.keys().isdisjoint(("relation.per", *PORTIONS)):
        return False
    return any(_is_portion(i) for i in line[1:]) and not any(i.kind in "mo" or i.text == "," for i in line)


def _clause(items: list[Item], section: str, line: int, first: bool) -> Clause:
    clause = Clause(items, section, line, first)
    if section in ("front", "uses") and sum(i.text == "," for i in items) >= LIST_COMMAS:
        if clause.says("function.additive") or _lists_compounds(clause):
            clause.section = "ingredients"
    return clause


def _lists_compounds(clause: Clause) -> bool:
    """Whether a clause with many commas names a compound of magnesium among other substances, and says nothing."""
    if clause.has("AUV") or any(key.startswith(_SAYING) for key in clause.senses):
        return False
    named = [item for item in clause.items if item.kind in "mo"]
    return len(named) >= LIST_COMMAS and any(item.kind == "m" and item.senses["form"] for item in named)


def _ends_sentence(items: list[Item], at: int) -> bool:
    """Whether a mark ends a sentence: not the point of an abbreviation or inside a bracket."""
    item = items[at]
    if item.depth:
        return False
    if item.text == ";":
        return True
    after = items[at + 1] if at + 1 < len(items) else None
    before = items[at - 1] if at else None
    if after is None or before is None or after.kind == "l":
        return True
    if after.kind == "c":
        begins = at + 2 < len(items) and items[at + 2].text[:1].isupper()
        return before.kind == "w" and len(before.text) > (3 if begins and not before.senses.get("unit") else 6)
    if after.start == item.end and after.kind not in "Up":
        return False
    if not _BEFORE_POINTS.isdisjoint(before.senses) and before.end == item.start:
        return False  # "PR. KAPSEL", "motsv. magnesium"
    if "relation.approx" in before.senses:
        return False  # "approx. 18 mg"
    if before.kind == "U" and (_goes_on_in_capitals(after) or _goes_on_in_head(items, at)):
        return False
    if after.text[:1].isupper():
        return True
    if before.kind in "APVDU" and after.kind in "USAV" and after.start > item.end:
        return True
    if before.kind in "UDAVNP":
        return False
    if after.kind in "Uw" and "frequency.daily" in before.senses and " " in before.text:
        return True  # "1 a day. 2 tablets = 100 mg", but not "2 x tgl. 1 tablet"
    if "dose.take" in after.senses and after.start > item.end and not before.senses:
        return True  # "dans 1 litre d'eau. boire 1 verre"
    last = before.text.rpartition(" ")[2]
    return before.kind != "w" or len(last) > 4 or (len(last) == 4 and not before.senses)


def _goes_on_in_capitals(after: Item) -> bool:
    """ "1-2 KAPS. DZIENNIE", "1 CAPS. CONTAINS": behind an abbreviated unit, in a text whose capitals tell nothing."""
    return after.text.isupper() and len(after.text) > 1 and not _SAID_OF_UNITS.isdisjoint(after.senses)


def _goes_on_in_head(items: list[Item], at: int) -> bool:
    """ "1 tabl. 3 tabl. NRV": whether an abbreviated unit is followed by one more, or by what percentages are of."""
    before, after, behind = items[at - 1], items[at + 1], items[at + 2 : at + 3]
    if "reference.nrv" in after.senses:
        return True
    return after.kind == "U" and after.unit == before.unit and bool(after.high) and [i.text for i in behind] == ["."]


def _by_section(items: list[Item], section: str, may_head: list[int]) -> list[tuple[list[Item], str]]:
    """The items cut where a heading, one of those that may be, begins another section and goes with what it heads."""
    found = []
    start = 0
    for at in may_head:
        name = heading(items, at)
        if name:
            if at > start:
                found.append((items[start:at], section))
            section, start = name, at
    found.append((items[start:] if start else items, section))
    return found


def heading(items: list[Item], at: int) -> str | None:
    """The section that a word or phrase heads here, None where it is an ordinary word."""
    item = items[at]
    if item.kind not in "wU" or item.high:
        return None
    names = [key[8:] for key in item.senses if key.startswith("section.")]
    before = _said_before(items, at)
    if not names or ("relation.contains" in item.senses and before is not None and before.kind in "UVAm"):
        return None
    if before is not None and not PORTIONS.isdisjoint(item.senses) and "relation.per" in before.senses:
        return None
    name = names[0] if len(names) == 1 else "pack" if _sizes_pack(items, at, names) else _most_telling(names)
    if item.depth and (name in ("pack", "storage", "uses") or not PORTIONS.isdisjoint(item.senses)):
        return None
    after = [i for i in items[at + 1 : at + 4] if i.kind != "c" and not (i.kind == "U" and i.high)]
    follower = after[0] if after else None
    opens = (
        at == 0 or items[at - 1].kind in "cp" or (items[at - 1].kind == "w" and "relation.and" in items[at - 1].senses)
    )
    if follower is None:
        return name if at == 0 or items[at - 1].kind == "c" else None
    if follower.text == ":" or (at == 0 and items[1].kind == "c"):
        return name
    if item.text.isupper() and len(item.text) > 3 and at == 0:
        return name
    if at == 0 and name in ("facts", "ingredients") and "relation.per" in follower.senses:
        return name
    if (
        " " in item.text
        and (opens or item.text[:1].isupper())
        and name in ("ingredients", "facts", "other", "directions")
    ):
        return name
    return name if at == 0 and len(items) <= 3 and item.text[:1].isupper() else None


def _sizes_pack(items: list[Item], at: int, names: list[str]) -> bool:
    """ "Contents: 0.12 kg", "Inhalt: 90 Kapseln": nothing but a size behind a heading that may be the pack's."""
    sizes = items[at + 2 :]
    if "pack" not in names or not 0 < len(sizes) <= _LONGEST_SIZE or items[at + 1].text != ":":
        return False
    measured = any(i.kind in "UV" or i.unit in ("g", "kg") for i in sizes)
    return measured and all(i.kind in "UVp" or (i.kind == "A" and i.unit in ("g", "kg")) for i in sizes)


def _said_before(items: list[Item], at: int) -> Item | None:
    """The item before, past an abbreviation's point, a bracket and "a day": "2 stk. ", "40 drops (2.5 ml) "."""
    if at > 1 and items[at - 1].text == ")":
        opening = (n for n in range(at - 2, max(0, at - _WIDEST_BRACKET), -1) if items[n].text == "(")
        at = next(opening, at)
    if at > 1 and (items[at - 1].text == "." or "frequency.daily" in items[at - 1].senses):
        at -= 1
    return items[at - 1] if at else None


def _most_telling(names: list[str]) -> str:
    """Of several senses of one heading the one that binds most: a "composition" with amounts may be facts."""
    return min(names, key=_BINDING.index)
