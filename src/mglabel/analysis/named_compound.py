"""The calculator with the names of every language that labels are read in."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from mglabel.chemistry import calculator
from mglabel.language.lexer import lexer
from mglabel.language.names import compose
from mglabel.values.interval import Interval


def elemental(amount: Any, compound_name: str) -> Interval[Any]:
    """The elemental magnesium in an amount of a compound, as an interval of pint quantities in mg.

    `amount` is a pint quantity of any registry or a text such as "500 mg" or "1,5 g". Amounts of substance (mmol, mEq,
    mval) count magnesium itself, as labels do; for a compound with several magnesium atoms, where that would be
    unclear, they are refused. `compound_name` is a name as labels write it in any language that is read, a form, or a
    formula. Raises `BadQuantity` and `UnknownForm`.

    >>> magnesium = elemental("500 mg", "magnesium citrate nonahydrate")
    >>> round(magnesium.low.magnitude, 2), magnesium.is_exact
    (59.45, True)
    >>> elemental("500 mg", "citrato de magnesio") == elemental("500 mg", "magnesium citrate")
    True
    """
    return calculator.elemental(amount, compound_name, named_in_any_language)


def named_in_any_language(name: str) -> calculator.Named | None:
    """What a name in any language stands for; None where it is no single compound and nothing else.

    >>> named_in_any_language("oxyde de magnésium").form
    'oxide'
    >>> named_in_any_language("oxyde et citrate de magnésium") is None
    True
    """
    lexed = lexer().lex(name)
    tokens = [token for token in compose(lexed.tokens) if token.kind != "p"]
    if lexed.repairs or len(tokens) != 1 or tokens[0].kind != "m" or not tokens[0].senses["form"]:
        return None
    senses = tokens[0].senses
    waters = senses.get("hydrate")
    hydrate = None if waters is None else Decimal(waters)
    return calculator.Named(senses["form"], senses.get("variant"), hydrate, "descriptor.buffered" in senses)
