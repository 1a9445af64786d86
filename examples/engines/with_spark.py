"""Spark: mapInArrow over the partitions of a frame. `pip install 'mglabel[arrow]' pyspark`, with Java 17 or newer.

On a cluster only the session differs; mglabel must be installed where the workers are.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import cache

import labels
import pandas as pd
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.pandas.types import from_arrow_schema
from pyspark.sql.types import StructType

import mglabel
import mglabel.arrow


@cache
def session() -> SparkSession:
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # the workers' Python is this one
    return SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()


def given(table: labels.Table) -> tuple[DataFrame, StructType]:
    frame = session().createDataFrame(list(zip(*table.values(), strict=True)), ", ".join(f"{n} string" for n in table))
    return frame.repartition(4), StructType([*frame.schema, *from_arrow_schema(mglabel.arrow.schema())])


def batches(table: labels.Table) -> labels.Rows:
    frame, schema = given(table)
    return [row.asDict() for row in frame.mapInArrow(mglabel.arrow.check_batches, schema).collect()]


def check(frames: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
    for frame in frames:
        yield frame.join(pd.DataFrame(mglabel.check_columns(frame["text"]), index=frame.index))


def columns(table: labels.Table) -> labels.Rows:
    frame, schema = given(table)
    return [row.asDict() for row in frame.mapInPandas(check, schema).collect()]


if __name__ == "__main__":
    sys.exit(labels.main(batches, columns))
