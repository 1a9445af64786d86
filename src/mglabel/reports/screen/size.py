"""What is known of a terminal before anything is drawn; it loads nothing, so that plain text stays quick."""

from __future__ import annotations

from typing import NamedTuple


class Screen(NamedTuple):
    """A terminal that shows tables: how many columns it has, and whether colours are wanted."""

    width: int
    color: bool
