"""Numbers, intervals, lists and names as a language writes them: the kinds of params that a template may hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal, InvalidOperation
from typing import Any

import msgspec

from mglabel.values.interval import Interval

Words = Callable[[str, str], str]
"""Gives the word of a group for an id."""


class Style(msgspec.Struct, frozen=True):
    """How a language writes numbers, lists and ages."""

    decimal: str
    range: str
    both: str
    none: str
    unknown: str
    ages: str
    older: str


_UNITS: Mapping[str, str] = {"mg": " mg", "percent": " %", "number": ""}
KINDS = (*_UNITS, "forms", "texts", "limits")
"""Every kind of param but words, which name their group: `word.purpose`, `words.time`."""


def shown_as(kind: str, value: Any, style: Style, words: Words, lang: str) -> str:
    """One param in words of its kind; a value of an unexpected type is shown as it is."""
    base, _, group = kind.partition(".")
    if base in ("word", "words"):
        return listed([words(group, str(item)) for item in _many(value)], style)
    if base == "limits":
        return listed([_limit(item, style, words) for item in _many(value)], style)
    if base == "forms":
        return listed([form_name(str(item), lang) for item in _many(value)], style)
    if base == "texts":
        return listed([str(item) for item in _many(value)], style)
    return amount(value, style) + _UNITS[base]


def listed(items: Sequence[str], style: Style) -> str:
    """Items joined as the language joins them: "a, b and c"."""
    if not items:
        return style.none
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {style.both} {items[-1]}"


def form_name(form: str, lang: str = "en") -> str:
    """The name of a form in a language, the id without its prefix where the tables have none.

    >>> form_name("bisglycinate", "da")
    'magnesiumbisglycinat'
    """
    from mglabel.tables.chemistry import forms

    row = forms().get(form) or forms().get(f"other:{form}")
    if row is None:
        return form.removeprefix("other:").replace("_", " ")
    return row.name_da if lang == "da" else row.name_en


def amount(value: Any, style: Style) -> str:
    """A number or an interval as the language writes it; the ends of an interval are rounded outwards."""
    low, high = _ends(value)
    if low is None or high is None:
        return str(value)
    if low == high:
        return _number(low, ROUND_HALF_EVEN, 2, style)
    ends = _number(low, ROUND_FLOOR, 0, style), _number(high, ROUND_CEILING, 0, style)
    return ends[0] if ends[0] == ends[1] else style.range.format(low=ends[0], high=ends[1])


def _many(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list | tuple) else (value,)


def _limit(value: Any, style: Style, words: Words) -> str:
    """One limit of an authority: who sets it, where, at which age, and how high it is."""
    if not isinstance(value, Mapping):
        return str(value)
    known = {name: held for name, held in value.items() if held is not None}
    about = [words("jurisdiction", str(known["jurisdiction"]))] if "jurisdiction" in known else []
    if "age_to" in known:
        about.append(style.ages.format(low=known.get("age_from", 0), high=known["age_to"]))
    elif "age_from" in known:
        about.append(style.older.format(low=known["age_from"]))
    place = f" ({', '.join(about)})" if about else ""
    return f"{known.get('authority', '')}{place} {amount(known.get('value'), style)} mg"


def _ends(value: Any) -> tuple[Decimal | None, Decimal | None]:
    """Both ends of what may be an interval, its JSON form or a single number."""
    if isinstance(value, Interval):
        return _decimal(value.low), _decimal(value.high)
    if isinstance(value, Mapping):
        return _decimal(value.get("low")), _decimal(value.get("high"))
    return _decimal(value), _decimal(value)


def _decimal(value: Any) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    number = Decimal(str(value))
    return number if number.is_finite() else None


def _number(value: Decimal, rounding: str, places: int, style: Style) -> str:
    """A number with at most so many decimals, one at least below 10, without trailing zeros."""
    places = max(places, 1 if abs(value) < 10 else 0)
    try:
        value = value.quantize(Decimal(1).scaleb(-places), rounding=rounding)
    except InvalidOperation:
        return str(value)  # more digits than a label can mean: as it is
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", style.decimal)
