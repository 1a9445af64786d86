"""Compounds of which a label only tells something are no sources, unless it names no others."""

from __future__ import annotations

import pytest

from mglabel import analyze

SOLD = {
    "da": "Magnesium\n60 kapsler\nPr. kapsel: magnesium 100 mg (som citrat)\n",
    "en": "Magnesium\n60 capsules\nPer capsule: magnesium 100 mg (as citrate)\n",
    "sv": "Magnesium\n60 kapslar\nPer kapsel: magnesium 100 mg (som citrat)\n",
}
TOLD = {
    "da": "Mange kender magnesiumoxid fra andre pakker og synes det virker langsomt.",
    "en": "Doses of magnesium oxide or magnesium sulfate used as laxatives belong to another chapter.",
    "sv": "Det finns risk för utfällning av ammonium-magnesiumfosfat vid vissa infektioner.",
}


@pytest.mark.parametrize("language", SOLD)
def test_what_is_only_told_of_is_no_source(language: str) -> None:
    assert [s.form for s in analyze(SOLD[language] + TOLD[language]).sources] == ["citrate"]


@pytest.mark.parametrize("language", SOLD)
def test_it_is_one_where_nothing_else_is_named(language: str) -> None:
    product = SOLD[language].replace("(som citrat)", "").replace("(as citrate)", "")
    told = TOLD[language].replace("ammonium-", "")
    assert len(analyze(product + told).sources) >= 1


def test_a_name_with_its_amount_is_a_source_wherever_it_stands() -> None:
    text = SOLD["en"] + "Take two capsules daily together with the powder that holds 200 mg of magnesium malate."
    assert {s.form for s in analyze(text).sources} == {"citrate", "malate"}


def test_other_goods_of_the_shop_are_no_sources() -> None:
    text = SOLD["da"] + "Kunder så også: Magnesiumolie 250 ml, Magnesiummalat 400 mg"
    assert [s.form for s in analyze(text).sources] == ["citrate"]
