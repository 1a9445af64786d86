"""Closed intervals, the one way in which mglabel states a number.

An exact number is an interval of width zero; an unknown one is None, never zero.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Generic, TypeVar

import msgspec

T = TypeVar("T")


class Interval(msgspec.Struct, Generic[T], frozen=True):
    """The numbers from `low` to `high`, both included.

    >>> from decimal import Decimal
    >>> Interval(Decimal(100), Decimal(200)).scaled(2)
    Interval(low=Decimal('200'), high=Decimal('400'))
    """

    low: T
    high: T

    @property
    def is_exact(self) -> bool:
        """Whether both ends are the same number."""
        return bool(self.low == self.high)

    def scaled(self, factor: Any) -> Interval[Any]:
        """Both ends times a factor that is not negative."""
        return Interval(self.low * factor, self.high * factor)

    def times(self, other: Interval[Any]) -> Interval[Any]:
        """The product of two intervals of numbers that are not negative."""
        return Interval(self.low * other.low, self.high * other.high)

    def plus(self, other: Interval[Any]) -> Interval[Any]:
        """The sum of two intervals, end by end."""
        return Interval(self.low + other.low, self.high + other.high)

    def hull(self, other: Interval[Any] | None) -> Interval[Any]:
        """The smallest interval that holds both."""
        if other is None:
            return self
        return Interval(min(self.low, other.low), max(self.high, other.high))

    def holds(self, value: Any) -> bool:
        """Whether the value lies between the ends."""
        return bool(self.low <= value <= self.high)


Masses = Interval[Decimal]
"""An interval of masses in mg, or of plain counts."""


def exactly(value: Decimal | int | str) -> Masses:
    """The interval that holds one number only.

    >>> exactly("1.5").is_exact
    True
    """
    number = Decimal(value)
    return Interval(number, number)


def hull(intervals: Iterable[Masses]) -> Masses | None:
    """The smallest interval that holds all of them, None where there are none."""
    all_of_them = list(intervals)
    if not all_of_them:
        return None
    if len(all_of_them) == 1:
        return all_of_them[0]
    return Interval(min([i.low for i in all_of_them]), max([i.high for i in all_of_them]))
