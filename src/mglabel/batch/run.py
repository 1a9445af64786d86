"""A whole run: inputs to rows, by a checkpoint that a stop of any kind can be gone on from, to the finished file."""

from __future__ import annotations

import hashlib
import itertools
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import cache
from hashlib import blake2b
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import NamedTuple, TextIO

import msgspec

from mglabel import __version__
from mglabel.batch import checkpoint, label_reports, outputs, overview
from mglabel.batch.checkpoint import Checkpoint, Found, Mark
from mglabel.batch.crew import Crew
from mglabel.batch.duplicates import Duplicates
from mglabel.batch.inputs import Inputs, Reading
from mglabel.batch.items import Item, unopened
from mglabel.batch.progress import Progress
from mglabel.batch.results import RESULTS, line
from mglabel.batch.stopping import Stopped, Stopping, never, watched
from mglabel.batch.summary import Summary, summed
from mglabel.batch.work import Options
from mglabel.values.errors import MglabelError

COMMIT_SECONDS = 1.0
COMMIT_BYTES = 4_000_000
_CHAIN_BYTES = 16
_BLANK = bytes(_CHAIN_BYTES)

Say = Callable[[str], None]


class Plan(msgspec.Struct, frozen=True):
    """What a run is asked to do."""

    inputs: tuple[str, ...]
    out: Path
    reading: Reading = Reading()
    options: Options = msgspec.field(default_factory=Options)
    jobs: int = 1
    resume: bool = False
    restart: bool = False
    overview: Path | None = None
    """Where the overview of the run goes, and beside it the reports that `options` ask for."""
    lang: str = "en"
    """The language of the overview."""


class Outcome(NamedTuple):
    """What came of it."""

    summary: Summary
    read: int
    """Labels that this run read; those of a run that was gone on with are not among them."""
    repeated: int
    """Labels whose content had been read before."""
    duplicates: int
    """Ids that had come before."""
    seconds: float


class Halted(MglabelError):
    """The run ended before its end; what is done is kept. `cause` is None where it was asked to stop."""

    def __init__(self, done: int, rows: Path, cause: OSError | None = None) -> None:
        self.is_asked_for = cause is None
        why = "stopped" if cause is None else f"{cause.strerror or cause}"
        super().__init__(
            f"{why}: {done:,} labels are done and kept in {rows}; go on with the same command and --resume"
        )


def run(
    plan: Plan, *, say: Say = lambda _: None, stopping: Stopping = never, terminal: TextIO | None = None
) -> Outcome:
    """Read all labels of a plan and write the results; raises `Halted`, and `MglabelError` for mistakes of the caller.

    `say` takes what the caller should know, `stopping` asks whether to stop, `terminal` shows the progress.
    """
    begun = time.monotonic()
    outputs.check(plan.out, plan.options.lang is not None)
    if plan.overview is not None:
        overview.check(plan.overview, plan.out)
    inputs = Inputs(plan.inputs, plan.reading, _own_files(plan))
    for note in inputs.notes:
        say(note)
    key = key_of(plan)
    progress = Progress(terminal, inputs.weight() if terminal is not None and terminal.isatty() else 0)
    with closing(_Course(inputs, key, progress)) as course:
        mark = _mark(plan, key, course, say)
        if plan.options.reports is not None:
            Path(plan.options.reports.folder).mkdir(exist_ok=True)
        stored = Checkpoint(plan.out, key, mark)
        try:
            repeated = _read(plan, course, stored, stopping)
            progress.clear()
            if course.ids.count:
                say(f"{course.ids.count:,} ids come more than once, such as {', '.join(map(repr, course.ids.named))}")
            summary = summed(watched(checkpoint.lines(stored.rows), stopping))
            outputs.place(stored.rows, plan.out, plan.options.columns, stopping)
            if plan.overview is not None:
                _show(plan, plan.overview, stored.rows, stopping)
        except (Stopped, OSError) as error:
            progress.clear()
            raise Halted(stored.mark.items, stored.rows, error if isinstance(error, OSError) else None) from error
        except BaseException:
            progress.clear()
            raise
        finally:
            stored.close()
    stored.remove()
    return Outcome(summary, progress.read, repeated, course.ids.count, time.monotonic() - begun)


def _read(plan: Plan, course: _Course, stored: Checkpoint, stopping: Stopping) -> int:
    """Have every item answered and its rows stored; gives how many labels were known already."""
    crew = Crew(plan.options, plan.jobs, course.key, stopping)
    committed = time.monotonic()
    held = 0
    try:
        for item, digest, answer in crew.answered(course.items()):
            lines = [line(item.id, item.file, row) for row in answer.rows]
            stored.append(*lines)
            course.pass_by(item, digest)
            course.progress.add(item.weight, answer.severity, answer.reason)
            held += sum(map(len, lines))
            if held > COMMIT_BYTES or time.monotonic() - committed > COMMIT_SECONDS:
                stored.commit(course.seen)
                committed, held = time.monotonic(), 0
        stored.commit(course.seen)
    except Stopped:
        stored.commit(course.seen)
        raise
    finally:
        crew.close()
    return crew.memory.hits


def _show(plan: Plan, page: Path, rows: Path, stopping: Stopping) -> None:
    """Write the overview, and see to it that beside it are the reports that it leads to, and no others."""
    if plan.options.reports is not None:
        label_reports.flush()
    overview.place(watched(checkpoint.lines(rows), stopping), page, plan.options.edition, plan.lang)
    if plan.options.reports is not None:
        label_reports.tidy(watched(checkpoint.lines(rows), stopping), Path(plan.options.reports.folder))


class _Course:
    """The items of a run, and what was seen of them so far: it tells these inputs from any others."""

    def __init__(self, inputs: Inputs, key: dict[str, str], progress: Progress) -> None:
        self.key = blake2b(msgspec.json.encode(key), digest_size=32).digest()
        self.progress = progress
        self.ids = Duplicates()
        self._inputs = inputs
        self._items = inputs.items()
        self._chain = _BLANK

    @property
    def seen(self) -> str:
        """All items so far, their ids and contents, in one number."""
        return self._chain.hex()

    def items(self) -> Iterator[Item]:
        """The items that are still to be read."""
        return self._items

    def pass_by(self, item: Item, digest: bytes) -> None:
        """Note that an item is done."""
        self.ids.see(item.id)
        named = msgspec.json.encode([item.id.encode("utf-8", "replace"), (item.file or "").encode("utf-8", "replace")])
        self._chain = blake2b(self._chain + digest + named, digest_size=_CHAIN_BYTES).digest()

    def skip(self, mark: Mark) -> bool:
        """Pass the items that an earlier run has done, if they are still the same."""
        for item in itertools.islice(self._items, mark.items):
            try:
                digest = item.digest(self.key)
            except OSError as error:
                digest = unopened(item, error).digest(self.key)
            self.pass_by(item, digest)
            self.progress.skip(item.weight)
        return self.seen == (mark.seen or _BLANK.hex())

    def begin_anew(self) -> None:
        """Go back to the first item."""
        self.close()
        self._items, self._chain, self.ids = self._inputs.items(), _BLANK, Duplicates()

    def close(self) -> None:
        """Let go of the files."""
        self._items.close()
        self.ids.close()


def _mark(plan: Plan, key: dict[str, str], course: _Course, say: Say) -> Mark | None:
    """Where an earlier run is gone on from; None where it begins at the first label."""
    found = checkpoint.found(plan.out)
    if found is None or plan.restart:
        return None
    if not plan.resume:
        if not found.mark.items:
            return None
        raise MglabelError(
            f"{checkpoint.paths(plan.out)[0]} holds {found.mark.items:,} labels of a run that was stopped; go on with"
            " --resume, or give --restart to throw them away"
        )
    changed = _changed(found, key)
    if not changed and plan.options.reports is not None:
        found = _with_reports(found, plan.out, Path(plan.options.reports.folder))
    if not changed and course.skip(found.mark):
        say(f"going on after {found.mark.items:,} labels that are done")
        return found.mark
    course.begin_anew()
    say(f"beginning anew, as another {' and '.join(changed) or 'content of the inputs'} gives other answers")
    return None


def _with_reports(found: Found, out: Path, folder: Path) -> Found:
    """What an earlier run left, up to the first label whose report is not there."""
    rows = checkpoint.paths(out)[0]
    whole = label_reports.whole_until(checkpoint.lines(rows), found.mark.bytes, folder)
    return checkpoint.found(out, whole) or found._replace(mark=Mark(0, 0, ""))


def _changed(found: Found, key: dict[str, str]) -> list[str]:
    return [name for name in key if found.key.get(name) != key[name]]


def key_of(plan: Plan) -> dict[str, str]:
    """All that the rows depend on beside the labels themselves."""
    options = plan.options
    return {
        "version": __version__,
        "tables": tables_hash(),
        "columns": ",".join(column.name for column in RESULTS),
        "purpose": options.purpose or "",
        "guide": "" if options.guide is None else blake2b(options.guide, digest_size=16).hexdigest(),
        "report": options.lang or "",
        "reports": msgspec.json.encode(options.reports).decode(),
        "limits": msgspec.json.encode(options.limits).decode(),
        "reading": msgspec.json.encode(plan.reading).decode(),
    }


@cache
def tables_hash() -> str:
    """One number for all data tables of the package."""
    summed_up = hashlib.blake2b(digest_size=16)
    for name, data in _files(resources.files("mglabel") / "data"):
        summed_up.update(f"{name} {len(data)}\n".encode() + data)
    return summed_up.hexdigest()


def _files(folder: Traversable, name: str = "") -> Iterator[tuple[str, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        called = f"{name}/{entry.name}"
        if entry.is_dir():
            yield from _files(entry, called)
        else:
            yield called, entry.read_bytes()


def _own_files(plan: Plan) -> Iterator[Path]:
    """What the run writes itself, in files and in folders."""
    yield from checkpoint.paths(plan.out)
    for out in filter(None, (plan.out, plan.overview)):
        yield from (out, out.with_name(out.name + outputs.NEW))
    if plan.overview is not None:
        yield label_reports.folder_for(plan.overview)
