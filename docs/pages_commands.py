"""The page of the command line: every command with its arguments, options, examples and exit statuses."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from shaping import MADE, heading, table

from mglabel.cli.arguments import Parser
from mglabel.cli.examples import EXAMPLES, NOTICE, STATUSES
from mglabel.cli.main import parsers

GENERAL = """\
`mglabel COMMAND --help` says the same in the terminal. Options may stand before and behind files. A word that is not
known ends with exit status 2 and a suggestion: `unknown purpose 'slep': did you mean 'sleep'?`

**On a terminal** `check`, `batch`, `compare`, `forms`, `purposes` and `explain` show tables, bars and colour, as wide
as the terminal, up to 120 columns. What is piped or written to a file is plain text, without escapes, 100 columns wide.
Colours are those of the terminal's own theme and never say what no word says too. In the bars, solid is certain and
shaded is what the label leaves open; the mark is the guide's limit. Several labels end with all of them at a glance.

| | tables | colour |
| --- | --- | --- |
| a terminal | yes | yes |
| a terminal, with `NO_COLOR` set or `--color never` | yes | no |
| a terminal of the kind `TERM=dumb` | no | no |
| a pipe or a file | no | no |
| a pipe, with `FORCE_COLOR` set or `--color always` | yes | yes |

`--color` goes before `NO_COLOR`, and that before `FORCE_COLOR`. `COLUMNS` sets the width.

**What a label holds cannot steer the terminal**: control characters and marks that turn the direction of text are shown
as their escapes (`\\x1b`, `\\u202e`).
"""


def commands() -> str:
    """The whole page."""
    _, held = parsers()
    rows = [(f"[`mglabel {name}`](#{name})", one.description or "") for name, one in held.items()]
    return "\n".join(
        (
            f"{MADE}# The command line\n",
            table(("Command", "What it does"), rows),
            GENERAL,
            *(_section(name, one) for name, one in held.items()),
            f"{NOTICE}\n",
        )
    )


def _section(name: str, command: Parser) -> str:
    return "\n".join((heading(2, name, f"`mglabel {name}`"), f"{command.description}\n", *_parts(name, command)))


def _parts(name: str, command: Parser) -> Iterator[str]:
    lines = [f"{example.line}\n    # {example.gives}" for example in EXAMPLES[name]]
    yield "```sh\n" + "\n".join(lines) + "\n```\n"
    rows = [(_written(action), action.help or "") for action in command.actions if action.dest != "help"]
    if rows:
        yield table(("Argument or option", "What it does"), rows)
    if name in STATUSES:
        yield f"Exit status: {STATUSES[name]}.\n"


def _written(action: argparse.Action) -> str:
    """An argument or option as one writes it."""
    value = "{" + ",".join(action.choices) + "}" if action.choices else action.metavar or action.dest.upper()
    if not action.option_strings:
        return f"`{value}`" + (" …" if action.nargs in ("*", "+") else "")
    return f"`{action.option_strings[-1]}`" if action.nargs == 0 else f"`{action.option_strings[-1]} {value}`"
