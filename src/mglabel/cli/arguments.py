"""The parser of the command line: errors of one or two lines that suggest what was probably meant."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Any, NoReturn

from mglabel.values.nearest import hint

FAILED = 2
_COMMAND = "check"
"""What is meant where a file stands in the place of a command."""


def _formatter(prog: str) -> argparse.HelpFormatter:
    return argparse.RawDescriptionHelpFormatter(prog, max_help_position=28)


class Parser(argparse.ArgumentParser):
    """A parser that remembers what it was given, for suggestions and for completion."""

    def __init__(self, **options: Any) -> None:
        self.actions: list[argparse.Action] = []
        options.setdefault("formatter_class", _formatter)
        super().__init__(**options)

    def add_argument(self, *args: Any, **options: Any) -> Any:
        """Add an argument or option, and remember it."""
        action = super().add_argument(*args, **options)
        self.actions.append(action)
        return action

    @property
    def options(self) -> list[str]:
        """The long names of all options."""
        return [name for action in self.actions for name in action.option_strings if name.startswith("--")]

    def error(self, message: str) -> NoReturn:
        """Say what is wrong in one line, and where help is in another; exit status 2."""
        from mglabel.reports.layout import safe

        print(f"{self.prog}: {safe(message)}\nsee: {self.prog} --help", file=sys.stderr)
        sys.exit(FAILED)


def parsed(whole: Parser, commands: dict[str, Parser], given: Sequence[str]) -> argparse.Namespace:
    """The arguments as `argparse` takes them; a command or an option that is not known ends with a suggestion."""
    first = given[0] if given else ""
    if first and not first.startswith("-") and first not in commands:
        whole.error(f"unknown command {first!r}: {_meant(first, commands)}")
    args, left = whole.parse_known_args(given)
    if left:
        _take(left, args, commands.get(first, whole))
    return args


def _take(left: Sequence[str], args: argparse.Namespace, command: Parser) -> None:
    """Put words behind options with those before them, which `argparse` does not; what is no such word is an error."""
    option = next((one for one in left if one.startswith("-") and one != "-"), None)
    if option is not None:
        name = option.split("=", 1)[0]
        near = hint(name, command.options)
        command.error(f"unknown option {name!r}" + (f": {near}" if near else ""))
    many = next((action for action in command.actions if action.nargs in ("*", "+")), None)
    if many is None or many.option_strings:
        command.error(f"one argument too many: {left[0]!r}")
    setattr(args, many.dest, [*getattr(args, many.dest), *left])


def _meant(first: str, commands: Collection[str]) -> str:
    if "." in first and Path(first).exists():
        return f"did you mean 'mglabel {_COMMAND} {first}'?"
    return hint(first, commands) or f"the commands are {', '.join(commands)}"


def one_of(choices: Sequence[str]) -> Callable[[str], str]:
    """The type of an argument that is one of these words, whose error suggests the nearest.

    >>> one_of(("text", "json"))("json")
    'json'
    """

    def chosen(text: str) -> str:
        if text not in choices:
            told = " ".join(filter(None, (hint(text, choices), f"choose from {', '.join(choices)}")))
            raise argparse.ArgumentTypeError(f"unknown {text!r}: {told}")
        return text

    return chosen
