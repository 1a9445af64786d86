"""The worker process: reads one request after the other from a pipe, does it inside limits, and answers.

It starts as a bare interpreter that runs `main`. The main module of the caller is never imported, so a script needs no
guard against being run again.
"""

from __future__ import annotations

import faulthandler
import importlib
import logging
import math
import os
import pickle
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from io import FileIO, RawIOBase

from mglabel.documents import frames
from mglabel.documents.frames import Frame, read_frame, write_frame
from mglabel.documents.limits import MIB, Limits
from mglabel.documents.progress import listening
from mglabel.values.errors import MglabelError

MAX_JOBS = 100
"""A worker ends after so many files, since libraries leak."""
MAX_GROWTH = 128 * MIB
"""It also ends when it has kept so much of what a file took, so that the next file has the same room as any other."""
MAX_OPEN_FILES = 64
ORPHAN_SECONDS = 5.0
"""How long after its time a job is ended from inside, should the parent not have done it."""
PRELOADED = ("pdfplumber", "pypdfium2")
"""Slow to import, so done before the clock of the first file runs."""

_REQUEST_BYTES = 2**40


def main(parent: int) -> None:
    """Answer requests until the parent closes the pipe, dies, or the worker has done enough."""
    requests, answers = _private_pipes()
    _settle_in(parent)
    write_frame(answers, Frame(frames.READY))
    size_at_start = _address_space()
    kept = _Kept()
    for jobs in range(1, MAX_JOBS + 1):
        request = read_frame(requests, _REQUEST_BYTES)
        if request is None:
            break
        answer = _answer(request.body, answers, kept)
        del request
        grown = _address_space() - size_at_start - kept.size > MAX_GROWTH
        last = jobs == MAX_JOBS or grown or answer.kind == frames.MEMORY
        write_frame(answers, answer._replace(last=last))
        if last:
            break
    # Nothing here is worth the clean-up of an interpreter, and libraries make noise in theirs.
    os._exit(0)


def _private_pipes() -> tuple[RawIOBase, RawIOBase]:
    """The pipes of the standard streams, moved to where no library reads or prints."""
    requests, answers = os.dup(0), os.dup(1)
    if sys.platform == "win32":
        import msvcrt

        msvcrt.setmode(requests, os.O_BINARY)
        msvcrt.setmode(answers, os.O_BINARY)
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    os.close(nothing)
    return FileIO(requests, "rb"), FileIO(answers, "wb")


def _settle_in(parent: int) -> None:
    """What holds for the life of the worker."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interrupt means
    if sys.platform != "win32":
        threading.Thread(target=_leave_with, args=(parent,), daemon=True).start()
    for name in PRELOADED:
        with suppress(ImportError):
            importlib.import_module(name)
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        _lower(resource.RLIMIT_NOFILE, MAX_OPEN_FILES)


def _leave_with(parent: int) -> None:
    """End as soon as the parent is gone: a busy worker does not look at its pipe, and other processes may hold it."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


class _Kept:
    """How much address space the models that recognise letters keep, once they are loaded."""

    def __init__(self) -> None:
        self.size = 0


def _answer(request: bytes | bytearray, answers: RawIOBase, kept: _Kept) -> Frame:
    """Do what is asked; whatever comes of it becomes an answer."""
    try:
        function, args, limits = pickle.loads(request)
    except Exception as error:
        return Frame(frames.UNLOADABLE, _pickled(f"{type(error).__name__}: {error}"))
    try:
        with _held_to(limits, answers, kept):
            return Frame(frames.RESULT, _pickled(function(*args)))
    except MglabelError as error:
        return _of_error(error)
    except BaseException as error:
        if is_about_memory(error):
            return Frame(frames.MEMORY)
        return _of_crash(error)


def _of_error(error: MglabelError) -> Frame:
    try:
        body = _pickled(error)
        pickle.loads(body)
    except Exception as why:
        return _of_crash(why)
    return Frame(frames.ERROR, body)


def _of_crash(error: BaseException) -> Frame:
    """An error that no reader foresaw, as text: its own class may not survive the journey."""
    try:
        said = f"{type(error).__name__}: {str(error)[:200]}".rstrip(": ")
        trace = "".join(traceback.format_tb(error.__traceback__, limit=-20))
    except Exception:  # an error may fail even at saying what it is
        said, trace = type(error).__name__, ""
    return Frame(frames.CRASH, _pickled((said, trace)))


def is_about_memory(error: BaseException) -> bool:
    """Whether memory ran out, be it said by an error inside the error.

    >>> is_about_memory(RuntimeError(MemoryError())), is_about_memory(RuntimeError("memory"))
    (True, False)
    """
    waiting: list[object] = [error]
    seen: set[int] = set()
    while waiting and len(seen) < 100:
        one = waiting.pop()
        if isinstance(one, MemoryError):
            return True
        if isinstance(one, BaseException) and id(one) not in seen:
            seen.add(id(one))
            waiting += [one.__cause__, one.__context__, *one.args[:5]]
    return False


def _pickled(value: object) -> bytes:
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


@contextmanager
def _held_to(limits: Limits, answers: RawIOBase, kept: _Kept) -> Iterator[None]:
    """Hold what runs inside to the limits of memory and time; both are given free again for sending the answer."""
    allow_time = _clock(limits)
    done = {frames.PROGRESS: 0, frames.PICTURE: 0}
    most = {frames.PROGRESS: limits.max_pages, frames.PICTURE: limits.max_pictures}

    def earn(kind: bytes) -> None:
        done[kind] += 1
        if done[kind] <= most[kind]:
            allow_time(limits.earned(*done.values()))
            write_frame(answers, Frame(kind))

    @contextmanager
    def room(size: int) -> Iterator[None]:
        """More memory inside; what stays in use of it comes on top of what is allowed from then on."""
        before = _address_space()
        try:
            with _lowered_memory(size):
                yield
        finally:
            kept.size += max(0, _address_space() - before)
            _limit_memory(limits.memory_bytes + kept.size)

    allow_time(0)
    pages, pictures = partial(earn, frames.PROGRESS), partial(earn, frames.PICTURE)
    try:
        with _lowered_memory(limits.memory_bytes + kept.size), listening(pages, pictures, room):
            yield
    finally:
        allow_time(None)


def _clock(limits: Limits) -> Callable[[float | None], None]:
    """A function that sets the time of the job anew: so many seconds beside its limit; None takes the limit away.

    The parent watches the wall time. This is the second line, for a parent that is gone or hangs: a thread of
    `faulthandler`, which needs no help of a hanging interpreter, and the system's count of computing time.
    """
    begun, used = time.monotonic(), time.process_time()

    def allow(more: float | None) -> None:
        faulthandler.cancel_dump_traceback_later()
        if more is not None:
            left = limits.wall_seconds + more - (time.monotonic() - begun)
            with suppress(RuntimeError):  # near the limit of memory no thread can be had
                faulthandler.dump_traceback_later(max(left, 0) + ORPHAN_SECONDS, exit=True, file=2)
        _lower_cpu(None if more is None else used + limits.cpu_limit + more)

    return allow


if sys.platform == "win32":

    def _lower_cpu(seconds: float | None) -> None:
        """Nothing: there is no such limit here."""

    def _limit_memory(size: int | None) -> None:
        """Nothing: there is no such limit here."""

else:

    def _lower(kind: int, value: int) -> None:
        """Set a soft limit, as far as the hard one allows."""
        import resource

        hard = resource.getrlimit(kind)[1]
        if hard != resource.RLIM_INFINITY:
            value = hard if value == resource.RLIM_INFINITY else min(value, hard)
        # Not every system has every limit; what is left is the wall time.
        with suppress(OSError, ValueError):
            resource.setrlimit(kind, (value, hard))

    def _lower_cpu(seconds: float | None) -> None:
        """Limit the computing time of this process, counted from its start; None takes the limit away."""
        import resource

        _lower(resource.RLIMIT_CPU, resource.RLIM_INFINITY if seconds is None else math.ceil(seconds))

    def _limit_memory(size: int | None) -> None:
        """Limit the address space; None takes the limit away."""
        import resource

        _lower(resource.RLIMIT_AS, resource.RLIM_INFINITY if size is None else size)


@contextmanager
def _lowered_memory(size: int) -> Iterator[None]:
    """Limit the address space inside the block."""
    _limit_memory(size)
    try:
        yield
    finally:
        _limit_memory(None)


def _address_space() -> int:
    """Bytes of address space in use; 0 where the system does not say."""
    if sys.platform == "win32":
        return 0
    import resource

    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            pages = int(file.read().split()[0])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * resource.getpagesize()
