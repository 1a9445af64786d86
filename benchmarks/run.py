"""Measure mglabel on this machine: labels a second beside two peers, time against length, and starting up.

python benchmarks/run.py            everything, two to four minutes
python benchmarks/run.py speed      only the parts named: speed, length, start
"""

from __future__ import annotations

import math
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path

HOME = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(HOME / "src"), str(HOME / "benchmarks")]

import texts  # noqa: E402

import mglabel  # noqa: E402
from mglabel.language import lexicon  # noqa: E402

ROUNDS = 5
LABELS = 600
SIZES = (1_000, 10_000, 100_000, 1_000_000, 10_000_000)
"""Each the same factor longer than the one before."""
STARTS = 15
FIRST_NUMBER = re.compile(r"(?i)magn[^\W\d]{0,20}\D{0,40}?(\d{1,6}(?:[.,]\d{1,3})?)\s?(?:mg|g)\b")
Work = Callable[[str], object]
Supply = Callable[[int, int], list[str]]
"""So many texts; others for another seed."""


def main(parts: Sequence[str]) -> int:
    """Print the tables asked for, all where none is named."""
    known: dict[str, Callable[[], None]] = {"speed": speed, "length": length, "start": start}
    for part in parts or known:
        if part not in known:
            print(f"no part is called {part!r}; there are {', '.join(known)}", file=sys.stderr)
            return 2
    print(
        f"mglabel {mglabel.__version__}, Python {platform.python_version()}, {platform.machine()}, one core, CPU time"
    )
    for part in parts or known:
        known[part]()
    return 0


def speed() -> None:
    """Labels a second on texts of about 400 bytes, beside peers on the same texts."""
    same = [*texts.repository(), *texts.labels(LABELS)]
    size = sum(len(label.encode()) for label in same) / len(same)
    print(f"\nLabels a second ({size:.0f} bytes on average; median of {ROUNDS} rounds of {LABELS} labels and more)\n")
    ours = rate(mglabel.analyze, texts.labels)
    rows: list[tuple[str, float]] = [
        ("mglabel.analyze, texts not seen before", ours),
        ("mglabel.analyze, the same texts again", rate(mglabel.analyze, always(same))),
        ("mglabel.analyze and to_json", rate(analyzed_to_json, texts.labels)),
        ("first number after magnesium (a pattern)", rate(FIRST_NUMBER.search, always(same))),
    ]
    peer = quantities()
    if peer:
        rows.append(("quantulum3 (quantities only)", rate(peer, always(same[:100]))))
    rows.append(("mglabel.analyze, no magnesium in the text", rate(mglabel.analyze, texts.unrelated)))
    table(("what", "labels/s", "µs a label", "× the first line"), [shown(*row, ours) for row in rows])
    if not peer:
        print("\nquantulum3 is not installed: pip install '.[bench]'")


def analyzed_to_json(label: str) -> str:
    """The whole way to the JSON form."""
    return mglabel.analyze(label).to_json()


def always(batch: list[str]) -> Supply:
    """A supply of the same texts in every round."""

    def supply(count: int, seed: int) -> list[str]:
        return batch

    return supply


def quantities() -> Work | None:
    """The peer's parser, None where it is not installed."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from quantulum3 import parser
    except ImportError:
        return None
    parse: Work = parser.parse
    return parse


def rate(work: Work, supply: Supply) -> float:
    """Labels a second, the median of several rounds after one to warm up."""
    found = []
    for seed in range(ROUNDS + 1):
        batch = supply(LABELS, seed)
        found.append(len(batch) / cpu(work, *batch))
    return statistics.median(found[1:])


def length() -> None:
    """Seconds against length; a slope of 1 is linear, 2 is quadratic."""
    print("\nSeconds for one text, by its length in characters (slope: from the last two; 1 is linear)\n")
    mglabel.analyze(texts.labels(1)[0])
    rows = [line(name, make) for name, make in {"ordinary labels": texts.ordinary, **texts.HOSTILE}.items()]
    table(("text", *(f"{size:,}" for size in SIZES), "slope"), rows)
    print("\nunless told to, analyze refuses texts beyond 1 MB or 60,000 words and signs")


def line(name: str, make: Callable[[int], str]) -> tuple[str, ...]:
    """One row: the seconds for each size, and the slope between the two largest."""
    seconds = [cpu(unlimited, make(size)) for size in SIZES]
    slope = math.log(seconds[-1] / seconds[-2]) / math.log(SIZES[-1] / SIZES[-2])
    return name, *(f"{second:.4f}" for second in seconds), f"{slope:.2f}"


def unlimited(text: str) -> object:
    """Read a text that is longer than `analyze` reads unless told to."""
    return mglabel.analyze(text, max_bytes=sys.maxsize, max_tokens=sys.maxsize)


def start() -> None:
    """What starting costs, in processes of their own, on the clock; the least disturbed (lowest quarter) counts."""
    label = texts.labels(1)[0]
    if lexicon.stored(lexicon.digest_of_sources()) is None:
        lexicon.store()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "label.txt"
        path.write_text(label, encoding="utf-8")
        bare = process("-c", "pass")
        rows = [
            ("import mglabel", process("-c", "import mglabel")),
            ("import and analyze", process("-c", f"import mglabel; mglabel.analyze({label!r})")),
            ("mglabel check label.txt", process("-m", "mglabel", "check", "--fail-on", "never", str(path))),
            ("mglabel check --format json", process("-m", "mglabel", "check", "--format", "json", str(path))),
            ("mglabel elemental 500 mg citrate", process("-m", "mglabel", "elemental", "500", "mg", "citrate")),
        ]
    print(f"\nStarting (ms on the clock, lowest quarter of {STARTS}; bare Python {bare:.0f} ms)\n")
    table(("what", "ms", "above bare Python"), [(name, f"{ms:.0f}", f"{ms - bare:.0f}") for name, ms in rows])


def process(*arguments: str) -> float:
    """Milliseconds that a Python process takes."""
    found = []
    for _ in range(STARTS):
        begun = time.perf_counter()
        subprocess.run([sys.executable, *arguments], env={"PYTHONPATH": str(HOME / "src")}, stdout=subprocess.DEVNULL)
        found.append((time.perf_counter() - begun) * 1000)
    return statistics.quantiles(found, n=4)[0]


def cpu(work: Work, *batch: str) -> float:
    """Seconds of this process's own time, which other programs on the machine disturb little."""
    begun = time.process_time()
    for text in batch:
        work(text)
    return max(time.process_time() - begun, 1e-9)


def shown(what: str, per_second: float, first: float) -> tuple[str, ...]:
    """One row of rates."""
    return what, f"{per_second:,.0f}", f"{1e6 / per_second:,.1f}", f"{per_second / first:.2f}"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows as a Markdown table with aligned columns."""
    widths = [max(len(row[at]) for row in (head, *rows)) for at in range(len(head))]
    for row in (head, ["-" * width for width in widths], *rows):
        print("| " + " | ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)) + " |")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
