"""Ray Data: map_batches over the blocks of a dataset. `pip install 'mglabel[arrow]' 'ray[data]'`."""

from __future__ import annotations

import logging
import sys

import labels
import pyarrow as pa
import ray

import mglabel
import mglabel.arrow


def check(block: pa.Table) -> pa.Table:
    return mglabel.arrow.check_batches(block).read_all()


def batches(table: labels.Table) -> labels.Rows:
    data = ray.data.from_arrow(pa.table(table)).repartition(4)
    return data.map_batches(check, batch_format="pyarrow").take_all()


def check_columns(block: pa.Table) -> dict[str, list]:
    return block.to_pydict() | mglabel.check_columns(block["text"].to_pylist())


def columns(table: labels.Table) -> labels.Rows:
    data = ray.data.from_arrow(pa.table(table)).repartition(4)
    return data.map_batches(check_columns, batch_format="pyarrow").take_all()


if __name__ == "__main__":
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, logging_level=logging.ERROR)
    sys.exit(labels.main(batches, columns))
