"""Markup left in a plain text: what is read without it, and where that stands in the text as given."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mglabel import analyze
from mglabel.language.markup import without_markup


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2&ndash;3 capsules", "2–3 capsules"),
        ("&frac12; tablet, 1&nbsp;000&#160;mg, Mg&#xb2;&#x207A;", "½ tablet, 1\u00a0000\u00a0mg, Mg²⁺"),
        ("Magn&amp;eacute;sium", "Magnésium"),  # written for HTML twice
        ("<p>Magnesium</p>\n<p>100 mg</p>", "\nMagnesium\n100 mg\n"),
        ("Magnesium<br /><br/>100 mg", "Magnesium\n100 mg"),
        ("<tr><td>Magnesium</td><td class='x'>100 mg</td></tr>", "\n\tMagnesium\t100 mg\n"),
        ("Magnesium<strong>citrat</strong>", "Magnesiumcitrat"),
    ],
)
def test_markup_is_read_as_it_is_shown(text: str, read: str) -> None:
    assert without_markup(text).text == read


@pytest.mark.parametrize("text", ["fat < 1 g, salt <2 g>", "B & W &nosuchname; &", "mail <shop@example.com>", "<", ""])
def test_what_is_no_markup_stays(text: str) -> None:
    assert without_markup(text) == (text, (), ())


@given(st.lists(st.sampled_from(["&ndash;", "&frac12;", "<br>", "<td>", "<b>", "&", "<", "magnesium", " ", "ž"])))
def test_every_character_keeps_its_place(pieces: list[str]) -> None:
    text = "".join(pieces)
    unmarked = without_markup(text)
    for at, character in enumerate(unmarked.text):
        start, end = unmarked.place(at, at + 1)
        assert start < end
        assert text[start:end] == character or text[start] in "&<" or text[start].isspace()


def test_evidence_is_of_the_text_as_given() -> None:
    text = "<li>Magn&eacute;sium (citrate&nbsp;de magn&eacute;sium) 300&nbsp;mg</li><li>1 comprim&eacute; par jour</li>"
    settled = analyze(text).settled
    span = settled.statements[0].span
    assert text[span.start : span.end].endswith("300&nbsp;mg")
    assert [text[s.start : s.end] for s in settled.directions.spans] == ["1 comprim&eacute; par jour"]
