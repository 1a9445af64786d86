"""Does a text mention magnesium at all? One pass with a pattern built from the name tables, before anything is read.

It may say yes too often, since the reading decides; it never says no to a name, trade name, symbol or E number of the
tables, to their slips of a scanner, or to what a typing error leaves of the word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from mglabel.language.vocabulary import WORDS, folded, unaccented
from mglabel.language.words import SCAN_SLIPS
from mglabel.tables.language import Entry, tables

_GAP = r"[\W_]{0,4}"
_LETTER = r"[^\W\d_]"
_DISGUISED = re.compile("[\u00ad\u0300-\u036f\u200b-\u200f\u2060\ufb00-\ufb06\ufeff\uff21-\uff5a]")
"""Invisible and combining marks, ligatures and full-width letters: a text with these is folded before its search."""


def mentions_magnesium(text: str) -> bool:
    """Whether the text may mention magnesium or one of its compounds.

    >>> mentions_magnesium("Hořčík 100 mg"), mentions_magnesium("E 470b"), mentions_magnesium("Zinc 10 mg")
    (True, True, False)
    """
    names, signs = _patterns()
    if signs.search(text) is not None or names.search(text.casefold()) is not None:
        return True
    if text.isascii() or _DISGUISED.search(text) is None:
        return False
    return names.search(folded(text)) is not None or names.search(unaccented(folded(text))) is not None


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The pattern of names in folded text, and that of signs in the text as written."""
    entries = [entry for table in tables() for entry in table.entries]
    named = [e for e in entries if e.group == "trivial" or (e.group == "magnesium" and e.concept != "symbols")]
    symbols = [e.phrase for e in entries if e.group == "magnesium" and e.concept == "symbols"]
    numbers = [e.phrase for e in entries if e.group == "e_number"]
    spelled = _prefix_tree(_needles(named))
    signs = rf"(?:{'|'.join(map(re.escape, symbols))})(?![a-z])|(?i:\bE[ -]?(?:{'|'.join(sorted(numbers))}))"
    return re.compile(f"{spelled}|{_misspelt(named)}"), re.compile(signs)


def _needles(entries: Iterable[Entry]) -> list[str]:
    """The shortest names that every longer one holds, with and without accents, and as scanners misread them."""
    plain = {" ".join(WORDS.findall(folded(e.phrase).replace("*", ""))) for e in entries}
    plain |= {unaccented(name) for name in plain}
    slipped = {name.replace(right, wrong) for name in plain for wrong, right in SCAN_SLIPS if right in name}
    kept: set[str] = set()
    for name in sorted(plain | slipped, key=lambda name: (len(name), name)):
        ends = range(1, len(name) + 1)
        if not any(name[start:end] in kept for end in ends for start in range(end)):
            kept.add(name)
    return sorted(kept)


def _prefix_tree(names: Iterable[str]) -> str:
    """Names as one pattern that tries each first letter once; words of a phrase may be parted by marks."""
    branches: dict[str, list[str]] = {}
    for name in names:
        if not name:
            return ""
        branches.setdefault(name[0], []).append(name[1:])
    parts = [(_GAP if first == " " else re.escape(first)) + _prefix_tree(rest) for first, rest in branches.items()]
    return parts[0] if len(parts) == 1 else f"(?:{'|'.join(parts)})"


def _misspelt(entries: Iterable[Entry]) -> str:
    """What two typing errors leave of a stem: its first two letters, and two of its later ones soon behind them."""
    stems = {unaccented(folded(e.phrase)) for e in entries if e.concept == "stems"}
    heads = {stem[:2]: "".join(sorted({c for s in stems if s[:2] == stem[:2] for c in s[3:]})) for stem in stems}
    return "|".join(rf"{head}{_LETTER}{{0,3}}[{tail}]{_LETTER}{{0,3}}[{tail}]" for head, tail in sorted(heads.items()))
