"""Parquet, read in small batches of the columns that are wanted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from mglabel.batch.formats.record import Record, checked

_ROWS = 256


class Parquet:
    """A Parquet file."""

    def __init__(self, path: Path) -> None:
        import pyarrow.parquet as pq

        self._path = path
        with pq.ParquetFile(path) as file:
            self.columns = tuple(file.schema_arrow.names)
            self._weight = path.stat().st_size // max(1, file.metadata.num_rows)

    def records(self, wanted: Sequence[str]) -> Iterator[Record]:
        """The rows."""
        import pyarrow.parquet as pq

        number = 0
        with pq.ParquetFile(self._path, memory_map=True) as file:
            for batch in file.iter_batches(_ROWS, columns=list(dict.fromkeys(wanted)), use_threads=False):
                columns = [batch.column(name).to_pylist() for name in wanted]
                for values in zip(*columns, strict=True):
                    number += 1
                    yield checked(number, values, self._weight)
