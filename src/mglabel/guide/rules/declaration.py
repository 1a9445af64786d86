"""Rules about how the magnesium is declared (MG401, MG406, MG407), where settling has not told of it as a trouble."""

from __future__ import annotations

from collections.abc import Iterator

from mglabel.guide.case import Case, Draft, Rule
from mglabel.guide.rules.form import forms_of, spans_of


def computed(case: Case) -> Iterator[Draft]:
    """MG401: the magnesium is computed from the mass of a compound."""
    settled = case.settled
    if settled.derivation != "stoichiometry" or settled.several_products or case.is_told("MG401"):
        return
    params = {"amount": settled.intake.mg_per_day, "forms": forms_of(settled.sources)}
    yield Draft("MG401", params, settled.intake.spans)


def no_dose(case: Case) -> Iterator[Draft]:
    """MG406: an amount is known, but not how much of it is taken a day."""
    settled, intake = case.settled, case.settled.intake
    if settled.several_products or case.is_told("MG406") or settled.directions.units_per_day is not None:
        return
    if intake.mg_per_day is None and intake.mg_per_portion is not None:
        yield Draft("MG406", {"amount": intake.mg_per_portion}, intake.spans)


def shares_open(case: Case) -> Iterator[Draft]:
    """MG407: several forms supply the magnesium and it is not known how much each does."""
    settled = case.settled
    if settled.several_products or len(forms_of(settled.sources)) < 2 or case.is_told("MG407"):
        return
    if any(source.share is None or not source.share.is_exact for source in settled.sources):
        yield Draft("MG407", {"forms": forms_of(settled.sources)}, spans_of(settled.sources))


RULES = (
    Rule(("MG401",), computed),
    Rule(("MG406",), no_dose),
    Rule(("MG407",), shares_open),
)
