"""The messages between a process and its worker: what kind, whether the worker goes on after it, and some bytes."""

from __future__ import annotations

import struct
from io import RawIOBase
from typing import NamedTuple

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
    body: bytes | bytearray = b""
    last: bool = False


def write_frame(stream: RawIOBase, frame: Frame) -> None:
    """Write a message. The stream has no buffer: a fork would copy it, and write what is in it once more.

    >>> import tempfile
    >>> with tempfile.TemporaryFile(buffering=0) as stream:
    ...     write_frame(stream, Frame(RESULT, b"abc"))
    ...     _ = stream.seek(0)
    ...     read_frame(stream, 10), read_frame(stream, 10)
    (Frame(kind=b'd', body=bytearray(b'abc'), last=False), None)
    """
    for part in (_HEADER.pack(frame.kind, frame.last, len(frame.body)), frame.body):
        left = memoryview(part)
        while left:
            left = left[stream.write(left) :]


def read_frame(stream: RawIOBase, max_bytes: int) -> Frame | None:
    """The next message; None where the stream ends, breaks off or announces more than `max_bytes`."""
    header = _read(stream, _HEADER.size)
    if header is None:
        return None
    kind, last, size = _HEADER.unpack(header)
    body = _read(stream, size) if size <= max_bytes else None
    return None if body is None else Frame(kind, body, last)


def _read(stream: RawIOBase, size: int) -> bytearray | None:
    """So many bytes, if there are as many."""
    data = bytearray(size)
    left = memoryview(data)
    while left:
        count = stream.readinto(left)
        if not count:
            return None
        left = left[count:]
    return data
