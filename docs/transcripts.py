"""Run the examples that a page shows and put what they print below them.

Two kinds of fenced blocks are run: `console`, where lines begin with `$ `, and `python`, where they begin with `>>> `.
"""

from __future__ import annotations

import contextlib
import doctest
import io
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import mglabel

# The package that this process runs: the source tree, or in a test what is tested.
SOURCE = str(Path(mglabel.__file__).parents[1])
BLOCK = re.compile(r"(?P<head>^```(?P<kind>console|python)\n)(?P<body>.*?)(?P<tail>^```$)", re.MULTILINE | re.DOTALL)
PROMPT = "$ "
# The command line of the same package, whichever is installed.
PRELUDE = f'mglabel() {{ "{sys.executable}" -m mglabel "$@"; }}\npython() {{ "{sys.executable}" "$@"; }}\n'


class BrokenExampleError(Exception):
    """An example of a page fails."""


def refreshed(page: str, home: Path) -> str:
    """The page with the output of every example as it is now; one namespace serves all its Python examples."""
    names: dict[str, Any] = {}

    def block(match: re.Match[str]) -> str:
        body = match["body"]
        new = _console(body, home) if match["kind"] == "console" else _python(body, names)
        return match["head"] + new + match["tail"]

    return BLOCK.sub(block, page)


def _console(body: str, home: Path) -> str:
    """The commands of a block, each with its output."""
    commands = [line for line in body.splitlines() if line.startswith(PROMPT)]
    return "".join(f"{command}\n{_output(command.removeprefix(PROMPT), home)}" for command in commands)


def _output(command: str, home: Path) -> str:
    env = {**os.environ, "PYTHONPATH": SOURCE, "PYTHONIOENCODING": "utf-8", "COLUMNS": "100"}
    done = subprocess.run(["bash", "-c", PRELUDE + command], cwd=home, env=env, capture_output=True, check=False)
    if done.stderr:
        raise BrokenExampleError(f"$ {command}\n{done.stderr.decode()}")
    return done.stdout.decode()


def _python(body: str, names: dict[str, Any]) -> str:
    """The statements of a block, each with what it prints; an error passes only where the page shows one."""
    shown: list[str] = []
    for part in doctest.DocTestParser().parse(body):
        if isinstance(part, str):
            shown.append(part)
            continue
        printed = _printed(part, names)
        lines = part.source.splitlines()
        shown += [f">>> {lines[0]}\n", *(f"... {line}\n" for line in lines[1:]), printed]
    return "".join(shown)


def _printed(example: doctest.Example, names: dict[str, Any]) -> str:
    out = io.StringIO()
    try:
        with contextlib.redirect_stdout(out):
            exec(compile(example.source, "<page>", "single"), names)
    except Exception as error:
        if not example.exc_msg:
            raise BrokenExampleError(f">>> {example.source}{error!r}") from error
        kind = type(error)
        return f"Traceback (most recent call last):\n    ...\n{kind.__module__}.{kind.__qualname__}: {error}\n"
    return out.getvalue()
