"""Which counts of a stretch a dose may be: what is taken, and no packs, portions, sizes of a unit or water."""

from __future__ import annotations

from decimal import Decimal

from mglabel.extraction.dose import PACK
from mglabel.extraction.item import VOLUMES, Item
from mglabel.extraction.layout import OFTEN, Clause
from mglabel.extraction.portion_mention import PortionMention
from mglabel.extraction.portions import portion_mentions
from mglabel.extraction.stretch import ONE, Stretch
from mglabel.extraction.times_a_day import multiplies

_MOST_COUNTS = 12
"""A sentence with more counts than this is a list, not a dose; the rest is not looked at."""

_SOLUTION = 14
"""So many items behind a word for dissolving a volume is the water."""

_LEAST_POWDER_G = Decimal("0.5")
"""No powder is dosed in less; a smaller mass is what the goods hold."""

_MOST_POWDER_G = Decimal(100)
"""So much powder and more is the pack."""

_MOST_DRAUGHT_ML = Decimal(50)
"""So much of a liquid on the first line is the pack."""

_LEAST_BOTTLE_ML = Decimal(99)
"""So much on another line is."""

_COUNTED_MANY = frozenset(("drop", "spray"))
_DAILY = ("frequency.daily", "duration.day")
_TAKING = ("dose.take", "dose.dissolve", "frequency.daily", "times")
_TAKEN = frozenset(("dose.take", "frequency.daily"))
_DOSING = ("time", "times", "frequency.times", "frequency.each_meal")


def counts_in(stretch: Stretch) -> list[int]:
    """Indexes of counted units that a dose may be: no portions of amounts, no packs, no durations."""
    found = []
    portions = _portions(stretch)
    for at, item in enumerate(stretch.items):
        if at in portions or not item.high or _is_equation(stretch, at) or _is_by_weight(stretch, at):
            continue
        if _is_size_of_unit(stretch, at) or _is_per_pack(stretch, at):
            continue
        if item.kind == "U" and item.unit == "piece":
            if _is_taken(stretch, at) and not _is_pack(stretch, at):
                found.append(at)
        elif item.kind == "U" and (item.unit in _COUNTED_MANY or not _is_pack(stretch, at)):
            found.append(at)
        elif item.depth or _is_in_pack(stretch, at):
            continue
        elif item.kind == "V" and item.unit in VOLUMES and _drinks(stretch, at) and not _is_rate(stretch, at):
            found.append(at)
        elif item.kind == "A" and item.unit == "g" and _is_powder(stretch, at):
            found.append(at)
    countable = [at for at in found if stretch.items[at].kind == "U"]
    return (countable or found or _glasses(stretch) or _masses(stretch))[:_MOST_COUNTS]


def _is_per_pack(stretch: Stretch, at: int) -> bool:
    """ "About 214 sprays per bottle": how many drops or sprays the pack holds."""
    behind = stretch.items[at + 1 : at + 3]
    per = len(behind) > 1 and "relation.per" in behind[0].senses and "pack.box" in behind[1].senses
    return per and stretch.items[at].unit in _COUNTED_MANY


def _portions(stretch: Stretch) -> set[int]:
    """Indexes of the items that only tell what amounts are stated for."""
    items, clause = stretch.items, stretch.clause
    first = clause.items.index(items[0]) if items else 0
    return {
        index - first
        for m in portion_mentions(clause)
        if not m.day and not _also_dose(m, clause)
        for index in range(m.start, m.end)
    }


def _also_dose(mention: PortionMention, clause: Clause) -> bool:
    """Whether a portion is the dose as well: "1 tablet a day provides", or a bare count in a line of doses."""
    around = clause.items[max(0, mention.start - 2) : mention.end + 3]
    if any("frequency.daily" in i.senses for i in around) or clause.says("dose.raise"):
        return True
    if mention.how == "per" and clause.says(*_DOSING) and not clause.has("AP"):
        return True
    if mention.how == "size" and clause.says("frequency.each_meal"):
        return True
    return mention.how in ("size", "cell") and not any(_states(i) for i in clause.items)


def _states(item: Item) -> bool:
    """Whether an item states an amount, not the size of a unit: "1 scoop (1.5 g)"."""
    return item.kind == "P" or (item.kind == "A" and not (item.unit == "g" and item.depth))


def _is_rate(stretch: Stretch, at: int) -> bool:
    """ "500 ml (25 daily portions)", "GFR 30-60 ml/min": a volume of the pack, or per something else than a day."""
    behind = stretch.items[at + 1 : at + 3]
    if stretch.counts_days or len(behind) < 2 or behind[0].text != "/":
        return stretch.counts_days
    return behind[1].senses.keys().isdisjoint(_DAILY)


def _glasses(stretch: Stretch) -> list[int]:
    """ "1 cup (50 ml) twice a day": the size in brackets of something that one is taken of."""
    if not stretch.names_day():
        return []
    return [
        at
        for at, item in enumerate(stretch.items)
        if item.kind == "V" and item.high and item.unit in VOLUMES and item.depth and _is_of_one(stretch, at)
    ]


def _masses(stretch: Stretch) -> list[int]:
    """ "Adults: 500-1000 mg at bedtime": milligrams of what nothing names, in the directions."""
    nameless = stretch.clause.section == "directions" and not stretch.clause.has("mo")
    if not nameless or not stretch.says(*OFTEN, *_TAKING, "frequency.as_needed") or stretch.says("relation.contains"):
        return []
    return [
        at for at, i in enumerate(stretch.items) if i.unit == "mg" and i.kind == "A" and not _is_by_weight(stretch, at)
    ]


def _is_of_one(stretch: Stretch, at: int) -> bool:
    """Whether a bracket sizes one thing, which words that no table counts name before it."""
    if at < 2 or stretch.items[at - 1].text != "(":
        return False
    for item in reversed(stretch.items[max(0, at - 6) : at - 1]):
        if "number" in item.senses or (item.kind == "N" and item.high):
            return (item.kind == "N" and item.low == item.high == (ONE.low,)) or item.senses.get("number") == "1"
        if item.kind != "w":
            return False
    return False


def _is_taken(stretch: Stretch, at: int) -> bool:
    """Whether pieces are taken and not packed: a verb of taking or "a day" right before them, "a day" or times
    behind them."""
    if any(not _TAKEN.isdisjoint(i.senses) for i in stretch.items[max(0, at - 2) : at]):
        return True
    behind = stretch.items[at + 1 : at + 4]
    return any(not OFTEN.isdisjoint(i.senses) for i in behind if i.kind != "p")


def _is_equation(stretch: Stretch, at: int) -> bool:
    """ "(1 scoop = 25 g)": a bracket that only sizes a unit."""
    behind = stretch.items[at + 1 : at + 2]
    return stretch.items[at].depth > 0 and bool(behind) and behind[0].text == "="


def _is_size_of_unit(stretch: Stretch, at: int) -> bool:
    """ "1/2 to 1 bottle (10 fl oz)": a bracket that tells how many of other units the units before it are."""
    near = stretch.items[max(0, at - 2) : at + 2]
    if len(near) < 4 or near[1].text != "(" or near[3].text != ")":
        return False
    whole, part = near[0], near[2]
    return whole.kind == part.kind == "U" and bool(whole.high) and whole.unit != part.unit


def _is_powder(stretch: Stretch, at: int) -> bool:
    """Whether grams are a dose of the goods, and not of what is in them."""
    if not (stretch.says(*_TAKING) or stretch.names_day()):
        return False
    if not _LEAST_POWDER_G <= stretch.items[at].most <= _MOST_POWDER_G:
        return False
    if any("relation.contains" in i.senses for i in stretch.items[max(0, at - 3) : at]):
        return False
    behind = next((i for i in stretch.items[at + 1 : at + 4] if "join.of" not in i.senses), None)
    return behind is None or behind.kind not in "mo" or bool(behind.senses.get("form"))


def _is_by_weight(stretch: Stretch, at: int) -> bool:
    """ "4 g per 100 kg of body weight": what to take depends on who takes it."""
    for item in stretch.items[at + 1 : at + 6]:
        if "body.weight" in item.senses:
            return True
        if item.kind in "USl" or item.text in ",;":
            return False
    return False


def _drinks(stretch: Stretch, at: int) -> bool:
    """Whether a volume is the dose and not the water it goes into."""
    if _is_in_title(stretch, at):
        return False
    ahead = stretch.items[max(0, at - _SOLUTION) : at]
    if any("dose.dissolve" in i.senses or "use.water" in i.senses for i in ahead):
        return False
    before = stretch.items[at - 1] if at else None
    if before is not None and "relation.per" in before.senses and stretch.says("dose.dissolve"):
        return False
    return (
        before is None
        or not ("join.of" in before.senses or "relation.per" in before.senses)
        or stretch.says("dose.take")
    )


def _is_in_title(stretch: Stretch, at: int) -> bool:
    """ "Evening syrup, 125 ml" before any section: the pack, whatever time of day its name tells."""
    clause, item = stretch.clause, stretch.items[at]
    large = item.most * VOLUMES[item.unit] > (_MOST_DRAUGHT_ML if clause.line == 0 else _LEAST_BOTTLE_ML)
    titled = large and clause.first and clause.section == "front"
    return titled and not clause.says("dose.take", *_DAILY, "times")


def _is_pack(stretch: Stretch, at: int) -> bool:
    near = stretch.items[max(0, at - 3) : at]
    if near and "frequency.times" in near[-1].senses and multiplies(stretch, at - 1):
        return True  # "10 x 10 tablets"
    if any("dose.take" in i.senses for i in near) and near[-1].text != ".":
        return False
    return stretch.items[at].most >= (PACK / 2 if _is_in_pack(stretch, at) else PACK)


def _is_in_pack(stretch: Stretch, at: int) -> bool:
    """ "net weight 39 g": whether words for the pack stand before an amount; a word may also be one for stirring."""
    near = [i.senses for i in stretch.items[max(0, at - 3) : at]]
    return any("pack.contents" in s or ("pack.box" in s and "dose.dissolve" not in s) for s in near)
