"""The page of the languages: how much of each is in its table, which parts are thin, and examples."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from statistics import median

from shaping import MADE, heading, listed, table

from mglabel.tables.chemistry import forms
from mglabel.tables.language import Table, tables

SHARED, NAMES_ONLY = "mul", "la"
"""The table of all languages, and the language of which labels take names alone."""
GROUPS = {
    "Magnesium": ("magnesium", "join"),
    "Forms": ("anion", "acid", "trivial", "variant", "hydrate", "descriptor", "origin"),
    "Units, portions": ("unit", "portion", "measure", "measure_noise"),
    "Relations": ("relation", "negation", "share"),
    "Directions": ("frequency", "time", "times", "taking", "dose", "duration", "number"),
    "Sections": ("section", "function", "reference"),
    "Uses, purposes": ("use", "audience", "purpose"),
    "What it is not": ("nutrient", "drug", "claim", "body", "pack", "warning"),
}
THIN = 0.5
EXPECTED = 0.75
EXAMPLES = (
    ("magnesium", "nouns"),
    ("anion", "citrate"),
    ("anion", "bisglycinate"),
    ("acid", "citrate"),
    ("unit", "capsule"),
    ("relation", "of_which"),
    ("frequency", "daily"),
    ("section", "ingredients"),
    ("use", "supplement"),
)
PHRASES = 6

INTRO = """\
Every word that mglabel reads stands in [a table](languages.md). This page counts them: a phrase may end in `*`, which
stands for any ending, so that languages with many case endings need fewer of them. A number in *italics* is thin: less
than half of what the tables usually hold there. A label in a language that is not here is read as far as it shares
words, symbols and formulas with these.
"""


def coverage() -> str:
    """The whole page."""
    held = sorted(tables(), key=_name)
    usual = {name: median(_count(one, groups) for one in _full(held)) for name, groups in GROUPS.items()}
    rows = [_row(one, usual) for one in held]
    expected = _expected(held)
    return "\n".join(
        (
            f"{MADE}# The languages that labels are read in\n",
            INTRO,
            table(("Language", "Phrases", *GROUPS, "Forms named", "Concepts"), rows, right=range(1, len(GROUPS) + 4)),
            f"“Forms named” counts the forms of [the list](forms.md) that have a word; “concepts” those of the "
            f"{len(expected)} concepts that most tables hold.\n",
            *(_section(one, expected, usual) for one in held),
        )
    )


def _full(held: Sequence[Table]) -> list[Table]:
    """The tables of whole languages."""
    return [one for one in held if one.language not in (SHARED, NAMES_ONLY)]


def _name(held: Table) -> str:
    """The language's name; the table that holds for all languages has none."""
    return "Shared by all" if held.language == SHARED else held.name


def _count(held: Table, groups: Sequence[str]) -> int:
    return sum(entry.group in groups for entry in held.entries)


def _concepts(held: Table) -> set[tuple[str, str]]:
    return {(entry.group, entry.concept) for entry in held.entries}


def _expected(held: Sequence[Table]) -> set[tuple[str, str]]:
    """The concepts that most whole languages have words for."""
    full = _full(held)
    counted = Counter(concept for one in full for concept in _concepts(one))
    return {concept for concept, count in counted.items() if count >= EXPECTED * len(full)}


def _named(held: Table) -> set[str]:
    """The forms that have a word."""
    named = {entry.concept for entry in held.entries if entry.group in ("anion", "acid", "trivial")}
    return {form for form in forms() if form.removeprefix("other:") in named or form in named}


def _row(held: Table, usual: Mapping[str, float]) -> tuple[str, ...]:
    thin = held.language not in (SHARED, NAMES_ONLY)
    counts = [_count(held, groups) for groups in GROUPS.values()]
    cells = [
        f"*{count}*" if thin and count < THIN * usual[name] else str(count)
        for name, count in zip(GROUPS, counts, strict=True)
    ]
    concepts = str(len(_concepts(held) & _expected(tables())))
    name = f"[{_name(held)}](#{held.language})"
    return name, str(len(held.entries)), *cells, str(len(_named(held))), concepts


def _section(held: Table, expected: set[tuple[str, str]], usual: Mapping[str, float]) -> str:
    lines = [*_facts(held, expected, usual)]
    return "\n".join((heading(2, held.language, _name(held)), "\n".join(f"- {line}" for line in lines) + "\n"))


def _facts(held: Table, expected: set[tuple[str, str]], usual: Mapping[str, float]) -> Iterator[str]:
    mark = f", decimal mark “{held.decimal}”" if held.decimal else ""
    yield f"Code `{held.language}`, {len(held.entries)} phrases for {len(_concepts(held))} concepts{mark}"
    for group, concept in EXAMPLES:
        phrases = [entry.phrase for entry in held.entries if (entry.group, entry.concept) == (group, concept)]
        if phrases:
            shown = listed(f"“{phrase}”" for phrase in phrases[:PHRASES])
            more = f" and {len(phrases) - PHRASES} more" if len(phrases) > PHRASES else ""
            yield f"`{group}.{concept}`: {shown}{more}"
    if held.language in (SHARED, NAMES_ONLY):
        return
    thin = [name.lower() for name, groups in GROUPS.items() if _count(held, groups) < THIN * usual[name]]
    if thin:
        yield f"Thin: {listed(thin)}"
    missing = sorted(f"`{group}.{concept}`" for group, concept in expected - _concepts(held))
    yield (
        f"Most others have a word for these, it has none: {listed(missing)}" if missing else "No common concept missing"
    )
