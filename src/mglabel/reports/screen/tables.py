"""The form table, the purposes, the finding codes and the page of one, for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from mglabel.analysis.form_table import FormRow
from mglabel.reports.screen.canvas import rendered, said, severity_style, tone
from mglabel.reports.screen.pieces import BLANK, heading, proses, rows
from mglabel.reports.screen.prose import Prose
from mglabel.reports.screen.size import Screen
from mglabel.reports.screen.tabular import Column, Tabular
from mglabel.reports.tables import explanation_rows, form_cells, form_heads, forms_title, labels_of
from mglabel.reports.wording import Wording, wording
from mglabel.tables.guide import Guide
from mglabel.tables.messages import Explanation, explanation


def forms_page(forms: Sequence[FormRow], guide: Guide, screen: Screen, lang: str = "en") -> str:
    """The form table for the purpose of its rows."""
    say = wording(lang)
    name, verdict, share, status, lines = form_heads(say)
    columns = (Column(name), Column(verdict), Column(share, numbers=True), Column(status), Column(lines))
    table = Tabular(columns, [_form(row, guide, say) for row in forms])
    note = Prose(say.text.forms_note, "dim")
    return rendered([heading(forms_title(forms, say)), BLANK, table, BLANK, note], screen)


def _form(row: FormRow, guide: Guide, say: Wording) -> tuple[str | Prose, ...]:
    """A row with its verdict in a colour; where the class is not known, that of the worst."""
    name, verdict, share, status, lines = form_cells(row, say)
    worst = max(map(guide.order.index, row.verdicts), default=0)
    return name, Prose(verdict, tone(worst, len(guide.order))), share, status, Prose(lines, "dim")


def purposes_page(purposes: Sequence[str], screen: Screen, lang: str = "en") -> str:
    """The purposes that a guide knows, with their meaning."""
    say = wording(lang)
    lines = [(Prose(purpose, "bold"), say.word("purpose", purpose)) for purpose in purposes]
    return rendered([Tabular((Column(say.text.purpose_column), Column(say.text.meaning_column)), lines)], screen)


def codes_page(codes: Sequence[str], guide: Guide, screen: Screen, lang: str = "en") -> str:
    """Finding codes with their severities and titles."""
    say = wording(lang)
    grid = Table.grid(padding=(0, 2, 0, 0))
    for code in codes:
        page = explanation(code, lang, guide)
        grid.add_row(said(code, "bold"), _severity(page.severity, say), Prose(page.title))
    return rendered([grid], screen)


def explanation_page(page: Explanation, screen: Screen, lang: str = "en") -> str:
    """The page of one finding code: what it means, why, what it rests on, and labels with and without it."""
    say = wording(lang)
    title = said(page.code, "bold").append("  ").append_text(heading(page.title))
    (label, _), *told = explanation_rows(page, say)
    pairs: list[tuple[str, RenderableType]] = [(label, _severity(page.severity, say))]
    pairs += proses([*told, *labels_of(page, say)])
    return rendered([title, BLANK, rows(pairs), BLANK, Prose(say.text.closing, "dim")], screen)


def _severity(severity: str, say: Wording) -> Text:
    return said(say.word("severity", severity), severity_style(severity))
