"""The command line: options, commands and exit statuses. What a command needs is imported when it runs."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from mglabel import __version__
from mglabel.cli.arguments import Parser, one_of, parsed
from mglabel.cli.examples import closing, closing_of_all

FAILED = 2
INTERRUPTED = 130
PIPE_CLOSED = 141
"""What a shell reports for a program that a closed pipe has ended."""

LANGUAGES = ("en", "da")
"""Those of the tables, said again here: loading the tables would make every command start slowly."""
FORMATS = ("text", "json", "html", "jsonld", "sarif", "github")
SHELLS = ("bash", "zsh", "fish")
WISHES = ("auto", "always", "never")
TABLES = ("text", "csv", "html")
THRESHOLDS = ("info", "advice", "warning", "error", "never")

if TYPE_CHECKING:
    _Commands = argparse._SubParsersAction[Parser]

_MOST_PAGES = 1_000_000
_MOST_SECONDS = 86_400


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and give its exit status."""
    from mglabel.cli.streams import abandon_output, complain, reason_of

    try:
        status = _run(argv)
        if sys.stdout is not None:
            sys.stdout.flush()
        return status
    except BrokenPipeError:
        abandon_output()
        return PIPE_CLOSED
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:
        complain(reason_of(error), str(error.filename) if error.filename else None)
    except ValueError as error:
        from mglabel.values.errors import MglabelError

        if not isinstance(error, MglabelError):
            raise
        complain(str(error))
    return FAILED


def _run(argv: Sequence[str] | None) -> int:
    whole, commands = parsers()
    args = parsed(whole, commands, sys.argv[1:] if argv is None else argv)
    command: Callable[[argparse.Namespace], int] = args.command
    return command(args)


def parsers() -> tuple[Parser, dict[str, Parser]]:
    """The parser of the whole line, and that of each command."""
    whole = Parser(
        prog="mglabel",
        description="Read the labels of magnesium products: what is in them, how much magnesium, and a grade.",
        epilog=closing_of_all(),
    )
    whole.add_argument("--version", action="version", version=f"mglabel {__version__}")
    commands = whole.add_subparsers(metavar="COMMAND", required=True)
    _add_check(commands)
    _add_batch(commands)
    _add_overview(commands)
    _add_compare(commands)
    _add_lookups(commands)
    return whole, commands.choices


def _add_check(commands: _Commands) -> None:
    check = commands.add_parser(
        "check",
        help="read labels and report on them",
        description="Read labels (text, HTML, PDF) from files or standard input and report on each.",
        epilog=closing("check"),
    )
    check.add_argument(
        "files", nargs="*", metavar="FILE", help="text, HTML or PDF, told by content; - or none for standard input"
    )
    _with_lang(check)
    _with_color(check)
    _with_purpose(check)
    _with_guide(check)
    check.add_argument(
        "--format",
        type=one_of(FORMATS),
        choices=FORMATS,
        default="text",
        help="json and jsonld: one object a line; html: a page for people; sarif and github: for code hosts",
    )
    check.add_argument("--out", metavar="OUT", help="write into this file; several reports in HTML into this folder")
    _with_fail_on(check)
    check.add_argument("--password", metavar="TEXT", help="opens a locked PDF")
    check.add_argument("--pages", type=_pages, metavar="N-M", help="read only these pages of a PDF, such as 2-4,7")
    check.add_argument("--catalogue", action="store_true", help="one report for each product in a file")
    check.add_argument("--annotate", metavar="OUT", help="draw the evidence on the pages of a PDF, into .pdf or .png")
    check.add_argument(
        "--max-bytes", type=_size, metavar="N", help="refuse larger files (default: 50 MiB, text and pages 1,000,000)"
    )
    check.set_defaults(command=_check)


def _add_compare(commands: _Commands) -> None:
    compare = commands.add_parser(
        "compare",
        help="rank the products of earlier results for a purpose",
        description="Rank products for a purpose, from the JSON lines of `check --format json` or `batch`.",
        epilog=closing("compare"),
    )
    compare.add_argument("files", nargs="+", metavar="RESULTS", help="JSON lines; - for standard input")
    _with_lang(compare)
    _with_color(compare)
    _with_purpose(compare)
    _with_guide(compare)
    compare.add_argument(
        "--format", type=one_of(TABLES), choices=TABLES, default="text", help="csv and html are in UTF-8"
    )
    compare.set_defaults(command=_compare)


def _add_batch(commands: _Commands) -> None:
    batch = commands.add_parser(
        "batch",
        help="read whole catalogues into a table",
        description="Read folders of labels, tables and the exports of shops; write one row a label, in order.",
        epilog=closing("batch"),
    )
    batch.add_argument(
        "inputs", nargs="+", metavar="INPUT", help="folder, pattern, label file, CSV, TSV, JSON, Parquet, Excel or XML"
    )
    batch.add_argument(
        "--out", required=True, metavar="FILE", help="the results, as .jsonl, .csv, .parquet or .xlsx by its suffix"
    )
    _with_lang(batch)
    _with_color(batch)
    _with_purpose(batch)
    _with_guide(batch)
    batch.add_argument("--text-column", action="append", default=[], metavar="NAME", help="holds the text; may repeat")
    batch.add_argument("--html-column", action="append", default=[], metavar="NAME", help="holds HTML; may repeat")
    batch.add_argument("--id-column", metavar="NAME", help="holds the id (default: told by the header, or the row)")
    batch.add_argument("--encoding", metavar="NAME", help="of CSV and TSV (default: told by the content)")
    batch.add_argument(
        "--report", metavar="PAGE", help="an overview of all labels as a page (.html), their own reports beside it"
    )
    batch.add_argument(
        "--reports",
        choices=("all", "warnings", "none"),
        help="which labels get a report of their own with --report (default: all about magnesium)",
    )
    batch.add_argument("--full", action="store_true", help="add the whole analysis to each row, as JSON")
    _with_fail_on(batch)
    batch.add_argument("--jobs", type=_count, metavar="N", help="worker processes (default: one a processor)")
    batch.add_argument("--resume", action="store_true", help="go on with a run that was stopped, if there is one")
    batch.add_argument("--restart", action="store_true", help="throw away what a stopped run has done")
    batch.add_argument("--max-seconds", type=_seconds, default=30.0, metavar="N", help="for one label (default: 30)")
    batch.add_argument("--max-memory", type=_count, default=1024, metavar="MIB", help="for one label (default: 1024)")
    batch.set_defaults(command=_batch)


def _add_overview(commands: _Commands) -> None:
    overview = commands.add_parser(
        "overview",
        help="an overview page of earlier batch results",
        description="Make the page of `batch --report` from the JSON lines that `batch` wrote; no label is read again.",
        epilog=closing("overview"),
    )
    overview.add_argument("results", metavar="RESULTS", help="the .jsonl that `batch` wrote")
    overview.add_argument("--out", required=True, metavar="PAGE", help="the page (.html)")
    _with_lang(overview)
    _with_guide(overview)
    overview.set_defaults(command=_overview)


def _add_lookups(commands: _Commands) -> None:
    forms = commands.add_parser(
        "forms",
        help="the guide's form table",
        description="Each form of magnesium: the guide's verdict for a purpose, its share of magnesium, its status.",
        epilog=closing("forms"),
    )
    _with_lang(forms)
    _with_color(forms)
    _with_purpose(forms)
    _with_guide(forms)
    forms.set_defaults(command=_lookup("forms"))

    elemental = commands.add_parser(
        "elemental",
        help="how much magnesium is in an amount of a compound",
        description="How much magnesium is in an amount of a compound, named in any language that labels are read in.",
        epilog=closing("elemental"),
    )
    elemental.add_argument("words", nargs="+", metavar="WORD", help="an amount with its unit, then the compound")
    _with_lang(elemental)
    elemental.set_defaults(command=_lookup("elemental"))

    explain = commands.add_parser(
        "explain",
        help="what a finding code means",
        description="What a finding code means, why, what it rests on, and labels with and without it; or all codes.",
        epilog=closing("explain"),
    )
    explain.add_argument("code", nargs="?", metavar="CODE", help="such as MG201; all codes where none is given")
    _with_lang(explain)
    _with_color(explain)
    _with_guide(explain)
    explain.set_defaults(command=_lookup("explain"))

    purposes = commands.add_parser(
        "purposes",
        help="the purposes that the guide knows",
        description="The words that --purpose takes, with their meaning.",
        epilog=closing("purposes"),
    )
    _with_lang(purposes)
    _with_color(purposes)
    _with_guide(purposes)
    purposes.set_defaults(command=_lookup("purposes"))

    schema = commands.add_parser(
        "schema",
        help="the JSON Schema of the JSON form",
        description="The JSON Schema of what `check --format json` writes.",
        epilog=closing("schema"),
    )
    schema.set_defaults(command=_lookup("schema"))

    completion = commands.add_parser(
        "completion",
        help="a script that completes all this in a shell",
        description="A script that completes commands, options, their words and files in a shell.",
        epilog=closing("completion"),
    )
    completion.add_argument("shell", type=one_of(SHELLS), choices=SHELLS, help="the shell that is to complete")
    completion.set_defaults(command=_completion)


def _with_lang(command: Parser) -> None:
    command.add_argument(
        "--lang",
        type=one_of(LANGUAGES),
        choices=LANGUAGES,
        default="en",
        help="language of the report (default: en)",
    )


def _with_color(command: Parser) -> None:
    command.add_argument(
        "--color",
        type=one_of(WISHES),
        choices=WISHES,
        default="auto",
        help="auto: tables and colour on a terminal, plain text elsewhere; always: both everywhere; never: no colour",
    )


def _with_purpose(command: Parser) -> None:
    command.add_argument("--purpose", metavar="PURPOSE", help="judge for a purpose (see: mglabel purposes)")


def _with_guide(command: Parser) -> None:
    command.add_argument("--guide", metavar="FILE", help="another edition of the guide (TOML)")


def _with_fail_on(command: Parser) -> None:
    command.add_argument(
        "--fail-on",
        type=one_of(THRESHOLDS),
        choices=THRESHOLDS,
        default="warning",
        help="the severity of a finding from which the exit status is 1 (default: warning)",
    )


def _count(text: str) -> int:
    """A whole number above zero."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number above zero")
    return int(text)


def _seconds(text: str) -> float:
    """A number of seconds above zero."""
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= _MOST_SECONDS:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds above zero, up to a day")
    return seconds


def _size(text: str) -> int:
    """A number of bytes above zero."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of bytes above zero")
    return int(text)


def _pages(text: str) -> tuple[int, ...]:
    """Page numbers from "2-4,7".

    >>> _pages("2-4,7")
    (2, 3, 4, 7)
    """
    chosen: list[int] = []
    for part in text.split(","):
        first, dash, last = part.strip().partition("-")
        ends = (first, last) if dash else (first, first)
        if not all(end.isdecimal() and 0 < int(end) <= _MOST_PAGES for end in ends) or int(ends[0]) > int(ends[1]):
            raise argparse.ArgumentTypeError(f"{text!r} is not pages such as 3 or 2-4 or 2-4,7")
        chosen.extend(range(int(ends[0]), int(ends[1]) + 1))
    return tuple(dict.fromkeys(chosen))


def _check(args: argparse.Namespace) -> int:
    from mglabel.cli.check import run

    return run(args)


def _compare(args: argparse.Namespace) -> int:
    from mglabel.cli.compare import run

    return run(args)


def _completion(args: argparse.Namespace) -> int:
    from mglabel.cli.completion import run

    return run(args)


def _batch(args: argparse.Namespace) -> int:
    from mglabel.cli.batch import command

    return command(args)


def _overview(args: argparse.Namespace) -> int:
    from mglabel.cli.overview import run

    return run(args)


def _lookup(name: str) -> Callable[[argparse.Namespace], int]:
    """The command of this name, imported when it is called."""

    def run(args: argparse.Namespace) -> int:
        from mglabel.cli import lookups

        command: Callable[[argparse.Namespace], int] = getattr(lookups, name)
        return command(args)

    return run
