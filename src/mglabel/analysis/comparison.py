"""Products ranked for a purpose, from results that were written earlier: the grade again, from what is recorded.

A grade follows from the forms with their shares, the intake and the guide, all of which a whole analysis holds, so the
label is not read again. What cannot be compared stands behind, with why.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from mglabel.analysis.recorded import NO_RESULT, Recorded, Told, named
from mglabel.guide.form_verdict import form_verdicts
from mglabel.guide.grade import BETWEEN, grade, large_intake
from mglabel.guide.limit_verdict import limit_verdicts
from mglabel.tables.guide import Guide, default_guide
from mglabel.values.errors import MglabelError
from mglabel.values.results import Grade

REASONS = (
    *("open", "no-dose", "out-of-scope", "several-products", "no-magnesium", "no-grade"),
    *("other-purpose", "other-guide", "not-reproduced", "unreadable", NO_RESULT),
)
"""Why a product is not ranked, in the order in which they stand."""

SEVERAL_PRODUCTS = "MG901"
OBJECTIONS = ("error", "warning", "advice")
"""Severities of findings that say what a product lacks."""


class Compared(msgspec.Struct, frozen=True):
    """One product for the purpose: its rank, or why it has none; products that the guide holds equal share a rank."""

    recorded: Recorded
    rank: int | None = None
    why: str | None = None
    grade: Grade | None = None
    large: tuple[bool, ...] = ()
    """Whether one intake is larger than the guide's range; both where that is open."""
    findings: tuple[Told, ...] = ()
    """What else the product lacks: findings to object to that hold for this purpose."""


class Comparison(msgspec.Struct, frozen=True):
    """Every product, the ranked ones first."""

    purpose: str
    guide: str
    products: tuple[Compared, ...]


def compare(results: Iterable[Recorded], purpose: str | None = None, guide: Guide | None = None) -> Comparison:
    """Rank recorded results for a purpose, for that of the results where none is asked for.

    A whole analysis is graded for any purpose; a flat row only has the grade of its run. Raises `UnknownPurpose`, and
    `MglabelError` where the results are for several purposes and none is asked for.
    """
    edition = default_guide() if guide is None else guide
    every = list(results)
    chosen = edition.checked_purpose(_common(every) if purpose is None else purpose)
    judged = [_judged(one, chosen, edition) for one in every]
    ranked = sorted((one for one in judged if one.why is None), key=lambda one: _merit(one, edition))
    others = sorted((one for one in judged if one.why is not None), key=lambda one: _order(one, edition))
    return Comparison(chosen, named(edition), (*_with_ranks(ranked, edition), *others))


def _common(results: Iterable[Recorded]) -> str | None:
    """The one purpose that all results were graded for."""
    purposes = {one.purpose for one in results if one.purpose is not None}
    if len(purposes) > 1:
        raise MglabelError(f"the results are for several purposes ({', '.join(sorted(purposes))}): say for which one")
    return next(iter(purposes), None)


def _judged(one: Recorded, purpose: str, guide: Guide) -> Compared:
    again = _graded(one, purpose, guide)
    why = _why_not(one, again, purpose, guide)
    if why not in (None, "open"):
        return Compared(one, why=why)
    intake = one.intake
    large = large_intake(intake.mg_per_intake_at_most, intake.mg_per_day_at_most, guide)
    findings = tuple(told for told in one.findings if _objects(told, purpose, guide))
    return Compared(one, why=why, grade=again, large=large, findings=findings)


def _graded(one: Recorded, purpose: str, guide: Guide) -> Grade | None:
    """The grade for a purpose, made as the judge makes it; that of the run where the shares are not recorded."""
    if one.sources is None:
        return _of_the_run(one, guide) if one.purpose == purpose else None
    day = one.intake.mg_per_day_at_most
    if not _in_scope(one, guide) or day is None:
        return None
    form = form_verdicts(one.sources, purpose, guide)
    return grade(form, limit_verdicts(day, guide), one.intake, purpose, guide)


def _of_the_run(one: Recorded, guide: Guide) -> Grade | None:
    """The recorded grade, where the guide knows its words."""
    if one.purpose is None or one.best is None or one.worst is None or one.form is None or one.limit is None:
        return None
    known = {one.best, one.worst} <= set(guide.letters) and set(one.form.split(BETWEEN)) <= set(guide.order)
    return Grade(one.best, one.worst, one.form, one.limit, one.purpose) if known else None


def _in_scope(one: Recorded, guide: Guide) -> bool:
    """Whether the guide gives letters to such a product."""
    use, audience = one.use or "", one.audience or ""
    scopes = (guide.form_scope, guide.limit_scope)
    return one.declares_magnesium and all(scope.covers(use, audience) for scope in scopes)


def _why_not(one: Recorded, again: Grade | None, purpose: str, guide: Guide) -> str | None:
    """Why a result cannot be ranked."""
    if one.error is not None:
        return NO_RESULT if one.error == NO_RESULT else "unreadable"
    if one.sources is None and one.guide != named(guide):
        return "other-guide"
    if again is None:
        return _why_no_grade(one, purpose, guide)
    if not _is_reproduced(one, guide):
        return "not-reproduced"
    return None if again.best == again.worst else "open"


def _why_no_grade(one: Recorded, purpose: str, guide: Guide) -> str:
    if not one.declares_magnesium:
        return "no-magnesium"
    if any(told.code == SEVERAL_PRODUCTS for told in one.findings):
        return "several-products"
    if not _in_scope(one, guide):
        return "out-of-scope"
    if one.intake.mg_per_day_at_most is None:
        return "no-dose"
    return "other-purpose" if one.sources is None and one.purpose != purpose else "no-grade"


def _is_reproduced(one: Recorded, guide: Guide) -> bool:
    """Whether the facts lead to the recorded grade again, where the same edition gave it: else some are missing."""
    if one.guide != named(guide):
        return True
    again = _graded(one, one.purpose, guide) if one.purpose in guide.purposes else None
    before = (one.best, one.worst, one.form, one.limit)
    return again is not None and (again.best, again.worst, again.form, again.limit) == before


def _objects(told: Told, purpose: str, guide: Guide) -> bool:
    """Whether a finding is an objection that holds for the purpose."""
    rule = guide.rules.get(told.code)
    severity = told.severity or (rule.severity_of(None) if rule else None)
    return severity in OBJECTIONS and told.purpose in (None, purpose)


def _merit(one: Compared, guide: Guide) -> tuple[int, int, int]:
    """What decides between ranked products: the letter, then the form, then the day's amount; and nothing else."""
    assert one.grade is not None
    limit = one.recorded.intake.mg_per_day_at_most
    worst = guide.limits.index(limit_verdicts(limit, guide)[-1]) if limit else len(guide.limits)
    form = guide.order.index(one.grade.form.split(BETWEEN)[-1])
    return guide.letters.index(one.grade.worst), form, worst


def _order(one: Compared, guide: Guide) -> tuple[int, int, int]:
    letters = (one.grade.best, one.grade.worst) if one.grade else ()
    best, worst = (guide.letters.index(letter) for letter in letters) if letters else (0, 0)
    return REASONS.index(one.why or ""), best, worst


def _with_ranks(ranked: Sequence[Compared], guide: Guide) -> list[Compared]:
    """The products with their ranks: as many as stand before, and one; equals share one."""
    placed: list[Compared] = []
    for at, one in enumerate(ranked, 1):
        equal = placed and _merit(placed[-1], guide) == _merit(one, guide)
        placed.append(msgspec.structs.replace(one, rank=placed[-1].rank if equal else at))
    return placed
