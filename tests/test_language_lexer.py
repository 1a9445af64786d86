"""The lexer: typed tokens with true offsets, phrases, signs, glued cells, repaired spellings, languages."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mglabel.language.lexer import Lexed, Lexer, lexer
from mglabel.language.token import Token
from mglabel.language.words import word_reader
from mglabel.values.errors import TextTooLong
from rendering.words import LANGUAGES, words


def lex(text: str) -> Lexed:
    return lexer().lex(text)


def token(text: str, piece: str) -> Token:
    """The token that covers exactly this piece of the text."""
    found = [t for t in lex(text).tokens if text[t.start : t.end] == piece]
    assert found, [text[t.start : t.end] for t in lex(text).tokens]
    return found[0]


@settings(derandomize=True, deadline=None, database=None, max_examples=200)
@given(st.text(max_size=120))
def test_tokens_stand_in_order_and_cover_what_is_seen(text: str) -> None:
    at = 0
    for found in lex(text).tokens:
        assert at <= found.start < found.end <= len(text)
        assert found.kind in "wnplc"
        assert not text[at : found.start].strip(" ").isalnum()
        at = found.end


def test_line_and_cell_breaks() -> None:
    text = "a\nb\r\nc  d\te | f ..... g"
    assert [t.kind for t in lex(text).tokens] == list("wlwlwcwcwcwcw")


# -- phrases -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "phrase", "sense"),
    [
        ("500 mg, of which magnesium 80 mg", "of which", "relation.of_which"),
        ("citrat 500 mg svarende til 80 mg", "svarende til", "relation.equivalent"),
        ("anti-caking agent: x", "anti-caking agent", "function.additive"),
        ("pr. daglig dosis", "daglig dosis", "portion.day"),
        ("the recommended\ndaily dose", "recommended\ndaily dose", "portion.day"),
        ("Sous forme de citrate", "Sous forme de", "relation.as_form"),
    ],
)
def test_a_phrase_is_one_token(text: str, phrase: str, sense: str) -> None:
    assert sense in token(text, phrase).senses


def test_the_longest_phrase_wins() -> None:
    text = "anti-caking agents are listed"
    assert "function.additive" in token(text, "anti-caking agents").senses


# -- signs -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "sign", "waters"),
    [
        ("MgCl2 x 6 H2O", "x 6 H2O", "6"),
        ("citrat·9H2O", "·9H2O", "9"),
        ("sulfat 7 H₂O", "7 H₂O", "7"),
        ("chlorid * 4,5 H2O", "* 4,5 H2O", "4.5"),
        ("aspartat)4H20 mg", "4H20", "4"),
    ],
)
def test_hydrates(text: str, sign: str, waters: str) -> None:
    assert token(text, sign).senses["hydrate"] == waters


@pytest.mark.parametrize("sign", ["Mg2+", "Mg++", "Mg 2+", "Mg²⁺", "Mg+2"])
def test_ions_of_magnesium(sign: str) -> None:
    senses = token(f"122 mg {sign} each", sign).senses
    assert "magnesium.symbols" in senses
    assert "join.ion" in senses


@pytest.mark.parametrize("sign", ["Na+", "K+", "Ca2+", "Cl-", "Zn2+"])
def test_ions_of_others(sign: str) -> None:
    assert token(f"122 mg {sign} each", sign).senses["nutrient"] == "other"


@pytest.mark.parametrize(
    ("sign", "form"),
    [
        ("E470b", "fatty_acid_salts"),
        ("E 470b", "fatty_acid_salts"),
        ("E-470b", "fatty_acid_salts"),
        ("E470B", "fatty_acid_salts"),
        ("E 470 b", "fatty_acid_salts"),
        ("E572", "stearate"),
        ("E 530", "oxide"),
        ("E504", "carbonate"),
        ("E504(ii)", "carbonate"),
        ("E504ii", "carbonate"),
        ("E553b", "silicate"),
        ("E 528", "hydroxide"),
        ("E511", "chloride"),
        ("E625", "glutamate"),
        ("E330", ""),
        ("E551", ""),
        ("E171", ""),
    ],
)
def test_e_numbers(sign: str, form: str) -> None:
    assert token(f"x ({sign}), y", sign).senses["e_number"] == form


@pytest.mark.parametrize("sign", ["B6", "B12", "D3", "K2"])
def test_vitamins_by_their_signs(sign: str) -> None:
    assert token(f"{sign} 2 mg", sign).senses["nutrient"].startswith("vitamin")


# -- glued cells -------------------------------------------------------------------------------------------------------


def numbers(text: str) -> list[tuple[Decimal, ...]]:
    return [t.values for t in lex(text).tokens if t.kind == "n"]


def test_a_name_glued_to_its_amount() -> None:
    text = "Magnesium375 mg100%*"
    assert [text[t.start : t.end] for t in lex(text).tokens] == ["Magnesium", "375", "mg", "100", "%", "*"]


def test_a_vitamin_glued_to_its_amount() -> None:
    text = "B61,4 mg"
    assert [text[t.start : t.end] for t in lex(text).tokens] == ["B6", "1,4", "mg"]
    assert token(text, "B6").senses["nutrient"] == "vitamin_b6"


def test_b12_is_no_b1() -> None:
    assert token("B12 2,5 µg", "B12").senses["nutrient"] == "vitamin_b12"


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1 500 mg", ["1500"]),
        ("2 500 mg", ["2500"]),
        ("1 333,5 mg", ["1333.5"]),
        ("300mg", ["300"]),
        ("1½ tablet", ["1.5"]),
        ("4OO mg", ["400"]),
        ("l5O mg", ["150"]),
        ("2-3", ["2", "3"]),
        ("2–3", ["2", "3"]),
        ("1-0-1", ["1", "0", "1"]),
        ("0,375 g", ["0.375"]),
        ("30 x 500 mg", ["30", "500"]),
    ],
)
def test_numbers_in_text(text: str, values: list[str]) -> None:
    assert [v[0] for v in numbers(text)] == [Decimal(v) for v in values]


def test_two_numbers_are_no_thousand_without_a_unit_behind() -> None:
    assert [v[0] for v in numbers("60 200 stk")] == [60, 200]


def test_the_label_decides_its_decimal_mark() -> None:
    assert numbers("1.500 mg og 2,5 mg")[0] == (Decimal(1500),)
    assert numbers("1.500 mg and 2.5 mg")[0] == (Decimal("1.500"),)


def test_the_language_decides_where_the_label_does_not() -> None:
    assert numbers("Indeholder magnesiumcitrat 1.500 mg pr. dagsdosis")[0] == (Decimal(1500),)
    assert numbers("Contains magnesium citrate 1,500 mg per daily serving")[0] == (Decimal(1500),)


# -- repaired spellings ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typo",
    [
        "Magnesuim",
        "Magnesiurn",
        "Magneslum",
        "Magnesum",
        "Magnisium",
        "Magensium",
        "magneisum",
        "Magnésuim",
    ],
)
def test_typos_near_magnesium_are_repaired_and_reported(typo: str) -> None:
    lexed = lex(f"{typo} 100 mg")
    assert any(k.startswith("magnesium") for k in lexed.tokens[0].senses), lexed.tokens[0]
    repaired, spelled = lexed.repairs[0]
    assert (repaired.start, repaired.end) == (0, len(typo))
    assert "magn" in spelled


@pytest.mark.parametrize(
    ("typo", "form"),
    [
        ("magnesiumcitart", "citrate"),
        ("Magnesiumstaerat", "stearate"),
        ("Magnesuimoxid", "oxide"),
        ("magnesiumbisglycniat", "bisglycinate"),
    ],
)
def test_typos_in_a_compound(typo: str, form: str) -> None:
    assert lex(f"{typo} 100 mg").tokens[0].senses["anion"] == form


@pytest.mark.parametrize(
    "word", ["mangan", "manganese", "Manganum", "magnet", "magnolia", "magnetisk", "magnum", "magasin", "Magen"]
)
def test_words_near_magnesium_that_are_not(word: str) -> None:
    lexed = lex(f"{word} 5 mg")
    assert not any(k.startswith("magnesium") for k in lexed.tokens[0].senses)
    assert not lexed.repairs


def test_scanned_digits_are_reported() -> None:
    assert [spelled for _, spelled in lex("Magnesium 4OO mg").repairs] == ["400"]


@pytest.mark.parametrize(
    ("plain", "right"),
    [("horcik", "hořčík"), ("magnesio", "magnesio"), ("Magnesio", "magnésio"), ("MAGNESIUM", "magnésium")],
)
def test_words_without_their_accents_are_no_typos(plain: str, right: str) -> None:
    for word in (plain, right):
        lexed = lex(f"{word} 100 mg")
        assert any(k.startswith("magnesium") for k in lexed.tokens[0].senses)
        assert not lexed.repairs


@pytest.mark.parametrize("hidden", ["\u00ad", "\u200b", "\u2060"])
def test_invisible_marks_inside_a_word(hidden: str) -> None:
    text = f"magne{hidden}siumcitrat 500 mg"
    assert lex(text).tokens[0].senses["anion"] == "citrate"
    assert lex(text).tokens[0].end == text.index(" ")


# -- languages and limits ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_language_of_a_label(language: str) -> None:
    assert lex(words(language).word("reading")["context"]).languages[0] == language


def test_too_many_tokens() -> None:
    with pytest.raises(TextTooLong):
        lexer().lex("a b c d e f", most=5)


def test_the_lexer_keeps_nothing_of_the_text_before() -> None:
    first = repr(lex("Magnesium (som citrat) 1.500 mg").tokens)
    lex("2.5 mg zinc " * 50)
    assert repr(lex("Magnesium (som citrat) 1.500 mg").tokens) == first


LABELS = sorted(Path(__file__).parents[1].glob("fixtures/*/*.txt"))


def test_what_was_read_before_changes_no_token() -> None:
    shared = Lexer(word_reader())
    for label in LABELS[::8]:
        text = label.read_text(encoding="utf-8")
        alone = Lexer(word_reader()).lex(text)
        assert [repr(t) for t in shared.lex(text).tokens] == [repr(t) for t in alone.tokens], label.stem


MISREAD = ("24l,5\tmg", "24l,5 mg", "l0 mmol", "50O ml", "O,5 g", "l,5 g")
"""Letters for digits, which are read as such only before some units."""


@pytest.mark.parametrize("first", MISREAD)
def test_what_was_met_as_no_number_is_one_elsewhere(first: str) -> None:
    for second in (*MISREAD, "5 tablets", "l0", "24 l", "O", "0,5 g"):
        shared = Lexer(word_reader())
        shared.lex(first)
        alone = Lexer(word_reader()).lex(second)
        assert [repr(t) for t in shared.lex(second).tokens] == [repr(t) for t in alone.tokens], second
