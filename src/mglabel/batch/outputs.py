"""The finished file: rows of JSON lines as JSON lines, CSV, Parquet or Excel, put in its place in one step.

Rows stream from the one file into the other; a file of that name holds the old content until the new is whole.
"""

from __future__ import annotations

import importlib.util
import itertools
import json
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from mglabel.batch.checkpoint import lines, sync_folder
from mglabel.batch.columns import Column
from mglabel.batch.results import FULL
from mglabel.batch.stopping import Stopping, never, watched
from mglabel.reports.spreadsheets import disarmed
from mglabel.values.errors import MglabelError

if TYPE_CHECKING:
    from openpyxl.cell import WriteOnlyCell

NEW = ".new"
"""Behind the name of a file that is not whole yet."""

EXTRA = "mglabel[batch]"
_NEEDS = {".parquet": "pyarrow", ".xlsx": "openpyxl"}
_SUFFIXES = (".jsonl", ".ndjson", ".csv", ".parquet", ".xlsx")

_ROWS_A_BATCH = 5_000
_EXCEL_ROWS = 1_048_576
"""Rows of one sheet, the head included."""
_EXCEL_CHARS = 32_767
_NOT_IN_EXCEL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

_TO_QUOTE = re.compile(r"[\",;\t\r\n|]")

Row = dict[str, Any]
Writer = Callable[[Iterator[Row], Path, Sequence[Column]], None]


def check(out: Path, full: bool) -> None:
    """Raise before any work is done where the output cannot be written as asked."""
    suffix = out.suffix.lower()
    if suffix not in _SUFFIXES:
        raise MglabelError(f"{out.name}: the output is told by its suffix, one of {', '.join(_SUFFIXES)}")
    need(_NEEDS.get(suffix))
    if full and suffix == ".xlsx":
        raise MglabelError("a cell of Excel is too small for a whole analysis; write .jsonl or .parquet with --full")
    if not out.parent.is_dir():
        raise MglabelError(f"{out.parent}: no such folder; make it first")
    if out.is_dir():
        raise MglabelError(f"{out}: this is a folder; name a file in it")


def need(module: str | None) -> None:
    """Raise where a module of the extra is not installed.

    >>> need("no_such_module")
    Traceback (most recent call last):
    mglabel.values.errors.MglabelError: this needs no_such_module: pip install 'mglabel[batch]'
    """
    if module is not None and importlib.util.find_spec(module) is None:
        raise MglabelError(f"this needs {module}: pip install '{EXTRA}'")


def place(rows: Path, out: Path, columns: Sequence[Column], stopping: Stopping = never) -> None:
    """Make the finished file of the rows; whole or not at all, also where the power fails. Raises `OSError`."""
    new = out.with_name(out.name + NEW)
    new.unlink(missing_ok=True)
    try:
        writer = _WRITERS.get(out.suffix.lower())
        if writer is None:
            # Not the same file by another name: a later run writes into its own.
            shutil.copyfile(rows, new)
        else:
            writer(map(msgspec.json.decode, watched(lines(rows), stopping)), new, columns)
        with new.open("rb+") as stream:
            os.fsync(stream.fileno())
        os.replace(new, out)
    except BaseException:
        with suppress(OSError):
            new.unlink(missing_ok=True)
        raise
    sync_folder(out.parent)


def csv_line(values: Iterable[object]) -> str:
    """One line of CSV in which no cell starts a formula.

    >>> print(csv_line(["=1+1", -5, "-5", None, True, "a, b", "x;@y", 12.0, 0.125]), end="")
    '=1+1,-5,-5,,true,"a, b","x;'@y",12,0.125
    """
    return ",".join(map(_csv_cell, values)) + "\n"


def _csv_cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return f"{value:.10g}"
    text = disarmed(str(value))
    return '"' + text.replace('"', '""') + '"' if _TO_QUOTE.search(text) else text


def _csv(rows: Iterator[Row], new: Path, columns: Sequence[Column]) -> None:
    names = [column.name for column in columns]
    with new.open("w", encoding="utf-8", newline="") as stream:
        stream.write(csv_line(names))
        for row in rows:
            stream.write(csv_line(_flat(row, names)))


def _flat(row: Row, names: Sequence[str]) -> Iterator[object]:
    """The cells of a row; a whole analysis as JSON."""
    for name in names:
        value = row[name]
        yield json.dumps(value, ensure_ascii=False) if name == FULL.name and value is not None else value


def _parquet(rows: Iterator[Row], new: Path, columns: Sequence[Column]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    types = {str: pa.string(), float: pa.float64(), bool: pa.bool_(), int: pa.int64()}
    schema = pa.schema([pa.field(c.name, types[c.type], metadata={"description": c.doc}) for c in columns])
    names = [column.name for column in columns]
    with pq.ParquetWriter(new, schema, compression="zstd") as writer:
        for batch in _batches(rows, _ROWS_A_BATCH):
            flat = list(zip(*(tuple(_flat(row, names)) for row in batch), strict=True))
            arrays = [pa.array(cells, types[column.type]) for cells, column in zip(flat, columns, strict=True)]
            writer.write_batch(pa.record_batch(arrays, schema=schema))


def _batches(rows: Iterator[Row], size: int) -> Iterator[list[Row]]:
    while batch := list(itertools.islice(rows, size)):
        yield batch


def _excel(rows: Iterator[Row], new: Path, columns: Sequence[Column]) -> None:
    """One sheet after the other, as many as the rows need."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    names = [column.name for column in columns]
    first = next(rows, None)
    for number in itertools.count(1):
        sheet = book.create_sheet(f"labels {number}" if number > 1 else "labels")
        sheet.freeze_panes = "A2"
        sheet.append(names)
        chunk = itertools.islice(itertools.chain([] if first is None else [first], rows), _EXCEL_ROWS - 1)
        for row in chunk:
            sheet.append([_excel_cell(sheet, row[name]) for name in names])
        first = next(rows, None)
        if first is None:
            break
    book.save(new)


def _excel_cell(sheet: Any, value: object) -> WriteOnlyCell | object:
    """A value as it is; a text as a text, whatever it begins with."""
    if not isinstance(value, str):
        return value
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, None)
    cell.value = _NOT_IN_EXCEL.sub("\ufffd", value)[:_EXCEL_CHARS]
    cell.data_type = "s"
    return cell


_WRITERS: dict[str, Writer] = {".csv": _csv, ".parquet": _parquet, ".xlsx": _excel}
