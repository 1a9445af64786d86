"""Lines that a page's width has cut are one line; rows of a table stay rows."""

from __future__ import annotations

from decimal import Decimal

import pytest

from mglabel.language.lexer import lexer
from mglabel.language.lines import as_meant


def lines_of(text: str) -> list[str]:
    """The lines that are read, their words parted by one space."""
    tokens = as_meant(lexer().lex(text).tokens, text)
    pieces = ["\n" if token.kind == "l" else " ".join(token.text.split()) for token in tokens]
    return [line.strip() for line in " ".join(pieces).split("\n")]


@pytest.mark.parametrize(
    "text",
    [
        "Take 2 capsules 3\ntimes a day",  # a number before what it counts
        "Per tablet: magnesium oxide 120\nmg",
        "magnesium (as magnesium sulfate, magnesium\nsuccinate and magnesium\nL-threonate) 274 mg",
        "Magnesium citrate,\nrice flour",
        "120 mg magnesium as\ncitrate",
        "Composition per sachet: magnesium oxide\n(1300 mg)",
    ],
)
def test_what_cannot_end_goes_on(text: str) -> None:
    assert len(lines_of(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Magnesium\n120 mg",  # one cell a line
        "Magnesium   120 mg   32\nZinc   10 mg   100",
        "Ingredients: magnesium oxide\nDirections: take 1 tablet daily",
        "Magnesium citrate 700 mg\nof which magnesium 100 mg",
        "Vitamin E\nMagnesium",
        "Contents: 90 tablets\n\nmagnesium",
    ],
)
def test_rows_stay_rows(text: str) -> None:
    assert len(lines_of(text)) > 1


def test_full_lines_go_on_with_a_small_letter() -> None:
    text = """One capsule provides 120 mg of magnesium
from citrate. The recommended dose is one
capsule in the morning and one capsule in
the evening."""
    assert len(lines_of(text)) == 1


def test_a_number_cut_behind_its_thousands_is_whole() -> None:
    text = "The recommended daily dose contains 1\n140 mg of magnesium and is three sachets"
    numbers = [token.values for token in as_meant(lexer().lex(text).tokens, text) if token.kind == "n"]
    assert numbers == [(Decimal(1140),)]


def test_an_indent_is_no_cell() -> None:
    text = "Magnesium  \n  120 mg"
    assert [token.kind for token in as_meant(lexer().lex(text).tokens, text)] == ["w", "l", "n", "w"]
