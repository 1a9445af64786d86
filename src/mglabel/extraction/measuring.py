"""One amount in its clause: what kind of amount it is, how often, and for what portion.

Pure functions of the items; what earlier lines say is the business of the reader of statements.
"""

from __future__ import annotations

from decimal import Decimal

from mglabel.extraction.binding import Subject
from mglabel.extraction.item import COUNTED, MASSES, Item, equates
from mglabel.extraction.layout import OFTEN, Clause
from mglabel.extraction.portion_mention import LARGEST_BARE, portion_of
from mglabel.values.label import Portion

BEFORE = 40
"""How far before an amount its sentence is looked at: a bound, so that time stays linear."""

_BRACKET = 12
"""So many items before an amount its bracket opens."""

_NEAR = 5
"""A percentage of the reference value has its words so near."""

_MOST_TIMES = 12
"""So many units are still a portion and no pack."""

_TIMES = OFTEN - {"frequency.daily"}
"""What tells that the units before it are taken more than once, or when."""

_OF_EACH = frozenset(("join.of", "relation.per", "relation.to", "relation.from"))
"""What joins units to the amount in each: "of", "à", which a language may also write for ranges."""

_EACH = 6
"""So many items before "each" its units are counted."""

_MOST_ELEMENT_MG = Decimal(1000)
"""So much magnesium is in no unit that one takes; a nameless mass of it is the unit's or the pack's."""

_PACK_MG = Decimal(20000)
"""A mass of 20 g and more, without a portion or for a unit of few grams, is the pack, not what is in a dose."""

_SHORTEST_NAME = 3
"""Letters of a word that joins rather than names."""

_RICHEST = Decimal(61)
"""No compound is more than so many per cent magnesium: the oxide, the richest, is 60.3 %."""

_SMALL = frozenset(("capsule", "tablet", "gummy", "drop", "spray", "piece"))
"""Units that weigh a few grams at most."""


def times_before(items: list[Item], at: int) -> Decimal:
    """How many times an amount stands there ("2 x 150 mg"), one where nothing says or as many as only a pack holds."""
    if at < 2 or "frequency.times" not in items[at - 1].senses or len(items[at - 1].text) > 1:
        return Decimal(1)
    number = items[at - 2]
    is_count = (
        number.kind == "N" and len(number.high) == 1 and number.low == number.high and 1 < number.most <= _MOST_TIMES
    )
    return number.most if is_count else Decimal(1)


def states_share(clause: Clause, at: int) -> bool:
    """ "(16 % magnesium)", "10 % elemental", "(magnesium content: 11.5 %)": how much of a compound is magnesium."""
    near = clause.items[max(0, at - _NEAR) : at + _NEAR + 1]
    if any("reference.nrv" in i.senses for i in near) or clause.items[at].most > _RICHEST:
        return False
    before = next((i for i in reversed(clause.items[max(0, at - 4) : at]) if not _leads_to_number(i)), None)
    if before is not None and "magnesium.content" in before.senses:
        return True
    called = False
    for item in clause.items[at + 1 : at + 4]:
        if item.kind == "m":
            return not item.senses["form"]
        if item.senses.get("measure") == "mg":
            continue  # "8.5 % MG ELEMENTAL": the symbol in capitals
        if item.kind == "w" and not item.senses and len(item.text) <= _SHORTEST_NAME:
            continue  # "57 % en magnésium"
        if "relation.elemental" not in item.senses and "join.of" not in item.senses:
            break
        called = called or "relation.elemental" in item.senses
    return called


def _leads_to_number(item: Item) -> bool:
    """Whether an item only joins a name to its number: a colon, a bracket, "about", "of", a short word."""
    plain = item.kind == "w" and (len(item.text) <= _SHORTEST_NAME or "join.of" in item.senses)
    return item.text in ":(" or "relation.approx" in item.senses or plain


def unit_of_strength(items: list[Item], at: int) -> Portion | None:
    """ "Magnesium 150 mg tablets": one of the units whose name stands directly behind an amount, with its substance."""
    behind = at + 1 + (at + 1 < len(items) and items[at + 1].kind == "m")
    if behind >= len(items):
        return None
    unit = items[behind]
    named = unit.kind == "U" and unit.text != COUNTED and unit.unit != "piece"
    return Portion(Decimal(1), unit.unit) if named else None


def dosed_portion(clause: Clause, at: int) -> Portion | None:
    """What the directions give an amount for: the units that it is told of in brackets, the day's dose, or "a day"."""
    items = clause.items
    counted_before = _portion_of_bracket(items, at)
    if counted_before is not None:
        return counted_before
    for index, item in enumerate(items[at + 1 : at + 5], at + 1):
        if "frequency.daily" in item.senses and "reference.nrv" not in item.senses:
            if _begins_dose(items, index):
                break
            return Portion(Decimal(1), "day")
        if item.kind not in "mwp" or item.text in ".,;":
            break
    before = [i for i in items[max(0, at - BEFORE) : at] if i.kind in "US" and i.high and i.most <= LARGEST_BARE]
    counted = bool(before)
    taken = _portion_of_the_dose(items, at)
    if taken is not None:
        return taken
    if any("frequency.daily" in i.senses for i in before):
        return Portion(Decimal(1), "day")
    dosing = clause.says("dose.take", "times", "frequency.times") or clause.section == "directions"
    in_row = any(i.kind == "c" for i in items[at + 1 : at + 2])  # the next cell tells how often it is taken
    if counted and dosing and not in_row and clause.says("frequency.daily", "frequency.times", "times"):
        ahead = items[max(0, at - BEFORE) : at]
        contains = any("relation.contains" in i.senses for i in ahead)
        listed = not items[at].depth and any(i.text == "," for i in ahead) and not any(map(equates, ahead))
        apart = listed and clause.says("frequency.times", "times")  # "twice a day 1 scoop, about 1 g citrate"
        return None if contains or apart else Portion(Decimal(1), "day")
    return None


def _begins_dose(items: list[Item], at: int) -> bool:
    """ "200 mg Daily 2 tablets": a word for "a day" in capitals that begins the sentence of the count behind it."""
    counted = any(item.kind == "U" and item.high for item in items[at + 1 : at + 2])
    return counted and items[at].text[:1].isupper() and not items[at].text.isupper()


def portion_of_each(items: list[Item], at: int) -> Portion | None:
    """ "2 capsules of 100 mg magnesium a day", "3 tablets daily, each containing 100 mg": an amount that is joined to
    several units, or called that of each, is for one."""
    said = at - 1 - (items[at - 1].kind == "m")
    said -= "relation.contains" in items[said].senses
    if said < 1:
        return None
    if "relation.per" in items[said].senses or _is_of_each_behind(items, at):
        reach = items[max(0, said - _EACH) : said]
    elif "relation.contains" not in items[said + 1].senses and _is_of_each(items[said]):
        reach = items[said - 1 : said]
    else:
        return None
    counted = next((i for i in reversed(reach) if i.kind in "UA" and i.high), None)
    if counted is None or counted.kind != "U" or not 1 <= counted.most <= _MOST_TIMES or counted.unit == "piece":
        return None
    if counted.most == 1 and not any("frequency.daily" in i.senses for i in items[:said]):
        return None  # a sentence that doses: "2 x daily 1 capsule of 90 mg"
    return Portion(Decimal(1), counted.unit)


def _is_of_each_behind(items: list[Item], at: int) -> bool:
    """ "3 tablets daily, 100 mg magnesium each": the word, with nothing behind it that it could introduce."""
    behind = [item for item in items[at + 1 : at + _NEAR] if item.kind != "m" and "join.of" not in item.senses][:2]
    return bool(behind) and "relation.per" in behind[0].senses and all(item.kind == "p" for item in behind[1:])


def _is_of_each(item: Item) -> bool:
    """Whether a word joins units to what each of them holds: one that the tables know, or a short one: "zu"."""
    is_short = item.kind == "w" and not item.senses and len(item.text) <= _SHORTEST_NAME
    return is_short or not _OF_EACH.isdisjoint(item.senses)


def _portion_of_bracket(items: list[Item], at: int) -> Portion | None:
    """ "Twice a day 1 scoop (1 g of citrate, of which magnesium 109 mg)", "1 tablet (300 mg) twice a day", "2 capsules
    a day (200 mg)": a bracket right behind what is counted tells what that holds; one behind how often may tell of the
    day."""
    if not items[at].depth:
        return None
    opening = next((n for n in range(at - 1, max(0, at - _BRACKET), -1) if items[n].text == "("), None)
    closing = next((n for n in range(at + 1, min(len(items), at + _BRACKET)) if items[n].text == ")"), None)
    if opening is None or closing is None:
        return None
    a_day = opening > 1 and "frequency.daily" in items[opening - 1].senses and items[opening - 2].kind == "U"
    before = items[opening - 2] if a_day else items[opening - 1]
    counted = portion_of(before) if before.high and before.low == before.high else None
    if counted is None or counted.unit == "piece":
        return None
    if any("relation.per" in items[n].senses for n in (opening + 1, at - 1, closing - 1)):
        return Portion(Decimal(1), counted.unit)  # "2 tablets a day (100 mg each)"
    if (
        before.kind == "U"
        and equates(items[opening + 1])
        and not any(not _TIMES.isdisjoint(i.senses) for i in items[max(0, opening - BEFORE) : opening])
    ):
        return counted  # "3 capsules a day (= 300 mg)"
    has_part = any("relation.of_which" in i.senses for i in items[opening:closing])
    often_behind = any(not OFTEN.isdisjoint(i.senses) for i in items[closing + 1 : closing + 4])
    often_before = any(not OFTEN.isdisjoint(i.senses) for i in items[max(0, opening - _BRACKET) : opening])
    return counted if a_day or has_part or (often_behind and not often_before) else None


def _portion_of_the_dose(items: list[Item], at: int) -> Portion | None:
    """ "Two sachets a day (one in the morning, one at noon) bring 300 mg", "3 g a day provide 360 mg": so much is for
    that count, or that mass of goods."""
    first = max(0, at - BEFORE)
    verb = next((n for n in range(at - 1, first, -1) if "relation.contains" in items[n].senses), None)
    before = [n for n in range(first, verb or first) if items[n].high]
    counts = [n for n in before if items[n].kind == "U"] or [n for n in before if items[n].unit == "g"]
    if verb is None or len(counts) != 1 or items[counts[0]].low != items[counts[0]].high:
        return None
    if any(i.kind in "AUm" for i in items[verb + 1 : at]) or any(i.text == "." for i in items[counts[0] : verb]):
        return None
    daily = any("frequency.daily" in i.senses for i in items[counts[0] + 1 : counts[0] + 8])
    return Portion(items[counts[0]].most, items[counts[0]].unit) if daily else None


def is_pack(clause: Clause, at: int, subject: Subject, portion: Portion | None) -> bool:
    """Whether a mass in grams is that of the pack or of a unit, not of what is in it."""
    items = clause.items
    if any("pack.weighs" in i.senses or "pack.contents" in i.senses for i in items[max(0, at - 3) : at]):
        return True
    mg = items[at].most * MASSES[items[at].unit]
    bulk = portion is not None and portion.unit in ("g", "ml")
    if mg >= _PACK_MG and portion is not None and portion.unit == "g" and mg > portion.count * MASSES["g"]:
        return True  # nothing weighs more than what it is in
    if mg >= _PACK_MG and (portion is None or portion.unit in _SMALL):
        return True
    if subject.kind == "element" and mg >= _MOST_ELEMENT_MG and _is_of_units(items, subject.at, at):
        return True
    in_column = at > 1 and items[at - 1].kind == "c" and items[at - 2].kind == "A"
    return subject.at < 0 and subject.kind == "element" and mg >= _MOST_ELEMENT_MG and not (bulk or in_column)


def _is_of_units(items: list[Item], named: int, at: int) -> bool:
    """ "Magnesium 1 sachet (5 g)": whether units stand between a name and a bracket with their weight."""
    between = items[named + 1 : at] if 0 <= named < at else []
    return bool(between) and between[-1].text == "(" and any(i.kind == "U" for i in between)


def origin_of(named: Item | None, clause: Clause, at: int) -> str | None:
    """The origin that a name of the element carries: "sea magnesium 570 mg" is the mass of the sea mineral."""
    if named is None or named.senses.get("form"):
        return None
    if "origin" in named.senses:
        return named.senses["origin"]
    beside = [*clause.items[at + 1 : at + 2], *clause.items[max(0, at - 1) : at]] if at >= 0 else []
    return next((i.senses["origin"] for i in beside if "origin" in i.senses), None)


def kind_of(subject: Subject, named: Item | None, in_substance: bool, why: set[str]) -> tuple[str, str | None]:
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
