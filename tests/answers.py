"""What a process of its own says about labels in every language and about a page, one line each; run as a program.

`test_surroundings` runs it in odd surroundings and compares what it writes byte by byte. Arguments: `pdf` reads a PDF
in a worker, too; `built` does without the ready-made lexicon; `sealed` forbids to write a file or to reach a network;
`locale` lets C libraries use the locale of the environment; `threads` asks eight threads at once, from the first import
on, and says whether they agree.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
THREADS = 8
SEVERAL_UNITS = (
    "Ingredients: magnesium citrate.\nPer 10 g: magnesium 500 mg.\n1 scoop = 5 g. 1 sachet = 2 g.\n"
    "Take 1 scoop daily.\nTake 1 sachet daily.",
    "Ingredients: magnesium chloride.\n100 ml contain 500 mg magnesium.\n1 cap = 10 ml, 1 spray = 1 ml, "
    "1 sachet = 20 ml.\nTake 2 caps daily. Take 8 sprays daily.\nTake 1 sachet daily.",
)
_WRITES = frozenset(
    "os.mkdir os.rename os.remove os.rmdir os.link os.symlink os.truncate os.chmod os.utime shutil.move "
    "tempfile.mkstemp tempfile.mkdtemp socket.connect socket.bind socket.getaddrinfo socket.gethostbyname "
    "socket.sendto".split()
)


def texts() -> list[str]:
    """Two labels of every language, and those whose doses are of several units."""
    folders = sorted(folder for folder in FIXTURES.iterdir() if next(folder.glob("*.txt"), None))
    labels = [path for folder in folders for path in sorted(folder.glob("*.txt"))[:2]]
    return [*(path.read_text(encoding="utf-8") for path in labels), *SEVERAL_UNITS]


def asked(with_pdf: bool) -> list[Callable[[], str]]:
    """Everything that is asked; what needs the package imports it when it is called."""
    questions: list[Callable[[], str]] = [lambda text=text: _of_text(text) for text in texts()]
    questions += [_of_page, _of_names]
    if with_pdf:
        questions.append(_of_pdf)
    return questions


def _of_text(text: str) -> str:
    import mglabel

    analysis = mglabel.analyze(text)
    day = analysis.intake.per_day
    said = "unknown" if day is None else f"{day.low:.6f} {day.high:.6f}"
    columns = mglabel.check_columns([text])
    return f"{analysis.to_json('da')} {said} {len(analysis.to_html('en'))} {columns['grade_best']}"


def _of_page() -> str:
    import mglabel

    return mglabel.analyze_html((FIXTURES / "html" / "da-div-grid.html").read_bytes()).to_json()


def _of_names() -> str:
    import mglabel

    return f"{mglabel.elemental('500 mg', 'magnesium citrate').low:.9f} {len(mglabel.forms())}"


def _of_pdf() -> str:
    import mglabel

    return mglabel.analyze_file(FIXTURES / "pdf" / "table-ruled-fi.pdf").to_json()


def _sealed(event: str, arguments: tuple[Any, ...]) -> None:
    """An audit hook that ends the process at once, since an error might be caught."""
    writes = event == "open" and isinstance(arguments[1], str) and not set(arguments[1]).isdisjoint("wax+")
    if writes or event in _WRITES:
        import os

        os.write(2, f"{event} {arguments!r}\n".encode("utf-8", "replace"))
        os._exit(9)


def _in_threads(questions: list[Callable[[], str]]) -> bool:
    """Whether threads that all begin at once, each with another question, say what one thread says afterwards."""
    sys.setswitchinterval(1e-5)
    start = threading.Barrier(THREADS)
    answers: list[dict[int, str]] = [{} for _ in range(THREADS)]

    def ask(number: int) -> None:
        start.wait()
        for at in range(len(questions)):
            question = (at + number * len(questions) // THREADS) % len(questions)
            answers[number][question] = questions[question]()

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    alone = {at: question() for at, question in enumerate(questions)}
    return all(one == alone for one in answers)


def main(arguments: list[str]) -> None:
    """Write the answers to standard output, as bytes of UTF-8."""
    if "locale" in arguments:
        import locale

        locale.setlocale(locale.LC_ALL, "")
    if "sealed" in arguments:
        sys.addaudithook(_sealed)
    if "built" in arguments:
        from mglabel.language import lexicon

        lexicon.stored = lambda digest, path="": None
    questions = asked("pdf" in arguments)
    if "threads" in arguments:
        lines = [f"eight threads agree: {_in_threads(questions)}"]
    else:
        lines = [question() for question in questions]
    sys.stdout.buffer.write("".join(f"{line}\n" for line in lines).encode())


if __name__ == "__main__":
    main(sys.argv[1:])
