"""JSON lines: one object a line, read line by line."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from mglabel.batch.formats.record import DAMAGED, MAX_RECORD_CHARS, Record, checked, too_large

_LOOKED_AT = 100
"""Lines that tell which columns there are."""
_BOM = b"\xef\xbb\xbf"


class JsonLines:
    """A file of JSON objects, one a line."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with path.open("rb") as stream:
            first = list(itertools.islice(_objects(stream), _LOOKED_AT))
        names = (name for _, value, _ in first if isinstance(value, dict) for name in value)
        self.columns = tuple(dict.fromkeys(names))

    def records(self, wanted: Sequence[str]) -> Iterator[Record]:
        """The rows; a line that is no object is one with a reason."""
        nothing = (None,) * len(wanted)
        with self._path.open("rb") as stream:
            for number, (size, value, fault) in enumerate(_objects(stream), start=1):
                if isinstance(value, dict):
                    yield checked(number, [value.get(name) for name in wanted], size)
                elif size > MAX_RECORD_CHARS and fault is None:
                    yield too_large(number, nothing, size)
                else:
                    said = f"line {number} is no JSON object" + (f": {fault}" if fault else "")
                    yield Record(number, nothing, size, DAMAGED, said)


def _objects(stream: BinaryIO) -> Iterator[tuple[int, Any, str | None]]:
    """The size of every line that is not empty, its value, and what is wrong with it."""
    for size, line in _lines(stream):
        if not line.strip():
            continue
        if size > MAX_RECORD_CHARS:
            yield size, None, None
            continue
        try:
            yield size, msgspec.json.decode(line.removeprefix(_BOM)), None
        except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
            yield size, None, str(error)


def _lines(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Lines with their size; of one that is too long the beginning only."""
    while line := stream.readline(MAX_RECORD_CHARS + 1):
        size = len(line)
        while size > MAX_RECORD_CHARS and not line.endswith(b"\n") and (more := stream.readline(MAX_RECORD_CHARS)):
            size += len(more)
            line = more if more.endswith(b"\n") else line
        yield size, line
