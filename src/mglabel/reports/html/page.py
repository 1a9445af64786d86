"""The report on one label as one page of HTML: complete in itself, nothing fetched, nothing run."""

from __future__ import annotations

from pathlib import PurePath

from mglabel.analysis.result import Analysis
from mglabel.documents.limits import Limits
from mglabel.reports.html.gauge import gauge_svg
from mglabel.reports.html.letter import letter_of
from mglabel.reports.html.notes import Note, notes_of, stretches
from mglabel.reports.html.pages import pages_of
from mglabel.reports.html.scale import measured
from mglabel.reports.html.svg import Markup
from mglabel.reports.html.templates import rendered
from mglabel.reports.html.views import (
    dose_rows,
    findings_of,
    of_openness,
    open_points,
    others_of,
    readings_of,
    sources_of,
)
from mglabel.reports.layout import shortened
from mglabel.reports.page_words import PageWords, page_words
from mglabel.reports.plain import SEVERITIES, directed, named, product_rows, reasons

MOST_TEXT, AROUND = 20_000, 400
"""A longer text is shown only around its marks, so many characters before and after."""
TITLE_LENGTH, NOTE_LENGTH = 80, 120
_PICTURED = ("pdf", "image")


def report_page(
    analysis: Analysis,
    lang: str = "en",
    data: bytes | None = None,
    password: str | None = None,
    limits: Limits | None = None,
    home: str = "",
) -> str:
    """The report as HTML. `data`, the bytes of the PDF or picture that was read, gives its pages as pictures.

    `home` is the address of the page that this one belongs to, if there is one.

    >>> from mglabel import analyze
    >>> page = report_page(analyze("Per tablet: magnesium oxide 670 mg, of which magnesium 400 mg. 1 tablet daily."))
    >>> page[:15], "<script" in page
    ('<!doctype html>', False)
    """
    words = page_words(lang)
    notes, unmarked = notes_of(analysis, words)
    pictured = data if analysis.kind in _PICTURED else None
    pages, unshown = ([], 0) if pictured is None else pages_of(notes, pictured, password, limits)
    findings = findings_of(analysis, notes, words)
    seen = measured(analysis)
    return rendered(
        "report.html",
        lang=lang,
        text=words.text,
        say=words.say.text,
        home=home,
        analysis=analysis,
        title=title_of(analysis, words),
        file=shortened(PurePath(analysis.name).name, TITLE_LENGTH) if analysis.name else "",
        letter=letter_of(analysis, words),
        reasons=list(reasons(analysis, words.say)),
        numbers=dose_rows(analysis, words),
        several=analysis.settled.several_products,
        gauge=Markup(gauge_svg(analysis, lang)),
        seen=seen,
        far=words.say.text.mass.format(mass=words.say.amount(seen.far)),
        others=list(others_of(seen, words)),
        sources=sources_of(analysis, words),
        excipients=[named(e.form, e.name, words.say) for e in analysis.excipients],
        facts=_facts(analysis, words),
        open_points=open_points(analysis, words) if analysis.declares_magnesium else [],
        open_findings=of_openness(findings, analysis),
        readings=readings_of(analysis, words),
        findings=findings,
        counts=_counts(analysis, words),
        notes=[(note, quoted(note, words)) for note in notes],
        unmarked=unmarked,
        pages=pages,
        unshown=unshown,
        stretches=list(stretches(analysis.text, notes, MOST_TEXT, AROUND)),
        label_lang=analysis.languages[0] if len(analysis.languages) == 1 else None,
        guide=words.say.text.guide_edition.format(name=analysis.guide.name, edition=analysis.guide.edition),
    )


def title_of(analysis: Analysis, words: PageWords) -> str:
    """What the page calls the label: the product's name, the file's, or just a label."""
    if analysis.product.name:
        return shortened(analysis.product.name, TITLE_LENGTH)
    return shortened(PurePath(analysis.name).name, TITLE_LENGTH) if analysis.name else words.text.report


def quoted(note: Note, words: PageWords) -> str:
    """What stands at the place of a note."""
    return words.say.text.quoted.format(text=shortened(note.piece.text, NOTE_LENGTH))


def _facts(analysis: Analysis, words: PageWords) -> list[tuple[str, str]]:
    """What the product is and how it is taken."""
    say = words.say
    rows = product_rows(analysis, say)
    how = directed(analysis, say)
    if how:
        rows.append((say.text.directions, ", ".join(how)))
    if analysis.percent_of_reference is not None:
        rows.append(
            (say.text.percent, say.text.percent_value.format(percent=say.amount(analysis.percent_of_reference)))
        )
    if analysis.declares_magnesium:
        rows.append((say.text.basis, say.word("derivation", analysis.derivation)))
    return rows


def _counts(analysis: Analysis, words: PageWords) -> list[tuple[str, str, int]]:
    """How many findings there are of each severity."""
    found = [finding.severity for finding in analysis.findings]
    return [(s, words.say.word("severity", s), found.count(s)) for s in SEVERITIES if s in found]
