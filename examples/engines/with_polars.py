"""polars: a frame in, a frame out, and within a lazy query. `pip install 'mglabel[arrow]' polars`."""

from __future__ import annotations

import sys

import labels
import polars as pl

import mglabel
import mglabel.arrow


def check(frame: pl.DataFrame) -> pl.DataFrame:
    return pl.DataFrame(mglabel.arrow.check_batches(frame))


def batches(table: labels.Table) -> labels.Rows:
    return check(pl.DataFrame(table)).to_dicts()


def lazily(table: labels.Table) -> labels.Rows:
    frame = pl.DataFrame(table)
    query = frame.lazy().map_batches(check, schema=check(frame.clear()).schema)
    return query.filter(pl.col("id").is_not_null()).collect().to_dicts()


def columns(table: labels.Table) -> labels.Rows:
    frame = pl.DataFrame(table)
    return frame.hstack(pl.DataFrame(mglabel.check_columns(frame["text"]))).to_dicts()


if __name__ == "__main__":
    sys.exit(labels.main(batches, lazily, columns))
