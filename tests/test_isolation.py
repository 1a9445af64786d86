"""Hostile readers in a worker process: each ends in an answer or a typed error, and the next call works."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
import textwrap
import threading
import time
from array import array
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

import hostile_readers as readers
from mglabel.documents import isolation
from mglabel.documents.isolation import run_isolated
from mglabel.documents.limits import Limits
from mglabel.values import errors

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds every limit"),
    pytest.mark.filterwarnings("ignore:This process:DeprecationWarning"),  # on forking beside threads, done on purpose
]

TIGHT = Limits(wall_seconds=0.5, memory_bytes=300 << 20)
HERE = Path(__file__).parent


def refusal(function: Any, *args: Any, limits: Limits = TIGHT) -> str:
    """The reason with which an isolated call ends; the next one must work."""
    begun = time.monotonic()
    with pytest.raises(errors.UnreadableDocument) as caught:
        run_isolated(function, *args, limits=limits)
    assert time.monotonic() - begun < limits.wall_seconds + 2.5
    assert run_isolated(readers.give, 1, limits=limits) == 1
    assert len(str(caught.value)) < 500
    return caught.value.reason


def test_arguments_go_in_and_results_come_out():
    assert run_isolated(readers.give, {"a": (1, None, "æ\ud800")}) == {"a": (1, None, "æ\ud800")}
    assert run_isolated(readers.pid) != os.getpid()


def test_one_worker_is_kept_warm():
    assert run_isolated(readers.pid) == run_isolated(readers.pid)


def test_a_worker_is_replaced_after_many_files():
    most = 4  # what is left of the worker that another test has used, and three of 64 files
    assert 2 <= len({run_isolated(readers.pid) for _ in range(150)}) <= most


@pytest.mark.parametrize(
    ("reader", "args", "reason"),
    [
        (readers.spin, (), "timeout"),
        (readers.sleep_deaf, (60,), "timeout"),
        (readers.hang_in_c, (), "timeout"),
        (readers.allocate, (400,), "memory"),
        (readers.allocate_wrapped, (), "memory"),
        (readers.answer_badly, ("huge",), "memory"),
        (readers.signal_self, (signal.SIGKILL,), "memory"),
        (readers.signal_self, (signal.SIGSEGV,), "crashed"),
        (readers.signal_self, (signal.SIGABRT,), "crashed"),
        (readers.leave, (0,), "crashed"),
        (readers.leave, (3,), "crashed"),
        (readers.leave_politely, (), "crashed"),
        (readers.recurse, (), "crashed"),
        (readers.fail, ("two-part",), "crashed"),
        (readers.fail, ("speechless",), "crashed"),
        (readers.fail, ("holding",), "crashed"),
        (readers.fail, ("odd",), "crashed"),
        (readers.fail, ("key",), "crashed"),
        (readers.answer_badly, ("unpicklable",), "crashed"),
        (readers.answer_badly, ("bad-on-arrival",), "crashed"),
        (readers.open_files, (100,), "crashed"),
    ],
)
def test_what_a_file_can_do_is_a_typed_error(reader: Any, args: tuple[Any, ...], reason: str):
    assert refusal(reader, *args) == reason


def test_computing_time_has_a_limit_of_its_own_that_an_old_worker_does_not_use_up():
    limits = Limits(wall_seconds=20, cpu_seconds=1)
    for _ in range(4):  # together more than the limit
        run_isolated(readers.pages, 1, 0.01, limits=limits)
        run_isolated(pow, 3, 900_000, limits=limits)
    begun = time.monotonic()
    assert refusal(readers.spin, limits=limits) == "timeout"
    assert time.monotonic() - begun < limits.wall_seconds


def test_pages_earn_time_but_a_hang_between_them_does_not():
    slow = Limits(wall_seconds=0.3, seconds_per_page=0.3)
    assert run_isolated(readers.pages, 5, 0.2, limits=slow) == 5
    few = Limits(wall_seconds=0.3, seconds_per_page=0.3, max_pages=1)
    assert refusal(readers.pages, 20, 0.2, limits=few) == "timeout"


def test_errors_of_the_family_come_through_as_they_are():
    with pytest.raises(errors.UnreadableDocument, match="it wants a password") as caught:
        run_isolated(readers.fail, "unreadable")
    assert caught.value.reason == "password"
    with pytest.raises(errors.TextTooLong, match="too long"):
        run_isolated(readers.fail, "too-long")


def test_every_error_of_the_family_can_be_pickled():
    family = [errors.MglabelError, *errors.MglabelError.__subclasses__()]
    for kind in family:
        if kind is readers.OddDocument or kind.__module__ != errors.__name__:
            continue
        error = kind("damaged", "words") if kind is errors.UnreadableDocument else kind("words")
        back = pickle.loads(pickle.dumps(error))
        assert (type(back), str(back), vars(back)) == (kind, "words", vars(error))


def test_an_unforeseen_error_says_where_it_arose():
    with pytest.raises(errors.UnreadableDocument, match="KeyError") as caught:
        run_isolated(readers.fail, "key")
    assert "in fail" in "".join(caught.value.__notes__)


def test_what_a_worker_cannot_load_is_a_mistake_of_the_caller():
    with pytest.raises(TypeError, match="fresh interpreter"):
        run_isolated(readers.give, readers.BadOnArrival())
    assert run_isolated(readers.give, 1) == 1


def test_nothing_that_a_reader_prints_comes_through(capfd: pytest.CaptureFixture[str]):
    assert run_isolated(readers.flood) == "dry"
    assert capfd.readouterr() == ("", "")


def test_large_answers_are_quick():
    pages = [("x" * 3000, array("f", [1.0]) * 12_000) for _ in range(300)]
    begun = time.monotonic()
    assert run_isolated(readers.give, pages) == pages
    assert time.monotonic() - begun < 2


def test_memory_that_a_file_leaves_behind_is_not_taken_from_the_next_one():
    limits = Limits(memory_bytes=600 << 20)
    for _ in range(3):
        assert run_isolated(readers.allocate, 350, limits=limits) == 350 << 20


def test_threads_share_the_workers():
    def work(number: int) -> object:
        try:
            if number % 8 == 3:
                return run_isolated(readers.leave, 1)
            return run_isolated(readers.give, number)
        except errors.UnreadableDocument as error:
            return error.reason

    with ThreadPoolExecutor(8) as threads:
        results = list(threads.map(work, range(64)))
    assert results == ["crashed" if number % 8 == 3 else number for number in range(64)]


def test_workers_may_be_closed_at_the_moment_of_a_request(monkeypatch: pytest.MonkeyPatch):
    workers, is_asking, outcomes = isolation.Workers(1), threading.Event(), []

    class Slow(threading.Thread):
        """A thread that is closed over before it has started."""

        def start(self) -> None:
            is_asking.set()
            time.sleep(0.2)
            super().start()

    def ask() -> None:
        try:
            outcomes.append(workers.run(readers.give, 1))
        except errors.UnreadableDocument as error:
            outcomes.append(error.reason)

    asking = threading.Thread(target=ask)
    monkeypatch.setattr(threading, "Thread", Slow)
    asking.start()
    assert is_asking.wait(10)
    workers.close()
    asking.join(10)
    assert outcomes == ["crashed"]


def test_a_worker_that_died_idle_is_not_the_fault_of_the_next_file():
    os.kill(run_isolated(readers.pid), signal.SIGKILL)
    time.sleep(0.05)
    assert run_isolated(readers.give, 1) == 1


def test_a_fork_has_workers_of_its_own():
    mine = run_isolated(readers.pid)
    inlet, outlet = os.pipe()
    child = os.fork()
    if not child:
        with suppress(BaseException):
            os.write(outlet, b"%d" % run_isolated(readers.pid))
        os._exit(0)
    os.waitpid(child, 0)
    theirs = int(os.read(inlet, 20))
    os.close(inlet)
    os.close(outlet)
    assert theirs != mine
    assert run_isolated(readers.pid) == mine
    assert gone(theirs)


def test_a_worker_whose_pipes_a_fork_holds_open_is_still_missed():
    mine = run_isolated(readers.pid)
    child = os.fork()
    if not child:
        time.sleep(30)
        os._exit(0)
    try:
        threading.Timer(0.2, os.kill, (mine, signal.SIGSEGV)).start()
        begun = time.monotonic()
        assert refusal(readers.sleep_deaf, 20, limits=Limits(wall_seconds=10)) == "crashed"
        assert time.monotonic() - begun < 5
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def in_daemon(answers: Any) -> None:
    answers.send(run_isolated(readers.give, 7))


def test_daemonic_processes_may_use_it_and_end():
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=in_daemon, args=(sender,), daemon=True)
    process.start()
    assert receiver.poll(10)
    assert receiver.recv() == 7
    process.join(5)
    assert process.exitcode == 0


PLAIN = """
    import math, sys
    from mglabel.documents.isolation import run_isolated
    import hostile_readers as readers
    print("once", flush=True)
    print(run_isolated(math.factorial, 5), run_isolated(readers.pid), flush=True)
"""


def script(code: str, *, how: str = "file", folder: Path | None = None, **more: Any) -> subprocess.Popen[str]:
    """Run code as users do."""
    code = textwrap.dedent(code)
    arguments = {"-c": ["-c", code], "stdin": ["-"], "repl": ["-i", "-q"], "file": ["script.py"]}[how]
    if how == "file":
        assert folder
        (folder / "script.py").write_text(code)
    path = os.pathsep.join([str(Path(isolation.__file__).parents[2]), str(HERE)])
    process = subprocess.Popen(
        [sys.executable, "-W", "error", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": path},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **more,
    )
    if how in ("stdin", "repl"):
        assert process.stdin
        process.stdin.write(code)
        process.stdin.close()
        process.stdin = None
    return process


@pytest.mark.parametrize("how", ["file", "-c", "stdin", "repl"])
def test_scripts_need_no_guard_and_end_without_noise(how: str, tmp_path: Path):
    out, err = script(PLAIN, how=how, folder=tmp_path).communicate(timeout=20)
    first, second = out.splitlines()
    assert (first, second.split()[0]) == ("once", "120")
    assert gone(int(second.split()[1]))
    assert how == "repl" or err == ""
    assert "Error" not in err


def test_an_interrupt_reaches_the_caller_and_ends_the_worker(tmp_path: Path):
    code = """
        import hostile_readers as readers
        from mglabel.documents.isolation import run_isolated
        worker = run_isolated(readers.pid)
        print(worker, flush=True)
        try:
            run_isolated(readers.sleep_deaf, 60)
        except KeyboardInterrupt:
            print(run_isolated(readers.pid), flush=True)
    """
    process = script(code, folder=tmp_path, start_new_session=True)
    assert process.stdout
    worker = int(process.stdout.readline())
    time.sleep(0.2)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does
    out, err = process.communicate(timeout=20)
    assert (int(out) != worker, err) == (True, "")
    assert gone(worker)


@pytest.mark.parametrize("reader", ["spin", "sleep_deaf, 60"])
def test_no_worker_outlives_a_parent_that_is_killed(reader: str, tmp_path: Path):
    code = f"""
        import os, threading, time
        import hostile_readers as readers
        from mglabel.documents.isolation import run_isolated
        print(run_isolated(readers.pid), flush=True)
        if os.fork() == 0:
            time.sleep(8)  # holds the pipes open
            os._exit(0)
        run_isolated(readers.{reader})
    """
    process = script(code, folder=tmp_path, start_new_session=True)
    assert process.stdout
    worker = int(process.stdout.readline())
    time.sleep(0.2)
    process.kill()
    process.wait()
    assert gone(worker, within=4)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def gone(pid: int, within: float = 2) -> bool:
    """Whether a process ends in time; one that nobody has waited for has ended, too."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        try:
            if ") Z " in Path(f"/proc/{pid}/stat").read_text():
                return True
        except OSError:
            return True
        time.sleep(0.05)
    return False


@pytest.fixture(autouse=True, scope="module")
def _nothing_left_over() -> Iterator[None]:
    """At the end no more processes are alive than workers kept warm."""
    yield
    children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split()
    assert len(children) <= 4 + 2, children


@pytest.mark.parametrize("executable", ["", "/nowhere/python", "/bin/false", "/bin/cat"])
def test_where_no_worker_can_start_the_error_says_so(executable: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "executable", executable)
    with pytest.raises(errors.UnreadableDocument, match="no worker process can be started") as caught:
        isolation.Workers().ask(b"", Limits())
    assert caught.value.reason == "crashed"


def test_limits_are_checked_when_they_are_made():
    for wrong in ({"max_pages": 0}, {"max_bytes": 1.5}, {"wall_seconds": float("nan")}, {"cpu_seconds": -1}):
        with pytest.raises(errors.MglabelError, match=next(iter(wrong))):
            Limits(**wrong)
    with pytest.raises(errors.UnreadableDocument) as caught:
        Limits(max_bytes=3).check_bytes(4)
    assert caught.value.reason == "too-large"


def test_nothing_starts_at_import():
    code = "import threading, sys, mglabel.documents.isolation as i; print(threading.active_count(), i._POOLS)"
    out, err = script(code, how="-c").communicate(timeout=10)
    assert (out, err) == ("1 {}\n", "")
