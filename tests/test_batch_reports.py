"""Runs with an overview: every label's report beside it, whole and its own, however the run is stopped."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import msgspec
import pytest

import mglabel
from mglabel.batch import checkpoint, label_reports
from mglabel.batch import run as running
from mglabel.batch.label_reports import Asked, folder_for, is_there, is_whole, name_for
from mglabel.batch.run import Halted, Plan, run
from mglabel.batch.work import Options
from mglabel.cli import main
from mglabel.values.errors import MglabelError
from test_batch_run import ENVIRONMENT, GOOD, HOME, KILLS, OXIDE, PDFS, Plainly, rows_of, table

__all__ = ["HOME"]


@pytest.fixture
def plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "Crew", Plainly)


def planned(folder: Path, *inputs: Path, which: str = "all", page: str = "page.html", **options: Any) -> Plan:
    overview = folder / page
    asked = None if which == "none" else Asked(str(folder_for(overview)), page, which=which)
    given = Options(reports=asked)
    return Plan(tuple(map(str, inputs)), folder / "out.jsonl", options=given, overview=overview, **options)


def reports(plan: Plan) -> list[Path]:
    assert plan.overview is not None
    folder = folder_for(plan.overview)
    return sorted(folder.iterdir()) if folder.exists() else []


def led_to(plan: Plan) -> list[Path]:
    """The reports that the page leads to; checks that they are whole, and that they are all there are."""
    assert plan.overview is not None
    text = plan.overview.read_text(encoding="utf-8")
    found = [plan.overview.parent / unquote(href) for href in re.findall(r'<a href="([^"#]+)"', text)]
    assert all(map(is_whole, found))
    assert sorted(set(found)) == reports(plan)
    assert sorted({row["report"] for row in rows_of(plan.out) if row["report"]}) == sorted(
        {str(path.relative_to(plan.overview.parent)) for path in found}
    )
    return found


def shell(*arguments: str | Path, before: str = "") -> subprocess.Popen[str]:
    """The command line as a process, after some Python of ours."""
    code = f"import sys; {before}\nfrom mglabel.cli.main import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.mark.usefixtures("plainly")
def test_every_label_about_magnesium_has_a_report_and_the_same_ones_share_it(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    texts = [GOOD, OXIDE, "Zinc 5 mg", GOOD, ""]
    source.write_text("".join(json.dumps({"id": f"p{at}", "text": text}) + "\n" for at, text in enumerate(texts)))
    plan = planned(tmp_path, source)
    run(plan)
    found = [row["report"] for row in rows_of(plan.out)]
    assert [bool(report) for report in found] == [True, True, False, True, False]
    assert found[0] == found[3] != found[1]
    assert len(led_to(plan)) == 3
    page = (tmp_path / found[1]).read_text(encoding="utf-8")
    assert "Grade E, for everyday use" in page
    assert '<a href="../page.html">← All labels of the run</a>' in page
    assert list(rows_of(plan.out)[0])[-1] == "report"


@pytest.mark.usefixtures("plainly")
def test_files_with_the_same_content_keep_their_names(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("one.txt", "two.txt"):
        (folder / name).write_text(GOOD, encoding="utf-8")
    shutil.copy(PDFS / "catalogue-three-a-page-de.pdf", folder / "range.pdf")
    plan = planned(tmp_path, folder)
    run(plan)
    rows = rows_of(plan.out)
    assert len(led_to(plan)) == len(rows) == 6
    assert len({row["report"] for row in rows}) == 6
    for row, name in ((rows[0], "one.txt"), (rows[-1], "two.txt")):
        assert f"<bdi>{name}</bdi>" in (tmp_path / row["report"]).read_text(encoding="utf-8")


@pytest.mark.usefixtures("plainly")
@pytest.mark.parametrize(("which", "some"), [("all", 2), ("warnings", 1), ("none", 0)])
def test_which_labels_have_a_report(which: str, some: int, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "b.txt").write_text(OXIDE, encoding="utf-8")
    plan = planned(tmp_path, tmp_path / "a.txt", tmp_path / "b.txt", which=which)
    run(plan)
    assert len(reports(plan)) == some
    assert ("report" in rows_of(plan.out)[0]) == (which != "none")
    assert plan.overview is not None
    assert plan.overview.exists()


@pytest.mark.usefixtures("plainly")
def test_a_folder_that_holds_its_own_overview_is_read_the_same_again(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "b.txt").write_text(OXIDE, encoding="utf-8")
    plan = planned(tmp_path, tmp_path)
    run(plan)
    before = {path: path.read_bytes() for path in [plan.out, *led_to(plan)]}
    run(plan)
    assert {path: path.read_bytes() for path in [plan.out, *led_to(plan)]} == before


@pytest.mark.usefixtures("plainly")
def test_reports_of_an_earlier_run_go_and_the_files_of_others_stay(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(GOOD, encoding="utf-8")
    plan = planned(tmp_path, tmp_path / "a.txt")
    run(plan)
    (old,) = led_to(plan)
    mine = old.with_name("notes.html")
    mine.write_text("mine")
    begun = old.with_name(".ab12cd_x.part")
    begun.write_text("<!doc")
    (tmp_path / "a.txt").write_text(OXIDE, encoding="utf-8")
    run(plan)
    assert not old.exists()
    assert not begun.exists()
    assert mine in reports(plan)
    assert len(reports(plan)) == 2


@pytest.fixture
def halted(tmp_path: Path, plainly: None) -> Plan:
    """A plan with reports whose run was stopped after some labels."""
    plan = planned(tmp_path, table(tmp_path, 50), resume=True)
    calls = iter(range(1000))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(running, "COMMIT_BYTES", 3_000)
        with pytest.raises(Halted, match="20 labels are done"):
            run(plan, stopping=lambda: next(calls) >= 20)
    return plan


def test_a_stopped_run_goes_on_with_the_reports_that_are_there(halted: Plan) -> None:
    before = {path: path.stat().st_mtime_ns for path in reports(halted)}
    assert len(before) == 10
    said: list[str] = []
    run(halted, say=said.append)
    assert said == ["going on after 20 labels that are done"]
    assert len(led_to(halted)) == 25
    assert {path: path.stat().st_mtime_ns for path in before} == before


@pytest.mark.parametrize("damage", ["gone", "cut", "zeros"])
def test_labels_whose_reports_a_power_cut_took_are_read_again(damage: str, halted: Plan) -> None:
    rows = [json.loads(line) for line in checkpoint.lines(checkpoint.paths(halted.out)[0])]
    assert halted.overview is not None
    hurt = halted.overview.parent / next(row["report"] for row in rows[10:] if row["report"])
    if damage == "gone":
        hurt.unlink()
    else:
        hurt.write_bytes(b"\0" * hurt.stat().st_size if damage == "zeros" else hurt.read_bytes()[:5000])
    said: list[str] = []
    run(halted, say=said.append)
    (told,) = said
    going_on = re.fullmatch(r"going on after (\d+) labels that are done", told)
    assert going_on is not None
    assert 0 < int(going_on[1]) < 20  # not from the first one
    assert len(led_to(halted)) == 25
    assert [row["id"] for row in rows_of(halted.out)] == [f"p{at}" for at in range(50)]


def test_without_the_folder_all_is_read_again(halted: Plan) -> None:
    assert halted.overview is not None
    shutil.rmtree(folder_for(halted.overview))
    run(halted)
    assert len(led_to(halted)) == 25


@pytest.mark.parametrize("changes", [{"which": "warnings"}, {"which": "none"}, {"page": "other.html"}])
def test_other_reports_begin_anew(changes: dict[str, str], halted: Plan, tmp_path: Path) -> None:
    said: list[str] = []
    plan = planned(tmp_path, Path(halted.inputs[0]), resume=True, **changes)
    run(plan, say=said.append)
    assert said == ["beginning anew, as another reports gives other answers"]


def test_an_overview_can_be_asked_for_when_going_on(tmp_path: Path, plainly: None) -> None:
    plan = msgspec.structs.replace(planned(tmp_path, table(tmp_path, 50), which="none", resume=True), overview=None)
    calls = iter(range(1000))
    with pytest.raises(Halted):
        run(plan, stopping=lambda: next(calls) >= 20)
    said: list[str] = []
    run(msgspec.structs.replace(plan, overview=tmp_path / "page.html"), say=said.append)
    assert said == ["going on after 20 labels that are done"]
    assert "50 labels" in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_a_killed_run_goes_on_and_no_report_is_lost_or_mixed_up(tmp_path: Path) -> None:
    chance = random.Random(1)
    source = table(tmp_path, 400)
    whole = tmp_path / "whole"
    whole.mkdir()
    expected = planned(whole, source, jobs=2)
    run(expected)
    out, page = tmp_path / "out.jsonl", tmp_path / "page.html"
    command = ("batch", source, "--out", out, "--report", page, "--jobs", "2", "--resume")
    rows, _ = checkpoint.paths(out)
    often = "import mglabel.batch.run as r, mglabel.batch.crew as c; r.COMMIT_SECONDS = 0.02; c.CHUNK_ITEMS = 8"
    killed = 0
    while killed < KILLS:
        begun = rows.stat().st_size if rows.exists() else 0
        process = shell(*command, before=often)
        written = begun + chance.uniform(0.01, 0.4) * expected.out.stat().st_size if chance.random() < 0.9 else 0
        while process.poll() is None and (rows.stat().st_size if rows.exists() else 0) < written:
            time.sleep(0.001)
        process.kill()
        process.communicate()
        killed += process.returncode == -signal.SIGKILL
        if process.returncode != -signal.SIGKILL:
            out.unlink()
            page.unlink()
    last = shell(*command)
    said = last.communicate()
    assert last.returncode == 2, said
    assert out.read_bytes() == expected.out.read_bytes()
    assert expected.overview is not None
    assert page.read_bytes() == expected.overview.read_bytes()
    found = planned(tmp_path)
    assert len(led_to(found)) == len(led_to(expected))
    assert [(path.name, path.read_bytes()) for path in reports(found)] == [
        (path.name, path.read_bytes()) for path in reports(expected)
    ]


@pytest.mark.skipif(os.name != "posix", reason="limits of POSIX")
def test_reports_that_cannot_be_written_stop_the_run_and_cost_no_label(tmp_path: Path) -> None:
    source = table(tmp_path, 100)
    out = tmp_path / "out.jsonl"
    command = ("batch", source, "--out", out, "--report", tmp_path / "page.html", "--jobs", "1", "--resume")
    # No report is as small as that; the workers inherit it.
    small = "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
    full = f"{small} resource.setrlimit(resource.RLIMIT_FSIZE, (9_000, 9_000))"
    process = shell(*command, before=full)
    printed, said = process.communicate()
    assert (process.returncode, printed) == (2, "")
    assert "page-reports: File too large" in said
    assert "--resume" in said
    again = shell(*command)
    assert again.wait() == 2  # as some rows hold no text
    again.communicate()
    assert {row["error"] for row in rows_of(out)} == {None, "no-text"}
    assert len(led_to(planned(tmp_path))) == 50


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--reports", "all"), "name that with --report"),
        (("--report", "page.pdf"), "its name ends in .html"),
        (("--report", "nowhere/page.html"), "no such folder"),
        (("--report", "folder.html"), "this is a folder"),
        (("--report", "taken.html"), "it is a file"),
    ],
)
def test_mistakes_are_told_before_any_work(
    arguments: tuple[str, ...], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    table(tmp_path, 3)
    (tmp_path / "folder.html").mkdir()
    (tmp_path / "taken-reports").write_text("")
    before = sorted(tmp_path.iterdir())
    assert main.main(["batch", "in.jsonl", "--out", "out.csv", *arguments]) == 2
    assert said in capsys.readouterr().err
    assert sorted(tmp_path.iterdir()) == before


def test_the_command_line_as_a_process(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(GOOD, encoding="utf-8")
    odd = tmp_path / "mit overblik 100%#.html"
    process = shell("batch", tmp_path / "a.txt", "--out", tmp_path / "out.csv", "--report", odd, "--lang", "da")
    printed, said = process.communicate()
    assert (process.returncode, said) == (0, "")
    assert "Overblik  " in printed
    text = odd.read_text(encoding="utf-8")
    (href,) = re.findall(r'<a href="(mit[^"]*)"', text)
    assert href.startswith("mit%20overblik%20100%25%23-reports/")
    report = tmp_path / unquote(href)
    assert '<html lang="da">' in report.read_text(encoding="utf-8")
    assert 'href="../mit%20overblik%20100%25%23.html"' in report.read_text(encoding="utf-8")
    assert (tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()[0].endswith(",error_message,report")


@pytest.mark.usefixtures("plainly")
def test_an_overview_of_earlier_results(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(GOOD, encoding="utf-8")
    plan = planned(tmp_path, tmp_path / "a.txt")
    run(plan)
    assert plan.overview is not None
    before = plan.overview.read_bytes()
    assert main.main(["overview", str(plan.out), "--out", str(plan.overview)]) == 0
    assert plan.overview.read_bytes() == before
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    assert main.main(["overview", str(plan.out), "--out", str(elsewhere / "page.html")]) == 0
    assert "-reports/" not in (elsewhere / "page.html").read_text(encoding="utf-8")  # where no reports are
    capsys.readouterr()
    (tmp_path / "no.jsonl").write_text('{"id": 1}\n')
    for results, said in ((tmp_path / "no.jsonl", "no.jsonl, line 1: no row"), (tmp_path / "none", "No such file")):
        assert main.main(["overview", str(results), "--out", str(tmp_path / "x.html")]) == 2
        assert said in capsys.readouterr().err
        assert not (tmp_path / "x.html").exists()


@pytest.mark.parametrize("given", ["Æ/../..", "a" * 500, "CON", ".hidden", "<b>&\"'%#?", "\x00\n", "", "ﬀ½①"])
def test_names_are_safe_on_every_system(given: str, tmp_path: Path) -> None:
    name = name_for(given, b"page")
    assert re.fullmatch(r"(?:[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?-)?[a-z2-7]{16}\.html", name)
    (tmp_path / name).write_bytes(b"page")
    assert is_whole(tmp_path / name)
    (tmp_path / name).write_bytes(b"pagf")
    assert not is_whole(tmp_path / name)


def test_only_reports_are_led_to(tmp_path: Path) -> None:
    name = name_for("x", b"page")
    for folder in (tmp_path / "page-reports", tmp_path):
        folder.mkdir(exist_ok=True)
        (folder / name).write_bytes(b"page")
    (tmp_path / "page-reports" / "other.html").write_text("")
    assert is_there(f"page-reports/{name}", tmp_path)
    below = tmp_path / "page-reports"
    for wrong in (
        f"../{name}",
        f"./{name}",
        f"/{name}",
        name,
        "page-reports/other.html",
        f"a\x00/{name}",
        f"..\\/{name}",
    ):
        assert not is_there(wrong, below if wrong.startswith("..") else tmp_path), wrong


def test_a_report_that_fails_to_be_written_is_no_fault_of_its_label(tmp_path: Path) -> None:
    asked = Asked(str(tmp_path / "nowhere"), "page.html")
    with pytest.raises(label_reports.NotWritten, match="nowhere: No such file"):
        label_reports.written(mglabel.analyze(GOOD), asked)
    assert issubclass(label_reports.NotWritten, MglabelError)
