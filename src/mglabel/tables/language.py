"""Load the language tables: every label word, by language and concept.

A table is a TOML file of groups, concepts and phrases; `words(pattern)` cuts a phrase as the lexer cuts a label.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from mglabel.tables.loading import resource_names, resource_text, toml_of
from mglabel.values.errors import BadTable

FOLDER = "language"
LONGEST_PHRASE = 8
"""In words."""
MOST_LETTERS = 120
_SIGNS = "%="


class Entry(NamedTuple):
    """One phrase of one concept in one language."""

    language: str
    group: str
    concept: str
    phrase: str


class Table(NamedTuple):
    """One language: its decimal mark, its phrases, and its name in English."""

    language: str
    decimal: str | None
    entries: tuple[Entry, ...]
    name: str = ""


def parse(text: str, name: str) -> Table:
    """Read one table; raises `BadTable` naming every fault."""
    raw = toml_of(text, name)
    faults: list[str] = []
    entries: list[Entry] = []
    language = raw.pop("language", None)
    decimal = raw.pop("decimal", None)
    english = raw.pop("name", None)
    if not isinstance(language, str):
        faults.append("language is missing or no text")
    if not isinstance(english, str) or not english.strip():
        faults.append("name (the language's name in English) is missing or no text")
    if decimal not in (None, ",", "."):
        faults.append(f"decimal is {decimal!r}, not ',' or '.'")
    for group, concepts in raw.items():
        if not isinstance(concepts, dict):
            faults.append(f"{group} is no table of concepts")
            continue
        for concept, phrases in concepts.items():
            faults += _faults_of(f"{group}.{concept}", phrases)
            if isinstance(phrases, list):
                entries += [Entry(str(language), group, concept, p) for p in phrases if isinstance(p, str)]
    if faults:
        raise BadTable(f"{name}: " + "; ".join(faults))
    return Table(str(language), decimal, tuple(entries), str(english))


def _faults_of(where: str, phrases: object) -> list[str]:
    """What is wrong with one list of phrases."""
    if not isinstance(phrases, list):
        return [f"{where} is no list"]
    faults = [f"{where} holds {p!r}, not a phrase" for p in phrases if not _is_phrase(p)]
    faults += [
        f"{where}: {p!r} is longer than {LONGEST_PHRASE} words"
        for p in phrases
        if isinstance(p, str) and len(p.split()) > LONGEST_PHRASE
    ]
    faults += [
        f"{where}: {p[:20]!r}... is longer than {MOST_LETTERS} letters"
        for p in phrases
        if isinstance(p, str) and len(p) > MOST_LETTERS
    ]
    folded = [p.casefold() for p in phrases if isinstance(p, str)]
    faults += [f"{where}: {p!r} stands twice" for p in sorted({p for p in folded if folded.count(p) > 1})]
    return faults


def _is_phrase(value: object) -> bool:
    """Whether a value is a text with a word, a number or a sign that a label can hold in their place."""
    return isinstance(value, str) and any(c.isalpha() or c.isdecimal() or c in _SIGNS for c in value)


@cache
def tables() -> tuple[Table, ...]:
    """Every language table of the package, by file name."""
    return tuple(parse(resource_text(name), name.rpartition("/")[2]) for name in resource_names(FOLDER, ".toml"))
