"""What does not change the facts does not change the reading, and less evidence never makes it more certain.

Each test writes one product twice, as labels do: other units, marks, capitals, breaks, company and order.
"""

from __future__ import annotations

import re
import textwrap
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mglabel import analyze
from mglabel.analysis.result import Analysis
from rendering.expect import departures, excluded, holds, near, shown, slack_of
from rendering.facts import Dosing, Facts
from rendering.render import LAYOUTS, Style, render
from rendering.running import SAME_EACH_RUN, every_language, told
from rendering.strategies import ORDERS, products, styles

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


# -- how it is typed and set -------------------------------------------------------------------------------------------

PAGE_WIDTH = 44
DECIMAL = re.compile(r"(?<![\d.,])(\d+)([.,])(\d{1,2})(?![\d.,])")
"""A number that can only be read as a decimal."""

GROUPED = re.compile(r"\d[.,]\d{3}")
OTHER_MARK = {".": ",", ",": "."}


@every_language
@SAME_EACH_RUN
@given(data=st.data())
def test_decimal_mark(language: str, data: st.DataObject) -> None:
    """Points for commas and commas for points, in labels whose numbers cannot be thousands."""
    facts, style = data.draw(products()), data.draw(styles(language))
    text = render(facts, style)
    assume(GROUPED.search(text) is None)
    check_same(facts, style, text, DECIMAL.sub(lambda m: f"{m[1]}{OTHER_MARK[m[2]]}{m[3]}", text))


@every_language
@SAME_EACH_RUN
@given(data=st.data())
def test_spaces_before_units(language: str, data: st.DataObject) -> None:
    facts, style = data.draw(products()), data.draw(styles(language))
    text = render(facts, style)
    check_same(facts, style, text, re.sub(r"(?<=\d) (?=mg\b|%)", "\u00a0", text))
    check_same(facts, style, text, re.sub(r"(?<=\d) (?=mg\b)", "", text))


@every_language
@SAME_EACH_RUN
@given(data=st.data())
def test_line_ends_and_empty_lines(language: str, data: st.DataObject) -> None:
    facts, style = data.draw(products()), data.draw(styles(language))
    text = render(facts, style)
    for other in (text.replace("\n", "\r\n"), text.replace("\n", "\n\n"), text.replace("\n", " \n  ")):
        check_same(facts, style, text, other)


@every_language
@pytest.mark.parametrize("layout", ["prose", "listed"])
def test_lines_cut_by_the_page(language: str, layout: str) -> None:
    """Sentences that a page's width has cut say what they say on one line: nothing true is excluded."""

    @SAME_EACH_RUN
    @given(products(), styles(language, layout))
    def cut(facts: Facts, style: Style) -> None:
        text = render(facts, style)
        lines = (textwrap.wrap(line, PAGE_WIDTH, break_on_hyphens=False) or [""] for line in text.split("\n"))
        cut_text = "\n".join(part for line in lines for part in line)
        analysis = analyze(cut_text)
        faults = list(excluded(facts, analysis))
        sources = sorted(s.form for s in analysis.settled.sources)
        if sources != sorted(facts.forms):
            faults.append(f"sources: {sources}")
        assert not faults, told(facts, style, cut_text, faults)

    cut()


@every_language
@SAME_EACH_RUN
@given(data=st.data())
def test_breaks_inside_a_row_as_spaces(language: str, data: st.DataObject) -> None:
    """A table whose cells ran together on their line still excludes nothing true."""
    facts, style = data.draw(products()), data.draw(styles(language, "cells"))
    rows = render(facts, replace(style, layout="aligned"))
    text = re.sub(r" {2,}", " ", rows)
    faults = list(excluded(facts, analyze(text)))
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


@every_language
@SAME_EACH_RUN
@given(data=st.data())
def test_without_directions_no_dose_is_known(language: str, data: st.DataObject) -> None:
    """What a day brings is not known where the label neither doses nor speaks of the day."""
    facts, style = data.draw(products()), data.draw(styles(language))
    undosed = replace(facts, dosing=Dosing("unsaid"), portion_is_day=False)
    text = render(undosed, style)
    faults = list(excluded(undosed, analyze(text)))
    assert not faults, told(undosed, style, text, faults)


@every_language
@pytest.mark.parametrize("layout", LAYOUTS)
def test_without_an_amount_nothing_is_counted(language: str, layout: str) -> None:
    """A label whose amounts are all cut out states none: no number is made of packs, doses or percentages."""

    @SAME_EACH_RUN
    @given(products(), styles(language, layout))
    def no_amount(facts: Facts, style: Style) -> None:
        shown_style = replace(style, hide_percent=True)
        text = re.sub(r"\d[\d.,\u00a0\u202f ]*m?g\b", "", render(replace(facts, percent_shown=False), shown_style))
        settled = analyze(text).settled
        faults = [] if settled.intake.mg_per_day is None else [f"day: {shown(settled.intake.mg_per_day)}"]
        assert not faults, told(facts, style, text, faults)

    no_amount()
