"""How words are compared: folded to one spelling, unaccented, as patterns with stars, and as scanners misread them.

Nothing here knows a table; what is imported is little, since every word of every label passes through.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable

SCAN_SLIPS = (("rn", "m"), ("i", "l"), ("l", "i"), ("vv", "w"), ("1", "l"), ("0", "o"), ("1", "i"))
"""What a scanner reads, and what may have stood there."""

_BARE = str.maketrans({"ł": "l", "ø": "o", "æ": "ae", "ð": "d", "þ": "th"})
"""Letters that Unicode does not take apart, as those who have no key for them write them."""

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))


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

    >>> unaccented("hořčík"), unaccented("kapsułka"), unaccented("oxíð")
    ('horcik', 'kapsulka', 'oxid')
    """
    if word.isascii():
        return word
    bare = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
    return bare.translate(_BARE)


def key_of(word: str) -> str:
    """What phrases compare: the folded word without diacritics, since capitals and scans often lose them.

    >>> key_of("RÉFÉRENCE")
    'reference'
    """
    return unaccented(folded(word)) if not word.isascii() else word.casefold()


def heads(words: Iterable[str], letters: int) -> frozenset[str]:
    """The first letters of words: what begins with none of these is none of them.

    >>> sorted(heads(["oxid", "oxalat", "citrat"], 2))
    ['ci', 'ox']
    """
    return frozenset(word[:letters] for word in words)


def common_tails(words: Iterable[str], letters: int = 3, least: int = 12) -> tuple[str, ...]:
    """The last letters that many of these words share.

    >>> common_tails(["citrat", "malat", "lactat", "oxid"], 2, 3)
    ('at',)
    """
    counted = Counter(word[-letters:] for word in words)
    return tuple(tail for tail, count in counted.items() if count >= least)


def matches(pattern: str, word: str) -> bool:
    """Whether a word is the pattern's word, its stem or its compound.

    >>> matches("citrat*", "citraten"), matches("*tablet*", "filmtabletten")
    (True, True)
    """
    if pattern[-1] == "*":
        return pattern[:-1].lstrip("*") in word if pattern[0] == "*" else word.startswith(pattern[:-1])
    return word.endswith(pattern[1:]) if pattern[0] == "*" else word == pattern
