"""Many labels to columns, and what `analyze` does with what is no label."""

from __future__ import annotations

from typing import Any

import pytest

import mglabel
from mglabel.batch.columns import ANSWERS, COLUMNS, check_columns
from mglabel.values.errors import MglabelError, TextTooLong, UnknownPurpose, UnreadableDocument

GOOD = "Per 2 capsules: magnesium citrate 1500 mg, of which magnesium 240 mg (64 % NRV). 1 capsule twice a day."
OXIDE = "Per tablet: magnesium oxide 670 mg, of which magnesium 400 mg. Take 1 tablet daily."
NOTHING = "Vitamin C 500 mg. Anti-caking agent: magnesium stearate."


def test_one_row_a_text_in_order() -> None:
    columns = check_columns([GOOD, NOTHING, OXIDE])
    assert tuple(columns) == COLUMNS
    assert {len(column) for column in columns.values()} == {3}
    assert columns["declares_magnesium"] == [True, False, True]
    assert columns["sources"] == ["citrate", "", "oxide"]
    assert columns["elemental_mg_per_day_low"] == columns["elemental_mg_per_day_high"] == [240.0, None, 400.0]
    assert columns["elemental_mg_per_intake_high"] == [120.0, None, 400.0]
    assert (columns["grade_best"], columns["grade_worst"]) == (["A", None, "E"], ["A", None, "E"])
    assert columns["excipients"][1] == "stearate"
    assert "MG205" in columns["findings"][2].split(",")
    assert columns["error"] == [None, None, None]


def test_columns_say_what_the_analysis_says() -> None:
    columns, analysis = check_columns([GOOD], "sleep"), mglabel.analyze(GOOD, purpose="sleep")
    assert analysis.grade is not None
    assert columns["grade_best"] == [analysis.grade.best]
    assert (columns["form_verdict"], columns["limit_verdict"]) == ([analysis.verdict.form], [analysis.verdict.limit])
    assert columns["findings"][0].split(",") == list(dict.fromkeys(f.code for f in analysis.findings))


def test_a_text_that_cannot_be_read_gives_its_reason() -> None:
    columns = check_columns([None, b"%PDF-1.4", b"\xff\xe6", float("nan"), "x" * 1_000_001, GOOD])  # type: ignore[list-item]
    expected = ["unsupported-type", "unsupported-type", "damaged", "unsupported-type", "too-large", None]
    assert columns["error"] == expected
    assert columns["declares_magnesium"] == [None] * 5 + [True]
    assert columns["grade_best"] == [None] * 5 + ["A"]


def test_cells_are_flat_and_typed() -> None:
    columns = check_columns([GOOD, OXIDE, NOTHING, None])  # type: ignore[list-item]
    for name, column in columns.items():
        allowed = bool if name == "declares_magnesium" else float if "_mg_" in name else str
        assert all(cell is None or type(cell) is allowed for cell in column), name


def test_no_texts_and_a_generator() -> None:
    assert check_columns([]) == {name: [] for name in COLUMNS}
    assert check_columns(text for text in (GOOD,))["declares_magnesium"] == [True]


def test_mistakes_of_the_caller_raise() -> None:
    with pytest.raises(MglabelError, match="list of texts"):
        check_columns(GOOD)
    with pytest.raises(UnknownPurpose, match="sleep"):
        check_columns([], "slep")


@pytest.mark.parametrize("given", [None, 5, 1.5, ["Magnesium"], {"text": ""}, object()])
def test_what_is_no_text_is_refused(given: object) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        mglabel.analyze(given)  # type: ignore[arg-type]
    assert caught.value.reason == "unsupported-type"
    assert type(given).__name__ in str(caught.value)


@pytest.mark.parametrize("given", ["", " ", "\n\t\r\u2028", b"", "\ufeff"])
def test_an_empty_text_declares_no_magnesium(given: str | bytes) -> None:
    analysis = mglabel.analyze(given)
    assert (analysis.declares_magnesium, analysis.grade, analysis.intake.mg_per_day) == (False, None, None)
    assert analysis.derivation == "unknown"


def test_a_text_is_kept_as_given_and_bytes_are_decoded() -> None:
    assert mglabel.analyze("\ufeff" + GOOD).text == "\ufeff" + GOOD
    assert mglabel.analyze(b"\xef\xbb\xbf" + GOOD.encode()).text == GOOD
    assert mglabel.analyze(bytearray(GOOD.encode())).text == GOOD  # type: ignore[arg-type]


def test_the_limit_counts_bytes_and_is_named() -> None:
    with pytest.raises(TextTooLong, match="limit of 10 bytes"):
        mglabel.analyze("æ" * 6, max_bytes=10)
    assert mglabel.analyze("æ" * 5, max_bytes=10).text == "æ" * 5
    assert mglabel.analyze("\ud800" * 3, max_bytes=10).text == "\ud800" * 3


@pytest.mark.parametrize("strange", ["\ud800", "\udfff\ud800", "\0", "\u202e", "\u2066\u2069", "\x1b[2J", "\U0010ffff"])
def test_strange_characters_never_crash(strange: str) -> None:
    for text in (strange, strange + GOOD, GOOD + strange, GOOD.replace("magnesium 240", f"magnesium{strange} 240")):
        analysis = mglabel.analyze(text, name=strange)
        found = analysis.to_dict("da")
        assert found["text"] == text
        assert all(text[f["start"] : f["end"]] == f["text"] for f in found["intake_evidence"])
        analysis.to_json().encode()


def test_the_table_of_columns_says_what_the_cells_are() -> None:
    columns = check_columns([GOOD, OXIDE, NOTHING, None])  # type: ignore[list-item]
    for column in ANSWERS:
        assert {type(cell) for cell in columns[column.name]} <= {column.type, type(None)}, column.name
        assert column.doc
    assert len(set(COLUMNS)) == len(COLUMNS) == len(ANSWERS)


def test_names_that_callers_rely_on_are_there() -> None:
    ends = [f"elemental_mg_per_{what}_{end}" for what in ("day", "intake") for end in ("low", "high")]
    verdicts = ["form_verdict", "limit_verdict", "grade_best", "grade_worst", "derivation", "findings", "error"]
    assert {"declares_magnesium", "use", "sources", "excipients", *ends, *verdicts} <= set(COLUMNS)


def test_a_row_says_by_what_it_was_graded() -> None:
    columns = check_columns([OXIDE, GOOD], "sleep")
    assert columns["purpose"] == ["sleep", "sleep"]
    assert columns["version"] == [mglabel.__version__] * 2
    assert len(set(columns["guide"])) == 1
    assert columns["severity"] == ["warning", "info"]


def test_a_fault_of_ours_costs_its_own_row(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    def faulty(text: str, **options: Any) -> mglabel.Analysis:
        if text == OXIDE:
            raise RecursionError
        return mglabel.analyze(text, **options)

    monkeypatch.setattr("mglabel.batch.columns.analyze", faulty)
    columns = check_columns([GOOD, OXIDE, GOOD])
    assert columns["error"] == [None, "crashed", None]
    assert columns["grade_best"] == ["A", None, "A"]
    assert "RecursionError" in caplog.text
