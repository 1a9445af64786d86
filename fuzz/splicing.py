"""Changes a label as labels differ from each other: lines, clauses, words, numbers and signs change places.

Flipped bits seldom make another label; a column put beside the directions of another product does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from random import Random

_CLAUSE = re.compile(r"[^\n.;]+[\n.;]*|[\n.;]+")
_WORD = re.compile(r"\w+|[^\w\s]|\s+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")

NUMBERS = (
    "0 1 2 3 10 60 100 120 200 300 350 375 400 420 500 1000 1500 0,1 1,5 2.5 1.500 1,500 1'000 1 000 ½ 1½ 1-2 1–2 1/2 "
    "0.0001 99999 999999999999 1e9 ١٠٠ １００ lOO 00 007 -5 +3 <1 ~100 16,1 64% 1:2 2x 2×1 1-0-1 x 3,6,9 1.2.3 80 g 3kg"
).split(" ")
UNITS = "mg g kg µg μg mcg mmol mEq mval ml l % % NRV IE kcal Mg mg/g mg/dag stk kapsler tablets".split(" ")
_SIGNS = (
    "( ) [ ] { } : ; , . | / - – — • * ** † = ≈ < > ≥ + × ~ & ' \" % ‰ ® ™ ° # @ \\ \t \n \r\n \n\n \u00a0 "
    "\u2009 \u202f \u00ad \u200b \u200e \u202e \u2060 \ufeff \x00 \x85 \u2028 \u0301 \u0308 "
    "ﬁ ① ² ₂ ⁺ ½ İ ı ß ſ K Å Ⅷ 𝟏 \ud800 .... …"
)
SIGNS = (*_SIGNS.split(" "), "  ", "   ", " | ", " / ", " (", ") ", ": ", ", ", ". ", " - ")

Change = Callable[[str, Random], str]


class Splicer:
    """Changes texts with pieces of other texts and with words; the same for the same state of chance."""

    def __init__(self, texts: Sequence[str], words: Sequence[str]) -> None:
        self._texts = texts
        self._words = words

    def changed(self, text: str, chance: Random) -> str:
        """The text changed in one to six ways."""
        changes: tuple[Change, ...] = (
            self._with_foreign_clause,
            self._with_foreign_clause,
            self._with_foreign_words,
            self._with_word,
            self._with_word,
            _with_number,
            _with_number,
            _with_unit,
            _with_sign,
            _with_sign,
            _clauses_shuffled,
            _clause_without,
            _clause_doubled,
            _word_without,
            _words_swapped,
            _recased,
            _glued,
            _cut,
        )
        for _ in range(chance.choice((1, 1, 2, 3, 6))):
            text = chance.choice(changes)(text, chance)
        return text

    def _with_foreign_clause(self, text: str, chance: Random) -> str:
        """A clause of another text put in, or in the place of one."""
        own, other = _CLAUSE.findall(text), _CLAUSE.findall(chance.choice(self._texts))
        if not other:
            return text
        at, start = chance.randrange(len(own) + 1), chance.randrange(len(other))
        own[at : at + chance.choice((0, 0, 1))] = other[start : start + chance.choice((1, 1, 2, 4))]
        return "".join(own)

    def _with_foreign_words(self, text: str, chance: Random) -> str:
        """A few words of another text in the middle of a clause."""
        own, other = _WORD.findall(text), _WORD.findall(chance.choice(self._texts))
        at, start = chance.randrange(len(own) + 1), chance.randrange(len(other) + 1)
        own[at:at] = [" ", *other[start : start + chance.randint(1, 9)], " "]
        return "".join(own)

    def _with_word(self, text: str, chance: Random) -> str:
        """A word of the tables put in, or in the place of one."""
        own = _WORD.findall(text)
        at = chance.randrange(len(own) + 1)
        own[at : at + chance.choice((0, 1))] = [chance.choice(("", " ")), chance.choice(self._words), " "]
        return "".join(own)


def _with_number(text: str, chance: Random) -> str:
    """Another number in the place of one."""
    places = [found.span() for found in _NUMBER.finditer(text)]
    start, end = chance.choice(places) if places else (len(text), len(text))
    if chance.random() < 0.3 and places:
        other = chance.choice(places)
        return text[:start] + text[slice(*other)] + text[end:]
    return text[:start] + chance.choice(NUMBERS) + text[end:]


def _with_unit(text: str, chance: Random) -> str:
    """A number with a unit put in."""
    at = _between_words(text, chance)
    return f"{text[:at]} {chance.choice(NUMBERS)}{chance.choice(('', ' '))}{chance.choice(UNITS)} {text[at:]}"


def _with_sign(text: str, chance: Random) -> str:
    """A sign put in, at times many of them."""
    at = chance.randrange(len(text) + 1) if chance.random() < 0.3 else _between_words(text, chance)
    return text[:at] + chance.choice(SIGNS) * chance.choice((1, 1, 1, 2, 40)) + text[at:]


def _between_words(text: str, chance: Random) -> int:
    places = [found.start() for found in _WORD.finditer(text)]
    return chance.choice([*places, len(text)])


def _clauses_shuffled(text: str, chance: Random) -> str:
    own = _CLAUSE.findall(text)
    if own:
        chance.shuffle(own) if chance.random() < 0.3 else own.insert(
            chance.randrange(len(own)), own.pop(chance.randrange(len(own)))
        )
    return "".join(own)


def _clause_without(text: str, chance: Random) -> str:
    own = _CLAUSE.findall(text)
    if own:
        del own[chance.randrange(len(own))]
    return "".join(own)


def _clause_doubled(text: str, chance: Random) -> str:
    own = _CLAUSE.findall(text)
    if own:
        at = chance.randrange(len(own))
        own[at:at] = [own[at]] * chance.choice((1, 1, 2, 30))
    return "".join(own)


def _word_without(text: str, chance: Random) -> str:
    own = _WORD.findall(text)
    if own:
        at = chance.randrange(len(own))
        del own[at : at + chance.choice((1, 1, 2, 5))]
    return "".join(own)


def _words_swapped(text: str, chance: Random) -> str:
    own = _WORD.findall(text)
    if len(own) > 1:
        one, other = chance.randrange(len(own)), chance.randrange(len(own))
        own[one], own[other] = own[other], own[one]
    return "".join(own)


def _recased(text: str, chance: Random) -> str:
    own = _WORD.findall(text)
    if own:
        at = chance.randrange(len(own))
        end = at + chance.choice((1, 5, len(own)))
        change = chance.choice((str.upper, str.lower, str.title, str.swapcase))
        own[at:end] = [change("".join(own[at:end]))]
    return "".join(own)


def _glued(text: str, chance: Random) -> str:
    """One space or line break left out, or another in its place."""
    places = [at for at, character in enumerate(text) if character.isspace()]
    if not places:
        return text
    at = chance.choice(places)
    return text[:at] + chance.choice(("", "\n", "\t", "  ", " | ", "-", "-\n")) + text[at + 1 :]


def _cut(text: str, chance: Random) -> str:
    start, end = sorted((chance.randrange(len(text) + 1), chance.randrange(len(text) + 1)))
    return chance.choice((text[:end], text[start:], text[:start] + text[end:]))
