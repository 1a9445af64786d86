"""The grade as the pages show it: every letter of the scale, those that are given, and the same in words."""

from __future__ import annotations

from typing import NamedTuple

from mglabel.analysis.result import Analysis
from mglabel.reports.page_words import PageWords
from mglabel.tables.guide import default_guide


class Letter(NamedTuple):
    """The letters from best to worst, those that the grade spans, and the grade in words."""

    scale: tuple[str, ...]
    given: tuple[str, ...]
    said: str
    purpose: str
    why_none: str

    @property
    def tone(self) -> str:
        """The name of the style: the letter in small, or what stands for none and for several."""
        return "none" if not self.given else self.given[0].lower() if len(self.given) == 1 else "span"

    @property
    def short(self) -> str:
        """The grade as few characters, such as `A` or `B–D`."""
        return "–".join(dict.fromkeys((self.given[0], self.given[-1]))) if self.given else ""


def letter_of(analysis: Analysis, words: PageWords) -> Letter:
    """The grade of a label.

    >>> from mglabel import analyze
    >>> from mglabel.reports.page_words import page_words
    >>> label = analyze("Per tablet: magnesium oxide 670 mg, of which magnesium 400 mg. 1 tablet daily.")
    >>> letter_of(label, page_words()).said
    'Grade E'
    """
    text, grade = words.text, analysis.grade
    purpose = text.grade_for.format(purpose=words.word("purpose", analysis.purpose))
    scale = default_guide().letters
    if grade is None:
        why = words.say.text.no_grade_reason if analysis.declares_magnesium else words.say.text.no_magnesium
        return Letter(scale, (), text.grade_none, purpose, why)
    if not {grade.best, grade.worst} <= set(scale):
        scale = tuple(dict.fromkeys((grade.best, grade.worst)))
    given = scale[scale.index(grade.best) : scale.index(grade.worst) + 1]
    span = grade.best if grade.best == grade.worst else words.say.style.range.format(low=grade.best, high=grade.worst)
    return Letter(scale, given, text.grade_is.format(grade=span), purpose, "")
