"""The flat columns for Arrow: record batches in, the same with the answers behind their columns out, one at a time.

pyarrow comes with an extra and is imported when a function is called, so that all else works without it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from mglabel.batch.columns import ANSWERS, check_columns
from mglabel.tables.guide import Guide, default_guide
from mglabel.values.errors import MglabelError

if TYPE_CHECKING:
    import pyarrow as pa

SCHEMA_NAME = "mglabel.columns/1"
TEXT = "text"
BATCH_ROWS = 1024
"""The most rows in a batch that is given out: what is held at a time, however large the batches given are."""

_STREAM = "__arrow_c_stream__"
_TYPES = {str: "string", float: "float64", bool: "bool_", int: "int64"}


def check_batches(
    batches: Any, text: str = TEXT, purpose: str | None = None, guide: Guide | None = None, prefix: str = ""
) -> pa.RecordBatchReader:
    """Analyze the labels in a column of record batches, reading and giving out one batch at a time.

    `batches` is anything with `__arrow_c_stream__` (a pyarrow, pandas or polars table, a DuckDB relation, a reader) or
    an iterable of such. Every row comes out again, in order, with all its columns as they were and the answers behind
    them (`schema` tells which); `prefix` is put before the answers' names, for tables that have such names already.
    The reader that is given back is an iterator of record batches and has `__arrow_c_stream__` itself. A column that
    is missing, holds no text or has an answer's name raises `MglabelError` before anything is analyzed.

    >>> import pyarrow as pa
    >>> table = pa.table({"id": [7], "text": ["Per tablet: magnesium (as citrate) 100 mg. 1 tablet daily."]})
    >>> checked = check_batches(table).read_all()
    >>> checked.select(["id", "sources", "grade_best"]).to_pylist()
    [{'id': 7, 'sources': 'citrate', 'grade_best': 'A'}]
    """
    _check_installed()
    import pyarrow as pa

    edition = default_guide() if guide is None else guide
    edition.checked_purpose(purpose)
    given, stream = _opened(batches, text)
    whole = schema(given, prefix)
    _check_text(given, text)

    def checked() -> Iterator[pa.RecordBatch]:
        for batch in stream:
            if not batch.schema.equals(given):
                raise MglabelError(f"the batches differ: one has the columns {_named(batch.schema.names)}")
            for start in range(0, batch.num_rows, BATCH_ROWS):
                rows = batch.slice(start, BATCH_ROWS)
                answers = check_columns(_texts(rows.column(text)), purpose, edition)
                cells = [pa.array(answers[c.name], _type(c.type)) for c in ANSWERS]
                yield pa.RecordBatch.from_arrays([*rows.columns, *cells], schema=whole)

    return pa.RecordBatchReader.from_batches(whole, checked())


def schema(given: pa.Schema | None = None, prefix: str = "") -> pa.Schema:
    """The Arrow schema of the answers, behind the columns of a schema where one is given.

    >>> schema().field("grade_best").type, schema().field("elemental_mg_per_day_low").type
    (DataType(string), DataType(double))
    """
    _check_installed()
    import pyarrow as pa

    answers = [pa.field(prefix + c.name, _type(c.type), metadata={"doc": c.doc}) for c in ANSWERS]
    if given is None:
        return pa.schema(answers, metadata={"schema": SCHEMA_NAME})
    taken = [field.name for field in answers if field.name in given.names]
    if taken:
        raise MglabelError(f"columns are already called {_named(taken)}: give a prefix for the answers, such as 'mg_'")
    return pa.schema([*given, *answers], metadata=given.metadata)


def _check_installed() -> None:
    """Raise where the extra is not installed."""
    if find_spec("pyarrow") is None:
        raise MglabelError("this needs pyarrow: pip install 'mglabel[arrow]'")


def _type(python: type) -> pa.DataType:
    import pyarrow as pa

    return getattr(pa, _TYPES[python])()


def _opened(batches: Any, text: str) -> tuple[pa.Schema, Iterator[pa.RecordBatch]]:
    """The schema of what is given and its batches; of an iterable the first one is read to know it."""
    import pyarrow as pa

    if hasattr(batches, _STREAM):
        reader = pa.RecordBatchReader.from_stream(batches)
        return reader.schema, reader
    if isinstance(batches, str | bytes) or not isinstance(batches, Iterable):
        raise MglabelError(f"check_batches reads Arrow record batches or a table, not {type(batches).__name__}")
    stream = _each(batches)
    first = next(stream, None)
    if first is None:  # an empty share of a table, as engines hand out; nothing says what else it would have held
        return pa.schema([(text, pa.string())]), iter(())
    return first.schema, _chained(first, stream)


def _chained(first: pa.RecordBatch, others: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    yield first
    yield from others


def _each(items: Iterable[Any]) -> Iterator[pa.RecordBatch]:
    """The record batches of an iterable of record batches, tables or frames."""
    import pyarrow as pa

    for item in items:
        if isinstance(item, pa.RecordBatch):
            yield item
        elif hasattr(item, _STREAM):
            yield from pa.RecordBatchReader.from_stream(item)
        else:
            raise MglabelError(f"check_batches reads Arrow record batches, not {type(item).__name__}")


def _check_text(given: pa.Schema, text: str) -> None:
    """Raise unless there is one column of this name and it holds text."""
    found = given.get_all_field_indices(text)
    if len(found) > 1:
        raise MglabelError(f"{len(found)} columns are called {text!r}")
    if not found:
        near = get_close_matches(text, given.names, n=1)
        hint = f"did you mean {near[0]!r}? " if near else ""
        raise MglabelError(f"no column {text!r}; {hint}the columns are {_named(given.names)}")
    kind = given.field(text).type
    if not _is_text(kind):
        raise MglabelError(f"the column {text!r} holds {kind}, not text")


def _is_text(kind: pa.DataType) -> bool:
    """Whether cells of a type are text or bytes; a column without any cell has the null type."""
    import pyarrow.types as types

    if types.is_dictionary(kind):
        return _is_text(kind.value_type)
    names = ("string", "large_string", "string_view", "binary", "large_binary", "binary_view", "null")
    return any(getattr(types, f"is_{name}")(kind) for name in names)


def _texts(column: pa.Array) -> list[Any]:
    """The cells as Python values; where a cell is broken UTF-8, all as bytes, so that only that one is refused."""
    import pyarrow as pa

    try:
        return list(column.to_pylist())
    except UnicodeDecodeError:
        plain = column.dictionary_decode() if pa.types.is_dictionary(column.type) else column
        views = pa.types.is_string_view(plain.type)
        return list(plain.cast(pa.binary_view() if views else pa.large_binary()).to_pylist())


def _named(names: Iterable[str]) -> str:
    return ", ".join(repr(name) for name in names) or "none"
