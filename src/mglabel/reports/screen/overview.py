"""Several labels at a glance: a row each, below their reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from mglabel.analysis.result import Analysis
from mglabel.reports.page_words import PageWords, page_words
from mglabel.reports.plain import SEVERITIES, letters, mass
from mglabel.reports.screen.canvas import rendered, tone
from mglabel.reports.screen.pieces import BLANK
from mglabel.reports.screen.prose import Prose
from mglabel.reports.screen.size import Screen
from mglabel.reports.screen.tabular import Column, Tabular
from mglabel.tables.guide import default_guide


def overview(analyses: Sequence[Analysis], screen: Screen, lang: str = "en") -> str:
    """The grade, the magnesium of a day and the findings of each label that are more than information."""
    words = page_words(lang)
    text = words.say.text
    columns = (
        Column(text.product),
        Column(text.grade_column, whole=True),
        Column(text.per_day, numbers=True),
        Column(text.findings),
    )
    return rendered([BLANK, Tabular(columns, [_row(analysis, words) for analysis in analyses])], screen)


def _row(analysis: Analysis, words: PageWords) -> tuple[str | Prose, ...]:
    say, grade, scale = words.say, analysis.grade, default_guide().letters
    graded = Prose(words.text.grade_none if grade is None else letters(grade, say))
    if grade is not None and grade.worst in scale:
        graded = Prose(graded.text, f"bold {tone(scale.index(grade.worst), len(scale))}")
    name = analysis.product.name or analysis.name or say.text.no_name
    if analysis.name and name != analysis.name:
        name = say.text.named_product.format(product=name, name=analysis.name)
    counts = Counter(finding.severity for finding in analysis.findings)
    told = ", ".join(f"{counts[one]} × {say.word('severity', one)}" for one in SEVERITIES[:-1] if counts[one])
    return name, graded, mass(analysis.intake.mg_per_day, say), told
