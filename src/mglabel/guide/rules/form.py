"""Rules about the form: what the guide says of it, whether it is named, promised and permitted (MG101 to MG108)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from mglabel.guide.case import Case, Draft, Rule
from mglabel.tables.chemistry import forms
from mglabel.tables.guide import OTHER, UNDISCLOSED, FormEntry
from mglabel.values.evidence import Span
from mglabel.values.results import Source

OPEN = "open"
_CODES = {
    "ideal": "MG101",
    "suitable": "MG102",
    "special": "MG103",
    "unsuitable": "MG104",
    "uncovered": "MG105",
    "uncovered_inorganic": "MG105",
}


def verdict_on_form(case: Case) -> Iterator[Draft]:
    """MG101 to MG105: each verdict that the label allows, with the forms that would bring it."""
    told: dict[str, list[tuple[Source, FormEntry]]] = {}
    for verdict in case.form or ():
        code = _CODES.get(verdict)
        if code:
            told.setdefault(code, []).extend(case.sources_with(verdict, case.purpose))
    for code, found in told.items():
        yield Draft(code, _params(case, found), spans_of(s for s, _ in found), lines_of(e for _, e in found))


def _params(case: Case, found: Sequence[tuple[Source, FormEntry]]) -> dict[str, object]:
    params: dict[str, object] = {"forms": forms_of(s for s, _ in found), "purpose": case.purpose}
    if case.form and len(case.form) > 1:
        return params | {"variant": OPEN}
    return params | {"variant": found[0][1].verdict} if found[0][1].verdict == "uncovered_inorganic" else params


def form_not_named(case: Case) -> Iterator[Draft]:
    """MG106: no form is named, or only where the magnesium comes from."""
    if not case.form or UNDISCLOSED not in case.form:
        return
    unnamed = [source for source in case.settled.sources if case.guide.is_origin(source.form)]
    if unnamed:
        origins = tuple(dict.fromkeys(source.form.removeprefix(OTHER) for source in unnamed))
        yield Draft("MG106", {"variant": "origin", "origins": origins}, spans_of(unnamed))
    else:
        yield Draft("MG106", {}, case.settled.intake.spans)


def front_promises_another(case: Case) -> Iterator[Draft]:
    """MG107: the form in front is not the one that the list begins with. The sources stand in the list's order."""
    front, sources = case.settled.front_form, case.settled.sources
    if not front or not sources or case.is_told("MG107"):
        return
    honoured = (front, *case.guide.fronts.get(front, ()))
    first = sources[0]
    if first.form in honoured:
        return
    params: dict[str, object] = {"front": front, "first": first.form}
    if not any(source.form in honoured for source in sources):
        params["variant"] = "absent"
    yield Draft("MG107", params, spans_of(sources))


def not_permitted(case: Case) -> Iterator[Draft]:
    """MG108: a form that EU law does not list for food supplements, or only with conditions."""
    if case.settled.use != "supplement" or case.form is None:
        return
    for variant, states in (("", case.guide.not_permitted), ("novel", case.guide.conditional)):
        found = [s for s in case.settled.sources if _status(s.form) in states]
        if found:
            params: dict[str, object] = {"forms": forms_of(found)}
            yield Draft("MG108", params | ({"variant": variant} if variant else {}), spans_of(found))


def _status(form: str) -> str | None:
    row = forms().get(form) or forms().get(OTHER + form)
    return row.eu_status if row else None


def forms_of(sources: Iterable[Source]) -> tuple[str, ...]:
    """The different forms of some sources, in their order."""
    return tuple(dict.fromkeys(source.form for source in sources))


def spans_of(sources: Iterable[Source]) -> tuple[Span, ...]:
    """Where some sources are named."""
    return tuple(span for source in sources for span in source.spans)


def lines_of(entries: Iterable[FormEntry]) -> str:
    """The different lines of some entries, in their order."""
    return " ".join(dict.fromkeys(line for e in entries for line in e.lines.split()))


RULES = (
    Rule(("MG101", "MG102", "MG103", "MG104", "MG105"), verdict_on_form),
    Rule(("MG106",), form_not_named),
    Rule(("MG107",), front_promises_another),
    Rule(("MG108",), not_permitted),
)
