"""Readers that do what hostile files make readers do. A module of its own, since workers import it."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from typing import Any

from mglabel.documents.progress import page_read
from mglabel.values.errors import TextTooLong, UnreadableDocument


def give(value: Any) -> Any:
    return value


def pid() -> int:
    return os.getpid()


def spin() -> None:
    while True:
        pass


def sleep_deaf(seconds: float) -> None:
    """Sleep on, whatever signal asks to stop."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    time.sleep(seconds)


def hang_in_c() -> None:
    """Hold the lock of the interpreter for ever, so that no thread of it runs."""
    ctypes.PyDLL(None).pause()


def pages(count: int, seconds: float) -> int:
    for _ in range(count):
        time.sleep(seconds)
        page_read()
    return count


def allocate(mib: int) -> int:
    return len(bytearray(mib << 20))


def allocate_wrapped() -> None:
    """Run out of memory as pdfplumber does, the error inside another one's arguments."""
    try:
        bytearray(1 << 40)
    except MemoryError as error:
        raise RuntimeError(error) from None


def leave(code: int) -> None:
    os._exit(code)


def leave_politely() -> None:
    sys.exit("enough")


def signal_self(number: int) -> None:
    os.kill(os.getpid(), number)
    time.sleep(10)


def recurse() -> None:
    recurse()


class TwoPartError(Exception):
    """Pickles, but cannot be made again from its one argument."""

    def __init__(self, first: object, second: object) -> None:
        super().__init__(first)


class SpeechlessError(Exception):
    """Cannot even say what it is."""

    def __str__(self) -> str:
        raise RuntimeError("no words")


class BadOnArrival:
    """Pickles, but fails when it is made again."""

    def __reduce__(self) -> tuple[Any, ...]:
        return int, ("no number",)


class OddDocument(UnreadableDocument):
    """An error of the family that does not survive the journey."""

    def __init__(self) -> None:
        super().__init__("damaged", "odd")


def fail(name: str) -> None:
    raise {
        "two-part": lambda: TwoPartError(1, 2),
        "speechless": SpeechlessError,
        "holding": lambda: ValueError(lambda: None),
        "odd": OddDocument,
        "key": lambda: KeyError("x" * 10_000),
        "unreadable": lambda: UnreadableDocument("password", "it wants a password"),
        "too-long": lambda: TextTooLong("too long"),
    }[name]()


def answer_badly(name: str) -> Any:
    answers = {"unpicklable": lambda: None, "bad-on-arrival": BadOnArrival(), "huge": b"x"}
    return answers[name] * (200 << 20) if name == "huge" else answers[name]


def flood() -> str:
    """Fill the standard streams, by Python, by the system and by a child process."""
    for _ in range(100):
        print("x" * 10_000)
        print("x" * 10_000, file=sys.stderr)
        os.write(1, b"x" * 10_000)
        os.write(2, b"x" * 10_000)
    subprocess.run([sys.executable, "-c", "print('x' * 1_000_000)"], check=True)
    assert sys.stdin is None or not sys.stdin.read()
    return "dry"


def open_files(count: int) -> int:
    return len([open(os.devnull) for _ in range(count)])


def _glyphs(page: Any) -> int:
    count = len(page.chars)
    page.close()
    page_read()
    return count


def look_at_pdf(data: bytes) -> int:
    """The number of characters of the first pages of a PDF, read by pdfium."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    return sum(len(document[n].get_textpage().get_text_range()) for n in range(min(20, len(document))))
