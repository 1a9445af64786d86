"""Read the numbers of labels exactly: decimal commas and points, thousands in every style, fractions, scanned digits.

A number with one separator before three digits ("1.500") can be read in two ways; the whole document decides which.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

FRACTIONS = {"½": "0.5", "¼": "0.25", "¾": "0.75", "⅓": "0.333333", "⅔": "0.666667", "⅛": "0.125"}
_SCANNED = str.maketrans("OoIl|", "00111")
_GROUPING = str.maketrans("", "", "'’ \u00a0\u2009\u202f")
LONGEST = 12
"""More digits than this are no amount on a label."""


def values_of(text: str) -> tuple[Decimal, ...]:
    """Every value that the digits allow: one, or two (as a decimal, as thousands) where both fit; none where there are
    too many digits or the first ones are missing.

    >>> values_of("1 333"), values_of("2,5"), values_of("1.500"), values_of("1½"), values_of("4OO")
    ((Decimal('1333'),), (Decimal('2.5'),), (Decimal('1.500'), Decimal('1500')), (Decimal('1.5'),), (Decimal('400'),))
    """
    if len(text) > 2 * LONGEST:
        return ()
    if text[-1] in FRACTIONS:
        whole = text[:-1].strip()
        if whole and not whole.isdecimal():
            return ()
        return (Decimal(whole or 0) + Decimal(FRACTIONS[text[-1]]),)
    grouped = not text.isascii() or " " in text or "'" in text
    digits = (text.translate(_GROUPING) if grouped else text).translate(_SCANNED)
    if sum(map(str.isdigit, digits)) > LONGEST:
        return ()
    if digits.isdigit():
        broken = digits[0] == "0" and len(digits) > 1  # the rest of a number whose thousands stand apart
        return () if broken else (Decimal(digits),)
    return _separated(digits, grouped)


def _separated(digits: str, grouped: bool) -> tuple[Decimal, ...]:
    """The values of digits with points or commas among them."""
    last = max(digits.rfind("."), digits.rfind(","))
    whole, mark, decimals = digits[:last], digits[last], digits[last + 1 :]
    marks = {c for c in whole if c in ".,"}
    plain = whole.replace(".", "").replace(",", "")
    if not (plain + decimals).isdecimal():  # a digit of a script that this Python does not know yet
        return ()
    as_decimal = Decimal(f"{plain or 0}.{decimals}")
    if mark in marks:
        return (Decimal(plain + decimals),) if len(decimals) == 3 else (as_decimal,)
    if marks or grouped or len(decimals) != 3 or len(plain) > 3 or plain[:1] in ("", "0"):
        return (as_decimal,)
    return as_decimal, Decimal(plain + decimals)


class NumberStyle:
    """Which mark this document uses for decimals: counted from its own clear numbers, else its languages' custom."""

    def __init__(self, texts: Iterable[str], custom: str | None) -> None:
        clear = {",": 0, ".": 0}
        grouping = {",": 0, ".": 0}
        self._stated: set[Decimal] = set()
        for text in texts:
            values = values_of(text)
            self._stated.update(values if len(values) == 1 else ())
            mark = text[max(text.rfind("."), text.rfind(","))]
            if len(values) == 1 and mark in clear:
                (clear if values[0] % 1 or (text.endswith("0") and text.count(mark) == 1) else grouping)[mark] += 1
        other = {",": ".", ".": ","}
        sure = [m for m in clear if clear[m] and not clear[other[m]]]
        sure = sure or [other[m] for m in grouping if grouping[m] and not grouping[other[m]]]
        is_mixed = clear[","] > 0 and clear["."] > 0
        self.decimal = sure[0] if sure else None if is_mixed else custom
        self._is_foreign = custom not in (None, self.decimal)

    def resolve(self, text: str, values: tuple[Decimal, ...]) -> tuple[Decimal, ...]:
        """The values that stand in this document: one where the style is known, else all of them.

        Where two languages write decimals in two ways, a value that another number clearly states is the one. Where the
        numbers' decimal mark is not their language's, a group of three behind it may still be thousands.
        """
        if len(values) != 2:
            return values
        if self.decimal is None:
            again = tuple(value for value in values if value in self._stated)
            return again if len(again) == 1 else values
        if self.decimal not in text:
            return values[1:]
        return values if self._is_foreign else values[:1]
