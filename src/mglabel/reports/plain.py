"""One analysis as readable text in English or Danish. Nothing is computed here: it says what the analysis holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mglabel.analysis.result import Analysis
from mglabel.reports.layout import INDENT, WIDTH, labelled, safe, shortened, wrapped
from mglabel.reports.wording import Wording, wording
from mglabel.tables.phrasing import form_name
from mglabel.values.interval import Masses
from mglabel.values.label import Portion
from mglabel.values.results import Excipient, Finding, Grade, Source

SEVERITIES = ("error", "warning", "advice", "info")
"""From the most to the least severe."""

QUOTES = 3
QUOTE_LENGTH = 60
OPEN = "open"
_GUIDE_LINES = re.compile(r"L\d+(?: L\d+)*")

Rows = Iterator[tuple[str, str]]
DAY, INTAKE, PORTION = "day", "intake", "portion"


class Dose(NamedTuple):
    """An amount of elemental magnesium: what for, as an id and in words, and how much."""

    kind: str
    name: str
    mg: Masses | None


def report(analysis: Analysis, lang: str = "en") -> str:
    """What the label says and what the guide says of it, as text that ends with a line break.

    >>> from mglabel import analyze
    >>> print(report(analyze("Vitamin C 500 mg")).splitlines()[0])
    The label declares no magnesium.
    """
    say = wording(lang)
    lines: list[str] = []
    if analysis.name:
        lines += [safe(analysis.name), ""]
    if analysis.declares_magnesium:
        for part in (_product, _contents, _elemental, _directions, _grade):
            lines += [*part(analysis, say), ""]
    else:
        lines += [say.text.no_magnesium, *labelled(list(_excipients(analysis.excipients, say))), ""]
    lines += [*_findings(analysis, say), "", say.text.closing]
    return "\n".join(_without_gaps(lines)) + "\n"


def by_severity(findings: Sequence[Finding]) -> list[Finding]:
    """The findings, the most severe first, else in their order."""
    return sorted(findings, key=lambda finding: SEVERITIES.index(finding.severity))


def _product(analysis: Analysis, say: Wording) -> list[str]:
    return labelled(product_rows(analysis, say), indent=0)


def product_rows(analysis: Analysis, say: Wording) -> list[tuple[str, str]]:
    """What the product is, what for and how much of it there is, each with its label."""
    text, product = say.text, analysis.product
    use, audience = say.word("use", analysis.use), say.word("audience", analysis.audience)
    kind = text.product_kind.format(use=use, audience=audience)
    rows = [(text.product, f"{product.name}: {kind}" if product.name else kind)]
    if analysis.stated_purposes:
        rows.append((text.stated_purposes, say.listed([say.word("purpose", p) for p in analysis.stated_purposes])))
    pack = [] if product.count is None else [say.counted(product.count, product.unit)]
    if product.net_mass_g is not None:
        pack.append(text.net_mass.format(mass=say.amount(product.net_mass_g)))
    if pack:
        rows.append((text.pack, ", ".join(pack)))
    return rows


def _contents(analysis: Analysis, say: Wording) -> list[str]:
    rows = [(say.text.source, _source(source, say)) for source in analysis.sources]
    rows += _excipients(analysis.excipients, say)
    missing = [] if analysis.sources else wrapped(say.text.no_form, " " * INDENT)
    return [say.text.contents, *missing, *labelled(rows)]


def _source(source: Source, say: Wording) -> str:
    signs = signs_of(source, say)
    parts = [named(source.form, source.name, say) + (f" ({', '.join(signs)})" if signs else "")]
    if source.compound_mg_per_day is not None:
        parts.append(say.text.source_compound.format(mass=say.amount(source.compound_mg_per_day)))
    if source.elemental_mg_per_day is not None:
        parts.append(say.text.source_elemental.format(mass=say.amount(source.elemental_mg_per_day)))
    return ", ".join(parts)


def signs_of(source: Source, say: Wording) -> list[str]:
    """What the label says of a source beside its form: that it is buffered, and where it comes from."""
    signs = [say.word("origin", "buffered")] if source.buffered else []
    return signs + ([say.word("origin", source.origin)] if source.origin else [])


def _excipients(excipients: Sequence[Excipient], say: Wording) -> Rows:
    for excipient in excipients:
        yield say.text.excipient, named(excipient.form, excipient.name, say)


def named(form: str, name: str, say: Wording) -> str:
    """The form, with the label's own name for it where that is another."""
    ours, theirs = form_name(form, say.lang), shortened(name, QUOTE_LENGTH)
    return ours if theirs.casefold() == ours.casefold() else f"{ours} {say.text.quoted.format(text=theirs)}"


def _elemental(analysis: Analysis, say: Wording) -> list[str]:
    masses = [(dose.name, mass(dose.mg, say)) for dose in doses(analysis, say)]
    return [say.text.elemental, *labelled([*masses, *grounds(analysis, say)])]


def doses(analysis: Analysis, say: Wording) -> Iterator[Dose]:
    """The elemental magnesium of a day, of an intake and of a portion, as far as they differ."""
    text, intake = say.text, analysis.intake
    yield Dose(DAY, text.per_day, intake.mg_per_day)
    if intake.mg_per_day_at_most not in (None, intake.mg_per_day):
        yield Dose(DAY, text.per_day_at_most, intake.mg_per_day_at_most)
    yield Dose(INTAKE, text.per_intake, intake.mg_per_intake)
    if intake.mg_per_intake_at_most not in (None, intake.mg_per_intake, intake.mg_per_day_at_most):
        yield Dose(INTAKE, text.per_day_at_most, intake.mg_per_intake_at_most)
    if intake.mg_per_portion is not None and intake.portion is not None:
        portion = text.per_portion.format(portion=_portion(intake.portion, say))
        yield Dose(PORTION, portion, intake.mg_per_portion)


def grounds(analysis: Analysis, say: Wording) -> Rows:
    """The stated share of the reference value, what the numbers rest on, and the readings where several stand."""
    text = say.text
    if analysis.percent_of_reference is not None:
        yield text.percent, text.percent_value.format(percent=say.amount(analysis.percent_of_reference))
    yield text.basis, say.word("derivation", analysis.derivation)
    yield from _readings(analysis, say)


def _readings(analysis: Analysis, say: Wording) -> Rows:
    """The readings that stand, where there are several."""
    standing = [reading for reading in analysis.readings if reading.dropped_because is None]
    for reading in standing if len(standing) > 1 else ():
        if reading.elemental_mg_per_day is not None:
            yield say.text.reading, say.text.reading_per_day.format(mass=say.amount(reading.elemental_mg_per_day))
        elif reading.elemental_mg_per_portion is not None and analysis.intake.portion is not None:
            held, portion = say.amount(reading.elemental_mg_per_portion), _portion(analysis.intake.portion, say)
            yield say.text.reading, say.text.reading_per_portion.format(mass=held, portion=portion)


def mass(mg: Masses | None, say: Wording) -> str:
    """A mass with its unit, or that it is not known."""
    return say.text.unknown if mg is None else say.text.mass.format(mass=say.amount(mg))


def _portion(portion: Portion, say: Wording) -> str:
    """What an amount is for; one of a kind without its number."""
    counted = say.counted(portion.count, portion.unit)
    return counted.removeprefix("1 ")


def _directions(analysis: Analysis, say: Wording) -> list[str]:
    """The directions on one line; nothing where the label has none."""
    parts = directed(analysis, say)
    return [say.text.directions, *wrapped(", ".join(parts), " " * INDENT)] if parts else []


def directed(analysis: Analysis, say: Wording) -> list[str]:
    """The dose, the times of day and the way of taking, as far as the label gives them."""
    text, directions = say.text, analysis.directions
    parts: list[str] = []
    if directions.units_per_day is not None:
        parts.append(text.units_per_day.format(units=say.counted(directions.units_per_day, directions.unit)))
    if directions.units_per_intake is not None:
        parts.append(text.units_per_intake.format(count=say.amount(directions.units_per_intake)))
    if directions.intakes_per_day is not None:
        parts.append(text.intakes_per_day.format(count=say.amount(directions.intakes_per_day)))
    parts += [say.word("time", time) for time in directions.times]
    if directions.with_food is not None:
        parts.append(text.with_food if directions.with_food else text.without_food)
    return parts + ([text.split] if directions.split else [])


def _grade(analysis: Analysis, say: Wording) -> list[str]:
    text, grade = say.text, analysis.grade
    purpose = say.word("purpose", analysis.purpose)
    rows = list(reasons(analysis, say))
    edition = text.guide_edition.format(name=analysis.guide.name, edition=analysis.guide.edition)
    rows.append((text.guide, edition))
    if grade is None:
        return [text.no_grade.format(purpose=purpose), *wrapped(text.no_grade_reason, " " * INDENT), *labelled(rows)]
    return [text.grade.format(grade=letters(grade, say), purpose=purpose), *labelled(rows)]


def letters(grade: Grade, say: Wording) -> str:
    """The letter, or the span of letters."""
    return grade.best if grade.best == grade.worst else say.style.range.format(low=grade.best, high=grade.worst)


def reasons(analysis: Analysis, say: Wording) -> Rows:
    """The verdicts in words, each with the codes of the findings that tell more of it."""
    text, verdict, codes = say.text, analysis.verdict, say.reasons
    if verdict.form is not None:
        yield text.form_verdict, _seen(say.spanned(verdict.form, "verdict"), _with(analysis, codes.form), say)
    if verdict.limit is not None:
        yield text.limit_verdict, _seen(say.spanned(verdict.limit, "limit"), _with(analysis, codes.limit), say)
    large = _with(analysis, codes.intake)
    if large and analysis.grade is not None:
        may = any(finding.params.get("variant") == OPEN for finding in large)
        yield text.intake_verdict, _seen(text.intake_may_lower if may else text.intake_lowers, large, say)


def _with(analysis: Analysis, codes: Sequence[str]) -> list[Finding]:
    return [finding for finding in analysis.findings if finding.code in codes]


def _seen(verdict: str, findings: Sequence[Finding], say: Wording) -> str:
    if not findings:
        return verdict
    codes = dict.fromkeys(finding.code for finding in findings)
    return say.text.seen_in.format(verdict=verdict, codes=", ".join(codes))


def _findings(analysis: Analysis, say: Wording) -> list[str]:
    lines = [say.text.findings]
    column = max((len(say.word("severity", severity)) for severity in SEVERITIES), default=0)
    for finding in by_severity(analysis.findings):
        head = f"{' ' * INDENT}{say.word('severity', finding.severity):<{column}}  {finding.code}  "
        lines += wrapped(finding.text(say.lang), head)
        for line in basis(finding, say):
            lines += wrapped(line, " " * len(head))
    return lines if analysis.findings else [*lines, *wrapped(say.text.no_findings, " " * INDENT)]


def basis(finding: Finding, say: Wording) -> Iterator[str]:
    """What a finding rests on: pieces of the label, then the lines of the guide or another source."""
    pieces = dict.fromkeys(shortened(piece.text, QUOTE_LENGTH) for piece in finding.evidence)
    quotes = [say.text.quoted.format(text=piece) for piece in pieces]
    shown = quotes[:QUOTES]
    if len(quotes) > QUOTES:
        shown.append(say.text.more_quotes.format(count=len(quotes) - QUOTES))
    if shown:
        yield say.text.on_label.format(quotes=", ".join(shown))
    if finding.reference and _GUIDE_LINES.fullmatch(finding.reference):
        yield say.text.guide_lines.format(lines=finding.reference)
    elif finding.reference:
        yield say.text.rests_on.format(reference=finding.reference)


def _without_gaps(lines: Sequence[str]) -> list[str]:
    """The lines with one empty line where several stand."""
    return [line for at, line in enumerate(lines) if line or (at and lines[at - 1])]


__all__ = ["SEVERITIES", "WIDTH", "by_severity", "report"]
