"""Who an amount speaks of: the name before it, the name behind it, or the one the row began with.

Labels write "Magnesium 100 mg" and "100 mg magnesium"; in a run of both, a name directly before an amount wins unless
an amount before has taken it.
"""

from __future__ import annotations

from typing import NamedTuple

from mglabel.extraction.item import FOOTNOTES, MASSES, Item
from mglabel.language.names import UNKNOWN_SALT

_REACH = 40
_LIST = 3
_LONGEST_ASIDE = 2
_ADJECTIVES = 3
_BLEND = 4
"""So many items behind the magnesium the word for a blend stands."""

_HYPHENS = frozenset("-‑–")
_PARTING = frozenset(("relation.from", "relation.and", "relation.contains", "relation.of_which", "relation.per"))
"""What parts the magnesium from a blend that it does not name."""
_CONTENT = ("origin", "claim.food", "function.", "purpose", "use.", "acid")
"""Senses of words that name things; a word with no other sense is as good as unknown beside an amount."""


class Subject(NamedTuple):
    """`kind`: element, compound, other or unknown. `at` is the index of the naming item, -1 where there is none.

    `forms` are the compounds that the naming says the element comes from; `relation` is the last relation word between
    the name before and the amount (of_which, equivalent, elemental, compound ...).
    """

    kind: str
    form: str | None
    at: int
    forms: tuple[Item, ...] = ()
    relations: frozenset[str] = frozenset()


_FROM = 3
"""How far behind "from" its compound stands."""

UNKNOWN = Subject("unknown", None, -1)
RELATIONS = {
    "relation.of_which": "of-which",
    "relation.equivalent": "equivalent",
    "relation.elemental": "elemental-word",
    "magnesium.content": "elemental-word",
    "relation.compound": "compound-word",
    "relation.as_form": "as-form",
    "relation.from": "from",
    "portion.total": "total",
}


def subject_before(items: list[Item], start: int, at: int) -> Subject | None:
    """The subject named between `start` and the amount at `at`; unknown for words no table knows, None for none."""
    relations: set[str] = set()
    forms: list[Item] = []
    listed: list[Item] = []
    found: Item | None = None
    found_at = -1
    closed = 0
    strange = False
    parted = False
    for index in range(at - 1, max(start - 1, at - _REACH), -1):
        item = items[index]
        if item.kind == "p":
            closed += (item.text in ")]}") - (item.text in "([{")
            if closed < 0:
                closed = 0
            if not closed and item.text in ",&+" and found is None:
                parted = parted or strange
            continue
        if closed:
            if item.kind == "m" and item.senses["form"]:
                forms.append(item)
            continue
        if item.kind == "m":
            if found is None and _tells_function(items, index):
                continue
            if found is None:
                if parted and strange:
                    return UNKNOWN
                found, found_at = item, index
            elif found.kind != "m" or not found.senses["form"]:
                break
            elif item.senses["form"]:
                listed.append(item)
            else:
                if _leads_form(items, index, found_at):
                    forms += [found, *listed]
                    found, found_at = item, index
                break
        elif item.kind == "o":
            if found is None:
                if parted and strange:
                    return UNKNOWN
                found, found_at = item, index
            break
        elif item.kind == "w":
            if found is None and item.senses:
                relations |= {RELATIONS[k] for k in item.senses if k in RELATIONS}
            if found is None and "of-which" not in relations:  # what stands before it is the whole's
                strange = strange or is_strange(item) or (index == at - 1 and _is_symbol(item))
            if "relation.contains" in item.senses and found is None:
                return UNKNOWN if strange and not _only_adjectives(items, index, at) else None
            if "relation.from" in item.senses and found is not None and found.kind == "m":
                relations.add("from")
            if "relation.of_which" in item.senses and found is not None:
                relations.add("of-which")
        elif item.kind in "NPDVSU" and found is None and item.kind != "U":
            if item.kind in "PV" and strange:
                return UNKNOWN
    if found is None:
        return (
            UNKNOWN
            if strange
            else (Subject("", None, -1, tuple(forms), frozenset(relations)) if relations or forms else None)
        )
    return _subject(items, found, found_at, tuple(reversed(forms)), relations)


def subject_around_bracket(items: list[Item], at: int) -> Subject | None:
    """The name that a bracket with an amount of its own parts from this amount, None where there is no such bracket.

    "Magnesium oxide (equal to 100 mg of magnesium) 170 mg", "magnesium (as 520 mg magnesium chloride) 62 mg"; the last
    name in a bracket that goes on ("as magnesium citrate, nominal quantity: 700 mg") is the one of its amount.
    """
    if not at:
        return None
    if items[at].depth and any("pack.contents" in i.senses for i in items[max(0, at - 2) : at]):
        return _named_inside(items, at)
    if items[at - 1].text != ")":
        return None
    opening = next((i for i in range(at - 2, max(-1, at - _REACH), -1) if _opens(items, i, at - 1)), 0)
    if not opening or not any(i.kind == "A" for i in items[opening:at]):
        return None
    index = opening - 1
    while index > 0 and items[index].kind == "w" and not is_strange(items[index]) and _harmless(items[index]):
        index -= 1
    named = items[index]
    if named.kind != "m" or (index + 1 < opening and not named.senses["form"]):
        return None
    forms = tuple(i for i in items[opening:at] if i.kind == "m" and i.senses["form"])
    return _subject(items, named, index, forms if not named.senses["form"] else (), set())


def source_of_element(items: list[Item], at: int) -> Subject | None:
    """The compound whose mass stands in a bracket beside the element's: "magnesium 120 mg as citrate (750 mg)",
    "magnesium (as oxide 500 mg) 300 mg"."""
    inside = at > 0 and items[at].depth > 0 and items[at - 1].kind == "m"
    if (
        inside
        and [i.text for i in items[at + 1 : at + 2]] == [")"]
        and [i.kind for i in items[at + 2 : at + 3]] == ["A"]
    ):
        named = at - 1
    elif at > 1 and items[at - 1].text == "(" and items[at - 2].kind == "m":
        named = at - 2
    else:
        return None
    form = items[named].senses["form"]
    element = any(i.kind == "m" and not i.senses["form"] for i in items[max(0, named - _REACH) : named])
    return Subject("compound", form, named, (), frozenset(("as-form",))) if form and element else None


def _opens(items: list[Item], index: int, closing: int) -> bool:
    """Whether the bracket that closes at `closing` opens at `index`."""
    return items[index].text == "(" and items[index].depth == items[closing].depth


def _named_inside(items: list[Item], at: int) -> Subject | None:
    """The compound that the bracket around the amount names before it."""
    for index in range(at - 1, max(-1, at - _REACH), -1):
        item = items[index]
        if item.kind in "Ao" or item.depth < items[at].depth:
            return None
        if item.kind == "m":
            as_form = frozenset(("as-form",))
            return Subject("compound", item.senses["form"], index, (), as_form) if item.senses["form"] else None
    return None


def _tells_function(items: list[Item], at: int) -> bool:
    """ "Magnesium oxide | source of magnesium | 415": whether a cell only tells what the substance before it is for."""
    before = items[max(0, at - 2) : at]
    opens = len(before) == 2 and before[0].kind == "c" and "relation.from" in before[1].senses
    return opens and not items[at].senses["form"]


def is_strange(item: Item) -> bool:
    """Whether a word may be the name of something that the tables do not know as a nutrient."""
    if item.kind != "w" or len(item.text) <= 2:
        return False
    return all(key.startswith(_CONTENT) for key in item.senses)


def _is_symbol(item: Item) -> bool:
    """Whether a short word is written like the symbol of an element: "Zn", "K", and "Ca", which is no "ca." then."""
    return item.senses.keys() <= {"relation.approx"} and item.text.isalpha() and item.text.istitle()


def _only_adjectives(items: list[Item], start: int, at: int) -> bool:
    """Whether the strange words stand before the verb, not between it and the amount."""
    return all(i.kind != "w" or i.senses or len(i.text) <= 2 for i in items[start + 1 : at])


def _is_blend(items: list[Item], at: int) -> bool:
    """Whether the name is that of a blend: "magnesium complex 750 mg", "magnesium 7-form blend 750 mg", "magnesium
    compounds 750 mg" is the mass of the blend, not of the element."""
    if at + 1 < len(items) and "relation.compound" in items[at + 1].senses:
        return True
    for item in items[at + 1 : at + 1 + _BLEND]:
        if "descriptor.complex" in item.senses:
            return True
        if (item.kind not in "wN" and item.text not in _HYPHENS) or not _PARTING.isdisjoint(item.senses):
            break
    before = [i for i in items[max(0, at - 2) : at] if "join.of" not in i.senses]
    if not before:
        return False
    joined = "join.of" in items[at - 1].senses  # "compounds of magnesium"
    return "descriptor.complex" in before[-1].senses or (joined and "relation.compound" in before[-1].senses)


def _subject(items: list[Item], item: Item, at: int, forms: tuple[Item, ...], relations: set[str]) -> Subject:
    if item.kind == "o":
        return Subject("other", item.senses.get("nutrient"), at, (), frozenset(relations))
    form = item.senses["form"]
    if not form and _is_blend(items, at):
        return Subject("compound", None, at, (), frozenset(relations | {"compound-word"}))
    if not form and UNKNOWN_SALT in item.senses:
        return Subject("compound", None, at, (), frozenset(relations))
    if not form:
        called = at > 0 and "relation.elemental" in items[at - 1].senses
        if called or "join.ion" in item.senses or "magnesium.content" in item.senses:
            relations = relations | {"elemental-word"}
        return Subject("element", None, at, forms, frozenset(relations))
    return Subject("compound", form, at, forms, frozenset(relations))


def _leads_form(items: list[Item], element: int, name: int) -> bool:
    """Whether words such as "as", a dash, a colon or a cell's border part the element from the compounds behind it."""
    between = items[element + 1 : name]
    if any("relation.as_form" in i.senses or "relation.from" in i.senses for i in between):
        return True
    return bool(between) and (between[0].kind == "c" or between[0].text in "—–:")


def _past_aside(items: list[Item], opening: int) -> int:
    """ "500 mg (scored) magnesium oxide": the index behind a bracket of a word or two that names nothing, else 0."""
    for index in range(opening + 1, min(len(items), opening + _LONGEST_ASIDE + 2)):
        item = items[index]
        if item.text == ")":
            return index + 1 if index > opening + 1 else 0
        if item.kind != "w" or not RELATIONS.keys().isdisjoint(item.senses):
            return 0
    return 0


def subject_after(items: list[Item], at: int) -> Subject | None:
    """The subject that follows an amount directly, past "of", adjectives and equal amounts: "100 mg of magnesium"."""
    relations: set[str] = set()
    adjectives = 0
    index = at + 1
    inside = items[at].depth
    while index < len(items) and index <= at + _REACH:
        item = items[index]
        if item.kind in "mo":
            if adjectives and _is_salt_of(items, index, at):
                return Subject("compound", None, index, (), frozenset(relations))
            return _after(items, index, relations)
        if item.kind == "A":
            if _may_repeat(items[at], item) and not relations and not adjectives and _chained(items, index):
                index += 1
                continue
            return None
        if item.kind == "w":
            known = {RELATIONS[k] for k in item.senses if k in RELATIONS}
            if "compound-word" in known:
                return Subject("compound", None, index, (), frozenset(known))
            if "relation.or" in item.senses and index + 1 < len(items) and items[index + 1].kind == "A":
                index += 1
                continue
            if known - {"as-form", "from"} and not known & {"of-which", "equivalent"}:
                relations |= known
            elif _begins_name(items, index) or _is_handed(items, index):
                pass
            elif _harmless(item):
                adjectives += not item.senses
            else:
                return None
            if adjectives > _ADJECTIVES:
                return None
        elif item.kind == "U" and not item.high:
            pass
        elif item.kind in "pP" and (share := _past_share(items, index)):
            index = share
            continue
        elif item.kind == "p":
            if item.text == ")" and inside and not adjectives and not relations and items[index - 1].kind == "A":
                inside -= 1
            elif item.text in "([" and _opens_repetition(items, index):
                inside += 1
            elif item.text == "(" and (behind := _past_aside(items, index)):
                index = behind
                continue
            elif item.text not in "-‑=/'’«\"“" and not _footnote(items, index) and not _marked(items, index):
                return None
        else:
            return None
        index += 1
    return None


def _opens_repetition(items: list[Item], opening: int) -> bool:
    """ "100 mg (4.1 mmol)", "100 mg (= 4.1 mmol)": a bracket that begins with an amount."""
    behind = items[opening + 1 : opening + 3]
    return bool(behind) and behind[behind[0].text == "=" and len(behind) > 1].kind == "A"


def subject_from_behind(items: list[Item], at: int) -> Subject | None:
    """ "70 mg from magnesium taurate": magnesium that is said to come from the compound behind its amount."""
    if at + 1 >= len(items) or "relation.from" not in items[at + 1].senses:
        return None
    for index in range(at + 2, min(len(items), at + 2 + _FROM)):
        item = items[index]
        if item.kind == "m" and item.senses["form"]:
            return Subject("compound", item.senses["form"], index, (), frozenset(("from", "elemental-word")))
        if item.kind != "w" or not _harmless(item):
            return None
    return None


def _may_repeat(amount: Item, other: Item) -> bool:
    """Whether two amounts may be one in two units: not two masses that differ."""
    if amount.unit not in MASSES or other.unit not in MASSES or not (amount.high and other.high):
        return True
    return amount.most * MASSES[amount.unit] == other.most * MASSES[other.unit]


def _is_salt_of(items: list[Item], at: int, amount: int) -> bool:
    """ "20 mg de bromuro de magnesio": an unknown word, "of" and the element, behind an "of", name a salt of it."""
    if at - amount < 4 or items[at].kind != "m" or items[at].senses["form"]:
        return False
    first, name, second = items[at - 3 : at]
    return "join.of" in first.senses and is_strange(name) and "join.of" in second.senses


def _past_share(items: list[Item], index: int) -> int:
    """The index after the amount's percentage: "200 mg (53 %) magnesium", "200 mg 53 %* magnesium"; 0 for none."""
    opened = items[index].text == "("
    at = index + opened
    if at >= len(items) or items[at].kind != "P":
        return 0
    at += 1
    end = min(len(items), at + _REACH)
    while at < end and (items[at].text in FOOTNOTES or "reference.nrv" in items[at].senses):
        at += 1
    if not opened:
        return at
    return at + 1 if at < len(items) and items[at].text == ")" else 0


def subject_in_cell_behind(items: list[Item], at: int) -> Subject | None:
    """The name that ends a row whose cells begin with the amounts: "200 mg | 53 % | Magnesium".

    A last cell of words that no table knows is the name of something else.
    """
    if at > _REACH or any(i.kind in "mo" or is_strange(i) for i in items[:at]):
        return None
    named = False
    for index in range(at + 1, min(len(items), at + _REACH)):
        item = items[index]
        named = named or (item.kind == "w" and items[index - 1].kind == "c" and item.text not in FOOTNOTES)
        if item.kind in "mo" and (named or items[index - 1].kind == "c"):
            return _after(items, index, set())
        if item.kind == "w" and named:
            if "purpose" in item.senses:
                return None  # "311 mg | Saline laxative": what it is for
            continue
        if item.kind not in "cpAPN" and item.text not in FOOTNOTES and "reference.nrv" not in item.senses:
            return None
    return UNKNOWN if named else None


def _begins_name(items: list[Item], index: int) -> bool:
    """Whether a heading's word is the first of a nutrient's name here: "Vitamins" heads, "vitamin B6" names."""
    item, behind = items[index], items[index + 1] if index + 1 < len(items) else None
    heads = item.kind == "w" and any(k.startswith("section.") for k in item.senses)
    return heads and behind is not None and behind.kind == "o" and behind.start - item.end <= 1


def _is_handed(items: list[Item], index: int) -> bool:
    """Whether a letter is the first of a compound's name: "L-threonate"."""
    if index + 2 >= len(items) or len(items[index].text) > 1 or items[index + 2].kind != "m":
        return False
    joint = items[index + 1]
    return joint.text in "-‑" and items[index].end == joint.start and joint.end == items[index + 2].start


def names_follow(items: list[Item], amounts: list[int], start: int) -> bool:
    """Whether a list of amounts gives each its name behind it: it opens with a number and ends with a name.

    `start` is the index behind the portion that the list is for.
    """
    masses = [at for at in amounts if items[at].kind == "A"]
    energies = sum(i.kind == "V" and bool(i.high) for i in items[start : masses[0]]) if masses else 0
    if not masses or len(masses) + energies < _LIST:
        return False
    while start < len(items) and (items[start].kind in "pc" or "relation.contains" in items[start].senses):
        start += 1
    if start >= len(items) or items[start].kind not in "ANV":
        return False
    index = masses[-1] + 1
    while index < len(items) and (_marked(items, index) or _past_share(items, index)):
        index = _past_share(items, index) or index + 1
    if index >= len(items):
        return False
    return items[index].kind in "mo" or is_strange(items[index]) or _begins_name(items, index)


def _marked(items: list[Item], index: int) -> bool:
    """Whether the sign is a footnote's mark on the amount itself: "200 mg* magnesium"."""
    before = items[index - 1]
    touches = items[index].start - before.end <= 1 and (before.kind == "A" or before.text in FOOTNOTES)
    return items[index].text in FOOTNOTES and touches


def _footnote(items: list[Item], index: int) -> bool:
    """Whether the mark is part of a bracketed star: "1229,6 mg (*) of …"."""
    return "*" in {i.text for i in items[max(0, index - 1) : index + 2]}


def _after(items: list[Item], index: int, relations: set[str]) -> Subject:
    """The subject at `index` with the compounds it is said to come from behind it."""
    item = items[index]
    forms: list[Item] = []
    if item.kind == "m" and not item.senses["form"]:
        for later in items[index + 1 : index + 12]:
            if later.depth < item.depth:
                break  # "(100 mg magnesium), magnesium oxide": behind its bracket another row begins
            if later.kind == "m" and later.senses["form"]:
                forms.append(later)
            elif later.kind in "Aolc" or later.kind == "m":
                break
    return _subject(items, item, index, tuple(forms), relations)


def _chained(items: list[Item], index: int) -> bool:
    """Whether an amount repeats the one before in another unit: "243 mg = 10 mmol", "32,8 mg oder 1,35 mmol"."""
    before = items[index - 1]
    return before.text in ("=", "/", "(") or "relation.or" in before.senses


def _harmless(item: Item) -> bool:
    """Whether a word may stand between an amount and the substance it measures."""
    allowed = (
        "join.",
        "variant",
        "hydrate",
        "descriptor",
        "relation.elemental",
        "relation.per",
        "magnesium",
        "unit",
        "origin",
    )
    if not item.senses:
        return True
    return any(k.startswith(allowed) for k in item.senses) and "relation.contains" not in item.senses
