"""A command line in a real terminal: a process behind a pseudo terminal of a given width, and all that it writes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import mglabel

PROJECT = Path(__file__).parents[1]
_LEFT_OUT = ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "PYTHONIOENCODING", "PYTHONUTF8", "LC_ALL", "LANG")
STYLE = re.compile(r"\x1b\[[0-9;]*m")


def environment(**more: str) -> dict[str, str]:
    """The environment of a plain user, with PYTHONPATH to this source tree."""
    kept = {name: value for name, value in os.environ.items() if name not in _LEFT_OUT}
    home = str(Path(mglabel.__file__).parents[1])
    return {**kept, "PYTHONPATH": home, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", **more}


def shown(
    *arguments: str, width: int = 80, env: Mapping[str, str] | None = None, cwd: Path = PROJECT
) -> tuple[int, bytes]:
    """The exit status and what `mglabel` writes to a terminal of this width."""
    return in_terminal([sys.executable, "-m", "mglabel", *arguments], width, environment(**(env or {})), cwd)


def in_terminal(command: list[str], width: int, env: Mapping[str, str], cwd: Path = PROJECT) -> tuple[int, bytes]:
    """Run a command whose output and errors go to a terminal; both, with the line breaks of files."""
    import fcntl
    import pty
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, width, 0, 0))
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs, env=dict(env), cwd=cwd)
    os.close(theirs)
    found = bytearray()
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # Linux says so when the other side is closed
            break
        if not piece:
            break
        found += piece
    os.close(ours)
    return process.wait(), bytes(found).replace(b"\r\n", b"\n")


def text_of(data: bytes) -> str:
    """What can be read, without the styles."""
    return STYLE.sub("", data.decode())
