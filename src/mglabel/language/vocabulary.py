"""The words of all languages in one dictionary: from a word or a phrase to its senses.

A sense is a key with a value: `unit` -> capsule, `anion` -> citrate, `relation.of_which` -> "". Words are found as they
stand in the tables, by a stem, by the end of a closed compound, or without their accents.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from mglabel.language.lexicon import Lexicon, lexicon
from mglabel.language.spelling import folded, heads, key_of, unaccented

Senses = Mapping[str, str]
Rivals = Mapping[str, Mapping[str, str]]


LEAST_STEM = 3
"""Letters of the shortest stem that a word is known by."""


_SHORT = (2, 3)
"""A word of so few letters is not the same word without its accents: "blå" is no "bla", but "ó" is "o"."""


class Phrase(NamedTuple):
    """The words after the first of a phrase, as keys, and its senses."""

    rest: tuple[str, ...]
    senses: Senses
    is_use: bool = False
    """Whether it only tells the kind of product."""


class Phrases(NamedTuple):
    """The phrases that begin with one word: by their second word's key, and those whose second word has a star."""

    by_second: Mapping[str, tuple[Phrase, ...]]
    starred: tuple[Phrase, ...]


NO_PHRASES = Phrases({}, ())
NO_RIVALS: Rivals = {}


class Entry(NamedTuple):
    """What the dictionary holds for one word: its own senses and the phrases that begin with it.

    `rivals` tells, for a sense that languages give different values (`tres` is 3 or 60) or that a short word has in
    some of them only (`ud`), each language's value.
    """

    senses: Senses
    phrases: Phrases
    rivals: Rivals = NO_RIVALS


NOTHING = Entry({}, NO_PHRASES)


class Vocabulary:
    """Looks words up in a lexicon; it never invents senses (see `mglabel.language.words`)."""

    def __init__(self, known: Lexicon) -> None:
        self._known = known
        self._endings: dict[str, list[int]] = {}
        self._inside: dict[str, list[int]] = {}
        for number, (pattern, _) in enumerate(known.endings):
            home = self._inside if pattern.endswith("*") else self._endings
            home.setdefault(pattern.strip("*"), []).append(number)
        self._lengths = sorted({len(ending) for ending in self._endings})
        self._tails = frozenset(ending[-2:] for ending in self._endings)
        self._stem_heads = heads(known.stems, LEAST_STEM)
        self._plain_stem_heads = heads(known.plain_stems, LEAST_STEM)
        self._phrase_heads = heads(known.phrase_stems, LEAST_STEM)

    def entry(self, raw: str) -> Entry:
        """The senses and phrases of one word as written; both empty where no table knows it."""
        known = self._known
        senses = self.senses(raw)
        rivals: Rivals = known.rivals.get(folded(raw), NO_RIVALS)
        if rivals and raw in known.cased:
            cased = known.senses[known.cased[raw]]
            rivals = {key: values for key, values in rivals.items() if key not in cased}
        phrases = self._phrases(key_of(raw))
        if not senses and not phrases:
            return NOTHING
        return Entry(senses, _indexed(phrases) if phrases else NO_PHRASES, rivals)

    def senses(self, raw: str) -> Senses:
        """The senses of one word as written, none where no table knows it by itself."""
        senses = self._senses(folded(raw))
        if raw in self._known.cased:
            return {**senses, **self._known.senses[self._known.cased[raw]]}
        return senses

    def languages(self, word: str) -> tuple[str, ...]:
        """The languages whose tables list a folded word, none where that tells nothing."""
        number = self._known.languages.get(word)
        return () if number is None else tuple(self._known.speaking[number])

    def _phrases(self, key: str) -> list[Phrase]:
        """The phrases that begin with a word or with one of its stems."""
        lines = self._known.phrases.get(key, "").splitlines()
        if key[:LEAST_STEM] in self._phrase_heads:
            stems = self._known.phrase_stems
            for end in range(len(key), LEAST_STEM - 1, -1):
                if key[:end] in stems:
                    lines += stems[key[:end]].splitlines()
        if not lines:
            return []
        return [Phrase(tuple(rest), self._known.senses[int(number)]) for number, *rest in map(str.split, lines)]

    def _senses(self, word: str) -> Senses:
        known, all_senses = self._known, self._known.senses
        found: Senses = all_senses[known.words[word]] if word in known.words else {}
        if word[:LEAST_STEM] in self._stem_heads:
            found = self._with_stem(found, word, known.stems)
        for number in self._endings_of(word):
            found = {**all_senses[known.endings[number][1]], **found}
        if not found:
            found = all_senses[known.plain[word]] if word in known.plain else {}
            if word[:LEAST_STEM] in self._plain_stem_heads:
                found = self._with_stem(found, word, known.plain_stems)
        if not found and len(word) not in _SHORT and not word.isascii() and (plain := unaccented(word)) != word:
            return self._senses(plain)
        return found

    def _with_stem(self, found: Senses, word: str, stems: Mapping[str, int]) -> Senses:
        """The senses of the longest stem of a word, below those found already."""
        for end in range(len(word), LEAST_STEM - 1, -1):
            number = stems.get(word[:end])
            if number is not None:
                senses = self._known.senses[number]
                return {**senses, **found} if found else senses
        return found

    def _endings_of(self, word: str) -> list[int]:
        """The numbers of the patterns that a word ends with or holds, in the order of the tables."""
        numbers = [number for piece, own in self._inside.items() if piece in word for number in own]
        for length in self._lengths if word[-2:] in self._tails else ():
            if length > len(word):
                break
            numbers += self._endings.get(word[-length:], ())
        return sorted(numbers) if numbers else numbers


def _indexed(phrases: list[Phrase]) -> Phrases:
    """Phrases by their second word, the longest first; those with the same words share their senses."""
    merged: dict[tuple[str, ...], dict[str, str]] = {}
    for phrase in phrases:
        merged.setdefault(phrase.rest, {}).update(
            {k: v for k, v in phrase.senses.items() if k not in merged[phrase.rest]}
        )
    by_second: dict[str, list[Phrase]] = {}
    starred: list[Phrase] = []
    for rest in sorted(merged, key=len, reverse=True):
        home = starred if "*" in rest[0] else by_second.setdefault(rest[0], [])
        is_use = all(key.startswith("use.") for key in merged[rest])
        home.append(Phrase(rest, merged[rest], is_use))
    return Phrases({second: tuple(found) for second, found in by_second.items()}, tuple(starred))


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary of the package's tables."""
    return Vocabulary(lexicon())
