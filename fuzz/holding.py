"""What must hold of every analysis, whatever it was made of."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import msgspec

from mglabel.analysis import wire
from mglabel.analysis.result import Analysis
from mglabel.values.interval import Interval


class Broken(AssertionError):
    """A promise that was not kept."""


def require(kept: object, said: str) -> None:
    """Raise `Broken` unless a promise is kept; an `assert` would be gone under -O."""
    if not kept:
        raise Broken(said)


@contextmanager
def within(seconds: float, size: int, per_byte: float) -> Iterator[None]:
    """Require that what runs inside takes computing time in step with a size."""
    begun = time.process_time()
    yield
    used = time.process_time() - begun
    require(used <= seconds + size * per_byte, f"{used:.2f} s of computing for {size} bytes")


def check_analysis(analysis: Analysis) -> None:
    """Evidence is true of the text, intervals are in order, the parts agree, and the JSON form holds it all."""
    _check_evidence(analysis)
    for interval in _intervals(msgspec.structs.asdict(analysis.settled)):
        require(interval.low <= interval.high and interval.low >= 0, f"the interval {interval}")
        require(not isinstance(interval.high, Decimal) or interval.high.is_finite(), f"the interval {interval}")
    _check_agreement(analysis)
    _check_json(analysis, "da" if len(analysis.text) % 2 else "en")


def _check_evidence(analysis: Analysis) -> None:
    text = analysis.text
    for start, end in _spans(analysis.settled):
        require(0 <= start <= end <= len(text), f"a span from {start} to {end} in {len(text)} characters")
    for finding in analysis.findings:
        for piece in finding.evidence:
            require(text[piece.start : piece.end] == piece.text, f"evidence of {finding.code} is not of the text")


def _check_agreement(analysis: Analysis) -> None:
    """What is said in two places is the same, and nothing is graded or counted that is not there."""
    settled, intake, grade = analysis.settled, analysis.intake, analysis.grade
    if not analysis.declares_magnesium:
        require(grade is None and intake.mg_per_day is None, "no magnesium is declared, but it is counted")
    if grade is not None:
        require(grade.best <= grade.worst, f"the grade {grade}")
    day, at_most = intake.mg_per_day, intake.mg_per_day_at_most
    if day is not None and at_most is not None:
        require(day.low <= at_most.low and at_most.high == day.high, f"{day} a day, {at_most} at most")
    for source in settled.sources:
        require(source.share is None or source.share.high <= 1, f"a share of {source.share}")
    if day is not None:
        standing = [r.elemental_mg_per_day for r in analysis.readings if r.dropped_because is None]
        for reading in standing:
            inside = reading is None or (day.low <= reading.low and reading.high <= day.high)
            require(inside, f"a reading of {reading} that {day} does not hold")


def _check_json(analysis: Analysis, lang: str) -> None:
    """The JSON form is valid by its own types and holds what the types hold."""
    said = analysis.to_json(lang)
    read = msgspec.json.decode(said, type=wire.Analysis)
    if read.text == analysis.text:  # a lone surrogate is replaced, here and in the evidence
        require(read == wire.wired(analysis, lang), "the JSON form does not come back as it was")


def _spans(value: Any) -> Iterator[tuple[int, int]]:
    """Every span anywhere in a value."""
    from mglabel.values.evidence import Span

    if isinstance(value, Span):
        yield value
    else:
        for held in _held(value):
            yield from _spans(held)


def _intervals(value: Any) -> Iterator[Interval[Any]]:
    if isinstance(value, Interval):
        yield value
    else:
        for held in _held(value):
            yield from _intervals(held)


def _held(value: Any) -> tuple[Any, ...]:
    if isinstance(value, msgspec.Struct):
        return tuple(getattr(value, field) for field in value.__struct_fields__)
    if isinstance(value, dict):
        return tuple(value.values())
    return tuple(value) if isinstance(value, tuple | list) else ()
