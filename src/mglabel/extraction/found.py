"""What the reader of statements has found so far, and what a later amount or portion does to an earlier one.

A mutable helper of that reader; amounts are known by their index among the claims.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

import msgspec

from mglabel.extraction.item import MASSES, Item
from mglabel.extraction.layout import Clause
from mglabel.values.evidence import Span
from mglabel.values.label import Claimed, OtherAmount, Portion

HUNDRED = Decimal(100)
_FEW = 12
"""So many claims back an amount may repeat one."""


class Percent(NamedTuple):
    """A percentage of the reference value, with the amount's index among the claims, None where it stands alone.

    `named` is false where its clause names nothing, so that only the rest of the label can tell what it is of.
    """

    value: Decimal
    portion: Portion | None
    span: Span
    claim: int | None
    signed: bool
    section: str
    named: bool = True


class Statements(NamedTuple):
    """All that was found: claims, lone percentages, amounts of other nutrients, sizes of units, and daily portions."""

    claims: tuple[Claimed, ...]
    percents: tuple[Percent, ...]
    others: tuple[OtherAmount, ...]
    sizes: tuple[tuple[Portion, Portion], ...]
    days: tuple[tuple[Portion, Span], ...]
    dropped: tuple[tuple[Span, str], ...]
    title_numbers: tuple[tuple[Decimal, Span], ...]


class Found:
    """The findings of one text, in its order."""

    def __init__(self) -> None:
        self.claims: list[Claimed] = []
        self.percents: list[Percent] = []
        self.others: list[OtherAmount] = []
        self.sizes: list[tuple[Portion, Portion]] = []
        self.days: list[tuple[Portion, Span]] = []
        self.title_numbers: list[tuple[Decimal, Span]] = []
        self._dropped: list[tuple[Span, str]] = []
        self._unportioned: dict[int, Portion | None] = {}
        """The amounts without a portion, each with the unit that is named behind it: "150 mg tablets"."""
        self._behind: tuple[Portion, tuple[int, ...]] | None = None
        """A portion named behind amounts that have none, until other amounts turn out to be what it heads."""

    def statements(self, names_magnesium: bool) -> Statements:
        """All of it; the amounts of a text that names no magnesium ("0.5 g salt") may be anything's."""
        if not names_magnesium:
            self.claims, self.percents, self._unportioned, self._behind = [], [], {}, None
        if self._behind is not None:
            portion, claims = self._behind
            self._state_for(portion, claims)
        if len(self._unportioned) == len(self.claims):
            for index, unit in self._unportioned.items():
                self.claims[index] = msgspec.structs.replace(self.claims[index], portion=unit)
        return Statements(
            tuple(self.claims),
            tuple(self.percents),
            tuple(self.others),
            tuple(self.sizes),
            tuple(self.days),
            tuple(self._dropped),
            tuple(self.title_numbers),
        )

    def add(self, claim: Claimed, unit_behind: Portion | None = None) -> int:
        """Note a claim, with the unit that is named behind an amount without a portion; gives its index."""
        self._behind = None
        self.claims.append(claim)
        index = len(self.claims) - 1
        if claim.portion is None:
            self._unportioned[index] = unit_behind
        return index

    def drop(self, item: Item, reason: str) -> None:
        """Note that an amount is not of what the product contains, and why."""
        self._dropped.append((Span(item.start, item.end), reason))

    # -- portions ----------------------------------------------------------------------------------------------------

    def hold_for_above(self, portion: Portion) -> None:
        """ "Pour un comprimé" below a list: amounts above that have no portion are for this one, if none follow."""
        self._behind = portion, tuple(self._unportioned)

    def state_rest_for(self, portion: Portion, first: int) -> None:
        """The amounts from `first` on that have no portion are for this one."""
        self._state_for(portion, [index for index in self._unportioned if index >= first])

    def state_all_for(self, portion: Portion, first: int) -> None:
        """The amounts from `first` on are for this portion."""
        self._state_for(portion, range(first, len(self.claims)))

    def _state_for(self, portion: Portion, claims: Iterable[int]) -> None:
        for index in claims:
            self.claims[index] = msgspec.structs.replace(self.claims[index], portion=portion)
            self._unportioned.pop(index, None)

    # -- amounts that belong together --------------------------------------------------------------------------------

    def give_share(self, index: int, percent: Decimal) -> None:
        """Note the share of magnesium that the label states for a compound whose amount it tells."""
        claim = self.claims[index]
        if claim.what != "elemental" and claim.form is not None:
            why = tuple(sorted({*claim.why, "compound-word"}))
            self.claims[index] = msgspec.structs.replace(claim, what="compound", why=why, share=percent / HUNDRED)

    def added(self, clause: Clause, at: int) -> int | None:
        """ "100 mg + 50 mg": the claim that a nameless amount may add to, so that both readings of it stand."""
        item, before = clause.items[at], clause.items[max(0, at - 2) : at]
        if len(before) < 2 or before[1].text != "+" or item.unit not in MASSES or not self.claims:
            return None
        last = self.claims[-1]
        if before[0].kind != "A" or not last.span.start <= before[0].start < last.span.end:
            return None
        values = (last.values_mg[0] + item.most * MASSES[item.unit], *last.values_mg)
        span = last.span.joined(Span(item.start, item.end))
        self.claims[-1] = msgspec.structs.replace(last, values_mg=values, span=span)
        return len(self.claims) - 1

    def repeated(self, item: Item) -> int | None:
        """The claim whose amount a nameless amount repeats ("the 150 mg are 40 %"), None where it repeats none."""
        if item.unit not in MASSES or not item.high:
            return None
        value = item.most * MASSES[item.unit]
        same = [i for i, c in enumerate(self.claims[-_FEW:], max(0, len(self.claims) - _FEW)) if value in c.values_mg]
        return same[-1] if same else None

    def multiplied(self, item: Item, here: Portion | None) -> int | None:
        """ "take four capsules and you get 500 mg": a nameless amount repeats a known one for another count."""
        if here is None or item.unit not in MASSES or item.low != item.high:
            return None
        value = item.most * MASSES[item.unit]
        for known in reversed(self.claims[-_FEW:]):
            stated = known.portion
            if stated is None or stated.unit != here.unit or stated == here or len(known.values_mg) > 1:
                continue
            if known.values_mg[0] * here.count == value * stated.count:
                span = Span(item.start, item.end)
                claim = msgspec.structs.replace(known, values_mg=(value,), portion=here, span=span, percent=None)
                self.claims.append(claim)
                return len(self.claims) - 1
        return None
