"""Measure `mglabel batch`: rows a second on one and two workers beside a bare loop, and a run of a million rows.

python benchmarks/batch.py [speed] [million [ROWS]]
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "src")]

import texts  # noqa: E402

import mglabel  # noqa: E402
from mglabel.batch.run import Plan, run  # noqa: E402

ROWS = 20_000
MILLION = 1_000_000
SHELF, SHOPS = 5_000, 5
"""In the long run so many different labels come again so many times, as the same products do in the feeds of shops."""
PAGE = resource.getpagesize()


class Cost(NamedTuple):
    """What something took: seconds on the clock, and of computing here and in worker processes."""

    wall: float
    here: float
    workers: float


def main(arguments: list[str]) -> int:
    parts = [one for one in arguments if not one.isdigit()] or ["speed"]
    rows = next((int(one) for one in arguments if one.isdigit()), None)
    if "speed" in parts:
        speed(rows or ROWS)
    if "million" in parts:
        million(rows or MILLION)
    return 0


def speed(count: int) -> None:
    """Text rows: a bare loop over `analyze`, the same with flat columns, and batch runs."""
    labels = texts.labels(count)
    mglabel.check_columns(labels[:500])
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "labels.jsonl"
        source.write_text("".join(json.dumps({"text": text}) + "\n" for text in labels), encoding="utf-8")
        found = [
            ("bare loop over analyze", cost(lambda: [mglabel.analyze(text) for text in labels] and None)),
            ("check_columns", cost(lambda: mglabel.check_columns(labels) and None)),
            *(
                (f"batch, --jobs {jobs}, to {suffix}", cost(lambda j=jobs, s=suffix: batch(source, j, s)))
                for jobs, suffix in ((1, "jsonl"), (2, "jsonl"), (2, "csv"))
            ),
        ]
    bare = found[0][1]
    print(f"\n{count:,} different labels of about {texts.LABEL_BYTES} bytes; load {os.getloadavg()[0]:.1f} on")
    print(f"{os.cpu_count()} processors. Computing time tells more than the clock where others are at work.\n")
    head = ("what", "rows/s", "ms/label, computing", "of it workers", "of it here", "beside the bare loop")
    table(head, [row(name, one, bare, count) for name, one in found])


def row(name: str, one: Cost, bare: Cost, count: int) -> tuple[str, ...]:
    whole, loop = one.here + one.workers, bare.here + bare.workers
    each = (f"{seconds / count * 1000:.3f}" for seconds in (whole, one.workers, one.here))
    return name, f"{count / one.wall:,.0f}", *each, f"{whole / loop - 1:+.1%}"


def batch(source: Path, jobs: int, suffix: str) -> None:
    run(Plan((str(source),), source.with_name(f"out.{suffix}"), jobs=jobs))


def cost(work: Callable[[], None]) -> Cost:
    before = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    begun = time.perf_counter()
    work()
    wall = time.perf_counter() - begun
    after = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    here, workers = (b.ru_utime + b.ru_stime - a.ru_utime - a.ru_stime for a, b in zip(before, after, strict=True))
    return Cost(wall, here, workers)


def million(count: int) -> None:
    """A long table made of the labels of the repository, run from the command line, with its memory looked at."""
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder) / "feed.csv", Path(folder) / "results.parquet"
        with source.open("w", encoding="utf-8") as stream:
            stream.write("id,text\n")
            stream.writelines(islice(feed(count), count))
        size = source.stat().st_size
        command = [sys.executable, "-m", "mglabel", "batch", str(source), "--out", str(out), "--fail-on", "never"]
        begun = time.perf_counter()
        process = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(HERE.parent / "src")})
        peaks = Peaks(process.pid)
        status = process.wait()
        seconds = time.perf_counter() - begun
        peaks.stop()
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"\n{count:,} rows ({size / 1e6:,.0f} MB), each label {SHOPS} times within {SHELF * SHOPS:,} rows;")
    print(f"exit status {status}, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors\n")
    rows = [
        ("rows a second", f"{count / seconds:,.0f}"),
        ("seconds", f"{seconds:,.0f}"),
        ("computing, ms a row", f"{(used.ru_utime + used.ru_stime) / count * 1000:.3f}"),
        *((f"peak memory of the first process, at {part}, MB", f"{mib:,.0f}") for part, mib in peaks.quarters()),
        ("peak memory of all processes together, MB", f"{peaks.most_of_all:,.0f}"),
    ]
    table(("what", "measured"), rows)


def feed(count: int) -> Iterator[str]:
    """Rows of CSV: every label of the repository over and over, each time with another lot and pack."""
    known = texts.repository()
    for at in range(count):
        product = at // (SHELF * SHOPS) * SHELF + at % SHELF
        text = f"{known[product % len(known)].strip()}\nLot {product}"
        yield f'{at},"{text.replace(chr(34), chr(34) * 2)}"\n'


class Peaks:
    """Looks at the memory of a process and its children while it runs."""

    def __init__(self, pid: int) -> None:
        self.most_of_all = 0.0
        self._seen: list[float] = []
        self._pid = pid
        self._goes_on = True
        self._thread = threading.Thread(target=self._look)
        self._thread.start()

    def stop(self) -> None:
        """Look no more."""
        self._goes_on = False
        self._thread.join()

    def quarters(self) -> list[tuple[str, float]]:
        """The peak in each quarter of the time: flat memory has the same in all."""
        step = max(1, len(self._seen) // 4)
        parts = [self._seen[at * step : (at + 1) * step] for at in range(4)]
        return [(f"quarter {number}", max(part)) for number, part in enumerate(parts, start=1) if part]

    def _look(self) -> None:
        while self._goes_on:
            pids = [self._pid, *children(self._pid)]
            sizes = [size for pid in pids if (size := resident(pid))]
            if sizes:
                self._seen.append(sizes[0])
                self.most_of_all = max(self.most_of_all, sum(sizes))
            time.sleep(0.5)


def children(pid: int) -> list[int]:
    try:
        found = [path.read_text(encoding="ascii") for path in Path(f"/proc/{pid}/task").glob("*/children")]
    except OSError:
        return []
    return [int(one) for line in found for one in line.split()]


def resident(pid: int) -> float:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * PAGE / 1e6
    except (OSError, IndexError):
        return 0.0


def table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    """Print rows as a Markdown table with aligned columns."""
    widths = [max(len(row[at]) for row in (head, *rows)) for at in range(len(head))]
    for line in (head, tuple("-" * width for width in widths), *rows):
        print("| " + " | ".join(f"{cell:<{width}}" for cell, width in zip(line, widths, strict=True)) + " |")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
