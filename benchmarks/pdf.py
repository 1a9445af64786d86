"""Measure the reading of PDF files: beside pdfplumber, long catalogues, memory against length, and the worker.

python benchmarks/pdf.py            everything, two to four minutes
python benchmarks/pdf.py pages      only the parts named: pages, catalogue, memory, worker
"""

from __future__ import annotations

import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path

HOME = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(HOME / "src"), str(HOME / "benchmarks")]

import logging  # noqa: E402

from run import table  # noqa: E402

import mglabel  # noqa: E402
from mglabel.documents.limits import Limits  # noqa: E402
from mglabel.documents.pdf.reader import read_pdf  # noqa: E402
from mglabel.language.mention import mentions_magnesium  # noqa: E402

ROUNDS = 5
CATALOGUE, SHARE = 200, 20
"""Pages of the catalogue, and every how many of them is about magnesium."""
LENGTHS = (100, 1_000)
SMALL_FILES = 100
UNLIMITED = Limits(max_pages=5_000, max_chars=50_000_000, wall_seconds=3_600, memory_bytes=8 << 30, max_pictures=0)
FIXTURES = HOME / "fixtures" / "pdf"


def main(parts: Sequence[str]) -> int:
    """Print the tables asked for, all where none is named."""
    known: dict[str, Callable[[], None]] = {
        "pages": pages,
        "catalogue": catalogue,
        "memory": memory,
        "worker": worker,
    }
    for part in parts or known:
        if part not in known:
            print(f"no part is called {part!r}; there are {', '.join(known)}", file=sys.stderr)
            return 2
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    print(f"mglabel {mglabel.__version__}, Python {platform.python_version()}, {platform.machine()}, one core")
    for part in parts or known:
        known[part]()
    return 0


def pages() -> None:
    """Milliseconds a page beside pdfplumber's own text, on the files that both can read."""
    files = {file.stem: data for file in sorted(FIXTURES.glob("*.pdf")) if readable(data := file.read_bytes())}
    rows, all_ours, all_theirs = [], 0.0, 0.0
    for name, data in files.items():
        count = page_count(data)
        ours, theirs = fastest(lambda data=data: ours_of(data)), fastest(lambda data=data: theirs_of(data))
        all_ours, all_theirs = all_ours + ours, all_theirs + theirs
        rows.append((name, str(count), *compared(ours / count, theirs / count)))
    rows.sort(key=lambda row: float(row[-1]))
    shown = [*rows[:3], ("…", "", "", "", ""), *rows[-5:]]
    print(f"\nMilliseconds a page, CPU time, the fastest of {ROUNDS} ({len(files)} fixtures; limit 1.15)\n")
    head = ("file", "pages", "mglabel's read_pdf", "pdfplumber's extract_text", "ratio")
    table(head, [*shown, ("all files, whole", "", *compared(all_ours, all_theirs))])


def readable(data: bytes) -> bool:
    """Whether both read a file."""
    try:
        ours_of(data)
        theirs_of(data)
    except Exception:
        return False
    return True


def page_count(data: bytes) -> int:
    import pdfplumber

    with pdfplumber.open(BytesIO(data)) as pdf:
        return len(pdf.pages)


def ours_of(data: bytes) -> object:
    """The text of a file as mglabel reads it."""
    return read_pdf(data, mentions_magnesium, limits=UNLIMITED)


def theirs_of(data: bytes) -> object:
    """The text of a file as pdfplumber gives it, page by page."""
    import pdfplumber

    texts = []
    with pdfplumber.open(BytesIO(data)) as pdf:
        for page in pdf.pages:
            texts.append(page.extract_text())
            page.close()
    return texts


def catalogue() -> None:
    """A long catalogue of which few pages matter, without and with magnesium stearate on every third page."""
    made, with_stearate = made_catalogue(CATALOGUE, SHARE), made_catalogue(CATALOGUE, SHARE, stearate=True)
    if made is None or with_stearate is None:
        return
    works: list[tuple[str, int, Callable[[], object]]] = [
        ("pdfplumber's extract_text, all pages", CATALOGUE, lambda: theirs_of(made)),
        ("read_pdf, all pages", CATALOGUE, lambda: read_pdf(made, everything, limits=UNLIMITED)),
        ("read_pdf, pages that matter", laid_out(made), lambda: ours_of(made)),
        ("the same, stearate on every third page", laid_out(with_stearate), lambda: ours_of(with_stearate)),
        ("pdfium's text only, all pages", 0, lambda: skimmed(made)),
    ]
    seconds = [fastest(work, rounds=2) for *_, work in works]
    print(f"\nA catalogue of {CATALOGUE} pages, every {SHARE}th about magnesium (aim: 5 times as fast as all pages)\n")
    rows = [
        (name, str(count), f"{took:.2f}", f"{seconds[0] / took:.1f}")
        for (name, count, _), took in zip(works, seconds, strict=True)
    ]
    table(("what", "pages laid out", "s", "times as fast as the first"), rows)


def laid_out(data: bytes) -> int:
    """How many pages of a file are read in full."""
    return len(read_pdf(data, mentions_magnesium).pages)


def skimmed(data: bytes) -> list[str]:
    """The text of all pages as pdfium gives it."""
    from mglabel.documents.pdf.skim import page_texts
    from mglabel.documents.pdf.skim import skimmed as opened

    with opened(data, None) as document:
        return [] if document is None else list(page_texts(document, range(1, len(document) + 1)))


def everything(text: str) -> bool:
    """Whether a text matters, where all do."""
    return True


def made_catalogue(count: int, share: int, stearate: bool = False) -> bytes | None:
    """A catalogue with a product a page; None where reportlab is missing."""
    try:
        from reportlab.pdfgen.canvas import Canvas
    except ImportError:
        print("\nreportlab is not installed: pip install '.[bench]'")
        return None
    made = BytesIO()
    canvas = Canvas(made, pagesize=(595, 842))
    for number in range(1, count + 1):
        canvas.setFont("Helvetica-Bold", 18)
        for at, (text, amount) in enumerate(product(number, number % share == 0, stearate)):
            canvas.drawString(60, 780 - 17 * at, text)
            canvas.drawRightString(500, 780 - 17 * at, amount)
            canvas.setFont("Helvetica", 10)
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def product(number: int, of_magnesium: bool, stearate: bool) -> list[tuple[str, str]]:
    """The lines of one page: what stands left, and what right."""
    name = "Magnesium Citrate" if of_magnesium else ("Zinc", "Iodine", "Turmeric", "Iron", "Vitamin C")[number % 5]
    facts = [(f"Ingredient {at} of the {number % 7 + 1}. kind", f"{number + at} mg") for at in range(18)]
    last = "magnesium stearate" if stearate and number % 3 == 0 else "silica"
    return [
        (f"{name} no. {number}", ""),
        ("A food supplement that is made with care, from what nature gives and science knows", ""),
        ("Nutrient", "Per 2 tablets"),
        (name, f"{100 + number} mg"),
        *facts,
        (f"Ingredients: bulking agent (cellulose), {last}", ""),
        ("Directions: take 2 tablets daily with water after a meal, unless told otherwise", ""),
        ("Keep in a dry place, out of the reach of children; do not exceed the dose", ""),
        (f"Page {number}", ""),
    ]


def memory() -> None:
    """The largest memory that reading takes, by the number of pages, each in a process of its own."""
    made = {count: made_catalogue(count, 1) for count in LENGTHS}
    with tempfile.TemporaryDirectory() as folder:
        rows = []
        for count, data in made.items():
            if data is None:
                return
            path = Path(folder) / f"{count}.pdf"
            path.write_bytes(data)
            rows.append((f"{count:,}", f"{len(data) / 2**20:.1f}", *peaks(path)))
    print("\nMemory at most, MiB (every page is read and kept as text with a box for each character)\n")
    table(("pages", "file", "bare process", "after reading", "of which the result"), rows)


_PEAK = """
import logging, re, sys
logging.getLogger("pdfminer").setLevel(logging.ERROR)
import pdf, pdfplumber, pypdfium2
def peak():
    return int(re.search("VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]) >> 10
bare = peak()
read = pdf.read_pdf(open(sys.argv[1], "rb").read(), pdf.everything, limits=pdf.UNLIMITED)
held = sum(len(page.boxes) * page.boxes.itemsize for page in read.pages) + len(read.text)
print(bare, peak(), held >> 20)
"""
"""Linux only. What the system says of a child's use otherwise begins with what its parent used."""


def peaks(path: Path) -> tuple[str, ...]:
    """MiB before and after reading a file, and what the answer itself holds."""
    paths = f"{HOME / 'src'}:{HOME / 'benchmarks'}"
    done = subprocess.run(
        [sys.executable, "-c", _PEAK, str(path)], env={"PYTHONPATH": paths}, capture_output=True, text=True, check=True
    )
    return tuple(done.stdout.split())


def worker() -> None:
    """What isolation costs: the first file, one more, and a hundred small ones; on the clock."""
    data = (FIXTURES / "table-unruled-sv.pdf").read_bytes()
    code = (
        "import sys, time; begun = time.perf_counter(); import mglabel; data = sys.stdin.buffer.read(); "
        "mglabel.analyze_file(data, isolate={0}); print(time.perf_counter() - begun)"
    )
    colds = {isolate: statistics.median(cold(code.format(isolate), data) for _ in range(ROUNDS)) for isolate in (0, 1)}
    rows = []
    for isolate in (False, True):
        mglabel.analyze_file(data, isolate=isolate)
        one = clock(lambda isolate=isolate: mglabel.analyze_file(data, isolate=isolate))
        many = sum(
            clock(lambda isolate=isolate: mglabel.analyze_file(data, isolate=isolate)) for _ in range(SMALL_FILES)
        )
        name = "in a worker process" if isolate else "in the process itself"
        rows.append((name, f"{colds[isolate] * 1000:.0f}", f"{one * 1000:.0f}", f"{many * 1000 / SMALL_FILES:.1f}"))
    print(f"\nOne small file, ms on the clock (the worker is kept for {SMALL_FILES} files)\n")
    table(("where", "first, with all imports", "second", f"each of {SMALL_FILES}"), rows)


def cold(code: str, data: bytes) -> float:
    """Seconds that a fresh process says it took."""
    environment = {"PYTHONPATH": str(HOME / "src")}
    done = subprocess.run([sys.executable, "-c", code], input=data, env=environment, capture_output=True, check=True)
    return float(done.stdout)


def clock(work: Callable[[], object]) -> float:
    """Seconds on the clock."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def fastest(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Seconds of CPU time of the least disturbed of several rounds, after one to warm up."""
    work()
    found = []
    for _ in range(rounds):
        begun = time.process_time()
        work()
        found.append(time.process_time() - begun)
    return min(found)


def compared(ours: float, theirs: float) -> tuple[str, str, str]:
    """Two times in milliseconds and their ratio."""
    return f"{ours * 1000:.1f}", f"{theirs * 1000:.1f}", f"{ours / theirs:.2f}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
