"""The page of the forms of magnesium: an overview, then for each form its chemistry, its goods and its verdicts."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from shaping import MADE, heading, listed, number, percent, table

import mglabel
from mglabel.analysis.form_table import FormRow
from mglabel.chemistry.formula import magnesium_molar_mass, molar_mass
from mglabel.reports.wording import Wording, wording
from mglabel.tables import chemistry
from mglabel.tables.guide import default_guide

GRAM = Decimal(1000)
KINDS = {"pure": "pure", "branded": "goods of trade", "mixture": "mixture"}
Judged = dict[str, dict[str, FormRow]]

INTRO = """\
A form is what a label and the guide call the magnesium: citrate, bisglycinate, oxide. One form can be several
compounds, which hold different shares of magnesium; where a label does not say which, mglabel keeps the whole interval.
The share of a pure compound is computed from its formula (magnesium {magnesium} g/mol); that of goods of trade is what
their makers, sellers or a pharmacopoeia say.

- **Usual** is the share that the bare name on a label stands for; amounts are converted with it.
- **Possible** spans every hydrate and stoichiometry of the name and every grade of trade.
- **Blended** is the richest of goods called buffered. Only beyond it, rounding included, a label is accused
  ([MG404](findings.md#mg404)).

Verdicts are the guide's. What the law says of a form stands beside them and never changes the letter.
"""


def forms() -> str:
    """The whole page."""
    say = wording("en")
    judged = {purpose: {row.form: row for row in mglabel.forms(purpose)} for purpose in default_guide().purposes}
    rows = mglabel.forms()
    supplying = {row.form for row in rows}
    others = [form for form in chemistry.forms().values() if form.id not in supplying]
    return "\n".join(
        (
            f"{MADE}# Forms of magnesium\n",
            INTRO.format(magnesium=number(magnesium_molar_mass(), 3)),
            table(
                ("Form", "Mg %", "Everyday use", "Ideal for", "EU supplements"),
                [_overview(row, judged, say) for row in rows],
            ),
            f"Never a source, but told as an additive or a medicine: {listed(_link(form) for form in others)}.\n",
            *(_section(chemistry.forms()[row.form], judged, say) for row in rows),
            *(_section(form, judged, say) for form in others),
            f"{say.text.closing}\n",
        )
    )


def anchor(form: str) -> str:
    """The anchor of a form's section."""
    return form.replace(":", "-").replace("_", "-")


def _link(form: chemistry.Form) -> str:
    return f"[{form.name_en}](#{anchor(form.id)})"


def _overview(row: FormRow, judged: Judged, say: Wording) -> tuple[str, ...]:
    ideal = listed((_purpose(p, say) for p, rows in judged.items() if rows[row.form].verdicts == ("ideal",)), "")
    share = "" if row.fraction is None else percent(row.fraction.low, row.fraction.high)
    name = f"[{row.name_en}](#{anchor(row.form)})"
    return name, share, say.spanned(row.verdict, "verdict"), ideal, say.word("eu_status", row.eu_status)


def _purpose(purpose: str, say: Wording) -> str:
    return f"[{say.word('purpose', purpose)}](purposes.md#{purpose.replace('_', '-')})"


def _section(form: chemistry.Form, judged: Judged, say: Wording) -> str:
    """One form, as a section."""
    return "\n".join(
        (
            heading(2, anchor(form.id), form.name_en),
            "\n".join(f"- {line}" for line in _facts(form, say)) + "\n",
            *_verdicts(form, judged, say),
            *_compounds(form),
        )
    )


def _facts(form: chemistry.Form, say: Wording) -> Iterator[str]:
    yield f"Id `{form.id}`, {form.class_}; in Danish {form.name_da}"
    if form.aliases:
        yield f"Also called: {listed(form.aliases)}"
    shares = (("usual", form.usual), ("possible", form.possible), ("in trade", form.typical))
    told = [f"{name} {percent(share.low, share.high)} %" for name, share in shares if share is not None]
    if form.blend_high is not None:
        told.append(f"blended up to {percent(form.blend_high, form.blend_high)} %")
    yield f"Magnesium: {listed(told, 'not known')}"
    yield f"EU supplements: {say.word('eu_status', form.eu_status)} ({form.eu_source})"
    richer = [_link(chemistry.forms()[other]) for other in form.richer_alternatives]
    if richer:
        yield f"Where a label promises more than this can carry, what is likely mixed in: {listed(richer)}"


def _verdicts(form: chemistry.Form, judged: Judged, say: Wording) -> Iterator[str]:
    """The purposes by verdict, those that rest on the same lines together; a form that is never a source has none."""
    by_verdict: dict[str, dict[str, list[str]]] = {}
    for purpose, rows in judged.items():
        if form.id in rows:
            row = rows[form.id]
            lines = " ".join(row.lines) if row.named else ""
            by_verdict.setdefault(row.verdict, {}).setdefault(lines, []).append(_purpose(purpose, say))
    order = default_guide().order
    told = []
    for verdict in sorted(by_verdict, key=lambda verdict: order.index(verdict.split("..")[0])):
        groups = [listed(held) + (f" ({lines})" if lines else "") for lines, held in by_verdict[verdict].items()]
        everywhere = [list(held) for held in by_verdict.values()] == [[""]]
        what = "every purpose" if everywhere else "; ".join(groups)
        told.append(f"- **{say.spanned(verdict, 'verdict').capitalize()}:** {what}")
    if told:
        yield "\n".join(told) + "\n"


def _compounds(form: chemistry.Form) -> Iterator[str]:
    rows = [_compound(compound) for compound in chemistry.compounds_of(form.id)]
    if rows:
        head = ("Compound", "Formula", "g/mol", "Mg %", "1000 mg bring", "Kind", "Source")
        yield table(head, rows, right=(2, 3, 4))


def _compound(compound: chemistry.Compound) -> tuple[str, ...]:
    """One compound: a pure one by its formula, a good of trade by what is said of it."""
    named = compound.name_en + (f" ({listed(compound.aliases)})" if compound.aliases else "")
    weight = "" if compound.formula is None else number(molar_mass(compound.formula))
    low, high = compound.fraction_low, compound.fraction_high
    ends = [number(end * GRAM, 0) for end in (low, high)]
    brings = f"{ends[0] if ends[0] == ends[1] else ' to '.join(ends)} mg"
    return named, _formula(compound.formula), weight, percent(low, high), brings, KINDS[compound.kind], compound.source


def _formula(formula: str | None) -> str:
    """A formula as it is written; water is set apart by a dot."""
    if formula is None:
        return ""
    body, water, waters = formula.partition("(H2O)")
    return f"`{body}·{waters} H2O`".replace("· H2O", "·H2O") if water else f"`{formula}`"
