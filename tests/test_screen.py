"""What is drawn for a terminal: bars that never say more than the numbers, tables that break no word, safe text."""

from __future__ import annotations

import re

import pytest
from rich.cells import cell_len

import mglabel
from mglabel.reports.screen.label import report
from mglabel.reports.screen.prose import lines
from mglabel.reports.screen.size import Screen

STYLE = re.compile(r"\x1b\[[0-9;]*m")
LIMIT = 350


def drawn(text: str, width: int = 100, lang: str = "en", color: bool = False) -> list[str]:
    return STYLE.sub("", report(mglabel.analyze(text, name="label.txt"), Screen(width, color), lang)).splitlines()


def bar(text: str, width: int = 100) -> str:
    """The bar of the day."""
    (line,) = [line for line in drawn(text, width) if line.startswith("  Per day ")]
    return line.split("mg  ")[1]


@pytest.mark.parametrize("mg", [1, 120, 300, 345, 349, 350, 351, 355, 375, 500, 501, 1200, 4000])
@pytest.mark.parametrize("width", [60, 100])
def test_a_bar_reaches_beyond_the_limit_only_if_the_dose_does(mg: int, width: int) -> None:
    before, mark, behind = bar(f"Per tablet: magnesium {mg} mg (as oxide). Take 1 tablet daily.", width).partition("┃")
    assert (mark, "▒" in before + behind) == ("┃", False)
    assert before.startswith("█")
    assert ("█" in behind) is (mg > LIMIT)
    assert (before.strip("█") == "") or mg < LIMIT


def test_a_bar_shows_what_is_open() -> None:
    before, _, behind = bar("Magnesium citrate 400 mg per capsule. Take 1 capsule daily.").partition("┃")
    assert re.fullmatch("█+▒+", before)
    assert re.fullmatch("▒+─+", behind)
    legend = [line for line in drawn("Magnesium citrate 400 mg per capsule. Take 1 capsule daily.") if "▒ left" in line]
    assert len(legend) == 1


def test_no_bar_without_a_dose() -> None:
    shown = drawn("Per tablet: magnesium (as citrate) 100 mg.")
    assert any(re.fullmatch("  Per day +not known", line) for line in shown)  # an empty bar would say zero
    assert any(re.fullmatch("  Per tablet +100 mg +█+─+", line) for line in shown)


def test_the_guides_limit_is_drawn_only_where_it_applies() -> None:
    shown = "\n".join(
        drawn("Magnesium for children. Per tablet: magnesium (as citrate) 100 mg. Children: 1 tablet daily.")
    )
    assert "guide’s limit" not in shown


@pytest.mark.parametrize("width", [1, 40, 60, 80, 300])
@pytest.mark.parametrize("lang", ["en", "da"])
def test_strange_labels_fit_any_width(width: int, lang: str) -> None:
    for text in (
        "",
        "Vitamin C",
        "Magnesium 栄養機能食品 " * 30 + " magnesium 100 mg. 1 tablet daily.",
        "Magnesium" * 300 + " citrate 100 mg. 1 tablet daily.",
        "Per 5 g: magnesium [bold]carbonate[/] \x1b[31m 300 mg; magnesium stearate. 2 g daily " + "9" * 300 + " mg",
    ):
        for line in drawn(text, width, lang):
            assert cell_len(line) <= max(width, 40)
            assert "\x1b" not in line


def test_a_line_breaks_at_no_number() -> None:
    said = "It brings 47 to 400 mg a day, 12.5 % of 375 mg, in 2 capsules at L45 L129 (2 × daily)."
    for width in range(12, 90):
        shown = list(lines(said, width))
        assert " ".join(shown).split() == said.split()
        assert all(not re.search(r"(?<!L)\b\d+$", line) for line in shown[:-1])
        assert max(map(len, shown)) <= width


def test_what_is_too_wide_is_taken_apart() -> None:
    assert list(lines("a " + "x" * 25, 10)) == ["a", "x" * 10, "x" * 10, "x" * 5]
    assert list(lines("1 2 3 4 5 6 7", 5)) == ["1 2 3", "4 5 6", "7"]
    assert list(lines("", 5)) == [""]
