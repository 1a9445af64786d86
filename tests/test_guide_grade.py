"""Form verdict, limit verdict and letter: equal to the table, and never narrower or shifted by knowing less."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mglabel.guide.form_verdict import HAIR, blend_verdicts, form_verdicts
from mglabel.guide.grade import grade, joined, large_intake, letters
from mglabel.guide.limit_verdict import limit_verdicts, limit_word
from mglabel.tables.guide import default_guide
from mglabel.values.interval import Interval, Masses, exactly
from mglabel.values.results import Grade, Intake, Source

GUIDE = default_guide()
FORMS = ("bisglycinate", "citrate", "malate", "oxide", "sulfate", "carbonate", "ascorbate", "marine", "other:new")
masses = st.integers(1, 900).map(Decimal)


def source(form: str, low: str | int | None = None, high: str | int | None = None) -> Source:
    share = None if low is None else Interval(Decimal(low), Decimal(low if high is None else high))
    return Source(form, form, (), share=share)


@st.composite
def intervals(draw: st.DrawFn) -> Masses:
    ends = sorted((draw(masses), draw(masses)))
    return Interval(*ends)


@st.composite
def wider(draw: st.DrawFn, inner: Masses, floor: int = 0, ceiling: int = 2000) -> Masses:
    low = draw(st.decimals(floor, inner.low, places=3))
    return Interval(low, draw(st.decimals(inner.high, ceiling, places=3)))


@st.composite
def boxes(draw: st.DrawFn, forms: Sequence[str] = FORMS) -> list[tuple[str, Masses]]:
    """Forms with bounds around shares that add up to one."""
    chosen = draw(st.lists(st.sampled_from(forms), min_size=1, max_size=4))
    weights = draw(st.lists(st.integers(0, 10), min_size=len(chosen), max_size=len(chosen)))
    assume(sum(weights))
    slack = [draw(st.tuples(st.integers(0, 4), st.integers(0, 4))) for _ in chosen]
    return [
        (f, Interval(max(Decimal(0), share - Decimal(a) / 10), min(Decimal(1), share + Decimal(b) / 10)))
        for f, w, (a, b) in zip(chosen, weights, slack, strict=True)
        for share in [Decimal(w) / sum(weights)]
    ]


def of_point(verdicts: Sequence[str], shares: Sequence[Fraction]) -> str:
    """The verdict of known shares, straight from the words: the least set from the best down with over half."""
    total = Fraction(0)
    for verdict, share in sorted(zip(verdicts, shares, strict=True), key=lambda pair: GUIDE.order.index(pair[0])):
        total += share
        if total > Fraction(1, 2) + Fraction(HAIR):
            return verdict
    raise AssertionError(shares)


def span(given_: Grade) -> tuple[int, int]:
    return GUIDE.letters.index(given_.best), GUIDE.letters.index(given_.worst)


def graded(sources: Sequence[Source], day: Masses, intake: Masses | None, purpose: str = "general") -> Grade:
    at = Intake(mg_per_day_at_most=day, mg_per_intake_at_most=intake)
    found = grade(form_verdicts(sources, purpose, GUIDE), limit_verdicts(day, GUIDE), at, purpose, GUIDE)
    assert found is not None
    return found


# ---------------------------------------------------------------------------------------------- form verdicts


def test_no_form_or_only_an_origin_is_undisclosed() -> None:
    assert form_verdicts([], "sleep", GUIDE) == ("undisclosed",)
    assert form_verdicts([source("marine")], "sleep", GUIDE) == ("undisclosed",)
    assert form_verdicts([source("other:coral")], "sleep", GUIDE) == ("undisclosed",)


@pytest.mark.parametrize(
    ("sources", "verdicts"),
    [
        ([source("citrate", "0.6"), source("oxide", "0.4")], "ideal"),
        ([source("citrate", "0.4"), source("oxide", "0.6")], "special"),
        ([source("citrate", "0.5"), source("oxide", "0.5")], "special"),
        ([source("oxide", "0.4"), source("malate", "0.3"), source("citrate", "0.3")], "suitable"),
        ([source("citrate"), source("bisglycinate")], "ideal"),
        ([source("citrate"), source("oxide")], "ideal..special"),
        ([source("citrate", 0, "0.5"), source("oxide", "0.5", 1)], "special"),
        ([source("citrate", 0, "0.51"), source("oxide", "0.49", 1)], "ideal..special"),
        ([source("citrate", "0.3", "0.4"), source("malate", "0.1", "0.3"), source("oxide")], "suitable..special"),
        ([source("citrate", "0.333"), source("malate", "0.333"), source("oxide", "0.333")], "suitable"),
        ([source("marine"), source("citrate")], "ideal..undisclosed"),
        ([source("other:new")], "uncovered..uncovered_inorganic"),
        ([source("citrate", "0.8"), source("other:new", "0.2")], "ideal"),
    ],
)
def test_blends(sources: list[Source], verdicts: str) -> None:
    assert joined(form_verdicts(sources, "general", GUIDE)) == verdicts


@given(boxes())
def test_blend_verdicts_are_those_of_the_points_in_the_box(box: list[tuple[str, Masses]]) -> None:
    verdicts = [GUIDE.entries("general", form, None)[0].verdict for form, _ in box]
    shares = [share for _, share in box]
    found = blend_verdicts(verdicts, shares, GUIDE)
    grid = [[Fraction(low) + Fraction(i, 8) * Fraction(high - low) for i in range(9)] for low, high in _ends(shares)]
    seen = set()
    for point in product(*grid[:-1]):
        last = 1 - sum(point, Fraction(0))
        if Fraction(shares[-1].low) <= last <= Fraction(shares[-1].high):
            seen.add(of_point(verdicts, [*point, last]))
    assert seen <= found
    assert found


def _ends(shares: Sequence[Masses]) -> list[tuple[Decimal, Decimal]]:
    return [(share.low, share.high) for share in shares]


@given(st.lists(st.tuples(st.sampled_from(FORMS[:7]), st.integers(1, 9)), min_size=1, max_size=5))
def test_known_shares_give_one_verdict(parts: list[tuple[str, int]]) -> None:
    total = sum(weight for _, weight in parts)
    verdicts = [GUIDE.entries("general", form, None)[0].verdict for form, _ in parts]
    exact = [Fraction(weight, total) for _, weight in parts]
    shares = [exactly(Decimal(f.numerator) / f.denominator) for f in exact]
    assert blend_verdicts(verdicts, shares, GUIDE) == {of_point(verdicts, exact)}


def test_many_unknown_forms_do_not_explode() -> None:
    many = [source(f"other:new{n}") for n in range(60)] + [source("citrate")]
    assert form_verdicts(many, "general", GUIDE) == ("ideal", "uncovered", "uncovered_inorganic")


# ---------------------------------------------------------------------------------------------- limit verdicts


@pytest.mark.parametrize(
    ("low", "high", "word"),
    [
        ("0", "350", "within"),
        ("350.01", "500", "above"),
        ("500.01", "900", "far_above"),
        ("350", "350.01", "open"),
        ("100", "900", "open"),
        ("375", "375", "above"),
    ],
)
def test_limit(low: str, high: str, word: str) -> None:
    assert limit_word(limit_verdicts(Interval(Decimal(low), Decimal(high)), GUIDE)) == word


def test_large_intake() -> None:
    assert large_intake(exactly(200), exactly(200), GUIDE) == (False,)
    assert large_intake(exactly("200.1"), exactly(400), GUIDE) == (True,)
    assert large_intake(Interval(Decimal(100), Decimal(300)), exactly(300), GUIDE) == (False, True)
    assert large_intake(None, exactly(200), GUIDE) == (False,)
    assert large_intake(None, exactly(201), GUIDE) == (False, True)


# ---------------------------------------------------------------------------------------------- letters


@given(form=st.sampled_from(GUIDE.order), purpose=st.sampled_from(GUIDE.purposes), day=masses, parts=st.integers(1, 4))
def test_known_facts_give_the_letter_of_the_table(form: str, purpose: str, day: Decimal, parts: int) -> None:
    (limit,) = limit_verdicts(exactly(day), GUIDE)
    intake = exactly(day / parts)
    at = Intake(mg_per_day_at_most=exactly(day), mg_per_intake_at_most=intake)
    found = grade([form], (limit,), at, purpose, GUIDE)
    best, worst = GUIDE.cell(form, limit)
    down = int(day / parts > 200)
    expected = [GUIDE.letters[min(GUIDE.letters.index(letter) + down, 4)] for letter in (best, worst)]
    assert found == Grade(expected[0], expected[1], form, limit, purpose)


@pytest.mark.parametrize(
    ("form", "day", "intake", "letter"),
    [
        ("citrate", 240, 120, "A"),
        ("citrate", 300, 300, "B"),
        ("citrate", 375, 125, "B"),
        ("citrate", 375, 375, "C"),
        ("oxide", 300, 300, "E"),
        ("oxide", 150, 150, "D"),
        ("sulfate", 600, 600, "E"),
        ("malate", 375, 375, "D"),
        ("marine", 300, 150, "C to D"),
    ],
)
def test_usual_products(form: str, day: int, intake: int, letter: str) -> None:
    assert str(graded([source(form)], exactly(day), exactly(intake))) == letter


def test_undivided_units_leave_a_span() -> None:
    assert str(graded([source("citrate")], exactly(375), Interval(Decimal(125), Decimal(375)))) == "B to C"
    assert str(graded([source("citrate")], exactly(300), None)) == "A to B"


def test_unknown_dose_or_form_gives_no_letter() -> None:
    assert grade(["ideal"], None, Intake(), "general", GUIDE) is None
    assert grade(None, ("within",), Intake(), "general", GUIDE) is None


@given(st.lists(st.sampled_from(GUIDE.order), min_size=1), st.lists(st.sampled_from(GUIDE.limits), min_size=1))
def test_letters_span_all_combinations(forms: list[str], limits: list[str]) -> None:
    best, worst = letters(forms, limits, [False], GUIDE)
    for form, limit in product(forms, limits):
        cell = GUIDE.cell(form, limit)
        assert best <= cell[0] <= cell[1] <= worst


@given(boxes(), intervals(), st.integers(1, 4), st.sampled_from(GUIDE.purposes), st.data())
def test_knowing_less_never_narrows_or_shifts(
    box: list[tuple[str, Masses]], day: Masses, parts: int, purpose: str, data: st.DataObject
) -> None:
    intake = Interval(day.low / parts, day.high / parts)
    sharp = span(graded([Source(f, f, (), share=share) for f, share in box], day, intake, purpose))
    blurred_sources = [Source(f, f, (), share=data.draw(_wider_share(share))) for f, share in box]
    blurred_day = data.draw(wider(day))
    blurred_intake = data.draw(st.none() | wider(intake))
    blurred = span(graded(blurred_sources, blurred_day, blurred_intake, purpose))
    assert blurred[0] <= sharp[0]
    assert sharp[1] <= blurred[1]


@st.composite
def _wider_share(draw: st.DrawFn, share: Masses) -> Masses | None:
    low = draw(st.sampled_from([share.low, share.low / 2, Decimal(0)]))
    high = draw(st.sampled_from([share.high, (share.high + 1) / 2, Decimal(1)]))
    return draw(st.sampled_from([Interval(low, high), None]))
