"""The same function in the engines that other people's tables live in: each answers as the plain loop does.

What needs an engine is marked `engines` and left out of the default run: python -m pytest -m engines
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import mglabel

HOME = Path(__file__).resolve().parents[1]
SCRIPTS = HOME / "examples" / "engines"
ENGINES = sorted(path.stem.removeprefix("with_") for path in SCRIPTS.glob("with_*.py"))
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(mglabel.__file__).parents[1]), "PYTHONIOENCODING": "utf-8"}


def run(script: str, *arguments: str) -> str:
    """What a script prints; it fails where the ways it shows differ among themselves."""
    program = [sys.executable, str(SCRIPTS / f"{script}.py"), *arguments]
    done = subprocess.run(program, capture_output=True, env=ENVIRONMENT, check=False, timeout=600)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def rows(script: str) -> list[dict[str, Any]]:
    """All columns of all fixtures, by a script."""
    return [json.loads(line) for line in run(script, str(HOME / "fixtures"), "--json").splitlines()]


def test_the_plain_loop_prints_a_table() -> None:
    head, *lines = run("plain").splitlines()
    assert head.split() == ["id", "sources", "elemental_mg_per_day_high", "grade_best", "grade_worst", "error"]
    assert ["citrate-da", "citrate", "240.0", "A", "A"] in [line.split() for line in lines]
    assert ["no-text", "unsupported-type"] in [line.split() for line in lines]


def test_the_plain_loop_is_the_loop() -> None:
    found = rows("plain")
    assert len(found) > 100
    for row in found[:20]:
        path = HOME / "fixtures" / f"{row['id']}.txt"
        columns = mglabel.check_columns([path.read_bytes()])
        assert {name: row[name] for name in columns} == {name: cells[0] for name, cells in columns.items()}


@pytest.mark.parametrize("script", ["labels", "plain", *(f"with_{engine}" for engine in ENGINES)])
def test_every_script_is_short(script: str) -> None:
    assert len((SCRIPTS / f"{script}.py").read_text(encoding="utf-8").splitlines()) < 60


def test_every_engine_has_its_script() -> None:
    assert ENGINES == ["dask", "duckdb", "pandas", "polars", "ray", "spark"]


@pytest.mark.engines
@pytest.mark.parametrize("engine", ENGINES)
def test_an_engine_answers_as_the_plain_loop_does(engine: str) -> None:
    if importlib.util.find_spec("pyspark" if engine == "spark" else engine) is None:
        pytest.skip(f"{engine} is not installed")
    if engine == "spark" and shutil.which("java") is None:
        pytest.skip("Spark needs Java")
    assert rows(f"with_{engine}") == rows("plain")
