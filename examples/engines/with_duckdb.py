"""DuckDB: a query streams through and is queried again, or a function in SQL. `pip install 'mglabel[arrow]' duckdb`."""

from __future__ import annotations

import sys

import duckdb
import labels
import pyarrow as pa

import mglabel
import mglabel.arrow

# DuckDB finds a table by the name of the variable that holds it, which a linter cannot know.
# ruff: noqa: F841

NO_ROWS = duckdb.from_arrow(mglabel.arrow.schema().empty_table())
ANSWER = duckdb.struct_type(dict(zip(NO_ROWS.columns, NO_ROWS.types, strict=True)))


def batches(table: labels.Table) -> labels.Rows:
    connection = duckdb.connect()
    given = pa.table(table)
    checked = mglabel.arrow.check_batches(connection.cursor().sql("SELECT id, text FROM given"))
    return connection.sql("SELECT * FROM checked").to_arrow_table().to_pylist()


def magnesium(texts: pa.Array) -> pa.Array:
    return pa.table(mglabel.check_columns(texts.to_pylist()), schema=mglabel.arrow.schema()).to_struct_array()


def columns(table: labels.Table) -> labels.Rows:
    connection = duckdb.connect()
    given = pa.table(table)
    connection.create_function("magnesium", magnesium, ["VARCHAR"], ANSWER, type="arrow", null_handling="special")
    return connection.sql("SELECT id, unnest(magnesium(text)) FROM given").to_arrow_table().to_pylist()


if __name__ == "__main__":
    sys.exit(labels.main(batches, columns))
