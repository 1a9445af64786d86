"""Reading PDFs in this very process: a typed error, or a text whose every character has its place on a page.

A worker's limits would hide what is looked for here, so that time and memory are held to by other means: what takes too
much of either is no failure, since a worker ends it.
"""

from __future__ import annotations

import logging
import resource
import signal
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from math import isinf
from random import Random
from types import FrameType

from holding import check_analysis, require
from pdf_objects import NAMES, NUMBERS, OPERATORS, Objects, changed_pdf, put_together, taken_apart
from seeds import files

from mglabel import Limits, analyze_file
from mglabel.documents.limits import MIB
from mglabel.values.errors import UnreadableDocument

LARGEST = 60_000
SECONDS = 5.0
ROOM = 700 * MIB
LIMITS = Limits(max_pictures=0, max_pages=20, max_chars_per_page=20_000, max_shapes_per_page=20_000)
REASONS = frozenset(
    "empty-file not-pdf damaged password unsupported-encryption no-pages scanned outlined no-text unreadable-font "
    "too-large too-many-pages memory unsupported-type".split()
)

logging.disable(logging.CRITICAL)


class Slow(BaseException):
    """Reading takes longer than it may."""


def seeds() -> Iterable[bytes]:
    """The PDFs of the fixtures: as they are, and those whose objects stand openly also unpacked."""
    for data in files("*.pdf", largest=30_000):
        yield data
        objects = taken_apart(data)
        if objects is not None:
            yield put_together(objects)


def words() -> Iterable[str]:
    """What PDFs are written with."""
    return (word.decode("ascii") for word in (*NAMES, *NUMBERS, *OPERATORS))


def mutated(data: bytes, chance: Random) -> bytes:
    """A file with its objects changed."""
    return changed_pdf(data, _others(), chance)


@cache
def _others() -> tuple[Objects, ...]:
    return tuple(objects for data in files("*.pdf", largest=30_000) if (objects := taken_apart(data)) is not None)


def check(data: bytes) -> None:
    """Read one file."""
    if b"%PDF-" not in data[:1024]:
        return
    try:
        with _limited():
            analysis = analyze_file(data, isolate=False, limits=LIMITS)
    except UnreadableDocument as error:
        require(error.reason in REASONS and len(str(error)) < 500, f"the error {error!r} for {error.reason}")
        return
    except (Slow, MemoryError) as stopped:
        print(f"ended from outside: {type(stopped).__name__}", file=sys.stderr)
        return
    check_analysis(analysis)
    pages = analysis.document.pages
    ends = [*(page.start for page in pages[1:]), len(analysis.text)]
    for page, end in zip(pages, ends, strict=True):
        require(page.start <= end, f"page {page.number} from {page.start} to {end}")
        require(len(page.boxes) <= 4 * (end - page.start), f"{len(page.boxes)} sides for {end - page.start} characters")
        require(not any(map(isinf, page.boxes)), f"a box without end on page {page.number}")


@contextmanager
def _limited() -> Iterator[None]:
    """Hold what runs inside to its time of computing and its memory."""
    usual = resource.getrlimit(resource.RLIMIT_AS)
    with open("/proc/self/statm", encoding="ascii") as file:
        used = int(file.read().split()[0]) * resource.getpagesize()
    before = signal.signal(signal.SIGPROF, _stop)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    resource.setrlimit(resource.RLIMIT_AS, (used + ROOM, usual[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, usual)
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise Slow
