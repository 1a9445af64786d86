"""Dask: map_partitions over a frame, on processes here and on a cluster alike. `pip install 'mglabel[arrow]' dask`."""

from __future__ import annotations

import sys

import dask
import dask.dataframe as dd
import labels
import pandas as pd

import mglabel
import mglabel.arrow


def check(frame: pd.DataFrame) -> pd.DataFrame:
    # Arrow types, so that every partition has the same ones, whatever happens to be missing in it.
    return mglabel.arrow.check_batches(frame).read_all().to_pandas(types_mapper=pd.ArrowDtype)


def check_columns(frame: pd.DataFrame) -> pd.DataFrame:
    answers = mglabel.check_columns(frame["text"])
    typed = {f.name: pd.array(answers[f.name], pd.ArrowDtype(f.type)) for f in mglabel.arrow.schema()}
    return frame.join(pd.DataFrame(typed, index=frame.index))


def batches(table: labels.Table) -> labels.Rows:
    frame = dd.from_pandas(pd.DataFrame(table), npartitions=3)
    return frame.map_partitions(check).compute().to_dict("records")


def columns(table: labels.Table) -> labels.Rows:
    frame = dd.from_pandas(pd.DataFrame(table), npartitions=3)
    return frame.map_partitions(check_columns).compute().to_dict("records")


if __name__ == "__main__":
    dask.config.set(scheduler="processes", num_workers=2)
    sys.exit(labels.main(batches, columns))
