"""Numbers of labels: every style of decimals and thousands, fractions, scanned digits, and what decides a style."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mglabel
from mglabel.language.numbers import LONGEST, NumberStyle, values_of

CLEAR = {
    "0": "0",
    "375": "375",
    "2,5": "2.5",
    "2.5": "2.5",
    "0,375": "0.375",
    "0.375": "0.375",
    ".5": "0.5",
    ",5": "0.5",
    "1500": "1500",
    "1 500": "1500",
    "1\u00a0500": "1500",
    "1\u202f500": "1500",
    "1\u2009500": "1500",
    "1'500": "1500",
    "1’500": "1500",
    "1 234 567": "1234567",
    "1.234,5": "1234.5",
    "1,234.5": "1234.5",
    "1.234.567": "1234567",
    "1,234,567": "1234567",
    "1 500,25": "1500.25",
    "12.50": "12.50",
    "1234.567": "1234.567",
    "½": "0.5",
    "1½": "1.5",
    "1 ½": "1.5",
    "2¼": "2.25",
    "4OO": "400",
    "l5O": "150",
    "3O0,5": "300.5",
}
DOUBTFUL = {
    "1.500": ("1.5", "1500"),
    "1,500": ("1.5", "1500"),
    "12.345": ("12.345", "12345"),
    "100,000": ("100", "100000"),
}


@pytest.mark.parametrize("text", CLEAR)
def test_one_value(text: str) -> None:
    assert values_of(text) == (Decimal(CLEAR[text]),)


@pytest.mark.parametrize("text", DOUBTFUL)
def test_two_values_where_three_digits_follow_one_mark(text: str) -> None:
    assert values_of(text) == tuple(map(Decimal, DOUBTFUL[text]))


def test_a_decimal_below_one_has_no_thousands() -> None:
    assert values_of("0.500") == (Decimal("0.5"),)


@pytest.mark.parametrize("text", ["\U00011bf0", "1\U00011bf00", "\U00011bf0.5", "1,\U00011bf0", "\U00011bf0½"])
def test_digits_newer_than_this_python_are_no_amount_or_the_right_one(text: str) -> None:
    assert all(value >= 0 for value in values_of(text))
    per_day = mglabel.analyze(f"Magnesium {text} mg per tablet. 1 tablet daily.").intake.mg_per_day
    assert per_day is None or values_of(text)


@pytest.mark.parametrize("text", ["1" * (LONGEST + 1), "1,0" * LONGEST, "9" * 5000])
def test_what_is_too_long_is_no_amount(text: str) -> None:
    assert values_of(text) == ()


@settings(derandomize=True, deadline=None, database=None)
@given(
    st.decimals(0, 99_999, places=2), st.sampled_from(["", " ", "\u00a0", "\u202f", "'"]), st.sampled_from([",", "."])
)
def test_every_style_of_a_number_reads_back(value: Decimal, thousands: str, decimal: str) -> None:
    whole, _, decimals = f"{value:.2f}".partition(".")
    grouped = whole[:-3] + thousands + whole[-3:] if len(whole) > 3 else whole
    assert values_of(f"{grouped}{decimal}{decimals}") == (value,)


@settings(derandomize=True, deadline=None, database=None)
@given(st.from_regex(r"[0-9OoIl]{1,6}([.,'’][0-9OoIl]{1,6}){0,3}", fullmatch=True))
def test_at_most_two_values_and_never_below_zero(text: str) -> None:
    values = values_of(text)
    assert len(values) <= 2
    assert all(v.is_finite() and v >= 0 for v in values)


# -- the style of a document -------------------------------------------------------------------------------------------

BOTH = values_of("1.500")


@pytest.mark.parametrize(
    ("texts", "custom", "resolved"),
    [
        (["2,5", "0,8"], None, ["1500"]),
        (["2.5"], None, ["1.5"]),
        ([], ",", ["1500"]),
        ([], ".", ["1.5"]),
        ([], None, ["1.5", "1500"]),
        (["2,5", "2.5"], None, ["1.5", "1500"]),
        (["2,5"], ".", ["1500"]),
        (["1.234.567"], None, ["1500"]),
        (["1,234,567"], None, ["1.5"]),
        (["1.234,5"], None, ["1500"]),
    ],
)
def test_the_document_decides_a_doubtful_number(texts: list[str], custom: str | None, resolved: list[str]) -> None:
    assert NumberStyle(texts, custom).resolve("1.500", BOTH) == tuple(map(Decimal, resolved))


def test_the_other_mark_is_resolved_the_other_way() -> None:
    assert NumberStyle(["2,5"], None).resolve("1,500", values_of("1,500")) == (Decimal("1.5"),)


def test_a_label_that_mixes_marks() -> None:
    """Custom decides nothing then; the other language's number does, where it can be read in one way only."""
    assert NumberStyle(["1,4", "1.4"], ",").resolve("1,003", values_of("1,003")) == values_of("1,003")
    assert NumberStyle(["1,4", "1.4", "1 003"], ",").resolve("1,003", values_of("1,003")) == (Decimal(1003),)


def test_a_clear_number_stays_as_it_is() -> None:
    assert NumberStyle(["2,5"], None).resolve("2.5", values_of("2.5")) == (Decimal("2.5"),)
