"""The inputs of a run as a stream of items in a stable order: label files, folders of them, patterns, and tables."""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Generator, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from mglabel.batch.formats.encoding import check_encoding
from mglabel.batch.formats.record import DAMAGED, Table
from mglabel.batch.items import FAILED, FILE, NO_OPENING, Item
from mglabel.batch.layout import Columns, Layout, is_known_table, items, layout_of
from mglabel.batch.outputs import need
from mglabel.batch.results import reason_of
from mglabel.tables.exports import exports
from mglabel.values.errors import MglabelError
from mglabel.values.nearby import hint_of_file

_NEEDS = {"parquet": "pyarrow", "excel": "openpyxl"}
_MAGIC = "*?["
_OUTSIDE = "a link that leads out of the folder; to read it, name it itself"


class Reading(NamedTuple):
    """How inputs are read: the columns and the encoding of tables, where the caller knows them."""

    columns: Columns = Columns()
    encoding: str | None = None


class Source(NamedTuple):
    """One input: a label file, a folder, or a table with its layout; what cannot be opened has a failed item."""

    path: Path
    table: Table | None = None
    layout: Layout | None = None
    failed: Item | None = None


class Inputs:
    """All inputs of a run. They can be read again, in the same order."""

    def __init__(self, given: Sequence[str], reading: Reading | None = None, skipped: Iterable[Path] = ()) -> None:
        """Look at each input; raises `MglabelError` where one is a mistake of the caller.

        The files and folders in `skipped`, such as the results themselves, are left out where a folder holds them.
        """
        self._reading = reading or Reading()
        self._skipped = frozenset(path.resolve() for path in skipped)
        check_encoding(self._reading.encoding)
        self._sources = [self._source(path) for one in given for path in _paths(one)]
        self.notes = [note for source in self._sources for note in _notes(source)]

    def items(self) -> Generator[Item, None, None]:
        """Every label, in order; close it to let go of the files."""
        for source in self._sources:
            if source.table is None and source.failed is None and source.path.is_dir():
                yield from self._of_folder(source.path)
            else:
                yield from _of_source(source)

    def weight(self) -> int:
        """Bytes of all inputs, as far as they can be looked at: what the weights of the items come to."""
        return sum(_size(file) for source in self._sources for file in self._files(source.path))

    def _of_folder(self, folder: Path) -> Iterator[Item]:
        for path in self._files(folder):
            if isinstance(path, OSError):
                name = _name(Path(path.filename or folder))
                yield Item(name, name, FAILED, path.strerror or str(path), 0, NO_OPENING)
                continue
            if _leads_out(path, folder):
                yield from _of_source(_failing(path, NO_OPENING, _OUTSIDE))
                continue
            try:
                source = self._source(path)
            except MglabelError as error:  # nobody named this table
                source = _failing(path, "unsupported-type", str(error))
            yield from _of_source(source)

    def _files(self, path: Path) -> Iterator[Path | OSError]:
        """The files of an input: itself, or those of the folder."""
        for file in _files(path):
            if isinstance(file, OSError) or not self._is_skipped(file.resolve()):
                yield file

    def _is_skipped(self, file: Path) -> bool:
        return file in self._skipped or not self._skipped.isdisjoint(file.parents)

    def _source(self, path: Path) -> Source:
        """A path with its table, if it is one."""
        try:
            mode = path.stat().st_mode
            if stat.S_ISDIR(mode):
                return Source(path)
            if not stat.S_ISREG(mode):
                return _failing(path, NO_OPENING, "neither a file nor a folder")
            table = self._table(path)
        except OSError as error:
            return _failing(path, NO_OPENING, error.strerror or str(error))
        if table is None:
            return Source(path)
        if isinstance(table, Source):
            return table
        return Source(path, table, self._layout(path, table))

    def _layout(self, path: Path, table: Table) -> Layout:
        from mglabel.batch.formats.linked_data import ID, TEXT, Documents

        if isinstance(table, Documents) and table.is_linked_data and not self._reading.columns.are_named:
            return Layout("linked-data", (ID,), (), (TEXT,))
        return layout_of(_name(path), table, self._reading.columns)

    def _table(self, path: Path) -> Table | Source | None:
        """The table in a file, None where it is a label; a source where the table is broken."""
        kind = exports().kind_of(path.suffix)
        if kind is None or not path.stat().st_size:
            return None
        need(_NEEDS.get(kind))
        try:
            return self._opened(path, kind)
        except (MglabelError, OSError) as error:
            if isinstance(error, OSError) and error.errno is not None:
                raise
            return _failing(path, reason_of(error) if isinstance(error, MglabelError) else DAMAGED, str(error))
        except Exception as error:  # the libraries have errors of many kinds
            return _failing(path, DAMAGED, f"the table cannot be opened: {error}")

    def _opened(self, path: Path, kind: str) -> Table | None:
        if kind in ("delimited", "perhaps"):
            from mglabel.batch.formats.delimited import Delimited

            if kind == "delimited":
                return Delimited(path, self._reading.encoding)
            return _perhaps(path, self._reading)
        if kind == "json_lines":
            from mglabel.batch.formats.json_lines import JsonLines

            return JsonLines(path)
        if kind == "json":
            from mglabel.batch.formats.linked_data import Documents

            return Documents(path)
        if kind == "parquet":
            from mglabel.batch.formats.parquet import Parquet

            return Parquet(path)
        if kind == "excel":
            from mglabel.batch.formats.excel import Excel

            return Excel(path)
        from mglabel.batch.formats.feed import Feed

        return Feed(path)


def _perhaps(path: Path, reading: Reading) -> Table | None:
    """A text file as a table, where its first line is the header of an export."""
    from mglabel.batch.formats.delimited import Delimited

    with path.open("rb") as stream:
        if b"\t" not in stream.readline(10_000):
            return None
    table = Delimited(path, reading.encoding)
    return table if is_known_table(table.columns) else None


def _of_source(source: Source) -> Iterator[Item]:
    name = _name(source.path)
    if source.failed is not None:
        yield source.failed
    elif source.table is None or source.layout is None:
        yield Item(name, name, FILE, os.fspath(source.path), _size(source.path))
    else:
        try:
            yield from items(name, source.table, source.layout)
        except Exception as error:  # of the disk or of a library: what was read so far stands
            yield Item(name, name, FAILED, f"the rest of the table cannot be read: {error}", 0, DAMAGED)


def _failing(path: Path, reason: str, message: str) -> Source:
    name = _name(path)
    return Source(path, failed=Item(name, name, FAILED, message, _size(path), reason))


def _notes(source: Source) -> Iterator[str]:
    """What the caller should know of how a table is read."""
    encoding = getattr(source.table, "encoding", None)
    if encoding is not None and encoding.is_guess:
        yield f"{_name(source.path)}: not UTF-8, read as {encoding.name}; if that is wrong, name its --encoding"


def _paths(given: str) -> list[Path]:
    """What an argument names: a path, or all that its pattern finds."""
    if os.path.lexists(given):
        return [Path(given)]
    found = sorted(glob.glob(given, recursive=True)) if any(sign in given for sign in _MAGIC) else []
    if not found:
        near = hint_of_file(given)
        raise MglabelError(f"{given}: no such file or folder" + (f": {near}" if near else ""))
    return [Path(one) for one in found]


def _files(path: Path) -> Iterator[Path | OSError]:
    """The files of a folder and below, by name; hidden ones are left out. A folder that cannot be read is an error."""
    try:
        if not path.is_dir():
            yield path
            return
        names = sorted(os.listdir(path))
    except OSError as error:
        yield error
        return
    for name in names:
        inner = path / name
        if name.startswith("."):
            continue
        if inner.is_dir() and not inner.is_symlink():
            yield from _files(inner)
        elif not inner.is_dir():
            yield inner


def _leads_out(path: Path, folder: Path) -> bool:
    """Whether a file in a folder is a link to a file elsewhere, which whoever made the folder may not even read."""
    return path.is_symlink() and path.exists() and not path.resolve().is_relative_to(folder.resolve())


def _size(path: Path | OSError) -> int:
    try:
        return 0 if isinstance(path, OSError) else path.stat().st_size
    except OSError:
        return 0


def _name(path: Path) -> str:
    """A path as it is written into results: with slashes, and text whatever its bytes are."""
    return os.fsencode(path).decode("utf-8", "replace").replace(os.sep, "/")
