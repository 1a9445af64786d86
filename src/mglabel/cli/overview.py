"""`mglabel overview`: the overview page of a batch run from the results that it wrote as JSON lines."""

from __future__ import annotations

import argparse
from pathlib import Path

from mglabel.batch import overview
from mglabel.cli.streams import write
from mglabel.tables.guide import Guide
from mglabel.values.errors import MglabelError


def run(args: argparse.Namespace) -> int:
    """Write the overview of a results file; no label is read again."""
    guide = Guide.load(args.guide)
    results, page = Path(args.results), Path(args.out)
    overview.check(page, results)
    try:
        with results.open("rb") as lines:
            overview.place(lines, page, guide, args.lang)
    except MglabelError as error:
        raise MglabelError(f"{results.name}, {error}") from error
    write(f"{page}\n")
    return 0
