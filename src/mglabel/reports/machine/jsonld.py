"""A label as linked data by the vocabulary of schema.org: what the label supports, and nothing else.

Numbers that the label leaves open are given as ranges (`minValue`, `maxValue`) or left out, never as a middle.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from mglabel.analysis.result import Analysis
from mglabel.reports.layout import shortened
from mglabel.reports.page_words import PageWords, page_words
from mglabel.tables.phrasing import form_name
from mglabel.values.evidence import Span
from mglabel.values.interval import Masses, exactly
from mglabel.values.label import Directions
from mglabel.values.results import Source

CONTEXT = "https://schema.org"
_TYPES = {"supplement": "DietarySupplement", "medicine": "Drug"}
"""What else a product can be has no type of its own that knows a dose."""
_OTHER = "Product"
_MILLIGRAM, _GRAM = "MGM", "GRM"
"""Unit codes of UN/CEFACT, which schema.org asks for."""
_WARNING, _LIMIT = "warning.", "dose.limit"
_NAME_LENGTH, _TEXT_LENGTH = 120, 300
_BREAKS = "\n.;!"
_SCRIPT = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def to_jsonld(analysis: Analysis, lang: str = "en") -> dict[str, Any]:
    """The label as one JSON-LD object.

    >>> from mglabel import analyze
    >>> found = to_jsonld(analyze("Per tablet: magnesium citrate 1000 mg, of which magnesium 150 mg. 2 tablets a day."))
    >>> found["@type"], found["activeIngredient"], found["recommendedIntake"]["frequency"]
    ('DietarySupplement', 'magnesium (as magnesium citrate)', 'daily')
    """
    words = page_words(lang)
    kind = _TYPES.get(analysis.use, _OTHER)
    found: dict[str, Any] = {"@context": CONTEXT, "@type": kind}
    if analysis.product.name:
        found["name"] = shortened(analysis.product.name, _NAME_LENGTH)
    if analysis.product.net_mass_g is not None:
        found["weight"] = _exact("QuantitativeValue", float(analysis.product.net_mass_g), _GRAM)
    if not analysis.declares_magnesium or analysis.settled.several_products:
        return found
    if kind != _OTHER:
        found |= _of_a_dose(analysis, words)
    properties = list(_properties(analysis, words))
    if properties:
        found["additionalProperty"] = properties
    return found


def as_json(found: Any, indent: int | None = 2) -> str:
    """Linked data as text that can stand in a page as it is: nothing in it ends the script element around it.

    >>> as_json({"name": "</script>"}, None)
    '{"name": "\\\\u003c/script\\\\u003e"}'
    """
    text = json.dumps(found, ensure_ascii=False, indent=indent)
    return text.encode("utf-8", "replace").decode().translate(_SCRIPT)


def _of_a_dose(analysis: Analysis, words: PageWords) -> dict[str, Any]:
    """What supplements and medicines can say: ingredients, dose, the most of it, for whom, and warnings."""
    found: dict[str, Any] = {}
    ingredients = list(dict.fromkeys(_ingredient(source, words) for source in analysis.sources))
    named = ingredients or [words.text.magnesium]
    found["activeIngredient"] = named[0] if len(named) == 1 else named
    audience = words.word("audience", analysis.audience)
    if analysis.use == "supplement":
        found["targetPopulation"] = audience
    schedule = _schedule(analysis.directions, words)
    if schedule:
        found["recommendedIntake" if analysis.use == "supplement" else "doseSchedule"] = {
            "@type": "RecommendedDoseSchedule", **schedule, "targetPopulation": audience
        }  # fmt: skip
    most = _most(analysis, words)
    if most and analysis.use == "supplement":
        found["maximumIntake"] = {"@type": "MaximumDoseSchedule", **most, "targetPopulation": audience}
    warnings = _warnings(analysis)
    if warnings:
        found["safetyConsideration" if analysis.use == "supplement" else "warning"] = "; ".join(warnings)
    return found


def _ingredient(source: Source, words: PageWords) -> str:
    return words.text.magnesium_as.format(form=form_name(source.form, words.lang))


def _schedule(directions: Directions, words: PageWords) -> dict[str, Any]:
    """How much is taken how often, as far as it is one number."""
    often, at_a_time = directions.intakes_per_day, directions.units_per_intake
    if often is not None and at_a_time is not None:
        frequency = words.text.schedule_times.format(count=words.say.amount(often))
        return _dose(at_a_time, directions.unit, frequency, words)
    if directions.units_per_day is not None:
        return _dose(directions.units_per_day, directions.unit, words.text.schedule_day, words)
    return {}


def _dose(count: Masses, unit: str | None, frequency: str, words: PageWords) -> dict[str, Any]:
    """A dose; the vocabulary has no range for it, so a range is told in words."""
    found: dict[str, Any] = {"frequency": frequency}
    if unit:
        found["doseUnit"] = words.say.counted(1, unit).removeprefix("1 ")
    if count.is_exact:
        found["doseValue"] = _number(count.high)
    else:
        found["description"] = f"{words.say.counted(count, unit)}, {frequency}"
    return found


def _most(analysis: Analysis, words: PageWords) -> dict[str, Any]:
    """The largest dose, where the label says that its dose must not be exceeded."""
    directions, signs = analysis.directions, analysis.settled.signs
    if directions.units_per_day is None or _LIMIT not in signs:
        return {}
    return _dose(exactly(directions.units_per_day.high), directions.unit, words.text.schedule_day, words)


def _warnings(analysis: Analysis) -> list[str]:
    """The sentences of the label that hold its warnings, as they stand, each once."""
    spans = sorted(
        span
        for sign, places in analysis.settled.signs.items()
        if sign.startswith(_WARNING) or sign == _LIMIT
        for span in places
    )
    return list(dict.fromkeys(_sentence(analysis.text, span) for span in spans))


def _sentence(text: str, span: Span) -> str:
    """The sentence around a place, as far as it is a short one."""
    start = max(text.rfind(mark, max(0, span.start - _TEXT_LENGTH), span.start) for mark in _BREAKS) + 1
    start = max(start, span.start - _TEXT_LENGTH, 0)
    ends = [text.find(mark, span.end, span.end + _TEXT_LENGTH) for mark in _BREAKS]
    end = min([end for end in ends if end >= 0], default=min(len(text), span.end + _TEXT_LENGTH))
    return shortened(text[start:end], _TEXT_LENGTH)


def _properties(analysis: Analysis, words: PageWords) -> Iterator[dict[str, Any]]:
    """Elemental magnesium of a day, or of a portion where no day is stated."""
    intake, say = analysis.intake, words.say
    if intake.mg_per_day is not None:
        yield {"name": words.text.elemental_day, **_ranged("PropertyValue", intake.mg_per_day, _MILLIGRAM)}
    elif intake.mg_per_portion is not None and intake.portion is not None:
        portion = say.counted(intake.portion.count, intake.portion.unit).removeprefix("1 ")
        name = words.text.elemental_portion.format(portion=portion)
        yield {"name": name, **_ranged("PropertyValue", intake.mg_per_portion, _MILLIGRAM)}


def _ranged(kind: str, mass: Masses, unit: str) -> dict[str, Any]:
    if mass.is_exact:
        return _exact(kind, float(mass.high), unit)
    return {"@type": kind, "minValue": _number(mass.low), "maxValue": _number(mass.high), "unitCode": unit}


def _exact(kind: str, value: float, unit: str) -> dict[str, Any]:
    return {"@type": kind, "value": _number(value), "unitCode": unit}


def _number(value: Any) -> float | int:
    """A number as JSON has it, whole ones without a point."""
    number = round(float(value), 6)
    return int(number) if number.is_integer() else number
