"""Runs a reader of hostile files in a worker process with limits, so that the caller survives whatever a file does.

Workers are kept warm: a hundred small files pay one start. Linux holds all limits; macOS has no limit of memory, and
Windows the wall time alone.
"""

from __future__ import annotations

import atexit
import json
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from io import FileIO
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from mglabel.documents import frames
from mglabel.documents.frames import Frame, read_frame, write_frame
from mglabel.documents.limits import MAX_JOBS, Limits
from mglabel.values.errors import UnreadableDocument

T = TypeVar("T")

MAX_WORKERS = 4
"""Workers of one process at the same time, or as many as the machine has processors, if that is less; a caller without
threads only ever has one."""
START_SECONDS = 60.0
"""A worker starts in a quarter of a second; this is for a machine that is swamped."""

_GLANCE_SECONDS = 0.2
"""How often the worker is looked after while its answer is waited for."""

_BOOT = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]);"
    "from mglabel.documents.worker import main; main(int(sys.argv[2]), int(sys.argv[3]))"
)


def run_isolated(function: Callable[..., T], /, *args: Any, limits: Limits | None = None) -> T:
    """What `function(*args)` returns, run in a worker process inside the limits.

    The function is one of a module that can be imported, not of the script that is run; arguments and result are
    pickled. An error of mglabel comes through as it is. Everything else that can go wrong with a file is an
    `UnreadableDocument` whose reason is `timeout`, `memory` or `crashed`, and the next call finds a fresh worker.

    >>> import math
    >>> run_isolated(math.factorial, 5)
    120
    >>> import time
    >>> run_isolated(time.sleep, 10, limits=Limits(wall_seconds=0.1))
    Traceback (most recent call last):
    mglabel.values.errors.UnreadableDocument: reading takes longer than the limit of 0.1 s; raise wall_seconds
    """
    # Keyed by process, since the workers that a fork inherits talk to the other one.
    pool = _POOLS.get(os.getpid()) or _POOLS.setdefault(os.getpid(), Workers())
    return pool.run(function, *args, limits=limits)


class Workers:
    """The workers of one owner. Of the idle ones that used last is used again.

    `most` is how many there are at the same time, `max_jobs` after how many requests one ends. `prepare` is called once
    in every new worker, before it costs any file its time.

    >>> workers = Workers(most=1)
    >>> workers.run(abs, -5)
    5
    >>> workers.close()
    """

    def __init__(
        self, most: int | None = None, max_jobs: int = MAX_JOBS, prepare: Callable[[], object] | None = None
    ) -> None:
        self._pid = os.getpid()
        self._turns = threading.BoundedSemaphore(most or max(1, min(MAX_WORKERS, os.cpu_count() or 1)))
        self._max_jobs = max_jobs
        self._prepare = prepare
        self._lock = threading.Lock()
        self._idle: list[_Worker] = []
        self._all: set[_Worker] = set()
        self._closes_at_exit = False

    def run(self, function: Callable[..., T], /, *args: Any, limits: Limits | None = None) -> T:
        """What `function(*args)` returns in one of the workers: see `run_isolated`."""
        limits = limits or Limits()
        result: T = _meaning_of(self.ask(_request(function, args, limits), limits))
        return result

    def ask(self, request: bytes, limits: Limits) -> Frame:
        """Have one worker answer one request; waits while all are busy."""
        with self._turns:
            worker = self._take()
            try:
                if worker.is_new and self._prepare is not None:
                    ample = Limits(wall_seconds=START_SECONDS)
                    _meaning_of(worker.ask(_request(self._prepare, (), ample), ample))
                answer = worker.ask(request, limits)
            except BaseException:  # an interrupt, too, leaves a worker in the middle of something
                self._drop(worker)
                raise
            if answer.last:
                self._drop(worker)
            else:
                with self._lock:
                    self._idle.append(worker)
            return answer

    def _take(self) -> _Worker:
        """An idle worker that still lives, or a new one."""
        while True:
            with self._lock:
                worker = self._idle.pop() if self._idle else None
            if worker is None:
                break
            if worker.alive:
                return worker
            self._drop(worker)
        worker = _Worker(self._max_jobs)
        with self._lock:
            self._all.add(worker)
            if not self._closes_at_exit:
                atexit.register(self.close)
                self._closes_at_exit = True
        return worker

    def _drop(self, worker: _Worker) -> None:
        worker.stop()
        with self._lock:
            self._all.discard(worker)

    def close(self) -> None:
        """Leave no worker behind, be it busy; done by itself at the end of the process that owns them."""
        for worker in tuple(self._all):
            if os.getpid() == self._pid:
                worker.stop()
            else:
                worker.disown()


_POOLS: dict[int, Workers] = {}
"""By process id; empty until a file is read in isolation. `setdefault` is atomic, so it needs no lock that a fork could
inherit locked."""


class _Worker:
    """One worker process, as its parent sees it."""

    def __init__(self, max_jobs: int) -> None:
        if not sys.executable or getattr(sys, "frozen", False):
            raise _no_start("this program is no interpreter that can start another")
        path = json.dumps([entry or os.getcwd() for entry in sys.path if isinstance(entry, str)])
        # No folder is put before the path, and no setting of the host makes errors of warnings.
        flags = ["-I" if sys.flags.isolated else "-P", "-W", "ignore"]
        command = [sys.executable, *flags, "-c", _BOOT, path, str(os.getpid()), str(max_jobs)]
        try:
            process = subprocess.Popen(
                command, bufsize=0, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        except OSError as error:
            raise _no_start(str(error)) from error
        self._process = process
        self._thread: threading.Thread | None = None
        self._is_stopped = False
        self._changing = threading.Lock()
        self._is_ready = False

    @property
    def is_new(self) -> bool:
        """Whether it has been asked nothing yet."""
        return not self._is_ready

    @property
    def alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.poll() is None

    def ask(self, request: bytes, limits: Limits) -> Frame:
        """The answer to a request; raises `UnreadableDocument` where none comes in time."""
        if not self._is_ready:
            # Its imports are no file's time.
            hello = self._exchange(b"", limits.memory_bytes, lambda _pages, _pictures: START_SECONDS)
            if hello is None or hello.kind != frames.READY:
                raise _no_start("it does not answer" if self.alive else f"it ended with {self._process.returncode}")
            self._is_ready = True
        answer = self._exchange(request, limits.memory_bytes, lambda *done: limits.wall_seconds + limits.earned(*done))
        if answer is None:
            raise UnreadableDocument(
                "timeout", f"reading takes longer than the limit of {limits.wall_seconds:g} s; raise wall_seconds"
            )
        if answer.kind == frames.BROKEN:
            raise self._obituary()
        return answer

    def _exchange(self, request: bytes, max_bytes: int, seconds: Callable[[int, int], float]) -> Frame | None:
        """Send a request and wait for the answer; None where it takes more seconds than it may after so many pages
        and pictures.

        A thread does the sending and the waiting, since no system-independent way of reading a pipe knows of time.
        """
        inbox: SimpleQueue[Frame] = SimpleQueue()
        with self._changing:  # `stop` comes from another thread, before this or after it
            if self._is_stopped:
                return Frame(frames.BROKEN)
            self._thread = threading.Thread(target=_talk, args=(self._process, request, max_bytes, inbox), daemon=True)
            self._thread.start()
        begun, pages, pictures, ended = time.monotonic(), 0, 0, False
        while True:
            left = begun + seconds(pages, pictures) - time.monotonic()
            try:
                frame = inbox.get(timeout=max(0.0, min(left, _GLANCE_SECONDS)))
            except Empty:
                if left <= 0:
                    return None
                # Where another process has inherited the pipe, it does not end with the worker.
                if ended:
                    return Frame(frames.BROKEN)
                ended = not self.alive
                continue
            if frame.kind == frames.PICTURE:
                pictures += 1
            elif frame.kind == frames.PROGRESS:
                pages += 1
            else:
                return frame

    def _obituary(self) -> UnreadableDocument:
        """What the way a worker ended says about the file."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(1)
        if self._is_stopped:
            return UnreadableDocument("crashed", "the worker processes were closed while the file was read")
        end = _end_of(self._process.returncode)
        if end == "SIGXCPU":
            return UnreadableDocument(
                "timeout", "reading takes more computing time than the limit; raise cpu_seconds or wall_seconds"
            )
        if end == "SIGKILL":
            return UnreadableDocument(
                "memory", "the worker process that read the file was killed, probably as the machine ran out of memory"
            )
        return UnreadableDocument("crashed", f"the worker process that read the file crashed ({end})")

    def stop(self) -> None:
        """End the process, whatever it does."""
        with self._changing:
            self._is_stopped = True
        self._process.kill()
        self._process.wait()
        if self._thread is not None:
            self._thread.join(1)
            if self._thread.is_alive():  # it still reads from a pipe that another process holds open
                return
        for stream in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                stream.close()  # type: ignore[union-attr]

    def disown(self) -> None:
        """Forget the process in a fork of its parent."""
        self._process.returncode = 0


def _talk(process: subprocess.Popen[bytes], request: bytes, max_bytes: int, inbox: SimpleQueue[Frame]) -> None:
    """Send one request, if there is any, and put what comes back into the inbox, up to the answer."""
    assert isinstance(process.stdin, FileIO)
    assert isinstance(process.stdout, FileIO)
    try:
        if request:
            write_frame(process.stdin, Frame(frames.REQUEST, request))
        while True:
            frame = read_frame(process.stdout, max_bytes) or Frame(frames.BROKEN)
            inbox.put(frame)
            if frame.kind not in (frames.PROGRESS, frames.PICTURE):
                return
    except Exception:  # a broken pipe, a closed file, no memory for the answer: all the same to who waits
        inbox.put(Frame(frames.BROKEN))


def _request(function: Callable[..., Any], args: tuple[Any, ...], limits: Limits) -> bytes:
    return pickle.dumps((function, args, limits), pickle.HIGHEST_PROTOCOL)


def _meaning_of(answer: Frame) -> Any:
    """The result in an answer, or its error raised."""
    if answer.kind == frames.MEMORY:
        raise UnreadableDocument("memory", "reading takes more memory than the limit; raise memory_bytes")
    try:
        value = pickle.loads(answer.body)
    except Exception as error:
        raise UnreadableDocument("crashed", f"what was read cannot be passed on ({type(error).__name__})") from error
    if answer.kind == frames.RESULT:
        return value
    if answer.kind == frames.ERROR:
        raise value
    if answer.kind == frames.UNLOADABLE:
        raise TypeError(f"run_isolated takes what a fresh interpreter can load ({value})")
    said, trace = value
    crash = UnreadableDocument("crashed", f"the file made the reader fail ({said})")
    crash.add_note(trace)
    raise crash


class NoWorker(UnreadableDocument):
    """No worker process can be started here, which is no fault of the file."""


def _no_start(why: str) -> NoWorker:
    return NoWorker(
        "crashed", f"no worker process can be started to read the file in: {why}; isolate=False does without one"
    )


def _end_of(code: int | None) -> str:
    """An exit code in words.

    >>> _end_of(3), _end_of(-11), _end_of(None)
    ('exit status 3', 'SIGSEGV', 'it stopped answering')
    """
    if code is None:
        return "it stopped answering"
    with suppress(ValueError):
        if code < 0:
            return signal.Signals(-code).name
    return f"exit status {code}"
