"""Every report of any label, for readers and for machines, is well-formed, whatever stands in the label."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable

from holding import require, within
from label_bytes import bytes_of, changed_label, text_of
from seeds import labels
from selectolax.lexbor import LexborHTMLParser

from mglabel import analyze
from mglabel.analysis.recorded import recorded
from mglabel.analysis.result import Analysis
from mglabel.batch.columns import check_columns
from mglabel.reports.machine.annotations import workflow_commands
from mglabel.reports.machine.checked import CheckedFile
from mglabel.reports.machine.jsonld import as_json
from mglabel.reports.machine.sarif import sarif
from mglabel.reports.plain import report

LARGEST = 1_500
SECONDS, PER_BYTE = 1.0, 200e-6

mutated = changed_label


def seeds() -> Iterable[bytes]:
    """The labels of all fixtures."""
    return map(bytes_of, labels())


def check(data: bytes) -> None:
    """Read one text and report on it in one of the languages."""
    text = text_of(data)
    lang = "da" if len(text) % 2 else "en"
    analysis = analyze(text, name=text[:40] or None)
    with within(SECONDS, len(text), PER_BYTE):
        _check_words(analysis, lang)
        _check_pages(analysis, lang)
        _check_machines(analysis, lang)
        answers = check_columns([text])
    require({len(column) for column in answers.values()} == {1}, "columns of other lengths")


def _check_words(analysis: Analysis, lang: str) -> None:
    said = report(analysis, lang)
    require(said.endswith("\n"), "a report without its last line's end")
    require("{" in analysis.text or "{" not in said, "a report with a place left open")
    odd = {c for c in said if ord(c) < 32 and c != "\n"}
    require(not odd, f"control characters in a report: {odd!r}")


def _check_pages(analysis: Analysis, lang: str) -> None:
    """No label gets a tag of its own into a page."""
    page = LexborHTMLParser(analysis.to_html(lang).encode("utf-8", "replace").decode())
    require(page.css_first("html").attributes.get("lang") == lang, "a page without its language")
    foreign = [node.html for node in page.css("script, iframe, object, embed, base, link:not([href^='data:,'])")]
    require(not foreign, f"a page that holds or loads more than it should: {foreign!r}")
    piece = analysis.summary_html(lang)
    require(piece.count("<script") == 0, "a script in a summary")
    ElementTree.fromstring(analysis.gauge_svg(lang).encode("utf-8", "replace"))


def _check_machines(analysis: Analysis, lang: str) -> None:
    json.loads(as_json(analysis.to_jsonld(lang)))
    recorded(analysis.to_json(lang).encode())
    file = CheckedFile(analysis.name or "-", (analysis,))
    for line in workflow_commands(file, lang):
        require("\n" not in line and "\r" not in line, f"a command of several lines: {line!r}")
    json.loads(as_json(sarif([file], lang)))
