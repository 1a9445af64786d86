"""Numbers that a scan has cut: "Magnesium 2 50 mg" may be 250 mg or 50 mg, "56, 25 mg" 56.25 mg or 25 mg."""

from __future__ import annotations

from collections.abc import Sequence

from mglabel.extraction.item import MASSES, SUBSTANCES
from mglabel.language.numbers import FRACTIONS, values_of
from mglabel.language.token import Token, Values

_AMOUNTS = MASSES.keys() | SUBSTANCES
_MARKS = frozenset(",.")

_DIGITS = 3
"""Digits of the longest piece."""

_PIECES = 3
"""More pieces than these are no number."""


def values_with_pieces(tokens: Sequence[Token], at: int) -> Values:
    """The values of the number before the sign of an amount, with and without the digits that stand apart before it;
    only the whole one where the last piece can be no number: "3 00 mg"."""
    number = tokens[at]
    sign = tokens[at + 1] if at + 1 < len(tokens) else None
    if sign is None or sign.senses.get("measure") not in _AMOUNTS or not _is_piece(number):
        return number.values
    first = _first_piece(tokens, at)
    if first == at or not tokens[first].values or _is_of_name(tokens, first) or _counts(tokens, first, at):
        return number.values
    read = values_of("".join(token.text for token in tokens[first : at + 1]))
    is_marked = any(token.kind == "p" for token in tokens[first:at])
    return number.values + (read if is_marked else read[-1:])


def _is_piece(token: Token) -> bool:
    return token.kind in "nN" and len(token.text) <= _DIGITS + 1 and token.text[-1] not in FRACTIONS


def _first_piece(tokens: Sequence[Token], at: int) -> int:
    """The index of the first of the numbers one space apart that end at `at`, each with a mark behind it or none."""
    first = at
    for _ in range(_PIECES - 1):
        before = first - 1
        if before > 1 and tokens[before].text in _MARKS and tokens[before - 1].end == tokens[before].start:
            before -= 1
        if before < 1 or not _is_piece(tokens[before]) or tokens[first - 1].end + 1 != tokens[first].start:
            break
        first = before
    return first


def _is_of_name(tokens: Sequence[Token], first: int) -> bool:
    """ "Vitamin B 6 10 mg", "Omega 3, 500 mg", "Q10, 30 mg", and the number of a line or sentence: "2. 500 mg"."""
    named = tokens[first - 1]
    touches = named.end == tokens[first].start or len(named.text) == 1
    return named.kind in "ol" or (named.kind == "w" and touches)


def _counts(tokens: Sequence[Token], first: int, at: int) -> bool:
    """ "Take 2 50 mg tablets": whether units or a verb of taking show that the first number counts."""
    behind = tokens[at + 2] if at + 2 < len(tokens) else None
    return "dose.take" in tokens[first - 1].senses or (behind is not None and "unit" in behind.senses)
