"""The overview of a batch run: what it counts, what it draws, what it says, and that it is text whatever labels say."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import overview_rows
from mglabel.reports.html.scale import Scale
from mglabel.reports.overview import strip, words
from mglabel.reports.overview.page import page
from mglabel.reports.overview.rows import STANDS, STATUSES, Row, rows_of
from mglabel.reports.overview.tally import SPAN, Tally
from mglabel.reports.overview.words import overview_words
from mglabel.tables.guide import default_guide
from mglabel.tables.messages import LANGUAGES
from mglabel.values.errors import BadTable, MglabelError
from overview_rows import TEXTS, result, rows, unread
from report_pages import Page

GUIDE = default_guide()
MEASURES = GUIDE.measures
HOME = Path(__file__).resolve().parents[1]


def made(lang: str = "en", of: list[Row] | None = None, **options: Any) -> str:
    return "".join(page(rows() if of is None else of, GUIDE, lang, **options))


def one(text: str, **changes: Any) -> Row:
    (row,) = rows_of([result("x", text, **changes)])
    return row


def test_what_labels_come_to() -> None:
    found = {row.id: row.status for row in rows() if len(row.id) < 20}
    assert found == {
        "good": "fine",
        "oxide": "objected",
        "far": "objected",
        "open": "objected",
        "above": "objected",
        "no-dose": "open",
        "bath": "outside",
        "zinc": "without",
        "broken.pdf": "unread",
        "new": "unread",
    }
    # Nothing that is open passes for certain.
    assert one(TEXTS["good"], grade_best="A", grade_worst="B").status == "open"
    assert one(TEXTS["good"], limit_verdict="open").status == "open"
    assert one(TEXTS["good"], severity="advice").status == "fine"
    assert one(TEXTS["good"], grade_best=None, grade_worst=None, limit_verdict=None).status == "outside"


def test_a_dose_above_the_limit_is_not_said_to_be_open() -> None:
    limit = MEASURES.day_limit_mg
    ends = {"elemental_mg_per_day_at_most_low": 400, "elemental_mg_per_day_at_most_high": 900}
    assert one(TEXTS["good"], limit_verdict="open", **ends).stands(limit) == "above_open"
    ends["elemental_mg_per_day_at_most_low"] = 350
    assert one(TEXTS["good"], limit_verdict="open", **ends).stands(limit) == "open"
    assert one(TEXTS["zinc"]).stands(limit) == ""


def test_those_that_need_looking_at_come_first() -> None:
    found = made()
    order = [found.index(f"<bdi>{name}</bdi>") for name in ("far", "broken.pdf", "no-dose", "good", "zinc")]
    assert order == sorted(order)


def tally_of(*some: Row) -> Tally:
    tally = Tally(MEASURES.day_limit_mg)
    for row in some:
        tally.take(row)
    return tally


def dosed(low: float, high: float, **changes: Any) -> Row:
    ends = {"elemental_mg_per_day_at_most_low": low, "elemental_mg_per_day_at_most_high": high}
    return one(TEXTS["good"], **ends, **changes)


def test_an_interval_is_a_bar_from_end_to_end_and_one_number_a_column() -> None:
    lane = tally_of(dosed(240, 240), dosed(240, 240), dosed(101.5, 348.9)).lanes["A"]
    assert (lane.columns, lane.bars) == ({Decimal(240): 2}, {(Decimal(100), Decimal(350)): 1})
    svg = strip.lane_svg(lane, Scale(Decimal(1000), Decimal(250)), 2, MEASURES)
    paths = re.findall(r'<path d="([^"]*)"', svg)
    assert len(paths) == 2
    assert paths[0].count("M") == paths[1].count("M") == 1
    assert paths[1].startswith("M1000 ")
    assert "H3500V" in paths[1]


def test_nothing_is_moved_across_the_limit() -> None:
    lane = tally_of(dosed(350, 350), dosed(350.01, 350.01), dosed(349, 350), dosed(350.5, 351)).lanes["A"]
    assert set(lane.columns) == {Decimal(350), Decimal(360)}
    assert set(lane.bars) == {(Decimal(345), Decimal(350)), (Decimal(350), Decimal(355))}


def test_a_dose_beyond_the_axis_is_an_arrow_and_counted() -> None:
    few = [dosed(9000, 9000), dosed(200, 1e9)]
    tally = tally_of(*[dosed(100 + at, 100 + at) for at in range(200)], *few)
    lane = tally.lanes["A"]
    scale = strip.scale_of([lane], MEASURES)
    assert scale.end < 1000  # two of two hundred do not make the axis useless for the others
    assert strip.beyond(lane, scale) == 2
    assert strip.lane_svg(lane, scale, 10, MEASURES).count('class="arrow"') == 2
    assert "2 beyond the axis" in made(of=[dosed(100, 100)] * 200 + few)


def test_labels_without_a_dose_are_said_not_drawn() -> None:
    found = made(of=[one(TEXTS["no-dose"]), one(TEXTS["zinc"]), *rows_of([unread("x", "damaged", "")])])
    said = "1 labels about magnesium whose dose of a day is not known, 1 that declare no magnesium"
    assert said in found
    assert "No label gives a dose that could be drawn." in found


def test_open_letters_are_counted_under_their_span_only() -> None:
    tally = tally_of(one(TEXTS["good"]), one(TEXTS["good"], grade_best="B", grade_worst="D"))
    assert tally.grades == {("A", "A"): 1, ("B", "D"): 1}
    assert [key for key in tally.lanes if key == SPAN] == [SPAN]
    found = made(of=[one(TEXTS["good"], grade_best="B", grade_worst="D")])
    assert '<b class="g">B–D</b>' in found
    assert '<b class="g l-b">B</b></span><svg' in found  # the letter itself has none


def test_memory_is_that_of_the_chart_and_not_of_the_rows() -> None:
    tally = Tally(MEASURES.day_limit_mg)
    for row in rows_of(overview_rows.many(3000)):
        tally.take(row)
    assert tally.rows == 3000
    assert sum(len(lane.bars) + len(lane.columns) for lane in tally.lanes.values()) < 500
    svg = strip.lane_svg(tally.lanes["A"], strip.scale_of(tally.lanes.values(), MEASURES), 99, MEASURES)
    assert len(svg) < 20_000


def test_more_rows_than_a_page_lists_are_said_and_counted() -> None:
    of = list(rows_of(overview_rows.many(60)))
    found = made(of=of, most=10)
    assert "The table shows the 10 labels with most against them out of 60." in found
    assert found.count('<tr><th scope="row">') == 10
    assert found.count('class="s objected"') == 10
    assert "60 labels" in found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_is_whole_and_asks_for_nothing(lang: str) -> None:
    found = Page(made(lang))
    assert len(found.ids) == len(set(found.ids))
    assert found.all("html") == [{"lang": lang}]
    for _, held in found.elements:
        for name in ("src", "srcset", "action", "data", "poster"):
            assert name not in held
        assert not any(name.startswith("on") for name in held)
        assert not (held.get("href") or "#").startswith(("http", "//", "javascript"))
    # The address is one below the folder of the page, whatever a row says.
    hrefs = [held["href"] or "" for held in found.all("a") if (held["href"] or "")[0] != "#"]
    assert "x%20y%25/%23%3F%22%27%3C-reports/javascript%3Aalert%281%29" in hrefs
    assert len(hrefs) == len(TEXTS) + 1


def test_only_its_own_scripts_may_run() -> None:
    text = made()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    assert policy is not None
    scripts = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    digests = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts]
    assert len(digests) == 2
    assert f"script-src {' '.join(f'{chr(39)}sha256-{digest}{chr(39)}' for digest in digests)};" in policy[1]
    assert "default-src 'none'" in policy[1]
    assert not re.search(r"\b(?:fetch|XMLHttpRequest|eval|innerHTML|localStorage)\b", "".join(scripts))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_labels_say_is_text(lang: str) -> None:
    text = made(lang)
    found = Page(text)
    said = "".join(found.said)
    assert "<script>alert(1)</script>" in said
    assert "{{ 7 * 7 }}" in said
    assert "\u202e" not in text
    assert "\x00" not in text
    assert len(found.all("script")) == 2
    assert found.all("img") == []
    assert max(map(len, re.findall(r"<tr>.*", text))) < 2500


def test_failures_are_told_in_words_of_the_language() -> None:
    assert "afbrudt eller ødelagt (damaged)" in made("da")
    assert "cut off or broken (damaged)" in made("en")
    assert "a-reason-of-tomorrow" in made("da")


def test_every_reason_has_words() -> None:
    used = {"no-text", "cannot-open"}
    for path in HOME.glob("src/mglabel/**/*.py"):
        used |= set(re.findall(r'UnreadableDocument\(\s*"([a-z-]+)"', path.read_text(encoding="utf-8")))
    table = (HOME / "docs" / "files.md").read_text(encoding="utf-8").split("| reason |")[1].split("\n\n")[0]
    for line in table.splitlines()[2:]:
        used |= set(re.findall(r"`([a-z-]+)`", line.split("|")[1]))
    assert len(used) == 17
    assert used == set(overview_words().words["reason"])


def test_every_status_and_place_has_words_in_each_language() -> None:
    for lang in LANGUAGES:
        say = overview_words(lang)
        assert set(say.words["status"]) == set(say.words["status_note"]) == set(STATUSES)
        assert all(say.word("limit", stands) for stands in STANDS)


def test_the_table_of_words_is_checked() -> None:
    text = (HOME / "src" / "mglabel" / "data" / "overview.toml").read_text(encoding="utf-8")
    for old, new, fault in (
        ("[words.reason]", "[words.reasons]", "words.reason is missing"),
        ("{shown} af {count} etiketter", "{shown} etiketter", "not the same places"),
        ("more = {", "less = {", "text.more"),
    ):
        with pytest.raises(BadTable, match=fault):
            words.parse(text.replace(old, new, 1), "overview.toml")


def test_rows_of_another_guide_are_refused() -> None:
    with pytest.raises(MglabelError, match="graded by the guide 'mine 1'"):
        made(of=[one(TEXTS["good"], guide="mine 1")])


@pytest.mark.parametrize("line", [b"[]", b"{", b'{"id": 5}', b"\xff", b"[" * 100_000, json.dumps({"id": "x"}).encode()])
def test_what_is_no_row_is_named(line: bytes) -> None:
    with pytest.raises(MglabelError, match="line 2: no row of"):
        list(rows_of([result("x", TEXTS["good"]), line]))


def test_the_purpose_is_said() -> None:
    assert "graded for sleep" in made(of=[one(TEXTS["good"], purpose="sleep")])


def test_nothing_at_all_is_a_page_too() -> None:
    found = Page(made(of=[]))
    assert "0 labels" in "".join(found.said)
