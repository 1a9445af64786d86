"""Where a day's magnesium stands against the guide's limit: every verdict that the interval allows."""

from __future__ import annotations

from mglabel.tables.guide import Guide
from mglabel.values.interval import Masses

OPEN = "open"
UNKNOWN = "unknown"


def limit_verdicts(mg_per_day: Masses, guide: Guide) -> tuple[str, ...]:
    """Within, above or far above the limit, from the lowest that the interval allows to the highest.

    >>> from mglabel.tables.guide import default_guide
    >>> from mglabel.values.interval import exactly
    >>> limit_verdicts(exactly(350), default_guide()), limit_verdicts(exactly(375), default_guide())
    (('within',), ('above',))
    """
    bounds = (guide.thresholds.day_limit_mg, guide.thresholds.far_above_mg)
    lowest, highest = (sum(value > bound for bound in bounds) for value in (mg_per_day.low, mg_per_day.high))
    return guide.limits[lowest : highest + 1]


def limit_word(verdicts: tuple[str, ...] | None) -> str:
    """The one word for what the label allows: the verdict, `open` for several and `unknown` for none.

    >>> limit_word(("within", "above")), limit_word(None)
    ('open', 'unknown')
    """
    if not verdicts:
        return UNKNOWN
    return verdicts[0] if len(verdicts) == 1 else OPEN
