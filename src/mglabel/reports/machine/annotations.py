"""Findings as the workflow commands with which GitHub puts remarks beside the lines of a file."""

from __future__ import annotations

from collections.abc import Iterator

from mglabel.reports.html.escaping import shown
from mglabel.reports.machine.checked import CheckedFile, Offsets
from mglabel.reports.page_words import page_words
from mglabel.tables.messages import title
from mglabel.values.results import Finding

COMMANDS = {"error": "error", "warning": "warning", "advice": "notice", "info": "notice"}
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def workflow_commands(file: CheckedFile, lang: str = "en") -> Iterator[str]:
    """One line a finding; for a file that could not be read one that says so.

    >>> from mglabel import analyze
    >>> lines = workflow_commands(CheckedFile("a,b.txt", [analyze("Magnesium 100 mg per tablet. 1 tablet daily.")]))
    >>> next(lines)[:68]
    '::warning file=a%2Cb.txt,line=1,endLine=1,col=1,endColumn=17,title=M'
    """
    if file.failure is not None:
        yield _line("error", {"file": file.path}, page_words(lang).text.unreadable.format(reason=file.failure))
        return
    offsets = Offsets(file)
    for nth, analysis in enumerate(file.analyses):
        for finding in analysis.findings:
            where = {"file": file.path, **_where(finding, nth, offsets), "title": _title(finding, lang)}
            yield _line(COMMANDS[finding.severity], where, finding.text(lang))


def _where(finding: Finding, nth: int, offsets: Offsets) -> dict[str, str]:
    """The lines and columns of the first piece of evidence; columns only within one line, as they are taken."""
    if not finding.evidence:
        return {}
    piece = finding.evidence[0]
    place = offsets.place(nth, piece.start, piece.end)
    if place is None:
        return {}
    lines = {"line": str(place.line), "endLine": str(place.end_line)}
    if place.line == place.end_line:
        return {**lines, "col": str(place.column), "endColumn": str(place.end_column)}
    return lines


def _title(finding: Finding, lang: str) -> str:
    return f"{finding.code} {title(finding.code, lang)}"


def _line(command: str, properties: dict[str, str], message: str) -> str:
    told = ",".join(f"{name}={shown(value).translate(_PROPERTY)}" for name, value in properties.items())
    return f"::{command} {told}::{shown(message).translate(_DATA)}"
