"""`mglabel check` with its formats and files: where reports go, and that a file is whole or not there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from mglabel.cli import outputs
from mglabel.cli.main import main
from report_pages import LABELS, Page

FIXTURES = Path(__file__).parents[1] / "fixtures" / "pdf"


@pytest.fixture
def labels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with some labels, and a file that is none."""
    for name in ("good", "open", "several"):
        (tmp_path / f"{name}.txt").write_text(LABELS[name], encoding="utf-8")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "good.txt").write_text(LABELS["beyond"], encoding="utf-8")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def check(*arguments: str) -> int:
    return main(["check", "--fail-on", "never", *arguments])


def test_a_page_into_a_file(labels: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert check("--format", "html", "--out", "report.html", "good.txt") == 0
    Page((labels / "report.html").read_text(encoding="utf-8"))
    assert capfdbinary.readouterr() == (b"", b"")
    assert sorted(path.name for path in labels.iterdir() if path.name.startswith(".")) == []


def test_a_page_to_standard_output(labels: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert check("--format", "html", "--lang", "da", "good.txt") == 0
    Page(capfdbinary.readouterr().out.decode())


def test_many_pages_go_into_a_folder(labels: Path) -> None:
    files = ["good.txt", "open.txt", "sub/good.txt", "broken.pdf"]
    assert check("--format", "html", "--out", "reports", *files) == 2
    assert sorted(path.name for path in (labels / "reports").iterdir()) == ["good-2.html", "good.html", "open.html"]
    assert "beyond" not in (labels / "reports" / "good.html").read_text(encoding="utf-8")


def test_the_products_of_a_catalogue_go_into_a_folder(labels: Path) -> None:
    assert check("--format", "html", "--catalogue", "--out", "reports", "several.txt") == 0
    assert sorted(path.name for path in (labels / "reports").iterdir()) == ["several-2.html", "several.html"]


def test_many_pages_without_a_folder_are_refused(labels: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check("--format", "html", "good.txt", "open.txt") == 2
    assert "--out" in capsys.readouterr().err


def test_a_page_into_a_folder_that_is_there(labels: Path) -> None:
    assert check("--format", "html", "--out", "sub", "open.txt") == 0
    assert (labels / "sub" / "open.html").exists()
    assert check("--format", "html", "--out", "new/", "open.txt") == 0
    assert (labels / "new" / "open.html").exists()


def test_a_page_holds_the_pages_of_its_pdf(labels: Path) -> None:
    assert check("--format", "html", "--out", "leaflet.html", str(FIXTURES / "leaflet-dose-on-page-two-sv.pdf")) == 0
    page = Page((labels / "leaflet.html").read_text(encoding="utf-8"))
    assert [img["src"][:22] for img in page.all("img") if img["src"]] == ["data:image/png;base64,"] * 3


@pytest.mark.parametrize("kind", ["text", "json", "jsonld", "sarif", "github"])
def test_a_file_holds_what_would_be_printed(kind: str, labels: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    files = ["good.txt", "open.txt", "broken.pdf"]
    assert check("--format", kind, *files) == 2
    printed = capfdbinary.readouterr().out
    assert check("--format", kind, "--out", "all.out", *files) == 2
    assert (labels / "all.out").read_bytes() == printed
    assert capfdbinary.readouterr().out == b""


def test_one_log_over_all_files_names_those_that_could_not_be_read(labels: Path) -> None:
    assert check("--format", "sarif", "--catalogue", "--out", "log.sarif", "good.txt", "several.txt", "broken.pdf") == 2
    (run,) = json.loads((labels / "log.sarif").read_text(encoding="utf-8"))["runs"]
    assert [artifact["location"]["uri"] for artifact in run["artifacts"]] == ["good.txt", "several.txt", "broken.pdf"]
    (notification,) = run["invocations"][0]["toolExecutionNotifications"]
    assert notification["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "broken.pdf"
    several = [r for r in run["results"] if r["locations"][0]["physicalLocation"]["artifactLocation"]["index"] == 1]
    assert max(r["locations"][0]["physicalLocation"].get("region", {}).get("startLine", 0) for r in several) > 8


def test_remarks_for_a_review(labels: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert check("--format", "github", "good.txt", "broken.pdf") == 2
    lines = capfdbinary.readouterr().out.decode().splitlines()
    assert lines[0].startswith("::notice file=good.txt,line=1,")
    assert lines[-1].startswith("::error file=broken.pdf::")


def test_a_file_is_replaced_whole_or_left_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "report.html"
    target.write_text("before")
    target.chmod(0o640)

    def fails(*_: Any) -> None:
        raise OSError("no space")

    with monkeypatch.context() as patched:
        patched.setattr(outputs.os, "replace", fails)
        with pytest.raises(OSError, match="no space"):
            outputs.write_whole(target, b"after")
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]
    assert target.read_text() == "before"
    outputs.write_whole(target, b"after")
    assert target.read_text() == "after"
    if os.name == "posix":
        assert target.stat().st_mode & 0o777 == 0o640
        link = tmp_path / "link.html"
        link.symlink_to(target)
        outputs.write_whole(link, b"through a link")
        assert link.is_symlink()
        assert target.read_text() == "through a link"
        outputs.write_whole(Path(os.devnull), b"nowhere")
        assert not Path(os.devnull).is_file()


def test_a_folder_that_is_not_there_is_named(labels: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check("--format", "html", "--out", "nowhere/report.html", "good.txt") == 2
    assert "nowhere" in capsys.readouterr().err


def test_a_report_as_text_loads_no_templates(labels: Path) -> None:
    code = "import sys; from mglabel.cli.main import main; main(['check', 'good.txt']); print('jinja2' in sys.modules)"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout.splitlines()[-1] == "False"
