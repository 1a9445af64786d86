"""Short outputs kept in tests/golden, to be looked at when they change.

`MGLABEL_GOLDEN=write python -m pytest tests/test_report_pieces.py` writes them anew.
"""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path(__file__).with_name("golden")


def check(name: str, found: str) -> None:
    """Compare with what is kept under this name, a piece of markup a line."""
    path, lines = FOLDER / name, found.replace("><", ">\n<") + "\n"
    if os.environ.get("MGLABEL_GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(lines, encoding="utf-8")
    assert lines == path.read_text(encoding="utf-8")
