"""A row of batch results as the overview reads it, and what it comes to for someone who fills a shelf."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

import msgspec

from mglabel.tables.guide_file import OBJECTING, SEVERITIES
from mglabel.values.errors import MglabelError
from mglabel.values.interval import Interval, Masses

OBJECTED, UNREAD, OPEN, FINE, OUTSIDE, WITHOUT = "objected", "unread", "open", "fine", "outside", "without"
STATUSES = (OBJECTED, UNREAD, OPEN, FINE, OUTSIDE, WITHOUT)
"""What a label can come to; those that need most looking at first."""

_OPEN_LIMITS = ("open", "unknown")
ABOVE_OPEN = "above_open"
STANDS = ("within", "open", "above", ABOVE_OPEN, "far_above", "unknown")
"""Where a dose can stand against the limit, in the order in which it is told."""


class Row(msgspec.Struct, frozen=True):
    """The columns that the overview needs."""

    id: str
    product_index: int | None
    product: str | None
    declares_magnesium: bool | None
    sources: str | None
    elemental_mg_per_day_at_most_low: Decimal | None
    elemental_mg_per_day_at_most_high: Decimal | None
    purpose: str | None
    limit_verdict: str | None
    grade_best: str | None
    grade_worst: str | None
    findings: str | None
    objections: str | None
    severity: str | None
    guide: str | None
    version: str | None
    error: str | None
    error_message: str | None
    report: str | None = None

    @property
    def status(self) -> str:
        """What the label comes to."""
        if self.error is not None:
            return UNREAD
        if self.severity in OBJECTING:
            return OBJECTED
        if not self.declares_magnesium:
            return WITHOUT
        if self.limit_verdict is None:
            return OUTSIDE
        certain = self.grade_best is not None and self.grade_best == self.grade_worst
        return FINE if certain and self.limit_verdict not in _OPEN_LIMITS else OPEN

    @property
    def grade(self) -> tuple[str, str] | None:
        """The best and the worst letter."""
        return None if self.grade_best is None or self.grade_worst is None else (self.grade_best, self.grade_worst)

    @property
    def dose(self) -> Masses | None:
        """Elemental magnesium of a day at the highest directed dose."""
        low, high = self.elemental_mg_per_day_at_most_low, self.elemental_mg_per_day_at_most_high
        return None if low is None or high is None else Interval(low, high)

    def stands(self, limit: Decimal) -> str:
        """Where the dose stands: the verdict, or more where it is open but above the limit; empty for none."""
        if self.limit_verdict == _OPEN_LIMITS[0] and self.dose is not None and self.dose.low > limit:
            return ABOVE_OPEN
        return self.limit_verdict or ""

    @property
    def urgency(self) -> tuple[int, int, int]:
        """Sorts those that need most looking at first: by status, severity and the worst letter possible."""
        severe = SEVERITIES.index(self.severity) if self.severity in SEVERITIES else len(SEVERITIES)
        return STATUSES.index(self.status), severe, -ord(self.grade_worst[0]) if self.grade_worst else 0


def listed(cell: str | None) -> tuple[str, ...]:
    """The values in a cell."""
    return tuple(cell.split(",")) if cell else ()


def rows_of(lines: Iterable[bytes]) -> Iterator[Row]:
    """The rows in lines of JSON; raises `MglabelError` where a line is none.

    >>> next(rows_of([b'{"id": "a"}']))
    Traceback (most recent call last):
    mglabel.values.errors.MglabelError: line 1: no row of `mglabel batch`: Object missing required field `product_index`
    """
    decoder = msgspec.json.Decoder(Row)
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield decoder.decode(line)
        except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
            raise MglabelError(f"line {number}: no row of `mglabel batch`: {error}") from error
