"""What the command line reads and writes: bytes in, text or JSON out, one line a complaint on standard error."""

from __future__ import annotations

import os
import sys

STANDARD_INPUT = "-"


def write(text: str) -> None:
    """Write text to standard output in its encoding; characters that it lacks are replaced."""
    stream = sys.stdout
    encoding = stream.encoding or "utf-8"
    stream.write(text.encode(encoding, "replace").decode(encoding))


def write_json(line: str) -> None:
    """Write one line of JSON to standard output, in UTF-8 whatever the terminal speaks."""
    write_bytes(line.encode() + b"\n")


def write_bytes(data: bytes) -> None:
    """Write to standard output as it is, behind what was written before."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def complain(message: str, path: str | None = None) -> None:
    """Say on standard error what went wrong, and with which file."""
    from mglabel.reports.layout import safe

    parts = ("mglabel", path, message)
    print(": ".join(safe(part) for part in parts if part), file=sys.stderr)


def reason_of(error: OSError) -> str:
    """Why a file could not be read or written; for one that is not there the file that was probably meant."""
    from mglabel.documents.nearby import hint_of_file

    reason = error.strerror or str(error)
    near = hint_of_file(str(error.filename)) if isinstance(error, FileNotFoundError) and error.filename else ""
    return f"{reason}: {near}" if near else reason


def abandon_output() -> None:
    """Send what is left to be written nowhere: its reader has gone, which is no error of ours."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
