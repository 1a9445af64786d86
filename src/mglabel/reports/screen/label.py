"""One analysis on the screen: the grade, what is in the product, how much magnesium, and the findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from mglabel.analysis.result import Analysis
from mglabel.reports.html.letter import letter_of
from mglabel.reports.layout import INDENT, shortened
from mglabel.reports.page_words import PageWords, page_words
from mglabel.reports.plain import (
    QUOTE_LENGTH,
    basis,
    by_severity,
    directed,
    doses,
    grounds,
    mass,
    named,
    product_rows,
    reasons,
    signs_of,
)
from mglabel.reports.screen.canvas import badge, rendered, said, severity_mark, severity_style, tone
from mglabel.reports.screen.gauge import ASCII, BLOCKS, gauge
from mglabel.reports.screen.pieces import BLANK, heading, proses, rows
from mglabel.reports.screen.prose import Prose
from mglabel.reports.screen.size import Screen
from mglabel.reports.screen.tabular import Column, Tabular
from mglabel.reports.wording import Wording
from mglabel.tables.messages import title
from mglabel.tables.phrasing import form_name
from mglabel.values.results import Finding, Source

_OF_TABLES = (0, 0, 0, INDENT)


def report(analysis: Analysis, screen: Screen, lang: str = "en") -> str:
    """What the label says and what the guide says of it, for a terminal.

    >>> from mglabel import analyze
    >>> print(report(analyze("Vitamin C 500 mg"), Screen(80, color=False)).splitlines()[0])
    The label declares no magnesium.
    """
    return rendered(list(_pieces(analysis, page_words(lang), screen.color)), screen)


def _pieces(analysis: Analysis, words: PageWords, color: bool) -> Iterator[RenderableType]:
    say = words.say
    if analysis.name:
        yield from (_Name(analysis.name), BLANK)
    if not analysis.declares_magnesium:
        yield Text(say.text.no_magnesium)
        if analysis.excipients:
            yield rows([(say.text.excipient, Prose(named(one.form, one.name, say))) for one in analysis.excipients])
    else:
        yield from _graded(analysis, words, color)
        yield from (BLANK, rows(proses(product_rows(analysis, say)), 0))
        yield from (BLANK, *_contents(analysis, say))
        yield from (BLANK, heading(say.text.elemental), _Doses(analysis, words))
        parts = directed(analysis, say)
        if parts:
            yield from (BLANK, heading(say.text.directions), Padding(Prose(", ".join(parts)), _OF_TABLES))
    yield from (BLANK, *_findings(analysis.findings, say))
    yield from (BLANK, Prose(say.text.closing, "dim"))


class _Name:
    """The name of what was read: with a line behind it where there is room, and never cut."""

    def __init__(self, name: str) -> None:
        self._name = Prose(name, "bold")

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        fits = cell_len(self._name.text) + 2 < options.max_width
        yield Rule(said(self._name.text, "bold"), align="left", style="dim") if fits else self._name


def _graded(analysis: Analysis, words: PageWords, color: bool) -> Iterator[RenderableType]:
    """Every letter of the scale with those given turned out, the grade in words, and what it comes from."""
    say, letter = words.say, letter_of(analysis, words)
    line = Text()
    for place, one in enumerate(letter.scale if letter.given else ()):
        line.append(f" {one} ", badge(tone(place, len(letter.scale)), color) if one in letter.given else "dim")
    purpose = say.word("purpose", analysis.purpose)
    told = say.text.no_grade.format(purpose=purpose)
    if analysis.grade is not None:
        told = say.text.grade.format(grade=_letters(letter.given, say), purpose=purpose)
    yield line.append("  " if letter.given else "").append_text(said(told, "bold"))
    if analysis.grade is None:
        yield Padding(Prose(say.text.no_grade_reason), _OF_TABLES)
    edition = say.text.guide_edition.format(name=analysis.guide.name, edition=analysis.guide.edition)
    yield rows(proses([*reasons(analysis, say), (say.text.guide, edition)]))


def _letters(given: Sequence[str], say: Wording) -> str:
    return given[0] if given[0] == given[-1] else say.style.range.format(low=given[0], high=given[-1])


def _contents(analysis: Analysis, say: Wording) -> Iterator[RenderableType]:
    """The sources with what they bring, then what is an additive only."""
    text = say.text
    yield heading(text.contents)
    if not analysis.sources:
        yield Padding(Prose(text.no_form), _OF_TABLES)
    columns = (
        Column(text.source),
        Column(text.label_column),
        Column(text.compound_column, numbers=True),
        Column(text.magnesium_column, numbers=True),
    )
    lines = [_source(source, say) for source in analysis.sources]
    if lines:
        yield Tabular(columns, lines)
    if analysis.excipients:
        yield rows([(text.excipient, Prose(named(one.form, one.name, say))) for one in analysis.excipients])


def _source(source: Source, say: Wording) -> tuple[str | Prose, ...]:
    """A source as a row: its form, the label's name for it, and what of it and from it comes with a day."""
    form = ", ".join([form_name(source.form, say.lang), *signs_of(source, say)])
    quoted = say.text.quoted.format(text=shortened(source.name, QUOTE_LENGTH)) if source.name else ""
    compound = "" if source.compound_mg_per_day is None else mass(source.compound_mg_per_day, say)
    return form, quoted, compound, Prose(mass(source.elemental_mg_per_day, say), "bold")


class _Doses:
    """The doses as bars, then what they rest on, all in one column."""

    def __init__(self, analysis: Analysis, words: PageWords) -> None:
        self._analysis, self._words = analysis, words

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        say = self._words.say
        below = list(grounds(self._analysis, say))
        column = max(cell_len(name) for name in (*(d.name for d in doses(self._analysis, say)), *(n for n, _ in below)))
        signs = ASCII if options.ascii_only else BLOCKS
        yield from gauge(self._analysis, self._words, INDENT, options.max_width, column, signs)
        yield rows([(f"{name:<{column}}", Prose(value)) for name, value in below])


def _findings(findings: Sequence[Finding], say: Wording) -> Iterator[RenderableType]:
    yield heading(say.text.findings)
    if not findings:
        yield Padding(Prose(say.text.no_findings), _OF_TABLES)
    for finding in by_severity(findings):
        yield _Finding(finding, say)


class _Finding:
    """One finding: how severe, its code and title; below them the sentence and what it rests on."""

    def __init__(self, finding: Finding, say: Wording) -> None:
        self._finding, self._say = finding, say

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        finding, say = self._finding, self._say
        mark = severity_mark(finding.severity, options.ascii_only)
        head = Text(f"{mark} {say.word('severity', finding.severity)}", severity_style(finding.severity))
        head.append(f"  {finding.code}  ", "not bold default").append(title(finding.code, say.lang), "bold default")
        below = [Prose(finding.text(say.lang)), *(Prose(line, "dim") for line in basis(finding, say))]
        yield head
        yield Padding(Group(*below), (0, 0, 0, 2 * INDENT))
