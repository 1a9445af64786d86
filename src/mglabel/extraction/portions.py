"""What amounts are stated for: portions named in headers, columns, sentences and behind amounts.

A portion is introduced ("per 2 capsules"), opens a sentence ("1 tablet contains"), sizes a serving ("serving size
2 capsules") or stands alone in a cell or line above the amounts.
"""

from __future__ import annotations

from decimal import Decimal

from mglabel.extraction.entries import owns_next
from mglabel.extraction.introduced import closed_by_per, contains_soon, is_introduced, past_size
from mglabel.extraction.item import MASSES, Item, equates
from mglabel.extraction.layout import Clause
from mglabel.extraction.portion_cells import (
    heads_amounts,
    heads_its_amount,
    heads_list,
    is_alone_in_cell,
    lists_contents,
    stands_behind_heading,
    stands_in_row_of_counts,
)
from mglabel.extraction.portion_mention import LARGEST_BARE, LARGEST_DOSE, NEAR, ONE, PortionMention, portion_of
from mglabel.extraction.servings import day_column, day_or_serving, is_called_day, joins
from mglabel.values.label import Portion

_FEW = 2
_CONTENTS = frozenset(("section.facts", "section.ingredients"))
_REPEATED = frozenset(("frequency.times", "times"))
_APPROX = frozenset(".~≈±")
_NAMING = frozenset(("portion.day", "portion.serving", "measure", "frequency.daily", "duration.day"))
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
            day_or_serving(items, at)
            or _counted(items, at, clause)
            or _bare_measure(items, at)
            or day_column(items, at, clause)
        )
        mention = mention._replace(day=True) if mention and is_called_day(items, at) else mention
        if mention and (not found or mention.start >= found[-1].end):
            found.append(mention._replace(bracketed=True) if items[mention.start].depth else mention)
            at = mention.end
        else:
            at += 1
    return found


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
    end = past_size(items, at + 1)
    if "relation.per" in item.senses:  # "yhdessä kapselissa": the case of the unit says it
        return PortionMention(at, end, portion, "per")
    if is_introduced(items, at):
        sizes = item.kind == "U" and end < len(items) and "portion.serving" in items[end].senses  # "3-tablet serving"
        return PortionMention(at, end + sizes, portion, "per")
    if closed_by_per(items, end):
        return PortionMention(at, end + 1 + (items[end].text == ":"), portion, "per")
    if contains_soon(items, end):
        while "relation.contains" not in items[end].senses:
            end += 1
        if "relation.per" in items[end - 1].senses:  # "three tablets daily, each containing 100 mg"
            portion = Portion(ONE, portion.unit) if item.kind == "U" else portion
        return PortionMention(at, end, portion, "contains")
    if _is_bracket_behind(items, at):
        return PortionMention(at, end, portion, "per")
    if _equals_daily(items, end):
        return PortionMention(at, end, portion, "per" if at and items[at - 1].text == "(" else "contains")
    if item.high and not clause.says("dose.take") and not _is_dosed(items, at) and _equals_magnesium(items, end):
        return PortionMention(at, end, portion, "contains")
    if at == 0 and item.kind == "U" and lists_contents(items, end):
        return PortionMention(at, end, portion, "contains")
    if (
        stands_behind_heading(items, at, end)
        or stands_in_row_of_counts(items, at)
        or (is_alone_in_cell(items, at, end) and heads_amounts(item, items, at))
    ):
        return PortionMention(at, end, portion, "cell")
    if item.kind in "AV" and heads_list(items, at, end):
        return PortionMention(at, end, portion, "per")
    if item.kind == "A":
        return None
    if heads_its_amount(items, at, end):
        return PortionMention(at, end, portion, "contains")
    if end + 1 < len(items) and items[end].kind == "w" and not items[end].senses and items[end + 1].text in "=:":
        end += 1
    elif end == at + 1 and is_called_day(items, at):
        end += 3
    if item.high and _equals_by_sign(items, end):
        return PortionMention(at, end, portion, "contains")
    shell = not item.high and clause.section in ("ingredients", "other")
    if end < len(items) and items[end].text in ":=" and not shell and not clause.says("dose.take", "frequency.daily"):
        return PortionMention(at, end, portion, "contains")
    return None


def _is_dosed(items: list[Item], at: int) -> bool:
    """ "3 times daily 1 tablet": whether it is said right before a count how often it is taken."""
    return any(not _REPEATED.isdisjoint(i.senses) for i in items[max(0, at - _FEW) : at])


def _is_bracket_behind(items: list[Item], at: int) -> bool:
    """ "Magnesium 300 mg (3 capsules)", "Composition (3 capsules):": a dose-sized count in a bracket of its own behind
    an amount, its name or a heading."""
    item = items[at]
    if at < 2 or item.kind != "U" or not item.high or item.low != item.high or item.most >= LARGEST_DOSE:
        return False
    closed = at + 1 < len(items) and items[at + 1].text == ")"
    headed = at == _FEW and not items[0].senses.keys().isdisjoint(_CONTENTS)
    return closed and items[at - 1].text == "(" and (items[at - 2].kind in "Am" or headed)


def _equals_by_sign(items: list[Item], at: int) -> bool:
    """ "5 sprays = 75 mg magnesium"."""
    behind = items[at : at + 3]
    return len(behind) == 3 and behind[0].text == "=" and behind[1].kind == "A" and behind[2].kind == "m"


def _equals_daily(items: list[Item], at: int) -> bool:
    """ "3 capsules a day = 300 mg", "3 capsules a day, i.e. 300 mg"."""
    behind = [item for item in items[at : at + NEAR] if item.text != ","]
    return len(behind) > 2 and "frequency.daily" in behind[0].senses and equates(behind[1]) and behind[2].kind == "A"


def _is_of_a_name(items: list[Item], at: int) -> bool:
    """Whether grams measure what is named beside them: "Magnesium citrate approx. 1 g", "contain 0.75 g each of"."""
    named = at - 1
    while named > 0 and (items[named].text in _APPROX or "relation.approx" in items[named].senses):
        named -= 1
    if at and items[named].kind == "m":
        return True
    behind = items[at + 1] if at + 1 < len(items) else None
    held = at > 1 and "relation.contains" in items[at - 2].senses
    return held and behind is not None and behind.kind == "m" and not owns_next(items, at + 1)


def _lasts(items: list[Item], at: int) -> bool:
    """Whether an equation says how long a pack lasts, not what it holds: "60 capsules = 30 days' supply"."""
    if at + 1 >= len(items) or items[at + 1].text != "=":
        return False
    return items[at].most >= LARGEST_DOSE and not any(i.kind == "A" for i in items[at + 2 : at + 2 + NEAR])


def _is_pack_alone(items: list[Item], at: int) -> bool:
    """Whether a count is too large for a dose and no word introduces it: a pack, whatever colon follows."""
    item = items[at]
    boxed = any("pack.box" in i.senses for i in items[max(0, at - _FEW) : at])  # "box of 20 sachets"
    return (
        item.unit != "drop" and item.most > (LARGEST_DOSE if boxed else LARGEST_BARE) and not is_introduced(items, at)
    )


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
    if over.kind == "m" and at > 2 + dotted:  # "50 mg magnesium per ml"
        over = next((i for i in reversed(items[max(0, at - 4 - dotted) : at - 2 - dotted]) if not joins(i)), over)
    per = slash.text == "/" or "relation.per" in slash.senses
    headed = measure == "l" and per and over.kind == "w" and over.senses.get("measure") in MASSES
    headed = headed or (per and [i.text for i in items[at + 1 : at + 2]] == [":"])
    if headed or (over.kind == "A" and per):
        scale = {"ml": Portion(ONE, "ml"), "g": Portion(ONE, "g"), "l": Portion(Decimal(1000), "ml")}
        return PortionMention(at, at + 1, scale[measure], "per")
    return None


def _equals_magnesium(items: list[Item], at: int) -> bool:
    """ "5 sprays correspond to about 100 mg of magnesium"."""
    if at >= len(items) or "relation.equivalent" not in items[at].senses:
        return False
    amount = next((n for n in range(at + 1, min(len(items), at + NEAR)) if items[n].kind == "A"), None)
    if amount is None or any(i.kind != "w" and i.text != "." for i in items[at + 1 : amount]):
        return False
    behind = (i for i in items[amount + 1 : amount + NEAR] if "join.of" not in i.senses)
    named = next(behind, None)
    return named is not None and named.kind == "m"
