"""What the command line reads and writes: bytes in, text or JSON out, one line a complaint on standard error."""

from __future__ import annotations

import errno
import os
import sys
from typing import BinaryIO, TextIO

STANDARD_INPUT = "-"


def standard_input() -> BinaryIO:
    """The bytes of standard input; raises `OSError` where the caller has closed it."""
    if sys.stdin is None:
        raise OSError(errno.EBADF, "standard input is closed")
    return sys.stdin.buffer


def standard_output() -> TextIO:
    """Standard output; raises `OSError` where the caller has closed it."""
    if sys.stdout is None:
        raise OSError(errno.EBADF, "standard output is closed")
    return sys.stdout


def write(text: str) -> None:
    """Write text to standard output in its encoding; characters that it lacks are replaced."""
    stream = standard_output()
    encoding = stream.encoding or "utf-8"
    stream.write(text.encode(encoding, "replace").decode(encoding))


def write_json(line: str) -> None:
    """Write one line of JSON to standard output, in UTF-8 whatever the terminal speaks."""
    write_bytes(line.encode() + b"\n")


def write_bytes(data: bytes) -> None:
    """Write to standard output as it is, behind what was written before."""
    stream = standard_output()
    stream.flush()
    stream.buffer.write(data)
    stream.buffer.flush()


def complain(message: str, path: str | None = None) -> None:
    """Say on standard error what went wrong, and with which file; nowhere where the caller has closed it."""
    if sys.stderr is None:
        return
    from mglabel.reports.layout import safe

    parts = ("mglabel", path, message)
    print(": ".join(safe(part) for part in parts if part), file=sys.stderr)


def abandon_output() -> None:
    """Send what is left to be written nowhere: its reader has gone, which is no error of ours."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
