"""The overview of a run as a file: checked before any work, made of the rows, put in its place in one step."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from msgspec.structs import replace

from mglabel.batch.checkpoint import sync_folder
from mglabel.batch.label_reports import folder_for, is_there
from mglabel.batch.outputs import NEW
from mglabel.reports.overview.page import page
from mglabel.reports.overview.rows import Row, rows_of
from mglabel.tables.guide import Guide
from mglabel.values.errors import MglabelError

SUFFIXES = (".html", ".htm")


def check(overview: Path, out: Path | None = None) -> None:
    """Raise before any work is done where the overview cannot be written as asked."""
    if overview.suffix.lower() not in SUFFIXES:
        raise MglabelError(f"{overview.name}: the overview is a page, so its name ends in {' or '.join(SUFFIXES)}")
    if not overview.parent.is_dir():
        raise MglabelError(f"{overview.parent}: no such folder; make it first")
    if overview.is_dir():
        raise MglabelError(f"{overview}: this is a folder; name a file in it")
    folder = folder_for(overview)
    if folder.exists() and not folder.is_dir():
        raise MglabelError(f"{folder}: the reports would go into a folder of this name, but it is a file")
    if out is not None and out.resolve() == overview.resolve():
        raise MglabelError(f"{overview}: the results have this name already")


def place(lines: Iterable[bytes], overview: Path, guide: Guide, lang: str = "en") -> None:
    """Write the overview of rows of results; whole or not at all. Raises `OSError`."""
    new = overview.with_name(overview.name + NEW)
    try:
        with new.open("w", encoding="utf-8", errors="replace", newline="\n") as stream:
            stream.writelines(page(_leading(rows_of(lines), overview.parent), guide, lang))
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(new, overview)
    except BaseException:
        with suppress(OSError):
            new.unlink(missing_ok=True)
        raise
    sync_folder(overview.parent)


def _leading(rows: Iterable[Row], folder: Path) -> Iterator[Row]:
    """The rows, with reports only where there is one beside the page, so that no link leads nowhere."""
    for row in rows:
        yield row if row.report is None or is_there(row.report, folder) else replace(row, report=None)
