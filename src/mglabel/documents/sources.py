"""Where a document comes from: a path, bytes or a binary stream, read up to a limit and told apart by content."""

from __future__ import annotations

import os
from typing import IO

from mglabel.documents.limits import Limits
from mglabel.values.errors import UnreadableDocument

Source = str | os.PathLike[str] | bytes | bytearray | memoryview | IO[bytes]
"""A path, the bytes of a file, or a binary stream."""


def data_of(source: Source, limits: Limits) -> bytes:
    """The bytes of a source; raises `UnreadableDocument` (too-large, unsupported-type) and `OSError`.

    >>> data_of(b"Magnesium", Limits())
    b'Magnesium'
    """
    if isinstance(source, bytes | bytearray | memoryview):
        limits.check_bytes(len(source))
        return bytes(source)
    if isinstance(source, str | os.PathLike):
        with open(source, "rb") as stream:
            limits.check_bytes(os.fstat(stream.fileno()).st_size)
            return _read(stream, limits)
    if callable(getattr(source, "read", None)):
        return _read(source, limits)
    raise UnreadableDocument(
        "unsupported-type", f"a file is given as a path, bytes or a binary stream, not as {type(source).__name__}"
    )


def name_of(source: Source) -> str | None:
    """What a source is called: its path or the name of its stream."""
    if isinstance(source, str | os.PathLike):
        return os.fspath(source)
    name = getattr(source, "name", None)
    return name if isinstance(name, str) else None


def _read(stream: IO[bytes], limits: Limits) -> bytes:
    data = stream.read(limits.max_bytes + 1)
    if not isinstance(data, bytes):
        raise UnreadableDocument("unsupported-type", "the stream gives text, not bytes; open it in binary mode")
    limits.check_bytes(len(data))
    return data
