"""The guide's tables: what is in them, and that a malformed edition is refused with every fault named."""

from __future__ import annotations

import re
from decimal import Decimal
from importlib import resources
from pathlib import Path

import pytest

from mglabel.guide.rules import RULES
from mglabel.tables.guide import UNDISCLOSED, Guide, default_guide
from mglabel.tables.messages import codes
from mglabel.values.errors import BadTable, UnknownPurpose

GUIDE = default_guide()
TABLE = {
    "ideal": "A B C",
    "suitable": "B C D",
    "uncovered": "C D D",
    "undisclosed": "CD CD DE",
    "uncovered_inorganic": "D D E",
    "special": "D D E",
    "unsuitable": "E E E",
}


def packaged(name: str) -> str:
    return resources.files("mglabel").joinpath("data", name).read_text(encoding="utf-8")


def edition(folder: Path, *changes: tuple[str, str], rows: str | None = None) -> Path:
    """A copy of the packaged guide with some texts replaced."""
    text = packaged("guide.toml")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (folder / "verdicts.csv").write_text(packaged("verdicts.csv") if rows is None else rows, encoding="utf-8")
    file = folder / "guide.toml"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("form", "limit", "cell"),
    [
        (form, limit, cell)
        for form, row in TABLE.items()
        for limit, cell in zip(("within", "above", "far_above"), row.split(), strict=True)
    ],
)
def test_the_grade_table_is_the_designed_one(form: str, limit: str, cell: str) -> None:
    assert GUIDE.cell(form, limit) == (cell[0], cell[-1])


def test_the_numbers_of_the_guide() -> None:
    thresholds = GUIDE.thresholds
    assert (thresholds.day_limit_mg, thresholds.far_above_mg) == (Decimal(350), Decimal(500))
    assert (thresholds.intake_mg.low, thresholds.intake_mg.high) == (Decimal(100), Decimal(200))
    assert set(thresholds.ours) == {"far_above_mg", "companions_mg"}


def test_every_purpose_has_a_verdict_for_every_form() -> None:
    assert len(GUIDE.purposes) == 14
    assert len(GUIDE.named_forms()) == 14
    assert len(GUIDE.forms) == 14 * 16
    assert {entry.verdict for entry in GUIDE.forms.values()} == set(TABLE) - {UNDISCLOSED}


@pytest.mark.parametrize(
    ("purpose", "form", "verdict"),
    [
        ("general", "bisglycinate", "ideal"),
        ("general", "citrate", "ideal"),
        ("general", "chloride", "suitable"),
        ("general", "oxide", "special"),
        ("general", "sulfate", "unsuitable"),
        ("sleep", "taurate", "ideal"),
        ("fatigue", "malate", "ideal"),
        ("constipation", "citrate", "ideal"),
        ("constipation", "oxide", "suitable"),
        ("constipation", "bisglycinate", "special"),
        ("heartburn", "hydroxide", "ideal"),
        ("cognition", "threonate", "ideal"),
        ("bones", "picolinate", "ideal"),
        ("metabolism", "orotate", "ideal"),
    ],
)
def test_verdicts_that_the_guide_states(purpose: str, form: str, verdict: str) -> None:
    assert [entry.verdict for entry in GUIDE.entries(purpose, form, None)] == [verdict]


def test_a_form_the_guide_does_not_name_goes_by_its_class() -> None:
    def verdicts(purpose: str, form_class: str | None) -> list[str]:
        return [entry.verdict for entry in GUIDE.entries(purpose, "other:new", form_class)]

    assert verdicts("general", "organic") == ["uncovered"]
    assert verdicts("general", "inorganic") == ["uncovered_inorganic"]
    assert verdicts("constipation", "inorganic") == ["uncovered"]
    assert verdicts("general", None) == ["uncovered", "uncovered_inorganic"]
    assert verdicts("constipation", None) == ["uncovered"]


def test_unknown_purpose_names_the_nearest() -> None:
    with pytest.raises(UnknownPurpose, match="did you mean 'blood_pressure'"):
        GUIDE.checked_purpose("blood-pressure")


def test_every_finding_code_has_rule_and_entry() -> None:
    assert {code for rule in RULES for code in rule.codes} == set(GUIDE.rules) == set(codes())


@pytest.mark.parametrize("code", codes())
def test_no_rule_without_a_reference_or_a_stated_ours(code: str) -> None:
    rule = GUIDE.rules[code]
    assert rule.reference or rule.ours
    assert rule.reference is None or re.fullmatch(r"L\d+( L\d+)*", rule.reference)
    assert rule.reference is None or rule.phrase


def test_a_copy_loads_and_equals_the_packaged_edition(tmp_path: Path) -> None:
    assert Guide.load(edition(tmp_path)) == GUIDE == Guide.load(None)


def test_another_edition(tmp_path: Path) -> None:
    guide = Guide.load(edition(tmp_path, ("day_limit_mg = 350", "day_limit_mg = 250"), ('"2025-11"', '"2030-01"')))
    assert (guide.edition, guide.thresholds.day_limit_mg) == ("2030-01", Decimal(250))


def test_every_fault_is_named(tmp_path: Path) -> None:
    file = edition(
        tmp_path,
        ('edition = "2025-11"', "edition = 3"),
        ("day_limit_mg = 350", "day_limit_mg = -1"),
        ("intake_mg = [100, 200]", "intake_mg = [200, 100]"),
        ('"ideal", "suitable", "uncovered", "undisclosed"', '"ideal", "suitable", "uncovered", "unknown"'),
        ('ideal               = { within = "A"', 'ideal               = { within = "F"'),
        ('suitable            = { within = "B", above = "C"', 'suitable            = { within = "C", above = "B"'),
        ('default_purpose = "general"', 'default_purpose = "generally"'),
        ('times = ["morning"]', 'times = "morning"'),
        ('[rules.MG106]\nseverity = "warning"', '[rules.MG106]\nseverity = "fatal"'),
        ('reference = "L155"', 'reference = "somewhere"'),
        ('[rules.MG901]\nseverity = "info"\nours = true', '[rules.MG999]\nseverity = "info"'),
        ('misfits = ["uncovered_inorganic"', 'misfits = ["mineral"'),
        rows=packaged("verdicts.csv")
        .replace("general,citrate,ideal", "general,citrate,best")
        .replace("sleep,oxide,special,L95 L117 L138 L159\n", ""),
    )
    with pytest.raises(BadTable) as caught:
        Guide.load(file)
    for fault in (
        "edition is 3, not a text",
        "thresholds.day_limit_mg is -1",
        "thresholds.intake_mg is [200, 100], the higher number first",
        "grades.order lacks undisclosed",
        "grades.table.unknown is missing",
        "grades.table.undisclosed is not known",
        "grades.table.ideal.within is 'F'",
        "grades.table.suitable gives a better letter for a higher dose",
        "default_purpose is 'generally'",
        "timing 2: times is 'morning', not a list of texts",
        "rules.MG106.severity is 'fatal'",
        "rules.MG502.reference is 'somewhere'",
        "rules.MG901 is missing",
        "rules.MG999 has no reference to the guide and is not marked as ours",
        "forms.misfits holds 'mineral'",
        "unknown verdict 'best'",
        "no verdict for sleep and oxide",
    ):
        assert fault in str(caught.value)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (('name = "magnesium-guide-da"', "name = "), "guide.toml"),
        (('verdicts = "verdicts.csv"', 'verdicts = "missing.csv"'), "missing.csv: cannot be read"),
        (('verdicts = "verdicts.csv"', 'verdicts = "../verdicts.csv"'), "not the name of a file beside the guide"),
        (("day_limit_mg = 350", "day_limit_mg = nan"), "not a number above zero"),
        (("day_limit_mg = 350", "day_limit_mg = true"), "not a number above zero"),
        (("day_limit_mg = 350", "day_limit_mg = 600"), "far_above_mg is not above"),
        (("[thresholds]", "[threshold]"), "thresholds is missing"),
        (('limits = ["within", "above", "far_above"]', 'limits = ["within", "above"]'), "grades.limits is not"),
        (("[[timing]]", "[timing]"), ""),
    ],
)
def test_one_fault(tmp_path: Path, change: tuple[str, str], fault: str) -> None:
    with pytest.raises(BadTable) as caught:
        Guide.load(edition(tmp_path, change))
    assert fault in str(caught.value)


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00", b"rules = 3\ngrades = []\nforms = 'x'\ntiming = 1\n", b"a ="]
)
def test_junk_is_a_bad_table(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "junk.toml"
    file.write_bytes(content)
    with pytest.raises(BadTable, match=r"junk\.toml"):
        Guide.load(file)


def test_a_missing_file_is_a_bad_table(tmp_path: Path) -> None:
    with pytest.raises(BadTable, match="cannot be read"):
        Guide.load(tmp_path / "none.toml")


@pytest.mark.parametrize("rows", ["", "a,b\n", "purpose,form,verdict,lines\ngeneral,citrate\n", '"', "\x00", '"a"b'])
def test_malformed_verdicts(tmp_path: Path, rows: str) -> None:
    with pytest.raises(BadTable, match=r"verdicts\.csv"):
        Guide.load(edition(tmp_path, rows=rows))


def test_a_name_that_no_file_can_have(tmp_path: Path) -> None:
    with pytest.raises(BadTable, match="cannot be read"):
        Guide.load(edition(tmp_path, ('verdicts = "verdicts.csv"', 'verdicts = "verdicts\\u0000.csv"')))
