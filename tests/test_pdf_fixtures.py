"""The PDF labels in fixtures/pdf: each stands beside the facts it was made from, and the set stays small and varied."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

HOME = Path(__file__).resolve().parent.parent / "fixtures" / "pdf"
FILES = sorted(HOME.glob("*.pdf"))
KINDS = (
    "table panel leaflet type multilingual artwork rotate hidden scan encrypted damaged font zero blank junk form "
    "catalogue datasheet"
).split()
EXPECTED = {"ok", "no_text", "password", "corrupt", "garbled", "hidden_layer", "partial"}


def gold(file: Path) -> dict[str, Any]:
    return json.loads(file.with_suffix(".gold.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("file", FILES, ids=lambda p: p.stem)
def test_facts_stand_beside_each_file(file: Path) -> None:
    facts = gold(file)
    assert facts["file"] == file.name
    assert facts["expect"] in EXPECTED
    for product in facts["products"]:
        day = product["elemental_mg_per_day"]
        assert day is None or day[0] <= day[1]
        assert product["sources"]


def test_every_gold_has_its_file() -> None:
    assert {gold_file.name.removesuffix(".gold.json") for gold_file in HOME.glob("*.gold.json")} == {
        file.stem for file in FILES
    }


def test_set_is_small_and_varied() -> None:
    assert sum(file.stat().st_size for file in FILES) < 3_000_000
    names = [file.name for file in FILES]
    assert [kind for kind in KINDS if not any(kind in name for name in names)] == []
    assert len({gold(file)["producer"] for file in FILES}) > 10
