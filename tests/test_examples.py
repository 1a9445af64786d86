"""The examples run, say what they should, and stay short."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

import mglabel

HOME = Path(__file__).resolve().parents[1]
EXAMPLES = sorted((HOME / "examples").glob("*.py"))
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(mglabel.__file__).parents[1]), "PYTHONIOENCODING": "utf-8"}


def run(name: str, *arguments: str) -> str:
    """What an example prints; it must succeed and complain of nothing."""
    program = [sys.executable, str(HOME / "examples" / name), *arguments]
    done = subprocess.run(program, capture_output=True, env=ENVIRONMENT, check=False)
    assert (done.returncode, done.stderr.decode()) == (0, "")
    return done.stdout.decode()


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_is_short_and_runs(example: Path) -> None:
    assert len(example.read_text(encoding="utf-8").splitlines()) < 40
    assert run(example.name)


def test_calculator() -> None:
    assert "59.5 mg" in run("calculator.py", "500 mg", "magnesium citrate nonahydrate")
    assert len(run("calculator.py").splitlines()) == 5


def test_folder_to_csv(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("Per tablet: magnesium (as citrate) 100 mg. 1 tablet daily.", encoding="utf-8")
    (tmp_path / "scan.txt").write_bytes(b"%PDF-1.7")
    good, scan = csv.DictReader(io.StringIO(run("folder_to_csv.py", str(tmp_path))))
    assert (good["file"], good["sources"], good["elemental_mg_per_day_low"]) == ("good.txt", "citrate", "100.0")
    assert (scan["file"], scan["sources"], scan["error"]) == ("scan.txt", "", "unsupported-type")


def test_badge() -> None:
    assert run("badge.py").splitlines()[0] == "A | 200 mg | bisglycinate"
    assert "oxid" in run("badge.py", str(HOME / "examples" / "labels" / "bisglycinate-en.txt"), "da")


def test_other_guide() -> None:
    first, second = run("other_guide.py").splitlines()
    assert first.startswith("2025-11: grade A")
    assert second.startswith("stricter: grade B")
    assert "250 mg" in second
