"""Comparing products: the grade again from what was recorded, exact ranks, and nothing ranked that cannot be."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

import mglabel
from mglabel.analysis.comparison import REASONS, Compared, Comparison, compare
from mglabel.analysis.recorded import Recorded, Row, recorded
from mglabel.batch.columns import COLUMNS
from mglabel.reports.comparison import CSV_COLUMNS, csv_table, html_page, page
from mglabel.reports.wording import wording
from mglabel.tables.guide import default_guide
from mglabel.tables.messages import LANGUAGES
from mglabel.values.errors import MglabelError, UnknownPurpose

HOME = Path(__file__).resolve().parents[1]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(mglabel.__file__).parents[1]), "PYTHONIOENCODING": "utf-8"}
FIXTURES = sorted(HOME.glob("fixtures/*/*.txt"))

BISGLYCINATE = "Per 2 capsules: magnesium bisglycinate 1500 mg, of which magnesium 180 mg. 1 capsule twice a day."
CITRATE = "Per 2 capsules: magnesium citrate 1500 mg, of which magnesium 240 mg (64 % NRV). 1 capsule twice a day."
OXIDE = "Per tablet: magnesium oxide 670 mg, of which magnesium 400 mg. Take 1 tablet daily."
OPEN = "Magnesium citrate 400 mg per capsule. Take 1 capsule daily."
BATH = "Magnesium sulfate bath salt 1 kg. Pour 200 g into the bath."
BLEND = "Per capsule: magnesium 100 mg (as magnesium citrate, magnesium oxide). Take 1 capsule daily."
NOTHING = "Vitamin C 500 mg. 1 tablet daily."


def whole(text: str, name: str = "a", purpose: str | None = None) -> Recorded:
    """A result of `check --format json`, read back."""
    return recorded(mglabel.analyze(text, name=name, purpose=purpose).to_json())


def flat(text: str, purpose: str | None = None, **other: Any) -> Recorded:
    """A row of check_columns, read back."""
    columns = mglabel.check_columns([text], purpose)
    return recorded(json.dumps({name: cells[0] for name, cells in columns.items()} | other))


def ranked(comparison: Comparison) -> list[tuple[int | None, str | None]]:
    return [(one.rank, one.recorded.name) for one in comparison.products]


def only(comparison: Comparison) -> Compared:
    (one,) = comparison.products
    return one


def test_form_decides_by_purpose() -> None:
    results = [whole(OXIDE, "oxide"), whole(CITRATE, "citrate"), whole(BISGLYCINATE, "bisglycinate")]
    assert ranked(compare(results, "sleep")) == [(1, "bisglycinate"), (2, "citrate"), (3, "oxide")]
    assert ranked(compare(results, "general")) == [(1, "citrate"), (1, "bisglycinate"), (3, "oxide")]


def test_the_grade_of_any_purpose_is_that_of_analyze() -> None:
    """Graded again from the JSON of one purpose, every fixture has the grade that analyze gives for the other."""
    guide = default_guide()
    for at, path in enumerate(FIXTURES):
        text = path.read_text(encoding="utf-8")
        purpose, other = (guide.purposes[(at + step) % len(guide.purposes)] for step in (0, 5))
        one = only(compare([whole(text, purpose=purpose)], other))
        expected = mglabel.analyze(text, purpose=other).grade
        assert (one.grade, one.why == "not-reproduced") == (expected, False), path.name


def test_an_open_letter_is_not_ranked() -> None:
    comparison = compare([whole(OPEN, "open"), whole(OXIDE, "oxide")])
    assert ranked(comparison) == [(1, "oxide"), (None, "open")]
    last = comparison.products[-1]
    assert (last.why, str(last.grade)) == ("open", "A to C")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (BATH, "out-of-scope"),
        (NOTHING, "no-magnesium"),
        ("Magnesium citrate tablets, 60 pieces.", "no-dose"),
        ("", "no-magnesium"),
    ],
)
def test_why_there_is_no_grade(text: str, why: str) -> None:
    assert only(compare([whole(text)])).why == why
    assert only(compare([flat(text)])).why == why


def test_several_products_are_not_ranked() -> None:
    text = next(path for path in FIXTURES if "several" in path.name).read_text(encoding="utf-8")
    assert only(compare([whole(text)])).why == "several-products"


def test_a_flat_row_has_the_purpose_of_its_run_only() -> None:
    row = flat(CITRATE, "sleep", id="c")
    assert str(only(compare([row], "sleep")).grade) == "B"
    assert only(compare([row], "general")).why == "other-purpose"
    assert only(compare([row])).grade == only(compare([whole(CITRATE)], "sleep")).grade


def test_flat_and_whole_agree_for_the_purpose_of_the_run() -> None:
    for text in (BISGLYCINATE, CITRATE, OXIDE, OPEN, BLEND, BATH, NOTHING):
        ours, theirs = only(compare([flat(text)])), only(compare([whole(text)]))
        assert (ours.grade, ours.rank, ours.why, ours.large) == (theirs.grade, theirs.rank, theirs.why, theirs.large)


def test_a_row_of_a_full_batch_is_graded_for_any_purpose() -> None:
    columns = {name: cells[0] for name, cells in mglabel.check_columns([CITRATE]).items()}
    row = {"id": "sku-1", "file": "list.csv", **columns, "analysis": mglabel.analyze(CITRATE).to_dict()}
    one = only(compare([recorded(json.dumps(row))], "sleep"))
    assert (one.recorded.name, str(one.grade)) == ("sku-1", "B")
    failed = {**columns, **dict.fromkeys(COLUMNS), "error": "damaged", "id": 7, "analysis": None}
    one = only(compare([recorded(json.dumps(failed))], "sleep"))
    assert (one.recorded.name, one.why, one.recorded.error) == ("7", "unreadable", "damaged")


def test_the_purpose_is_that_of_the_results_where_none_is_asked() -> None:
    assert compare([whole(CITRATE, purpose="sleep")]).purpose == "sleep"
    assert compare([]).purpose == "general"
    with pytest.raises(MglabelError, match=r"several purposes \(general, sleep\)"):
        compare([whole(CITRATE), whole(CITRATE, purpose="sleep")])
    with pytest.raises(UnknownPurpose, match="did you mean 'sleep'"):
        compare([whole(CITRATE)], "slep")


def test_a_grade_that_its_facts_do_not_lead_to_is_not_ranked() -> None:
    held = mglabel.analyze(OXIDE).to_dict()
    held["sources"][0]["form"] = "citrate"
    assert only(compare([recorded(json.dumps(held))])).why == "not-reproduced"


def test_another_edition_of_the_guide() -> None:
    """A whole analysis is graded by the guide at hand; a flat row by another guide is not mixed in."""
    held = mglabel.analyze(CITRATE).to_dict()
    held["guide"]["edition"], held["grade"]["best"] = "2019-01", "C"
    assert str(only(compare([recorded(json.dumps(held))])).grade) == "A"
    assert only(compare([flat(CITRATE, guide="other 1")])).why == "other-guide"


def test_findings_about_another_purpose_are_left_out() -> None:
    label = CITRATE + " Take in the morning."
    result = whole(label, purpose="sleep")
    asked, another = (only(compare([result], purpose)).findings for purpose in ("sleep", "bones"))
    assert "MG301" in [told.code for told in asked]
    assert "MG301" not in [told.code for told in another]


def test_shares_that_were_rounded_are_whole_again() -> None:
    held = mglabel.analyze(BLEND).to_dict()
    held["sources"] = [{**held["sources"][0], "share": {"low": n, "high": n}} for n in (0.333333, 0.166667, 0.5)]
    shares = [source.share.low for source in recorded(json.dumps(held)).sources or () if source.share]
    assert abs(sum(shares) - 1) < 1e-20


def test_the_flat_columns_are_those_of_the_table() -> None:
    assert set(Row.__struct_fields__) - {"id", "file"} <= set(COLUMNS)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_reason_has_its_words(lang: str) -> None:
    assert set(wording(lang).words["not_compared"]) == set(REASONS)


@pytest.mark.parametrize(
    "line",
    [
        *(b"", b"{", b"[]", b"null", b"5", b'{"a": 1}', b'{"schema": "mglabel.analysis/2"}', b'{"grade_best": "A"}'),
        *(b"\xff\xfe{", b"%PDF-1.7", b"[" * 100_000, b'{"schema":' + b"[" * 100_000, b'{"grade_best":{}}'),
    ],
)
def test_what_is_no_result_is_refused(line: bytes) -> None:
    with pytest.raises(MglabelError, match="no result of"):
        recorded(line)


EVIL = "<script>alert(1)</script>\x1b[31m\u202e=1+1&\"'"


def hostile() -> Comparison:
    """Results in which every text was written by someone who means harm."""
    good = mglabel.analyze(CITRATE, name=EVIL).to_dict()
    good["product"]["name"] = "=cmd|' /C calc'!A0"
    bad = {**good, "use": EVIL, "audience": EVIL, "grade": None}
    row = {name: cells[0] for name, cells in mglabel.check_columns([CITRATE]).items()} | {"id": "@x", "error": EVIL}
    strange = row | {"error": None, "grade_best": EVIL, "form_verdict": EVIL}
    extra = json.loads(json.dumps(good))
    extra["findings"].append({"code": EVIL, "severity": "error", "params": {}})
    return compare([recorded(json.dumps(one)) for one in (good, bad, row, strange, extra)])


class _Tags(HTMLParser):
    """All tags of a page, and what its scripts and links would load."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.loads: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.loads += [value or "" for name, value in attrs if name in ("src", "href") or name.startswith("on")]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_page_of_html_holds_only_what_it_shows(lang: str) -> None:
    shown = html_page(hostile(), lang)
    tags = _Tags()
    tags.feed(shown)
    assert tags.seen <= {*"html meta title style body table caption thead tbody tr th td ul li p".split()}
    assert tags.loads == []
    assert not {"\x1b", "\u202e"} & set(shown)
    assert "&lt;script&gt;" in shown
    assert f'<html lang="{lang}">' in shown


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_cell_of_csv_starts_a_formula(lang: str) -> None:
    rows = list(csv.reader(io.StringIO(csv_table(hostile(), lang))))
    assert {len(row) for row in rows} == {len(CSV_COLUMNS)}
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_page_for_the_screen_is_clean(lang: str) -> None:
    shown = page(hostile(), lang)
    assert not {"\x1b", "\u202e"} & set(shown)


def test_csv_has_numbers_and_ids() -> None:
    first, last = csv.DictReader(io.StringIO(csv_table(compare([whole(OPEN, "o"), whole(CITRATE, "c")], "sleep"))))
    assert (first["rank"], first["name"], first["grade_best"], first["lacks"]) == ("1", "c", "B", "Form: suitable")
    assert (first["elemental_mg_per_day_high"], first["elemental_mg_per_intake_low"]) == ("240.0", "120.0")
    assert (last["rank"], last["sources"], last["limit_verdict"]) == ("", "citrate", "open")
    assert last["not_compared"] == "the label leaves the letter open (B to D)"


def run(*arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    program = [sys.executable, "-m", "mglabel", *arguments]
    return subprocess.run(
        program, input=given, capture_output=True, env=ENVIRONMENT, check=False, encoding="utf-8", cwd=HOME
    )


def test_the_command(tmp_path: Path) -> None:
    results = tmp_path / "results.jsonl"
    results.write_text(
        "\n".join(mglabel.analyze(text, name=name).to_json() for name, text in (("o", OXIDE), ("b", BISGLYCINATE)))
    )
    done = run("compare", str(results), "--purpose", "sleep")
    assert (done.returncode, done.stderr) == (0, "")
    assert [line.split()[:2] for line in done.stdout.splitlines()[3:7:2]] == [["1", "A"], ["2", "E"]]
    assert "søvn" in run("compare", "-", "--purpose", "sleep", "--lang", "da", given=results.read_text()).stdout
    assert run("compare", str(results), "--format", "html").stdout.startswith("<!doctype html>")
    assert run("compare", str(results), "--format", "csv").stdout.startswith("rank,name,")


def test_a_line_that_is_no_result_is_named_and_the_others_are_ranked() -> None:
    given = f"{mglabel.analyze(CITRATE, name='c').to_json()}\n\n{{broken\n"
    done = run("compare", "-", given=given)
    assert done.returncode == 2
    assert done.stderr.startswith("mglabel: -:3: no result of")
    assert "1     A" in done.stdout
    assert "-:3: this is no result of mglabel" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("no-such.jsonl",), "No such file"),
        (("fixtures",), "fixtures"),
        (("README.md",), "no results to compare"),
        (("README.md", "--purpose", "slep"), "did you mean 'sleep'"),
        ((), "required"),
    ],
)
def test_mistakes_are_named(arguments: tuple[str, ...], said: str) -> None:
    done = run("compare", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr
