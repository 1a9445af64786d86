"""Runs as a whole: every row, in order, once, whatever labels do and however the run is stopped."""

from __future__ import annotations

import csv
import io
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

import hostile_labels
import mglabel
from mglabel.batch import checkpoint, crew, outputs, work
from mglabel.batch import run as running
from mglabel.batch.closing import closing
from mglabel.batch.columns import COLUMNS
from mglabel.batch.items import FAILED, TEXT, Item
from mglabel.batch.progress import Progress
from mglabel.batch.results import FULL, MESSAGE, ORIGIN, REPORT, columns
from mglabel.batch.run import Halted, Plan, key_of, run
from mglabel.batch.work import Answer, Options
from mglabel.cli import main
from mglabel.documents.limits import Limits
from mglabel.values.errors import MglabelError

GOOD = "Per 2 capsules: magnesium citrate 1500 mg, of which magnesium 240 mg (64 % NRV). 1 capsule twice a day."
OXIDE = "Per tablet: magnesium oxide 670 mg, of which magnesium 400 mg. Take 1 tablet daily."
PDFS = Path(__file__).resolve().parents[1] / "fixtures" / "pdf"
HOME = str(Path(mglabel.__file__).parents[1])
ENVIRONMENT = {**os.environ, "PYTHONPATH": HOME, "PYTHONIOENCODING": "utf-8"}
KILLS = int(os.environ.get("MGLABEL_EXAMPLES", "6"))

Rows = list[dict[str, Any]]


def table(folder: Path, count: int, name: str = "in.jsonl") -> Path:
    """So many labels, some of which come again and some of which cannot be read."""
    path = folder / name
    with path.open("w", encoding="utf-8") as stream:
        for at in range(count):
            text = (f"{GOOD} Lot {at % 400}.", f"Zinc {at} mg", "", f"{OXIDE} No. {at}")[at % 4]
            stream.write(json.dumps({"id": f"p{at}", "text": text}) + "\n")
    return path


def rows_of(path: Path) -> Rows:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def planned(folder: Path, *inputs: Path, out: str = "out.jsonl", **options: Any) -> Plan:
    return Plan(tuple(map(str, inputs)), folder / out, **options)


def shell(*arguments: str | Path, before: str = "") -> subprocess.Popen[str]:
    """The command line as a process, after some Python of ours."""
    code = f"import sys; {before}\nfrom mglabel.cli.main import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", code, "batch", *map(str, arguments)]
    return subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


class Plainly:
    """A crew without processes."""

    def __init__(self, options: Options, _jobs: int, key: bytes, stopping: Any) -> None:
        self.memory = crew.Memory()
        self._options, self._key, self._stopping = options, key, stopping

    def answered(self, items: Iterable[Item]) -> Iterator[tuple[Item, bytes, Answer]]:
        for item in items:
            if self._stopping():
                raise running.Stopped
            given = work.answers([(item.kind, item.content)], self._options)[0]
            failed = work.failure(item.reason, item.content, self._options)
            yield item, item.digest(self._key), failed if item.kind == FAILED else given

    def close(self) -> None:
        """Nothing to end."""


@pytest.fixture
def plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "Crew", Plainly)


def test_one_row_a_label_in_order_with_the_columns_of_check_columns(tmp_path: Path) -> None:
    source = table(tmp_path, 1000)
    outcome = run(planned(tmp_path, source, jobs=2))
    rows, given = rows_of(tmp_path / "out.jsonl"), rows_of(source)
    assert [row["id"] for row in rows] == [one["id"] for one in given]
    assert list(rows[0]) == [column.name for column in columns(full=False)]
    some = slice(0, 60)
    expected = mglabel.check_columns([one["text"] for one in given[some]])
    for at, row in enumerate(rows[some]):
        if given[at]["text"]:
            assert {name: row[name] for name in COLUMNS} == {name: expected[name][at] for name in COLUMNS}
        else:
            assert (row["error"], row["error_message"]) == ("no-text", f"row {at + 1} holds no text for a label")
    assert (outcome.summary.rows, outcome.summary.failures) == (1000, {"no-text": 250})
    assert outcome.repeated == 150
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]


def test_files_with_several_products_and_files_that_fail(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7\nnothing")
    (tmp_path / "d.txt").write_bytes(b"")
    shutil.copy(PDFS / "catalogue-three-a-page-de.pdf", tmp_path / "c.pdf")
    run(planned(tmp_path, tmp_path, jobs=2))
    rows = rows_of(tmp_path / "out.jsonl")
    assert [(Path(row["file"]).name, row["product_index"], row["pages"], row["error"]) for row in rows] == [
        ("a.txt", 1, None, None),
        ("b.pdf", None, None, "damaged"),
        ("c.pdf", 1, "1", None),
        ("c.pdf", 2, "1", None),
        ("c.pdf", 3, "2", None),
        ("c.pdf", 4, "2", None),
        ("d.txt", None, None, "empty-file"),
    ]
    # The results stand in the folder that is read, and are no labels.
    run(planned(tmp_path, tmp_path, jobs=2))
    assert rows_of(tmp_path / "out.jsonl") == rows


def test_labels_that_hang_crash_or_fill_the_memory_cost_only_themselves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crew, "answers", hostile_labels.answers)
    texts = [GOOD] * 14
    bad = {3: "HANG", 8: "CRASH", 9: "MEMORY", 12: "EXIT"}
    for at, name in bad.items():
        texts[at] = getattr(hostile_labels, name)
    path = tmp_path / "in.jsonl"
    path.write_text("".join(json.dumps({"text": f"{text} {at}"}) + "\n" for at, text in enumerate(texts)))
    run(planned(tmp_path, path, jobs=2, options=Options(limits=Limits(wall_seconds=1))))
    rows = rows_of(tmp_path / "out.jsonl")
    assert [at for at, row in enumerate(rows) if row["error"]] == list(bad)
    assert [rows[at]["error"] for at in bad] == ["timeout", "crashed", "memory", "crashed"]
    assert all(row["grade_best"] == "A" for at, row in enumerate(rows) if at not in bad)


def test_a_fault_of_ours_costs_its_own_row(monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty(text: str, **_: Any) -> None:
        raise ZeroDivisionError("of ours") if text == "bad" else AssertionError

    monkeypatch.setattr(work, "analyze", faulty)
    (found,) = work.answers([(TEXT, "bad")], Options())
    row = json.loads(b"{" + found.rows[0])
    assert (found.reason, row["error"]) == ("crashed", "crashed")
    assert "ZeroDivisionError: of ours (faulty" in row["error_message"]


def test_the_window_is_bounded_and_keeps_the_order() -> None:
    taken = 0

    def endless() -> Iterator[Item]:
        nonlocal taken
        for at in range(100_000):
            taken += 1
            yield Item(str(at), None, TEXT, f"Zinc {at} mg")

    workers = crew.Crew(Options(), 2, b"")
    found = workers.answered(endless())
    assert [next(found)[0].id for _ in range(20)] == [str(at) for at in range(20)]
    assert taken <= crew.MAX_ITEMS
    found.close()  # type: ignore[attr-defined]
    workers.close()


def test_memory_forgets_the_oldest() -> None:
    kept = crew.Memory(max_chars=5_000)
    for at in range(20):
        digest, slot = bytes([at]), crew.Slot()
        kept.put(digest, slot)
        slot.answer = Answer((b"x" * 500,))
        kept.weigh(digest, slot.answer)
    assert [at for at in range(20) if kept.get(bytes([at]))] == [15, 16, 17, 18, 19]


@pytest.mark.usefixtures("plainly")
def test_every_format_holds_the_same(tmp_path: Path) -> None:
    import openpyxl
    import pyarrow.parquet as pq

    source = table(tmp_path, 40)
    expected = None
    for suffix in ("jsonl", "csv", "parquet", "xlsx"):
        run(planned(tmp_path, source, out=f"out.{suffix}"))
    expected = rows_of(tmp_path / "out.jsonl")
    names = [column.name for column in columns(full=False)]
    parquet = pq.read_table(tmp_path / "out.parquet")
    assert parquet.to_pylist() == expected
    assert [str(field.type) for field in parquet.schema][:4] == ["string", "string", "int64", "string"]
    cells = [*openpyxl.load_workbook(tmp_path / "out.xlsx").active.iter_rows(values_only=True)]
    assert cells[0] == tuple(names)
    assert [dict(zip(names, row, strict=True)) for row in cells[1:]] == [
        {name: cell or None if isinstance(cell, str) else cell for name, cell in row.items()} for row in expected
    ]
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as stream:
        texts = [*csv.DictReader(stream)]
    assert [row["elemental_mg_per_day_high"] for row in texts][:4] == ["240", "", "", "400"]
    assert [row["id"] for row in texts] == [row["id"] for row in expected]


@pytest.mark.usefixtures("plainly")
def test_the_full_analysis(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    source = table(tmp_path, 4)
    for suffix in ("jsonl", "csv", "parquet"):
        run(planned(tmp_path, source, out=f"full.{suffix}", options=Options(lang="da")))
    rows = rows_of(tmp_path / "full.jsonl")
    assert rows[0]["analysis"] == mglabel.analyze(f"{GOOD} Lot 0.").to_dict("da")
    assert [row["analysis"] is None for row in rows] == [False, False, True, False]
    assert json.loads(pq.read_table(tmp_path / "full.parquet")["analysis"][0].as_py()) == rows[0]["analysis"]
    with pytest.raises(MglabelError, match=r"\.jsonl or \.parquet"):
        run(planned(tmp_path, source, out="full.xlsx", options=Options(lang="en")))


@pytest.mark.usefixtures("plainly")
def test_no_cell_starts_a_formula(tmp_path: Path) -> None:
    import openpyxl

    ids = ["=1+1", "+1+1", "-1+1", "@A1", "\t=1", "\r=1", "a;=1", "a\n=1", '"=1', " =1", "＝1", "-5", "+5,5", "fine-1"]
    path = tmp_path / "in.jsonl"
    path.write_text("".join(json.dumps({"id": f"x{one}"[1:], "text": GOOD}) + "\n" for one in ids), encoding="utf-8")
    for suffix in ("csv", "xlsx"):
        run(planned(tmp_path, path, out=f"out.{suffix}"))
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as stream:
        found = [row["id"] for row in csv.DictReader(stream)]
    for cell in found:
        assert not cell.lstrip().startswith(("=", "@", "＝")), cell
        assert ";=" not in cell
    assert found[:4] == ["'=1+1", "'+1+1", "'-1+1", "'@A1"]
    assert found[-3:] == ["-5", "+5,5", "fine-1"]
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx").active
    assert {cell.data_type for cell in sheet["A"]} == {"s"}
    assert sheet["A2"].value == "=1+1"


def test_text_that_excel_cannot_hold(tmp_path: Path) -> None:
    rows = tmp_path / "rows"
    names = [column.name for column in columns(full=False)]
    rows.write_text(json.dumps(dict.fromkeys(names) | {"id": "a\x00\x0bb" + "c" * 40_000}) + "\n", encoding="utf-8")
    outputs.place(rows, tmp_path / "out.xlsx", columns(full=False))
    outputs.place(rows, tmp_path / "out.csv", columns(full=False))


def test_more_rows_than_a_sheet_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import openpyxl

    monkeypatch.setattr(outputs, "_EXCEL_ROWS", 4)
    rows = tmp_path / "rows"
    for count, sheets in ((0, [1]), (3, [4]), (7, [4, 4, 2])):
        line = json.dumps(dict.fromkeys(column.name for column in columns(full=False)) | {"id": "a"}) + "\n"
        rows.write_text(line * count, encoding="utf-8")
        outputs.place(rows, tmp_path / "out.xlsx", columns(full=False))
        book = openpyxl.load_workbook(tmp_path / "out.xlsx")
        assert [sheet.max_row for sheet in book.worksheets] == sheets


def test_duplicate_ids_are_told_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text("".join(json.dumps({"id": str(at % 3), "text": "Zinc"}) + "\n" for at in range(7)))
    said: list[str] = []
    outcome = run(planned(tmp_path, path), say=said.append)
    assert [row["id"] for row in rows_of(tmp_path / "out.jsonl")] == ["0", "1", "2", "0", "1", "2", "0"]
    assert (outcome.duplicates, said) == (4, ["4 ids come more than once, such as '0', '1', '2'"])


class Cut(BaseException):
    """The power is gone."""


class Mains:
    """A disk whose power can be cut at any of the calls that change it.

    What was not flushed may be lost, in whole or from somewhere in the middle on, or be there.
    """

    CALLS = ("write", "ftruncate", "fsync", "replace", "unlink", "open")

    def __init__(self, patch: pytest.MonkeyPatch, folder: Path, after: int, seed: int) -> None:
        self._left = after
        self._folder = folder
        self._chance = random.Random(seed)
        self._flushed: dict[int, bytes] = {}
        for name in self.CALLS:
            patch.setattr(os, name, self._guarded(getattr(os, name), name))

    def _guarded(self, real: Any, name: str) -> Any:
        def call(*args: Any, **options: Any) -> Any:
            if self._left <= 0:
                raise Cut
            if name in ("write", "ftruncate", "fsync") and not self._is_ours(args[0]):
                return real(*args, **options)
            self._left -= 1
            found = real(*args, **options)
            if name == "fsync":
                self._note(args[0])
            return found

        return call

    def _is_ours(self, descriptor: int) -> bool:
        return os.readlink(f"/proc/self/fd/{descriptor}").startswith(str(self._folder))

    def _note(self, descriptor: int) -> None:
        status = os.fstat(descriptor)
        if os.path.isfile(f"/proc/self/fd/{descriptor}"):
            self._flushed[status.st_ino] = Path(f"/proc/self/fd/{descriptor}").read_bytes()

    def lose(self) -> None:
        """What is left on the disk when the power comes back."""
        for path in self._folder.iterdir():
            now, flushed = path.read_bytes(), self._flushed.get(path.stat().st_ino, b"")
            if now.startswith(flushed) and now != flushed and path.suffix in (".part", ".journal"):
                kept = self._chance.choice([len(flushed), self._chance.randint(len(flushed), len(now)), len(now)])
                rest = self._chance.choice([b"", b"\0" * (len(now) - kept)])
                path.write_bytes(now[:kept] + rest)


@pytest.mark.skipif(sys.platform != "linux", reason="looks at the descriptors of Linux")
@pytest.mark.usefixtures("plainly")
@pytest.mark.parametrize("suffix", ["jsonl", "csv"])
def test_a_power_cut_at_any_call_loses_and_doubles_nothing(
    suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "COMMIT_BYTES", 3_000)
    folder = tmp_path / "here"
    folder.mkdir()
    source = table(tmp_path, 16)
    expected = tmp_path / f"expected.{suffix}"
    run(planned(tmp_path, source, out=expected.name))
    cuts = 0
    for after in range(1, 1000):
        shutil.rmtree(folder)
        folder.mkdir()
        plan = planned(folder, source, out=f"out.{suffix}", resume=True)
        done = False
        for calls in (after, after // 2 + 1):  # cut, go on, and cut again
            with monkeypatch.context() as patch:
                mains = Mains(patch, folder, calls, seed=after)
                try:
                    run(plan)
                    done = calls == after
                except Cut:
                    cuts += 1
                    mains.lose()
        run(plan)
        assert (folder / plan.out.name).read_bytes() == expected.read_bytes(), after
        if done:
            break
        assert sorted(path.name for path in folder.iterdir()) == [plan.out.name], after
    assert cuts > 30


def test_a_killed_run_goes_on_and_gives_what_an_undisturbed_one_gives(tmp_path: Path) -> None:
    chance = random.Random(0)
    source = table(tmp_path, 600)
    plan = planned(tmp_path, source, out="expected.csv", jobs=1)
    run(plan)
    expected = plan.out.read_bytes()
    whole = len(expected) * 3  # rows of JSON are longer than lines of CSV
    out = tmp_path / "out.csv"
    rows, _ = checkpoint.paths(out)
    often = "import mglabel.batch.run as r, mglabel.batch.crew as c; r.COMMIT_SECONDS = 0.02; c.CHUNK_ITEMS = 8"
    killed, marks = 0, set[int]()
    while killed < KILLS:
        begun = rows.stat().st_size if rows.exists() else 0
        process = shell(source, "--out", out, "--jobs", "1", "--resume", before=often)
        # Some rows later, or at once, or when it has read them all and makes the finished file.
        written = begun + chance.uniform(0.01, 0.5) * whole if chance.random() < 0.9 else 0
        while process.poll() is None and (rows.stat().st_size if rows.exists() else 0) < written:
            time.sleep(0.001)
        time.sleep(chance.expovariate(20))
        process.kill()
        process.communicate()
        killed += process.returncode == -signal.SIGKILL
        found = checkpoint.found(out)
        marks.add(found.mark.items if found else 0)
        if process.returncode != -signal.SIGKILL:  # it came to its end
            assert out.read_bytes() == expected
            out.unlink()
    last = shell(source, "--out", out, "--jobs", "1", "--resume")
    said = last.communicate()
    assert last.returncode == 2, said
    assert out.read_bytes() == expected
    assert len(marks) > KILLS // 3  # they met it in different places
    assert sorted(path.name for path in tmp_path.iterdir()) == ["expected.csv", "in.jsonl", "out.csv"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_says_how_to_go_on(number: signal.Signals, tmp_path: Path) -> None:
    source = table(tmp_path, 20_000)
    out = tmp_path / "out.jsonl"
    process = shell(source, "--out", out, before="import mglabel.batch.run as r; r.COMMIT_SECONDS = 0.03")
    rows, journal = checkpoint.paths(out)
    while not journal.exists() or journal.read_bytes().count(b"\n") < 3:
        assert process.poll() is None, process.communicate()
        time.sleep(0.02)
    process.send_signal(number)
    printed, said = process.communicate(timeout=30)
    assert (process.returncode, printed) == (130, "")
    found = checkpoint.found(out)
    assert found is not None
    assert said == (
        f"mglabel: stopped: {found.mark.items:,} labels are done and kept in {rows};"
        " go on with the same command and --resume\n"
    )
    assert rows.stat().st_size == found.mark.bytes
    assert [row["id"] for row in rows_of(rows)] == [f"p{at}" for at in range(found.mark.items)]


@pytest.mark.skipif(os.name != "posix", reason="limits of POSIX")
def test_on_a_full_disk_the_rows_already_written_stay_valid(tmp_path: Path) -> None:
    source = table(tmp_path, 300)
    out = tmp_path / "out.jsonl"
    full = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))"
    often = "import mglabel.batch.run as r; r.COMMIT_BYTES = 5_000; "
    process = shell(source, "--out", out, before=often + full)
    said = process.communicate()[1]
    assert process.returncode == 2
    assert "File too large: " in said
    assert "--resume" in said
    rows, _ = checkpoint.paths(out)
    kept = rows_of(rows)
    assert 20 < len(kept) < 300
    assert [row["id"] for row in kept] == [f"p{at}" for at in range(len(kept))]
    assert not out.exists()
    again = shell(source, "--out", out, "--resume")
    assert f"going on after {len(kept)} labels" in again.communicate()[1]
    assert [row["id"] for row in rows_of(out)] == [f"p{at}" for at in range(300)]


@pytest.fixture
def halted(tmp_path: Path, plainly: None) -> Plan:
    """A plan whose run was stopped after some labels."""
    plan = planned(tmp_path, table(tmp_path, 50), resume=True)
    calls = iter(range(1000))
    with pytest.raises(Halted, match="20 labels are done"):
        run(plan, stopping=lambda: next(calls) >= 20)
    return plan


def going_on(plan: Plan) -> list[str]:
    said: list[str] = []
    run(plan, say=said.append)
    assert [row["id"] for row in rows_of(plan.out)] == [f"p{at}" for at in range(50)]
    return said


def test_a_stopped_run_goes_on(halted: Plan) -> None:
    assert going_on(halted) == ["going on after 20 labels that are done"]


def test_a_stopped_run_is_not_thrown_away_by_mistake(halted: Plan) -> None:
    import msgspec

    plain = msgspec.structs.replace(halted, resume=False)
    with pytest.raises(MglabelError, match="holds 20 labels of a run that was stopped"):
        run(plain)
    assert going_on(msgspec.structs.replace(plain, restart=True)) == []


@pytest.mark.parametrize(
    ("options", "named"),
    [({"purpose": "sleep"}, "purpose"), ({"lang": "da"}, "report"), ({"guide": b"another"}, "guide")],
)
def test_other_options_begin_anew(options: dict[str, Any], named: str, halted: Plan) -> None:
    import msgspec

    changed = msgspec.structs.replace(halted, options=Options(**options))
    if "guide" in options:
        assert key_of(changed)["guide"] != key_of(halted)["guide"]
    else:
        assert going_on(changed) == [f"beginning anew, as another {named} gives other answers"]


def test_other_tables_or_another_version_begin_anew(halted: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "tables_hash", lambda: "others")
    monkeypatch.setattr(running, "__version__", "99")
    assert going_on(halted) == ["beginning anew, as another version and tables gives other answers"]


def test_other_inputs_begin_anew_and_more_of_them_do_not(halted: Plan, tmp_path: Path) -> None:
    path = Path(halted.inputs[0])
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([lines[0].replace("1500", "1600"), *lines[1:]]), encoding="utf-8")
    assert going_on(halted) == ["beginning anew, as another content of the inputs gives other answers"]


def test_what_comes_after_the_stop_may_change(halted: Plan) -> None:
    path = Path(halted.inputs[0])
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:40]), encoding="utf-8")
    said: list[str] = []
    run(halted, say=said.append)
    assert (len(rows_of(halted.out)), len(said)) == (40, 1)


def test_two_runs_do_not_write_the_same_output(halted: Plan) -> None:
    other = checkpoint.Checkpoint(halted.out, {}, checkpoint.found(halted.out).mark)  # type: ignore[union-attr]
    with pytest.raises(MglabelError, match="another run is writing"):
        run(halted)
    other.close()
    assert len(going_on(halted)) == 1


def test_a_torn_journal_is_read_up_to_the_tear(halted: Plan) -> None:
    _, journal = checkpoint.paths(halted.out)
    for tear in (
        b'{"items":30,"bytes":99',
        b"\0\0\0\0",
        b'{"items":1}\n',
        b'{"items":40,"bytes":99999999,"seen":""}\n',
    ):
        whole = journal.read_bytes()
        journal.write_bytes(whole + tear)
        found = checkpoint.found(halted.out)
        assert found is not None
        assert found.mark.items == 20
    assert len(going_on(halted)) == 1


@pytest.mark.parametrize(
    ("out", "said"),
    [
        ("out.xls", "suffix"),
        ("out", "suffix"),
        ("nowhere/out.csv", "no such folder"),
        (".", "suffix"),
        ("folder.csv", "this is a folder"),
    ],
)
def test_an_output_that_cannot_be_written_is_told_at_once(out: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(MglabelError, match=said):
        run(planned(tmp_path, table(tmp_path, 1), out=out))


def test_a_missing_library_is_named_before_any_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outputs.importlib.util, "find_spec", lambda _: None)
    for out, name in (("out.parquet", "pyarrow"), ("out.xlsx", "openpyxl")):
        with pytest.raises(MglabelError, match=rf"{name}: pip install 'mglabel\[batch\]'"):
            run(planned(tmp_path, table(tmp_path, 1), out=out))


def test_progress_is_for_terminals() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    for stream, quiet in ((io.StringIO(), True), (Terminal(), False)):
        progress = Progress(stream, 100)
        progress.add(50, "error", None)
        progress.add(0, None, "damaged")
        progress.clear()
        assert (stream.getvalue() == "") == quiet
        assert (progress.read, progress.warned, progress.failed) == (2, 1, 1)
        assert progress.line(20) == " 50 %  2 read, 1 warned, 1 failed  0.1/s  20 s left"


def command(*arguments: str | Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    status = main.main(["batch", *map(str, arguments)])
    printed = capsys.readouterr()
    return status, printed.out, printed.err


@pytest.mark.usefixtures("plainly")
def test_exit_status_and_closing_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fine, bad = tmp_path / "fine.txt", tmp_path / "bad.txt"
    fine.write_text(GOOD, encoding="utf-8")
    bad.write_text(OXIDE, encoding="utf-8")
    out = tmp_path / "out.csv"
    status, printed, said = command(fine, "--out", out, capsys=capsys)
    assert (status, said) == (0, "")
    assert "Grade               A 1" in printed
    assert "MG201 Within the guide's limit" in printed
    assert command(fine, bad, "--out", out, capsys=capsys)[0] == 1
    assert command(fine, bad, "--out", out, "--fail-on", "never", capsys=capsys)[0] == 0
    (tmp_path / "no.pdf").write_bytes(b"%PDF-")
    status, printed, said = command(tmp_path, "--out", out, "--lang", "da", capsys=capsys)
    assert (status, said) == (2, "")
    assert "Ikke læst               1 × damaged" in printed


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("missing.csv", "--out", "out.csv"), "no such file"),
        (("in.jsonl", "--out", "out.pdf"), "suffix"),
        (("in.jsonl", "--out", "out.csv", "--purpose", "slep"), "did you mean 'sleep'"),
        (("in.jsonl", "--out", "out.csv", "--text-column", "tekst"), "did you mean 'text'"),
        (("in.jsonl", "--out", "out.csv", "--guide", "none.toml"), "none.toml"),
        (("in.jsonl", "--out", "out.csv", "--encoding", "latin-99"), "latin-99"),
    ],
)
def test_mistakes_are_told_before_any_work(
    arguments: tuple[str, ...], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    table(tmp_path, 3)
    status, printed, told = command(*arguments, capsys=capsys)
    assert (status, printed) == (2, "")
    assert said in told
    assert [path.name for path in tmp_path.iterdir()] == ["in.jsonl"]


@pytest.mark.parametrize("wrong", [("--jobs", "0"), ("--max-seconds", "nan"), ("--max-memory", "x"), ()])
def test_wrong_options(wrong: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main.main(["batch", "x", *(("--out", "y.csv", *wrong) if wrong else ())])
    assert "see: mglabel batch --help" in capsys.readouterr().err


def test_the_page_names_every_column_and_export() -> None:
    page = (PDFS.parents[1] / "docs" / "batch.md").read_text(encoding="utf-8")
    assert [column.name for column in (*ORIGIN, MESSAGE, REPORT, FULL) if f"| `{column.name}` |" not in page] == []


def test_closing_words_of_nothing() -> None:
    outcome = running.Outcome(running.summed([]), 0, 0, 0, 0.0)
    assert closing(outcome, Path("out.csv")).splitlines()[0] == "  Labels      0"
