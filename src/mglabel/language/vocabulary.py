"""The words of all languages in one dictionary: from a word or a phrase to its senses.

A sense is a key with a value: `unit` -> capsule, `anion` -> citrate, `relation.of_which` -> "". Tables say which words
may carry endings (`sitraat*`) or stand at the end of a closed compound (`*tablet*`).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

import regex

from mglabel.tables.chemistry import forms
from mglabel.tables.language import Entry as LanguageEntry
from mglabel.tables.language import Table, tables

Senses = Mapping[str, str]

VALUED = frozenset(
    "anion acid trivial unit number times hydrate nutrient drug origin purpose time measure measure_noise"
    " variant".split()
)
"""Groups whose concept is the value of one key; in the other groups each concept is a key of its own."""

SHORT = 3
"""Words of so few letters mean something else in the next language: they are read in the text's languages only."""

NAMING = frozenset(("anion", "acid", "trivial"))
"""Groups whose concept names a form."""

WORDS = regex.compile(r"Mg\(OH\) ?2|B(?:12|1[01]|[1-9])(?!\p{L})|[DK][1-3](?!\p{L})|[\p{L}\p{M}*]+|\d+|%|=", regex.V0)
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))


class Phrase(NamedTuple):
    """The words after the first of a phrase, as keys, and its senses."""

    rest: tuple[str, ...]
    senses: Senses


class Phrases(NamedTuple):
    """The phrases that begin with one word: by their second word's key, and those whose second word has a star."""

    by_second: Mapping[str, tuple[Phrase, ...]]
    starred: tuple[Phrase, ...]


NO_PHRASES = Phrases({}, ())


Rivals = Mapping[str, Mapping[str, str]]
NO_RIVALS: Rivals = {}


class Entry(NamedTuple):
    """What the dictionary holds for one word: its own senses and the phrases that begin with it.

    `rivals` tells, for a sense that languages give different values (`tres` is 3 or 60) or that a short word has in
    some of them only (`ud`), each language's value.
    """

    senses: dict[str, str]
    phrases: Phrases
    rivals: Rivals = NO_RIVALS


NOTHING = Entry({}, NO_PHRASES)


def folded(word: str) -> str:
    """A word as the dictionary compares it: no soft hyphens, composed, lower case of every alphabet.

    >>> folded("MAGNÉ\\u00adSIUM")
    'magnésium'
    """
    if word.isascii():
        return word.casefold()
    return unicodedata.normalize("NFKC", word.translate(_INVISIBLE)).casefold()


def unaccented(word: str) -> str:
    """The word without diacritics, for labels typed or scanned without them.

    >>> unaccented("hořčík"), unaccented("kapsułka")
    ('horcik', 'kapsulka')
    """
    if word.isascii():
        return word
    bare = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
    return bare.replace("ł", "l").replace("ø", "o").replace("æ", "ae")


def key_of(word: str) -> str:
    """What phrases compare: the folded word without diacritics, since capitals and scans often lose them.

    >>> key_of("RÉFÉRENCE")
    'reference'
    """
    return unaccented(folded(word)) if not word.isascii() else word.casefold()


def matches(pattern: str, word: str) -> bool:
    """Whether a word is the pattern's word, its stem or its compound.

    >>> matches("citrat*", "citraten"), matches("*tablet*", "filmtabletten")
    (True, True)
    """
    if pattern[-1] == "*":
        return pattern[:-1].lstrip("*") in word if pattern[0] == "*" else word.startswith(pattern[:-1])
    return word.endswith(pattern[1:]) if pattern[0] == "*" else word == pattern


def form_id(name: str) -> str:
    """The id of a form in the chemical tables: compounds without a row of the guide are `other:<name>`.

    >>> form_id("citrate"), form_id("hydrotalcite")
    ('citrate', 'other:hydrotalcite')
    """
    return name if name in forms() else f"other:{name}"


def _also_said(entry: LanguageEntry, introducing: set[str], daily: set[str]) -> Iterator[str]:
    """What a heading says besides: its end introduces a portion ("contents per") or names the daily dose."""
    words = entry.phrase.casefold().split()
    if entry.group != "section" or len(words) < 2:
        return
    if words[-1] in introducing:
        yield "relation.per"
    if any(" ".join(words[start:]) in daily for start in range(1, len(words))):
        yield "portion.day"


class Vocabulary:
    """All tables compiled. Look words up with `entry`; it never invents senses (see `mglabel.language.words`)."""

    def __init__(self, language_tables: tuple[Table, ...]) -> None:
        self.decimals = {t.language: t.decimal for t in language_tables if t.decimal}
        self._cased: dict[str, dict[str, str]] = {}
        self._words: dict[str, dict[str, str]] = {}
        self._stems: dict[str, dict[str, str]] = {}
        self._inner: list[tuple[str, dict[str, str]]] = []
        self._phrases: dict[str, list[Phrase]] = {}
        self._phrase_stems: dict[str, list[Phrase]] = {}
        self.languages: dict[str, set[str]] = {}
        self.e_numbers: dict[str, str] = {}
        self._rivals: dict[str, dict[str, dict[str, str]]] = {}
        for table in language_tables:
            introducing = {e.phrase for e in table.entries if (e.group, e.concept) == ("relation", "per")}
            daily = {e.phrase.casefold() for e in table.entries if (e.group, e.concept) == ("portion", "day")}
            countable = {e.phrase.casefold() for e in table.entries if e.group == "unit"}
            for entry in table.entries:
                if entry.group == "e_number":
                    self.e_numbers[entry.phrase] = entry.concept
                    continue
                if entry.group == "section" and countable & set(entry.phrase.casefold().split()):
                    continue  # "each capsule contains" heads a list, but its words must stay readable one by one
                valued = entry.group in VALUED
                key = entry.group if valued else f"{entry.group}.{entry.concept}"
                value = form_id(entry.concept) if entry.group in NAMING else entry.concept if valued else ""
                self._add(entry.phrase, key, value, table.language)
                for also in _also_said(entry, introducing, daily):
                    self._add(entry.phrase, also, "", table.language)
        self._plain = {
            plain: senses for word, senses in self._words.items() if (plain := unaccented(word)) not in self._words
        }
        self._rivals = {
            word: {k: values for k, values in keys.items() if len(set(values.values())) > 1 or len(word) <= SHORT}
            for word, keys in self._rivals.items()
        }
        self._plain_stems = {
            plain: senses for stem, senses in self._stems.items() if (plain := unaccented(stem)) not in self._stems
        }

    def _add(self, phrase: str, key: str, value: str, language: str) -> None:
        first, *rest = WORDS.findall(phrase)
        if not rest and len(first) <= 4 and first.isupper() and first.isalpha():
            self._cased.setdefault(first, {})[key] = value
            return
        if not rest and key == "magnesium.symbols":
            self._cased.setdefault(first, {})["magnesium.symbols"] = value
            return
        word = folded(first)
        if rest:
            home = self._phrase_stems if word.endswith("*") else self._phrases
            found = Phrase(tuple(key_of(w) for w in rest), {key: value})
            home.setdefault(key_of(word.rstrip("*")), []).append(found)
        elif word.startswith("*"):
            self._inner.append((word, {key: value}))
        elif word.endswith("*"):
            self._stems.setdefault(word[:-1], {}).setdefault(key, value)
        else:
            if key in VALUED or len(word) <= SHORT:
                self._rivals.setdefault(word, {}).setdefault(key, {}).setdefault(language, value)
            self._words.setdefault(word, {}).setdefault(key, value)
            if language not in ("mul", "la") and len(word) > 2:
                self.languages.setdefault(word, set()).add(language)

    def entry(self, raw: str) -> Entry:
        """The senses and phrases of one word as written; both empty where no table knows it."""
        word = folded(raw)
        senses = self._senses(word)
        rivals = self._rivals.get(word, {})
        if raw in self._cased:
            senses = {**senses, **self._cased[raw]}
            rivals = {key: values for key, values in rivals.items() if key not in self._cased[raw]}
        key = key_of(raw)
        phrases = list(self._phrases.get(key, ()))
        for end in range(len(key), 2, -1):
            phrases += self._phrase_stems.get(key[:end], ())
        if not senses and not phrases:
            return NOTHING
        return Entry(senses, _indexed(phrases) if phrases else NO_PHRASES, rivals)

    def _senses(self, word: str) -> dict[str, str]:
        found = dict(self._words.get(word, ()))
        for stem_senses in self._by_stem(word, self._stems):
            found = {**stem_senses, **found}
        for pattern, senses in self._inner:
            if matches(pattern, word):
                found = {**senses, **found}
        if not found:
            found = dict(self._plain.get(word, ()))
            for stem_senses in self._by_stem(word, self._plain_stems):
                found = {**stem_senses, **found}
        if not found and not word.isascii() and (plain := unaccented(word)) != word:
            return self._senses(plain)
        return found

    @staticmethod
    def _by_stem(word: str, stems: dict[str, dict[str, str]]) -> Iterator[dict[str, str]]:
        for end in range(len(word), 2, -1):
            if word[:end] in stems:
                yield stems[word[:end]]
                return

    def of_group(self, *groups: str) -> Iterator[tuple[str, str, str]]:
        """Every single word or stem of these groups, as (word without stars, key, value)."""
        for home in (self._words, self._stems):
            for word, senses in home.items():
                for key, value in senses.items():
                    if key.partition(".")[0] in groups:
                        yield word, key, value


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
        home.append(Phrase(rest, merged[rest]))
    return Phrases({second: tuple(found) for second, found in by_second.items()}, tuple(starred))


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary of the package's tables."""
    return Vocabulary(tables())
