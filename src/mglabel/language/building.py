"""Build the lexicon from the language tables: phrases to senses, and the patterns that find magnesium at all.

A sense is a key with a value: `unit` -> capsule, `anion` -> citrate, `relation.of_which` -> "". Tables say which words
may carry endings (`sitraat*`) or stand at the end of a closed compound (`*tablet*`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import regex

from mglabel.language.lexicon import Lexicon, Pieces, Rivals
from mglabel.language.spelling import SCAN_SLIPS, folded, key_of, unaccented
from mglabel.tables.chemistry import forms
from mglabel.tables.language import Entry, Table

Senses = dict[str, str]

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
_IN_COMPOUNDS = ("anion", "hydrate", "variant", "negation", "join", "descriptor", "unit")
_NEVER_IN_COMPOUNDS = ("negation.before", "negation.contrast", "join.of")
_GAP = r"[\W_]{0,4}"
_LETTER = r"[^\W\d_]"
_SLIPS = 2
"""Typing errors that a word for magnesium may have."""

_SURE = 3
"""So many first letters of its stem are looked at for themselves; the others may stand in any order."""


def form_id(name: str) -> str:
    """The id of a form in the chemical tables: compounds without a row of the guide are `other:<name>`.

    >>> form_id("citrate"), form_id("hydrotalcite")
    ('citrate', 'other:hydrotalcite')
    """
    return name if name in forms() else f"other:{name}"


def build(tables: Iterable[Table]) -> Lexicon:
    """The lexicon of some tables."""
    return _Builder(tables).lexicon()


class _Builder:
    """Gathers the phrases of all tables, then numbers their senses."""

    def __init__(self, tables: Iterable[Table]) -> None:
        self._tables = tuple(tables)
        self._cased: dict[str, Senses] = {}
        self._words: dict[str, Senses] = {}
        self._stems: dict[str, Senses] = {}
        self._endings: list[tuple[str, Senses]] = []
        self._phrases: dict[str, list[tuple[Senses, list[str]]]] = {}
        self._phrase_stems: dict[str, list[tuple[Senses, list[str]]]] = {}
        self._languages: dict[str, set[str]] = {}
        self._e_numbers: dict[str, str] = {}
        self._rivals: dict[str, Rivals] = {}
        self._numbers: dict[tuple[tuple[str, str], ...], int] = {}
        for table in self._tables:
            self._add_table(table)

    def _add_table(self, table: Table) -> None:
        introducing = {e.phrase for e in table.entries if (e.group, e.concept) == ("relation", "per")}
        daily = {e.phrase.casefold() for e in table.entries if (e.group, e.concept) == ("portion", "day")}
        countable = {e.phrase.casefold() for e in table.entries if e.group == "unit"}
        times = {e.phrase.casefold(): e.concept for e in table.entries if e.group == "time"}
        for entry in table.entries:
            if entry.group == "e_number":
                self._e_numbers[entry.phrase] = entry.concept
                continue
            if entry.group == "section" and countable & set(entry.phrase.casefold().split()):
                continue  # "each capsule contains" heads a list, but its words must stay readable one by one
            valued = entry.group in VALUED
            key = entry.group if valued else f"{entry.group}.{entry.concept}"
            value = form_id(entry.concept) if entry.group in NAMING else entry.concept if valued else ""
            self._add(entry.phrase, key, value, table.language)
            for also in _also_said(entry, introducing, daily):
                self._add(entry.phrase, also, "", table.language)
            if entry.group == "taking":
                for time in _times_in(entry, times):
                    self._add(entry.phrase, "time", time, table.language)

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
            home.setdefault(key_of(word.rstrip("*")), []).append(({key: value}, [key_of(w) for w in rest]))
        elif word.startswith("*"):
            self._endings.append((word, {key: value}))
            self._speak(word.strip("*"), language)
        elif word.endswith("*"):
            self._stems.setdefault(word[:-1], {}).setdefault(key, value)
            self._speak(word[:-1], language)
        else:
            if key in VALUED or len(word) <= SHORT:
                self._rivals.setdefault(word, {}).setdefault(key, {}).setdefault(language, value)
            self._words.setdefault(word, {}).setdefault(key, value)
            self._speak(word, language)

    def _speak(self, word: str, language: str) -> None:
        """Remember that a word tells a language; an ending is a word of its own too ("*kapsel")."""
        if language not in ("mul", "la") and len(word) > 2:
            self._languages.setdefault(word, set()).add(language)

    def lexicon(self) -> Lexicon:
        """Everything gathered, as plain data."""
        words, stems = self._words, self._stems
        spoken = {word: tuple(sorted(languages)) for word, languages in self._languages.items()}
        speaking = {languages: number for number, languages in enumerate(dict.fromkeys(spoken.values()))}
        entries = [entry for table in self._tables for entry in table.entries]
        named = [e for e in entries if e.group == "trivial" or (e.group == "magnesium" and e.concept != "symbols")]
        needles = _needles(named)
        alone, parts = _parts_of_phrases(needles)
        misspelt = _misspelt(named)
        signs, sign_hints = _sign_patterns(entries)
        return Lexicon(
            words=self._numbered(words),
            stems=self._numbered(stems),
            plain=self._numbered(_without_accents(words)),
            plain_stems=self._numbered(_without_accents(stems)),
            cased=self._numbered(self._cased),
            endings=[(pattern, self._number(senses)) for pattern, senses in self._endings],
            phrases=self._lines(self._phrases),
            phrase_stems=self._lines(self._phrase_stems),
            senses=[dict(senses) for senses in self._numbers],
            speaking=[list(languages) for languages in speaking],
            languages={word: speaking[languages] for word, languages in spoken.items()},
            rivals={
                word: kept
                for word, keys in _with_twins(self._rivals, words).items()
                if (kept := _differing(word, keys))
            },
            decimals={t.language: t.decimal for t in self._tables if t.decimal},
            e_numbers=self._e_numbers,
            pieces=self._pieces(),
            magnesium=sorted({w for w, k, _ in self._of_group("magnesium") if k == "magnesium.stems"}, key=_plainest),
            nutrients={w: v for w, _, v in self._of_group("nutrient") if len(w) >= 4 and v != "other"},
            anions={w: v for w, _, v in self._of_group("anion") if len(w) >= 4},
            drugs=[w for w, _, _ in self._of_group("drug") if len(w) >= 5],
            names="|".join([*_by_first_letter(needles), misspelt]),
            signs=signs,
            name_hints="|".join([*_by_first_letter(_shortest({*needles, *alone})), misspelt, *sorted(parts)]),
            sign_hints=sign_hints,
        )

    def _number(self, senses: Senses) -> int:
        """The number of some senses; the same senses in the same order have the same one."""
        return self._numbers.setdefault(tuple(senses.items()), len(self._numbers))

    def _numbered(self, words: Mapping[str, Senses]) -> dict[str, int]:
        return {word: self._number(senses) for word, senses in words.items()}

    def _lines(self, phrases: Mapping[str, list[tuple[Senses, list[str]]]]) -> dict[str, str]:
        """Phrases as lines of text, which are taken apart when a label holds their first word."""
        return {
            first: "\n".join(f"{self._number(senses)} {' '.join(rest)}" for senses, rest in found)
            for first, found in phrases.items()
        }

    def _of_group(self, *groups: str) -> Iterator[tuple[str, str, str]]:
        """Every single word or stem of these groups, as (word without stars, key, value)."""
        for home in (self._words, self._stems):
            for word, senses in home.items():
                for key, value in senses.items():
                    if key.partition(".")[0] in groups:
                        yield word, key, value

    def _pieces(self) -> Pieces:
        pieces: Pieces = {}
        for word, key, value in self._of_group(*_IN_COMPOUNDS):
            if key not in _NEVER_IN_COMPOUNDS and len(word) > 2:
                pieces.setdefault(word, (key, value))
        return pieces


def _plainest(stem: str) -> tuple[int, bool, str]:
    """Short stems first, and of two as long the one without accents: a slip is mended to what is nearest."""
    return len(stem), not stem.isascii(), stem


def _also_said(entry: Entry, introducing: set[str], daily: set[str]) -> Iterator[str]:
    """What a heading says besides: its end introduces a portion ("contents per") or names the daily dose."""
    words = entry.phrase.casefold().split()
    if entry.group != "section" or len(words) < 2:
        return
    if words[-1] in introducing:
        yield "relation.per"
    if any(end in daily for end in _ends_of(words)):
        yield "portion.day"


def _times_in(entry: Entry, times: Mapping[str, str]) -> Iterator[str]:
    """The time of day that a way of taking ends with: "together with breakfast"."""
    yield from (times[end] for end in _ends_of(entry.phrase.casefold().split()) if end in times)


def _ends_of(words: Sequence[str]) -> Iterator[str]:
    """What a phrase of several words ends with, the longest first."""
    return (" ".join(words[start:]) for start in range(1, len(words)))


def _without_accents(words: Mapping[str, Senses]) -> dict[str, Senses]:
    """Words by their spelling without accents, where that is no other word."""
    return {plain: senses for word, senses in words.items() if (plain := unaccented(word)) not in words}


def _with_twins(rivals: Mapping[str, Rivals], words: Mapping[str, Senses]) -> dict[str, Rivals]:
    """Rivals also by the spelling without accents, where that is no other word: "man" is a month in Swedish only."""
    found = {word: {key: dict(values) for key, values in keys.items()} for word, keys in rivals.items()}
    for word, keys in rivals.items():
        if (twin := unaccented(word)) not in words:
            for key, values in keys.items():
                found.setdefault(twin, {}).setdefault(key, {}).update(values)
    return found


def _told_apart(rivals: Mapping[str, Rivals]) -> dict[str, Rivals]:
    """The words that mean different things in different languages, with what they mean in each."""
    return {word: kept for word, keys in rivals.items() if (kept := _differing(word, keys))}


def _differing(word: str, keys: Rivals) -> Rivals:
    """The senses that languages give different values, and all that a short word has."""
    return {key: values for key, values in keys.items() if len(set(values.values())) > 1 or len(word) <= SHORT}


# -- patterns that find magnesium --------------------------------------------------------------------------------------


def _sign_patterns(entries: Iterable[Entry]) -> tuple[str, str]:
    """The pattern of symbols and E numbers in text as written, and that of a piece where one may lie or begin."""
    symbols = [e.phrase for e in entries if e.group == "magnesium" and e.concept == "symbols"]
    numbers = "|".join(sorted(re.escape(e.phrase) for e in entries if e.group == "e_number"))
    signs = rf"(?:{'|'.join(map(re.escape, symbols))})(?![a-z])|(?i:\bE[ -]?(?:{numbers}))"
    return signs, rf"{signs}|^(?i:{numbers})"


def _needles(entries: Iterable[Entry]) -> list[str]:
    """The names that are searched for, with and without accents."""
    plain = {" ".join(WORDS.findall(folded(e.phrase).replace("*", ""))) for e in entries}
    return _shortest(plain | {unaccented(name) for name in plain})


def _shortest(names: Iterable[str]) -> list[str]:
    """The names that every longer one holds."""
    kept: set[str] = set()
    for name in sorted(names, key=lambda name: (len(name), name)):
        ends = range(1, len(name) + 1)
        if not any(name[start:end] in kept for end in ends for start in range(end)):
            kept.add(name)
    return sorted(kept)


def _by_first_letter(names: Iterable[str]) -> list[str]:
    """Patterns of names, each of which begins with a letter as it is: a search then skips what can begin none."""
    found = []
    for first, rest in _branches(names).items():
        behind = _tree(rest)
        found += [re.escape(spelled) + behind for spelled in _spellings(first)]
    return found


def _tree(names: Iterable[str]) -> str:
    """Names as one pattern that tries each first letter once; words of a phrase may be parted by marks."""
    branches = _branches(names)
    if "" in branches:
        return ""
    return _group([_misread(first) + _tree(rest) for first, rest in branches.items()])


def _branches(names: Iterable[str]) -> dict[str, list[str]]:
    """The rests of names by their first letters."""
    branches: dict[str, list[str]] = {}
    for name in names:
        branches.setdefault(name[:1], []).append(name[1:])
    return branches


def _group(patterns: Sequence[str]) -> str:
    return patterns[0] if len(patterns) == 1 else f"(?:{'|'.join(patterns)})"


def _spellings(letter: str) -> tuple[str, ...]:
    """A letter and what a scanner makes of it."""
    return (letter, *(wrong for wrong, right in SCAN_SLIPS if right == letter))


def _misread(letter: str) -> str:
    """A pattern of a letter and of what a scanner makes of it; a space stands for what parts two words."""
    spelled = _spellings(letter)
    if letter == " ":
        return _GAP
    if len(spelled) > 1 and all(len(one) == 1 for one in spelled):
        return f"[{re.escape(''.join(spelled))}]"
    return _group([re.escape(one) for one in spelled])


def _parts_of_phrases(names: Iterable[str]) -> tuple[set[str], set[str]]:
    """For names of several words the longest one, which stays whole wherever spaces part the name.

    Short ones would stand in many other words: they come as patterns, in which only a letter of the neighbour in the
    name or no letter at all may touch them.
    """
    words_alone, patterns = set(), set()
    for words in (name.split() for name in names if " " in name):
        at = max(range(len(words)), key=lambda at: (len(words[at]), at))
        if len(words[at]) > SHORT:
            words_alone.add(words[at])
            continue
        left = rf"(?:(?<![^\W_])|(?<=[{_ends(words[at - 1][-1], -1)}]))" if at else ""
        right = rf"(?:(?![^\W_])|(?=[{_ends(words[at + 1][0], 0)}]))" if at + 1 < len(words) else ""
        patterns.add(left + "".join(map(_misread, words[at])) + right)
    return words_alone, patterns


def _ends(letter: str, end: int) -> str:
    """The first or last characters of all spellings of a letter."""
    return re.escape("".join(spelled[end] for spelled in _spellings(letter)))


def _misspelt(entries: Iterable[Entry]) -> str:
    """What two typing errors leave of a stem at the start of a word, where they leave any: see `_misspelt_head`."""
    stems = {unaccented(folded(e.phrase)) for e in entries if e.concept == "stems"}
    stems = {stem for stem in stems if len(stem) > _SURE + _SLIPS}
    return "|".join(
        _misspelt_head(head, [stem for stem in stems if stem[:2] == head]) for head in sorted({s[:2] for s in stems})
    )


def _misspelt_head(head: str, stems: Collection[str]) -> str:
    """The pattern for the stems that begin with two letters: those, nearly the length, and all but two of the letters
    from the fourth on, in any order. It begins with letters, so that a search skips all others."""
    later = re.escape("".join(sorted({letter for stem in stems for letter in stem[_SURE:]})))
    shortest = min(map(len, stems))
    length, kept = shortest - 1 - len(head), shortest - _SURE - _SLIPS
    head = re.escape(head)
    return rf"{head}(?<!{_LETTER}{head})(?={_LETTER}{{{length}}})(?:{_LETTER}{{0,3}}[{later}]){{{kept}}}"
