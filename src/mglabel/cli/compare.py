"""`mglabel compare`: rank the products of earlier results for a purpose, as a table, CSV or a page of HTML."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

import msgspec

from mglabel.analysis.comparison import compare
from mglabel.analysis.recorded import NO_RESULT, Recorded, recorded
from mglabel.cli.streams import STANDARD_INPUT, complain, standard_input, write, write_bytes
from mglabel.cli.terminal import terminal
from mglabel.reports.comparison import csv_table, html_page, page
from mglabel.tables.guide import Guide
from mglabel.values.errors import MglabelError

FINE, FAILED = 0, 2


def run(args: argparse.Namespace) -> int:
    """Compare the results of all files; a line that is no result is named and stands among what is not compared."""
    guide = Guide.load(args.guide)
    guide.checked_purpose(args.purpose)
    results = [one for path in args.files for one in _results(path)]
    if all(one.error == NO_RESULT for one in results):
        raise MglabelError("no results to compare: give the lines of `mglabel check --format json` or `mglabel batch`")
    comparison = compare(results, args.purpose, guide)
    if args.format == "text" and (screen := terminal(args.color)):
        from mglabel.reports.screen import comparison as shown

        write(shown.page(comparison, screen, args.lang))
    elif args.format == "text":
        write(page(comparison, args.lang))
    else:
        render = csv_table if args.format == "csv" else html_page
        write_bytes(render(comparison, args.lang).encode())
    return FAILED if any(one.error == NO_RESULT for one in results) else FINE


def _results(path: str) -> Iterator[Recorded]:
    """The results of a file; those without any name are called by their line."""
    for number, line in enumerate(_lines(path), 1):
        if not line.strip():
            continue
        place = f"{path}:{number}"
        try:
            one = recorded(line)
        except MglabelError as error:
            complain(str(error), place)
            yield Recorded(name=place, product=None, error=NO_RESULT)
        else:
            yield one if one.name or one.product else msgspec.structs.replace(one, name=place)


def _lines(path: str) -> Iterator[bytes]:
    if path == STANDARD_INPUT:
        yield from standard_input()
        return
    with open(path, "rb") as file:
        yield from file
