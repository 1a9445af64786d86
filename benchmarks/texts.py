"""Texts to measure on: labels from the repository, labels made up in eight languages, and texts that try to hurt.

Made-up labels differ in their numbers, and each holds two words of no language (a brand, an extract), so that no
store of words knows all of them.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache
from pathlib import Path

HERE = Path(__file__).resolve().parent
HOME = HERE.parent
LABEL_BYTES = 400

HOSTILE: dict[str, Callable[[int], str]] = {
    "numbers in a line": lambda size: "12 " * (size // 3),
    "magnesium, again and again": lambda size: "magnesium " * (size // 10),
    "no spaces": lambda size: "magnesium400mg" * (size // 14),
    "one letter": lambda size: "a" * size,
    "only brackets": lambda size: "(" * size,
    "brackets around brackets": lambda size: "(magnesium " * (size // 18) + ") mg 4 " * (size // 18),
    "only line breaks": lambda size: "\n" * size,
    "points and digits": lambda size: "1." * (size // 2),
    "amounts and percentages": lambda size: "magnesium" + " 100 mg 5 % #" * (size // 13),
    "numbers in pieces": lambda size: "magnesium 1 1, 1 50 mg " * (size // 23),
    "heads in one row": lambda size: "magnesium\tper day\tper 2 tablets / 3 tablets\t" * (size // 45),
    "doses in one sentence": lambda size: "magnesium 3 capsules daily 1 capsule til frokost and 2 " * (size // 55),
}


def repository() -> list[str]:
    """The labels of the repository."""
    files = sorted([*HOME.glob("fixtures/**/*.txt"), *HOME.glob("examples/labels/*.txt")])
    return [file.read_text(encoding="utf-8") for file in files]


def labels(count: int, seed: int = 0) -> list[str]:
    """So many different labels of magnesium products, about 400 bytes each; the same ones for the same seed."""
    return _made("magnesium.txt", count, seed)


def unrelated(count: int, seed: int = 0) -> list[str]:
    """Labels of other products, without magnesium."""
    return _made("other.txt", count, seed)


def ordinary(size: int) -> str:
    """A long text of many different labels, of so many bytes."""
    text = "\n\n".join(labels(size // LABEL_BYTES + size // 4000 + 2, seed=size))
    return text.encode()[:size].decode(errors="ignore")


def _made(file: str, count: int, seed: int) -> list[str]:
    chance = random.Random(seed)
    templates = _templates(file)
    return [_filled(templates[at % len(templates)], chance) for at in range(count)]


@cache
def _templates(file: str) -> tuple[str, ...]:
    """Labels with places for numbers and for the words that nobody knows."""
    return tuple((HERE / file).read_text(encoding="utf-8").strip().split("\n---\n"))


def _filled(template: str, chance: random.Random) -> str:
    magnesium = chance.randrange(50, 450, 5)
    return template.format(
        brand=_word(chance),
        extract=_word(chance),
        salt=magnesium * chance.randint(6, 9),
        magnesium=magnesium,
        percent=round(magnesium / 3.75),
        units=chance.randint(1, 4),
        times=chance.randint(1, 3),
        pieces=chance.choice((30, 60, 90, 100, 120, 180)),
    )


def _word(chance: random.Random) -> str:
    """A word of no language, with a capital."""
    return "".join(
        chance.choice("bdfgklmnprstv") + chance.choice("aeiouy") for _ in range(chance.randint(2, 4))
    ).title()
