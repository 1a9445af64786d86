"""No engine at all: the loop that every other script of this folder must agree with."""

from __future__ import annotations

import sys

import labels

import mglabel


def loop(table: labels.Table) -> labels.Rows:
    columns = table | mglabel.check_columns(table["text"])
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


if __name__ == "__main__":
    sys.exit(labels.main(loop))
