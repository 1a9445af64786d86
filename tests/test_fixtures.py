"""Golden labels: each text in fixtures/ gives what the JSON beside it expects, by the schema, and nothing false.

Each label came with its facts, written down apart from the program; where a reading agreed with them, the JSON keeps
that reading (with its grade and findings, so that a change shows). `not_yet` names facts that are still read otherwise.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from mglabel import analyze
from mglabel.analysis.wire import schema
from rendering.words import LANGUAGES

HOME = Path(__file__).resolve().parent.parent / "fixtures"
LABELS = sorted(HOME.glob("*/*.txt"))
DIFFICULTIES = ("declared", "stoichiometry", "ambiguous", "unknown", "negative", "topical")


def expected(label: Path) -> dict[str, Any]:
    return json.loads(label.with_suffix(".json").read_text(encoding="utf-8"))


@cache
def analysed(label: Path) -> dict[str, Any]:
    return analyze(label.read_text(encoding="utf-8"), name=label.name).to_dict()


def facts(wire: dict[str, Any]) -> dict[str, Any]:
    """The part of an analysis that the expected JSON speaks of."""
    return {
        **{key: wire[key] for key in ("declares_magnesium", "derivation", "elemental_mg_per_day", "use")},
        "sources": sorted(s["form"] for s in wire["sources"]),
        "excipients": sorted(e["form"] for e in wire["excipients"]),
        "directions": {key: wire["directions"][key] for key in ("unit", "units_per_day")},
        "statements": [{key: s[key] for key in ("what", "form", "value_mg", "portion")} for s in wire["statements"]],
        "grade": wire["grade"] and {key: wire["grade"][key] for key in ("best", "worst")},
        "findings": [finding["code"] for finding in wire["findings"]],
    }


@pytest.mark.parametrize("label", LABELS, ids=lambda p: p.stem)
def test_reads_as_expected(label: Path) -> None:
    wanted = expected(label)
    have = facts(analysed(label))
    wrong = [key for key in wanted if key in have and have[key] != wanted[key]]
    assert wrong == wanted.get("not_yet", []), {key: (wanted[key], have[key]) for key in wrong}


@pytest.mark.parametrize("label", LABELS, ids=lambda p: p.stem)
def test_output_follows_the_published_schema(label: Path) -> None:
    wire = json.loads(json.dumps(analysed(label)))
    jsonschema.Draft202012Validator(schema()).validate(wire)


@pytest.mark.parametrize("label", LABELS, ids=lambda p: p.stem)
def test_no_wrong_number_is_stated_as_certain(label: Path) -> None:
    true, have = expected(label)["elemental_mg_per_day"], analysed(label)["elemental_mg_per_day"]
    if have is None:
        return
    assert true is not None, "an amount that the label does not let one know"
    slack = max(1.0, 0.01 * true["low"])
    assert have["low"] <= true["high"] + slack
    assert have["high"] >= true["low"] - slack


@pytest.mark.parametrize("label", LABELS, ids=lambda p: p.stem)
def test_evidence_is_text_of_the_label(label: Path) -> None:
    wire = analysed(label)
    pieces = [e for s in wire["statements"] for e in s["evidence"]] + [
        e for f in wire["findings"] for e in f["evidence"]
    ]
    assert all(wire["text"][e["start"] : e["end"]] == e["text"] for e in pieces)


def test_fixtures_cover_every_language_and_difficulty() -> None:
    assert {label.parent.name for label in LABELS} == set(LANGUAGES)
    names = " ".join(label.stem for label in LABELS)
    assert [kind for kind in DIFFICULTIES if kind not in names] == []
    assert len(LABELS) >= 40
