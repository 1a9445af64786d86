"""What amounts are stated for: portions named in headers, columns, sentences and behind amounts.

A portion is introduced ("per 2 capsules"), opens a sentence ("1 tablet contains"), sizes a serving ("serving size
2 capsules") or stands alone in a cell or line above the amounts.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from mglabel.extraction.entries import owns_next
from mglabel.extraction.items import MASSES, VOLUMES, Item, equates
from mglabel.extraction.layout import Clause
from mglabel.values.label import Portion

ONE = Decimal(1)
LARGEST_DOSE = Decimal(10)
"""A bare count of this many units or more is a pack, not a portion."""

LARGEST_BARE = Decimal(20)
"""A count of more units than this is no dose, unless a word such as "per" says so."""

_HUNDRED = Decimal(100)
_NEAR = 4
_FEW = 2
_SKIPPED = frozenset(("reference.need", "reference.nrv", "descriptor.complex", "join.of"))
_ROW = 16
"""How far a header's other cells are looked for: a bound, so that time stays linear."""


class PortionMention(NamedTuple):
    """A portion at items `start` to `end` (excluded) of a clause. `how`: per, contains, size or cell.

    `day` is true where the label calls it the daily dose.
    """

    start: int
    end: int
    portion: Portion
    how: str
    day: bool = False
    bracketed: bool = False


def portion_of(item: Item) -> Portion | None:
    """The portion that a counted unit or a measured amount is, never one of nothing; masses in g, volumes in ml."""
    if item.high and not item.most:
        return None
    if item.kind == "U":
        return Portion(item.most if item.high else ONE, item.unit)
    if item.kind == "A" and item.unit == "g" and item.high:
        return Portion(item.most, "g")
    if item.kind == "V" and item.unit in VOLUMES and item.high:
        return Portion(item.most * VOLUMES[item.unit], "ml")
    return None


_TIMES = ("time", "times", "frequency.times", "frequency.bid", "frequency.tid", "frequency.each_meal")

_MEASURED_BY = frozenset(("pack.weighs", "dose.dissolve"))
"""Words between a unit and what it contains that a mass or a volume belongs to."""

_NAMING = frozenset(("portion.day", "portion.serving", "measure", "frequency.daily"))
"""What a portion that nothing counts is named by."""


def portion_mentions(clause: Clause) -> list[PortionMention]:
    """Every portion that a clause names, in order."""
    if clause.portions is None:
        names_any = clause.has("UAV") or not _NAMING.isdisjoint(clause.senses)
        clause.portions = _portion_mentions(clause) if names_any else []
    return clause.portions


def _portion_mentions(clause: Clause) -> list[PortionMention]:
    found: list[PortionMention] = []
    items = clause.items
    at = 0
    while at < len(items):
        item = items[at]
        if item.kind not in "UAV" and (not item.senses or _NAMING.isdisjoint(item.senses)):
            at += 1
            continue
        mention = (
            _day_or_serving(items, at)
            or _counted(items, at, clause)
            or _bare_measure(items, at)
            or _day_column(items, at, clause)
        )
        mention = mention._replace(day=True) if mention and _is_called_day(items, at) else mention
        if mention and (not found or mention.start >= found[-1].end):
            found.append(mention._replace(bracketed=True) if items[mention.start].depth else mention)
            at = mention.end
        else:
            at += 1
    return found


def _day_column(items: list[Item], at: int, clause: Clause) -> PortionMention | None:
    """ "| Per tablet | Per day (2 tablets) | % NRV": the head of a column for the day, or of the lines below it."""
    if "frequency.daily" not in items[at].senses or clause.section == "directions" or clause.says("dose.take"):
        return None
    row = items[max(0, at - _ROW) : at + _ROW]
    if any(item.kind == "A" and item.unit != "g" for item in row) or not _alone_in_cell(items, at, at + 1):
        return None
    counted, end = _count_behind(items, at + 1)
    in_head = clause.has("c") and (clause.says("reference.nrv") or sum(item.kind == "U" for item in row) > 1)
    if not in_head and (counted is None or at):
        return None
    return PortionMention(at, end, counted or Portion(ONE, "day"), "per", True)


def _is_called_day(items: list[Item], at: int) -> bool:
    """ "2 capsules (daily dose) contain": a count that a bracket calls the daily dose."""
    start = at + 1 + (at + 1 < len(items) and items[at + 1].text == ".")
    behind = items[start : start + 3]
    bracketed = len(behind) == 3 and behind[0].text == "(" and behind[2].text == ")"
    return bracketed and items[at].kind == "U" and bool(items[at].high) and "portion.day" in behind[1].senses


def _day_or_serving(items: list[Item], at: int) -> PortionMention | None:
    """ "daily dose (3 capsules)", "serving size 2 tablets", "per serving"."""
    senses = items[at].senses
    day = "portion.day" in senses
    if not day and ("portion.serving" not in senses or _is_heading(items, at) or _is_counted(items, at)):
        return None
    if day and _is_of_magnesium(items, at + 1):
        return PortionMention(at, at + 1, Portion(ONE, "day"), "per", True)
    cased = "relation.per" in senses or _closed_by_per(items, at + 1)
    introduced = cased or _introduced(items, at) or "section.facts" in senses
    counted, end = _count_behind(items, at + 1 if cased else _past_name(items, at))
    contains = _contains_soon(items, end)
    if day and counted is not None and _tells_times(items, end):
        counted = Portion(ONE, "day")
    if counted is not None:
        how = "per" if introduced or contains else "size"
        return PortionMention(at, end, counted, how, day)
    if introduced or contains or _alone_in_cell(items, at, at + 1):
        how = "per" if introduced else "contains" if contains else "cell"
        return PortionMention(at, at + 1, Portion(ONE, "day" if day else "serving"), how, day)
    return None


def _past_name(items: list[Item], at: int) -> int:
    """The index behind a word for a serving, and behind the border of its cell where the next one sizes it: "Serving
    size | 3 capsules"; a column of another count makes it a head."""
    end = cell = at + 1
    while cell < len(items) and items[cell].kind == "w" and not items[cell].senses and cell - end < _FEW:
        cell += 1  # "Portion individuelle |"
    sized = not at and cell + 1 < len(items) and items[cell].kind == "c" and items[cell + 1].kind == "U"
    if not sized or not items[cell + 1].high:
        return end
    behind = items[cell + 2 : cell + 2 + _ROW]
    return end if any(item.kind in "UV" and item.high and not item.depth for item in behind) else cell + 1


def _is_of_magnesium(items: list[Item], at: int) -> bool:
    """ "a daily dose of 400 mg magnesium", "Daily total: 400 mg of magnesium": the day is what the amount is for."""
    joined = at < len(items) and (items[at].text == ":" or "join.of" in items[at].senses)
    amount = past_about(items, at + 1)
    if not joined or amount >= len(items) or items[amount].kind != "A":
        return False
    named = next((i for i in items[amount + 1 : amount + 3] if "join.of" not in i.senses), None)
    return named is not None and named.kind == "m"


def _is_counted(items: list[Item], at: int) -> bool:
    """ "10 g a day in 2 to 4 doses", "each 3-tablet serving": whether servings are counted, and so none of them is a
    portion, or a count before it that something introduces is the portion."""
    before = items[at - 1] if at else None
    if before is None or not before.high:
        return False
    return (before.kind == "N" and before.most > 1) or (before.kind == "U" and _introduced(items, at - 1))


def _is_heading(items: list[Item], at: int) -> bool:
    """Whether a word such as "dosage" heads the directions here rather than naming a serving."""
    heads = "section.directions" in items[at].senses and at + 1 < len(items) and items[at + 1].text == ":"
    return heads and not _introduced(items, at)


def _count_behind(items: list[Item], at: int) -> tuple[Portion | None, int]:
    """The count that sizes a dose just named: "(3 capsules)", ": 2 tablets", "= 35 g"."""
    contained = False
    for index in range(at, min(at + _NEAR, len(items))):
        item = items[index]
        contained = contained or "relation.contains" in item.senses
        if item.kind == "A" and contained:  # "the daily dose provides 0.3 g of magnesium"
            break
        if item.kind == "U" or (item.kind in "AV" and portion_of(item)):
            counted = portion_of(item)
            closed = index + 1 < len(items) and items[index + 1].text == ")"
            return counted, index + 1 + closed
        if (
            item.kind in "lcmoNPS"
            or item.text in ",.;"
            or any(k.startswith(("reference", "frequency")) for k in item.senses)
        ):
            break
    return None, at


def _tells_times(items: list[Item], at: int) -> bool:
    """Whether a bracket goes on with how often: "daily dose (1 tablet morning and evening)"."""
    for item in items[at : at + _NEAR]:
        if not item.depth:
            return False
        if any(key in item.senses for key in _TIMES):
            return True
    return False


def _counted(items: list[Item], at: int, clause: Clause) -> PortionMention | None:
    """A counted unit or measured amount that amounts are stated for."""
    item = items[at]
    portion = portion_of(item)
    if portion is None or (item.kind == "U" and item.high and (_lasts(items, at) or _is_pack_alone(items, at))):
        return None
    if item.kind == "A" and _is_of_a_name(items, at):
        return None
    if item.kind in "AV" and any("pack.weighs" in i.senses for i in items[max(0, at - 2) : at]):
        return None
    end = _past_size(items, at + 1)
    if "relation.per" in item.senses:  # "yhdessä kapselissa": the case of the unit says it
        return PortionMention(at, end, portion, "per")
    if _introduced(items, at):
        sizes = item.kind == "U" and end < len(items) and "portion.serving" in items[end].senses  # "3-tablet serving"
        return PortionMention(at, end + sizes, portion, "per")
    if _closed_by_per(items, end):
        return PortionMention(at, end + 1 + (items[end].text == ":"), portion, "per")
    if _contains_soon(items, end):
        while "relation.contains" not in items[end].senses:
            end += 1
        if "relation.per" in items[end - 1].senses:  # "three tablets daily, each containing 100 mg"
            portion = Portion(ONE, portion.unit) if item.kind == "U" else portion
        return PortionMention(at, end, portion, "contains")
    if _is_bracket_behind(items, at):
        return PortionMention(at, end, portion, "per")
    if _equals_daily(items, end):
        return PortionMention(at, end, portion, "per" if at and items[at - 1].text == "(" else "contains")
    if item.high and not clause.says("dose.take") and _equals_magnesium(items, end):
        return PortionMention(at, end, portion, "contains")
    if at == 0 and item.kind == "U" and _lists_contents(items, end):
        return PortionMention(at, end, portion, "contains")
    if (
        _behind_heading(items, at, end)
        or _in_row_of_counts(items, at)
        or (_alone_in_cell(items, at, end) and _heads_amounts(item, items, at))
    ):
        return PortionMention(at, end, portion, "cell")
    if item.kind in "AV" and _heads_list(items, at, end):
        return PortionMention(at, end, portion, "per")
    if item.kind == "A":
        return None
    if _heads_its_amount(items, at, end):
        return PortionMention(at, end, portion, "contains")
    if end + 1 < len(items) and items[end].kind == "w" and not items[end].senses and items[end + 1].text in "=:":
        end += 1
    elif end == at + 1 and _is_called_day(items, at):
        end += 3
    if item.high and _equals_by_sign(items, end):
        return PortionMention(at, end, portion, "contains")
    shell = not item.high and clause.section in ("ingredients", "other")
    if end < len(items) and items[end].text in ":=" and not shell and not clause.says("dose.take", "frequency.daily"):
        return PortionMention(at, end, portion, "contains")
    return None


def _is_bracket_behind(items: list[Item], at: int) -> bool:
    """ "Magnesium 300 mg (3 capsules)": a dose-sized count in a bracket of its own behind an amount or its name."""
    item = items[at]
    if at < 2 or item.kind != "U" or not item.high or item.low != item.high or item.most >= LARGEST_DOSE:
        return False
    closed = at + 1 < len(items) and items[at + 1].text == ")"
    return closed and items[at - 1].text == "(" and items[at - 2].kind in "Am"


def _equals_by_sign(items: list[Item], at: int) -> bool:
    """ "5 sprays = 75 mg magnesium"."""
    behind = items[at : at + 3]
    return len(behind) == 3 and behind[0].text == "=" and behind[1].kind == "A" and behind[2].kind == "m"


def _equals_daily(items: list[Item], at: int) -> bool:
    """ "3 capsules a day = 300 mg", "3 capsules a day, i.e. 300 mg"."""
    behind = [item for item in items[at : at + _NEAR] if item.text != ","]
    return len(behind) > 2 and "frequency.daily" in behind[0].senses and equates(behind[1]) and behind[2].kind == "A"


def _is_of_a_name(items: list[Item], at: int) -> bool:
    """Whether grams measure what is named beside them: "Magnesium citrate 1 g, providing", "contain 0.75 g each of"."""
    if at and items[at - 1].kind == "m":
        return True
    behind = items[at + 1] if at + 1 < len(items) else None
    held = at > 1 and "relation.contains" in items[at - 2].senses
    return held and behind is not None and behind.kind == "m" and not owns_next(items, at + 1)


def _lasts(items: list[Item], at: int) -> bool:
    """Whether an equation says how long a pack lasts, not what it holds: "60 capsules = 30 days' supply"."""
    if at + 1 >= len(items) or items[at + 1].text != "=":
        return False
    return items[at].most >= LARGEST_DOSE and not any(i.kind == "A" for i in items[at + 2 : at + 2 + _NEAR])


def _is_pack_alone(items: list[Item], at: int) -> bool:
    """Whether a count is too large for a dose and no word introduces it: a pack, whatever colon follows."""
    item = items[at]
    return item.unit != "drop" and item.most > LARGEST_BARE and not _introduced(items, at)


def _behind_heading(items: list[Item], at: int, end: int) -> bool:
    """ "Nutrition 2 tablets Magnesium 280 mg": a count between a heading of facts and the first name."""
    item = items[at]
    if not item.high or not at or (item.kind == "U" and item.most >= LARGEST_DOSE):
        return False
    if end >= len(items):
        return False
    follower = items[end]
    named = (follower.kind in "mo" and item.kind == "U") or follower.text in "/%" or "reference.nrv" in follower.senses
    return named and not items[at - 1].senses.keys().isdisjoint(
        ("section.facts", "section.ingredients", "pack.contents")
    )


def _in_row_of_counts(items: list[Item], at: int) -> bool:
    """ "Nutrition 1 tabl. 3 tabl. NRV": counts in a row behind a heading of facts, as many as there are columns."""
    item = items[at]
    if item.kind != "U" or not item.high or item.most >= LARGEST_DOSE:
        return False
    first, last = at, at
    while first and at - first < _ROW and _heads_column(items[first - 1]):
        first -= 1
    while last + 1 < len(items) and last - at < _ROW and _heads_column(items[last + 1]):
        last += 1
    named = first > 0 and "section.facts" in items[first - 1].senses
    ends = last + 1 == len(items) or items[last + 1].kind in "mo" or "reference.nrv" in items[last + 1].senses
    return named and ends and sum(i.kind == "U" for i in items[first : last + 1]) > 1


def _heads_column(item: Item) -> bool:
    """Whether an item is a dose-sized count, or what stands between two of them."""
    return (item.kind == "U" and bool(item.high) and item.most < LARGEST_DOSE) or item.text in "./" or item.kind == "c"


def _heads_amounts(item: Item, items: list[Item], at: int) -> bool:
    """Whether a count alone in its cell can head a column: a dose-sized count, or 100 g or ml; never a pack."""
    near = items[max(0, at - 3) : at + 4]
    row = items[max(0, at - _ROW) : at + _ROW]
    alone = sum(i.kind == "U" and bool(i.high) for i in row) < 2 and not any("reference.nrv" in i.senses for i in row)
    taken = any("dose.take" in i.senses and "portion.serving" not in i.senses for i in near)
    if not item.high or taken or (alone and any("pack.contents" in i.senses for i in near)):
        return False
    if item.kind == "U":
        return item.most < LARGEST_DOSE and item.unit != "piece"
    before = items[max(0, at - _ROW) : at]
    if any(i.kind in "mo" or "nutrient" in i.senses for i in before):
        return False
    if any(i.unit in ("g", "ml") and i.high and i.most == _HUNDRED for i in row):
        return True
    others = any(i is not item and ((i.kind in "UV" and i.high) or "reference.nrv" in i.senses) for i in row)
    if any("reference.nrv" in i.senses for i in row) and sum(i.unit == item.unit and bool(i.high) for i in row) > 1:
        return True
    return others and not any(i.kind == "w" and not i.senses and len(i.text) > 2 for i in before)


def past_about(items: list[Item], at: int) -> int:
    """Past words such as "about", and the points of their abbreviations."""
    while at < len(items) and (items[at].text == "." or "relation.approx" in items[at].senses):
        at += 1
    return at


def _past_size(items: list[Item], at: int) -> int:
    """Past what only tells the size of the unit just counted: "(15 ml)", "(ca. 1.2 ml)", "of 5 g", "à 2 g"; or
    "(level) ="."""
    if at < len(items) and items[at].text == "(":
        size = past_about(items, at + 1)
        if at + 1 < size < len(items) - 1 and items[size + 1].text == ")":
            return size + 2 if items[size].kind in "AV" else at
    if at + 2 < len(items) and items[at].text == "(" and items[at + 2].text == ")":
        equation = [i.text for i in items[at + 3 : at + 4]] == ["="]
        if items[at + 1].kind in "AVU" or (equation and items[at + 1].kind == "w"):
            return at + 3
    if at + 1 < len(items) and items[at + 1].kind in "AV" and portion_of(items[at + 1]) is not None:
        if "join.of" in items[at].senses or items[at].text.casefold() in ("à", "á"):
            return at + 2
    if at < len(items) and items[at].kind in "AV" and portion_of(items[at]) is not None and not items[at - 1].high:
        return at + 1
    return at


def _bare_measure(items: list[Item], at: int) -> PortionMention | None:
    """ "80 mg/ml", a heading "mg/l": a unit sign without a number after a slash or "per"."""
    item = items[at]
    if item.kind != "w" or at < 2:
        return None
    measure = item.senses.get("measure")
    if measure not in ("ml", "g", "l"):
        return None
    dotted = at > 2 and items[at - 1].text == "."
    slash, over = items[at - 1 - dotted], items[at - 2 - dotted]
    per = slash.text == "/" or "relation.per" in slash.senses
    headed = measure == "l" and per and over.kind == "w" and over.senses.get("measure") in MASSES
    headed = headed or (per and [i.text for i in items[at + 1 : at + 2]] == [":"])
    if headed or (over.kind == "A" and per):
        scale = {"ml": Portion(ONE, "ml"), "g": Portion(ONE, "g"), "l": Portion(Decimal(1000), "ml")}
        return PortionMention(at, at + 1, scale[measure], "per")
    return None


def _introduced(items: list[Item], at: int) -> bool:
    """Whether a word such as "per" or a slash stands before, at most two plain words away."""
    counted = bool(items[at].high) or items[at].kind == "w"
    for index in range(at - 1, max(-1, at - _NEAR), -1):
        item = items[index]
        if "relation.per" in item.senses and item.kind != "U":
            if items[at].kind in "AV" and index and items[index - 1].kind == "U":
                return False
            if items[at].kind == "V" and index and "dose.dissolve" in items[index - 1].senses:
                return False  # "dissolved in 1.2 dl of water"
            between = items[index + 1 : at]
            return counted or all(i.kind == "p" for i in between) or _is_stated_in(items, index, between)
        if item.text == "." or (item.text == "(" and index == at - 1):
            continue
        if item.text == "/":
            return index == at - 1 and not _is_packed(items[at]) and (index == 0 or _says_per(items, index))
        if item.kind != "w" or (item.senses and _SKIPPED.isdisjoint(item.senses)):
            return False
    return False


def _is_packed(item: Item) -> bool:
    """ "Magnesium 400 mg / 120 tablets": a count behind a slash that is too large for a portion."""
    return item.kind == "U" and item.unit != "drop" and bool(item.high) and item.most > LARGEST_BARE


def _says_per(items: list[Item], slash: int) -> bool:
    """Whether a slash says "per": not where it abbreviates the letter before it ("c/ 120 caps", "w/ 90 tablets")."""
    before = items[slash - 1]
    is_letter = before.kind == "w" and len(before.text) == 1 and not before.senses and before.end == items[slash].start
    return before.kind in "cAVPUwmo" and not is_letter


def _is_stated_in(items: list[Item], per: int, between: list[Item]) -> bool:
    """ "84 mg magnesium in each slow release caplet": plain adjectives, where an amount stands before the "in"."""
    if any(i.kind != "w" or i.senses for i in between):
        return False
    before = next((i for i in reversed(items[max(0, per - _NEAR) : per]) if i.kind != "p"), None)
    return before is not None and before.kind in "Amo"


def _closed_by_per(items: list[Item], at: int) -> bool:
    """Whether a word for "per" follows that stands behind its noun: "1 tableti kohta", "100 g kohti", "100
    g:ssa"."""
    if at + 1 < len(items) and items[at].text == ":" and items[at].end == items[at + 1].start:
        at += 1
    return at < len(items) and "relation.per_behind" in items[at].senses


def _contains_soon(items: list[Item], at: int) -> bool:
    """Whether a word for "contains" follows within a few plain words."""
    closing, weighs = 0, False
    if at < len(items) and (items[at].text == "." or _comma_then_contains(items, at)):
        at += 1
    for index, item in enumerate(items[at : at + 2 * _NEAR], at):
        if "relation.contains" in item.senses:
            return not _is_other_portion(items, index + 1)
        if _is_other_portion(items, index):
            return False
        closing += (item.text == "(") - (item.text == ")" and closing > 0)
        if closing or item.text == ")":
            continue
        plain = item.kind in "wp" or (item.kind == "U" and not item.high) or (item.kind in "AV" and weighs)
        weighs = weighs or not _MEASURED_BY.isdisjoint(item.senses) or (item.kind == "U" and item.unit == "measure")
        if not plain or item.text in ".:;," or "negation.before" in item.senses:
            return False
    return False


def _is_other_portion(items: list[Item], at: int) -> bool:
    """ "300 ml, contains per ml:", "450 ml, each tablespoon contains": whether what follows is of another portion."""
    per, named = items[at : at + 1], items[at + 1 : at + 2]
    if not per or not named or "relation.per" not in per[0].senses:
        return False
    if at and "dose.dissolve" in items[at - 1].senses:
        return False  # "one tablet dissolved in 1.2 dl of water gives"
    return named[0].kind in "UV" or (named[0].kind == "w" and "measure" in named[0].senses)


def _lists_contents(items: list[Item], at: int) -> bool:
    """ "2 capsules magnesium taurate 1000 mg, vitamin B6 2 mg": a count that opens a list of names with amounts."""
    listed = items[at : at + _ROW]
    kinds = [i.kind for i in listed]
    return len(listed) > 1 and kinds[0] in "mo" and kinds[1] == "A" and kinds.count("A") > 1 and "o" in kinds


def _heads_its_amount(items: list[Item], at: int, end: int) -> bool:
    """ "1 tablet 100 mg | 2 tablets 200 mg": other counts of the unit have their amounts right behind them too."""
    if not items[at].high or end >= len(items) or items[end].kind != "A":
        return False
    pairs = zip(items[max(0, at - _ROW) : at + _ROW], items[max(0, at - _ROW) + 1 : at + _ROW], strict=False)
    counts = [u for u, a in pairs if u.kind == "U" and u.unit == items[at].unit and u.high and a.kind == "A"]
    return len({u.most for u in counts}) > 1


def _heads_list(items: list[Item], at: int, end: int) -> bool:
    """ "100 ml of the drink: sodium 40 mg, magnesium 11 mg", "Sachet 4 g: magnesium 300 mg": what opens a line, with a
    colon behind it and behind that a name."""
    colon = next((n for n in range(end, min(end + _NEAR, len(items))) if items[n].kind != "w" or items[n].high), None)
    if colon is None or items[colon].text != ":" or any(i.kind != "w" for i in items[max(0, at - _NEAR) : at]):
        return False
    named = items[colon + 1].kind in "mo" if colon + 1 < len(items) else False
    return at <= 1 and named and any(i.kind == "A" for i in items[colon + 2 : colon + 2 + _NEAR])


def _equals_magnesium(items: list[Item], at: int) -> bool:
    """ "5 sprays correspond to about 100 mg of magnesium"."""
    if at >= len(items) or "relation.equivalent" not in items[at].senses:
        return False
    amount = next((n for n in range(at + 1, min(len(items), at + _NEAR)) if items[n].kind == "A"), None)
    if amount is None or any(i.kind != "w" and i.text != "." for i in items[at + 1 : amount]):
        return False
    behind = (i for i in items[amount + 1 : amount + _NEAR] if "join.of" not in i.senses)
    named = next(behind, None)
    return named is not None and named.kind == "m"


def _comma_then_contains(items: list[Item], at: int) -> bool:
    """ "four capsules, you get 500 mg": a comma directly before the word and its amount."""
    behind = items[at + 1 : at + 5]
    if items[at].text != "," or not behind or "relation.contains" not in behind[0].senses:
        return False
    return any(i.kind == "A" for i in behind)


def _fills_cell(item: Item) -> bool:
    """Whether a word only says what the counted or measured thing is: "100 g powder", "45 g dose"."""
    return item.kind == "w" and (not item.senses or "portion.serving" in item.senses)


def _alone_in_cell(items: list[Item], start: int, end: int) -> bool:
    """Whether nothing but brackets, slashes and other portions shares its cell or line."""
    before = next((i for i in reversed(items[max(0, start - _NEAR) : start]) if i.text not in ("(", "á")), None)
    while end < len(items) and (_fills_cell(items[end]) or items[end].text == "."):
        end += 1
    if end < len(items) and items[end].text == "(":
        end = next((i + 1 for i in range(end, min(end + 6, len(items))) if items[i].text == ")"), end)
    after = next(
        (i for i in items[end : end + _NEAR] if i.text not in (")", "*", ":", ".") and not _fills_cell(i)), None
    )
    left = before is None or before.kind == "c" or (before.text == "/" and start > 1 and items[start - 2].kind in "UAV")
    right = after is None or after.kind == "c" or after.text == "/" or after.text == "%"
    return left and right
