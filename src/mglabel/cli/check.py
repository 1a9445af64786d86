"""`mglabel check`: read labels from files or standard input, report on each, and say by exit status what was found."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mglabel.analysis.files import analyze_catalogue, analyze_file
from mglabel.analysis.result import Analysis
from mglabel.cli.sinks import Sink, sink_for
from mglabel.cli.streams import STANDARD_INPUT, complain, reason_of, standard_input
from mglabel.documents.limits import Limits
from mglabel.documents.sources import data_of
from mglabel.documents.text import text_of
from mglabel.reports.machine.checked import TEXT, CheckedFile
from mglabel.reports.plain import SEVERITIES
from mglabel.tables.guide import Guide
from mglabel.values.errors import MglabelError

FINE, OBJECTED, FAILED = 0, 1, 2
NEVER = "never"


def run(args: argparse.Namespace) -> int:
    """Check every file; the worst of their exit statuses."""
    if args.annotate and len(args.files) != 1:
        raise MglabelError("--annotate draws on the pages of one file: name just one")
    guide = Guide.load(args.guide)
    guide.checked_purpose(args.purpose)
    sink = sink_for(args)
    statuses = [_check(path, args, guide, sink) for path in args.files or [STANDARD_INPUT]]
    sink.close()
    return max(statuses)


def _check(path: str, args: argparse.Namespace, guide: Guide, sink: Sink) -> int:
    """Read one file and report on it; a file that cannot be read is named on standard error."""
    limits = (
        Limits()
        if args.max_bytes is None
        else Limits(max_bytes=args.max_bytes, max_html_bytes=args.max_bytes, max_chars=args.max_bytes)
    )
    data = b""
    try:
        data = data_of(standard_input() if path == STANDARD_INPUT else path, limits)
        analyses = _analyses(data, None if path == STANDARD_INPUT else path, args, guide, limits)
    except (MglabelError, OSError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else str(error)
        complain(reason, path)
        sink.take(CheckedFile(path, failure=reason), data, limits)
        return FAILED
    sink.take(CheckedFile(path, analyses, whole=_whole(data, analyses, limits)), data, limits)
    if args.annotate:
        from mglabel.reports.annotated import annotate

        annotate(analyses, data, Path(args.annotate), args.password, args.lang)
    return OBJECTED if any(_objected(analysis, args.fail_on) for analysis in analyses) else FINE


def _whole(data: bytes, analyses: Sequence[Analysis], limits: Limits) -> str | None:
    """The text of a file whose products are parts of it, so that their places can be told in the file."""
    is_text = len(analyses) > 1 and all(analysis.kind == TEXT for analysis in analyses)
    return text_of(data, limits.max_chars) if is_text else None


def _analyses(
    data: bytes, name: str | None, args: argparse.Namespace, guide: Guide, limits: Limits
) -> Sequence[Analysis]:
    """One analysis, or one for every product of a catalogue."""
    options: dict[str, Any] = {
        "purpose": args.purpose,
        "guide": guide,
        "name": name,
        "password": args.password,
        "pages": args.pages,
        "limits": limits,
    }
    return analyze_catalogue(data, **options) if args.catalogue else (analyze_file(data, **options),)


def _objected(analysis: Analysis, threshold: str) -> bool:
    """Whether any finding is as severe as the threshold."""
    if threshold == NEVER:
        return False
    severe = SEVERITIES[: SEVERITIES.index(threshold) + 1]
    return any(finding.severity in severe for finding in analysis.findings)
