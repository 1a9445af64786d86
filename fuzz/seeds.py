"""What the targets begin with: the fixtures and tables of the project, and the words of its tables."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
FIXTURES = PROJECT / "fixtures"
DATA = PROJECT / "src" / "mglabel" / "data"


def files(pattern: str, below: Path = FIXTURES, largest: int = 20_000) -> Iterator[bytes]:
    """The files of a kind, in the same order on every machine; those too large to try often are left out."""
    for path in sorted(below.rglob(pattern)):
        if path.is_file() and path.stat().st_size <= largest:
            yield path.read_bytes()


@cache
def labels() -> tuple[str, ...]:
    """The texts of all labels among the fixtures."""
    return tuple(data.decode("utf-8", "replace") for data in files("*.txt"))


@cache
def words() -> tuple[str, ...]:
    """Every word and phrase of the language tables, without the stars that stand for endings."""
    found: dict[str, None] = {}
    for path in sorted((DATA / "language").glob("*.toml")):
        for group in tomllib.loads(path.read_text(encoding="utf-8")).values():
            if isinstance(group, dict):
                for phrases in group.values():
                    found.update(dict.fromkeys(phrase.replace("*", "") for phrase in phrases))
    return tuple(found)
