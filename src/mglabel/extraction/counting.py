"""The numbers that count something: in digits, as a fraction, in words, ranges of two, and schemes such as 1-0-1."""

from __future__ import annotations

from decimal import Decimal

from mglabel.extraction.item import COUNTED, Item, token_at
from mglabel.language.token import Token

_COUNTABLE = ("unit", "number", "measure", "time", "portion.serving")
"""What a number in words counts."""

_TELLS_COUNT = ("frequency.times", "frequency.daily", "duration.", "relation.to", "relation.or")
"""What tells behind a word that it counts something."""

_DASHES = frozenset("-–—‑−‒~")
_SCHEME_MARKS = _DASHES | {"+"}
_DOTS = frozenset(("..", "...", "…"))
_LARGEST_BOTTOM = 4
_WHOLES = frozenset("123")
"""Units are taken in halves, thirds and quarters: the largest bottom, and the numbers on top or before."""

_APOSTROPHES = frozenset("'’")
_READ_AS_ONE = frozenset("l|")
_SMALL = Decimal(20)
"""No number of a scheme such as 1-0-1 is as large."""


def word_value(token: Token) -> tuple[Decimal, ...]:
    """The number that a word is, none where it is no number."""
    return (Decimal(token.senses["number"]),) if "number" in token.senses else ()


def past_repeat(tokens: list[Token], at: int, number: tuple[Decimal, ...]) -> int:
    """Past a number repeated in brackets: "two (2) tablets", "1 (uma)"; and past stray marks "100 ,mg"."""
    here = tokens[at : at + 3]
    if not here or here[0].text not in "([,":
        return at
    if len(here) == 3 and here[0].text in "([" and here[2].text in ")]":
        inner = here[1].values or word_value(here[1])
        if inner and inner[0] == number[0]:
            return at + 3
    stray = len(here) > 1 and here[0].text == "," and here[0].end == here[1].start and "measure" in here[1].senses
    return at + 1 if stray else at


def range_at(tokens: list[Token], at: int) -> tuple[tuple[Decimal, ...], tuple[Decimal, ...], int] | None:
    """A number or a range of two; the index after it."""
    first = number_at(tokens, at)
    if first is None:
        return None
    low, after = first
    joint = joint_at(tokens, past_repeat(tokens, after, low)) or _between(tokens, at, after) or _dotted(tokens, after)
    second = number_at(tokens, joint) if joint else None
    if second is None or second[0][0] <= low[0]:
        return low, low, after
    behind = token_at(tokens, second[1])
    if behind is not None and behind.text in _DASHES and number_at(tokens, second[1] + 1):
        return low, low, after
    return low, second[0], second[1]


def number_at(tokens: list[Token], at: int) -> tuple[tuple[Decimal, ...], int] | None:
    """A number in digits, as a fraction, with a half, or in words that count something."""
    token = token_at(tokens, at)
    if token is None:
        return None
    if token.kind == "n":
        return _digits(tokens, token, at) if token.values else None
    if token.text in _READ_AS_ONE and _is_one(tokens, at):
        return (Decimal(1),), at + 1
    if "number" in token.senses and _word_counts(tokens, at):
        return word_value(token), at + 1
    return None


def _is_one(tokens: list[Token], at: int) -> bool:
    """ "l tablet": whether a scanner read the 1 before a unit as a letter."""
    before, unit = token_at(tokens, at - 1) if at else None, token_at(tokens, at + 1)
    counted = before is not None and (before.kind in "nN" or "number" in before.senses or before.text in _APOSTROPHES)
    return not counted and unit is not None and "unit" in unit.senses and unit.start > tokens[at].end


def _digits(tokens: list[Token], token: Token, at: int) -> tuple[tuple[Decimal, ...], int]:
    """The number in digits, and the index after it: "2", "1/2", "1 1/2"."""
    behind = token_at(tokens, at + 1)
    if behind is not None and behind.text == "/" and token.end == behind.start:
        bottom = _bottom(tokens, at + 1)
        if bottom:
            top = token.values[0]
            value = top / bottom if 0 < top < bottom <= _LARGEST_BOTTOM else _mixed(token.text, bottom)
            if value:
                return (value,), at + 3
    if behind is not None and behind.kind == "n" and behind.values and len(token.text) < 3:
        top, bottom = behind.values[0], _bottom(tokens, at + 2)
        if bottom and top < bottom <= _LARGEST_BOTTOM:
            return (token.values[0] + top / bottom,), at + 4
    return token.values, at + 1


def _bottom(tokens: list[Token], slash: int) -> Decimal | None:
    """The number right behind a slash, None where there is none."""
    mark, bottom = token_at(tokens, slash), token_at(tokens, slash + 1)
    if mark is None or bottom is None or mark.text != "/" or bottom.kind != "n" or mark.end != bottom.start:
        return None
    return bottom.values[0] if bottom.values else None


def _word_counts(tokens: list[Token], at: int) -> bool:
    """Whether a number word stands before something that it can count."""
    for index in range(at + 1, min(at + 4, len(tokens))):
        token = tokens[index]
        if token.kind not in "wn" and token.text not in "-–(":
            return False
        senses = token.senses
        if not senses.keys().isdisjoint(_COUNTABLE) or token.kind == "n":
            return True
        if any(key.startswith(_TELLS_COUNT) for key in senses):
            return True
    return False


def _between(tokens: list[Token], at: int, after: int) -> int:
    """The index after the "and" of "between 2 and 4", 0 where this is no such range."""
    opening = token_at(tokens, at - 1) if at else None
    token = token_at(tokens, after)
    if opening is None or token is None or "relation.between" not in opening.senses:
        return 0
    return after + 1 if "relation.and" in token.senses else 0


def _dotted(tokens: list[Token], at: int) -> int:
    """The index after the dots of "1...2", 0 where dots lead from cell to cell: "Omega 3...500 mg"."""
    before, dots, after = token_at(tokens, at - 1), token_at(tokens, at), token_at(tokens, at + 1)
    if before is None or dots is None or after is None or dots.text not in _DOTS:
        return 0
    touch = before.end == dots.start and dots.end == after.start
    counts = all(token.text.isdigit() and len(token.text) <= 2 for token in (before, after))
    return at + 1 if touch and counts else 0


def joint_at(tokens: list[Token], at: int) -> int:
    """The index after a mark or word that joins two ends of a range, 0 where none stands here."""
    token = token_at(tokens, at)
    if token is None or (not token.senses and token.kind != "p"):
        return 0
    if token.text == "." and (dash := token_at(tokens, at + 1)) and dash.text in _DASHES:
        return at + 2
    follower = token_at(tokens, at + 1)
    if token.text in _DASHES:
        return at + 2 if follower and "relation.to" in follower.senses else at + 1
    if "relation.to" in token.senses or "relation.or" in token.senses:
        return at + 1
    return 0


def scheme_at(tokens: list[Token], at: int) -> tuple[Item, int] | None:
    """ "1-0-1" or "1-1-1-0": so many units morning, noon, evening, and the index after it."""
    mark = token_at(tokens, at + 1)
    if mark is None or mark.text not in _SCHEME_MARKS:
        return None
    joint, numbers = mark.text, []
    index = at
    while (token := token_at(tokens, index)) and token.kind == "n" and token.values and token.values[0] < _SMALL:
        numbers.append(token)
        mark = token_at(tokens, index + 1)
        if not mark or mark.text not in (_DASHES if joint in _DASHES else joint) or mark.start - token.end > 1:
            break
        index += 2
    behind = token_at(tokens, at + 2 * len(numbers) - 1)
    if len(numbers) not in (3, 4) and not (joint == "+" and len(numbers) == 2 and _lists_times(tokens, at + 3)):
        return None
    if not all(len(t.text) <= 2 for t in numbers):
        return None
    if behind is not None and "frequency.times" in behind.senses:  # "days 1-3 - 1 x daily"
        return None
    item = Item("S", numbers[0].start, numbers[-1].end, COUNTED, {})
    item.low = tuple(t.values[0] for t in numbers)
    item.high = item.low
    return (item, at + 2 * len(numbers) - 1) if sum(item.low) else None


def _lists_times(tokens: list[Token], at: int) -> bool:
    """ "1+1 (morning + evening)": whether two times of day follow."""
    return sum("time" in token.senses for token in tokens[at : at + 5]) > 1


def _mixed(digits: str, bottom: Decimal) -> Decimal | None:
    """ "11/2": one and a half, where a raised "1/2" has lost its place; None where the digits are no such number."""
    if len(digits) != 2 or digits[0] not in _WHOLES or digits[1] not in _WHOLES:
        return None
    top = Decimal(digits[1])
    return Decimal(digits[0]) + top / bottom if top < bottom <= _LARGEST_BOTTOM else None
