"""Does a text mention magnesium at all? One pass with a pattern built from the name tables, before anything is read.

It may say yes too often, since the reading decides; it never says no to a name, trade name, symbol or E number of the
tables, to their slips of a scanner, or to what a typing error leaves of the word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from mglabel.language.lexicon import Lexicon, lexicon
from mglabel.language.markup import without_markup
from mglabel.language.spelling import folded, unaccented

STORE = 20_000
LONGEST_PIECE = 60
_DISGUISED = re.compile("[\u00ad\u0300-\u036f\u200b-\u200f\u2060\ufb00-\ufb06\ufeff\uff21-\uff5a]")
"""Invisible and combining marks, ligatures and full-width letters: a text with these is folded before its search."""


class MentionSearch:
    """Searches texts for magnesium by the patterns of a lexicon; one may serve many texts and threads.

    Pieces of text between spaces are remembered, in bounded stores: those that hold a mention, and those in which none
    can lie or begin. Most texts have one of the first or nothing but the second, and are not searched at all.
    """

    def __init__(self, known: Lexicon) -> None:
        self._names = re.compile(known.names)
        self._signs = re.compile(known.signs)
        self._name_hints = re.compile(known.name_hints)
        self._sign_hints = re.compile(known.sign_hints, re.MULTILINE)
        self._harmless: set[str] = set()
        self._naming: set[str] = set()

    def mentions(self, text: str) -> bool:
        """Whether the text may mention magnesium or one of its compounds."""
        pieces = set(text.split())
        if not self._naming.isdisjoint(pieces):
            return True
        unknown = pieces - self._harmless
        lines = "\n".join(unknown)
        if not lines.isascii() and _DISGUISED.search(lines) is not None:
            return self.searched(text)
        if not self._hints_in(lines):
            _remember(unknown, self._harmless)
            return False
        naming = [piece for piece in unknown if self._hints_in(piece) and self.searched(piece)]
        _remember(naming, self._naming)
        return bool(naming) or self.searched(text)

    def _hints_in(self, pieces: str) -> bool:
        """Whether a mention may lie or begin in pieces of text, each on a line."""
        return self._name_hints.search(pieces.casefold()) is not None or self._sign_hints.search(pieces) is not None

    def searched(self, text: str) -> bool:
        """The same answer, by searching the whole text."""
        if self._signs.search(text) is not None or self._names.search(text.casefold()) is not None:
            return True
        if text.isascii() or _DISGUISED.search(text) is None:
            return False
        return self._names.search(folded(text)) is not None or self._names.search(unaccented(folded(text))) is not None


def _remember(pieces: Iterable[str], known: set[str]) -> None:
    """Put pieces into a store, which is emptied when it is full."""
    if len(known) >= STORE:
        known.clear()
    known.update([piece for piece in pieces if len(piece) <= LONGEST_PIECE])


def mentions_magnesium(text: str) -> bool:
    """Whether the text may mention magnesium or one of its compounds.

    >>> mentions_magnesium("Hořčík 100 mg"), mentions_magnesium("E 470b"), mentions_magnesium("Zinc 10 mg")
    (True, True, False)
    """
    if "&" in text or "<" in text:
        text = without_markup(text).text
    return _search().mentions(text)


@cache
def _search() -> MentionSearch:
    """The search by the package's lexicon."""
    return MentionSearch(lexicon())
