"""A product that is one compound and nothing else: then a mass of the goods is a mass of the compound.

A label of such goods ("Epsom salt 100 %: 1 level teaspoon (5 g)") states its amounts only where it doses. Only what the
label says outright counts: an only ingredient, "100 %" beside the name, or the grade of a pharmacopoeia.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from mglabel.extraction.binding import is_strange
from mglabel.extraction.dose import Dose
from mglabel.extraction.item import Item
from mglabel.extraction.layout import Clause
from mglabel.extraction.measuring import states_share
from mglabel.extraction.solutions import dissolved_grams
from mglabel.extraction.unit_sizes import Size
from mglabel.values.interval import Masses
from mglabel.values.label import Claimed, Mention, Portion

_WHOLE = Decimal(100)
_SHELLED = frozenset(("capsule", "tablet", "gummy"))
"""Units that are never the compound alone."""

_TITLE_LINES = 3
"""Among so many first lines a grade is that of the goods, whatever line names them."""

_NEAR = 6
_CLOSE = 4
_ADVICE = ("warning.", "dose.", "taking.", "frequency.", "section.storage")
_MG_PER_G = Decimal(1000)


def amounts_of_pure_goods(
    all_clauses: Sequence[Clause],
    mentions: Sequence[Mention],
    sizes: Iterable[Size],
    doses: Iterable[Dose],
    days: Iterable[Portion],
    stocks: Sequence[Size],
) -> tuple[Claimed, ...]:
    """The compound's mass in each unit that the label sizes in grams, each dose in grams and each stock of a solution,
    none where the goods are not pure; a salt that is dissolved to a stock needs no word for it."""
    if any(_adds(clause) for clause in all_clauses):
        return ()
    share = next(_shares(all_clauses), None)
    says_pure = share is not None or any(_says_pure(clause) for clause in all_clauses)
    if not (stocks or says_pure or _is_chemical(all_clauses)):
        return ()
    sources = [m for m in mentions if m.role in ("source", "praised")]
    if len({m.form for m in mentions if m.role not in ("denied", "compared")}) != 1 or not sources:
        return ()
    named = next((m for m in sources if m.hydrate or m.variant), sources[0])
    stated = [(whole, part.count) for whole, part in sizes if part.unit == "g" and whole.unit not in _SHELLED]
    taken = () if stocks else _in_grams(doses)
    known = dict.fromkeys([*stated, *taken, *dissolved_grams(stocks)])
    known = known or dict.fromkeys((day, day.count) for day in days if day.unit == "g")
    return tuple(_claim(named, whole, grams, share) for whole, grams in known)


def _shares(all_clauses: Iterable[Clause]) -> Iterator[Decimal]:
    """The shares of magnesium that the label states for its goods."""
    for clause in all_clauses:
        if clause.has("P") and clause.has("m"):
            stated = (i for at, i in enumerate(clause.items) if i.kind == "P" and i.high and states_share(clause, at))
            yield from (item.most / _WHOLE for item in stated if item.low == item.high)


def _in_grams(doses: Iterable[Dose]) -> Iterator[tuple[Portion, Decimal]]:
    """The ends of every dose in grams, each as its own portion."""
    for dose in doses:
        taken: Masses | None = dose.per_intake or dose.per_day
        if dose.unit == "g" and taken is not None and dose.audience != "children":
            for grams in (taken.low, taken.high):
                yield Portion(grams, "g"), grams


def _claim(named: Mention, whole: Portion, grams: Decimal, share: Decimal | None) -> Claimed:
    return Claimed(
        "compound",
        named.form,
        (grams * _MG_PER_G,),
        whole,
        named.section,
        named.span,
        named.span,
        ("compound-word",),
        variant=named.variant,
        hydrate=named.hydrate,
        buffered=named.buffered,
        share=share,
    )


def _says_pure(clause: Clause) -> bool:
    """Whether the clause says that the goods are nothing but the compound it names."""
    items = _affirmed(clause)
    graded = clause.says("descriptor.grade") and clause.section in ("front", "facts", "ingredients")
    if graded and clause.line < _TITLE_LINES and not any(i.kind == "o" for i in items):
        return True
    names = [at for at, item in enumerate(items) if item.kind == "m" and item.senses["form"]]
    if not names or any(i.kind == "o" for i in items):
        return False
    if clause.section == "ingredients" and clause.says("section.ingredients") and not clause.says("section.other"):
        return _names_only(items)
    if graded:
        return True
    if clause.says("descriptor.unmixed") or _tells_purity(items):
        return True
    return any(_whole_beside(items, at) or _called_pure(items, at) for at in names)


def _is_chemical(all_clauses: Sequence[Clause]) -> bool:
    """Whether the title names a salt with its water, in a pack of grams, and no list names any ingredients: goods such
    as "Epsom salt (magnesium sulfate heptahydrate) 500 g"."""
    if any(clause.section == "ingredients" or clause.has("o") for clause in all_clauses):
        return False
    return any(
        any(i.kind == "m" and i.senses["form"] and "hydrate" in i.senses for i in title.items)
        and any(i.kind == "A" and i.unit in ("g", "kg") and i.high for i in title.items)
        for title in all_clauses[:_TITLE_LINES]
    )


def _affirmed(clause: Clause) -> list[Item]:
    """The items before the first denial: "100 % magnesium citrate, without additives"."""
    if not clause.says("negation.before"):
        return clause.items
    end = next((at for at, item in enumerate(clause.items) if "negation.before" in item.senses), len(clause.items))
    return clause.items[:end]


def _adds(clause: Clause) -> bool:
    """Whether a list of ingredients goes on with something else; advice that stands below it adds nothing."""
    if clause.section not in ("ingredients", "other"):
        return False
    items = _affirmed(clause)
    if any(i.kind == "o" for i in items):
        return True
    advice = any(key.startswith(_ADVICE) for key in clause.senses) or clause.items[0].kind == "U"
    return not advice and any(is_strange(i) for i in items)


def _names_only(items: list[Item]) -> bool:
    """Whether a list of ingredients holds one compound, its synonyms in brackets, and no unknown word."""
    outside = [i for i in items if i.kind == "m" and i.senses["form"] and not i.depth]
    return len(outside) == 1 and not any(is_strange(i) for i in items)


def _called_pure(items: list[Item], at: int) -> bool:
    """ "Pure magnesium citrate", "pure powder of magnesium citrate"."""
    before = next((i for i in reversed(items[max(0, at - _CLOSE) : at]) if not _joins_powder(i)), None)
    return before is not None and "descriptor.pure" in before.senses


def _tells_purity(items: list[Item]) -> bool:
    """ "Magnesium carbonate, 180 g, purity 100 %"."""
    told = (n for n, item in enumerate(items) if "descriptor.purity" in item.senses)
    return any(i.kind == "P" and i.least == _WHOLE for n in told for i in items[n + 1 : n + 3])


def _joins_powder(item: Item) -> bool:
    """Whether an item may stand between "pure" and the name: "powder of"."""
    return item.kind == "w" and (not item.senses or item.senses.keys() <= {"join.of", "relation.from"})


def _whole_beside(items: list[Item], at: int) -> bool:
    """Whether "100 %" stands beside the name with nothing but its own words between."""
    for step in (1, -1):
        for item in items[at + step : at + step * _NEAR : step] if step > 0 else reversed(items[max(0, at - 2) : at]):
            if item.kind == "P":
                if item.low == item.high and item.most == _WHOLE:
                    return True
                break
            if item.kind not in "pmw" or item.text in ".,;:" or is_strange(item):
                break
    return False
