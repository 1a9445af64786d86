"""The JSON form: the keys of the design, evidence that is true, a schema that every output keeps."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from jsonschema import Draft202012Validator

from hand_made import BETWEEN, TEXT, analysis, evidence, finding, nothing, span, verdict
from mglabel.analysis import wire
from mglabel.analysis.result import Analysis
from mglabel.values.errors import MglabelError
from mglabel.values.evidence import Evidence, Span
from mglabel.values.interval import Interval, exactly
from mglabel.values.label import Portion
from mglabel.values.results import Excipient, Intake

BOXED = Evidence(0, 3, "Per", page=1, boxes=((56.7, 100.2, 130.1, 110.2),))
SAMPLES = {
    "full": analysis(name="label.txt"),
    "nothing": nothing(),
    "interval": analysis(derivation="ambiguous", intake=Intake(BETWEEN, BETWEEN, None, BETWEEN)),
    "no grade": analysis(judged=verdict(grade=None, limit=None)),
    "boxes": analysis(judged=verdict(msgspec.structs.replace(finding(), evidence=(BOXED,)))),
}
KEYS = {
    "": "schema version guide input text product languages declares_magnesium use audience stated_purposes sources "
    "excipients statements directions elemental_mg_per_day elemental_mg_per_day_at_most elemental_mg_per_intake "
    "elemental_mg_per_intake_at_most elemental_mg_per_portion portion derivation readings percent_of_reference grade "
    "findings",
    "guide": "name edition",
    "input": "name kind",
    "product": "name pages count net_mass_g unit",
    "sources": "form origin name compound_mg_per_day elemental_mg_per_day share evidence",
    "excipients": "form evidence",
    "statements": "what form value_mg portion section evidence",
    "directions": "unit units_per_day units_per_intake intakes_per_day times with_food evidence",
    "elemental_mg_per_day": "low high",
    "portion": "count unit",
    "readings": "elemental_mg_per_day because dropped_because",
    "grade": "best worst form limit purpose",
    "findings": "code severity params message evidence reference",
}
"""The keys that the design fixes, by where they stand."""


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    return Draft202012Validator(wire.schema())


@pytest.mark.parametrize("lang", ["en", "da"])
@pytest.mark.parametrize("name", SAMPLES)
def test_output_keeps_the_schema(name: str, lang: str, validator: Draft202012Validator) -> None:
    validator.validate(SAMPLES[name].to_dict(lang))
    validator.validate(json.loads(SAMPLES[name].to_json(lang)))


@pytest.mark.parametrize("name", SAMPLES)
def test_dict_and_json_say_the_same_and_read_back_into_the_types(name: str) -> None:
    found = SAMPLES[name].to_dict()
    assert json.loads(SAMPLES[name].to_json()) == found
    assert msgspec.to_builtins(msgspec.convert(found, wire.Analysis)) == found


@pytest.mark.parametrize("where", KEYS)
def test_every_key_of_the_design_is_there(where: str) -> None:
    found: Any = SAMPLES["full"].to_dict()
    found = found[where] if where else found
    found = found[0] if isinstance(found, list) else found
    assert set(KEYS[where].split()) <= found.keys()


def test_the_schema_is_valid_and_requires_every_key() -> None:
    schema = wire.schema()
    Draft202012Validator.check_schema(schema)
    assert schema["title"] == schema["$id"] == "mglabel.analysis/1"
    for definition in schema["$defs"].values():
        assert set(definition["required"]) == definition["properties"].keys()
        assert definition["description"]


@pytest.mark.parametrize(
    ("key", "value"), [("use", "toy"), ("derivation", "guessed"), ("schema", "other/1"), ("portion", 2), ("text", None)]
)
def test_the_schema_refuses_other_values(key: str, value: object, validator: Draft202012Validator) -> None:
    assert not validator.is_valid({**SAMPLES["full"].to_dict(), key: value})


def test_the_schema_refuses_a_missing_key(validator: Draft202012Validator) -> None:
    found = SAMPLES["full"].to_dict()
    del found["grade"]
    assert not validator.is_valid(found)


def test_numbers_are_masses_in_mg_and_unknown_is_null() -> None:
    full, empty = SAMPLES["full"].to_dict(), SAMPLES["nothing"].to_dict()
    assert full["elemental_mg_per_day"] == {"low": 240.0, "high": 240.0}
    assert full["elemental_mg_per_intake"] == {"low": 120.0, "high": 120.0}
    assert full["portion"] == {"count": 2.0, "unit": "capsule"}
    assert full["statements"][1]["percent"] == full["percent_of_reference"] == 64
    assert full["product"]["net_mass_g"] == 48.5
    assert all(value is None for key, value in empty.items() if key.startswith("elemental"))
    assert (empty["portion"], empty["grade"], empty["percent_of_reference"]) == (None, None, None)


def test_no_noise_of_binary_numbers() -> None:
    thirds = Interval(Decimal(1) / 3, Decimal("0.1") + Decimal("0.2"))
    found = analysis(intake=Intake(thirds)).to_dict()
    assert found["elemental_mg_per_day"] == {"low": 0.333333, "high": 0.3}


def test_numbers_have_evidence() -> None:
    found = SAMPLES["full"].to_dict()
    assert found["intake_evidence"] == [_piece("magnesium 240 mg")]
    assert found["directions"]["evidence"] == [_piece("1 capsule 2 times a day")]
    assert found["sources"][0]["evidence"] == [_piece("magnesium citrate")]
    assert found["excipients"][0]["evidence"] == [_piece("magnesium stearate")]


def test_a_box_keeps_page_and_place() -> None:
    (piece,) = SAMPLES["boxes"].to_dict()["findings"][0]["evidence"]
    assert (piece["page"], piece["boxes"]) == (1, [[56.7, 100.2, 130.1, 110.2]])


@pytest.mark.parametrize("name", SAMPLES)
def test_evidence_is_the_text_at_its_offsets(name: str) -> None:
    found = SAMPLES[name].to_dict()
    pieces = list(_pieces(found))
    assert all(found["text"][p["start"] : p["end"]] == p["text"] for p in pieces)
    assert pieces or name == "nothing"


def test_messages_follow_the_language() -> None:
    english, danish = (SAMPLES["full"].to_dict(lang)["findings"][0]["message"] for lang in ("en", "da"))
    assert english != danish
    assert "240 mg" in english
    with pytest.raises(MglabelError, match="'xx'"):
        SAMPLES["nothing"].to_dict("xx")


@pytest.mark.parametrize("strange", ["\ud800", "\0", "\u202e", "\u2066", "\x1b", "\u2028", "\U0001f48a"])
def test_strange_characters_survive(strange: str) -> None:
    text = strange + TEXT
    piece = f"{strange}Per"
    judged = verdict(msgspec.structs.replace(finding(names=(piece,)), evidence=(Evidence(0, 4, piece),)))
    strange_one = analysis(
        text, judged, name=f"{strange}.txt", excipients=(Excipient("stearate", piece, (Span(0, 4),)),)
    )
    assert strange_one.to_dict()["text"] == text
    found = json.loads(strange_one.to_json())
    assert len(found["text"]) == len(text)
    assert found["text"][1:] == TEXT
    assert found["text"][0] == ("\ufffd" if "\ud800" <= strange <= "\udfff" else strange)
    assert all(found["text"][p["start"] : p["end"]] == p["text"] for p in _pieces({"f": found["findings"]}))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        (True, True),
        (3, 3),
        ("citrate", "citrate"),
        (Decimal("64.6"), 64.6),
        (Decimal("NaN"), None),
        (float("inf"), None),
        (exactly(2), {"low": 2.0, "high": 2.0}),
        (Portion(Decimal(2), "capsule"), {"count": 2.0, "unit": "capsule"}),
        (evidence("Per"), {"start": 0, "end": 3, "text": "Per", "page": None, "boxes": None, "path": None}),
        (span("Per"), [0, 3]),
        (frozenset(("b", "a")), ["a", "b"]),
        ({"of": (Decimal(1), {"x": exactly(1)})}, {"of": [1.0, {"x": {"low": 1.0, "high": 1.0}}]}),
        (range(2), [0, 1]),
        (object, "<class 'object'>"),
    ],
)
def test_params_become_plain(value: object, expected: object) -> None:
    assert wire.plain(value) == expected


def test_an_analysis_is_frozen() -> None:
    with pytest.raises(AttributeError):
        SAMPLES["full"].text = ""  # type: ignore[misc]


def test_the_public_attributes_of_an_analysis() -> None:
    made = SAMPLES["full"]
    assert [source.form for source in made.sources] == ["citrate"]
    assert (made.use, made.audience, made.languages, made.derivation) == ("supplement", "adults", ("en",), "declared")
    assert (made.stated_purposes, made.percent_of_reference) == (("sleep",), Decimal(64))
    assert (str(made.grade), len(made.findings), len(made.statements), len(made.readings)) == ("A", 1, 2, 1)
    assert (made.product.count, made.directions.unit, made.excipients[0].form) == (60, "capsule", "stearate")
    assert made.intake.per_day is not None
    assert made.intake.per_day.low.m_as("g") == pytest.approx(0.24)
    assert made.evidence(made.sources[0].spans) == (evidence("magnesium citrate"),)
    assert isinstance(made, Analysis)


def _piece(text: str) -> dict[str, Any]:
    return {**msgspec.structs.asdict(evidence(text))}


def _pieces(value: Any) -> Iterator[dict[str, Any]]:
    """Every piece of evidence within a value."""
    if isinstance(value, dict):
        if {"start", "end", "text"} <= value.keys():
            yield value
        for held in value.values():
            yield from _pieces(held)
    elif isinstance(value, list):
        for held in value:
            yield from _pieces(held)
