"""What a terminal can show, and how pieces become its text: nothing but our own styles ever steers it.

Colours are the sixteen of the terminal's own theme, so that they fit light and dark; none says what no word says too.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence

from rich.console import Console, RenderableType
from rich.text import Text

from mglabel.reports.layout import safe
from mglabel.reports.plain import SEVERITIES
from mglabel.reports.screen.size import Screen

LEAST, MOST = 40, 120
"""Columns: a narrower terminal breaks lines itself, and a wider one would make them hard to read."""
_ENDS = re.compile(r"(?:\x1b\[[0-9;]*m| )+$", re.MULTILINE)
"""The spaces at the end of a line, with the styles among them."""
TONES = ("green", "yellow", "red")
_SEVERE = dict(zip(SEVERITIES, ("bold red", "bold yellow", "bold cyan", ""), strict=True))
_MARKS = dict(zip(SEVERITIES, ("✖", "▲", "●", "·"), strict=True))
_PLAIN_MARKS = dict(zip(SEVERITIES, ("x", "!", "*", "-"), strict=True))


def rendered(pieces: Sequence[RenderableType], screen: Screen) -> str:
    """The pieces as text that ends with a line break, without spaces at the ends of lines."""
    console = Console(
        file=sys.stdout,
        width=min(max(screen.width, LEAST), MOST),
        force_terminal=True,
        color_system="standard",
        no_color=not screen.color,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    with console.capture() as captured:
        console.print(*pieces, sep="\n")
    return _ENDS.sub(lambda end: end.group().replace(" ", ""), captured.get().rstrip("\n")) + "\n"


def said(text: str, style: str = "") -> Text:
    """Text from anywhere, made safe for a terminal; the only way in which text gets on the screen."""
    return Text(safe(text), style)


def tone(place: int, count: int) -> str:
    """The colour of one of several steps from best to worst.

    >>> [tone(place, 5) for place in range(5)]
    ['green', 'green', 'yellow', 'red', 'red']
    """
    share = place / max(1, count - 1)
    return TONES[0] if share < 0.3 else TONES[1] if share < 0.65 else TONES[2]


def badge(colour: str, color: bool) -> str:
    """The style of a word that stands out: dark on a colour, or turned out where there are no colours."""
    return f"bold black on {colour}" if color else "bold reverse"


def severity_style(severity: str) -> str:
    """The style of a severity's word."""
    return _SEVERE.get(severity, "")


def severity_mark(severity: str, plain: bool) -> str:
    """The sign before a severity's word."""
    return (_PLAIN_MARKS if plain else _MARKS).get(severity, " ")
