"""What the command line reads and writes: bytes in, text or JSON out, one line a complaint on standard error."""

from __future__ import annotations

import errno
import os
import re
import sys
from typing import BinaryIO, TextIO

STANDARD_INPUT = "-"


_PLAINER = {"“": '"', "”": '"', "’": "'", "»": '"', "«": '"', "…": "...", "–": "-", "×": "x", "·": "-"}
"""Signs that reports use, and what stands for them in an encoding that lacks them."""
_STEERING = re.compile("[\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What JSON may hold as it is but a terminal may follow; lower control characters are escaped in JSON anyway."""


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
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        plainer = {ord(sign): plain for sign, plain in _PLAINER.items() if not _is_held(sign, encoding)}
        text = text.translate(plainer).encode(encoding, "replace").decode(encoding)
    stream.write(text)


def _is_held(sign: str, encoding: str) -> bool:
    try:
        return bool(sign.encode(encoding))
    except UnicodeEncodeError:
        return False


def write_json(line: str) -> None:
    """Write one line of JSON to standard output, in UTF-8 whatever the terminal speaks; it steers no terminal."""
    if standard_output().isatty():
        line = _STEERING.sub(lambda found: f"\\u{ord(found.group()):04x}", line)
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


def reason_of(error: OSError) -> str:
    """Why a file could not be read or written; for one that is not there the file that was probably meant."""
    from mglabel.values.nearby import hint_of_file

    reason = error.strerror or str(error)
    near = hint_of_file(str(error.filename)) if isinstance(error, FileNotFoundError) and error.filename else ""
    return f"{reason}: {near}" if near else reason


def abandon_output() -> None:
    """Send what is left to be written nowhere: its reader has gone, which is no error of ours."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
