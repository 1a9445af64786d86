"""Hypothesis strategies: products whose numbers chemistry allows, and the styles that labels are written in."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cache

from hypothesis import strategies as st

from mglabel.tables.chemistry import compounds, forms
from rendering.facts import Compound, Dosing, Facts
from rendering.render import LAYOUTS, Style
from rendering.sheets import GAPS, INLINE, Sheet
from rendering.sheets import OTHERS as OTHER_ROWS
from rendering.words import LANGUAGES

FORMS = (
    "citrate oxide bisglycinate malate carbonate hydroxide chloride sulfate taurate threonate lactate gluconate "
    "aspartate orotate glycerophosphate ascorbate pidolate succinate"
).split()
HEAVIEST_MG = {"capsule": 900, "tablet": 1600, "sachet": 4000}
DECLARED = ("element", "as_form", "of_which", "compound")
EXCIPIENTS = ("stearate", "fatty_acid_salts", "silicate")
OTHERS = ("zinc", "calcium", "potassium", "vitamin_b6")
VARIANTS = 400
ORDERS = tuple(
    tuple(order.split())
    for order in (
        "front facts ingredients directions loose",
        "front directions facts ingredients loose",
        "front ingredients facts directions loose",
        "front ingredients directions loose facts",
        "facts ingredients directions front loose",
        "directions loose front facts ingredients",
        "ingredients facts loose directions front",
    )
)
"""Orders in which labels and product pages give their sections."""


@cache
def fractions_of(form: str) -> list[Decimal]:
    """Mass fractions of magnesium in the goods of that name that are in trade."""
    row = forms()[form]
    low, high = row.usual_low or Decimal(0), row.usual_high or Decimal(1)
    pure = {c.fraction_low for c in compounds().values() if c.form == form and c.kind == "pure"}
    return sorted(f for f in pure if low <= f <= high)


@st.composite
def compounds_of(draw: st.DrawFn, unit: str) -> tuple[Compound, ...]:
    """One to three compounds that one unit can hold, with the magnesium in them rounded to whole mg."""
    named = draw(st.lists(st.sampled_from(FORMS), min_size=1, max_size=3, unique=True))
    most = HEAVIEST_MG[unit] // len(named) // 10
    found = []
    for form in named:
        mg = Decimal(draw(st.integers(12, most))) * 10
        share = draw(st.sampled_from(fractions_of(form)))
        found.append(Compound(form, mg, Decimal(max(1, round(mg * share)))))
    return tuple(found)


@st.composite
def dosings(draw: st.DrawFn, unit: str) -> Dosing:
    """How the product is taken."""
    kind = draw(st.sampled_from(["once", "times", "range", "bedtime", "twice_named", "unsaid"]))
    units = draw(st.integers(1, 1 if unit == "sachet" else 3))
    return Dosing(kind, units, draw(st.integers(2, 3)), units + draw(st.integers(1, 2)))


@st.composite
def products(draw: st.DrawFn, declared: str | None = None, dosed: bool = False) -> Facts:
    """The facts of one product; declared in one way where asked for, and always with directions where asked for."""
    unit = draw(st.sampled_from(["capsule", "tablet", "sachet"]))
    dosing = draw(dosings(unit).filter(lambda d: d.kind != "unsaid" or not dosed))
    inside = draw(compounds_of(unit))
    day = dosing.per_day
    sizes = {1, dosing.units, *([int(day.low)] if day and day.low == day.high else [])}
    portion = draw(st.sampled_from(sorted(sizes)))
    is_day = (day is None or (day.low == day.high == portion)) and draw(st.booleans())
    free = [form for form in FORMS if form not in {c.form for c in inside}]
    return Facts(
        inside,
        declared or draw(st.sampled_from(DECLARED)),
        unit,
        portion,
        is_day,
        draw(st.booleans()),
        dosing,
        tuple(draw(st.lists(st.sampled_from(EXCIPIENTS), max_size=2, unique=True))),
        tuple(draw(st.lists(st.sampled_from(OTHERS), max_size=2, unique=True))),
        tuple(draw(st.lists(st.sampled_from(free), max_size=1))),
        draw(st.sampled_from([None, 30, 60, 90, 120])),
    )


@st.composite
def styles(draw: st.DrawFn, language: str | None = None, layout: str | None = None) -> Style:
    """A way of writing, in one language and layout where asked for."""
    return Style(
        language or draw(st.sampled_from(LANGUAGES)),
        layout or draw(st.sampled_from(LAYOUTS)),
        draw(st.integers(0, VARIANTS)),
        draw(st.sampled_from(ORDERS)),
        claims=draw(st.booleans()),
        warnings=draw(st.booleans()),
    )


_ROWS_BESIDE = tuple(OTHER_ROWS)
_DOSES = ("", "", "split", "sentences", "lines", "cross")
_EVENING = ("split", "sentences", "lines")


@st.composite
def sheets(draw: st.DrawFn, facts: Facts, plain: bool = False) -> tuple[Facts, Sheet]:
    """A way of setting the label of a product; its facts come back with the directions that the sheet writes.

    A `plain` one gives no strength on the front, which may leave two readings.
    """
    dose = draw(st.sampled_from(_DOSES)) if facts.dosing.kind != "unsaid" else ""
    if dose in _EVENING:
        facts = replace(facts, dosing=replace(facts.dosing, kind="split", most=draw(st.integers(1, 2))))
    elif dose == "cross":
        facts = replace(facts, dosing=replace(facts.dosing, kind="times"))
    facts = replace(facts, portion_is_day=False)
    named = facts.declared == "as_form" and len(facts.compounds) > 1
    inline = draw(st.sampled_from(("", "", *INLINE)))
    beside = draw(st.lists(st.sampled_from(_ROWS_BESIDE), max_size=3, unique=True))
    unit_in = "cell" if inline else draw(st.sampled_from(("cell", "cell", "head", "name", "column")))
    if unit_in == "head":
        beside = [name for name in beside if OTHER_ROWS[name].unit == "mg"]
    cut = draw(st.integers(0, len(beside)))
    kept = [name for name in beside if name not in facts.others]
    return facts, Sheet(
        ("portion",) if inline else draw(columns(facts)),
        draw(st.sampled_from(GAPS)),
        unit_in,
        inline,
        amount_first=facts.declared != "of_which" and draw(st.booleans()) and draw(st.booleans()),
        bracketed_share=draw(st.booleans()),
        mark=draw(st.sampled_from(("", "", "*", "¹", " *", "**"))),
        wrapped=unit_in != "name" and draw(st.booleans()) and draw(st.booleans()),
        each=named and draw(st.booleans()),
        decimals=draw(st.booleans()) and draw(st.booleans()),
        before=tuple(kept[:cut]),
        after=tuple(kept[cut:]),
        dose=dose,
        beside=draw(st.sampled_from(("", "", "children", "at_most", "supply"))),
        title="" if plain else draw(st.sampled_from(("", "", "element", "compound"))),
        noise=tuple(draw(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 40)), max_size=3))),
    )


@st.composite
def columns(draw: st.DrawFn, facts: Facts) -> tuple[str, ...]:
    """The columns of a table, in any order."""
    day = facts.units_per_day
    chosen = [draw(st.sampled_from(("portion", "unit")))]
    if day is not None and day.low == day.high and draw(st.booleans()):
        chosen = ["day"] if draw(st.booleans()) else [*chosen, "day"]
    if draw(st.booleans()) and draw(st.booleans()):
        chosen.append("hundred")
    chosen = draw(st.permutations(chosen))
    return (*chosen, "share") if draw(st.booleans()) else tuple(chosen)
