"""The findings of many files as one SARIF 2.1.0 log, the form in which code hosts take what checkers found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from mglabel import __version__
from mglabel.analysis.result import Analysis
from mglabel.reports.html.escaping import shown
from mglabel.reports.layout import shortened
from mglabel.reports.machine.checked import CheckedFile, Offsets, uri_of
from mglabel.reports.page_words import page_words
from mglabel.tables.messages import codes, explanation
from mglabel.values.evidence import Evidence
from mglabel.values.results import Finding

VERSION, SCHEMA = "2.1.0", "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {"error": "error", "warning": "warning", "advice": "note", "info": "note"}
TOOL = "mglabel"
_ROOT = "%SRCROOT%"
_MOST_PLACES = 20
_SNIPPET = 200


def sarif(files: Sequence[CheckedFile], lang: str = "en") -> dict[str, Any]:
    """The log: one run over all files, with every finding code as a rule.

    >>> from mglabel import analyze
    >>> file = CheckedFile("a.txt", [analyze("Magnesium 100 mg per tablet. 1 tablet daily.")])
    >>> found = sarif([file])["runs"][0]["results"][0]
    >>> found["ruleId"], found["level"], found["locations"][0]["physicalLocation"]["region"]["startLine"]
    ('MG106', 'warning', 1)
    """
    failed = [_notification(file, lang) for file in files if file.failure is not None]
    invocation: dict[str, Any] = {"executionSuccessful": not failed}
    if failed:
        invocation["toolExecutionNotifications"] = failed
    run = {
        "tool": {"driver": {"name": TOOL, "version": __version__, "language": lang, "rules": _rules(lang)}},
        "columnKind": "unicodeCodePoints",
        "defaultEncoding": "utf-8",
        "language": lang,
        "invocations": [invocation],
        "artifacts": [_artifact(file) for file in files],
        "results": [result for at, file in enumerate(files) for result in _results(file, at, lang)],
    }
    return {"$schema": SCHEMA, "version": VERSION, "runs": [run]}


def _rules(lang: str) -> list[dict[str, Any]]:
    """Every code with what it means and why, in the order of the table."""
    rules = []
    for code in codes():
        page = explanation(code, lang)
        rules.append(
            {
                "id": code,
                "shortDescription": {"text": page.title},
                "fullDescription": {"text": page.what},
                "help": {"text": f"{page.what} {page.why}"},
                "defaultConfiguration": {"level": LEVELS[page.severity]},
                "properties": {"severity": page.severity, **({"reference": page.reference} if page.reference else {})},
            }
        )
    return rules


def _artifact(file: CheckedFile) -> dict[str, Any]:
    kind = file.analyses[0].kind if file.analyses else None
    return {"location": _location(file.path), **({"properties": {"kind": kind}} if kind else {})}


def _location(path: str) -> dict[str, Any]:
    uri = uri_of(path)
    return {"uri": uri} if uri.startswith("file:") else {"uri": uri, "uriBaseId": _ROOT}


def _notification(file: CheckedFile, lang: str) -> dict[str, Any]:
    said = page_words(lang).text.unreadable.format(reason=file.failure)
    place = {"physicalLocation": {"artifactLocation": _location(file.path)}}
    return {"level": "error", "message": {"text": shown(said)}, "locations": [place]}


def _results(file: CheckedFile, at: int, lang: str) -> Iterator[dict[str, Any]]:
    offsets = Offsets(file)
    known = {code: index for index, code in enumerate(codes())}
    for nth, analysis in enumerate(file.analyses):
        for finding in analysis.findings:
            result: dict[str, Any] = {
                "ruleId": finding.code,
                "level": LEVELS[finding.severity],
                "message": {"text": shown(finding.text(lang))},
                "locations": _places(finding, analysis, file.path, at, nth, offsets),
                "properties": _properties(finding, analysis),
            }
            if finding.code in known:
                result["ruleIndex"] = known[finding.code]
            yield result


def _properties(finding: Finding, analysis: Analysis) -> dict[str, Any]:
    found: dict[str, Any] = {"severity": finding.severity}
    if finding.reference:
        found["reference"] = finding.reference
    if analysis.product.name:
        found["product"] = shortened(analysis.product.name, _SNIPPET)
    return found


def _places(
    finding: Finding, analysis: Analysis, path: str, at: int, nth: int, offsets: Offsets
) -> list[dict[str, Any]]:
    """The places of a finding; the file alone where it rests on no words of it."""
    artifact = {**_location(path), "index": at}
    if not finding.evidence:
        return [{"physicalLocation": {"artifactLocation": artifact}}]
    return [_place(piece, artifact, nth, offsets) for piece in finding.evidence[:_MOST_PLACES]]


def _place(piece: Evidence, artifact: dict[str, Any], nth: int, offsets: Offsets) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": artifact}
    found: dict[str, Any] = {"physicalLocation": physical}
    snippet = shortened(piece.text, _SNIPPET)
    place = offsets.place(nth, piece.start, piece.end)
    if place is not None:
        physical["region"] = {
            "startLine": place.line,
            "startColumn": place.column,
            "endLine": place.end_line,
            "endColumn": place.end_column,
            "charOffset": place.start,
            "charLength": place.length,
            "snippet": {"text": snippet},
        }
        return found
    # A file whose text is not its own characters has pages or elements, but no lines.
    properties: dict[str, Any] = {"text": snippet}
    if piece.page is not None:
        properties |= {"page": piece.page, "boxes": [list(box) for box in piece.boxes or ()]}
    if piece.path is not None:
        found["logicalLocations"] = [{"fullyQualifiedName": piece.path, "kind": "element"}]
    return {**found, "properties": properties}
