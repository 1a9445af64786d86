"""Take typed values out of a parsed table and gather every fault on the way.

A fault leaves a neutral value in place, so that one look at a table names all that is wrong with it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from mglabel.tables.loading import refuse
from mglabel.values.interval import Masses, exactly


class Reading:
    """One table being read: its name, and the faults found so far.

    >>> reading = Reading("my.toml")
    >>> reading.text({"name": 3}, "name")
    ''
    >>> reading.faults
    ['name is 3, not a text']
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.faults: list[str] = []

    def fault(self, message: str) -> None:
        """Remember one fault."""
        self.faults.append(message)

    def finish(self) -> None:
        """Raise `BadTable` with every fault, if there is any."""
        refuse(self.name, self.faults)

    def _get(self, raw: Mapping[str, Any], key: str, where: str) -> Any:
        if key not in raw:
            self.fault(f"{where}{key} is missing")
            return None
        return raw[key]

    def table(self, raw: Mapping[str, Any], key: str, where: str = "") -> dict[str, Any]:
        """The table under a key."""
        value = self._get(raw, key, where)
        if isinstance(value, dict):
            return value
        if value is not None:
            self.fault(f"{where}{key} is {value!r}, not a table")
        return {}

    def text(self, raw: Mapping[str, Any], key: str, where: str = "") -> str:
        """The text under a key, never empty unless at fault."""
        value = self._get(raw, key, where)
        if isinstance(value, str) and value.strip():
            return value
        if value is not None:
            self.fault(f"{where}{key} is {value!r}, not a text")
        return ""

    def texts(self, raw: Mapping[str, Any], key: str, where: str = "") -> tuple[str, ...]:
        """The list of different texts under a key."""
        value = self._get(raw, key, where)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
            self.fault(f"{where}{key} is {value!r}, not a list of texts")
            return ()
        for doubled in sorted({v for v in value if value.count(v) > 1}):
            self.fault(f"{where}{key} holds {doubled!r} twice")
        return tuple(value)

    def chosen(self, raw: Mapping[str, Any], key: str, allowed: Collection[str], where: str = "") -> tuple[str, ...]:
        """The list of texts under a key, each one of those allowed."""
        values = self.texts(raw, key, where)
        for value in values:
            if value not in allowed:
                self.fault(f"{where}{key} holds {value!r}, not one of {', '.join(allowed)}")
        return values

    def number(self, raw: Mapping[str, Any], key: str, where: str = "") -> Decimal:
        """The number above zero under a key."""
        value = self._get(raw, key, where)
        if (
            isinstance(value, int | Decimal)
            and not isinstance(value, bool)
            and Decimal(value).is_finite()
            and value > 0
        ):
            return Decimal(value)
        if value is not None:
            self.fault(f"{where}{key} is {value!r}, not a number above zero")
        return Decimal(1)

    def numbers(self, raw: Mapping[str, Any], key: str, where: str = "") -> dict[str, Decimal]:
        """The table of numbers above zero under a key."""
        table = self.table(raw, key, where)
        return {name: self.number(table, name, f"{where}{key}.") for name in table}

    def interval(self, raw: Mapping[str, Any], key: str, where: str = "") -> Masses:
        """The pair of numbers above zero under a key, the lower one first."""
        value = self._get(raw, key, where)
        if value is None:
            return exactly(1)
        if not isinstance(value, list) or len(value) != 2:
            self.fault(f"{where}{key} is {value!r}, not a pair of numbers")
            return exactly(1)
        pair = {"low": value[0], "high": value[1]}
        found = Masses(self.number(pair, "low", f"{where}{key}."), self.number(pair, "high", f"{where}{key}."))
        if found.low > found.high:
            self.fault(f"{where}{key} is {value!r}, the higher number first")
        return found

    def only(self, raw: Mapping[str, Any], allowed: Collection[str], where: str = "") -> None:
        """Remember every key that is not one of those allowed."""
        for key in raw:
            if key not in allowed:
                self.fault(f"{where}{key} is not known")
