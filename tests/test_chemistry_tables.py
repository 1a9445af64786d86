"""The chemical tables: ids, formulas against two independent libraries, bounds, and what malformed tables say."""

from __future__ import annotations

from decimal import Decimal

import molmass
import msgspec
import periodictable
import pytest

from mglabel.chemistry.formula import composition, magnesium_fraction, molar_mass
from mglabel.tables import chemistry as tables
from mglabel.tables.chemistry import Compound, Form, compound_faults, compounds, form_faults, forms
from mglabel.tables.loading import duplicates, parse_csv, parse_toml, read_csv, resource_text
from mglabel.values.errors import BadTable
from mglabel.values.interval import hull

DESIGN_FORMS = [
    "oxide",
    "hydroxide",
    "carbonate",
    "chloride",
    "sulfate",
    "phosphate",
    "citrate",
    "bisglycinate",
    "malate",
    "taurate",
    "acetyl_taurate",
    "threonate",
    "lactate",
    "gluconate",
    "aspartate",
    "orotate",
    "picolinate",
    "glycerophosphate",
    "ascorbate",
    "pidolate",
    "succinate",
    "lysinate",
    "pyruvate",
    "fumarate",
    "acetate",
    "glutamate",
    "potassium_citrate",
    "citrate_malate",
    "amino_acid_chelate",
    "rice_protein_chelate",
    "trisilicate",
    "dolomite",
    "marine",
    "algae",
    "yeast",
    "stearate",
    "fatty_acid_salts",
    "silicate",
    "other:hydrotalcite",
    "other:salicylate",
    "other:alginate",
    "other:akg",
    "other:bhb",
    "other:caprylate",
    "other:arginate",
    "other:peroxide",
    "other:coral",
]
GUIDE_FORMS = {
    "malate": "L109",
    "aspartate": "L110",
    "gluconate": "L111",
    "bisglycinate": "L113",
    "threonate": "L114",
    "citrate": "L116",
    "oxide": "L117",
    "hydroxide": "L117",
    "lactate": "L118",
    "taurate": "L120",
    "orotate": "L121",
    "chloride": "L122",
    "picolinate": "L124",
    "sulfate": "L126",
}
PURE = [one for one in compounds().values() if one.formula is not None]


def names(compound: Compound) -> str:
    return compound.id


@pytest.mark.parametrize("compound", PURE, ids=names)
def test_fraction_follows_from_the_formula(compound: Compound) -> None:
    exact = magnesium_fraction(compound.formula or "")
    assert abs(compound.fraction_low - exact) <= Decimal("5e-7")
    assert compound.fraction_low == compound.fraction_high


@pytest.mark.parametrize("compound", PURE, ids=names)
def test_two_other_libraries_agree_to_five_figures(compound: Compound) -> None:
    formula = compound.formula or ""
    mass, atoms = float(molar_mass(formula)), composition(formula)["Mg"]
    theirs = molmass.Formula(formula)
    # Their weights of chlorine and sulfur are not the abridged ones: the fifth decimal of a fraction may differ by one.
    assert theirs.mass == pytest.approx(mass, rel=1e-4)
    assert theirs.composition()["Mg"].fraction == pytest.approx(float(compound.fraction_low), abs=2e-5)
    other = periodictable.formula(formula)
    assert other.mass == pytest.approx(mass, rel=1e-4)
    assert other.mass_fraction[periodictable.Mg] == pytest.approx(float(compound.fraction_low), abs=2e-5)
    assert other.atoms[periodictable.Mg] == atoms


@pytest.mark.parametrize("compound", PURE, ids=names)
def test_hydrate_counts_the_waters_of_the_formula(compound: Compound) -> None:
    formula = compound.formula or ""
    _, _, tail = formula.partition("(H2O)")
    waters = Decimal(tail or 1) if "(H2O)" in formula else Decimal(0)
    units = 2 if compound.hydrate is not None and compound.hydrate % 1 else 1
    assert waters == (compound.hydrate or 0) * units


def test_anhydrous_and_hydrate_of_one_stoichiometry_differ_by_water_only() -> None:
    by_key = {(one.form, one.stoichiometry, one.hydrate): molar_mass(one.formula or "") for one in PURE}
    water = molar_mass("H2O")
    exempt = {
        ("carbonate", ("basic",)),
        ("aspartate", ("hydrochloride",)),
        ("chloride", ()),
        ("other:hydrotalcite", ()),
    }
    for (form, words, hydrate), mass in by_key.items():
        dry = by_key.get((form, words, Decimal(0)))
        if dry is not None and hydrate and (form, words) not in exempt:
            assert mass - dry == hydrate * water, (form, words, hydrate)


def test_every_form_of_the_design_is_there() -> None:
    assert set(DESIGN_FORMS) <= set(forms())
    assert {form.id: form.guide_row for form in forms().values() if form.guide_row} == GUIDE_FORMS


@pytest.mark.parametrize("form", forms().values(), ids=lambda form: form.id)
def test_bounds_are_ordered_and_follow_from_the_variants(form: Form) -> None:
    own = [one for one in compounds().values() if one.form == form.id]
    assert form.possible == hull(one.fraction for one in own if "buffered" not in one.stoichiometry)
    highs = [high for high in (form.usual_high, form.possible_high, form.blend_high) if high is not None]
    assert highs == sorted(highs)
    if form.typical and form.possible:
        assert form.possible.low <= form.typical.low <= form.typical.high <= form.possible.high
    if form.usual and form.possible:
        assert form.possible.low <= form.usual.low <= form.usual.high <= form.possible.high


def test_what_bare_names_mean() -> None:
    expected = {
        "citrate": ("0.1189", "0.1640"),
        "chloride": ("0.1190", "0.2553"),
        "oxide": ("0.55", "0.6031"),
        "lactate": ("0.1019", "0.1201"),
        "sulfate": ("0.0986", "0.2019"),
        "aspartate": ("0.0674", "0.0843"),
        "carbonate": ("0.24", "0.2883"),
        "malate": ("0.11", "0.2264"),
    }
    for form, (low, high) in expected.items():
        usual = forms()[form].usual
        assert usual is not None
        assert usual.low <= Decimal(low) + Decimal("0.0001")
        assert abs(usual.high - Decimal(high)) < Decimal("0.0001")


def test_names_are_given_in_both_languages_and_do_not_collide() -> None:
    spoken: dict[str, str] = {}
    for form in forms().values():
        for name in {form.name_en, form.name_da, *form.aliases}:
            assert spoken.setdefault(name.casefold(), form.id) == form.id
    compound_names = [one.name_en.casefold() for one in compounds().values()]
    assert not duplicates(compound_names)


def test_permission_in_the_eu() -> None:
    status = {form.id: form.eu_status for form in forms().values()}
    assert {status[form] for form in ("oxide", "citrate", "bisglycinate", "pidolate")} == {"permitted"}
    assert {status[form] for form in ("aspartate", "orotate", "picolinate")} == {"not_permitted"}
    assert status["threonate"] == "novel_food"
    assert status["stearate"] == "additive_only"
    assert all(form.eu_source for form in forms().values())


def test_limits_and_reference_values() -> None:
    values = {row.id: row.value_mg for row in tables.reference_values()}
    assert [values[key] for key in ("eu_nrv", "us_dv", "us_dv_old", "eu_rda_old")] == [375, 420, 400, 300]
    limits = {row.id: row for row in tables.limits()}
    assert limits["guide_ul"].value_mg == 350
    assert limits["scf_ul"].value_mg == 250
    assert [row.value_mg for row in limits.values() if row.authority == "NAM" and row.applies_at(5)] == [110]
    assert limits["fvst_advised_1"].applies_at(2)
    assert not limits["fvst_advised_1"].applies_at(3)
    assert all(row.source for row in limits.values())


@pytest.mark.parametrize(
    "name", ["forms.csv", "compounds.csv", "units.csv", "limits.csv", "reference_values.csv", "atomic_weights.csv"]
)
def test_tables_are_plain_text_with_a_comment_on_top(name: str) -> None:
    text = resource_text(name)
    assert text.startswith("# ")
    assert "\r" not in text
    assert text.endswith("\n")


class Line(msgspec.Struct, frozen=True):
    """A row for the tests."""

    id: str
    low: Decimal
    words: tuple[str, ...]
    count: int | None
    also: str = "none"


def test_a_good_table() -> None:
    text = '# where from\n# "more\ncount,id,low,words\n1,a,0.5,x;y\n\n,b,2,\n'
    rows = parse_csv(text, "t.csv", Line)
    assert rows == (Line("a", Decimal("0.5"), ("x", "y"), 1), Line("b", Decimal(2), (), None))


def test_a_bad_table_names_every_fault() -> None:
    text = "# where from\nid,low,words,count\na,x,,1\n,NaN,u;;v,one\n b,1,,\nc,1,\nd,0.1,z,3\n"
    with pytest.raises(BadTable) as caught:
        parse_csv(text, "t.csv", Line)
    said = str(caught.value)
    assert said.startswith("t.csv has 7 faults")
    for fault in (
        "line 3, low",
        "line 4, id: empty",
        "line 4, low: NaN",
        "line 4, words: an empty item",
        "line 4, count",
        "line 5, id: spaces around 'b'",
        "line 6: 3 cells under 4 columns",
    ):
        assert fault in said


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "column id is missing"),
        ("id,low,words,count,extra\n", "column extra is not known"),
        ("id,id,low,words,count\n", "column id comes twice"),
        ('id,low,words,count\n"a,1,,\n', "t.csv: line"),
    ],
)
def test_bad_headers_and_quotes(text: str, fault: str) -> None:
    with pytest.raises(BadTable, match=fault):
        parse_csv(text, "t.csv", Line)


def test_missing_resource() -> None:
    with pytest.raises(BadTable, match=r"no\.csv: no such table"):
        read_csv("no.csv", Line)


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of a document for the tests."""

    code: str
    limit: Decimal


class Whole(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A document for the tests."""

    name: str
    parts: tuple[Part, ...]
    texts: dict[str, str] = {}


def test_a_good_document() -> None:
    whole = parse_toml('name = "n"\n[[parts]]\ncode = "a"\nlimit = 350\n[texts]\nen = "t"', "t.toml", Whole)
    assert whole == Whole("n", (Part("a", Decimal(350)),), {"en": "t"})


def test_a_bad_document_names_every_fault() -> None:
    text = 'wrong = 1\n[[parts]]\ncode = 1\nlimit = "x"\n[[parts]]\nlimit = 1.5\n[texts]\nen = 3'
    with pytest.raises(BadTable) as caught:
        parse_toml(text, "t.toml", Whole)
    said = str(caught.value)
    for fault in ("parts[1].code", "parts[1].limit", "parts[2]", "texts.en", "unknown field"):
        assert fault in said
    with pytest.raises(BadTable, match="not TOML"):
        parse_toml("= 1", "t.toml", Whole)


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ("[" * 5000, "line 2: lists or tables too deep"),
        ("9" * 5000, "line 2: a number is too long"),
        ("0x" + "9" * 5000, "line 2: a number is too long"),
        ("1e9999999999999999999", "line 2: a number is too long"),
        ("{ a = 1 }", r"parts: Expected `array`"),
    ],
)
def test_values_that_no_table_holds(value: str, fault: str) -> None:
    with pytest.raises(BadTable, match=fault):
        parse_toml(f'name = "n"\nparts = {value}\n', "t.toml", Whole)


def test_a_table_in_the_place_of_a_list_in_a_list() -> None:
    class Lists(msgspec.Struct, frozen=True):
        """Lists under names, for the test."""

        columns: dict[str, tuple[str, ...]]

    with pytest.raises(BadTable, match=r"columns\.a: Expected `array`, got `object`"):
        parse_toml("[columns]\na = { b = 1 }", "t.toml", Lists)


def test_faults_across_tables_are_all_told() -> None:
    good = compounds()["oxide_mgo"]
    rows = [
        good,
        good,
        msgspec.structs.replace(good, id="x", form="nowhere", fraction_low=Decimal(2)),
        msgspec.structs.replace(good, id="y", formula=None),
    ]
    said = "\n".join(compound_faults(rows, set(forms())))
    for fault in ("oxide_mgo comes 2 times", "x: form nowhere", "x: fraction 2", "x: a pure", "y: a formula"):
        assert fault in said


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"typical_low": Decimal("0.9")}, "typical 0.9"),
        ({"typical_high": None}, "typical"),
        ({"possible_high": Decimal("0.9")}, "not the hull"),
        ({"blend_high": Decimal("0.9")}, "blend_high is not"),
        ({"usual_low": Decimal("0.0001")}, "usual reaches beyond possible"),
        ({"richer_alternatives": ("nowhere",)}, "nowhere is no form"),
    ],
)
def test_wrong_bounds_of_a_form_are_told(change: dict[str, object], fault: str) -> None:
    form = msgspec.structs.replace(forms()["citrate"], **change)
    others = [one for one in forms().values() if one.id != "citrate"]
    assert any(fault in said for said in form_faults([form, *others], list(compounds().values())))
