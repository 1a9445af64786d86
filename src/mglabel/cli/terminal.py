"""Whether standard output is a terminal that shows tables, how wide it is, and whether it shows colours.

An option of the command line comes before NO_COLOR, that before FORCE_COLOR, and that before what the terminal is.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping

from mglabel.reports.screen.size import Screen

_PLAIN = ("dumb", "unknown")
_OFF = ("0", "false")
_WIDTH = 100
"""Columns where nothing tells them."""


def terminal(wish: str) -> Screen | None:
    """The terminal to write tables for, by the option `--color`; None where plain text is wanted."""
    shown = None if sys.stdout is None else wanted(wish, sys.stdout.isatty(), os.environ)
    if shown is None or _is_legacy():
        return None
    return Screen(shutil.get_terminal_size((_WIDTH, 24)).columns, shown)


def wanted(wish: str, is_terminal: bool, environment: Mapping[str, str]) -> bool | None:
    """Whether to show colours, or None for plain text.

    >>> wanted("auto", True, {}), wanted("auto", True, {"NO_COLOR": "1"}), wanted("auto", False, {})
    (True, False, None)
    >>> wanted("always", False, {"NO_COLOR": "1"}), wanted("auto", False, {"FORCE_COLOR": "1"})
    (True, True)
    >>> wanted("auto", True, {"TERM": "dumb"}) is wanted("never", False, {"FORCE_COLOR": "1"}) is None
    True
    """
    tables = is_terminal and environment.get("TERM") not in _PLAIN
    if wish == "always":
        return True
    if wish == "never" or environment.get("NO_COLOR"):
        return False if tables else None
    forced = environment.get("FORCE_COLOR", "")
    if forced:
        return True if forced.casefold() not in _OFF else False if tables else None
    return True if tables else None


def _is_legacy() -> bool:
    """Whether this is a console of Windows that does not understand escapes."""
    if sys.platform != "win32":
        return False
    from rich.console import detect_legacy_windows

    return detect_legacy_windows()
