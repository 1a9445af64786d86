"""Text on a screen: safe quoting of what a label says, labelled lines, wrapping and aligned columns."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Sequence

WIDTH = 100
INDENT = 2
_CONTROL, _GONE = "Cc", "Cf"
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_LOST = "\ufffd"


def safe(text: str) -> str:
    """One line that a terminal can show: spaces for breaks, no formatting characters and no half ones.

    What would steer a terminal or turn the direction of what follows is shown as its escape, so that it is seen.

    >>> print(safe("Magne\\u00adsium\\n 100\\x1b[31m mg\\u202e"))
    Magnesium 100\\x1b[31m mg\\u202e
    """
    if text.isascii() and text.isprintable():
        return text
    return " ".join("".join(_visible(c) for c in text).split())


def _visible(char: str) -> str:
    if char.isspace():
        return " "
    category = unicodedata.category(char)
    if category == _CONTROL or char in _TURNING:
        return f"\\x{ord(char):02x}" if ord(char) < 0x100 else f"\\u{ord(char):04x}"
    if category == _GONE:
        return ""
    return _LOST if category.startswith("C") else char


def shortened(text: str, length: int) -> str:
    """The text as one safe line of at most so many characters, cut in the middle.

    >>> shortened("magnesium citrate nonahydrate", 15)
    'magnesi…hydrate'
    """
    line = safe(text[: 8 * length] + text[-8 * length :] if len(text) > 16 * length else text)
    if len(line) <= length:
        return line
    half = (length - 1) // 2
    return f"{line[: length - 1 - half]}…{line[-half:]}"


def labelled(rows: Sequence[tuple[str, str]], indent: int = INDENT, width: int = WIDTH) -> list[str]:
    """Lines of a label and what belongs to it, all starting in one column; a label that repeats is shown once.

    >>> labelled([("Per day", "240 mg"), ("Basis", "the label")])
    ['  Per day  240 mg', '  Basis    the label']
    """
    column = max((len(label) for label, _ in rows), default=0)
    lines: list[str] = []
    before = ""
    for label, value in rows:
        head = f"{' ' * indent}{'' if label == before else label:<{column}}  "
        lines += wrapped(value, head, width)
        before = label
    return lines


def wrapped(text: str, head: str = "", width: int = WIDTH) -> list[str]:
    """The text after a head, wrapped under its own beginning."""
    return textwrap.wrap(
        safe(text) or "-", width, initial_indent=head, subsequent_indent=" " * len(head), break_on_hyphens=False
    )


def table(rows: Sequence[Sequence[str]], indent: int = INDENT) -> list[str]:
    """Rows in aligned columns, the first row as the head.

    >>> table([("Form", "Mg %"), ("oxide", "60")])
    ['  Form   Mg %', '  oxide  60']
    """
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        (" " * indent + "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True))).rstrip()
        for row in rows
    ]
