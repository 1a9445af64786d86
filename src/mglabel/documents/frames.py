"""The messages between a process and its worker: what kind, whether the worker goes on after it, and some bytes."""

from __future__ import annotations

import struct
from typing import IO, NamedTuple

READY = b"r"
REQUEST = b"q"
PROGRESS = b"p"
PICTURE = b"i"
RESULT = b"d"
ERROR = b"e"
MEMORY = b"m"
CRASH = b"c"
UNLOADABLE = b"u"
BROKEN = b"x"
"""Never sent: stands for an answer that did not come."""

_HEADER = struct.Struct("<c?Q")


class Frame(NamedTuple):
    """One message; `last` says that the worker ends after it."""

    kind: bytes
    body: bytes = b""
    last: bool = False


def write_frame(stream: IO[bytes], frame: Frame) -> None:
    """Write a message and let it go.

    >>> import io
    >>> stream = io.BytesIO()
    >>> write_frame(stream, Frame(RESULT, b"abc"))
    >>> _ = stream.seek(0)
    >>> read_frame(stream, 10), read_frame(stream, 10)
    (Frame(kind=b'd', body=b'abc', last=False), None)
    """
    stream.write(_HEADER.pack(frame.kind, frame.last, len(frame.body)))
    stream.write(frame.body)
    stream.flush()


def read_frame(stream: IO[bytes], max_bytes: int) -> Frame | None:
    """The next message; None where the stream ends, breaks off or announces more than `max_bytes`."""
    header = stream.read(_HEADER.size)
    if len(header) < _HEADER.size:
        return None
    kind, last, size = _HEADER.unpack(header)
    if size > max_bytes:
        return None
    body = stream.read(size)
    return Frame(kind, body, last) if len(body) == size else None
