"""`mglabel completion`: a script that completes commands, options, their choices and files in a shell."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence

from mglabel.cli.arguments import Parser
from mglabel.cli.streams import write

_FILES = frozenset(("files", "inputs", "guide", "out", "annotate", "report", "results"))
"""The arguments that name a file or a folder."""


def run(args: argparse.Namespace) -> int:
    """Print the script for a shell."""
    from mglabel.cli.main import parsers
    from mglabel.tables.guide import default_guide
    from mglabel.tables.messages import codes

    whole, commands = parsers()
    write(script(args.shell, whole, commands, {"purpose": default_guide().purposes, "code": codes()}))
    return 0


def script(shell: str, whole: Parser, commands: Mapping[str, Parser], known: Mapping[str, Sequence[str]]) -> str:
    """The script for a shell; `known` holds the words for arguments whose words stand in tables."""
    import shtab

    for command in commands.values():
        for action in command.actions:
            if action.dest in _FILES:
                action.complete = shtab.FILE  # type: ignore[attr-defined]  # where shtab looks for it
            elif action.dest in known:
                action.choices = known[action.dest]
    told: str = shtab.complete(whole, shell=shell)
    return f"{told}\n"
