"""`mglabel check`: read labels from files or standard input, report on each, and say by exit status what was found."""

from __future__ import annotations

import argparse

from mglabel.analysis.pipeline import analyze
from mglabel.analysis.result import Analysis
from mglabel.cli.streams import STANDARD_INPUT, complain, read, write, write_json
from mglabel.reports.plain import SEVERITIES, report
from mglabel.tables.guide import Guide
from mglabel.values.errors import MglabelError

FINE, OBJECTED, FAILED = 0, 1, 2
NEVER = "never"


def run(args: argparse.Namespace) -> int:
    """Check every file; the worst of their exit statuses."""
    guide = Guide.load(args.guide)
    guide.checked_purpose(args.purpose)
    statuses = [_check(path, at, args, guide) for at, path in enumerate(args.files or [STANDARD_INPUT])]
    return max(statuses)


def _check(path: str, at: int, args: argparse.Namespace, guide: Guide) -> int:
    """Read one file and write its report; a file that cannot be read is named on standard error."""
    name = None if path == STANDARD_INPUT else path
    try:
        data = read(path, args.max_bytes)
        analysis = analyze(data, purpose=args.purpose, guide=guide, name=name, max_bytes=args.max_bytes)
    except MglabelError as error:
        complain(str(error), path)
        return FAILED
    except OSError as error:
        complain(error.strerror or str(error), path)
        return FAILED
    if args.format == "json":
        write_json(analysis.to_json(args.lang))
    else:
        write(("\n" if at else "") + report(analysis, args.lang))
    return OBJECTED if _objected(analysis, args.fail_on) else FINE


def _objected(analysis: Analysis, threshold: str) -> bool:
    """Whether any finding is as severe as the threshold."""
    if threshold == NEVER:
        return False
    severe = SEVERITIES[: SEVERITIES.index(threshold) + 1]
    return any(finding.severity in severe for finding in analysis.findings)
