"""The one kind of piece that a text is read in: as cut by the lexer, joined to names, and counted and measured.

A token is made once; later rooms give it another kind, senses or numbers, or put one in the place of several.
"""

from __future__ import annotations

from decimal import Decimal

import msgspec

from mglabel.language.vocabulary import Senses

Values = tuple[Decimal, ...]


class Token(msgspec.Struct, eq=False, gc=False):
    """A piece of a text. `kind` in the lexer: w word or phrase, n number, p mark, l line break, c cell break.

    Names are m magnesium or a compound of it, o another substance. Items are A amount of mass or substance, V other
    measured number, P percent, U counted unit, D duration, S scheme, N bare number.
    """

    kind: str
    start: int
    end: int
    text: str
    senses: Senses
    values: Values = ()
    """Every value that the digits of a number allow."""
    key: str = ""
    """What phrases compare."""
    low: Values = ()
    high: Values = ()
    """The ends of what an item states, each with every value that its digits allow."""
    unit: str = ""
    depth: int = 0
    """In how many brackets it stands."""

    def __repr__(self) -> str:
        numbers = f" {self.low}..{self.high} {self.unit}" if self.low or self.unit else ""
        return f"{self.kind}:{self.text!r}{numbers}{dict(self.senses) or ''}"

    @property
    def least(self) -> Decimal:
        """The lower end of what is stated, in its first reading."""
        return self.low[0]

    @property
    def most(self) -> Decimal:
        """The upper end of what is stated, in its first reading."""
        return self.high[0]
