"""pandas: a frame in, a frame out. `pip install 'mglabel[arrow]' pandas`."""

from __future__ import annotations

import sys

import labels
import pandas as pd

import mglabel
import mglabel.arrow


def batches(table: labels.Table) -> labels.Rows:
    frame = pd.DataFrame(table)
    return mglabel.arrow.check_batches(frame).read_pandas().to_dict("records")


def columns(table: labels.Table) -> labels.Rows:
    frame = pd.DataFrame(table)
    answers = pd.DataFrame(mglabel.check_columns(frame["text"]), index=frame.index)
    return frame.join(answers).to_dict("records")


if __name__ == "__main__":
    sys.exit(labels.main(batches, columns))
