"""The text reports: complete in both languages, true to the analysis, and safe to print."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from decimal import Decimal
from importlib import resources
from typing import Any

import msgspec
import pytest

from hand_made import BETWEEN, TEXT, analysis, finding, nothing, verdict
from mglabel.analysis.form_table import forms
from mglabel.reports import layout, plain, tables, wording
from mglabel.tables.guide import default_guide
from mglabel.tables.language import tables as language_tables
from mglabel.tables.messages import codes, explanation, messages, word
from mglabel.values.errors import BadTable, MglabelError
from mglabel.values.evidence import Evidence
from mglabel.values.interval import exactly
from mglabel.values.label import Directions, Portion, Product
from mglabel.values.results import Excipient, Grade, Intake, Reading, Source

LANGUAGES = ("en", "da")
TABLE = resources.files("mglabel").joinpath("data", wording.REPORT_FILE).read_text(encoding="utf-8")

SAMPLES = {
    "full": analysis(name="label.txt"),
    "nothing": nothing(),
    "open": analysis(
        judged=verdict(
            finding("MG205", "advice", variant="open"),
            finding("MG402", "warning"),
            finding("MG403", "error"),
            grade=Grade("A", "D", "ideal..special", "open", "general"),
            form="ideal..special",
            limit="open",
        ),
        derivation="ambiguous",
        intake=Intake(BETWEEN, BETWEEN, BETWEEN, exactly(200), BETWEEN, Portion(Decimal(1), "tablet")),
        readings=(Reading(exactly(65), ()), Reading(exactly(400), ()), Reading(None, (), None, exactly(3))),
    ),
    "large": analysis(judged=verdict(finding("MG205", "warning")), directions=Directions()),
    "bare": analysis(
        judged=verdict(grade=None, form=None, limit=None, findings=()),
        sources=(),
        excipients=(),
        stated_purposes=(),
        product=Product(),
        intake=Intake(),
        directions=Directions(units_per_day=exactly(1), with_food=False),
        derivation="unknown",
        readings=(),
        percent_of_reference=None,
    ),
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", SAMPLES)
def test_reports_are_filled_in_and_close_with_the_notice(name: str, lang: str) -> None:
    said = plain.report(SAMPLES[name], lang)
    assert "{" not in said
    assert "\n\n\n" not in said
    assert said.endswith(wording.wording(lang).text.closing + "\n")
    assert all(len(line) <= layout.WIDTH for line in said.splitlines())


def test_a_report_in_english() -> None:
    said = plain.report(SAMPLES["full"])
    for piece in (
        "label.txt\n",
        "food supplement, for adults",
        "60 capsules, 48.5 g",
        "magnesium citrate, 1500 mg of it a day, giving 240 mg magnesium",
        "Additive only  magnesium stearate",
        "Per day         240 mg",
        "Per intake      120 mg",
        "Per 2 capsules  240 mg",
        "64 % of the reference value",
        "2 capsules a day, 1 at a time, 2 × daily, in the evening, with food, divided over the day",
        f"Grade A, for {word('purpose', 'general')}",
        "Form    ideal",
        "Amount  within the limit (MG201)",
        "information  MG201  240 mg a day",
        "Label: “magnesium 240 mg”",
        "Guide: L45",
    ):
        assert piece in said


def test_a_report_in_danish() -> None:
    said = plain.report(SAMPLES["full"], "da")
    for piece in (
        "60 kapsler, 48,5 g",
        "magnesiumcitrat »magnesium citrate«",
        f"Karakter A, til {word('purpose', 'general', 'da')}",
        "oplysning",
    ):
        assert piece in said


def test_what_is_open_is_told_as_open() -> None:
    english, danish = plain.report(SAMPLES["open"]), plain.report(SAMPLES["open"], "da")
    assert "64 to 97 mg" in english
    assert "64 til 97 mg" in danish
    assert "Grade A to D" in english
    assert f"from “ideal” to “{word('verdict', 'special')}”" in english
    assert re.search(r"One reading +65 mg a day\n +400 mg a day\n +3 mg per tablet\n", english)
    assert "up to one letter down (MG205)" in english
    assert "not below the lowest (MG205)" in plain.report(SAMPLES["large"])


def test_what_is_unknown_is_told_as_unknown() -> None:
    said = plain.report(SAMPLES["bare"])
    for piece in ("does not name the form", "Per day     not known", "No grade, for ", "1 a day", "None."):
        assert piece in said


def test_a_label_without_magnesium() -> None:
    stearate = Excipient("stearate", "magnesium stearate", ())
    said = plain.report(nothing(excipients=(stearate,)))
    assert said.startswith("The label declares no magnesium.\n  Additive only  magnesium stearate\n")
    assert "Grade" not in said


def test_findings_stand_by_severity() -> None:
    mixed = verdict(*(finding(code, s) for code, s in (("MG201", "info"), ("MG402", "warning"), ("MG404", "error"))))
    said = plain.report(analysis(judged=mixed))
    assert [said.index(code) for code in ("MG404", "MG402")] == sorted(said.index(c) for c in ("MG404", "MG402"))
    assert re.findall(r"^  \w+ +(MG\d+)", said, re.MULTILINE) == ["MG404", "MG402", "MG201"]


def test_long_and_many_quotes_are_cut() -> None:
    pieces = tuple(Evidence(n, n + 200, f"{n} " + "x" * 200 + " end") for n in range(5))
    said = plain.report(analysis(judged=verdict(msgspec.structs.replace(finding(), evidence=pieces))))
    assert "and 2 more" in said
    assert "x end”" in said
    assert "x" * 60 not in said


@pytest.mark.parametrize("strange", ["\x1b[31m", "\0", "\ud800", "\u202e", "\r", "\u2028", "\t", "\x9b"])
def test_nothing_from_a_label_can_command_the_terminal(strange: str) -> None:
    text = f"{strange}{TEXT}"
    judged = verdict(msgspec.structs.replace(finding(), evidence=(Evidence(0, 9, text[:9]),)))
    source = Source("citrate", f"magnesium{strange}citrate", ())
    product = Product(name=f"Name{strange}", unit="capsule")
    said = plain.report(analysis(text, judged, name=f"a{strange}b.txt", sources=(source,), product=product))
    said.encode()
    assert not [c for c in said if c != "\n" and unicodedata.category(c).startswith("C")]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("purpose", default_guide().purposes)
def test_the_form_table_for_every_purpose(purpose: str, lang: str) -> None:
    rows = forms(purpose)
    said = tables.forms_page(rows, lang)
    assert {row.form for row in rows} >= set(default_guide().named_forms())
    assert len(said.splitlines()) >= len(rows) + 4
    assert rows[0].name_da in said if lang == "da" else rows[0].name_en in said


def test_the_form_table_says_what_the_guide_says() -> None:
    rows = {row.form: row for row in forms("sleep")}
    assert (rows["bisglycinate"].verdict, rows["bisglycinate"].named) == ("ideal", True)
    assert (rows["carbonate"].verdict, rows["carbonate"].named) == ("uncovered_inorganic", False)
    assert rows["marine"].verdict == "undisclosed"
    assert "stearate" not in rows
    assert "10 to 14.1" in tables.forms_page(forms())
    with pytest.raises(MglabelError, match="sleep"):
        forms("slep")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", codes())
def test_every_code_has_a_page(code: str, lang: str) -> None:
    page = explanation(code, lang)
    said = tables.explanation_page(page, lang)
    assert said.startswith(f"{code}  {page.title}\n")
    flat = " ".join(said.split())
    assert all(" ".join(text.split()) in flat for text in (page.what, page.why, page.example, page.counterexample))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_other_pages(lang: str) -> None:
    assert len(tables.purposes_page(default_guide().purposes, lang).splitlines()) == len(default_guide().purposes) + 1
    assert len(tables.codes_page(codes(), lang).splitlines()) == len(codes())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_unit_of_the_language_tables_has_its_words(lang: str) -> None:
    units = {entry.concept for table in language_tables() for entry in table.entries if entry.group == "unit"}
    assert not units - wording.wording(lang).units.keys()


@pytest.mark.parametrize("group", ["use", "audience", "purpose", "verdict", "limit", "severity", "time"])
def test_words_that_the_reports_ask_of_the_messages(group: str) -> None:
    expected: dict[str, Any] = {
        "use": ("supplement", "medicine", "topical", "water", "food", "feed"),
        "audience": ("adults", "children", "pregnancy", "animals"),
        "purpose": default_guide().purposes,
        "verdict": default_guide().order,
        "limit": (*default_guide().limits, "open", "unknown"),
        "severity": plain.SEVERITIES,
        "time": ("morning", "noon", "afternoon", "evening", "bedtime"),
    }
    assert set(expected[group]) <= messages().words[group].keys()


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('closing = { en = "This', 'closing = { xx = "This', "text.closing.en is missing"),
        ('no_findings = { en = "None."', 'no_findings = { en = ""', "text.no_findings.en"),
        ('da = "{mass} mg om dagen"', 'da = "{masse} mg om dagen"', "text.reading_per_day has not the same places"),
        ("[text]", '[text]\nunused = { en = "a", da = "b" }', "text.unused is not known"),
        ('da = ["brev", "breve"]', 'da = ["brev"]', "units.sachet.da"),
        ('intake = ["MG205"]', 'intake = ["MG999"]', "MG999"),
        ('da = "tilladt"', 'db = "tilladt"', "words.eu_status.permitted.da is missing"),
    ],
)
def test_faults_of_the_table_are_named(old: str, new: str, fault: str) -> None:
    assert old in TABLE
    with pytest.raises(BadTable, match=re.escape(fault)):
        wording.parse(TABLE.replace(old, new), "report.toml")


def test_all_faults_are_named_at_once_and_broken_toml_is_a_bad_table() -> None:
    with pytest.raises(BadTable) as caught:
        wording.parse("[text]\n[words]\n[units]\n[reasons]\n", "empty.toml")
    assert all(f"text.{name} is missing" in str(caught.value) for name in wording.Texts.__struct_fields__)
    with pytest.raises(BadTable, match=r"broken\.toml"):
        wording.parse("[text", "broken.toml")


def test_the_table_holds_no_text_that_is_not_used() -> None:
    assert tomllib.loads(TABLE)["text"].keys() == set(wording.Texts.__struct_fields__)


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(MglabelError, match="'xx'"):
        plain.report(SAMPLES["full"], "xx")


@pytest.mark.parametrize(
    ("count", "unit", "said"),
    [(1, "capsule", "1 capsule"), (2, "capsule", "2 capsules"), (3, None, "3"), (2, "snow_flake", "2 snow flake")],
)
def test_counting(count: int, unit: str | None, said: str) -> None:
    assert wording.wording().counted(count, unit) == said
