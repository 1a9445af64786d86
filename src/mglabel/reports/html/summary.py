"""A small piece of HTML for a product page: grade, dose, forms and what matters of the findings, without a style."""

from __future__ import annotations

from mglabel.analysis.result import Analysis
from mglabel.reports.html.letter import letter_of
from mglabel.reports.html.templates import rendered
from mglabel.reports.html.views import dose_rows
from mglabel.reports.page_words import page_words
from mglabel.reports.plain import SEVERITIES, by_severity
from mglabel.tables.phrasing import form_name

MOST_FINDINGS = 4


def summary_html(analysis: Analysis, lang: str = "en") -> str:
    """The fragment. All its class names begin with `mglabel-`, so that a page can give it any look.

    >>> from mglabel import analyze
    >>> print(summary_html(analyze("Magnesium 100 mg per tablet. 1 tablet daily.")).splitlines()[0])
    <div class="mglabel-summary mglabel-grade-span" lang="en" role="group" aria-label="Magnesium in this product">
    """
    words = page_words(lang)
    ordered = [finding for finding in by_severity(analysis.findings) if finding.severity != SEVERITIES[-1]]
    return rendered(
        "summary.html",
        lang=lang,
        text=words.text,
        say=words.say.text,
        letter=letter_of(analysis, words),
        declared=analysis.declares_magnesium,
        numbers=dose_rows(analysis, words),
        forms=[form_name(form, lang) for form in dict.fromkeys(source.form for source in analysis.sources)],
        findings=[
            (finding.severity, words.word("severity", finding.severity), finding.text(lang))
            for finding in ordered[:MOST_FINDINGS]
        ],
        more=max(0, len(ordered) - MOST_FINDINGS),
        guide=words.say.text.guide_edition.format(name=analysis.guide.name, edition=analysis.guide.edition),
    )
