"""What a run comes to: labels by grade, the commonest findings, failures by reason.

Counted from the rows themselves, so that a run in several parts counts them all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import msgspec

from mglabel.tables.guide_file import SEVERITIES

NO_GRADE = ""


class _Counted(msgspec.Struct, frozen=True):
    """What is counted of a row."""

    declares_magnesium: bool | None
    grade_best: str | None
    grade_worst: str | None
    findings: str | None
    severity: str | None
    error: str | None


class Summary(msgspec.Struct):
    """Counts of the rows of a run."""

    rows: int = 0
    without_magnesium: int = 0
    grades: Counter[str] = msgspec.field(default_factory=Counter)
    """By letter, or by span such as `B–C`; labels with magnesium and no grade under an empty name."""
    findings: Counter[str] = msgspec.field(default_factory=Counter)
    severities: Counter[str] = msgspec.field(default_factory=Counter)
    failures: Counter[str] = msgspec.field(default_factory=Counter)

    def is_objected(self, threshold: str) -> bool:
        """Whether any label has a finding as severe as the threshold."""
        if threshold not in SEVERITIES:
            return False
        return any(self.severities[severity] for severity in SEVERITIES[: SEVERITIES.index(threshold) + 1])


def summed(lines: Iterable[bytes]) -> Summary:
    """The summary of rows of results, given as lines of JSON.

    >>> rest = b'"grade_best":"A","grade_worst":"B","findings":"MG101","severity":"info","error":null}'
    >>> dict(summed([b'{"declares_magnesium":true,' + rest]).grades)
    {'A–B': 1}
    """
    total = Summary()
    decoder = msgspec.json.Decoder(_Counted)
    for row in map(decoder.decode, lines):
        total.rows += 1
        if row.error is not None:
            total.failures[row.error] += 1
            continue
        if row.severity is not None:
            total.severities[row.severity] += 1
        total.findings.update(_listed(row.findings))
        if not row.declares_magnesium:
            total.without_magnesium += 1
        else:
            total.grades[_span(row.grade_best, row.grade_worst)] += 1
    return total


def _span(best: str | None, worst: str | None) -> str:
    if best is None or worst is None:
        return NO_GRADE
    return best if best == worst else f"{best}–{worst}"


def _listed(codes: str | None) -> Iterator[str]:
    return filter(None, (codes or "").split(","))
