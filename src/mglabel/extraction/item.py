"""What grammar works on: an item, and the units that one may be measured in."""

from __future__ import annotations

from decimal import Decimal

from mglabel.language.token import Token

Item = Token
"""An item is a token that grammar has counted, measured or passed on.

`low` and `high` are the ends of a stated range (tuples of every value that the digits allow).
"""

FOOTNOTES = frozenset("*†‡§¹²³#")
"""Marks that refer to a footnote, or begin one."""

COUNTED = "\0"
"""The text of an item that counts or measures: none that a mark or a word of a label has."""

MASSES = {"mg": Decimal(1), "g": Decimal(1000), "µg": Decimal("0.001"), "kg": Decimal(1000000)}
SUBSTANCES = frozenset(("mmol", "mEq", "mval"))
VOLUMES = {"ml": Decimal(1), "cl": Decimal(10), "dl": Decimal(100), "l": Decimal(1000)}
SIZES = frozenset(("g", *VOLUMES))
"""What a unit of goods is measured in."""


def token_at(tokens: list[Token], at: int) -> Token | None:
    """The token at an index, None behind the last."""
    return tokens[at] if at < len(tokens) else None


def equates(item: Item) -> bool:
    """Whether an item says that what stands around it is the same: a sign, "corresponds to"."""
    return item.text == "=" or "relation.equivalent" in item.senses
