"""The pattern that cuts a text into words, numbers, signs, marks, cell and line breaks, in two forms that cut alike.

Nearly all labels hold nothing but common characters: for them the classes of characters are spelled out, which is six
times as fast. Any other text is cut by the form that knows all of Unicode, which is loaded when it is needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, Protocol

LETTERS = "a-zA-ZªµºÀ-ÖØ-öø-ɏΑ-ΡΣ-ωА-яḀ-ỿ"
"""The letters among the common characters."""

COMMON = (
    r"\t\n\r\f\x20-\x7e\xa0-\xac\xae-ɏΑ-ΡΣ-ωА-яḀ-ỿ\u2000-\u200a\u2010-\u2027\u202f-\u203e\u2070\u2074-\u207e"
    r"\u2080-\u208e\u20ac\u2122\u2150-\u215f\u2190-\u22ff\u2500-\u27bf"
)
"""Letters of Latin, Greek and Russian, digits, spaces, marks; nothing invisible and no combining mark."""

_UNCOMMON = re.compile(f"[^{COMMON}]")

_TEMPLATE = r"""
(?:[ ](?!\s))?
(
    (?P<w>[LETTER][LETTER+]{2,}+(?!\d))
  | (?P<s>[LETTER]{2,}+(?:[01][LETTER]++)++(?!\d)|[LETTER]{4,}+0(?![LETTER\d.,]))
  | (?P<p>[():;/%&–-]|,(?!\d)|\.(?![.…_·\d]|[ ][\d.]))
  | (?P<w2>[a-zà-öø-ÿ]{2}(?![LETTER+\d+]))
  | (?P<n2>\d++(?=[ ][a-zA-GI-Zµ]|[ ]?%|[)-]))
  | (?P<l>\r?\n|\r|\u2028|\u2029|\f)
  | (?P<c>\t[ \t]*|[ ]{3,}|[ ]{2}|\|+|[.…_·]{2,}|\.(?:[ ]\.){2,}|…)
  | (?P<h>(?:[x×·•∙*.][ ]?)?(?<![\d.,])\d{1,2}(?:[.,]5)?[ ]?H[2₂][O0](?![LETTER\d]))
  | (?P<m>Mg(?:[ ]?2[ ]?\+|[ ]?\+{2}|²⁺|\+2|2⁺)\+?|(?<=[LETTER][LETTER][ ])mg\+{2})
  | (?P<x>(?:Na|K|Ca|Zn|Fe|Cl|SO4|PO4)[ ]?\d?[+−⁺-](?![LETTER\d]))
  | (?P<e>(?<![LETTER\d])E[ -]?\d{3,4}
      (?:[ ]?(?:(?i:\([ivx]{1,4}\)|\([a-h]\)|[a-h](?![LETTER])|[ivx]{1,3}(?![LETTER]))))?)
  | (?P<v>(?<![LETTER\d])(?:B(?:12|1[01](?!\d)|[1-9])|[DK][1-3](?!\d))(?![LETTER]))
  | (?P<o>(?<![LETTER\d])(?<![LETTER\d][.,])(?=[OoIl.,]*\d)(?=[\d.,]*[OoIl])[OoIl\d]{1,6}(?:[.,][OoIl\d]{1,3})?
      (?=[ \u00a0\u2009\u202f]?(?:(?i:mg|ml|mmol|fl[ ]?oz)|mq|rng|µg|gEND|mill?igr|%))
      |(?<![LETTER\d.,])(?:[1-9]\d?O{1,2}|[lI]\d{1,2})(?![LETTER\d.,]))
  | (?P<f>(?:\d{1,3}[ ]?)?[½¼¾⅓⅔⅛])
  | (?P<w4>(?<![LETTER\d.,])\d(?![xX])[LETTER]{1,3}\d(?![LETTER\d.,]))
  | (?P<n>(?<![\d.,])(?<!(?<![LETTER])[A-Z])\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?:[.,]\d+)?(?!\d)
        (?=[ \u00a0\u2009\u202f\n]?(?i:[mkµμ]?gEND|mcg|mq|rng|mill?igr|gram|ml|mmol|%|i[ue]END|uiEND|kj|kcal))
      |(?<!\d[OoIlL][.,])\d+(?:[.,'’]\d+)*|(?<![LETTER\d])[.,]\d+(?![.,]\d))
  | (?P<w3>Mg\(OH\)[ ]?2|[LETTER][LETTER+]*)
  | (?P<p2>[^\sCONTROL])
)
"""
"""w word, p mark, l line break, c break between cells, h water of a hydrate, m the magnesium ion, x another ion,
w4 words such as "3in1", s words with a digit where a scanner has lost a letter, e E number, v vitamin's code, o digits
misread by a scanner, f fraction, n number.

Most of a text are spaces, words in small letters, plain marks and numbers before a unit: they come first, as far as
nothing else can begin so."""


class Match(Protocol):
    """What both forms give for each piece of a text."""

    def span(self, group: int, /) -> tuple[int, int]:
        """Where it begins and ends, as the first group; the space before it belongs to no group."""

    def groupdict(self) -> dict[str, str | None]:
        """The piece by its kind."""


def cut(text: str) -> Iterator[Match]:
    """The pieces of a text in order, spaces between words left out."""
    form = common() if is_common(text) else universal()
    return form.finditer(text)


def kind_of(match: Match) -> str:
    """The kind of a piece: the letter of the group that has matched."""
    return next(group[0] for group, piece in match.groupdict().items() if piece is not None)


def is_common(text: str) -> bool:
    """Whether a text holds common characters only."""
    return text.isascii() or _UNCOMMON.search(text) is None


@cache
def common() -> re.Pattern[str]:
    """The form for texts of common characters only."""
    return re.compile(_with(LETTERS, LETTERS, r"\x00-\x1f\x7f", rf"(?![{LETTERS}\d_])"), re.VERBOSE)


@cache
def universal() -> Any:
    """The form for any text: soft hyphens and joiners belong to words, and so do combining marks."""
    import regex

    inside = r"\p{L}\p{M}\u00AD\u200B-\u200D\u2060"
    return regex.compile(_with(r"\p{L}", inside, r"\p{C}", r"\b"), regex.VERBOSE | regex.V0)


def _with(letters: str, inside: str, control: str, end: str) -> str:
    """The template with what begins a word, goes on in it, is never a mark, and ends a word."""
    filled = _TEMPLATE.replace("LETTER+", inside).replace("LETTER", letters)
    return filled.replace("CONTROL", control).replace("END", end)
