"""Whatever is given: an analysis or a typed error, evidence that is true of the text, and JSON that can be encoded.

Nothing here watches a clock; that time is linear is for the benchmark to show.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mglabel import analyze
from mglabel.analysis.result import Analysis
from mglabel.documents.text import MAX_BYTES
from mglabel.extraction.reader import read_label
from mglabel.settle.settle import settle
from mglabel.values.errors import MglabelError, TextTooLong, UnreadableDocument

LABEL = (
    "Per 2 capsules: magnesium citrate 1500 mg, of which magnesium 240 mg (64 % NRV). 1 capsule 2 times a day. "
    "Ingredients: magnesium citrate, anti-caking agent (magnesium stearate). 60 capsules."
)
MEGABYTE = MAX_BYTES - 1
PIECES = (
    "magnesium Magnesium MAGNESIUM Mg mg mg++ Mg2+ magnez hořčík magnésium magnesiumcitrat citrate oxide stearate "
    "<p> <td> &ndash; &frac12; &amp; < ** ★ 00 l0 25O D6 each à Reviews Size: "
    "E470b 100 1,5 1.500 1 333 ½ 2-3 0 999999999999 % NRV mg g µg mmol kapsel tablets capsule 100 g per pr. daglig "
    "daily times of which heraf without uden som ( ) [ ] : ; , . | - – • * / \n \t    \u00a0 \u202e \u200b \x00 \ud800"
).split(" ")


def pieces_of_evidence(value: Any) -> Iterator[dict[str, Any]]:
    """Every evidence object anywhere in the JSON form."""
    if isinstance(value, dict):
        if {"start", "end", "text"} <= value.keys():
            yield value
        for held in value.values():
            yield from pieces_of_evidence(held)
    elif isinstance(value, list):
        for held in value:
            yield from pieces_of_evidence(held)


def intervals(value: Any) -> Iterator[dict[str, float]]:
    """Every interval anywhere in the JSON form."""
    if isinstance(value, dict):
        if value.keys() == {"low", "high"}:
            yield value
        for held in value.values():
            yield from intervals(held)
    elif isinstance(value, list):
        for held in value:
            yield from intervals(held)


def check(given_text: str | bytes) -> Analysis:
    """Read a text and hold the answer to what every answer must keep."""
    analysis = analyze(given_text)
    wire = analysis.to_dict()
    text = wire["text"]
    if isinstance(given_text, str):
        assert text == given_text
    for piece in pieces_of_evidence(wire):
        assert 0 <= piece["start"] <= piece["end"] <= len(text)
        assert piece["text"] == text[piece["start"] : piece["end"]]
    for interval in intervals({k: v for k, v in wire.items() if k != "text"}):
        assert 0 <= interval["low"] <= interval["high"]
    for lang in ("en", "da"):
        assert isinstance(json.loads(analysis.to_json(lang)), dict)
    return analysis


# -- what is no text ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("given_thing", [None, 3, 2.5, ["Magnesium 100 mg"], {"text": "x"}, object()])
def test_what_is_no_text_is_refused(given_thing: Any) -> None:
    with pytest.raises(UnreadableDocument) as refused:
        analyze(given_thing)
    assert refused.value.reason == "unsupported-type"


@pytest.mark.parametrize("given_bytes", [b"\xff\xfe\xfd", b"\x80abc", b"M\x00a\x00g\x00n\x00", b"\xc3("])
def test_bytes_that_are_no_text_are_refused(given_bytes: bytes) -> None:
    with pytest.raises(UnreadableDocument):
        analyze(given_bytes)


@pytest.mark.parametrize("head", [b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04", b"<html><body>Mg", b"GIF89a"])
def test_other_kinds_of_files_are_refused(head: bytes) -> None:
    with pytest.raises(UnreadableDocument) as refused:
        analyze(head + b"\x00" * 10)
    assert refused.value.reason == "unsupported-type"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_bytes_are_read_as_text(encoding: str) -> None:
    assert check("Hořčík 100 mg v 1 tabletě.".encode(encoding)).declares_magnesium


@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview])
def test_every_kind_of_bytes_is_read(kind: Any) -> None:
    assert analyze(kind(b"1 tablet contains magnesium 100 mg.")).declares_magnesium


def test_beyond_the_limit_is_a_typed_error() -> None:
    for too_long in ("a" * (MAX_BYTES + 1), "ř" * (MAX_BYTES // 2 + 1), b"a" * (MAX_BYTES + 1)):
        with pytest.raises(TextTooLong, match="limit"):
            analyze(too_long)
    with pytest.raises(TextTooLong):
        analyze(LABEL, max_bytes=20)
    with pytest.raises(TextTooLong):
        analyze(LABEL, max_tokens=5)
    assert issubclass(TextTooLong, MglabelError)


# -- what is text but no label -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("nothing", ["", " ", "\n", "\t \r\n\f", "\u00a0\u2003", "\u200b\u2060", "\x00", "\ufeff"])
def test_nothing_declares_nothing(nothing: str) -> None:
    analysis = check(nothing)
    assert not analysis.declares_magnesium
    assert (analysis.grade, analysis.intake.mg_per_day, analysis.sources) == (None, None, ())


@pytest.mark.parametrize(
    "mark",
    [
        "\x00",
        "\x07",
        "\x1b",
        "\x7f",
        "\x85",
        "\u200e",
        "\u202e",
        "\u2066",
        "\u200b",
        "\u00ad",
        "\ufeff",
        "\ud800",
        "\udfff",
    ],
)
def test_marks_that_are_not_seen_break_nothing(mark: str) -> None:
    check(mark)
    check(mark * 1000)
    check(mark.join(LABEL))
    check(LABEL.replace(" ", f" {mark}"))
    check(f"{mark}{LABEL}{mark}")


@pytest.mark.parametrize("mark", ["\u200e", "\u202e", "\u200b", "\ufeff", "\x00"])
def test_marks_around_a_label_change_nothing(mark: str) -> None:
    plain, marked = check(LABEL), check(f"{mark}{LABEL}{mark}")
    assert plain.settled.intake.mg_per_day == marked.settled.intake.mg_per_day
    assert [s.form for s in plain.sources] == [s.form for s in marked.sources]


def test_an_amount_whose_number_is_broken_beside_one_that_is_read() -> None:
    check("mg Each5l masiuoxid0 g\udcc87")


def test_salt_is_nothing_of_magnesium_where_nothing_names_it() -> None:
    label = read_label("Energia 10 kJ, 0,5 g sal. Tomar 1 cápsula por dia.")
    assert not label.statements.claims
    assert not settle(label).declares_magnesium


def test_a_lone_surrogate_is_kept_in_the_text_and_replaced_in_json() -> None:
    text = f"Magnesium \ud800 100 mg. {LABEL}"
    analysis = check(text)
    assert analysis.text == text
    assert json.loads(analysis.to_json())["text"] == text.replace("\ud800", "\ufffd")


# -- too much of everything --------------------------------------------------------------------------------------------

HUGE = {
    "numbers in a line": " ".join(map(str, range(100_000))),
    "numbers with units": " ".join(f"{n} mg" for n in range(60_000)),
    "numbers that are glued": ",".join(map(str, range(100_000))),
    "magnesium again and again": "magnesium " * 50_000,
    "magnesium with amounts": "magnesium 100 mg " * 30_000,
    "magnesium without spaces": "magnesium" * 50_000,
    "compounds again and again": "magnesiumcitrat, " * 50_000,
    "runs of Mg": "Mg" * 400_000,
    "runs of Mg and spaces": "Mg " * 300_000,
    "mg and Mg": "1 mg Mg " * 100_000,
    "brackets opened": "(" * MEGABYTE,
    "brackets closed": ")" * MEGABYTE,
    "brackets in brackets": "(magnesium " * 40_000 + ")" * 40_000,
    "digits": "7" * MEGABYTE,
    "zeros": "0" * MEGABYTE,
    "one letter": "m" * MEGABYTE,
    "one capital": "M" * MEGABYTE,
    "one accented letter": "ř" * (MEGABYTE // 2),
    "newlines": "\n" * MEGABYTE,
    "spaces": " " * MEGABYTE,
    "two spaces and a letter": "  a" * 300_000,
    "tabs": "\t" * MEGABYTE,
    "dots": "." * MEGABYTE,
    "commas": "," * MEGABYTE,
    "hyphens": "-" * MEGABYTE,
    "bars": "|" * MEGABYTE,
    "percent": "%" * MEGABYTE,
    "soft hyphens": "magne\u00adsium" * 40_000,
    "combining marks": "a" + "\u0301" * (MEGABYTE // 2 - 1),
    "ranges of ranges": "1-" * (MEGABYTE // 2) + "1",
    "doses of doses": "1-0-1" * 150_000,
    "points and digits": "1." * (MEGABYTE // 2) + "1",
    "thousands": "1 " + "000 " * 200_000 + "mg",
    "thousands without end": "1 " + "000 " * 200_000,
    "fractions": "½" * (MEGABYTE // 2),
    "E numbers": "E470b " * 150_000,
    "percent of magnesium": "magnesium 53 % NRV " * 40_000,
    "lines of magnesium": "magnesium\n" * 90_000,
    "columns": "per 1 tablet  " * 60_000 + "magnesium 1 mg",
    "daily": "1 tablet daily. " * 60_000,
    "of which": "of which " * 100_000 + "magnesium 1 mg",
    "without": "without " * 100_000 + "magnesium oxide",
    "words of a phrase": "amino acid " * 80_000 + "chelate",
    "salts of acids": "magnesium salts of " * 50_000,
    "nearly magnesium": "magnesuim " * 90_000,
    "one long compound": "magnesium" + "citrat" * 150_000,
    "hydrates": "x 2 H2O " * 100_000,
    "ions": "Mg2+" * 200_000,
    "scanned digits": "lO0O" * 200_000 + " mg",
    "exponents": "9**9**9 mg " * 80_000,
}


@pytest.mark.parametrize("name", HUGE)
def test_too_much_of_one_thing(name: str) -> None:
    """Within the limit of bytes: an analysis, or the typed error of the limit of tokens; a part of it is read."""
    text = HUGE[name]
    assert len(text.encode()) <= MAX_BYTES
    try:
        assert analyze(text).text == text
    except TextTooLong as error:
        assert "max_tokens" in str(error)
    part = text[:40_000]
    analysis = analyze(part, max_tokens=len(part) + 1)
    assert analysis.text == part
    assert len(analysis.to_json()) > len(part) // 2


# -- anything at all ---------------------------------------------------------------------------------------------------

SAME_EACH_RUN = settings(
    max_examples=150,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@SAME_EACH_RUN
@given(st.text(max_size=400))
def test_any_text(text: str) -> None:
    check(text)


@SAME_EACH_RUN
@given(st.text(st.characters(codec=None, categories=["Cs", "Cc", "Cf", "Zs", "Nd", "No", "Sm", "Lu"]), max_size=200))
def test_any_odd_characters(text: str) -> None:
    check(text)


@SAME_EACH_RUN
@given(st.lists(st.sampled_from(PIECES), max_size=80), st.sampled_from(["", " ", "\n"]))
def test_any_heap_of_label_pieces(pieces: list[str], joint: str) -> None:
    check(joint.join(pieces))


@SAME_EACH_RUN
@given(st.binary(max_size=300))
def test_any_bytes(data: bytes) -> None:
    try:
        check(data)
    except MglabelError as error:
        assert str(error)


@SAME_EACH_RUN
@given(st.integers(0, len(LABEL)), st.integers(0, len(LABEL)), st.text(max_size=8))
def test_any_cut_of_a_label(start: int, end: int, patch: str) -> None:
    check(LABEL[:start] + patch + LABEL[end:])


@SAME_EACH_RUN
@given(st.from_regex(r"[0-9.,' \u00a0\u202f½-]{1,40} ?(mg|g|µg|%|mmol|kapsler|tablets)", fullmatch=True))
def test_any_number(number: str) -> None:
    check(f"Magnesium {number} per 1 tablet. {number} magnesium daily.")


def test_the_same_text_gives_the_same_answer() -> None:
    answers = {msgspec.json.encode(analyze(LABEL).to_dict()) for _ in range(3)}
    assert len(answers) == 1


# -- found by fuzzing --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Content 0 tablets: magnesium 120 mg. Take 3 tablets daily.",
        "Per 0 capsules: magnesium 120 mg. Take 3 capsules daily.",
        "Per 0 g: magnesium 120 mg. Take 5 g daily.",
        "Serving size 0 ml. Magnesium 120 mg per serving. Take 10 ml daily.",
    ],
)
def test_a_portion_of_nothing_is_none(text: str) -> None:
    check(text)


@pytest.mark.parametrize("control", ["\x00", "\x01", "\x0b", "\x1c", "\x1f", "\x7f"])
def test_control_characters_are_no_marks(control: str) -> None:
    """They were in texts of common characters only, and were left out in all others."""
    plain, marked = check(LABEL), check(LABEL.replace(" mg", f"{control} mg").replace(": ", f"{control}: "))
    assert marked.settled.intake == check(marked.text + "\u200b").settled.intake
    assert marked.settled.intake.mg_per_day == plain.settled.intake.mg_per_day


@pytest.mark.parametrize(
    "text",
    [
        "Foozinol (27 % RI). Free of magnesium stearate. 1 capsule a day.",
        "Foozinol (27 % RI). Anti-caking agent: magnesium stearate. 1 capsule a day.",
        "Per tablet (27 % RI). Ingredients: rice flour, anti-caking agent (magnesium stearate). 1 tablet a day.",
        "Foozinol 200 (27 % RI). Magnesium citrate. 1 tablet a day.",
        "Foozinol (27 % RI). 1 capsule a day.",
        "Magnesium citrate. Contains foozinol (27 % RI). 1 tablet a day.",
        "Magnesium citrate. Contains foozinol 27 % RI. 1 tablet a day.",
        "Magnesium citrate\nFoozinol\t27 % RI\n1 tablet a day.",
        "Magnesium citrate\nFoozinol: 27 % RI\n1 tablet a day.",
    ],
)
def test_a_percentage_of_something_else_is_not_of_magnesium(text: str) -> None:
    assert check(text).intake.mg_per_day is None


@pytest.mark.parametrize(
    "text",
    [
        "Magnesium. 1 tablet daily meets 27% of your RDA.",
        "Magnesium. Two zooflets daily supply 27 % of the RI. 1 tablet daily: 27 % RI.",
        "Magnesio. 1 cápsula al día cubre el 27 % del VRN.",
        "Magnesium Kapseln. Eine Kapsel deckt 27 % des NRV. 1 Kapsel täglich.",
        "Magnésium. 1 gélule par jour couvre 27 % des VNR.",
    ],
)
def test_a_percentage_of_nothing_else_is_of_magnesium(text: str) -> None:
    assert check(text).percent_of_reference == 27
