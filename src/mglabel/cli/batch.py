"""`mglabel batch`: whole catalogues to one row a label, with progress, a summary, and a way to go on after any stop."""

from __future__ import annotations

import argparse
import os
import pickle
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from mglabel.batch.closing import closing
from mglabel.batch.inputs import Reading
from mglabel.batch.label_reports import ALL, NONE, Asked, folder_for
from mglabel.batch.layout import Columns
from mglabel.batch.run import Halted, Outcome, Plan, run
from mglabel.batch.stopping import Stopping
from mglabel.batch.work import Options
from mglabel.cli.streams import complain, write
from mglabel.cli.terminal import terminal
from mglabel.documents.limits import MIB, Limits
from mglabel.tables.guide import Guide
from mglabel.values.errors import MglabelError

FINE, OBJECTED, FAILED, INTERRUPTED = 0, 1, 2, 130


def command(args: argparse.Namespace) -> int:
    """Run a batch and say by exit status what came of it."""
    guide = Guide.load(args.guide)
    guide.checked_purpose(args.purpose)
    overview = None if args.report is None else Path(args.report)
    plan = Plan(
        inputs=tuple(args.inputs),
        out=Path(args.out),
        reading=Reading(Columns(args.id_column, tuple(args.text_column), tuple(args.html_column)), args.encoding),
        options=Options(
            purpose=args.purpose,
            guide=None if args.guide is None else pickle.dumps(guide),
            lang=args.lang if args.full else None,
            limits=Limits(wall_seconds=args.max_seconds, memory_bytes=args.max_memory * MIB),
            reports=_reports(overview, args),
        ),
        jobs=args.jobs or os.cpu_count() or 1,
        resume=args.resume,
        restart=args.restart,
        overview=overview,
        lang=args.lang,
    )
    try:
        with _signals() as stopping:
            outcome = run(plan, say=complain, stopping=stopping, terminal=sys.stderr)
    except Halted as halted:
        complain(str(halted))
        return INTERRUPTED if halted.is_asked_for else FAILED
    if screen := terminal(args.color):
        from mglabel.batch import closing_screen

        write(closing_screen.closing(outcome, plan.out, screen, args.lang, overview))
    else:
        write(closing(outcome, plan.out, args.lang, overview))
    return _status(outcome, args.fail_on)


def _reports(overview: Path | None, args: argparse.Namespace) -> Asked | None:
    if overview is None:
        if args.reports is not None:
            raise MglabelError("--reports says which labels get a report beside the overview: name that with --report")
        return None
    if args.reports == NONE:
        return None
    return Asked(os.path.abspath(folder_for(overview)), overview.name, args.lang, args.reports or ALL)


def _status(outcome: Outcome, fail_on: str) -> int:
    if outcome.summary.failures:
        return FAILED
    return OBJECTED if outcome.summary.is_objected(fail_on) else FINE


@contextmanager
def _signals() -> Iterator[Stopping]:
    """Take the first request to stop as a wish, which is granted between two rows, and the second as an order."""
    asked = False

    def ask(number: int, _frame: FrameType | None) -> None:
        nonlocal asked
        if asked and number == signal.SIGINT:
            raise KeyboardInterrupt
        asked = True

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
