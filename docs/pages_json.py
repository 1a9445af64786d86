"""The page of the JSON form: every object of the schema with its keys, their types and what they hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from shaping import MADE, heading, listed, table

from mglabel.analysis.wire import schema

ROOT = "Analysis"
TYPES = {
    "string": "text",
    "number": "number",
    "integer": "whole number",
    "boolean": "true or false",
    "object": "object",
}
WORDS = 8

INTRO = """\
The form `{name}` as the schema has it (`mglabel schema` prints it); [what it is and its rules](json.md). Every key
is always there. Masses are in mg; what is not known is null, never 0. Keys are not removed and do not change their
meaning under this name; others may be added.
"""


def reference() -> str:
    """The whole page."""
    whole = schema()
    parts: dict[str, dict[str, Any]] = whole["$defs"]
    ordered = [ROOT, *(name for name in _met(ROOT, parts) if name != ROOT)]
    return "\n".join(
        (
            f"{MADE}# The keys of the JSON form\n",
            INTRO.format(name=whole["title"]),
            *(_section(name, parts[name]) for name in ordered),
        )
    )


def _met(name: str, parts: dict[str, dict[str, Any]]) -> dict[str, None]:
    """The objects in the order in which they are met, without repeats."""
    found = {name: None}
    for held in parts[name]["properties"].values():
        for other in _names(held):
            if other not in found:
                found |= _met(other, parts)
    return found


def _names(held: Any) -> Iterator[str]:
    if isinstance(held, dict):
        if "$ref" in held:
            yield held["$ref"].rpartition("/")[2]
        for inner in held.values():
            yield from _names(inner)
    elif isinstance(held, list):
        for inner in held:
            yield from _names(inner)


def _section(name: str, part: dict[str, Any]) -> str:
    rows = [(f"`{key}`", _type(held), held["description"]) for key, held in part["properties"].items()]
    head = heading(2, name.lower(), name)
    return "\n".join((head, f"{part['description']}\n", table(("Key", "Type", "What it holds"), rows)))


def _type(held: dict[str, Any]) -> str:
    """The type of a key in words, with a link where it is an object of its own."""
    if "anyOf" in held:
        told = [_type(one) for one in held["anyOf"] if one.get("type") != "null"]
        return f"{listed(told)} or null"
    if "$ref" in held:
        name = held["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "enum" in held:
        return listed(f"`{word}`" for word in held["enum"])
    if held.get("type") == "array":
        return f"list of {_type(held['items'])}"
    return TYPES.get(held["type"], held["type"])
