"""The table of how shops mark up their pages: class names that tell other products and unseen text from the label."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import msgspec

from mglabel.tables.loading import parse_toml, refuse, resource_text

_FILE = "html.toml"


class HtmlNames(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Names of classes and ids by what they say of their element, and codes of units with their signs."""

    elsewhere: frozenset[str]
    not_names: frozenset[str]
    unseen: frozenset[str]
    unit_codes: Mapping[str, str]


@cache
def html_names() -> HtmlNames:
    """The names of the package's table."""
    return checked_names(resource_text(_FILE))


def checked_names(text: str) -> HtmlNames:
    """The names of a TOML text; raises `BadTable` where one could never be found.

    >>> checked_names('elsewhere = ["Up_Sells"]\\nnot_names = []\\nunseen = []\\n[unit_codes]')
    Traceback (most recent call last):
    mglabel.values.errors.BadTable: html.toml: 'Up_Sells' is not in lower case with hyphens
    """
    names = parse_toml(text, _FILE, HtmlNames)
    every = sorted(names.elsewhere | names.not_names | names.unseen)
    refuse(
        _FILE, [f"{n!r} is not in lower case with hyphens" for n in every if n != n.casefold() or set(n) & set("_ .#")]
    )
    return names
