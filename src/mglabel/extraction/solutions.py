"""Salts dissolved in a stated volume of which a part is drunk: "dissolve the sachet in 750 ml of water; 50 ml a day".

What is dissolved is so much in the whole volume; only doses in millilitres that are a part of it make it a stock.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from mglabel.extraction.dose import Dose
from mglabel.extraction.item import VOLUMES, Item
from mglabel.extraction.layout import Clause
from mglabel.extraction.portion_mention import portion_of
from mglabel.extraction.unit_sizes import Size
from mglabel.values.label import Portion

_HALF = Decimal(2)
"""A dose is at most half of the stock: more of it is the water that one dose goes into."""


def solutions(all_clauses: Iterable[Clause], doses: Sequence[Dose]) -> list[Size]:
    """What is dissolved, in units or grams, with the volume of the whole; none where no part of it is a dose."""
    largest = max((taken.high for d in doses if d.unit == "ml" and (taken := d.per_intake or d.per_day)), default=None)
    if largest is None:
        return []
    found = (stock for clause in all_clauses if clause.says("dose.dissolve") for stock in _stocks(clause.items))
    return [(goods, whole) for goods, whole in found if whole.count >= largest * _HALF]


def _stocks(items: list[Item]) -> Iterator[Size]:
    """What stands between a word for dissolving and a volume, with that volume."""
    start = next(at for at, item in enumerate(items) if "dose.dissolve" in item.senses)
    end = next((at for at in range(start, len(items)) if items[at].kind == "V" and items[at].unit in VOLUMES), None)
    if end is None or not items[end].high or items[end].low != items[end].high:
        return
    weighed = [item for item in items[start:end] if item.kind == "A" and item.unit == "g"]
    named = weighed[:1] or [item for item in items[start:end] if item.kind == "U"][-1:]
    goods, whole = portion_of(named[0]) if named else None, portion_of(items[end])
    if goods is not None and whole is not None and named[0].low == named[0].high:
        yield goods, whole


def dissolved_grams(stocks: Iterable[Size]) -> list[tuple[Portion, Decimal]]:
    """The stocks that are stated in grams, as portions with so many grams in them."""
    return [(whole, goods.count) for goods, whole in stocks if goods.unit == "g"]
