"""The page of the purposes: what the guide advises for each, and what holds for all of them."""

from __future__ import annotations

from collections.abc import Iterator

from pages_forms import anchor
from shaping import MADE, heading, listed, number, table

import mglabel
from mglabel.analysis.form_table import FormRow
from mglabel.reports.wording import Wording, wording
from mglabel.tables.guide import CLASSES, UNCOVERED, FormEntry, Guide, default_guide
from mglabel.tables.language import tables

INTRO = """\
`--purpose` and `purpose=` take one of these words; without one the grade is for `{default}`. The verdict on the form
depends on the purpose, the verdict on the amount does not. L99 is line 99 of the guide ({name}, edition {edition}).
"""


def purposes() -> str:
    """The whole page."""
    guide, say = default_guide(), wording("en")
    overview = [_overview(purpose, say) for purpose in guide.purposes]
    return "\n".join(
        (
            f"{MADE}# Purposes\n",
            INTRO.format(default=guide.default_purpose, name=guide.name, edition=guide.edition),
            table(("Word", "Purpose", "In Danish", "The guide's own choice"), overview),
            *_for_all(guide, say),
            *(_section(purpose, guide, say) for purpose in guide.purposes),
            f"{say.text.closing}\n",
        )
    )


def _id(purpose: str) -> str:
    return purpose.replace("_", "-")


def _overview(purpose: str, say: Wording) -> tuple[str, ...]:
    ideal = listed(_form(row) for row in mglabel.forms(purpose) if row.verdicts == ("ideal",))
    danish = wording("da").word("purpose", purpose)
    return f"[`{purpose}`](#{_id(purpose)})", say.word("purpose", purpose), danish, ideal


def _form(row: FormRow) -> str:
    return f"[{row.name_en.removeprefix('magnesium ')}](forms.md#{anchor(row.form)})"


def _for_all(guide: Guide, say: Wording) -> Iterator[str]:
    """The dose and the grade table, which are the same for every purpose."""
    yield heading(2, "every-purpose", "For every purpose")
    yield "\n".join(f"- {line}" for line in _dose(guide, say)) + "\n"
    limits = [say.word("limit", limit) for limit in guide.limits]
    rows = [
        (say.word("verdict", verdict), *(_letters(guide.cell(verdict, limit)) for limit in guide.limits))
        for verdict in guide.order
    ]
    yield "The letter comes from the verdict on the form and the verdict on the amount of a day:\n"
    yield table(("Form", *limits), rows)
    high = number(guide.thresholds.intake_mg.high)
    yield (
        f"An intake above {high} mg takes it one letter down, but not below the lowest ([MG205](findings.md#mg205)). "
        "Where the label leaves a verdict open, the grade is a span of letters.\n"
    )


def _dose(guide: Guide, say: Wording) -> Iterator[str]:
    held = guide.thresholds
    rules = guide.rules
    ours = "our own threshold" if "far_above_mg" in held.ours else rules["MG203"].reference
    yield f"At most {number(held.day_limit_mg)} mg a day from supplements ({rules['MG201'].reference})"
    yield f"Far above is more than {number(held.far_above_mg)} mg ({ours})"
    low, high = held.intake_mg.low, held.intake_mg.high
    yield f"{number(low)} to {number(high)} mg at a time ({rules['MG205'].reference})"
    weeks = held.pack_weeks
    yield f"An effect takes {number(weeks.low)} to {number(weeks.high)} weeks ({rules['MG303'].reference})"
    needs = listed(f"{who} {number(need)} mg" for who, need in held.needs_mg.items())
    yield f"The need of a day from everything eaten and drunk: {needs} ({rules['MG207'].reference})"
    cautions = listed(say.word("caution", caution) for caution in guide.cautions)
    yield f"Ask a doctor or practitioner first with {cautions} ({rules['MG503'].reference})"


def _letters(cell: tuple[str, str]) -> str:
    return cell[0] if cell[0] == cell[1] else f"{cell[0]} to {cell[1]}"


def _section(purpose: str, guide: Guide, say: Wording) -> str:
    return "\n".join(
        (
            heading(2, _id(purpose), f"`{purpose}`: {say.word('purpose', purpose)}"),
            "\n".join(f"- {line}" for line in _advice(purpose, guide, say)) + "\n",
            f"On labels: {listed(_stated(purpose), 'stated by no label, since it is the default')}.\n",
        )
    )


def _advice(purpose: str, guide: Guide, say: Wording) -> Iterator[str]:
    """The forms by verdict, then when to take it."""
    rows = [row for row in mglabel.forms(purpose, guide) if row.named]
    for verdict in guide.order:
        held = [f"{_form(row)} ({' '.join(row.lines)})" for row in rows if row.verdicts == (verdict,)]
        if held:
            yield f"**{say.word('verdict', verdict).capitalize()}:** {listed(held)}"
    for kind, entry in _silent(purpose, guide):
        yield f"Not named by the guide, {kind}: {say.word('verdict', entry.verdict)} ({entry.lines})"
    for timing in guide.timing:
        if purpose in timing.purposes:
            times = [say.word("time", time) for time in (*timing.times, *timing.signs)]
            yield f"**When:** {listed(times)} ({timing.reference}, [MG301](findings.md#mg301))"
    if purpose in guide.meal_purposes:
        yield f"**With a meal** ({guide.rules['MG302'].reference}, [MG302](findings.md#mg302))"


def _silent(purpose: str, guide: Guide) -> Iterator[tuple[str, FormEntry]]:
    """What the guide's silence comes to, by the class of a form."""
    for kind in CLASSES:
        yield kind, guide.forms[purpose, UNCOVERED + kind]


def _stated(purpose: str) -> Iterator[str]:
    """A word of each language by which labels state the purpose."""
    for held in tables():
        phrases = [entry.phrase for entry in held.entries if (entry.group, entry.concept) == ("purpose", purpose)]
        if phrases:
            yield f"“{phrases[0].replace('*', '…')}” ({held.language})"
