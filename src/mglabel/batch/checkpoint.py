"""Rows on disk while a run goes on: a file that only grows, and a journal that says how much of it is true.

Rows are flushed to the disk before the journal speaks of them. So after a power cut what the journal counts is there,
and what it does not count is cut off and read again: no row is lost and none comes twice.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import msgspec

from mglabel.values.errors import MglabelError

FORMAT = "mglabel.batch/1"
ROWS, JOURNAL = ".part", ".journal"
"""What the two files are called behind the name of the output."""

Key = Mapping[str, str]
"""What the rows depend on beside the labels: they are true for one version, one guide, one set of options."""


class Mark(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """So many items are done, in so many bytes of rows; `seen` tells these items from any others."""

    items: int
    bytes: int
    seen: str


class _Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    format: str
    key: dict[str, str]


class Found(NamedTuple):
    """What an earlier run left: the key of its rows and how far it came."""

    key: dict[str, str]
    mark: Mark


class Busy(MglabelError):
    """Another run writes the same output."""


def paths(out: Path) -> tuple[Path, Path]:
    """The files of the rows and of the journal.

    >>> paths(Path("found.csv"))[0].name
    'found.csv.part'
    """
    return out.with_name(out.name + ROWS), out.with_name(out.name + JOURNAL)


def found(out: Path, most: int | None = None) -> Found | None:
    """What an earlier run for this output left, if that can be gone on with; `most` bytes of rows are to be trusted."""
    rows, journal = paths(out)
    try:
        head, *lines = journal.read_bytes().splitlines(keepends=True)
        size = rows.stat().st_size if most is None else min(most, rows.stat().st_size)
        first = msgspec.json.decode(head, type=_Head)
    except (OSError, ValueError, msgspec.MsgspecError):
        return None
    mark = Mark(0, 0, "")
    for line in lines:
        try:
            later = msgspec.json.decode(line, type=Mark)
        except msgspec.MsgspecError:  # the end that a power cut leaves
            break
        if not line.endswith(b"\n") or later.bytes > size:
            break
        mark = later
    return Found(first.key, mark) if first.format == FORMAT else None


class Checkpoint:
    """The two files of a run that goes on."""

    def __init__(self, out: Path, key: Key, mark: Mark | None = None) -> None:
        """Begin anew, or behind the mark that an earlier run left."""
        self.rows, self.journal = paths(out)
        self.mark = mark or Mark(0, 0, "")
        self._pending: list[bytes] = []
        self._waiting = 0
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0)
        self._journal = os.open(self.journal, flags, 0o666)
        self._rows = -1
        try:
            _lock(self._journal, self.journal)
            self._rows = os.open(self.rows, flags, 0o666)
            head = msgspec.json.encode(_Head(FORMAT, dict(key))) + b"\n"
            if mark is None:
                # The journal goes first: it must never speak of rows of another run.
                self._journal_size = _put(self._journal, 0, b"")
                _put(self._rows, 0, b"")
                self._journal_size = _put(self._journal, 0, head)
            else:
                # A journal with one line says the same as the one that was torn.
                os.ftruncate(self._rows, mark.bytes)
                os.fsync(self._rows)
                self._journal_size = _journal_end(self.journal, mark, head)
                os.ftruncate(self._journal, self._journal_size)
            sync_folder(out.parent)
        except BaseException:
            self.close()
            raise

    def append(self, *lines: bytes) -> None:
        """Take the rows of one item; `commit` writes them."""
        self._pending.extend(lines)
        self._waiting += 1

    def commit(self, seen: str) -> None:
        """Write what was taken so that it outlives a power cut; raises `OSError`, and then can be called again."""
        if not self._waiting:
            return
        data = b"".join(self._pending)
        try:
            _put(self._rows, self.mark.bytes, data)
        except OSError:  # a full disk: whoever reads the file finds whole rows
            with suppress(OSError):
                os.ftruncate(self._rows, self.mark.bytes)
            raise
        mark = Mark(self.mark.items + self._waiting, self.mark.bytes + len(data), seen)
        try:
            size = _put(self._journal, self._journal_size, msgspec.json.encode(mark) + b"\n")
        except OSError:
            with suppress(OSError):
                os.ftruncate(self._journal, self._journal_size)
            raise
        self.mark, self._journal_size = mark, size
        self._pending.clear()
        self._waiting = 0

    def close(self) -> None:
        """Let go of the files; they stay."""
        for descriptor in (self._rows, self._journal):
            if descriptor >= 0:
                os.close(descriptor)
        self._rows = self._journal = -1

    def remove(self) -> None:
        """Delete the files, the journal first: rows without one are never gone on with."""
        self.close()
        self.journal.unlink(missing_ok=True)
        self.rows.unlink(missing_ok=True)


def lines(rows: Path) -> Iterator[bytes]:
    """The rows of a file, one line each."""
    with rows.open("rb") as stream:
        yield from stream


def sync_folder(folder: Path) -> None:
    """Make the names in a folder outlive a power cut, where the system can be asked for that."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # some network drives cannot
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _put(descriptor: int, at: int, data: bytes) -> int:
    """Make `data` the end of a file from a place on, flushed to the disk; gives the new size."""
    os.ftruncate(descriptor, at)
    os.lseek(descriptor, at, os.SEEK_SET)
    left = memoryview(data)
    while left:
        left = left[os.write(descriptor, left) :]
    os.fsync(descriptor)
    return at + len(data)


def _journal_end(journal: Path, mark: Mark, head: bytes) -> int:
    """Where the line of a mark ends in its journal."""
    if not mark.items:
        return len(journal.read_bytes().splitlines(keepends=True)[0])
    line = msgspec.json.encode(mark) + b"\n"
    return journal.read_bytes().index(line) + len(line)


if sys.platform == "win32":

    def _lock(descriptor: int, journal: Path) -> None:
        """Be the only one who writes."""
        import msvcrt

        try:
            os.lseek(descriptor, 2**30, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            raise _busy(journal) from error

else:

    def _lock(descriptor: int, journal: Path) -> None:
        """Be the only one who writes."""
        import fcntl

        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise _busy(journal) from error
        except OSError:  # a network drive without locks
            return


def _busy(journal: Path) -> Busy:
    return Busy(f"another run is writing this output (it holds {journal.name}); wait for it or name another output")
