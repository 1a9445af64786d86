"""Tables, links and numbers as the pages made from the tables write them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

MADE = "<!-- Made from the tables by `python docs/build.py`; change the tables, not this page. -->\n"


def table(head: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[int] = ()) -> str:
    """A table; the columns in `right` hold numbers and stand at the right."""
    rule = ["---:" if at in right else "---" for at in range(len(head))]
    return "".join(f"| {' | '.join(_cell(cell) for cell in line)} |\n" for line in (head, rule, *rows))


def _cell(text: str) -> str:
    """A cell of a table; a stroke outside code would end it."""
    return " ".join(text.split()).replace("|", "/")


def heading(level: int, anchor: str, title: str) -> str:
    """A heading with an anchor of its own, which no change of its words breaks."""
    return f'{"#" * level} <a id="{anchor}"></a>{title}\n'


def percent(low: Decimal, high: Decimal) -> str:
    """A share, or an interval of shares, as per cent with one decimal."""
    ends = [number(end * 100, 1) for end in (low, high)]
    return ends[0] if ends[0] == ends[1] else " to ".join(ends)


def number(value: Decimal, places: int = 2) -> str:
    """A number with at most so many decimals, without trailing zeros."""
    text = f"{round(value, places):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def listed(items: Iterable[str], nothing: str = "none") -> str:
    """Items joined by commas."""
    return ", ".join(items) or nothing
