"""From one written word to its senses: looked up, taken apart (closed compounds), or repaired (typos, scans)."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from mglabel.language.lexicon import Lexicon, lexicon
from mglabel.language.spelling import SCAN_SLIPS, common_tails, folded, heads, key_of, unaccented
from mglabel.language.vocabulary import NO_PHRASES, NO_RIVALS, NOTHING, Phrases, Rivals, Senses, Vocabulary

_AS_WRITTEN = ("audience.", "claim.", "purpose.", "use.")
"""Senses that no repaired word gets alone: a word unknown in one language is one letter from another's ("gelten")."""

SHORTEST_REPAIR = 5
LONGEST_WORD = 60
LEAST_NAME = 4
"""Letters of the shortest nutrient or anion that is looked for inside a word."""


class Word(NamedTuple):
    """What one written word means. `repaired` is the correct spelling where the label's was mended."""

    senses: Senses
    phrases: Phrases = NO_PHRASES
    repaired: str | None = None
    rivals: Rivals = NO_RIVALS
    key: str = ""
    languages: tuple[str, ...] = ()


UNREAD = Word({})
"""What a piece of a chemical formula means as a word: nothing."""


class WordReader:
    """Reads words by the vocabulary; one reader may serve many labels and threads."""

    def __init__(self, known: Lexicon) -> None:
        self._vocabulary = Vocabulary(known)
        self._known = known
        self._pieces = known.pieces
        self._anions = known.anions
        self._drugs = tuple(known.drugs)
        self._longest = max(map(len, self._pieces), default=0)
        self._anion_tails = common_tails(known.anions)
        self._anion_heads = heads(known.anions, LEAST_NAME)
        self._nutrient_heads = heads(known.nutrients, LEAST_NAME)

    def form_of_e_number(self, number: str) -> str | None:
        """The magnesium compound behind an E number such as "470b", None where it holds no magnesium."""
        return self._known.e_numbers.get(number)

    def decimal_of(self, language: str) -> str | None:
        """The decimal mark of a language, None if no table says."""
        return self._known.decimals.get(language)

    def read(self, raw: str) -> Word:
        """The senses of a word as written."""
        senses, phrases, repaired, rivals, _, _ = self._read(raw)
        return Word(senses, phrases, repaired, rivals, key_of(raw), self._vocabulary.languages(folded(raw)))

    def _read(self, raw: str) -> Word:
        if len(raw) > LONGEST_WORD:
            return UNREAD
        entry = self._vocabulary.entry(raw)
        word = folded(raw)
        if entry is NOTHING:
            return self._read_unknown(raw, word)
        senses = entry.senses
        if not any(key.startswith(("magnesium", "anion", "trivial", "variant")) for key in senses):
            senses = self._magnesium_word(word) or self._other_compound(word) or senses
        return Word(senses, entry.phrases, None, entry.rivals)

    def _read_unknown(self, raw: str, word: str) -> Word:
        """A word that no table knows: a compound, or magnesium or another word behind a slip."""
        senses = self._magnesium_word(word)
        if senses:
            return Word(senses)
        if len(word) < SHORTEST_REPAIR:
            return Word(self._other_compound(word) or {})
        candidates = self._unslipped(raw, word)
        slipped = self._slipped_magnesium(candidates) or self._near_magnesium(word)
        if slipped:
            return slipped
        senses = self._other_compound(word)
        return Word(senses) if senses else self._repaired(candidates, word)

    def _slipped_magnesium(self, candidates: list[str]) -> Word | None:
        """A closed compound of magnesium behind a scan's slip."""
        for candidate in candidates:
            senses = self._magnesium_word(candidate)
            if senses:
                return Word(senses, NO_PHRASES, candidate)
        return None

    @staticmethod
    def _unslipped(raw: str, word: str) -> list[str]:
        """Spellings that a scan may have turned into this one."""
        candidates = [word.replace(wrong, right) for wrong, right in SCAN_SLIPS if wrong in word]
        if "I" not in raw:
            return candidates
        upright = "".join("l" if c == "I" and i and raw[i - 1].islower() else c for i, c in enumerate(raw))
        return [folded(upright), *candidates] if upright != raw else candidates

    def _magnesium_word(self, word: str) -> dict[str, str] | None:
        """The senses of a closed compound of magnesium, None where the word is none."""
        for spelled in (word,) if word.isascii() else (word, unaccented(word)):
            for stem in self._known.magnesium:
                at = spelled.find(stem)
                if at >= 0:
                    return self._magnesium_compound(spelled[:at], spelled[at + len(stem) :])
        return None

    def _magnesium_compound(self, before: str, after: str) -> dict[str, str]:
        senses: dict[str, str] = {"magnesium.nouns": ""}
        if before and before.startswith(self._drugs):
            return {"drug": "other"}
        if before in self._pieces and self._pieces[before][0] == "variant":
            senses["variant"] = self._pieces[before][1]
        elif before.strip("-"):
            senses |= {
                k: v for k, v in self._vocabulary.entry(before).senses.items() if k.startswith(("origin", "portion"))
            }
        found, rest = self._taken_apart(after)
        senses |= found
        if len(rest) > 3 and "anion" not in found:
            near = self._near_anion(rest) if not found else None
            if near:
                senses |= near | {"slip": ""}
            elif not found and self._names_some_salt(rest):
                senses["magnesium.other"] = ""
        return senses

    def _names_some_salt(self, rest: str) -> bool:
        """Whether what stands behind magnesium is an anion that no table knows, or says "compounds"."""
        known = self._vocabulary.senses(rest)
        return "relation.compound" in known if known else rest.endswith(self._anion_tails)

    def _taken_apart(self, rest: str) -> tuple[dict[str, str], str]:
        """The known pieces at the start of the second part of a compound, longest first, and what is left."""
        found: dict[str, str] = {}
        at = taken = 0
        while at < len(rest):
            for end in range(min(len(rest), at + self._longest), at + 2, -1):
                piece = self._pieces.get(rest[at:end])
                if piece:
                    if piece[0] == "anion" and "anion" in found:
                        piece = ("anion", self._double_anion(found["anion"], piece[1]))
                    found[piece[0]] = piece[1]
                    at = taken = end
                    break
            else:
                if rest[at] not in "-lds" or at + 1 >= len(rest):
                    break
                at += 1
        return found, rest[taken:]

    @staticmethod
    def _double_anion(first: str, second: str) -> str:
        """Two anions in one word name the mixed salt where there is one, else the first counts."""
        return "citrate_malate" if {first, second} == {"citrate", "malate"} else first

    def _other_compound(self, word: str) -> dict[str, str] | None:
        """Senses of a word such as "calciumcarbonat" or "dicitrat", None where it is neither."""
        if word[:LEAST_NAME] in self._nutrient_heads:
            for end in range(len(word) - 2, LEAST_NAME - 1, -1):
                nutrient = self._known.nutrients.get(word[:end])
                if nutrient:
                    return {"nutrient": nutrient, "other_compound": ""}
        for start in range(1, len(word) - LEAST_NAME + 1):
            if word[start : start + LEAST_NAME] not in self._anion_heads:
                continue
            for end in range(len(word), start + LEAST_NAME - 1, -1):
                form = self._anions.get(word[start:end])
                if form:
                    found, rest = self._taken_apart(word)
                    return found if "anion" in found and len(rest) <= 5 else {"other_compound": ""}
        return None

    def _repaired(self, candidates: list[str], word: str) -> Word:
        """The word behind a scan's slip."""
        for candidate in candidates:
            senses = self._vocabulary.senses(candidate)
            if candidate != word and not all(key.startswith(_AS_WRITTEN) for key in senses):
                entry = self._vocabulary.entry(candidate)
                return Word(entry.senses, entry.phrases, candidate)
        return UNREAD

    def _near_magnesium(self, word: str) -> Word | None:
        """A word whose beginning is at most two slips from a word for magnesium, the rest read as its anion."""
        plain = unaccented(word)
        for stem in self._known.magnesium:
            if len(plain) < len(stem) - 1 or plain[:2] != stem[:2]:
                continue
            lengths = (len(stem) + d for d in (0, 1, -1) if len(stem) + d <= len(plain))
            distance, end = min((_slips()(plain[:n], stem, score_cutoff=2), n) for n in lengths)
            if distance > 2 or (distance == 2 and len(plain) - end < 3 and len(plain) != end):
                continue
            found = self._near_anion(plain[end:]) if len(plain) - end > 3 else {}
            if found is not None:
                return Word({"magnesium.nouns": ""} | found, NO_PHRASES, stem + plain[end:])
        return None

    def _near_anion(self, rest: str) -> dict[str, str] | None:
        """The one anion nearest to a misspelt one, None where none or several are as near."""
        found, _ = self._taken_apart(rest)
        if "anion" in found:
            return found
        slips = _slips()
        best: dict[int, set[str]] = {}
        for anion, form in self._anions.items():
            distance = slips(unaccented(anion), rest[: len(anion)], score_cutoff=2)
            if distance <= 2 and distance * 3 < len(anion):
                best.setdefault(distance, set()).add(form)
        nearest = best[min(best)] if best else set()
        return {"anion": nearest.pop()} if len(nearest) == 1 else None


@cache
def _slips() -> Callable[..., int]:
    """How many slips of typing part two words; loaded when it is needed, which is seldom."""
    from rapidfuzz.distance import OSA

    return OSA.distance


@cache
def word_reader() -> WordReader:
    """The reader over the package's lexicon."""
    return WordReader(lexicon())
