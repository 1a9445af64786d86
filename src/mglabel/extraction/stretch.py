"""One stretch of a clause that may give doses, and what is asked of its words from everywhere."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from mglabel.extraction.item import Item
from mglabel.extraction.layout import Clause
from mglabel.values.interval import Interval, Masses, exactly

ONE = exactly(1)
MEALS = Decimal(3)
MOST_BARE = 20
"""The largest number that counts doses without a word for the unit."""


class Stretch:
    """Items of a clause that belong together: the whole clause, or its part for some people."""

    def __init__(self, items: list[Item], clause: Clause) -> None:
        self.items = items
        self.clause = clause
        self.senses = clause.senses if items is clause.items else {k for i in items for k in i.senses}

    def says(self, *keys: str) -> bool:
        """Whether any word has one of these senses."""
        return not self.senses.isdisjoint(keys)

    def count(self, at: int) -> Masses:
        """How many an item counts; "up to 8" begins with one."""
        item = self.items[at]
        low, high = item.least, item.most
        if low == high and self.up_to(at):
            low = min(Decimal(1), low)
        return Interval(low, high)

    def up_to(self, at: int) -> bool:
        """Whether words before a count make it the highest one."""
        for item in reversed(self.items[max(0, at - 2) : at]):
            if "relation.at_most" in item.senses:
                return True
            if item.kind in "UVA" and item.high:
                return False  # "up to 2 tablets 3 times a day": not up to three times
        return False

    def names_day(self) -> bool:
        """Whether the stretch speaks of a day, and not of how many days a pack lasts."""
        return self.says("frequency.daily") or (self.says("portion.day") and not self.counts_days)

    @cached_property
    def counts_days(self) -> bool:
        """ "500 ml (25 daily portions)", "60 g, 30 servings": whether the portions counted are those of a pack."""
        return any(
            before.kind == "N"
            and bool(before.high)
            and (
                ("portion.day" in item.senses and before.most > 1)
                or ("portion.serving" in item.senses and before.most >= MOST_BARE)
            )
            for before, item in pairwise(self.items)
        )

    def number_before(self, at: int) -> int | None:
        """Where the number right before an item stands."""
        for index in range(at - 1, max(-1, at - 3), -1):
            item = self.items[index]
            if item.kind in "N" and item.high:
                return index
            if item.text not in "-‑()":
                return None
        return None

    def times_follow(self, number: Item) -> bool:
        """Whether a number counts times ("3 times") and not units."""
        at = self.items.index(number)
        return any("frequency.times" in i.senses for i in self.items[at + 1 : at + 3])
