"""The pieces for other people's pages: the gauge and the fragment, and the words that all reports share."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from importlib import resources
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

import golden
import mglabel
from hand_made import analysis
from mglabel import analyze
from mglabel.reports import page_words as words_module
from mglabel.reports.html.escaping import shown
from mglabel.reports.html.scale import scale_for
from mglabel.reports.page_words import PageTexts, page_words
from mglabel.values.errors import BadTable, MglabelError
from mglabel.values.interval import Interval, Masses, exactly
from mglabel.values.results import Intake
from report_pages import LABELS, Page, label

LANGUAGES = ("en", "da")
SVG = "{http://www.w3.org/2000/svg}"
TABLE = resources.files("mglabel").joinpath("data", words_module.PAGE_FILE).read_text(encoding="utf-8")


def drawn(dose: Masses | None, at_most: Masses | None = None) -> dict[str, list[ElementTree.Element]]:
    """The shapes of the day's row of a gauge, by class."""
    intake = Intake(dose, at_most or dose, dose, at_most or dose)
    root = ElementTree.fromstring(analysis(intake=intake).gauge_svg())
    row = next(group for group in root.iter(f"{SVG}g") if group.get("class") == "mglabel-gauge-day")
    found: dict[str, list[ElementTree.Element]] = {}
    for shape in row:
        found.setdefault(shape.get("class") or shape.tag, []).append(shape)
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", LABELS)
def test_a_gauge_stands_on_its_own(name: str, lang: str) -> None:
    svg = label(name).gauge_svg(lang)
    root = ElementTree.fromstring(svg)
    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == page_words(lang).text.gauge
    assert root.findtext(f"{SVG}desc")
    assert not any(
        "id" in shape.attrib or "style" in shape.attrib or "font-family" in shape.attrib for shape in root.iter()
    )
    assert not re.search(r"href|url\(|<script|<style", svg)
    assert svg == label(name).gauge_svg(lang)


def test_one_number_is_a_dot_and_an_interval_a_bar_with_ends() -> None:
    exact = drawn(exactly(240))
    (dot,) = exact["mglabel-gauge-dose"]
    assert dot.tag == f"{SVG}circle"
    wide = drawn(Interval(Decimal(100), Decimal(300)))
    (bar,) = wide["mglabel-gauge-dose"]
    assert bar.tag == f"{SVG}rect"
    end = scale_for([Decimal(450)]).end
    left, width = (Decimal((bar.get(key) or "").rstrip("%")) for key in ("x", "width"))
    assert abs(left - 100 / end * 100) < Decimal("0.02")
    assert abs(width - 200 / end * 100) < Decimal("0.02")


def test_the_highest_dose_is_drawn_apart_from_all_doses() -> None:
    shapes = drawn(Interval(Decimal(100), Decimal(300)), exactly(300))["mglabel-gauge-dose"]
    assert [shape.tag for shape in shapes] == [f"{SVG}rect", f"{SVG}circle"]


def test_what_is_not_known_is_drawn_as_that() -> None:
    shapes = drawn(None)
    assert "mglabel-gauge-unknown" in shapes
    assert "mglabel-gauge-dose" not in shapes
    assert "Per day: not stated" in label("no-dose").gauge_svg()
    assert "Per tablet: 400 mg" in label("no-dose").gauge_svg()


@pytest.mark.parametrize(
    "dose", [exactly(5000), Interval(Decimal(100), Decimal(5000)), Interval(Decimal(3000), Decimal(5000))]
)
def test_a_dose_beyond_the_axis_points_onwards(dose: Masses) -> None:
    shapes = drawn(dose)
    assert f"{SVG}svg" in shapes
    assert all(Decimal((s.get("width") or "0").rstrip("%emab")) <= 100 for s in shapes.get("mglabel-gauge-dose", []))


def test_limits_are_drawn_only_where_they_apply() -> None:
    assert "mglabel-gauge-limit" in label("good").gauge_svg()
    for name in ("medicine", "topical"):
        assert "mglabel-gauge-limit" not in label(name).gauge_svg()
        assert page_words().text.read_no_limit.rstrip(".") in label(name).gauge_svg()


@given(st.decimals(0, 10**9, allow_nan=False), st.decimals(0, 10**9, allow_nan=False))
def test_any_dose_can_be_drawn(one: Decimal, other: Decimal) -> None:
    dose = Interval(min(one, other), max(one, other))
    ElementTree.fromstring(analysis(intake=Intake(dose, dose, None, dose)).gauge_svg("da"))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", LABELS)
def test_the_fragment_is_whole_and_named_apart(name: str, lang: str) -> None:
    fragment = label(name).summary_html(lang)
    page = Page(fragment)
    assert {tag for tag, _ in page.elements} <= set("div p strong span dl dt dd ul li bdi".split())
    classes = [held["class"] or "" for _, held in page.elements if "class" in held]
    assert all(one.startswith("mglabel-") for held in classes for one in held.split())
    assert {key for _, held in page.elements for key in held} <= {"class", "lang", "role", "aria-label"}
    assert page_words(lang).say.text.closing in fragment


@given(st.text(max_size=80))
def test_the_pieces_hold_whatever_a_label_says_as_text(text: str) -> None:
    found = analyze(f"{text}\nMagnesium oxide 100 mg per tablet. Take 1 tablet daily.\n{text}", name=text)
    assert {tag for tag, _ in Page(found.summary_html()).elements} <= set(
        "div p strong span dl dt dd ul li bdi".split()
    )
    ElementTree.fromstring(found.gauge_svg())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_kept_pieces(lang: str) -> None:
    golden.check(f"gauge-good-{lang}.svg", label("good").gauge_svg(lang))
    golden.check(f"gauge-open-{lang}.svg", label("open").gauge_svg(lang))
    golden.check(f"summary-good-{lang}.html", label("good").summary_html(lang))
    golden.check(f"summary-open-{lang}.html", label("open").summary_html(lang))


def test_every_text_of_the_table_is_used() -> None:
    home = Path(mglabel.__file__).parent
    used = "".join(
        file.read_text(encoding="utf-8")
        for folder in ("reports", "data/html")
        for file in (home / folder).rglob("*.*")
        if file.suffix in (".py", ".html") and file.name != "page_words.py"
    )
    assert tomllib.loads(TABLE)["text"].keys() == set(PageTexts.__struct_fields__)
    assert [name for name in PageTexts.__struct_fields__ if not re.search(rf"text\.{name}\b", used)] == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('grade = { en = "Grade"', 'grade = { xx = "Grade"', "text.grade.en is missing"),
        ('da = "Side {number}"', 'da = "Side {nummer}"', "text.page has not the same places"),
        ("[text]", '[text]\nunused = { en = "a", da = "b" }', "text.unused is not known"),
        ('da = "øvre grænse"', 'db = "øvre grænse"', "words.limit_kind.upper_level.da is missing"),
        ("[text]", "[text", "page.toml"),
    ],
)
def test_faults_of_the_table_are_named(old: str, new: str, fault: str) -> None:
    assert old in TABLE
    with pytest.raises(BadTable, match=re.escape(fault)):
        words_module.parse(TABLE.replace(old, new, 1), "page.toml")


def test_every_reason_for_a_reading_has_its_words(reasons: set[str]) -> None:
    assert reasons
    for lang in LANGUAGES:
        assert reasons <= page_words(lang).words["because"].keys()


@pytest.fixture(scope="module")
def reasons() -> set[str]:
    """Every reason that the label texts of the fixtures lead to."""
    found: set[str] = set()
    for file in (Path(__file__).parents[1] / "fixtures").rglob("*.txt"):
        for reading in analyze(file.read_text(encoding="utf-8")).readings:
            found |= {*reading.because, *filter(None, [reading.dropped_because])}
    return found


def test_an_unknown_language_is_refused() -> None:
    ask: Any
    for ask in (label("good").to_html, label("good").gauge_svg, label("good").summary_html, label("good").to_jsonld):
        with pytest.raises(MglabelError, match="'xx'"):
            ask("xx")


@given(st.text())
def test_shown_text_holds_nothing_that_a_page_cannot(text: str) -> None:
    said = shown(text)
    said.encode()
    assert shown(said) == said
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]", said)
