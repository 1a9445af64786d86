"""Percentages: of the reference value, beside an amount or in its place, and of the mass of a product."""

from __future__ import annotations

import msgspec

from mglabel.extraction.binding import Subject, subject_before
from mglabel.extraction.claimed import SoFar, claimed
from mglabel.extraction.contexts import not_content
from mglabel.extraction.found import HUNDRED, Percent
from mglabel.extraction.item import Item
from mglabel.extraction.layout import Clause
from mglabel.extraction.measuring import BEFORE
from mglabel.extraction.mentions import denied
from mglabel.values.evidence import Span
from mglabel.values.label import Portion

_SHORTEST_NAME = 4
"""Letters of a word that may be a name; shorter ones are articles."""

_BEHIND = 12
"""So many items behind a percentage it is told of what it is."""


def read_percent(clause: Clause, start: int, at: int, claim: int | None, so_far: SoFar) -> bool:
    """Give a percentage to the claim before it or to the magnesium it names; tells whether it was used."""
    items, found = clause.items, so_far.found
    item = items[at]
    after = items[at + 1] if at + 1 < len(items) else None
    if after is not None and after.kind == "m" and "magnesium.symbols" in after.senses:
        return False
    left = subject_before(items, start, at)
    by_mass = so_far.headings.in_mass_list or clause.says("share.by_mass")
    if by_mass and left is not None and left.kind in ("element", "compound"):
        return _share_by_mass(clause, item, left, so_far)
    if claim is not None and (left is None or left.kind == ""):
        known = found.claims[claim]
        if known.percent is None:
            found.claims[claim] = msgspec.structs.replace(known, percent=item.most)
        span = Span(item.start, item.end)
        found.percents.append(Percent(item.most, known.portion, span, claim, True, clause.section))
        return True
    unowned = any(i.kind == "A" for i in items[max(start, at - BEFORE) : at])
    if not unowned and (clause.says("reference.nrv") or (left is not None and left.kind == "element")):
        _lone_percent(clause, at, left, so_far)
    return False


def _share_by_mass(clause: Clause, percent: Item, subject: Subject, so_far: SoFar) -> bool:
    """ "Magnesium 9.2 %" among the analytical constituents of a feed, "17.4 % w/w": so many grams in 100 g."""
    if clause.says("reference.nrv") or subject.at < 0 or percent.most > HUNDRED or denied(clause, subject.at):
        return False
    grams = Item("A", percent.start, percent.end, percent.text, percent.senses)
    grams.low, grams.high, grams.unit = percent.low, percent.high, "g"
    so_far.topics.start(subject, clause.items[subject.at], clause.line)
    known = subject if subject.kind == "element" else subject._replace(relations=frozenset(("compound-word",)))
    so_far.found.add(claimed(clause, grams, known, Portion(HUNDRED, "g"), so_far))
    return True


def _lone_percent(clause: Clause, at: int, left: Subject | None, so_far: SoFar) -> None:
    """ "2 tablets give 100 % of the reference intake of magnesium": a percentage that states the amount itself."""
    if not_content(clause, at) == "talk":
        return
    item, topic = clause.items[at], so_far.topics.now
    named = left is not None and left.kind == "element"
    carried = left is None and topic is not None and topic.subject.kind == "element" and clause.first
    by_name = named or carried or _is_of_magnesium_behind(clause.items, at)
    nameless = not clause.has("mo") and not _is_of_something(clause.items, at)
    of_reference = clause.says("reference.nrv") or (so_far.headings.in_percent_list and named)
    if of_reference and (by_name or nameless):
        span, portion = Span(item.start, item.end), so_far.heads.portion
        so_far.found.percents.append(Percent(item.most, portion, span, None, True, clause.section, by_name))


def _is_of_something(items: list[Item], at: int) -> bool:
    """Whether a percentage follows the name of something else: a word that no table knows, with a mark, a cell's border
    or an amount behind it, or where nothing that is taken is the subject of which it could be the verb.
    """
    marked = False
    for index in range(at - 1, max(-1, at - 1 - BEFORE), -1):
        item = items[index]
        if item.kind == "w" and not item.senses and len(item.text) < _SHORTEST_NAME:
            continue
        if item.kind == "w":
            before = items[max(0, index - BEFORE) : index]
            told = any("relation.contains" in i.senses for i in before) or not any(i.kind == "U" for i in before)
            return not item.senses and (marked or told)
        if item.kind not in "AVNc" and item.text not in ("(", ":"):
            return False
        marked = True
    return False


def _is_of_magnesium_behind(items: list[Item], at: int) -> bool:
    """ "100 % of the reference intake of magnesium", "half (50 %) of the reference intake of magnesium": in the same
    entry, with no other nutrient before it."""
    for index in range(at + 1, min(len(items), at + _BEHIND)):
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
