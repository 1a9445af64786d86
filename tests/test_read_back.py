"""Labels written from known facts, in every language and layout, are read back to those facts."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings

from mglabel import analyze
from rendering.expect import departures, excluded
from rendering.facts import Facts
from rendering.render import Style, render
from rendering.running import EXAMPLES, SAME_EACH_RUN, every_language, every_layout, told
from rendering.strategies import products, styles


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


def test_the_renderer_keeps_to_chemistry() -> None:
    @settings(SAME_EACH_RUN, max_examples=100)
    @given(products())
    def hold(facts: Facts) -> None:
        assert all(0 < c.elemental_mg < c.mg * Decimal("0.61") + 1 for c in facts.compounds)
        assert facts.units_per_day is None or facts.units_per_day.low <= facts.units_per_day.high

    hold()
