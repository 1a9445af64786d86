"""Where every script of this folder begins and ends: a folder of labels as columns, and the answers as a small table.

python examples/engines/with_polars.py                     the labels of examples/labels
python examples/engines/with_polars.py FOLDER --json       those of another folder, all columns, one JSON object a row
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

LABELS = Path(__file__).resolve().parents[1] / "labels"
SHOWN = ("id", "sources", "elemental_mg_per_day_high", "grade_best", "grade_worst", "error")
Table = dict[str, list[str | None]]
Rows = Iterable[Mapping[str, Any]]


def main(*ways: Callable[[Table], Rows]) -> int:
    """Check the labels in each of the ways, print the answers, and fail where the ways differ."""
    folders = [Path(argument) for argument in sys.argv[1:] if not argument.startswith("-")]
    table = read(*folders or [LABELS])
    first, *others = [tidy(way(table)) for way in ways]
    for row in [] if "--json" in sys.argv else [dict(zip(SHOWN, SHOWN, strict=True)), *first]:
        print("  ".join(f"{'' if row[name] is None else row[name]!s:<{max(15, len(name))}}" for name in SHOWN).rstrip())
    for row in first if "--json" in sys.argv else []:
        print(json.dumps(row, sort_keys=True))
    return 0 if all(other == first for other in others) else 1


def read(folder: Path) -> Table:
    """The text files below a folder, and a cell without text, which costs only its own row."""
    files = sorted(folder.rglob("*.txt"))
    names = [file.relative_to(folder).with_suffix("").as_posix() for file in files]
    return {"id": [*names, "no-text"], "text": [*(file.read_text(encoding="utf-8") for file in files), None]}


def tidy(rows: Rows) -> list[dict[str, Any]]:
    """The rows by id, since a cluster keeps no order; what is missing is None, whatever the engine calls it."""
    plain = [{name: None if cell != cell else cell for name, cell in row.items() if name != "text"} for row in rows]
    return sorted(plain, key=lambda row: row["id"])
