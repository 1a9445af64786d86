"""The HTML report: whole, linked up, in both languages, and unmoved by whatever a label says."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mglabel
from hand_made import analysis, finding, span, verdict
from mglabel import Guide, analyze, analyze_catalogue, analyze_html
from mglabel.reports.html.escaping import shown
from mglabel.reports.html.notes import MOST_NOTES, Note, notes_of, stretches
from mglabel.reports.html.page import MOST_TEXT, report_page
from mglabel.reports.page_words import page_words
from mglabel.reports.wording import wording
from mglabel.tables.messages import explanation
from mglabel.values.evidence import Evidence, Span
from mglabel.values.interval import Interval, exactly
from mglabel.values.results import Source
from report_pages import LABELS, Page, label

LANGUAGES = ("en", "da")
TAGS = set(
    """a article b bdi body circle dd desc details div dl dt figcaption figure footer g h1 h2 h3 head header html img li
    line link main meta nav ol p path q rect section span strong style sub summary sup svg table tbody td text th thead
    title tr ul""".split()
)
ATTRIBUTES = re.compile(r"(?!on)[a-z-]+[0-9]?|viewBox", re.IGNORECASE)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", LABELS)
def test_a_page_is_whole_and_asks_for_nothing(name: str, lang: str) -> None:
    markup = label(name).to_html(lang)
    page = Page(markup)
    assert {tag for tag, _ in page.elements} <= TAGS
    assert all(ATTRIBUTES.fullmatch(key) for _, held in page.elements for key in held)
    assert len(set(page.ids)) == len(page.ids)
    targets = [held["href"] or "" for held in page.all("a")]
    assert {target[1:] for target in targets} <= set(page.ids)
    assert all(target.startswith("#") for target in targets)
    outside = [
        held.get(key) or "" for _, held in page.elements for key in ("src", "srcset", "action", "data", "poster")
    ]
    assert all(not link or link.startswith("data:") for link in outside)
    assert not re.search(r"url\(|@import|https?://(?!www\.w3\.org/2000/svg)", markup)
    assert page.all("html")[0]["lang"] == lang


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", LABELS)
def test_a_page_can_be_walked_by_ear(name: str, lang: str) -> None:
    page = Page(label(name).to_html(lang))
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert [len(page.all(landmark)) for landmark in ("header", "nav", "main", "footer")] == [1, 1, 1, 1]
    named = {held.get("aria-labelledby") for held in page.all("section")}
    assert None not in named
    assert named <= set(page.ids)
    described = {held["aria-describedby"] for _, held in page.elements if "aria-describedby" in held}
    assert described <= set(page.ids)
    assert all(held.get("alt") for held in page.all("img"))
    assert all(held.get("aria-label") or held.get("aria-hidden") for held in page.all("svg"))


@pytest.mark.parametrize("name", LABELS)
def test_the_label_is_shown_as_text_every_character_of_it(name: str) -> None:
    page = Page(label(name).to_html(), text_of="label-text")
    assert page.text == shown(LABELS[name])


@given(st.text(max_size=300), st.text(max_size=60))
@settings(max_examples=60, deadline=None)
def test_whatever_a_label_holds_is_text(before: str, name: str) -> None:
    text = f"{before} Magnesium oxide 100 mg per tablet. Take 1 tablet daily. {before}"
    markup = report_page(analyze(text, name=name), "en")
    markup.encode()
    page = Page(markup, text_of="label-text")
    assert {tag for tag, _ in page.elements} <= TAGS
    assert all(ATTRIBUTES.fullmatch(key) for _, held in page.elements for key in held)
    assert page.text == shown(text)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", markup)


@given(
    st.text(alphabet="ab \n", min_size=1, max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 60)), max_size=8),
    st.integers(0, 80),
)
def test_places_that_overlap_are_all_marked(text: str, places: list[tuple[int, int]], most: int) -> None:
    spans = sorted({(s, min(s + n, len(text))) for s, n in places if s < len(text)})
    notes = [Note(nth, Evidence(*span, text[slice(*span)]), ()) for nth, span in enumerate(spans, 1)]
    parts = list(stretches(text, notes, most, 5))
    assert sum(len(part.text) + part.left_out for part in parts) == len(text)
    assert [note for part in parts for note in part.begins] == notes
    assert sorted(note for part in parts for note in part.ends) == sorted(notes)
    for note in notes:
        held = sum(len(part.text) + part.left_out for part in parts if note in part.notes or part.left_out)
        assert held >= note.piece.end - note.piece.start
    if len(text) <= most:
        assert "".join(part.text for part in parts) == text
        for note in notes:
            assert "".join(part.text for part in parts if note in part.notes) == note.piece.text


def test_every_mark_leads_to_a_note_and_every_note_back() -> None:
    page = Page(label("good").to_html())
    marks = [held for held in page.all("a") if "mark" in (held.get("class") or "")]
    backs = {held["href"] for held in page.all("a") if (held["href"] or "").startswith("#m")}
    notes, left_out = notes_of(label("good"), page_words())
    assert left_out == 0
    assert {held["href"] for held in marks} == {f"#n{note.number}" for note in notes}
    assert backs == {f"#m{note.number}" for note in notes}
    assert all(said.target in page.ids for note in notes for said in note.says)


def test_more_places_than_a_page_bears_are_counted() -> None:
    spans = tuple(Span(n, n + 3) for n in range(MOST_NOTES + 40))
    many = analysis(sources=(Source("citrate", "magnesium citrate", spans),))
    notes, left_out = notes_of(many, page_words())
    assert len(notes) == MOST_NOTES
    assert left_out >= 40
    assert f"{left_out} more places" in many.to_html()


def test_a_long_line_gives_a_light_page() -> None:
    text = "x" * 500_000 + " Magnesium oxide 100 mg per tablet. Take 1 tablet daily. " + "y" * 400_000
    page = analyze(text).to_html()
    assert len(page) < 60_000
    assert "Take 1 tablet daily" in page
    assert "characters without marks left out" in page
    assert len(analyze("z" * 900_000).to_html()) < 40_000
    assert len(Page(analyze("z" * MOST_TEXT).to_html(), text_of="label-text").text) == MOST_TEXT


def test_the_grade_is_a_letter_a_span_or_none() -> None:
    good, wide, none = label("good").to_html(), label("open").to_html(), label("no-dose").to_html("da")
    assert 'aria-label="Grade A, for everyday use"' in good
    assert "grade-a" in good
    assert re.search(r'aria-label="Grade A to [B-E], for everyday use"', wide)
    assert "grade-span" in wide
    assert page_words().text.grade_span in wide
    assert 'aria-label="Ingen karakter, til daglig brug"' in none
    assert wording("da").text.no_grade_reason in none


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_open_is_told_with_its_why(lang: str) -> None:
    page, words = label("open").to_html(lang), page_words(lang)
    for said in (words.text.open_title, words.text.reading_stands, words.word("because", "compound"), "MG402"):
        assert said in page
    assert words.text.open_none not in page
    unknown = label("no-dose").to_html(lang)
    assert words.text.gauge_unknown in unknown
    assert words.text.open_numbers.partition("{")[0] in unknown
    assert words.text.open_none in label("good").to_html(lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_finding_is_explained(lang: str) -> None:
    said = " ".join(" ".join(Page(label("beyond").to_html(lang)).said).split())
    for found in label("beyond").findings:
        explained = explanation(found.code, lang)
        for text in (found.text(lang), explained.title, explained.what, explained.why):
            assert " ".join(text.split()) in said
        assert not found.reference or not explained.phrase or explained.phrase in said


def test_what_another_guide_does_not_say_is_not_told_as_its_words(tmp_path: Path) -> None:
    packaged = Path(mglabel.__file__).parent / "data"
    text = (packaged / "guide.toml").read_text(encoding="utf-8").replace('edition = "2025-11"', 'edition = "2099"')
    (tmp_path / "guide.toml").write_text(text.replace("day_limit_mg = 350", "day_limit_mg = 300"), encoding="utf-8")
    (tmp_path / "verdicts.csv").write_bytes((packaged / "verdicts.csv").read_bytes())
    page = analyze(LABELS["beyond"], guide=Guide.load(tmp_path / "guide.toml")).to_html()
    assert "edition 2099" in page
    assert "guide’s limit 300 mg" in page
    assert "meget høje doser" not in page
    assert "meget høje doser" in label("beyond").to_html()


def test_shares_are_intervals_and_stay_within_the_whole() -> None:
    share = Interval(Decimal("-0.1"), Decimal("1.2"))
    sources = tuple(
        Source("citrate", "magnesium citrate", (span("magnesium citrate"),), share=value)
        for value in (exactly("0.25"), Interval(Decimal("0.2"), Decimal("0.75")), share, None)
    )
    page = analysis(sources=sources).to_html()
    assert 'width="25.00%"' in page
    assert "20 to 75 %" in page
    assert page_words().text.share_unknown in page
    assert not re.search(r'width="-|width="1[0-9]{2}\.[0-9]*[1-9]', page)


def test_files_of_several_products_say_so_and_each_product_has_its_page() -> None:
    data = LABELS["several"].encode()
    pages = [one.to_html() for one in analyze_catalogue(data)]
    assert len(pages) == 2
    assert all("Grade " in page for page in pages)
    assert page_words().text.several in label("several").to_html()


def test_evidence_of_a_web_page_is_marked_in_its_text() -> None:
    page = analyze_html("<h1>Magnesium</h1><p>Magnesium oxide 100 mg per tablet. <b>Take 1 tablet daily.</b>").to_html()
    assert '<a class="mark' in page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_words_of_the_other_language(lang: str) -> None:
    other = page_words("da" if lang == "en" else "en").text
    mine = page_words(lang).text
    said = " ".join(" ".join(Page(label("open").to_html(lang)).said).split())
    names = [
        n for n in mine.__struct_fields__ if getattr(mine, n) != getattr(other, n) and "{" not in getattr(other, n)
    ]
    long = [getattr(other, name) for name in names if len(getattr(other, name)) > 12]
    assert [text for text in long if text in said] == []


def test_a_finding_of_an_unknown_code_or_without_reference_is_shown() -> None:
    bare = analysis(judged=verdict(finding("MG201", "info", variant="open")))
    assert "MG201" in bare.to_html()
