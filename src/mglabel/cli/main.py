"""The command line: options, commands and exit statuses. What a command needs is imported when it runs."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence

from mglabel import __version__

FAILED = 2
INTERRUPTED = 130
PIPE_CLOSED = 141
"""What a shell reports for a program that a closed pipe has ended."""

LANGUAGES = ("en", "da")
"""Those of the tables, said again here: loading the tables would make every command start slowly."""

_MOST_PAGES = 1_000_000
_MOST_SECONDS = 86_400

_EXAMPLES = """\
examples:
  mglabel check label.txt                    what is in it, how much magnesium, the grade and why
  mglabel check --lang da --purpose sleep label.txt
  mglabel check --format json *.txt          one JSON object a line
  mglabel check --format html --out report.html label.pdf
  some-program | mglabel check -             from standard input
  mglabel check --catalogue range.pdf        every product in a file
  mglabel check --annotate seen.pdf label.pdf
  mglabel batch suppliers/ products.csv --out results.xlsx
  mglabel compare results.jsonl --purpose sleep
  mglabel elemental 500 mg "magnesium citrate nonahydrate"
  mglabel explain MG201

exit status of check: 0 nothing to object to, 1 findings as severe as --fail-on, 2 something could not be read.
This is information, not medical advice.
"""


_EXIT_STATUS = "exit status: 0 nothing to object to, 1 findings as severe as --fail-on, 2 something could not be read"


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and give its exit status."""
    from mglabel.cli.streams import abandon_output, complain

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
        complain(error.strerror or str(error), str(error.filename) if error.filename else None)
    except ValueError as error:
        from mglabel.values.errors import MglabelError

        if not isinstance(error, MglabelError):
            raise
        complain(str(error))
    return FAILED


def _run(argv: Sequence[str] | None) -> int:
    args = parser().parse_args(argv)
    command: Callable[[argparse.Namespace], int] = args.command
    return command(args)


def parser() -> argparse.ArgumentParser:
    """All commands with their options."""
    whole = argparse.ArgumentParser(
        prog="mglabel",
        description="Read the labels of magnesium products: what is in them, how much magnesium, and a grade.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    whole.add_argument("--version", action="version", version=f"mglabel {__version__}")
    commands = whole.add_subparsers(metavar="COMMAND", required=True)
    _add_check(commands)
    _add_batch(commands)
    _add_compare(commands)
    _add_lookups(commands)
    return whole


def _add_check(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    check = commands.add_parser(
        "check",
        help="read labels and report on them",
        description="Read labels (text, HTML, PDF) from files or standard input and report on each.",
        epilog=_EXIT_STATUS,
    )
    check.add_argument(
        "files", nargs="*", metavar="FILE", help="text, HTML or PDF, told by content; - or none for standard input"
    )
    _with_lang(check)
    _with_purpose(check)
    _with_guide(check)
    check.add_argument(
        "--format",
        choices=("text", "json", "html", "jsonld", "sarif", "github"),
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


def _add_compare(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    compare = commands.add_parser(
        "compare",
        help="rank the products of earlier results for a purpose",
        description="Rank products for a purpose, from the JSON lines of `check --format json` or `batch`.",
        epilog="exit status: 0 all lines were read, 2 something could not be read",
    )
    compare.add_argument("files", nargs="+", metavar="RESULTS", help="JSON lines; - for standard input")
    _with_lang(compare)
    _with_purpose(compare)
    _with_guide(compare)
    compare.add_argument("--format", choices=("text", "csv", "html"), default="text", help="csv and html are in UTF-8")
    compare.set_defaults(command=_compare)


def _add_batch(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    batch = commands.add_parser(
        "batch",
        help="read whole catalogues into a table",
        description="Read folders of labels, tables and the exports of shops; write one row a label, in order.",
        epilog=f"{_EXIT_STATUS}; 130 stopped before its end",
    )
    batch.add_argument(
        "inputs", nargs="+", metavar="INPUT", help="folder, pattern, label file, CSV, TSV, JSON, Parquet, Excel or XML"
    )
    batch.add_argument(
        "--out", required=True, metavar="FILE", help="the results, as .jsonl, .csv, .parquet or .xlsx by its suffix"
    )
    _with_lang(batch)
    _with_purpose(batch)
    _with_guide(batch)
    batch.add_argument("--text-column", action="append", default=[], metavar="NAME", help="holds the text; may repeat")
    batch.add_argument("--html-column", action="append", default=[], metavar="NAME", help="holds HTML; may repeat")
    batch.add_argument("--id-column", metavar="NAME", help="holds the id (default: told by the header, or the row)")
    batch.add_argument("--encoding", metavar="NAME", help="of CSV and TSV (default: told by the content)")
    batch.add_argument("--full", action="store_true", help="add the whole analysis to each row, as JSON")
    _with_fail_on(batch)
    batch.add_argument("--jobs", type=_count, metavar="N", help="worker processes (default: one a processor)")
    batch.add_argument("--resume", action="store_true", help="go on with a run that was stopped, if there is one")
    batch.add_argument("--restart", action="store_true", help="throw away what a stopped run has done")
    batch.add_argument("--max-seconds", type=_seconds, default=30.0, metavar="N", help="for one label (default: 30)")
    batch.add_argument("--max-memory", type=_count, default=1024, metavar="MIB", help="for one label (default: 1024)")
    batch.set_defaults(command=_batch)


def _add_lookups(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    forms = commands.add_parser("forms", help="the guide's form table")
    _with_lang(forms)
    _with_purpose(forms)
    _with_guide(forms)
    forms.set_defaults(command=_lookup("forms"))

    elemental = commands.add_parser(
        "elemental",
        help="how much magnesium is in an amount of a compound",
        epilog='example: mglabel elemental 500 mg "magnesium citrate nonahydrate"',
    )
    elemental.add_argument("words", nargs="+", metavar="WORD", help="an amount with its unit, then the compound")
    _with_lang(elemental)
    elemental.set_defaults(command=_lookup("elemental"))

    explain = commands.add_parser(
        "explain", help="what a finding code means", epilog="example: mglabel explain MG201 --lang da"
    )
    explain.add_argument("code", nargs="?", metavar="CODE", help="such as MG201; all codes where none is given")
    _with_lang(explain)
    _with_guide(explain)
    explain.set_defaults(command=_lookup("explain"))

    purposes = commands.add_parser("purposes", help="the purposes that the guide knows")
    _with_lang(purposes)
    _with_guide(purposes)
    purposes.set_defaults(command=_lookup("purposes"))

    schema = commands.add_parser("schema", help="the JSON Schema of the JSON form")
    schema.set_defaults(command=_lookup("schema"))


def _with_lang(command: argparse.ArgumentParser) -> None:
    command.add_argument("--lang", choices=LANGUAGES, default="en", help="language of the report (default: en)")


def _with_purpose(command: argparse.ArgumentParser) -> None:
    command.add_argument("--purpose", metavar="PURPOSE", help="judge for a purpose (see: mglabel purposes)")


def _with_guide(command: argparse.ArgumentParser) -> None:
    command.add_argument("--guide", metavar="FILE", help="another edition of the guide (TOML)")


def _with_fail_on(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--fail-on",
        choices=("info", "advice", "warning", "error", "never"),
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


def _batch(args: argparse.Namespace) -> int:
    from mglabel.cli.batch import command

    return command(args)


def _lookup(name: str) -> Callable[[argparse.Namespace], int]:
    """The command of this name, imported when it is called."""

    def run(args: argparse.Namespace) -> int:
        from mglabel.cli import lookups

        command: Callable[[argparse.Namespace], int] = getattr(lookups, name)
        return command(args)

    return run
