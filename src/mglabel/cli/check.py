"""`mglabel check`: read labels from files or standard input, report on each, and say by exit status what was found."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mglabel.analysis.files import analyze_catalogue, analyze_file
from mglabel.analysis.result import Analysis
from mglabel.cli.streams import STANDARD_INPUT, complain, read, write, write_json
from mglabel.documents.limits import Limits
from mglabel.reports.plain import SEVERITIES, report
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
    statuses = [_check(path, at, args, guide) for at, path in enumerate(args.files or [STANDARD_INPUT])]
    return max(statuses)


def _check(path: str, at: int, args: argparse.Namespace, guide: Guide) -> int:
    """Read one file and write its report; a file that cannot be read is named on standard error."""
    limits = (
        Limits()
        if args.max_bytes is None
        else Limits(max_bytes=args.max_bytes, max_html_bytes=args.max_bytes, max_chars=args.max_bytes)
    )
    try:
        data = read(path, limits.max_bytes)
        analyses = _analyses(data, None if path == STANDARD_INPUT else path, args, guide, limits)
    except MglabelError as error:
        complain(str(error), path)
        return FAILED
    except OSError as error:
        complain(error.strerror or str(error), path)
        return FAILED
    for nth, analysis in enumerate(analyses):
        _report(analysis, at + nth > 0, args)
    if args.annotate:
        from mglabel.reports.annotated import annotate

        annotate(analyses, data, Path(args.annotate), args.password, args.lang)
    return OBJECTED if any(_objected(analysis, args.fail_on) for analysis in analyses) else FINE


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


def _report(analysis: Analysis, follows: bool, args: argparse.Namespace) -> None:
    """Write one report, with an empty line between it and one before it."""
    if args.format == "json":
        write_json(analysis.to_json(args.lang))
    else:
        write(("\n" if follows else "") + report(analysis, args.lang))


def _objected(analysis: Analysis, threshold: str) -> bool:
    """Whether any finding is as severe as the threshold."""
    if threshold == NEVER:
        return False
    severe = SEVERITIES[: SEVERITIES.index(threshold) + 1]
    return any(finding.severity in severe for finding in analysis.findings)
