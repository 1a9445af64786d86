"""A comparison of products for a terminal: a row each, with what it lacks, then those that are not ranked and why."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding

from mglabel.analysis.comparison import Compared, Comparison
from mglabel.reports.comparison import cells, guide_line, head_of, parted, product_name, shortfalls, why
from mglabel.reports.layout import INDENT
from mglabel.reports.screen.canvas import rendered, tone
from mglabel.reports.screen.pieces import BLANK, heading
from mglabel.reports.screen.prose import Prose
from mglabel.reports.screen.size import Screen
from mglabel.reports.screen.tabular import Column, Tabular
from mglabel.reports.wording import Wording, wording
from mglabel.tables.guide import default_guide


def page(comparison: Comparison, screen: Screen, lang: str = "en") -> str:
    """The ranked products as a table; below it the others, and how the ranks come about."""
    say = wording(lang)
    text = say.text
    ranked, others = parted(comparison)
    title = text.compared_title.format(purpose=say.word("purpose", comparison.purpose))
    pieces: list[RenderableType] = [heading(title), BLANK]
    pieces += [_ranked(ranked, say) if ranked else Prose(text.none_compared), BLANK]
    if others:
        pieces += [heading(text.not_compared), *(piece for one in others for piece in _other(one, say)), BLANK]
    notes = (text.compared_note, guide_line(comparison, say), text.closing)
    return rendered([*pieces, *(Prose(note, "dim") for note in notes)], screen)


def _ranked(ranked: list[Compared], say: Wording) -> Tabular:
    """A row a product; below its name its forms and what it lacks."""
    grade, day, intake, _, product = head_of(say)
    columns = (
        Column(say.text.rank_column, numbers=True),
        Column(grade, whole=True),
        Column(day, numbers=True),
        Column(intake, numbers=True),
        Column(product),
    )
    scale = default_guide().letters
    lines: list[tuple[str | Prose, ...]] = []
    below: list[tuple[Prose, ...]] = []
    for one in ranked:
        letters, per_day, per_intake, named, what = cells(one, say)
        worst = one.grade.worst if one.grade else ""
        style = f"bold {tone(scale.index(worst), len(scale))}" if worst in scale else "bold"
        lines.append((str(one.rank), Prose(letters, style), per_day, per_intake, Prose(what, "bold")))
        below.append((Prose(named), *_lacks(one, say)))
    return Tabular(columns, lines, title=len(columns) - 1, below=below)


def _lacks(one: Compared, say: Wording) -> list[Prose]:
    told = "; ".join(shortfalls(one, say))
    return [Prose(say.text.lack.format(what=say.text.lacks, verdict=told), "dim")] if told else []


def _other(one: Compared, say: Wording) -> Iterator[RenderableType]:
    yield Padding(Prose(product_name(one, say), "bold"), (0, 0, 0, INDENT))
    yield Padding(Group(Prose(why(one, say)), *_lacks(one, say)), (0, 0, 0, 2 * INDENT))
