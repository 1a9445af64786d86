"""Formulas: notations of labels are read alike, unclear ones are refused."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mglabel.chemistry.formula import LONGEST, UnclearFormula, composition, magnesium_fraction, molar_mass, normalised
from mglabel.values.errors import MglabelError

SAME = {
    "MgCl2(H2O)6": [
        "MgCl2·6H2O",
        "MgCl2.6H2O",
        "MgCl2 x 6 H2O",
        "MgCl2 \u00d7 6H2O",
        "MgCl2•6H2O",
        "MgCl₂·6H₂O",
        "MgCl2 * 6 H2O",
        "MgCl2 6H2O",
        "MgCl2 . 6H2O",
        "MgCl2x6H2O",
        " MgCl2∙6H2O ",
        "MgCl2(H2O)6",
    ],
    "MgSO4(H2O)7": ["MgSO4.7H2O", "MgSO4 X 7H2O", "MgSO₄ · 7 H₂O"],
    "MgSO4(H2O)": ["MgSO4·H2O", "MgSO4.H2O", "MgSO4 · 1 H2O"],
    "(MgCl2)2(H2O)9": ["MgCl2·4.5H2O", "MgCl2 x 4.5 H2O"],
    "(MgCO3)4(Mg(OH)2)(H2O)5": ["4MgCO3·Mg(OH)2·5H2O", "4MgCO3.Mg(OH)2.5H2O", "4 MgCO3 · Mg(OH)2 · 5 H2O"],
    "Mg(C4H6NO4)2(H2O)4": ["Mg[C4H6NO4]2·4H2O", "Mg(C4H6NO4)2 x 4 H2O"],
}
UNCLEAR = [
    "",
    " ",
    ".7H2O",
    "MgSO4 .7H2O",
    "MgSO4·0.7H2O",
    "MgSO4.0.7H2O",
    "MgCl2.4.5H2O",
    "MgCl2·4,5H2O",
    "MgCl2,6H2O",
    "MgSO4·xH2O",
    "MgSO4 x H2O",
    "MgSO4·nH2O",
    "MgCl2·6H20",
    "MgCl26H2O",
    "MgSO47H2O",
    "Mg3(C6H5O7)29H2O",
    "Mg SO4",
    "Mg2+",
    "Mg²⁺",
    "mgcl2",
    "MGSO4",
    "Mg0",
    "Mg0.5O",
    "Mg(OH",
    "Mg)OH(",
    "MgO·",
    "·MgO",
    "MgQ",
    "MgSO4-7H2O",
    "Mg()",
    "magnesium citrate",
    "MgCl2·06H2O",
    "M" * (LONGEST + 1),
]


@pytest.mark.parametrize(("written", "meant"), [(one, table) for table, many in SAME.items() for one in many])
def test_notations_of_labels(written: str, meant: str) -> None:
    assert normalised(written) == meant


@pytest.mark.parametrize("written", UNCLEAR)
def test_unclear_notations_are_refused(written: str) -> None:
    with pytest.raises(UnclearFormula):
        normalised(written)


def test_weights() -> None:
    assert molar_mass("MgO") == Decimal("40.304")
    assert molar_mass("Mg3(C6H5O7)2(H2O)9") == Decimal("613.248")
    assert composition("Mg3(C6H5O7)2(H2O)9") == {"Mg": 3, "C": 12, "H": 28, "O": 23}
    assert magnesium_fraction(normalised("MgCl2·4.5H2O")) == magnesium_fraction("Mg2Cl4(H2O)9")


def test_a_formula_without_magnesium_has_no_fraction() -> None:
    with pytest.raises(UnclearFormula, match="no magnesium"):
        magnesium_fraction("CaCO3")


@given(st.text(max_size=60) | st.text(alphabet="MgClSOH0124679()[]·.x ,", max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        formula = normalised(text)
    except MglabelError:
        return
    assert molar_mass(formula) > 0
    assert composition(normalised(formula)) == composition(formula)


@given(
    st.integers(0, 14),
    st.sampled_from(["MgCl2", "MgSO4", "Mg3(C6H5O7)2", "Mg(C3H5O3)2"]),
    st.sampled_from(["·", ".", " x ", " • ", "*", " · "]),
)
def test_more_water_means_less_magnesium(waters: int, salt: str, join: str) -> None:
    wet = normalised(f"{salt}{join}{waters + 1}H2O")
    dry = normalised(f"{salt}{join}{waters}H2O") if waters else salt
    assert molar_mass(wet) - molar_mass(dry) == molar_mass("H2O")
    assert magnesium_fraction(wet) < magnesium_fraction(dry)
