"""The PDF labels in fixtures/pdf, read: each gives the facts that it was made from, or says that it cannot be trusted.

A file that is damaged, hidden from view or recognised from a picture may leave the amount open; a number that the label
does not bear out is wrong whatever the state of the file.
"""

from __future__ import annotations

import json
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import mglabel
from mglabel.analysis.result import Analysis
from mglabel.analysis.wire import schema
from mglabel.values.errors import UnreadableDocument

HOME = Path(__file__).resolve().parent.parent / "fixtures" / "pdf"
FILES = sorted(HOME.glob("*.pdf"))
DOUBTS = {"MG902", "MG903", "MG904", "MG905", "MG906"}
"""The findings that take trust away from what was read."""
UNREADABLE = {"no_text", "password", "corrupt", "garbled"}
OPEN = {"partial", "corrupt", "hidden_layer", "no_text", "garbled"}
"""Files of these kinds may be read all the same, where a finding says that the text is doubtful."""
WRONG_GOLD = {
    "font-without-unicode-map-de": "the font embedded in it names its own characters, so what is read is what it shows",
}
"""Files that are read better than their gold foresees: they count as `ok`, each with the reason why."""


@cache
def gold(file: Path) -> dict[str, Any]:
    facts: dict[str, Any] = json.loads(file.with_suffix(".gold.json").read_text(encoding="utf-8"))
    return {**facts, "expect": "ok"} if file.stem in WRONG_GOLD else facts


@cache
def read(file: Path, password: str | None = None) -> tuple[Analysis, ...] | UnreadableDocument:
    """The products of a file, or the error that it ends in."""
    door = mglabel.analyze_catalogue if len(gold(file)["products"]) > 1 else one_product
    try:
        return door(file, password=password, isolate=False)
    except UnreadableDocument as error:
        return error


def one_product(source: Any, **options: Any) -> tuple[Analysis, ...]:
    return (mglabel.analyze_file(source, **options),)


def differences(analyses: tuple[Analysis, ...], facts: dict[str, Any]) -> list[str]:
    """Where products as read differ from those that the file was made from."""
    found = [f"{len(analyses)} products"] if len(analyses) != len(facts["products"]) else []
    several = len(facts["products"]) > 1
    for analysis, product in zip(analyses, facts["products"], strict=False):
        if several and product["name"] not in (analysis.settled.product.name or ""):
            found.append(f"called {analysis.settled.product.name!r}, not {product['name']!r}")
        if several and list(analysis.settled.product.pages or ()) != product["pages"]:
            found.append(f"on pages {analysis.settled.product.pages}, not {product['pages']}")
        forms = {source.form for source in analysis.sources}
        if forms != set(product["sources"]):
            found.append(f"sources {sorted(forms)}, not {product['sources']}")
        if day(analysis) != product["elemental_mg_per_day"]:
            found.append(f"{day(analysis)} mg a day, not {product['elemental_mg_per_day']}")
    return found


def day(analysis: Analysis) -> list[float] | None:
    interval = analysis.intake.mg_per_day
    return None if interval is None else [float(interval.low), float(interval.high)]


def doubted(analyses: tuple[Analysis, ...]) -> bool:
    return all(DOUBTS & {finding.code for finding in analysis.findings} for analysis in analyses)


@cache
def squeezed(file: Path) -> str:
    """All that is read of a file, with single spaces."""
    return " ".join(mglabel.analyze_file(file, isolate=False).text.split())


@pytest.mark.parametrize("file", FILES, ids=lambda p: p.stem)
def test_the_facts_are_read_or_doubted(file: Path) -> None:
    facts, answer = gold(file), read(file)
    if isinstance(answer, UnreadableDocument):
        assert facts["expect"] in UNREADABLE, str(answer)
        assert answer.reason in facts["reasons"]
        return
    wrong = differences(answer, facts)
    if wrong:
        assert facts["expect"] in OPEN, wrong
        assert doubted(answer)
        days = [day(analysis) for analysis in answer]
        assert [low for low, high in filter(None, days) if low == high] == [], wrong


@pytest.mark.parametrize("file", FILES, ids=lambda p: p.stem)
def test_no_wrong_number_is_stated(file: Path) -> None:
    answer = read(file)
    if isinstance(answer, UnreadableDocument):
        return
    for analysis, product in zip(answer, gold(file)["products"], strict=False):
        have, true = day(analysis), product["elemental_mg_per_day"]
        if have is not None:
            assert true is not None
            assert have[0] <= true[0]
            assert true[1] <= have[1]


@pytest.mark.parametrize("file", FILES, ids=lambda p: p.stem)
def test_what_stands_together_is_read_together(file: Path) -> None:
    answer, facts = read(file), gold(file)
    if isinstance(answer, UnreadableDocument) or (facts["expect"] in OPEN and doubted(answer)):
        return
    text = squeezed(file)
    assert [piece for piece in facts["must"] if piece not in text] == []
    assert [piece for piece in facts["must_not"] if piece in text] == []


@pytest.mark.parametrize("file", FILES, ids=lambda p: p.stem)
def test_evidence_is_text_of_the_label_and_stands_on_its_page(file: Path) -> None:
    answer = read(file)
    if isinstance(answer, UnreadableDocument):
        return
    for analysis in answer:
        wire = json.loads(analysis.to_json())
        jsonschema.Draft202012Validator(schema()).validate(wire)
        pages = analysis.settled.product.pages or ()
        for piece in pieces(wire):
            assert wire["text"][piece["start"] : piece["end"]] == piece["text"]
            assert piece["page"] in pages
            assert piece["boxes"] or not piece["text"].strip()
            for left, top, right, bottom in piece["boxes"]:
                assert 0 <= left < right < 2000
                assert 0 <= top < bottom < 2000


def pieces(value: Any) -> list[dict[str, Any]]:
    """Every evidence object anywhere in the JSON form."""
    if isinstance(value, dict):
        own = [value] if {"start", "end", "text"} <= value.keys() else []
        return own + [piece for held in value.values() for piece in pieces(held)]
    return [piece for held in value for piece in pieces(held)] if isinstance(value, list) else []


@pytest.mark.parametrize("file", [f for f in FILES if gold(f).get("password")], ids=lambda p: p.stem)
def test_a_password_opens_a_locked_file_and_another_does_not(file: Path) -> None:
    opened = read(file, gold(file)["password"])
    assert not isinstance(opened, UnreadableDocument)
    assert differences(opened, gold(file)) == []
    wrong = read(file, "another")
    assert isinstance(wrong, UnreadableDocument)
    assert wrong.reason == "password"


@pytest.mark.parametrize("file", FILES, ids=lambda p: p.stem)
def test_every_door_gives_the_same(file: Path) -> None:
    data = file.read_bytes()
    with file.open("rb") as stream:
        ways = [said(file, isolate=False), said(data, isolate=True), said(stream, isolate=False)]
    ways.append(said(BytesIO(data), isolate=True, name=file.name))
    assert all(way == ways[0] for way in ways)


def said(source: Any, **options: Any) -> dict[str, Any] | tuple[str, str]:
    """What `analyze_file` says of a source: the JSON form without the name of the input, or the error."""
    try:
        wire: dict[str, Any] = json.loads(mglabel.analyze_file(source, **options).to_json())
    except UnreadableDocument as error:
        return error.reason, str(error)
    del wire["input"]["name"]
    return wire


def test_files_that_differ_from_their_gold_are_few_and_exist() -> None:
    assert len(WRONG_GOLD) <= 3
    assert {file.stem for file in FILES} >= WRONG_GOLD.keys()
