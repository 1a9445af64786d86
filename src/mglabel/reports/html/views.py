"""An analysis as the plain values that the page shows: sources, findings, what is open. Words are filled in here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from mglabel.analysis.result import Analysis
from mglabel.reports.html.notes import Note
from mglabel.reports.html.scale import Measured
from mglabel.reports.html.svg import Markup, element
from mglabel.reports.layout import shortened
from mglabel.reports.page_words import PageWords
from mglabel.reports.plain import by_severity
from mglabel.tables.guide import default_guide
from mglabel.tables.messages import explanation, title
from mglabel.tables.phrasing import form_name
from mglabel.values.interval import Masses
from mglabel.values.results import Finding, Reading, Source

QUOTE_LENGTH = 80
MOST_QUOTES = 6
_HUNDRED = Decimal(100)
_OF_OPENNESS = "MG4"
"""The codes of findings that tell what a label states badly or not at all begin so."""
_OPEN = "open"


class SourceView(NamedTuple):
    """One source: its names, what it brings, and its share as words and as a bar."""

    form: str
    name: str
    signs: tuple[str, ...]
    amounts: tuple[str, ...]
    share: str
    bar: Markup


class Quote(NamedTuple):
    """A piece of the label that a finding rests on, and the note that marks it, if it is marked."""

    text: str
    note: int | None


class FindingView(NamedTuple):
    """One finding with all that is said of it."""

    id: str
    code: str
    severity: str
    severity_word: str
    title: str
    message: str
    quotes: tuple[Quote, ...]
    more: int
    what: str
    why: str
    reference: str
    phrase: str
    ours: bool

    @property
    def states_little(self) -> bool:
        """Whether it tells what the label states badly or not at all, rather than a verdict that is open for that."""
        return self.code.startswith(_OF_OPENNESS)


class ReadingView(NamedTuple):
    """One way to read the label."""

    mass: str
    stands: bool
    because: str


class OtherView(NamedTuple):
    """The limit of another authority, and how this label's dose stands to it."""

    authority: str
    kind: str
    value: str
    dose: str


def dose_rows(analysis: Analysis, words: PageWords) -> list[tuple[str, str]]:
    """The two numbers that matter most, each with its name."""
    intake, say = analysis.intake, words.say
    pairs = ((say.text.per_day, intake.mg_per_day), (say.text.per_intake, intake.mg_per_intake))
    return [
        (name, words.text.gauge_unknown if mass is None else say.text.mass.format(mass=say.amount(mass)))
        for name, mass in pairs
    ]


def sources_of(analysis: Analysis, words: PageWords) -> list[SourceView]:
    """The sources in the order of the label."""
    return [_source(source, words) for source in analysis.sources]


def _source(source: Source, words: PageWords) -> SourceView:
    text, say = words.say.text, words.say
    signs = [say.word("origin", "buffered")] if source.buffered else []
    signs += [say.word("origin", source.origin)] if source.origin else []
    amounts = []
    if source.compound_mg_per_day is not None:
        amounts.append(text.source_compound.format(mass=say.amount(source.compound_mg_per_day)))
    if source.elemental_mg_per_day is not None:
        amounts.append(text.source_elemental.format(mass=say.amount(source.elemental_mg_per_day)))
    percent = None if source.share is None else source.share.scaled(_HUNDRED)
    share = words.text.share_unknown if percent is None else words.text.share_value.format(percent=say.amount(percent))
    form, name = form_name(source.form, words.lang), shortened(source.name, QUOTE_LENGTH)
    other = "" if name.casefold() == form.casefold() else name
    return SourceView(form, other, tuple(signs), tuple(amounts), share, share_bar(percent))


def share_bar(percent: Masses | None) -> Markup:
    """A share as a bar: full up to its low end, light to its high end, dashed where it is not known."""
    shape = {"y": "0", "height": "100%"}
    drawn = [element("rect", **shape, x="0", width="100%", fill_opacity="0.1")]
    if percent is None:
        line = {"fill": "none", "stroke": "currentColor", "stroke_dasharray": "4 3"}
        drawn.append(element("rect", **shape, **line, x="0", width="100%"))
    else:
        low, high = (
            max(Decimal(0), min(end, _HUNDRED)).quantize(Decimal("0.01")) for end in (percent.low, percent.high)
        )
        drawn.append(element("rect", **shape, x="0", width=f"{high}%", fill_opacity="0.35"))
        drawn.append(element("rect", **shape, x="0", width=f"{low}%"))
    size = {"width": "100%", "height": "0.6em", "fill": "currentColor", "aria_hidden": "true"}
    return element("svg", *drawn, **size, focusable="false", class_="share")


def findings_of(analysis: Analysis, notes: Sequence[Note], words: PageWords) -> list[FindingView]:
    """The findings, the most severe first."""
    marks = {(note.piece.start, note.piece.end): note.number for note in notes}
    return [
        _finding(f"f{nth}", finding, analysis, marks, words)
        for nth, finding in enumerate(by_severity(analysis.findings), 1)
    ]


def _finding(
    ident: str, finding: Finding, analysis: Analysis, marks: Mapping[tuple[int, int], int], words: PageWords
) -> FindingView:
    page = explanation(finding.code, words.lang)
    # The key phrase and what is our own are known of the packaged guide only.
    ours = (analysis.guide.name, analysis.guide.edition) == (default_guide().name, default_guide().edition)
    quotes = dict.fromkeys(
        Quote(shortened(piece.text, QUOTE_LENGTH), marks.get((piece.start, piece.end))) for piece in finding.evidence
    )
    return FindingView(
        id=ident,
        code=finding.code,
        severity=finding.severity,
        severity_word=words.say.word("severity", finding.severity),
        title=title(finding.code, words.lang),
        message=finding.text(words.lang),
        quotes=tuple(quotes)[:MOST_QUOTES],
        more=max(0, len(quotes) - MOST_QUOTES),
        what=page.what,
        why=page.why,
        reference=reference_of(finding, words),
        phrase=(page.phrase or "") if ours and finding.reference and page.reference else "",
        ours=ours and page.ours,
    )


def reference_of(finding: Finding, words: PageWords) -> str:
    """What a finding rests on: lines of the guide, or another source; empty where it is nothing but us."""
    if not finding.reference:
        return ""
    lines = finding.reference.split()
    if all(line[:1] == "L" and line[1:].isdecimal() for line in lines):
        return words.text.passage_lines.format(lines=", ".join(line[1:] for line in lines))
    return words.text.source_is.format(source=finding.reference)


def open_points(analysis: Analysis, words: PageWords) -> list[str]:
    """The numbers that the label does not give, or gives as intervals only."""
    intake, say, text = analysis.intake, words.say.text, words.text
    named = ((say.per_day, intake.mg_per_day_at_most), (say.per_intake, intake.mg_per_intake_at_most))
    unknown = [name for name, mass in named if mass is None]
    points = [text.open_numbers.format(names=words.say.listed(unknown))] if unknown else []
    for name, mass in named:
        if mass is not None and not mass.is_exact:
            points.append(text.open_span.format(name=name, mass=say.mass.format(mass=words.say.amount(mass))))
    return points


def of_openness(findings: Sequence[FindingView], analysis: Analysis) -> list[FindingView]:
    """The findings that tell what a label leaves open."""
    variants = {finding.code for finding in analysis.findings if finding.params.get("variant") == _OPEN}
    return [finding for finding in findings if finding.states_little or finding.code in variants]


def readings_of(analysis: Analysis, words: PageWords) -> list[ReadingView]:
    """The ways to read the label that were weighed, those that stand first."""
    ordered = sorted(analysis.readings, key=lambda reading: reading.dropped_because is not None)
    return [_reading(reading, words) for reading in ordered]


def _reading(reading: Reading, words: PageWords) -> ReadingView:
    say = words.say
    mass = reading.elemental_mg_per_day or reading.elemental_mg_per_portion
    per_day = reading.elemental_mg_per_day is not None
    said = say.text.unknown if mass is None else say.text.mass.format(mass=say.amount(mass))
    if mass is not None and per_day:
        said = say.text.reading_per_day.format(mass=say.amount(mass))
    reasons = [words.word("because", reason) for reason in reading.because]
    because = words.text.reading_because.format(reasons=say.listed(reasons)) if reasons else ""
    if reading.dropped_because is not None:
        because = words.text.reading_against.format(reason=words.word("because", reading.dropped_because))
    return ReadingView(said, reading.dropped_because is None, because)


def others_of(seen: Measured, words: PageWords) -> Iterator[OtherView]:
    """The limits of other authorities, each with where this label's dose stands to it."""
    dose = seen.day_at_most or seen.day
    for row in seen.others:
        authority = f"{row.authority} ({words.word('jurisdiction', row.jurisdiction)})"
        kind = words.word("limit_kind", row.kind)
        yield OtherView(authority, kind, words.say.amount(row.value_mg), _stands(dose, row.value_mg, words))


def _stands(dose: Masses | None, limit: Decimal, words: PageWords) -> str:
    if dose is None:
        return words.text.dose_unknown
    if dose.high <= limit:
        return words.text.dose_below
    return words.text.dose_above if dose.low > limit else words.text.dose_open
