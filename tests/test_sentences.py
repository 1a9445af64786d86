"""Sentences of doses and amounts in many wordings, each with the day that it lets one know, and nothing narrower."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from mglabel import analyze

TABLE = Path(__file__).resolve().parent.parent / "fixtures" / "sentences.toml"
SENTENCES = tomllib.loads(TABLE.read_text(encoding="utf-8"))["sentence"]
OF_ROUNDING = 1


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda s: s["text"][:60])
def test_says_its_day(sentence: dict[str, Any]) -> None:
    mg = analyze(sentence["text"]).settled.intake.mg_per_day
    read = None if mg is None else [float(mg.low), float(mg.high)]
    assert read == (pytest.approx(sentence["day"], abs=OF_ROUNDING) if "day" in sentence else None)
