"""Labels as designers set them: no number is silently wrong, and what is no amount of the product changes nothing.

`MGLABEL_EXAMPLES=500 python -m pytest tests/test_sheets.py` tries more of them; `python tests/hunt.py` looks for all
that is wrong in as many as one likes.
"""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mglabel import analyze
from rendering.expect import excluded, missing, slack_of
from rendering.running import SAME_EACH_RUN, told
from rendering.sheets import MORE, NOISE, render_sheet
from rendering.silent import silent
from rendering.strategies import products, sheets, styles
from rendering.words import words

every_sheet = pytest.mark.parametrize("language", MORE)
"""The languages that sheets can be set in."""


@every_sheet
@SAME_EACH_RUN
@given(data=st.data())
def test_no_number_is_silently_wrong(language: str, data: st.DataObject) -> None:
    facts, sheet = data.draw(sheets(data.draw(products())))
    style = data.draw(styles(language))
    text = render_sheet(facts, style, sheet)
    analysis = analyze(text)
    units = facts.units_per_day
    rounding = slack_of(facts, units.high if units else Decimal(1))
    faults = [*silent(facts.mg_per_day, False, analysis, rounding), *excluded(facts, analysis)]
    assert not faults, told(facts, style, f"{sheet}\n{text}", faults)


@every_sheet
@SAME_EACH_RUN
@given(data=st.data())
def test_what_is_stated_is_found(language: str, data: st.DataObject) -> None:
    """The day's magnesium comes back, exact; a title beside the facts may leave two readings, and so do three amounts
    of which two add up to the third."""
    facts, sheet = data.draw(sheets(data.draw(products(dosed=True)), plain=True))
    parts = sorted(c.elemental_mg for c in facts.compounds)
    assume(not (sheet.each and len(parts) > 2 and abs(sum(parts[:-1]) * 2 - parts[-1] * 2) <= len(parts)))
    style = data.draw(styles(language))
    text = render_sheet(facts, style, sheet)
    faults = list(missing(facts, analyze(text)))
    assert not faults, told(facts, style, f"{sheet}\n{text}", faults)


@every_sheet
def test_noise_changes_nothing(language: str) -> None:
    """A number or a sentence that is none of the product's, wherever it stands."""
    said = words(language)
    parts = [
        f"{said.phrases('facts', 'heads')[0]}   {said.phrases('facts', 'columns')[0]}\n"
        f"{said.phrases('facts', 'element')[0]}   100 mg",
        f"{said.phrases('list', 'heads')[0]} {said.phrases('names', 'citrate')[0]}.",
        f"{said.phrases('directions', 'heads')[0]} {said.phrases('directions', 'once')[0]}",
    ]
    facts, listed, doses = (
        part.format(n=n, unit=said.noun("capsule", n)) for part, n in zip(parts, (1, 0, 2), strict=True)
    )
    for noise in NOISE[language]:
        for order in ((noise, facts, listed, doses), (facts, noise, listed, doses), (listed, doses, noise, facts)):
            text = "\n".join(order)
            settled = analyze(text).settled
            found = settled.intake.mg_per_day
            assert found is not None, text
            assert (found.low, found.high) == (200, 200), text
            assert ([s.form for s in settled.sources], settled.product.count) == (["citrate"], None), text
