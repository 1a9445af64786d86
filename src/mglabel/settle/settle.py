"""The room's one door: from what a label says to what it means, with every doubt kept.

Claims are judged, added up to totals per portion, taken by the directions to a day, and the readings that stand are
listed; what went wrong becomes troubles for the findings.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

import msgspec

from mglabel.extraction.directions import settle_directions
from mglabel.extraction.reader import Label
from mglabel.settle.claims import Judged, judge_claims
from mglabel.settle.declares import declares_magnesium
from mglabel.settle.doses import Day, day_of, in_measured_units, intake_of, with_day_portions
from mglabel.settle.kits import kit_day, of_all_kinds
from mglabel.settle.sizes import Sizes
from mglabel.settle.sources import find_sources, with_amounts
from mglabel.settle.totals import Total, Totals, total_up
from mglabel.settle.troubles import troubles_of
from mglabel.values.interval import Masses
from mglabel.values.label import Directions, Portion
from mglabel.values.results import Intake, Reading, Settled, Statement, Trouble

PURPOSES = "purpose."


def settle(
    label: Label,
    reading: Sequence[Trouble] = (),
    pages: tuple[int, ...] | None = None,
    products: int | None = None,
) -> Settled:
    """Settle what a label says, given what went wrong in reading its document and on which pages it stands.

    `products` tells how many products the layout shows, where it shows several: there are no numbers for all of them.
    A reading in doubt gives no numbers; neither does one that recognised letters where an amount is not what its own
    percentage says, for one of the two was misread.
    """
    if products is not None:
        label = msgspec.structs.replace(label, several_products=True)
        reading = (*reading, Trouble("MG901", {"count": products, "names": ()}))
    withdrawn = any(trouble.withdraws for trouble in reading)
    settled = _settle(label, reading, pages, withdrawn)
    if withdrawn or not any(trouble.recognised for trouble in reading):
        return settled
    misread = any(trouble.code == "MG403" for trouble in settled.troubles)
    return _settle(label, reading, pages, withdrawn=True) if misread else settled


def _settle(label: Label, reading: Sequence[Trouble], pages: tuple[int, ...] | None, withdrawn: bool) -> Settled:
    sizes = Sizes([*label.statements.sizes, *serving_sizes(label)])
    judged = judge_claims(label, sizes)
    declares = declares_magnesium(label, judged)
    sources, excipients = find_sources(label, judged, declares)
    known = declares and not label.several_products and not withdrawn
    totals = total_up(judged, label) if known else Totals((), "unknown")
    wanted = tuple(dict.fromkeys(t.portion.unit for t in (*totals.totals, *totals.rivals) if t.portion is not None))
    said = label.directions
    if label.use == "topical":
        said = said._replace(doses=tuple(d for d in said.doses if d.unit not in ("g", "ml")))
    directions = settle_directions(said, (*wanted, *_convertible(wanted, label, sizes)))
    day_portions = [portion for portion, _ in label.statements.days]
    as_said = with_day_portions(directions, day_portions, sizes)
    directions = with_day_portions(in_measured_units(directions, wanted, sizes), day_portions, sizes)
    kit = None if totals.rivals else kit_day(totals.totals, said.doses, sizes)
    if kit is not None:
        as_said = directions = of_all_kinds(directions, said.doses)
    sides = [(t, kit or day_of(t, directions, sizes)) for t in (totals.totals, totals.rivals) if t]
    days = [day for _, day in sides if day is not None]
    intake = _intake(totals, days, directions)
    derivation = "ambiguous" if any(d.open_portion or d.contradicts for d in days) else totals.derivation
    return Settled(
        declares_magnesium=declares,
        several_products=label.several_products,
        use=label.use,
        audience=label.audience,
        stated_purposes=tuple(k[len(PURPOSES) :] for k in label.signs if k.startswith(PURPOSES)),
        languages=label.languages,
        product=label.product if pages is None else msgspec.structs.replace(label.product, pages=pages),
        sources=with_amounts(sources, judged, intake.mg_per_day, _compound_days(judged, directions, sizes)),
        excipients=tuple(excipients),
        statements=tuple(s for j in judged for s in _statements(j)) if declares else (),
        directions=Directions() if label.several_products else as_said,
        intake=intake,
        derivation=derivation,
        readings=_readings(sides, directions, sizes, () if totals.rivals else judged),
        percent_of_reference=_percent(judged, label),
        front_form=_front_form(label),
        other_amounts=label.statements.others,
        signs=label.signs,
        troubles=(*totals.troubles, *troubles_of(judged, totals, days, label), *reading),
    )


def serving_sizes(label: Label) -> list[tuple[Portion, Portion]]:
    """A serving that the label does not size is what it says to take at a time, where it says one thing."""
    taken = {
        (d.unit, d.per_intake or d.per_day) for d in label.directions.doses if not d.limit and d.audience != "children"
    }
    if len(taken) != 1:
        return []
    unit, count = taken.pop()
    if unit in ("", "serving") or count is None or not count.is_exact:
        return []
    if any(d.intakes is not None and d.intakes.high > 1 for d in label.directions.doses):
        return []
    return [(Portion(Decimal(1), "serving"), Portion(count.low, unit))]


def _convertible(wanted: Sequence[str], label: Label, sizes: Sizes) -> list[str]:
    """Units of the directions that convert to a unit that amounts are stated for."""
    units = dict.fromkeys(dose.unit for dose in label.directions.doses)
    return [u for u in units if any(sizes.ratio(u, w) is not None for w in wanted)]


def _intake(totals: Totals, days: Sequence[Day], directions: Directions) -> Intake:
    """The numbers over all readings that stand."""
    everything = (*totals.totals, *totals.rivals)
    spans = tuple(dict.fromkeys(span for t in everything for span in t.spans))
    portion, per_portion = _portion(totals)
    if not days:
        return Intake(mg_per_portion=per_portion, portion=portion, spans=spans)
    day, at_most = days[0].mg, days[0].at_most
    once, once_most = intake_of(days[0], directions)
    for other in days[1:]:
        day, at_most = day.hull(other.mg), at_most.hull(other.at_most)
        more, more_most = intake_of(other, directions)
        once = None if once is None or more is None else once.hull(more)
        once_most = None if once_most is None or more_most is None else once_most.hull(more_most)
    return Intake(day, at_most, once, once_most, per_portion, portion, spans)


def _portion(totals: Totals) -> tuple[Portion | None, Masses | None]:
    """The portion that amounts are given for first, with all that it may hold."""
    if not totals.totals and not totals.rivals:
        return None, None
    first = (*totals.totals, *totals.rivals)[0]
    mg = first.mg
    for rival in totals.rivals:
        if rival.portion == first.portion:
            mg = mg.hull(rival.mg)
    return first.portion, mg


def _readings(
    sides: Sequence[tuple[Sequence[Total], Day | None]], directions: Directions, sizes: Sizes, judged: Sequence[Judged]
) -> tuple[Reading, ...]:
    """Every reading that stands, and the ones that evidence took away from the claims judged."""
    readings = []
    for side, day in sides:
        because = tuple(dict.fromkeys(w for t in side for w in t.because))
        readings.append(Reading(day.mg if day else None, because, None, side[0].mg))
    for j in judged:
        if j.what == "compound" and j.because and j.because[0] not in ("hydrate", "of-which"):
            as_element = Total(j.claim.portion, j.stated, ("element",), (j.claim.span,))
            day = day_of((as_element,), directions, sizes)
            readings.append(Reading(day.mg if day else None, ("element",), j.because[0], j.stated))
    return tuple(readings)


def _statements(judged: Judged) -> Iterator[Statement]:
    """The amount as stated: one statement, or both ends of a range."""
    claim = judged.claim
    what = {"elemental": "elemental", "compound": "compound", "weak": "elemental"}.get(judged.what, "unclear")
    for mg in claim.values_mg[::-1] if claim.is_range else claim.values_mg[:1]:
        yield Statement(what, claim.form, mg, _as_stated(claim.portion), claim.section, claim.span, claim.percent)


def _as_stated(portion: Portion | None) -> Portion | None:
    """The portion as labels speak of it: "per 100 g" is one portion of 100 g, not a hundred of a gram."""
    if portion is not None and portion.count == 100 and portion.unit in ("g", "ml"):
        return Portion(Decimal(1), f"100 {portion.unit}")
    return portion


def _compound_days(judged: Sequence[Judged], directions: Directions, sizes: Sizes) -> dict[str, Masses]:
    """The mass of each compound that a day brings, where it is stated."""
    found: dict[str, Masses] = {}
    for j in judged:
        if j.what != "compound" or j.claim.form is None or j.claim.form in found:
            continue
        day = day_of((Total(j.claim.portion, j.stated, (), ()),), directions, sizes)
        if day is not None and not day.open_portion:
            found[j.claim.form] = day.mg
    return found


def _percent(judged: Sequence[Judged], label: Label) -> Decimal | None:
    """The percentage of the reference value that the label prints for magnesium, the last column's where several."""
    of_claims = [j.claim.percent for j in judged if j.claim.percent is not None and j.what == "elemental"]
    alone = [p.value for p in label.statements.percents if p.claim is None]
    return of_claims[-1] if of_claims else alone[0] if alone else None


def _front_form(label: Label) -> str | None:
    """The form that the front names, where it names exactly one."""
    named = {m.form for m in label.mentions if m.section == "front" and m.role == "source"}
    listed = [m for m in label.mentions if m.section == "ingredients"]
    return named.pop() if len(named) == 1 and listed else None
