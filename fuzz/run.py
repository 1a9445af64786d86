"""Fuzz one target for so many seconds: `python fuzz/run.py TARGET --seconds N`; needs the extra `fuzz`, or `--blind`.

What fails is written to the folder of findings, and the run goes on to the end of its time; the exit status tells.
With `--inputs N` it ends after so many, with `--blind` the same ones each time: a check of the code, no matter of luck.
`python fuzz/run.py TARGET --again FILE` reads one such file again.
"""

from __future__ import annotations

import argparse
import importlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
TARGETS = ("analyze", "lexer", "tables", "html", "pdf", "reports")
_EXECUTED = re.compile(r"^stat::number_of_executed_units: (\d+)", re.MULTILINE)
_STATUS = re.compile(r"^#(\d+)\s.*?cov: (\d+) ft: (\d+)", re.MULTILINE)
MOST_FINDINGS = 20
"""A target that fails so often needs no more failures but a repair."""
GRACE = 300.0
"""How long after its time a run is ended from outside."""


class Round(NamedTuple):
    """What one process did until its time was over or something failed."""

    executed: int
    edges: int
    failed: bool


def main() -> int:
    """Run one target, process after process, until its time is over; 1 where something was found."""
    asked = _asked()
    if asked.again is not None:
        importlib.import_module(f"targets.{asked.target}").check(Path(asked.again).read_bytes())
        return 0
    folder = Path(asked.out or tempfile.mkdtemp(prefix="fuzz-"))
    corpus, findings = folder / "corpus", folder / "findings"
    corpus.mkdir(parents=True, exist_ok=True)
    findings.mkdir(exist_ok=True)
    begun = time.monotonic()
    rounds: list[Round] = []
    while (left := asked.seconds - (time.monotonic() - begun)) > 0 and sum(r.failed for r in rounds) < MOST_FINDINGS:
        rounds.append(_round(asked, max(1, round(left)), corpus, findings, asked.seed + len(rounds)))
        if asked.inputs:
            break
    edges = "" if asked.blind else f"{max(r.edges for r in rounds):,} edges, "
    print(
        f"{asked.target}: {sum(r.executed for r in rounds):,} inputs in {(time.monotonic() - begun) / 60:.1f} minutes, "
        f"{edges}{sum(r.failed for r in rounds)} failures"
    )
    found = sorted(findings.iterdir())
    for path in found:
        print(f"  {path} ({path.stat().st_size} bytes)")
    if found or any(r.failed for r in rounds):
        return 1
    if asked.out is None:
        shutil.rmtree(folder)
    return 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--inputs", type=int, default=0, help="end after so many, or at the first that fails")
    parser.add_argument("--out", help="the folder of the corpus and of what is found; a new temporary one without it")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--blind", action="store_true", help="by chance alone, without libFuzzer")
    parser.add_argument("--again", metavar="FILE", help="read one input only")
    return parser.parse_args()


def _round(asked: argparse.Namespace, seconds: int, corpus: Path, findings: Path, seed: int) -> Round:
    """One process; it ends at the first failure."""
    command = [
        sys.executable,
        str(HERE / "process.py"),
        asked.target,
        str(corpus),
        f"-max_total_time={seconds}",
        f"-artifact_prefix={findings}{os.sep}",
        f"-seed={seed}",
        "-timeout=60",
        "-report_slow_units=60",
        "-rss_limit_mb=3000",
        "-print_final_stats=1",
        *([f"-runs={asked.inputs}"] if asked.inputs else []),
        *(["-blind=1"] if asked.blind else []),
    ]
    same_order = {**os.environ, "PYTHONHASHSEED": str(seed)}  # of sets, so that a run can be had again
    with tempfile.TemporaryFile("w+", errors="replace") as log:
        try:
            ended = subprocess.run(
                command,
                env=same_order,
                stdout=log,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                timeout=seconds + GRACE,
            )
            code: int | None = ended.returncode
        except subprocess.TimeoutExpired:
            code = None
        log.seek(0)
        said = log.read()
    if code != 0:
        print(*_tail(said), sep="\n", flush=True)
    executed = [int(count) for count in _EXECUTED.findall(said)]
    status = [(int(count), int(edges)) for count, edges, _ in _STATUS.findall(said)]
    last = status[-1] if status else (0, 0)
    return Round(executed[-1] if executed else last[0], last[1], code != 0)


def _tail(said: str, most: int = 60) -> Iterator[str]:
    """The end of a log, where it says what failed."""
    lines = said.splitlines()
    yield from (line[:500] for line in lines[-most:])


if __name__ == "__main__":
    sys.exit(main())
