"""One dose as a sentence gives it."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from mglabel.values.evidence import Span
from mglabel.values.interval import Masses

PACK = Decimal(20)
"""So many units without a verb of taking beside them are a pack (drops are counted so, and are taken)."""


class Dose(NamedTuple):
    """One dose that a sentence gives. `limit` marks the highest dose of a sentence that only bounds."""

    unit: str
    per_day: Masses | None
    per_intake: Masses | None
    intakes: Masses | None
    audience: str
    limit: bool
    as_needed: bool
    span: Span
    loose: bool = False
    """Whether the day's units follow only from a time of day."""
    under_day: bool = False
    """Whether it stands below a heading of the day's dose."""
    capped: bool = False
    """Whether only the highest number of units is stated ("up to 8 a day")."""
    moment: str = ""
    """The one time of day that it is for, empty where it is for several or none."""
    may_be_other: bool = False
    """Whether its words may make it an alternative to the doses beside it."""
    line: int = 0
    kinds: tuple[tuple[str, Masses], ...] = ()
    """How many of each unit a day, where a sentence gives several kinds together: "1 capsule and 2 tablets a day"."""
