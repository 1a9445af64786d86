"""A row of results: where the label came from, the flat columns of `check_columns`, and why it could not be read.

A row is written once, as a line of JSON; the other formats are made from those lines.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from mglabel.analysis.result import Analysis
from mglabel.analysis.wire import wired
from mglabel.batch.columns import ANSWERS, TOO_LARGE, Column, cells, failed_cells
from mglabel.batch.items import NO_OPENING
from mglabel.values.errors import MglabelError, TextTooLong, UnreadableDocument


def _nothing(_: Analysis) -> None:
    """What an analysis alone does not tell."""


def _pages(analysis: Analysis) -> str | None:
    pages = analysis.product.pages
    return None if pages is None else ",".join(map(str, pages))


ORIGIN = (
    Column("id", str, "the label's id: from the id column of a table, else its file, or its table and row", _nothing),
    Column("file", str, "the file that the label came from", _nothing),
    Column("product_index", int, "which product of its file it is, from 1; null for a row of a table", _nothing),
    Column("pages", str, "the pages of the product in a file that has pages", _pages),
)
"""Where the label came from, before the columns of `check_columns`."""

MESSAGE = Column("error_message", str, "the same in a sentence, with what to do about it", _nothing)
REPORT = Column("report", str, "where the label's own report is, from the overview, where one is asked for", _nothing)
FULL = Column("analysis", str, "the whole analysis as JSON, where it is asked for", _nothing)

RESULTS: tuple[Column, ...] = (*ORIGIN, *ANSWERS, MESSAGE)
"""The columns of a row of results, in order; `report` and `analysis` come behind them where they are asked for."""


def columns(full: bool, reports: bool = False) -> tuple[Column, ...]:
    """The columns of the rows of a run.

    >>> [column.name for column in columns(full=False)][:4]
    ['id', 'file', 'product_index', 'pages']
    """
    return (*RESULTS, *([REPORT] if reports else []), *([FULL] if full else []))


def body(analysis: Analysis, index: int | None, lang: str | None, beside: Mapping[str, str | None]) -> bytes:
    """The line of a label without its id and file; with the whole analysis where there is a language for it.

    `beside` are cells between the two.
    """
    row: dict[str, Any] = {"product_index": index, "pages": _pages(analysis), **cells(analysis), MESSAGE.name: None}
    row |= beside
    if lang is not None:
        row[FULL.name] = wired(analysis, lang)
    return encoded(row)[1:]


def failed_body(reason: str, message: str, beside: Sequence[Column] = ()) -> bytes:
    """The line of a label that cannot be read, without its id and file; `beside` are columns behind, which are empty.

    >>> failed_body("damaged", "cut off", [FULL])[-60:]
    b'"error":"damaged","error_message":"cut off","analysis":null}'
    """
    row: dict[str, Any] = {"product_index": None, "pages": None, **failed_cells(reason), MESSAGE.name: message}
    row |= dict.fromkeys(column.name for column in beside)
    return encoded(row)[1:]


def line(id_: str, file: str | None, rest: bytes) -> bytes:
    """The whole line of a row.

    >>> line("a", None, b'"pages":null}')
    b'{"id":"a","file":null,"pages":null}\\n'
    """
    return encoded({"id": id_, "file": file})[:-1] + b"," + rest + b"\n"


def reason_of(error: MglabelError | OSError) -> str:
    """The stable word for why a label could not be read."""
    if isinstance(error, UnreadableDocument):
        return error.reason
    if isinstance(error, TextTooLong):
        return TOO_LARGE
    return NO_OPENING if isinstance(error, OSError) else "damaged"


def encoded(value: object) -> bytes:
    """A value as JSON; a lone surrogate, which JSON cannot hold, becomes one replacement character.

    >>> encoded({"id": "\\ud800"})
    b'{"id":"\\xef\\xbf\\xbd"}'
    """
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:
        return msgspec.json.encode(_encodable(msgspec.to_builtins(value)))


def _encodable(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, dict):
        return {_encodable(key): _encodable(held) for key, held in value.items()}
    if isinstance(value, list | tuple):
        return [_encodable(item) for item in value]
    return value
