"""Labels written from known facts, in every language and layout, are read back to those facts.

`MGLABEL_EXAMPLES` sets how many labels each property tries; every run tries the same ones, and a deep run also
looks for the smallest label that fails.
"""

from __future__ import annotations

import os
import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from mglabel import analyze
from mglabel.analysis.result import Analysis
from rendering.expect import departures, excluded, holds, near, shown, slack_of
from rendering.facts import Facts
from rendering.render import LAYOUTS, Style, render
from rendering.strategies import ORDERS, products, styles
from rendering.words import LANGUAGES

DEEP = "MGLABEL_EXAMPLES" in os.environ
EXAMPLES = int(os.environ.get("MGLABEL_EXAMPLES", "18"))
SAME_EACH_RUN = settings(
    max_examples=EXAMPLES,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate, *([Phase.shrink] if DEEP else [])],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)
every_language = pytest.mark.parametrize("language", LANGUAGES)
every_layout = pytest.mark.parametrize("layout", LAYOUTS)


def told(facts: Facts, style: Style, text: str, faults: list[str]) -> str:
    """A failure as one reads it: what went wrong, what is true, and the label."""
    return "\n".join([*faults, repr(facts), repr(style), text])


# -- facts come back ---------------------------------------------------------------------------------------------------


@every_language
@every_layout
def test_facts_come_back(language: str, layout: str) -> None:
    @SAME_EACH_RUN
    @given(products(), styles(language, layout))
    def read_back(facts: Facts, style: Style) -> None:
        text = render(facts, style)
        faults = list(departures(facts, analyze(text)))
        assert not faults, told(facts, style, text, faults)

    read_back()


@every_language
def test_no_number_excludes_the_truth(language: str) -> None:
    @settings(SAME_EACH_RUN, max_examples=4 * EXAMPLES)
    @given(products(), styles(language))
    def stay_true(facts: Facts, style: Style) -> None:
        for written in (style, replace(style, upper=True), replace(style, hide_element=True, hide_percent=True)):
            text = render(facts, written)
            faults = list(excluded(facts, analyze(text)))
            assert not faults, told(facts, written, text, faults)

    stay_true()


# -- what does not change the facts ------------------------------------------------------------------------------------


def same_facts(one: str, other: str) -> list[str]:
    """What two labels of the same facts are read as differently."""
    a, b = analyze(one), analyze(other)
    faults = [f"{key}: {x} and {y}" for key, x, y in zip(KEYS, plain_facts(a), plain_facts(b), strict=True) if x != y]
    day, other_day = a.settled.intake.mg_per_day, b.settled.intake.mg_per_day
    if (day is None) != (other_day is None) or (
        day and other_day and not (near(day.low, other_day.low) and near(day.high, other_day.high))
    ):
        faults.append(f"mg a day: {shown(day)} and {shown(other_day)}")
    return faults


KEYS = ("declares", "sources", "excipients", "units a day", "unit", "times", "derivation", "pack")


def plain_facts(analysis: Analysis) -> tuple[object, ...]:
    """The facts of an analysis that do not depend on how a label is written."""
    settled = analysis.settled
    return (
        settled.declares_magnesium,
        sorted(s.form for s in settled.sources),
        sorted(e.form for e in settled.excipients),
        settled.directions.units_per_day,
        settled.directions.unit,
        set(settled.directions.times),
        settled.derivation,
        settled.product.count,
    )


def check_same(facts: Facts, style: Style, one: str, other: str) -> None:
    faults = same_facts(one, other)
    assert not faults, told(facts, style, f"{one}\n=====\n{other}", faults)


@every_language
@SAME_EACH_RUN
@given(data=st.data())
def test_grams_for_milligrams(language: str, data: st.DataObject) -> None:
    facts, style = data.draw(products()), data.draw(styles(language))
    check_same(facts, style, render(facts, style), render(facts, replace(style, grams=True)))


@every_language
@SAME_EACH_RUN
@given(data=st.data())
def test_capital_letters(language: str, data: st.DataObject) -> None:
    facts, style = data.draw(products()), data.draw(styles(language))
    check_same(facts, style, render(facts, style), render(facts, replace(style, upper=True)))


@every_language
@SAME_EACH_RUN
@given(data=st.data())
def test_order_of_sections(language: str, data: st.DataObject) -> None:
    facts, style, order = data.draw(products()), data.draw(styles(language)), data.draw(st.sampled_from(ORDERS))
    if style.layout == "listed" or facts.declared != "as_form":
        ingredients_keep_their_place = style.order.index("ingredients") < style.order.index("facts")
        assume(ingredients_keep_their_place == (order.index("ingredients") < order.index("facts")))
    check_same(facts, style, render(facts, style), render(facts, replace(style, order=order)))


@every_language
@SAME_EACH_RUN
@given(data=st.data())
def test_other_nutrients(language: str, data: st.DataObject) -> None:
    facts, style = data.draw(products()), data.draw(styles(language))
    alone = replace(facts, others=())
    check_same(facts, style, render(alone, style), render(replace(facts, others=("zinc", "calcium")), style))


@every_language
@SAME_EACH_RUN
@given(data=st.data())
def test_marketing_and_warnings(language: str, data: st.DataObject) -> None:
    facts, style = data.draw(products()), data.draw(styles(language))
    bare = replace(style, claims=False, warnings=False)
    check_same(facts, style, render(facts, bare), render(facts, replace(style, claims=True, warnings=True)))


@every_language
@SAME_EACH_RUN
@given(data=st.data())
def test_spaces_between_cells(language: str, data: st.DataObject) -> None:
    facts, style = data.draw(products()), data.draw(styles(language, "aligned"))
    text = render(facts, style)
    check_same(facts, style, text, re.sub(r" {3,}", "  ", text))
    check_same(facts, style, text, re.sub(r" {3,}", "\t", text))


@every_language
@SAME_EACH_RUN
@given(data=st.data())
def test_one_cell_a_line(language: str, data: st.DataObject) -> None:
    facts, style = data.draw(products()), data.draw(styles(language, "aligned"))
    check_same(facts, style, render(facts, style), render(facts, replace(style, layout="cells")))


@every_language
@SAME_EACH_RUN
@given(data=st.data())
def test_another_language(language: str, data: st.DataObject) -> None:
    """The words differ, so only what both labels state outright is the same: no time of day beside bedtime."""
    facts, style, other = data.draw(products()), data.draw(styles("en")), data.draw(styles(language))
    assume(facts.states_element and facts.dosing.kind != "bedtime")
    translated = replace(other, layout=style.layout, order=style.order)
    check_same(facts, style, render(facts, style), render(facts, translated))


@every_language
@SAME_EACH_RUN
@given(data=st.data())
def test_two_languages_on_one_label(language: str, data: st.DataObject) -> None:
    """The same said twice is said once: nothing is added up."""
    facts, style, other = data.draw(products()), data.draw(styles(language)), data.draw(styles())
    text = f"{render(facts, style)}\n\n{render(facts, replace(other, layout=style.layout))}"
    analysis = analyze(text)
    faults = [*excluded(facts, analysis), *departures(facts, analysis)]
    assert not faults, told(facts, style, text, faults)


# -- less evidence -----------------------------------------------------------------------------------------------------


@every_language
@pytest.mark.parametrize("hidden", ["hide_percent", "hide_element"])
def test_less_evidence_is_never_more_certain(language: str, hidden: str) -> None:
    @SAME_EACH_RUN
    @given(products(declared="of_which", dosed=True), styles(language))
    def stay_open(facts: Facts, style: Style) -> None:
        shown_style = replace(style, hide_percent=hidden == "hide_element")
        less = replace(shown_style, hide_percent=True, hide_element=hidden == "hide_element")
        full_text, less_text = render(replace(facts, percent_shown=True), shown_style), render(facts, less)
        full, lesser = analyze(full_text).settled, analyze(less_text).settled
        day, less_day = full.intake.mg_per_day, lesser.intake.mg_per_day
        faults = []
        if less_day is not None and day is None:
            faults.append(f"{shown(less_day)} from less, unknown from more")
        elif less_day is not None and day is not None and facts.units_per_day is not None:
            if not holds(less_day, day, slack_of(facts, facts.units_per_day.high)):
                faults.append(f"{shown(less_day)} from less, {shown(day)} from more")
        if hidden == "hide_element" and lesser.derivation == "declared":
            faults.append("declared without a declaration")
        assert not faults, told(facts, style, f"{full_text}\n=====\n{less_text}", faults)

    stay_open()


def test_the_renderer_keeps_to_chemistry() -> None:
    @settings(SAME_EACH_RUN, max_examples=100)
    @given(products())
    def hold(facts: Facts) -> None:
        assert all(0 < c.elemental_mg < c.mg * Decimal("0.61") + 1 for c in facts.compounds)
        assert facts.units_per_day is None or facts.units_per_day.low <= facts.units_per_day.high

    hold()
