"""The form table, the purposes, the page of a finding code and the calculator's answer, as text."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from mglabel.analysis.form_table import FormRow
from mglabel.reports.layout import INDENT, labelled, table, wrapped
from mglabel.reports.wording import Wording, wording
from mglabel.tables.messages import Explanation, title
from mglabel.tables.phrasing import form_name
from mglabel.values.interval import Interval

PERCENT = Decimal(100)


def forms_page(rows: Sequence[FormRow], lang: str = "en") -> str:
    """The form table for the purpose of its rows.

    >>> from mglabel import forms
    >>> print(forms_page(forms("sleep")).splitlines()[0])
    Forms of magnesium, judged for sleep
    """
    say = wording(lang)
    lines = table([form_heads(say), *(form_cells(row, say) for row in rows)])
    return _page([forms_title(rows, say), "", *lines, "", *wrapped(say.text.forms_note)])


def forms_title(rows: Sequence[FormRow], say: Wording) -> str:
    """The title of the form table, with the purpose of its rows."""
    purpose = say.word("purpose", rows[0].purpose) if rows else ""
    return say.text.forms_title.format(purpose=purpose) if rows else say.text.contents


def form_heads(say: Wording) -> tuple[str, ...]:
    """The heads of what `form_cells` gives."""
    text = say.text
    return text.form_column, text.verdict_column, text.fraction_column, text.eu_column, text.lines_column


def form_cells(row: FormRow, say: Wording) -> tuple[str, ...]:
    """A row of the form table: name, verdict, share of magnesium, status in the EU, lines of the guide."""
    lines = " ".join(row.lines)
    return (
        form_name(row.form, say.lang),
        say.spanned(row.verdict, "verdict"),
        "" if row.fraction is None else _percent(row.fraction, say),
        say.word("eu_status", row.eu_status),
        lines if row.named or not lines else f"({lines})",
    )


def _percent(fraction: Interval[Decimal], say: Wording) -> str:
    """Both ends with one decimal, not rounded outwards: a ceiling of 14.1 must not be shown as 15."""
    low, high = (say.amount(round(end * PERCENT, 1)) for end in (fraction.low, fraction.high))
    return low if low == high else say.style.range.format(low=low, high=high)


def purposes_page(purposes: Sequence[str], lang: str = "en") -> str:
    """The purposes that a guide knows, with their meaning.

    >>> print(purposes_page(["sleep"], "da"), end="")
      Formål  Betydning
      sleep   søvn
    """
    say = wording(lang)
    head = (say.text.purpose_column, say.text.meaning_column)
    return _page(table([head, *((purpose, say.word("purpose", purpose)) for purpose in purposes)]))


def codes_page(codes: Sequence[str], lang: str = "en") -> str:
    """Finding codes with their titles.

    >>> codes_page(["MG201", "MG205"]).splitlines()[1][:7]
    'MG205  '
    """
    return _page(labelled([(code, title(code, lang)) for code in codes], indent=0))


def explanation_page(page: Explanation, lang: str = "en") -> str:
    """The page of one finding code: what it means, why, what it rests on, and labels with and without it."""
    say = wording(lang)
    rows = [*explanation_rows(page, say), *labels_of(page, say)]
    return _page([f"{page.code}  {page.title}", *labelled(rows, INDENT), "", say.text.closing])


def explanation_rows(page: Explanation, say: Wording) -> list[tuple[str, str]]:
    """What a finding code means, why, and what it rests on, each with its label."""
    text = say.text
    rows = [(text.severity, say.word("severity", page.severity)), (text.what, page.what), (text.why, page.why)]
    if page.reference:
        phrase = f", {text.quoted.format(text=page.phrase)}" if page.phrase else ""
        rows.append((text.passage, page.reference + phrase))
    if page.source:
        rows.append((text.other_source, page.source))
    if page.ours:
        rows.append((text.passage if not page.reference else "", text.ours))
    return rows


def labels_of(page: Explanation, say: Wording) -> list[tuple[str, str]]:
    """A label that leads to the finding and one that does not."""
    return [(say.text.example, page.example), (say.text.counterexample, page.counterexample)]


def elemental_line(answer: Interval[Any], lang: str = "en") -> str:
    """The calculator's answer: an interval of pint quantities in mg.

    >>> from mglabel import elemental
    >>> print(elemental_line(elemental("500 mg", "magnesium citrate nonahydrate")), end="")
    59.45 mg elemental magnesium
    """
    say = wording(lang)
    mass = Interval(answer.low.m_as("mg"), answer.high.m_as("mg"))
    return _page([say.text.elemental_answer.format(mass=say.amount(mass))])


def _page(lines: Sequence[str]) -> str:
    return "\n".join(lines) + "\n"
