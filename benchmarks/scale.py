"""What a label costs on data frames and engines, and what a catalogue of ten million comes to in core hours.

python benchmarks/scale.py             the table, from the figures that were measured last (scale.json beside this file)
python benchmarks/scale.py --measure   measure on this machine, one core, CPU time, and keep the figures; a minute or so
"""

from __future__ import annotations

import json
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "src"), str(HERE)]

KEPT = HERE / "scale.json"
ROUNDS = 7
LABELS = 600
CATALOGUES = {"a shop": 200_000, "a large shop": 1_000_000, "a marketplace": 10_000_000}
CORES = (8, 64)
MS_AN_HOUR = 3_600_000


def main(arguments: Sequence[str]) -> int:
    """Measure if asked, then print the table."""
    if "--measure" in arguments:
        KEPT.write_text(json.dumps(measured(), indent=2) + "\n", encoding="utf-8")
    kept = json.loads(KEPT.read_text(encoding="utf-8"))
    print(f"mglabel {kept['version']}, Python {kept['python']}, {kept['machine']}: CPU time of one core")
    for name, told in COSTS.items():
        print(f"  {kept[name]:>8.3f} ms  {told}")
    print(f"  {kept['start_ms']:>8.0f} ms  {START}\n")
    hours = " ".join(f"{f'on {cores} cores':>13}" for cores in CORES)
    print(f"{'labels':>10}  {'':<14} {'core hours':>10} {hours}")
    for catalogue, labels in CATALOGUES.items():
        core_hours = labels * kept["batches_ms"] / MS_AN_HOUR
        clock = " ".join(f"{clocked(core_hours / cores):>13}" for cores in CORES)
        print(f"{labels:>10,}  {catalogue:<14} {core_hours:>10.2f} {clock}")
    return 0


COSTS = {
    "loop_ms": "a label, by a bare loop over mglabel.analyze",
    "columns_ms": "a label, by mglabel.check_columns",
    "batches_ms": "a label, by mglabel.arrow.check_batches, Arrow in and out",
    "other_ms": "a text that does not mention magnesium, by check_batches",
}
START = "once in each worker process: importing and reading the tables"


def measured() -> dict[str, object]:
    """The figures of this machine, now: of each cost the middle round, the rounds of all taken in turn."""
    import pyarrow as pa
    import texts

    import mglabel
    import mglabel.arrow

    def batches(labels: list[str]) -> None:
        for _ in mglabel.arrow.check_batches(pa.table({"text": labels})):
            pass

    def loop(labels: list[str]) -> None:
        for label in labels:
            mglabel.analyze(label)

    ways: dict[str, tuple[Callable[[list[str]], object], Callable[[int, int], list[str]]]] = {
        "loop_ms": (loop, texts.labels),
        "columns_ms": (mglabel.check_columns, texts.labels),
        "batches_ms": (batches, texts.labels),
        "other_ms": (batches, texts.unrelated),
    }
    batches(texts.labels(LABELS, 1))
    rounds = [
        {name: cost(work, supply(LABELS, 100 * at + seed)) for seed, (name, (work, supply)) in enumerate(ways.items())}
        for at in range(1, ROUNDS + 1)
    ]
    return {
        "version": mglabel.__version__,
        "python": platform.python_version(),
        "machine": platform.machine(),
        "label_bytes": round(statistics.mean(len(label.encode()) for label in texts.labels(LABELS))),
        **{name: round(statistics.median(one[name] for one in rounds), 4) for name in ways},
        "start_ms": start(),
    }


def cost(work: Callable[[list[str]], object], labels: list[str]) -> float:
    """CPU milliseconds a label, on labels that were not seen before."""
    begun = time.process_time()
    work(labels)
    return (time.process_time() - begun) * 1000 / len(labels)


def start() -> float:
    """CPU milliseconds from a bare interpreter to the first answer, the middle of some."""
    code = "import time; b = time.process_time(); import mglabel.arrow; "
    code += "mglabel.check_columns(['Magnesium 100 mg']); print((time.process_time() - b) * 1000)"
    command = [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(HERE.parent / 'src')!r}); {code}"]
    runs = [float(subprocess.run(command, capture_output=True, check=True).stdout) for _ in range(ROUNDS)]
    return round(statistics.median(runs), 1)


def clocked(hours: float) -> str:
    """A time as a person would say it."""
    seconds = hours * 3600
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.0f} min" if seconds < 7200 else f"{hours:.1f} h"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
