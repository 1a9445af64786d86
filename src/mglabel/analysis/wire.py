"""The JSON form as types: what `Analysis.to_dict` and `to_json` give, and what the schema is made of.

Masses are numbers in mg, an interval is an object of low and high, what is unknown is null and never 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from math import isfinite
from typing import TYPE_CHECKING, Annotated, Any, Literal

import msgspec

from mglabel.documents.document import Document
from mglabel.tables.messages import LANGUAGES
from mglabel.values import evidence, interval, label, results
from mglabel.values.errors import MglabelError

if TYPE_CHECKING:
    from mglabel.analysis.result import Analysis as AnalysisResult

SCHEMA_NAME = "mglabel.analysis/1"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
DECIMALS = 6
"""Enough for any mass on a label, few enough to keep the noise of binary numbers out."""


def _one_of(*words: str) -> msgspec.Meta:
    return msgspec.Meta(extra_json_schema={"enum": list(words)})


class Interval(msgspec.Struct, frozen=True):
    """The numbers from low to high, both included; an exact number has both the same."""

    low: float
    high: float


class Evidence(msgspec.Struct, frozen=True):
    """A piece of the text: code points from start to end (excluded); page and boxes in a PDF, path in HTML."""

    start: Annotated[int, msgspec.Meta(ge=0)]
    end: Annotated[int, msgspec.Meta(ge=0)]
    text: str
    page: int | None
    boxes: list[Annotated[list[float], msgspec.Meta(min_length=4, max_length=4)]] | None
    path: str | None


class Guide(msgspec.Struct, frozen=True):
    """The guide that the grade follows."""

    name: str
    edition: str


class Input(msgspec.Struct, frozen=True):
    """Where the text came from."""

    name: str | None
    kind: str


class Product(msgspec.Struct, frozen=True):
    """The pack, as far as the label states it."""

    name: str | None
    pages: list[int] | None
    count: int | None
    net_mass_g: float | None
    unit: str | None
    unit_mass_g: float | None


class Portion(msgspec.Struct, frozen=True):
    """What an amount is stated for: so many of a unit."""

    count: float
    unit: str


class Source(msgspec.Struct, frozen=True):
    """A form that supplies magnesium."""

    form: str
    origin: str | None
    name: str
    variant: str | None
    buffered: bool
    compound_mg_per_day: Interval | None
    elemental_mg_per_day: Interval | None
    share: Interval | None
    evidence: list[Evidence]


class Excipient(msgspec.Struct, frozen=True):
    """A magnesium compound that is an additive only."""

    form: str
    name: str
    evidence: list[Evidence]


class Statement(msgspec.Struct, frozen=True):
    """One declared amount."""

    what: Annotated[str, _one_of("elemental", "compound", "unclear")]
    form: str | None
    value_mg: float
    portion: Portion | None
    section: str
    percent: float | None
    evidence: list[Evidence]


class Directions(msgspec.Struct, frozen=True):
    """How much is taken how often."""

    unit: str | None
    units_per_day: Interval | None
    units_per_intake: Interval | None
    intakes_per_day: Interval | None
    times: list[str]
    with_food: bool | None
    split: bool
    evidence: list[Evidence]


class Reading(msgspec.Struct, frozen=True):
    """One interpretation of all statements; dropped_because is null where it stands."""

    elemental_mg_per_day: Interval | None
    elemental_mg_per_portion: Interval | None
    because: list[str]
    dropped_because: str | None


class Grade(msgspec.Struct, frozen=True):
    """The letter from best to worst, with the verdicts it comes from."""

    best: str
    worst: str
    form: str
    limit: str
    purpose: str


class Finding(msgspec.Struct, frozen=True):
    """What a rule says about the label."""

    code: Annotated[str, msgspec.Meta(pattern="^MG[0-9]{3}$")]
    severity: Annotated[str, _one_of("error", "warning", "advice", "info")]
    params: dict[str, Any]
    message: str
    evidence: list[Evidence]
    reference: str | None


class Analysis(msgspec.Struct, frozen=True):
    """What the label of a magnesium product says, in elemental magnesium, and how the guide grades it."""

    schema: Literal["mglabel.analysis/1"]
    version: str
    guide: Guide
    input: Input
    text: str
    product: Product
    languages: list[str]
    declares_magnesium: bool
    use: Annotated[str, _one_of("supplement", "medicine", "topical", "water", "food", "feed")]
    audience: Annotated[str, _one_of("adults", "children", "pregnancy", "animals")]
    purpose: str
    stated_purposes: list[str]
    sources: list[Source]
    excipients: list[Excipient]
    statements: list[Statement]
    directions: Directions
    elemental_mg_per_day: Interval | None
    elemental_mg_per_day_at_most: Interval | None
    elemental_mg_per_intake: Interval | None
    elemental_mg_per_intake_at_most: Interval | None
    elemental_mg_per_portion: Interval | None
    portion: Portion | None
    intake_evidence: list[Evidence]
    derivation: Annotated[str, _one_of("declared", "stoichiometry", "ambiguous", "unknown")]
    readings: list[Reading]
    percent_of_reference: float | None
    form_verdict: str | None
    limit_verdict: str | None
    grade: Grade | None
    findings: list[Finding]


def wired(analysis: AnalysisResult, lang: str = "en") -> Analysis:
    """The JSON form of an analysis, with the messages in a language."""
    if lang not in LANGUAGES:
        raise MglabelError(f"no texts in {lang!r}; the languages are {', '.join(LANGUAGES)}")
    document, settled, verdict, intake = analysis.document, analysis.settled, analysis.verdict, analysis.intake
    return Analysis(
        schema="mglabel.analysis/1",
        version=analysis.version,
        guide=Guide(analysis.guide.name, analysis.guide.edition),
        input=Input(analysis.name, analysis.kind),
        text=document.text,
        product=_product(settled.product),
        languages=list(settled.languages),
        declares_magnesium=settled.declares_magnesium,
        use=settled.use,
        audience=settled.audience,
        purpose=analysis.purpose,
        stated_purposes=list(settled.stated_purposes),
        sources=[_source(source, document) for source in settled.sources],
        excipients=[Excipient(e.form, e.name, _evidence(e.spans, document)) for e in settled.excipients],
        statements=[_statement(statement, document) for statement in settled.statements],
        directions=_directions(settled.directions, document),
        elemental_mg_per_day=_interval(intake.mg_per_day),
        elemental_mg_per_day_at_most=_interval(intake.mg_per_day_at_most),
        elemental_mg_per_intake=_interval(intake.mg_per_intake),
        elemental_mg_per_intake_at_most=_interval(intake.mg_per_intake_at_most),
        elemental_mg_per_portion=_interval(intake.mg_per_portion),
        portion=_portion(intake.portion),
        intake_evidence=_evidence(intake.spans, document),
        derivation=settled.derivation,
        readings=[_reading(reading) for reading in settled.readings],
        percent_of_reference=_number(settled.percent_of_reference),
        form_verdict=verdict.form,
        limit_verdict=verdict.limit,
        grade=_grade(verdict.grade),
        findings=[_finding(finding, lang) for finding in verdict.findings],
    )


def as_dict(analysis: AnalysisResult, lang: str = "en") -> dict[str, Any]:
    """The JSON form as plain dictionaries and lists; the text is the input, unchanged."""
    found: dict[str, Any] = msgspec.to_builtins(wired(analysis, lang))
    return found


def as_json(analysis: AnalysisResult, lang: str = "en") -> str:
    """The JSON form as one line; a lone surrogate, which JSON cannot hold, is written as one replacement character."""
    wire = wired(analysis, lang)
    try:
        return msgspec.json.encode(wire).decode()
    except UnicodeEncodeError:
        return msgspec.json.encode(_encodable(msgspec.to_builtins(wire))).decode()


def schema() -> dict[str, Any]:
    """The JSON Schema of the JSON form, generated from the types.

    >>> schema()["title"]
    'mglabel.analysis/1'
    """
    from mglabel.analysis.wire_docs import KEYS

    (root,), components = msgspec.json.schema_components((Analysis,), ref_template="#/$defs/{name}")
    for name, component in components.items():
        for key, held in component["properties"].items():
            held["description"] = KEYS.get(name, {}).get(key, key)
    described = components[Analysis.__name__]["description"]
    head = {"$schema": DIALECT, "$id": SCHEMA_NAME, "title": SCHEMA_NAME, "description": described}
    return {**head, **root, "$defs": components}


def plain(value: Any) -> Any:
    """A param as JSON can hold it: numbers as floats, intervals as low and high, sequences as lists.

    >>> plain({"amount": interval.Interval(Decimal("64.6"), Decimal(97)), "forms": ("citrate",)})
    {'amount': {'low': 64.6, 'high': 97.0}, 'forms': ['citrate']}
    """
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, Decimal | float):
        return _number(value)
    if isinstance(value, Mapping):
        return {str(key): plain(held) for key, held in value.items()}
    if isinstance(value, msgspec.Struct):
        return {key: plain(getattr(value, key)) for key in value.__struct_fields__}
    if isinstance(value, Iterable):
        held = sorted(value, key=str) if isinstance(value, set | frozenset) else value
        return [plain(item) for item in held]
    return str(value)


def _number(value: Decimal | float | None) -> float | None:
    """A number as JSON holds it, None where there is none or it is not finite."""
    if value is None or not isfinite(value):
        return None
    return round(float(value), DECIMALS)


def _interval(value: interval.Masses | None) -> Interval | None:
    if value is None:
        return None
    return Interval(round(float(value.low), DECIMALS), round(float(value.high), DECIMALS))


def _evidence(spans: Iterable[evidence.Span], document: Document) -> list[Evidence]:
    return [_piece(piece) for piece in document.evidence(spans)]


def _portion(portion: label.Portion | None) -> Portion | None:
    return None if portion is None else Portion(float(portion.count), portion.unit)


def _product(product: label.Product) -> Product:
    return Product(
        name=product.name,
        pages=None if product.pages is None else list(product.pages),
        count=product.count,
        net_mass_g=_number(product.net_mass_g),
        unit=product.unit,
        unit_mass_g=_number(product.unit_mass_g),
    )


def _source(source: results.Source, document: Document) -> Source:
    return Source(
        form=source.form,
        origin=source.origin,
        name=source.name,
        variant=source.variant,
        buffered=source.buffered,
        compound_mg_per_day=_interval(source.compound_mg_per_day),
        elemental_mg_per_day=_interval(source.elemental_mg_per_day),
        share=_interval(source.share),
        evidence=_evidence(source.spans, document),
    )


def _statement(statement: results.Statement, document: Document) -> Statement:
    return Statement(
        what=statement.what,
        form=statement.form,
        value_mg=round(float(statement.value_mg), DECIMALS),
        portion=_portion(statement.portion),
        section=statement.section,
        percent=_number(statement.percent),
        evidence=_evidence((statement.span,), document),
    )


def _directions(directions: label.Directions, document: Document) -> Directions:
    return Directions(
        unit=directions.unit,
        units_per_day=_interval(directions.units_per_day),
        units_per_intake=_interval(directions.units_per_intake),
        intakes_per_day=_interval(directions.intakes_per_day),
        times=list(directions.times),
        with_food=directions.with_food,
        split=directions.split,
        evidence=_evidence(directions.spans, document),
    )


def _reading(reading: results.Reading) -> Reading:
    return Reading(
        elemental_mg_per_day=_interval(reading.elemental_mg_per_day),
        elemental_mg_per_portion=_interval(reading.elemental_mg_per_portion),
        because=list(reading.because),
        dropped_because=reading.dropped_because,
    )


def _grade(grade: results.Grade | None) -> Grade | None:
    return None if grade is None else Grade(grade.best, grade.worst, grade.form, grade.limit, grade.purpose)


def _finding(finding: results.Finding, lang: str) -> Finding:
    return Finding(
        code=finding.code,
        severity=finding.severity,
        params={str(name): plain(value) for name, value in finding.params.items()},
        message=finding.text(lang),
        evidence=[_piece(piece) for piece in finding.evidence],
        reference=finding.reference,
    )


def _piece(piece: evidence.Evidence) -> Evidence:
    boxes = None if piece.boxes is None else [list(box) for box in piece.boxes]
    return Evidence(piece.start, piece.end, piece.text, piece.page, boxes, piece.path)


def _encodable(value: Any) -> Any:
    """The same with every lone surrogate replaced, one character by one, so that offsets stay true."""
    if isinstance(value, str):
        return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in value)
    if isinstance(value, dict):
        return {_encodable(key): _encodable(held) for key, held in value.items()}
    if isinstance(value, list | tuple):
        return [_encodable(item) for item in value]
    return value
