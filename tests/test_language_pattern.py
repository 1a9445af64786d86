"""Both forms of the cutting pattern cut alike, and the spelled-out classes are those of Unicode."""

from __future__ import annotations

import random
import re
from pathlib import Path

import regex

from mglabel.language import pattern

LABELS = [
    path.read_text(encoding="utf-8")
    for path in sorted((Path(__file__).resolve().parent.parent / "fixtures").glob("*/*.txt"))
]
ODD = "xX×·.,  \t\n0123456789H2O0OoIlEeBDKMg+-⁺²½⅓mgµ%_|…'’()aivx\u00a0\u2009CaNaSO4\x00\x0b\x1f\x7f"


def test_the_common_classes_are_those_of_unicode() -> None:
    same = (
        (f"[{pattern.LETTERS}]", r"\p{L}"),
        (rf"[{pattern.LETTERS}\d_]", r"\w"),
        (r"\S", r"[^\s\p{C}]"),
        (r"\d", r"\d"),
        (r"[^\s\S]", r"[\p{M}\p{Cf}]"),
    )
    common = re.compile(f"[{pattern.COMMON}]")
    for character in filter(common.match, map(chr, range(0x10000))):
        for ours, theirs in same:
            agree = bool(re.fullmatch(ours, character)) == bool(regex.fullmatch(theirs, character))
            assert agree, (hex(ord(character)), theirs)


def cuts(text: str) -> list[list[tuple[str, tuple[int, int]]]]:
    """The pieces of a text in either form."""
    return [
        [(pattern.kind_of(match), match.span(1)) for match in form.finditer(text)]
        for form in (pattern.common(), pattern.universal())
    ]


def test_both_forms_cut_alike_around_every_common_character() -> None:
    for character in filter(pattern.is_common, map(chr, range(0x10000))):
        ours, theirs = cuts(f"mg {character} 1{character} {character}2 mg{character}e")
        assert ours == theirs, hex(ord(character))


def test_both_forms_cut_alike() -> None:
    chance = random.Random(11)
    texts = [*LABELS, *(disturbed(label, chance) for label in LABELS for _ in range(5))]
    compared = 0
    for text in texts:
        if pattern.is_common(text):
            ours, theirs = cuts(text)
            assert ours == theirs
            compared += 1
    assert compared > 100


def disturbed(text: str, chance: random.Random) -> str:
    """A text with an eighth of its characters exchanged for what numbers, formulas and codes are written in."""
    return "".join(chance.choice(ODD) if chance.random() < 1 / 8 else c for c in text)
