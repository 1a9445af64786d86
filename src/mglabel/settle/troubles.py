"""What settling met and the findings must tell: contradictions, broken ceilings, wrong percentages, repairs.

Each trouble is a finding code with its parameters; the rules of the guide's room pass them on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from mglabel.chemistry.fractions import ceiling
from mglabel.extraction.reader import Label
from mglabel.settle.claims import MOST_COMPARED, Judged, blend_can_hold, over_ceiling
from mglabel.settle.doses import Day
from mglabel.settle.evidence import references_that_fit
from mglabel.settle.totals import Totals
from mglabel.tables.chemistry import forms, reference_values
from mglabel.values.evidence import Span
from mglabel.values.interval import exactly
from mglabel.values.label import Portion
from mglabel.values.results import Trouble


def troubles_of(judged: Sequence[Judged], totals: Totals, days: Sequence[Day], label: Label) -> list[Trouble]:
    """All troubles beside those of the totals."""
    found = [*_broken_ceilings(judged), *_percentages(judged), *_repairs(label)]
    if any(d.open_portion for d in days):
        amount = totals.totals[0].mg if totals.totals else None
        spans = totals.totals[0].spans if totals.totals else ()
        found.append(
            Trouble("MG402", {"forms": (), "value": amount.high if amount else None, "amount": days[0].mg}, spans)
        )
    for day in days:
        if day.contradicts:
            spans = tuple(span for t in totals.totals for span in t.spans)
            found.append(Trouble("MG405", {"first": exactly(day.mg.low), "second": exactly(day.mg.high)}, spans))
    return found


def _broken_ceilings(judged: Sequence[Judged]) -> Iterator[Trouble]:
    """MG404: the declared magnesium of a compound is beyond what that compound can hold."""
    named: dict[Portion | None, set[str | None]] = {}
    parts: dict[tuple[int, Portion | None], list[Judged]] = {}
    for one in judged:
        if one.what == "compound":
            named.setdefault(one.claim.portion, set()).add(one.claim.form)
        elif one.what == "elemental":
            parts.setdefault((one.claim.group, one.claim.portion), []).append(one)
    seen = set()
    for whole in judged:
        form, portion = whole.claim.form, whole.claim.portion
        if whole.what != "compound" or form is None or whole.claim.buffered or len(named[portion]) != 1:
            continue
        for part in parts.get((whole.claim.group, portion), ())[:MOST_COMPARED]:
            if form not in seen and over_ceiling(whole.mg, part.mg, form):
                seen.add(form)
                yield _broken_ceiling(whole, part, form)


def _broken_ceiling(whole: Judged, part: Judged, form: str) -> Trouble:
    most = ceiling(form) or Decimal(0)
    richer = forms()[form].richer_alternatives
    params = {
        "forms": (form,),
        "compound": exactly(whole.mg),
        "amount": exactly(part.mg),
        "at_most": exactly(whole.mg * most),
        "ceiling": most * 100,
        "likely": richer if blend_can_hold(whole.mg, part.mg, form) or richer else (),
    }
    return Trouble("MG404", params, (whole.claim.span, part.claim.span))


def _percentages(judged: Sequence[Judged]) -> Iterator[Trouble]:
    """MG403 where amount and percentage disagree, MG408 where they agree by an old reference value only."""
    current = next(r for r in reference_values() if r.jurisdiction == "EU" and r.status == "current")
    for j in judged:
        percent = j.claim.percent
        if j.what != "elemental" or percent is None or not percent:
            continue
        fitting = references_that_fit(j.mg, percent)
        span: tuple[Span, ...] = (j.claim.span,)
        if not fitting:
            expected = exactly(current.value_mg * percent / 100)
            params = {"amount": exactly(j.mg), "percent": percent, "expected": expected, "reference": current.value_mg}
            yield Trouble("MG403", params, span)
        elif all(r.status == "old" for r in fitting):
            params = {
                "reference": fitting[0].value_mg,
                "current": current.value_mg,
                "percent": percent,
                "amount": exactly(j.mg),
            }
            yield Trouble("MG408", params, span)


def _repairs(label: Label) -> Iterator[Trouble]:
    """MG902: words or numbers that were read through a slip."""
    if label.repairs:
        spans = tuple(span for span, _ in label.repairs)
        repaired = tuple(spelled for _, spelled in label.repairs)
        yield Trouble("MG902", {"read": (), "repaired": repaired}, spans)
