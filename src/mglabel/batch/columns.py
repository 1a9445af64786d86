"""Many labels at once: a list of texts to flat columns of plain values, ready for a data frame.

One row a text, in order; a text that cannot be read gives a row of None with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mglabel.analysis.pipeline import analyze
from mglabel.analysis.result import Analysis
from mglabel.tables.guide import Guide, default_guide
from mglabel.values.errors import MglabelError, TextTooLong, UnreadableDocument
from mglabel.values.interval import Masses

COLUMNS = (
    "declares_magnesium",
    "use",
    "sources",
    "excipients",
    "elemental_mg_per_day_low",
    "elemental_mg_per_day_high",
    "elemental_mg_per_intake_low",
    "elemental_mg_per_intake_high",
    "derivation",
    "form_verdict",
    "limit_verdict",
    "grade_best",
    "grade_worst",
    "findings",
    "error",
)
"""The columns: masses are float, declares_magnesium is bool, the others str; all may be None."""

TOO_LARGE = "too-large"


def check_columns(
    texts: Iterable[str | bytes], purpose: str | None = None, guide: Guide | None = None
) -> dict[str, list[Any]]:
    """Analyze every text and give one list a column, all of the same length and in the order of the texts.

    Several values in a cell are joined by commas. Raises `UnknownPurpose` before it reads anything.

    >>> import mglabel
    >>> columns = mglabel.check_columns(["Vitamin C 500 mg", None])
    >>> columns["declares_magnesium"], columns["error"]
    ([False, None], [None, 'unsupported-type'])
    """
    if isinstance(texts, str | bytes):
        raise MglabelError("check_columns reads a list of texts, not one text; use analyze for one")
    edition = default_guide() if guide is None else guide
    edition.checked_purpose(purpose)
    columns: dict[str, list[Any]] = {name: [] for name in COLUMNS}
    for text in texts:
        row = _row(text, purpose, edition)
        for name, column in columns.items():
            column.append(row.get(name))
    return columns


def _row(text: str | bytes, purpose: str | None, guide: Guide) -> dict[str, Any]:
    """The cells of one text; only the reason where it cannot be read."""
    try:
        return _cells(analyze(text, purpose=purpose, guide=guide))
    except UnreadableDocument as error:
        return {"error": error.reason}
    except TextTooLong:
        return {"error": TOO_LARGE}


def _cells(analysis: Analysis) -> dict[str, Any]:
    intake, verdict, grade = analysis.intake, analysis.verdict, analysis.grade
    return {
        "declares_magnesium": analysis.declares_magnesium,
        "use": analysis.use,
        "sources": _joined(source.form for source in analysis.sources),
        "excipients": _joined(excipient.form for excipient in analysis.excipients),
        **_ends("elemental_mg_per_day", intake.mg_per_day),
        **_ends("elemental_mg_per_intake", intake.mg_per_intake),
        "derivation": analysis.derivation,
        "form_verdict": verdict.form,
        "limit_verdict": verdict.limit,
        "grade_best": None if grade is None else grade.best,
        "grade_worst": None if grade is None else grade.worst,
        "findings": _joined(finding.code for finding in analysis.findings),
    }


def _ends(name: str, mass: Masses | None) -> dict[str, float | None]:
    low, high = (None, None) if mass is None else (float(mass.low), float(mass.high))
    return {f"{name}_low": low, f"{name}_high": high}


def _joined(values: Iterable[str]) -> str:
    """Different values in their order, joined by commas."""
    return ",".join(dict.fromkeys(values))
