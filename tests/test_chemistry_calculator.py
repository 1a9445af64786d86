"""Fractions, units and the calculator: examples, refusals, and properties over all forms."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from typing import Any

import pint
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mglabel.chemistry.calculator import Named, elemental, named, read_amount, suggestions
from mglabel.chemistry.formula import UnclearFormula
from mglabel.chemistry.fractions import (
    blend_ceiling,
    ceiling,
    compound_needed,
    elemental_of,
    fraction,
    least_compound,
)
from mglabel.chemistry.units import factor_by_pint, magnesium_mg_per, mg_per, quantities, unit_of_spelling
from mglabel.tables.chemistry import compounds, forms, units
from mglabel.values.errors import BadQuantity, UnknownForm
from mglabel.values.interval import Interval, exactly
from mglabel.values.registry import application_registry

FORMS = sorted(forms())
KNOWN = [form for form in FORMS if forms()[form].usual]
MASSES = st.decimals(min_value="0.001", max_value="100000", places=3)


def ends(interval: Interval[Any]) -> tuple[float, float]:
    return interval.low.to("mg").magnitude, interval.high.to("mg").magnitude


@pytest.mark.parametrize(
    ("amount", "name", "low", "high"),
    [
        ("500 mg", "magnesium citrate nonahydrate", 59.45, 59.45),
        ("500 mg", "magnesium oxide", 275, 301.52),
        ("0,5 g", "Magnesiumoxid", 275, 301.52),
        ("1 g", "MgSO4·7H2O", 98.61, 98.61),
        ("1 g", "MgSO4 x 7 H2O", 98.61, 98.61),
        ("1.5 g", "citrate", 178.35, 246.0),
        ("1000 mg", "citrate_tri_anhydrous", 161.63, 161.63),
        ("1000 mg", "Magnesium glycinate", 100, 140.96),
        ("1000 mg", "buffered magnesium bisglycinate", 170, 300),
        ("415000 µg", "hydroxide", 163.9, 172.96),
        ("4 mmol", "magnesium sulfate", 97.22, 97.22),
        ("10 mEq", "magnesium citrate", 121.53, 121.53),
        ("500 mg", "MgI2", 43.70, 43.70),
        ("2 g", "Magnesium L-threonate", 144, 166),
    ],
)
def test_calculator(amount: str, name: str, low: float, high: float) -> None:
    assert ends(elemental(amount, name)) == pytest.approx((low, high), abs=0.05)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "500",
        "mg",
        "-5 mg",
        "0 mg",
        "0,0 g",
        "5 mg mg",
        "1,500 mg",
        "1.500 mg",
        "12.125 g",
        "1.500,5 mg",
        "nan mg",
        "9**9**9 mg",
        "1e3 mg",
        "400 MG",
        "400 Mg",
        "5 ml",
        "5 %",
        "5 IU",
        "½ g",
        "5 mg/day",
        "1 000 mg",
        "\u0665 mg",
        "5" * 50 + " mg",
    ],
)
def test_unclear_amounts_are_refused(text: str) -> None:
    with pytest.raises(BadQuantity):
        read_amount(text)


@pytest.mark.parametrize("thing", [500, 5.0, None, b"5 mg", object(), ["5 mg"]])
def test_amounts_need_a_unit(thing: Any) -> None:
    with pytest.raises(BadQuantity):
        elemental(thing, "citrate")


@pytest.mark.parametrize(
    ("text", "milligrams"),
    [
        ("500 mg", "500"),
        ("500mg", "500"),
        ("1,5 g", "1500"),
        ("0.375 g", "375"),
        ("0,375 g", "375"),
        ("1500.125 mg", "1500.125"),
        ("250 mcg", "0.25"),
        ("250 µg", "0.25"),
        ("250 μg", "0.25"),
        ("1 oz", "28349.523125"),
        (" 7 \u00a0mg ", "7"),
    ],
)
def test_clear_amounts(text: str, milligrams: str) -> None:
    assert read_amount(text) == ("mass", Decimal(milligrams))


def test_quantities_of_any_registry() -> None:
    other: Any = pint.UnitRegistry()
    exact: Any = pint.UnitRegistry(non_int_type=Decimal)
    for quantity in (other.Quantity(0.5, "g"), exact.Quantity(Decimal("0.5"), "g"), other.Quantity(500, "mg")):
        result = elemental(quantity, "magnesium citrate nonahydrate")
        assert ends(result) == pytest.approx((59.45, 59.45))
        assert result.low + application_registry().Quantity(1, "mg") > result.low
    assert ends(elemental(other.Quantity(4, "mmol"), "chloride")) == pytest.approx((97.22, 97.22))
    for bad in (
        other.Quantity(-1, "mg"),
        other.Quantity(0, "mg"),
        other.Quantity(float("nan"), "mg"),
        other.Quantity(float("inf"), "g"),
        other.Quantity(1, "ml"),
        other.Quantity(1, ""),
    ):
        with pytest.raises(BadQuantity):
            elemental(bad, "citrate")


def test_amount_of_substance_of_a_compound_with_several_atoms_is_refused() -> None:
    for name in ("Mg3(C6H5O7)2", "magnesium citrate nonahydrate"):
        with pytest.raises(BadQuantity, match="give a mass"):
            elemental("4 mmol", name)


@pytest.mark.parametrize("name", ["", "  ", "iron", "zinc citrate", "magnesium unobtanate", "CaCO3", "x" * 500])
def test_unknown_names(name: str) -> None:
    with pytest.raises(UnknownForm):
        elemental("500 mg", name)


def test_unknown_names_come_with_suggestions() -> None:
    with pytest.raises(UnknownForm, match="magnesium citrate"):
        elemental("500 mg", "magnesium citrat")
    assert "magnesiumtaurat" in suggestions("magnesiumtaurad")


def test_unclear_formulas_and_uncountable_forms_are_refused() -> None:
    with pytest.raises(UnclearFormula):
        elemental("500 mg", "MgSO4·xH2O")
    with pytest.raises(UnknownForm, match="does not say which compound"):
        elemental("500 mg", "marint planteprodukt", lambda _: Named("algae"))


def test_a_resolver_knows_more_names_but_not_otherwise() -> None:
    assert ends(
        elemental("1 g", "citrate de magnésium", lambda _: Named("citrate", hydrate=Decimal(9)))
    ) == pytest.approx((118.9, 118.9))
    assert named("magnesium oxide", lambda _: Named("citrate")) == Named("oxide")


@pytest.mark.parametrize("form", FORMS)
def test_every_name_of_a_form_finds_it(form: str) -> None:
    row = forms()[form]
    for name in (form, row.name_en, row.name_da, row.name_da.upper(), row.name_en.replace(" ", "-"), *row.aliases):
        found = named(name)
        assert found is not None
        assert found.form == form


@pytest.mark.parametrize("compound", compounds().values(), ids=lambda one: one.id)
def test_every_compound_is_found_by_its_name(compound: Any) -> None:
    found = named(compound.name_en)
    assert found is not None
    assert found.form == compound.form
    if not compound.is_buffered:
        assert fraction(found.form, found.variant) == compound.fraction


def test_hydrates_and_words_narrow() -> None:
    def of(*args: Any, **more: Any) -> tuple[float, float]:
        share = fraction(*args, **more)
        assert share is not None
        return float(share.low), float(share.high)

    assert of("citrate", hydrate=0) == (0.161634, 0.161634)
    assert of("citrate", hydrate=5) == (0.079823, 0.079823)
    assert of("citrate", "hydrogen", hydrate=0) == (0.059786, 0.113357)
    assert of("oxide", "light") == of("oxide")
    assert of("carbonate", "heavy basic") == of("carbonate", "basic")
    assert of("citrate", "hydrogen")[1] == 0.113357
    assert of("citrate", "tri") == (0.1189, 0.164)
    assert of("malate", hydrate=0) == (0.155427, 0.155427)
    assert of("malate", "di")[0] == 0.18
    assert of("carbonate", hydrate=5) == (0.250234, 0.250234)
    assert of("chloride", hydrate="4.5") == of("chloride", "chloride_4_5_hydrate")
    assert of("aspartate", "hydrochloride") == (0.098843, 0.098843)
    assert of("sulfate", "dried") == (0.125, 0.142)
    assert of("lactate", hydrate=17) == (float(forms()["lactate"].possible_low or 0), 0.120057)
    assert of("citrate", buffered=True) == of("citrate", "buffered") == (0.2, 0.3)
    assert of("taurate", buffered=True) == (0.08, float(forms()["oxide"].usual_high or 0))
    assert of("oxide", buffered=True) == of("oxide")
    assert fraction("algae", buffered=True) is None


def test_fraction_refuses_what_it_does_not_know() -> None:
    with pytest.raises(UnknownForm):
        fraction("nowhere")
    with pytest.raises(UnknownForm):
        fraction("citrate", "oxide_mgo")


def test_the_design_s_examples() -> None:
    assert round(float(ceiling("bisglycinate") or 0) * 100, 1) == 14.1
    assert float(least_compound(Decimal(700), "taurate") or 0) == pytest.approx(7850, rel=0.001)
    assert ceiling("algae") is blend_ceiling("algae") is least_compound(Decimal(1), "algae") is None
    assert elemental_of(exactly(1), "algae") is compound_needed(exactly(1), "algae") is None


@given(st.sampled_from(KNOWN), MASSES, MASSES)
def test_more_compound_never_means_less_magnesium(form: str, one: Decimal, other: Decimal) -> None:
    less, more = sorted((one, other))
    low, high = elemental_of(exactly(less), form), elemental_of(exactly(more), form)
    assert low is not None
    assert high is not None
    assert low.low <= high.low
    assert low.high <= high.high
    assert low.low <= low.high < less


@given(st.sampled_from(KNOWN), MASSES)
def test_needed_compound_and_its_magnesium_are_inverse(form: str, mass: Decimal) -> None:
    needed = compound_needed(exactly(mass), form)
    least = least_compound(mass, form)
    assert needed is not None
    assert least is not None
    assert mass < least <= needed.low <= needed.high
    back = elemental_of(needed, form)
    assert back is not None
    assert back.low <= mass * Decimal("1.0000001")
    assert back.high >= mass * Decimal("0.9999999")


@settings(deadline=None)  # the first quantity loads pint
@given(st.sampled_from(KNOWN), st.integers(1, 999), st.integers(1, 50))
def test_scaling_and_change_of_unit(form: str, amount: int, times: int) -> None:
    once, often = ends(elemental(f"{amount} mg", form)), ends(elemental(f"{amount * times} mg", form))
    assert often == pytest.approx((once[0] * times, once[1] * times))
    assert ends(elemental(f"{amount} g", form)) == pytest.approx(ends(elemental(f"{amount * 1000} mg", form)))
    assert ends(elemental(f"{amount * 1000} µg", form)) == pytest.approx(once)


@given(st.sampled_from([one.id for one in compounds().values()]))
def test_a_compound_lies_within_its_form(compound: str) -> None:
    row = compounds()[compound]
    share, most = fraction(row.form, compound), blend_ceiling(row.form)
    assert share == row.fraction
    assert most is not None
    assert share.high <= most


@pytest.mark.parametrize("unit", sorted(units()))
def test_factors_agree_with_pint(unit: str) -> None:
    by_pint = factor_by_pint(unit)
    if by_pint is not None:
        assert float(by_pint) == pytest.approx(float(units()[unit].factor), rel=1e-12)
    else:
        assert units()[unit].kind in ("amount", "ratio")


def test_factors_for_magnesium() -> None:
    assert mg_per("g") == 1000
    assert mg_per("mmol") is mg_per("ml") is mg_per("nothing") is magnesium_mg_per("percent") is None
    assert magnesium_mg_per("mmol") == Decimal("24.305")
    assert magnesium_mg_per("mval") == magnesium_mg_per("mEq") == Decimal("12.1525")
    assert magnesium_mg_per("mg") == 1
    assert unit_of_spelling()["ug"].id == "µg"
    assert "Mg" not in unit_of_spelling()
    assert ends(quantities(Interval(Decimal(1), Decimal(2)))) == (1, 2)


def test_reading_labels_does_not_import_pint() -> None:
    code = (
        "import sys; from mglabel.chemistry import calculator, fractions, units; fractions.fraction('citrate');"
        "units.magnesium_mg_per('mmol'); calculator.read_amount('5 mg'); assert 'pint' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
