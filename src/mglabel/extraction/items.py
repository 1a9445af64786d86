"""From tokens to items: amounts, percentages, counted units, durations and schemes, ranges joined.

An item is the smallest thing that grammar speaks of; names and words pass through unchanged.
"""

from __future__ import annotations

from decimal import Decimal

from mglabel.extraction.pieces import values_with_pieces
from mglabel.language.numbers import values_of
from mglabel.language.token import Token
from mglabel.language.vocabulary import Senses

MASSES = {"mg": Decimal(1), "g": Decimal(1000), "µg": Decimal("0.001"), "kg": Decimal(1000000)}
SUBSTANCES = frozenset(("mmol", "mEq", "mval"))
VOLUMES = {"ml": Decimal(1), "cl": Decimal(10), "dl": Decimal(100), "l": Decimal(1000)}
SIZES = frozenset(("g", *VOLUMES))
"""What a unit of goods is measured in."""

_COUNTED_BARE = ("time", "frequency.daily", "frequency.times", "portion.serving")
_COUNTABLE = ("unit", "number", "measure", "time", "portion.serving")
_DASHES = frozenset("-–—‑−‒~")
_SCHEME_MARKS = _DASHES | {"+"}
_DOTS = frozenset(("..", "...", "…"))
_EQUALS = frozenset("≈≙≅")
"""Signs that say as much as a sign of equality."""

_LONGEST_SHORT = 6
"""Letters of the longest word that is taken for an abbreviation before a unit."""

_SENTENCE = 14
"""So many tokens before an amount tell whether it is named."""

_MOST_MG = Decimal(100_000)
"""No label states 100 g and more in milligrams."""

_LARGEST_BOTTOM = 4
_WHOLES = frozenset("123")
"""Units are taken in halves, thirds and quarters: the largest bottom, and the numbers on top or before."""

_APOSTROPHES = frozenset("'’")
_READ_AS_ONE = frozenset("l|")

_SMALL = Decimal(20)
"""Half of a scheme such as 1-0-1 or of a fraction such as 1/2 is never larger."""


Item = Token
"""An item is a token that grammar has counted, measured or passed on.

`low` and `high` are the ends of a stated range (tuples of every value that the digits allow).
"""


class Itemizer:
    """Turns one text's tokens into items, left to right."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._items: list[Item] = []
        self._pointed: dict[str, bool] = {}
        """Whether this text writes a point behind a unit, for those of which that was asked."""
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

    def _get(self, at: int) -> Token | None:
        return self._tokens[at] if at < len(self._tokens) else None

    def _counted(self, at: int) -> int:
        """Append the item that a number, a number word or a unit before its number begins here; give the index after
        it, `at` where there is none."""
        scheme = self._scheme(at)
        if scheme:
            return scheme
        first = self._tokens[at]
        if first.kind == "n" and at > 1 and self._tokens[at - 1].kind in "nNp":
            first.values = values_with_pieces(self._tokens, at)
        number = self._range(at)
        if number is None:
            return self._unit_before_number(at)
        low, high, after = number
        unit = self._unit_behind_strength(at, after)
        if unit:
            self._counts[unit] = low, high
            return after
        behind = self._past_repeat(after, low)
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
        at = self._past_repeat(at, low)
        token = self._get(at)
        if token is None:
            return 0
        size, named = self._size_of_unit(first, at)
        kind, unit, after = self._unit_at(self._tokens[named] if named else token, named or at)
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
        item = Item(kind, first.start, self._tokens[after - 1].end, "#", token.senses)
        if unit == "mg" and low == high and low[0] >= _MOST_MG:
            last = first.text.rpartition(" ")[2]  # "Magnesium 365 365 mg": a name's number before the amount
            low = high = values_of(last) if last != first.text else ()
            item.start = first.end - len(last)
        if not low or (kind in "UV" and not any(high)):
            return 0
        item.low, item.high, item.unit = low, high, unit
        self._items.append(item)
        after = self._second_end(item, after)
        return after + self._is_unit_point(after) if kind in "AV" else after

    def _is_unit_point(self, at: int) -> bool:
        """Whether a point behind the sign of a unit ends no sentence: "each of 100 mg. magnesium"."""
        point, behind = self._get(at), self._get(at + 1)
        if point is None or point.text != "." or point.start != self._tokens[at - 1].end or behind is None:
            return False
        if behind.kind not in "wmo" or not behind.text[:1].isupper():
            return self._is_point_inside(at)
        return self._is_amid(at) or (behind.kind in "mo" and self._writes_points(self._tokens[at - 1].senses))

    def _is_amid(self, at: int) -> bool:
        """Whether a bracket is open here, or an amount is said to be contained of which nothing is named yet."""
        contained = False
        for token in reversed(self._tokens[max(0, at - _SENTENCE) : at]):
            if token.text in "([":
                return True
            if token.kind in "mo" or token.text == ")":
                return False
            if token.kind in "lc" or token.text in ".;":
                break
            if "relation.contains" in token.senses:
                contained = True
        return contained

    def _writes_points(self, sign: Senses) -> bool:
        """Whether this text puts a point behind a unit: each of the times it stands, or once within a sentence."""
        unit, tokens = sign.get("measure", ""), self._tokens
        if unit not in self._pointed:
            signs = [at for at in range(1, len(tokens) - 1) if tokens[at].senses.get("measure") == unit]
            points = [at + 1 for at in signs if tokens[at + 1].text == "." and tokens[at + 1].start == tokens[at].end]
            self._pointed[unit] = len(points) == len(signs) > 1 or any(map(self._is_point_inside, points))
        return self._pointed[unit]

    def _is_point_inside(self, at: int) -> bool:
        """Whether a small letter or another mark follows a point."""
        behind = self._tokens[at + 1] if at + 1 < len(self._tokens) else self._tokens[at]
        return behind.text[:1].islower() if behind.kind in "wmo" else behind.kind == "p" and behind.text != "."

    def _size_of_unit(self, first: Token, at: int) -> tuple[Item | None, int]:
        """ "one 25 g scoop", "2 level 5 ml spoonfuls", "2 x 5 ml spoons": the size of what is counted, and the index of
        the unit behind it; None and 0 where no size stands between."""
        between = self._tokens[at]
        described = between.kind == "w" and (not between.senses or "frequency.times" in between.senses)
        start = at + (described or between.text == "×")
        if start == at and first.kind == "n":
            return None, 0  # the number of a name: "Omega 3 1 g capsules"
        size, measure, unit = (self._get(index) for index in range(start, start + 3))
        if size is None or measure is None or unit is None or size.kind != "n" or not size.values:
            return None, 0
        measured = measure.senses.get("measure", "")
        if measured not in SIZES or "unit" not in unit.senses or not self._close(start + 1):
            return None, 0
        item = Item("A" if measured in MASSES else "V", size.start, measure.end, "#", measure.senses)
        item.low, item.high, item.unit = size.values, size.values, measured
        return item, start + 2

    def _second_end(self, item: Item, after: int) -> int:
        """Join "10 mL to 20 mL": the unit stands with both ends of the range."""
        joint = self._joint(after) if item.low == item.high and item.kind in "AVU" else 0
        second = self._number(joint) if joint else None
        token = self._get(second[1]) if second else None
        if second is None or token is None or second[0][0] <= item.low[0]:
            return after
        kind, unit, end = self._unit_at(token, second[1])
        if kind != item.kind or unit != item.unit:
            return after
        item.high, item.end = second[0], self._tokens[end - 1].end
        return end

    def _unit_at(self, token: Token, at: int) -> tuple[str, str, int]:
        """Kind, unit and index after what a number counts, kind empty where it counts nothing known."""
        senses = token.senses
        if token.text == "%" or token.text == "‰":
            return "P", "%", at + 1
        measure = senses.get("measure") or senses.get("measure_noise")
        if measure is None and "magnesium.symbols" in senses and token.kind == "w":
            measure = "mg"
        if measure and self._close(at) and not self._is_elided(at):
            return ("A" if measure in MASSES or measure in SUBSTANCES else "V"), measure, at + 1
        for key in senses:
            if key.startswith("duration."):
                return "D", key[len("duration.") :], at + 1
        joined = self._get(at + 1) if token.text in "-‑" else None
        if joined is not None and "duration.year" in joined.senses and joined.start == token.end:
            return "D", "year", at + 2
        counted = at
        for _ in range(3):
            here = self._get(counted)
            if here is not None and here.text == "." and self._abbreviates(counted):
                counted += 1
                here = self._get(counted)
            if here is None or here.kind not in "wp" or here.text in "(),;:|." or self._joins_name(counted):
                break
            if "unit" in here.senses:
                return "U", here.senses["unit"], counted + 1
            if self._breaks_count(here):
                break
            counted += 1
        return "", "", at

    def _joins_name(self, at: int) -> bool:
        """ "Magnesium 250 -tabletti": a hyphen behind a space joins the unit to the name before, which ends in a number
        that counts nothing."""
        before, mark, behind = self._tokens[at - 1], self._tokens[at], self._get(at + 1)
        return mark.text in "-‑" and before.end < mark.start and behind is not None and behind.start == mark.end

    def _is_elided(self, at: int) -> bool:
        """Whether an apostrophe follows at once: the "l" of "l'eau" is no litre."""
        mark = self._get(at + 1)
        return mark is not None and mark.text in _APOSTROPHES and mark.start == self._tokens[at].end

    def _abbreviates(self, at: int) -> bool:
        """ "1 gestr. TL": whether a point ends a short word that no table knows, right before a unit."""
        before, after = self._tokens[at - 1], self._get(at + 1)
        short = before.kind == "w" and not before.senses and len(before.text) <= _LONGEST_SHORT
        return short and before.end == self._tokens[at].start and after is not None and "unit" in after.senses

    @staticmethod
    def _breaks_count(token: Token) -> bool:
        """Whether a word between a number and a unit word shows that the number does not count the unit."""
        stops = ("relation.", "times", "frequency.", "reference.", "time", "number", "section.", "nutrient")
        return (token.kind == "p" and token.text not in "-‑*") or any(k.startswith(stops) for k in token.senses)

    def _close(self, at: int) -> bool:
        """Whether a unit sign stands directly behind its number, on the same line or wrapped to the next."""
        gap = self._tokens[at].start - self._tokens[at - 1].end
        return gap <= 3

    def _past_repeat(self, at: int, low: tuple[Decimal, ...]) -> int:
        """Past a number repeated in brackets: "two (2) tablets", "1 (uma)"; and past stray marks "100 ,mg"."""
        tokens = self._tokens[at : at + 3]
        if not tokens or tokens[0].text not in "([,":
            return at
        if len(tokens) == 3 and tokens[0].text in "([" and tokens[2].text in ")]":
            inner = tokens[1].values or self._word_value(tokens[1])
            if inner and inner[0] == low[0]:
                return at + 3
        if (
            len(tokens) >= 2
            and tokens[0].text == ","
            and tokens[0].end == tokens[1].start
            and "measure" in tokens[1].senses
        ):
            return at + 1
        return at

    def _bare(self, at: int, low: tuple[Decimal, ...], high: tuple[Decimal, ...], after: int) -> int:
        first = self._tokens[at]
        follower = self._get(after)
        if follower is not None and follower.kind == "w" and not follower.senses and self._is_time(after + 1):
            follower = self._get(after + 1)  # "one whole in the evening"
        if first.kind == "w" and (follower is None or follower.senses.keys().isdisjoint(_COUNTED_BARE)):
            return at
        item = Item("N", first.start, self._tokens[after - 1].end, "#", first.senses)
        item.low, item.high = low, high
        self._items.append(item)
        return after

    def _is_time(self, at: int) -> bool:
        token = self._get(at)
        return token is not None and "time" in token.senses

    @staticmethod
    def _word_value(token: Token) -> tuple[Decimal, ...]:
        return (Decimal(token.senses["number"]),) if "number" in token.senses else ()

    def _number(self, at: int) -> tuple[tuple[Decimal, ...], int] | None:
        """A number in digits, as a fraction, with a half, or in words that count something."""
        token = self._get(at)
        if token is None:
            return None
        if token.kind == "n":
            return self._digits(token, at) if token.values else None
        if token.text in _READ_AS_ONE and self._is_one(at):
            return (Decimal(1),), at + 1
        if "number" in token.senses and self._word_counts(at):
            return self._word_value(token), at + 1
        return None

    def _is_one(self, at: int) -> bool:
        """ "l tablet": whether a scanner read the 1 before a unit as a letter."""
        before, unit = self._get(at - 1) if at else None, self._get(at + 1)
        counted = before is not None and (
            before.kind in "nN" or "number" in before.senses or before.text in _APOSTROPHES
        )
        return not counted and unit is not None and "unit" in unit.senses and unit.start > self._tokens[at].end

    def _digits(self, token: Token, at: int) -> tuple[tuple[Decimal, ...], int]:
        slash, bottom = self._get(at + 1), self._get(at + 2)
        if slash is None or (slash.text != "/" and slash.kind != "n"):
            return token.values, at + 1
        if (
            slash
            and bottom
            and slash.text == "/"
            and bottom.kind == "n"
            and bottom.values
            and slash.end == bottom.start
        ):
            top, below = token.values[0], bottom.values[0]
            value = top / below if 0 < top < below <= _LARGEST_BOTTOM else _mixed(token.text, below)
            if value and slash.start == token.end:
                return (value,), at + 3
        if bottom and slash and slash.kind == "n" and slash.values and len(token.text) < 3 and bottom.text == "/":
            under = self._get(at + 3)
            if (
                under
                and under.values
                and slash.values[0] < under.values[0] <= _LARGEST_BOTTOM
                and bottom.end == under.start
            ):
                return (token.values[0] + slash.values[0] / under.values[0],), at + 4
        return token.values, at + 1

    def _word_counts(self, at: int) -> bool:
        """Whether a number word stands before something that it can count."""
        for index in range(at + 1, min(at + 4, len(self._tokens))):
            token = self._tokens[index]
            if token.kind not in "wn" and token.text not in "-–(":
                return False
            senses = token.senses
            if not senses.keys().isdisjoint(_COUNTABLE) or token.kind == "n":
                return True
            if any(
                k.startswith(("frequency.times", "frequency.daily", "duration.", "relation.to", "relation.or"))
                for k in senses
            ):
                return True
        return False

    def _range(self, at: int) -> tuple[tuple[Decimal, ...], tuple[Decimal, ...], int] | None:
        """A number or a range of two; the index after it."""
        first = self._number(at)
        if first is None:
            return None
        low, after = first
        joint = self._joint(self._past_repeat(after, low)) or self._between(at, after) or self._dotted(after)
        second = self._number(joint) if joint else None
        if second is None or second[0][0] <= low[0]:
            return low, low, after
        if self._get(second[1]) is not None and self._tokens[second[1]].text in _DASHES and self._number(second[1] + 1):
            return low, low, after
        return low, second[0], second[1]

    def _between(self, at: int, after: int) -> int:
        """The index after the "and" of "between 2 and 4", 0 where this is no such range."""
        opening = self._get(at - 1) if at else None
        token = self._get(after)
        if opening is None or token is None or "relation.between" not in opening.senses:
            return 0
        return after + 1 if "relation.and" in token.senses else 0

    def _dotted(self, at: int) -> int:
        """The index after the dots of "1...2", 0 where dots lead from cell to cell: "Omega 3...500 mg"."""
        before, dots, after = self._get(at - 1), self._get(at), self._get(at + 1)
        if before is None or dots is None or after is None or dots.text not in _DOTS:
            return 0
        touch = before.end == dots.start and dots.end == after.start
        counts = all(token.text.isdigit() and len(token.text) <= 2 for token in (before, after))
        return at + 1 if touch and counts else 0

    def _joint(self, at: int) -> int:
        """The index after a mark or word that joins two ends of a range, 0 where none stands here."""
        token = self._get(at)
        if token is None or (not token.senses and token.kind != "p"):
            return 0
        if token.text == "." and (dash := self._get(at + 1)) and dash.text in _DASHES:
            return at + 2
        follower = self._get(at + 1)
        if token.text in _DASHES:
            return at + 2 if follower and "relation.to" in follower.senses else at + 1
        if "relation.to" in token.senses or "relation.or" in token.senses:
            return at + 1
        if token.kind == "w" and ("measure" in token.senses or "unit" in token.senses):
            return 0
        return 0

    def _scheme(self, at: int) -> int:
        """ "1-0-1" or "1-1-1-0": so many units morning, noon, evening; 0 where there is none."""
        mark = self._get(at + 1)
        if mark is None or mark.text not in _SCHEME_MARKS:
            return 0
        joint, numbers = mark.text, []
        index = at
        while (token := self._get(index)) and token.kind == "n" and token.values and token.values[0] < _SMALL:
            numbers.append(token)
            mark = self._get(index + 1)
            if not mark or mark.text not in (_DASHES if joint in _DASHES else joint) or mark.start - token.end > 1:
                break
            index += 2
        if len(numbers) not in (3, 4) or not all(len(t.text) <= 2 for t in numbers):
            return 0
        behind = self._get(at + 2 * len(numbers) - 1)
        if behind is not None and "frequency.times" in behind.senses:  # "days 1-3 - 1 x daily"
            return 0
        item = Item("S", numbers[0].start, numbers[-1].end, "#", {})
        item.low = tuple(t.values[0] for t in numbers)
        item.high = item.low
        if not sum(item.low):
            return 0
        self._items.append(item)
        return at + 2 * len(numbers) - 1

    def _unit_before_number(self, at: int) -> int:
        """ "mg 450": some languages put the unit first."""
        token, number = self._get(at), self._get(at + 1)
        if (
            not token
            or not number
            or token.senses.get("measure") not in MASSES
            or number.kind != "n"
            or not number.values
        ):
            return at
        follower = self._get(at + 2)
        if (at and self._tokens[at - 1].kind in "nN") or (follower and follower.senses.get("measure")):
            return at
        if number.start - token.end > 1 or (follower and follower.text in "%+"):
            return at  # "MG2+" is the ion
        item = Item("A", token.start, number.end, "#", token.senses)
        item.low = item.high = number.values
        item.unit = token.senses["measure"]
        self._items.append(item)
        return at + 2


def equates(item: Item) -> bool:
    """Whether an item says that what stands around it is the same: a sign, "corresponds to"."""
    return item.text == "=" or "relation.equivalent" in item.senses


def _mixed(digits: str, bottom: Decimal) -> Decimal | None:
    """ "11/2": one and a half, where a raised "1/2" has lost its place; None where the digits are no such number."""
    if len(digits) != 2 or digits[0] not in _WHOLES or digits[1] not in _WHOLES:
        return None
    top = Decimal(digits[1])
    return Decimal(digits[0]) + top / bottom if top < bottom <= _LARGEST_BOTTOM else None


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
