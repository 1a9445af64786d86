"""The letter: the guide's table of form and limit, one letter lower for a large single intake, a span where open.

Every combination that the label allows is looked up, so knowing less can only widen the span.
"""

from __future__ import annotations

from collections.abc import Sequence

from mglabel.guide.limit_verdict import limit_word
from mglabel.tables.guide import Guide
from mglabel.values.interval import Masses
from mglabel.values.results import Grade, Intake

BETWEEN = ".."


def joined(verdicts: Sequence[str]) -> str:
    """The verdicts as one word, the best and the worst where there are several.

    >>> joined(("ideal", "suitable", "special"))
    'ideal..special'
    """
    return verdicts[0] if len(verdicts) == 1 else f"{verdicts[0]}{BETWEEN}{verdicts[-1]}"


def large_intake(intake: Masses | None, day: Masses | None, guide: Guide) -> tuple[bool, ...]:
    """Whether one intake exceeds the guide's range: (False,), (True,), or both where the label leaves it open.

    An intake that is not known lies anywhere up to the whole day.

    >>> from mglabel.tables.guide import default_guide
    >>> from mglabel.values.interval import exactly
    >>> large_intake(exactly(200), exactly(400), default_guide()), large_intake(None, exactly(300), default_guide())
    ((False,), (False, True))
    """
    most = guide.thresholds.intake_mg.high
    if intake is None:
        return (False, True) if day is None or day.high > most else (False,)
    return (False,) if intake.high <= most else (True,) if intake.low > most else (False, True)


def letters(form: Sequence[str], limit: Sequence[str], large: Sequence[bool], guide: Guide) -> tuple[str, str]:
    """The best and the worst letter over all combinations of what the label allows.

    >>> from mglabel.tables.guide import default_guide
    >>> letters(["ideal"], ["within", "above"], [True], default_guide())
    ('B', 'C')
    """
    cells = [guide.cell(f, limit_) for f in form for limit_ in limit]
    rank = guide.letters.index
    best = min(rank(best) for best, _ in cells) + min(large)
    worst = max(rank(worst) for _, worst in cells) + max(large)
    last = len(guide.letters) - 1
    return guide.letters[min(best, last)], guide.letters[min(worst, last)]


def grade(
    form: Sequence[str] | None, limit: tuple[str, ...] | None, intake: Intake, purpose: str, guide: Guide
) -> Grade | None:
    """The grade for what the label allows; None where the form is not judged or the limit is not known.

    >>> from mglabel.tables.guide import default_guide
    >>> from mglabel.values.interval import exactly
    >>> intake = Intake(mg_per_day_at_most=exactly(375), mg_per_intake_at_most=exactly(375))
    >>> str(grade(["ideal"], ("above",), intake, "general", default_guide()))
    'C'
    """
    if not form or not limit:
        return None
    large = large_intake(intake.mg_per_intake_at_most, intake.mg_per_day_at_most, guide)
    best, worst = letters(form, limit, large, guide)
    return Grade(best, worst, joined(form), limit_word(limit), purpose)
