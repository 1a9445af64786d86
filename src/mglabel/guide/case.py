"""What the rules look at: the settled label with the guide's verdicts on it, made once for all rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec

from mglabel.guide.form_verdict import entries_of, form_verdicts
from mglabel.guide.limit_verdict import limit_verdicts
from mglabel.tables.guide import FormEntry, Guide
from mglabel.values.evidence import Span
from mglabel.values.interval import Masses
from mglabel.values.results import Settled, Source


class Draft(msgspec.Struct, frozen=True):
    """A finding before it has its severity, its evidence and, where it gives none itself, its reference."""

    code: str
    params: Mapping[str, Any]
    spans: tuple[Span, ...] = ()
    reference: str | None = None


class Rule(msgspec.Struct, frozen=True):
    """One rule: the codes that it may find, and the look at a case that yields drafts of them."""

    codes: tuple[str, ...]
    look: Callable[[Case], Iterator[Draft]]


class Case(msgspec.Struct, frozen=True):
    """One label before the guide. `form` and `limit` hold every verdict allowed, None where the guide has none."""

    settled: Settled
    guide: Guide
    purpose: str
    asked: bool
    """Whether the caller named the purpose."""
    form: tuple[str, ...] | None
    limit: tuple[str, ...] | None
    day: Masses | None
    """Elemental magnesium of a day at the highest directed dose."""
    intake: Masses | None
    """Elemental magnesium of one intake at the highest directed dose."""
    has_limit: bool
    """Whether the guide's doses are about this use and audience."""

    @property
    def purposes(self) -> tuple[str, ...]:
        """The purpose asked for, if any, and those that the label states and the guide knows."""
        stated = [p for p in self.settled.stated_purposes if p in self.guide.purposes]
        return tuple(dict.fromkeys([self.purpose, *stated] if self.asked else stated))

    def is_told(self, code: str) -> bool:
        """Whether settling or reading tells of this itself."""
        return any(trouble.code == code for trouble in self.settled.troubles)

    def sources_with(self, verdict: str, purpose: str) -> tuple[tuple[Source, FormEntry], ...]:
        """The sources that can have a verdict for a purpose, with the entry that says so."""
        found = ((s, e) for s in self.settled.sources for e in entries_of(s.form, purpose, self.guide))
        return tuple((source, entry) for source, entry in found if entry.verdict == verdict)


def case_of(settled: Settled, purpose: str | None, guide: Guide) -> Case:
    """The case of a label for a purpose, the guide's default where none is asked; raises `UnknownPurpose`."""
    chosen = guide.checked_purpose(purpose)
    judged = settled.declares_magnesium and not settled.several_products
    has_form = judged and guide.form_scope.covers(settled.use, settled.audience)
    has_limit = guide.limit_scope.covers(settled.use, settled.audience)
    day = settled.intake.mg_per_day_at_most
    return Case(
        settled=settled,
        guide=guide,
        purpose=chosen,
        asked=purpose is not None,
        form=form_verdicts(settled.sources, chosen, guide) if has_form else None,
        limit=limit_verdicts(day, guide) if judged and has_limit and day is not None else None,
        day=day,
        intake=settled.intake.mg_per_intake_at_most,
        has_limit=has_limit,
    )
