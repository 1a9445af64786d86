"""From tokens to items: amounts, percentages, counted units, durations and schemes, ranges joined.

An item is the smallest thing that grammar speaks of; names and words pass through unchanged.
"""

from __future__ import annotations

from decimal import Decimal

from mglabel.extraction.counted_units import size_of_unit, unit_at
from mglabel.extraction.counting import joint_at, number_at, past_repeat, range_at, scheme_at, word_value
from mglabel.extraction.item import COUNTED, MASSES, Item, token_at
from mglabel.extraction.pieces import values_with_pieces
from mglabel.extraction.unit_points import UnitPoints
from mglabel.language.numbers import values_of
from mglabel.language.token import Token

_COUNTED_BARE = ("time", "frequency.daily", "frequency.times", "portion.serving")
_EQUALS = frozenset("≈≙≅")
"""Signs that say as much as a sign of equality."""

_MOST_MG = Decimal(100_000)
"""No label states 100 g and more in milligrams."""


class Itemizer:
    """Turns one text's tokens into items, left to right."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._items: list[Item] = []
        self._points = UnitPoints(tokens)
        self._counts: dict[int, tuple[tuple[Decimal, ...], tuple[Decimal, ...]]] = {}
        """How many there are of the units of which the strength stands between, by the unit's index."""

    def run(self) -> list[Item]:
        """All items, with the depth of brackets they stand in."""
        at = 0
        tokens, items = self._tokens, self._items
        while at < len(tokens):
            token = tokens[at]
            if token.kind != "n" and not token.senses and token.text != "×":
                items.append(token)
                at += 1
                continue
            may_count = token.kind == "n" or "number" in token.senses or "measure" in token.senses
            after = self._counted(at) if may_count else at
            if after == at:
                self._pass_on(token)
                if at in self._counts:
                    token.low, token.high = self._counts[at]
                after = at + 1
            at = after
        return items

    def _pass_on(self, token: Token) -> None:
        """Put out a token that counts nothing, as the kind that it is to grammar."""
        senses = token.senses
        if token.kind == "n":
            token.kind, token.low, token.high = "N", token.values, token.values
        elif token.kind == "w" and "unit" in senses:
            token.kind, token.unit = "U", senses["unit"]
        elif token.text == "×":
            token.kind, token.senses = "w", {"frequency.times": ""}
        elif "frequency.times" in senses and len(token.text) == 1 and not self._after_number():
            token.senses = {k: v for k, v in senses.items() if k != "frequency.times"}
        elif "duration.day" in senses and self._items and self._items[-1].text == "/":
            token.senses = {**senses, "frequency.daily": ""}
        self._items.append(token)

    def _after_number(self) -> bool:
        """Whether the item put out last is a number, so that "x" can mean times."""
        return (bool(self._items) and self._items[-1].kind in "NUAV") or (
            bool(self._items) and self._items[-1].text in "-‑)"
        )

    def _counted(self, at: int) -> int:
        """Append the item that a number, a number word or a unit before its number begins here; give the index after
        it, `at` where there is none."""
        scheme = scheme_at(self._tokens, at)
        if scheme is not None:
            self._items.append(scheme[0])
            return scheme[1]
        first = self._tokens[at]
        if first.kind == "n" and at > 1 and self._tokens[at - 1].kind in "nNp":
            first.values = values_with_pieces(self._tokens, at)
        number = range_at(self._tokens, at)
        if number is None:
            return self._unit_before_number(at)
        low, high, after = number
        unit = self._unit_behind_strength(at, after)
        if unit:
            self._counts[unit] = low, high
            return after
        behind = past_repeat(self._tokens, after, high)
        return self._measured(first, low, high, after) or self._bare(at, low, high, behind)

    def _unit_behind_strength(self, at: int, after: int) -> int:
        """ "Take two 150 mg magnesium tablets": the index of the units, 0 where no strength stands before them."""
        taken = self._tokens[at - 1] if at else None
        if taken is None or "dose.take" not in taken.senses or after + 2 >= len(self._tokens):
            return 0
        strength, sign = self._tokens[after : after + 2]
        if strength.kind != "n" or not strength.values or sign.senses.get("measure") not in MASSES:
            return 0
        for index in range(after + 2, min(after + 5, len(self._tokens))):
            token = self._tokens[index]
            if "unit" in token.senses:
                return index
            if token.kind not in "wmo" or any(key.startswith(("relation.", "frequency.")) for key in token.senses):
                return 0
        return 0

    def _measured(self, first: Token, low: tuple[Decimal, ...], high: tuple[Decimal, ...], at: int) -> int:
        """The item of a number with its unit, percent sign, counted thing or duration; 0 where none follows."""
        at = past_repeat(self._tokens, at, high)
        token = token_at(self._tokens, at)
        if token is None:
            return 0
        size, named = size_of_unit(self._tokens, first, at)
        kind, unit, after = unit_at(self._tokens, self._tokens[named] if named else token, named or at)
        if not kind:
            return 0
        if size is not None and unit == "measure":  # "two 5 ml spoonfuls" are 10 ml
            kind, unit = size.kind, size.unit
            low, high = (tuple(n * size.low[0] for n in end) for end in (low, high))
        elif size is not None:
            self._items.append(size)
        if unit in ("g", "kg") and low == high and first.kind == "n":
            read = values_of(first.text)
            low = high = (min(read, default=low[0]), *(value for value in low if value not in read))
        item = Item(kind, first.start, self._tokens[after - 1].end, COUNTED, token.senses)
        if unit == "mg" and low == high and low[0] >= _MOST_MG:
            last = first.text.rpartition(" ")[2]  # "Magnesium 365 365 mg": a name's number before the amount
            low = high = values_of(last) if last != first.text else ()
            item.start = first.end - len(last)
        if not low or (kind in "UV" and not any(high)):
            return 0
        item.low, item.high, item.unit = low, high, unit
        self._items.append(item)
        after = self._and_a_part(item, self._second_end(item, after))
        return after + self._points.ends_unit(after) if kind in "AV" else after

    def _second_end(self, item: Item, after: int) -> int:
        """Join "10 mL to 20 mL": the unit stands with both ends of the range."""
        joint = joint_at(self._tokens, after) if item.low == item.high and item.kind in "AVU" else 0
        second = number_at(self._tokens, joint) if joint else None
        token = token_at(self._tokens, second[1]) if second else None
        if second is None or token is None or second[0][0] <= item.low[0]:
            return after
        kind, unit, end = unit_at(self._tokens, token, second[1])
        if kind != item.kind or unit != item.unit:
            return after
        item.high, item.end = second[0], self._tokens[end - 1].end
        return end

    def _and_a_part(self, item: Item, after: int) -> int:
        """Join "1 tablet and a half": the part of a unit stands behind the unit."""
        joint, part = token_at(self._tokens, after), token_at(self._tokens, after + 1)
        if item.kind != "U" or joint is None or part is None or "relation.and" not in joint.senses:
            return after
        number = number_at(self._tokens, after + 1)
        values, end = number if number is not None else (word_value(part), after + 2)
        behind = token_at(self._tokens, end)
        if not values or not 0 < values[0] < 1 or (behind is not None and unit_at(self._tokens, behind, end)[0]):
            return after
        item.low, item.high = (tuple(n + values[0] for n in ends) for ends in (item.low, item.high))
        item.end = self._tokens[end - 1].end
        return end

    def _bare(self, at: int, low: tuple[Decimal, ...], high: tuple[Decimal, ...], after: int) -> int:
        first = self._tokens[at]
        follower = token_at(self._tokens, after)
        if follower is not None and follower.kind == "w" and not follower.senses and self._is_time(after + 1):
            follower = token_at(self._tokens, after + 1)  # "one whole in the evening"
        if first.kind == "w" and (follower is None or follower.senses.keys().isdisjoint(_COUNTED_BARE)):
            return at
        item = Item("N", first.start, self._tokens[after - 1].end, COUNTED, first.senses)
        item.low, item.high = low, high
        self._items.append(item)
        return after

    def _is_time(self, at: int) -> bool:
        token = token_at(self._tokens, at)
        return token is not None and "time" in token.senses

    def _unit_before_number(self, at: int) -> int:
        """ "mg 450": some languages put the unit first."""
        token, number = token_at(self._tokens, at), token_at(self._tokens, at + 1)
        if (
            not token
            or not number
            or token.senses.get("measure") not in MASSES
            or number.kind != "n"
            or not number.values
        ):
            return at
        follower = token_at(self._tokens, at + 2)
        if (at and self._tokens[at - 1].kind in "nN") or (follower and follower.senses.get("measure")):
            return at
        if number.start - token.end > 1 or (follower and follower.text in "%+"):
            return at  # "MG2+" is the ion
        item = Item("A", token.start, number.end, COUNTED, token.senses)
        item.low = item.high = number.values
        item.unit = token.senses["measure"]
        self._items.append(item)
        return at + 2


def itemize(tokens: list[Token]) -> list[Item]:
    """The items of a text, each with the depth of brackets that it stands in; one bracket and one sign of equality
    stand for all."""
    items = Itemizer(tokens).run()
    depth = 0
    for item in items:
        if item.kind == "p" and item.text in "([{":
            item.text = "("
            depth += 1
        item.depth = depth
        if item.kind == "p" and item.text in ")]}":
            item.text = ")"
            depth = max(0, depth - 1)
        elif item.kind == "l":
            depth = 0
        elif item.text in _EQUALS:
            item.text = "="
    return items
