"""Record batches in, record batches out: the same as the plain loop, every row kept, mistakes named at once."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

import mglabel
import mglabel.arrow
from mglabel.batch.arrow import BATCH_ROWS, SCHEMA_NAME
from mglabel.batch.columns import ANSWERS, COLUMNS
from mglabel.values.errors import MglabelError, UnknownPurpose

GOOD = "Per 2 capsules: magnesium citrate 1500 mg, of which magnesium 240 mg (64 % NRV). 1 capsule twice a day."
OXIDE = "Per tablet: magnesium oxide 670 mg, of which magnesium 400 mg. Take 1 tablet daily."
TEXTS = [GOOD, None, OXIDE, "", "Vitamin C", GOOD]
TABLE = pa.table({"id": [3, 1, 2, None, 5, 6], "text": TEXTS, "price": [1.5, None, 2, 3, 4, 5]})


def rows(checked: pa.RecordBatchReader) -> list[dict[str, Any]]:
    return list(checked.read_all().to_pylist())


def test_answers_are_those_of_the_plain_loop() -> None:
    expected = mglabel.check_columns(TEXTS, "sleep")
    found = mglabel.arrow.check_batches(TABLE, purpose="sleep").read_all()
    assert {name: found.column(name).to_pylist() for name in COLUMNS} == expected


def test_every_row_keeps_its_columns_in_order() -> None:
    checked = mglabel.arrow.check_batches(TABLE).read_all()
    assert checked.select(TABLE.column_names).equals(TABLE)
    assert checked.column_names == [*TABLE.column_names, *COLUMNS]
    assert checked.column("error").to_pylist() == [None, "unsupported-type", None, None, None, None]


def test_the_schema_is_published() -> None:
    schema = mglabel.arrow.schema()
    assert tuple(schema.names) == COLUMNS
    assert schema.metadata == {b"schema": SCHEMA_NAME.encode()}
    assert {field.metadata[b"doc"].decode() for field in schema} == {column.doc for column in ANSWERS}
    assert mglabel.arrow.check_batches(TABLE).schema.equals(mglabel.arrow.schema(TABLE.schema))
    kinds = {pa.string(): str, pa.float64(): float, pa.bool_(): bool}
    assert [kinds[field.type] for field in schema] == [column.type for column in ANSWERS]


class Foreign:
    """A table of another library, of which nothing is known but that it gives an Arrow stream."""

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        return TABLE.__arrow_c_stream__(requested_schema)


@pytest.mark.parametrize(
    "given",
    [
        TABLE,
        TABLE.to_reader(max_chunksize=2),
        TABLE.combine_chunks().to_batches()[0],
        TABLE.to_batches(max_chunksize=1),
        iter(TABLE.to_batches(max_chunksize=4)),
        [TABLE.slice(0, 2), TABLE.slice(2)],
        Foreign(),
        [Foreign()],
    ],
    ids=["table", "reader", "batch", "batches", "iterator", "tables", "stream", "streams"],
)
def test_whatever_gives_arrow_is_read(given: Any) -> None:
    assert rows(mglabel.arrow.check_batches(given)) == rows(mglabel.arrow.check_batches(TABLE))


@pytest.mark.parametrize(
    "kind",
    [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int32(), pa.string()), pa.binary()],
    ids=str,
)
def test_every_kind_of_text_is_read(kind: pa.DataType) -> None:
    cells = [text and text.encode() for text in TEXTS] if kind == pa.binary() else TEXTS
    column = (
        pa.array(cells, kind.value_type).dictionary_encode() if pa.types.is_dictionary(kind) else pa.array(cells, kind)
    )
    found = mglabel.arrow.check_batches(pa.table({"text": column})).read_all()
    assert found.column("grade_worst").to_pylist() == ["A", None, "E", None, None, "A"]


@pytest.mark.parametrize("kind", [pa.string(), pa.string_view()], ids=str)
def test_broken_utf8_costs_its_own_row(kind: pa.DataType) -> None:
    cells = pa.array([GOOD.encode(), b"Magnesium \xff", OXIDE.encode()], pa.binary())
    broken = pa.StringArray.from_buffers(3, *cells.buffers()[1:]).cast(kind)
    found = mglabel.arrow.check_batches(pa.table({"text": broken})).read_all()
    assert found.column("error").to_pylist() == [None, "damaged", None]
    assert found.column("grade_best").to_pylist() == ["A", None, "E"]


def test_a_column_without_any_text() -> None:
    found = mglabel.arrow.check_batches(pa.table({"text": pa.nulls(2)})).read_all()
    assert found.column("error").to_pylist() == ["unsupported-type"] * 2


def test_batches_are_read_one_at_a_time_and_given_out_small() -> None:
    taken = []

    def endless() -> Iterator[pa.RecordBatch]:
        while True:
            taken.append(1)
            yield pa.record_batch({"text": ["Vitamin C"] * (BATCH_ROWS + 1)})

    checked = mglabel.arrow.check_batches(endless())
    assert len(taken) == 1
    assert [checked.read_next_batch().num_rows for _ in range(4)] == [BATCH_ROWS, 1, BATCH_ROWS, 1]
    assert len(taken) <= 3


def test_nothing_in_nothing_out() -> None:
    assert mglabel.arrow.check_batches(TABLE.slice(0, 0)).read_all().num_rows == 0
    empty = mglabel.arrow.check_batches(iter([]), text="label")
    assert empty.schema.names == ["label", *COLUMNS]
    assert empty.read_all().num_rows == 0


def test_another_column_and_a_prefix() -> None:
    table = pa.table({"label": [GOOD], "error": ["none"], "use": [1]})
    with pytest.raises(MglabelError, match="already called 'use', 'error': give a prefix"):
        mglabel.arrow.check_batches(table, text="label")
    (row,) = rows(mglabel.arrow.check_batches(table, text="label", prefix="mg_"))
    assert (row["error"], row["use"], row["mg_error"], row["mg_use"]) == ("none", 1, None, "supplement")


@pytest.mark.parametrize(
    ("given", "text", "said"),
    [
        (TABLE, "txt", "no column 'txt'; did you mean 'text'\\? the columns are 'id', 'text', 'price'"),
        (TABLE, "id", "the column 'id' holds int64, not text"),
        (pa.Table.from_arrays([pa.array(["a"])] * 2, ["text", "text"]), "text", "2 columns are called 'text'"),
        (pa.table({}), "text", "the columns are none"),
        (GOOD, "text", "not str"),
        (5, "text", "not int"),
        ([GOOD], "text", "not str"),
    ],
)
def test_mistakes_are_named_before_anything_is_analyzed(given: Any, text: str, said: str) -> None:
    with pytest.raises(MglabelError, match=said):
        mglabel.arrow.check_batches(given, text=text)


def test_a_wrong_purpose_and_batches_that_differ() -> None:
    with pytest.raises(UnknownPurpose, match="sleep"):
        mglabel.arrow.check_batches(TABLE, purpose="slep")
    other = pa.record_batch({"text": [GOOD], "ean": [1]})
    with pytest.raises(MglabelError, match="one has the columns 'text', 'ean'"):
        mglabel.arrow.check_batches([*TABLE.to_batches(), other]).read_all()


def test_importing_the_door_imports_nothing_heavy() -> None:
    code = "import sys, mglabel.arrow; print('pyarrow' in sys.modules)"
    environment = {**os.environ, "PYTHONPATH": str(Path(mglabel.__file__).parents[1])}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True)
    assert done.stdout == "False\n"
