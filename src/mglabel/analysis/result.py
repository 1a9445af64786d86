"""The answer about one label, as callers see it: an `Analysis` holds the settled facts and the guide's verdict.

It is immutable; what is asked for rarely (JSON, quantities, evidence with its text) is made when asked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import msgspec

from mglabel.documents.document import Document
from mglabel.tables.guide import Measures
from mglabel.values.evidence import Evidence, Span
from mglabel.values.label import Directions, Product
from mglabel.values.results import Excipient, Finding, Grade, Intake, Reading, Settled, Source, Statement, Verdict


class GuideName(msgspec.Struct, frozen=True):
    """Which edition of which guide a label was graded by."""

    name: str
    edition: str
    measures: Measures | None = None
    """What a dose is held against; None in an analysis made by hand."""


class Analysis(msgspec.Struct, frozen=True):
    """What a label says, in elemental magnesium, and what the guide says of it.

    >>> from mglabel import analyze
    >>> analysis = analyze("")
    >>> analysis.declares_magnesium, analysis.grade, analysis.intake.per_day
    (False, None, None)
    """

    document: Document
    settled: Settled
    verdict: Verdict
    purpose: str
    """The purpose that the label was graded for."""
    guide: GuideName
    version: str
    """The version of mglabel that made the analysis."""
    name: str | None = None
    """The name of the input, such as its file name."""

    @property
    def text(self) -> str:
        """The text as read, which all evidence points into; for a text given as such, that text unchanged."""
        return self.document.text

    @property
    def kind(self) -> str:
        """What was read: text, html, pdf or image."""
        return self.document.kind

    @property
    def declares_magnesium(self) -> bool:
        """Whether the label declares magnesium as something the product supplies."""
        return self.settled.declares_magnesium

    @property
    def use(self) -> str:
        """What the product is: supplement, medicine, topical, water, food or feed."""
        return self.settled.use

    @property
    def audience(self) -> str:
        """For whom the product is: adults, children, pregnancy or animals."""
        return self.settled.audience

    @property
    def stated_purposes(self) -> tuple[str, ...]:
        """The purposes that the label itself states."""
        return self.settled.stated_purposes

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the label, most spoken first."""
        return self.settled.languages

    @property
    def product(self) -> Product:
        """The pack: name, count, unit and net mass, where stated."""
        return self.settled.product

    @property
    def sources(self) -> tuple[Source, ...]:
        """The forms that supply magnesium, in the order of the label."""
        return self.settled.sources

    @property
    def excipients(self) -> tuple[Excipient, ...]:
        """Magnesium compounds that are additives only."""
        return self.settled.excipients

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The declared amounts."""
        return self.settled.statements

    @property
    def directions(self) -> Directions:
        """How much is taken how often."""
        return self.settled.directions

    @property
    def intake(self) -> Intake:
        """Elemental magnesium per day, per single intake and per portion."""
        return self.settled.intake

    @property
    def derivation(self) -> str:
        """How the intake is known: declared, stoichiometry, ambiguous or unknown."""
        return self.settled.derivation

    @property
    def readings(self) -> tuple[Reading, ...]:
        """The interpretations that were weighed, those that stand and those that were dropped."""
        return self.settled.readings

    @property
    def percent_of_reference(self) -> Decimal | None:
        """The percentage of the reference value that the label states."""
        return self.settled.percent_of_reference

    @property
    def grade(self) -> Grade | None:
        """The letter, or the span of letters; None where the guide gives none."""
        return self.verdict.grade

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the rules say about the label."""
        return self.verdict.findings

    def evidence(self, spans: Iterable[Span]) -> tuple[Evidence, ...]:
        """Pieces of the text with their offsets, as code points of `text`, and their place in the document."""
        return self.document.evidence(spans)

    def to_dict(self, lang: str = "en") -> dict[str, Any]:
        """The JSON form as a dictionary, with the messages in English (`en`) or Danish (`da`)."""
        from mglabel.analysis.wire import as_dict

        return as_dict(self, lang)

    def to_json(self, lang: str = "en") -> str:
        """The JSON form as one line of text, with the messages in English (`en`) or Danish (`da`)."""
        from mglabel.analysis.wire import as_json

        return as_json(self, lang)

    def to_html(self, lang: str = "en", data: bytes | None = None, password: str | None = None) -> str:
        """The report as one page of HTML that needs nothing else, in English (`en`) or Danish (`da`).

        `data`, the bytes of the PDF or picture that was read, puts its pages into the report; `password` opens them.

        >>> from mglabel import analyze
        >>> analyze("Magnesium 100 mg per tablet. Take 1 tablet daily.").to_html("da")[:32]
        '<!doctype html>\\n<html lang="da">'
        """
        from mglabel.reports.views import report_page

        return report_page(self, lang, data, password)

    def gauge_svg(self, lang: str = "en") -> str:
        """The dose beside the limits as one `<svg>` element that works in any page.

        >>> from mglabel import analyze
        >>> "Per day: 100 mg" in analyze("Magnesium 100 mg per tablet. Take 1 tablet daily.").gauge_svg()
        True
        """
        from mglabel.reports.views import gauge_svg

        return gauge_svg(self, lang)

    def summary_html(self, lang: str = "en") -> str:
        """Grade, dose, forms and main findings as a small piece of HTML for a product page, to be styled by it.

        >>> from mglabel import analyze
        >>> "<dd>100 mg</dd>" in analyze("Magnesium 100 mg per tablet. 1 tablet daily.").summary_html()
        True
        """
        from mglabel.reports.views import summary_html

        return summary_html(self, lang)

    def to_jsonld(self, lang: str = "en") -> dict[str, Any]:
        """What the label supports of a product by schema.org, as a JSON-LD object.

        >>> from mglabel import analyze
        >>> analyze("Magnesium oxide 100 mg per tablet. 1 tablet daily.").to_jsonld()["activeIngredient"]
        'magnesium (as magnesium oxide)'
        """
        from mglabel.reports.views import to_jsonld

        return to_jsonld(self, lang)
