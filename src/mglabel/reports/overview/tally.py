"""What the charts of the overview count, row by row, in memory that does not grow with the number of rows."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

import msgspec

from mglabel.reports.overview.rows import STATUSES, UNREAD, Row, listed
from mglabel.values.interval import Masses

COLUMN_MG = 10
"""The width of a column of labels with one dose."""
BAR_MG = 5
"""The ends of an interval are moved outwards to multiples of this, counted from the limit."""
_FARTHEST = Decimal(10_000)
"""A dose beyond it is drawn like one at it, far beyond the axis."""

SPAN, NO_LETTER = "", None
"""The rows of the dose chart beside those of the letters: a letter that is left open, and none."""


class Lane(msgspec.Struct):
    """The doses of one row of the dose chart."""

    labels: int = 0
    intervals: int = 0
    columns: Counter[Decimal] = msgspec.field(default_factory=Counter)
    """Labels by the right end of their column."""
    bars: Counter[tuple[Decimal, Decimal]] = msgspec.field(default_factory=Counter)
    """Labels by the interval of their dose."""
    verdicts: Counter[str] = msgspec.field(default_factory=Counter)


class Tally(msgspec.Struct):
    """Counts of all rows."""

    limit: Decimal
    rows: int = 0
    statuses: Counter[str] = msgspec.field(default_factory=lambda: Counter(dict.fromkeys(STATUSES, 0)))
    grades: Counter[tuple[str, str] | None] = msgspec.field(default_factory=Counter)
    """Labels about magnesium by best and worst letter."""
    lanes: dict[str | None, Lane] = msgspec.field(default_factory=dict)
    without_dose: int = 0
    without_magnesium: int = 0
    objections: Counter[str] = msgspec.field(default_factory=Counter)
    remarks: Counter[str] = msgspec.field(default_factory=Counter)
    failures: Counter[str] = msgspec.field(default_factory=Counter)
    reasons: Counter[str] = msgspec.field(default_factory=Counter)
    purposes: Counter[str] = msgspec.field(default_factory=Counter)
    guides: Counter[str] = msgspec.field(default_factory=Counter)
    versions: Counter[str] = msgspec.field(default_factory=Counter)

    def passing(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The same rows, counted as they pass."""
        for row in rows:
            self.take(row)
            yield row

    def take(self, row: Row) -> None:
        """Count one row."""
        self.rows += 1
        self.statuses[row.status] += 1
        if row.status == UNREAD:
            self.failures[row.error or ""] += 1
            return
        self.purposes[row.purpose or ""] += 1
        self.guides[row.guide or ""] += 1
        self.versions[row.version or ""] += 1
        objections = listed(row.objections)
        self.objections.update(objections)
        self.remarks.update(code for code in listed(row.findings) if code not in objections)
        if not row.declares_magnesium:
            self.without_magnesium += 1
            return
        self.grades[row.grade] += 1
        if row.dose is None:
            self.without_dose += 1
        else:
            self._draw(row, row.dose)

    def _draw(self, row: Row, dose: Masses) -> None:
        lane = self.lanes.setdefault(_lane_of(row), Lane())
        lane.labels += 1
        lane.verdicts[row.stands(self.limit)] += 1
        low, high = min(dose.low, _FARTHEST), min(dose.high, _FARTHEST)
        if dose.is_exact:
            lane.columns[self._outwards(high, COLUMN_MG, math.ceil)] += 1
        else:
            lane.intervals += 1
            least = max(Decimal(0), self._outwards(low, BAR_MG, math.floor))
            lane.bars[least, self._outwards(high, BAR_MG, math.ceil)] += 1

    def _outwards(self, mass: Decimal, step: int, rounded: Callable[[Decimal], int]) -> Decimal:
        """The multiple of a step, counted from the limit, on one side of a mass; so nothing is moved across the limit.

        >>> tally = Tally(limit=Decimal(350))
        >>> tally._outwards(Decimal(350), 10, math.ceil), tally._outwards(Decimal("350.1"), 10, math.ceil)
        (Decimal('350'), Decimal('360'))
        """
        return self.limit + step * rounded((mass - self.limit) / step)


def _lane_of(row: Row) -> str | None:
    if row.grade is None:
        return NO_LETTER
    best, worst = row.grade
    return best if best == worst else SPAN
