"""What a page says of its products for machines: schema.org data as JSON-LD or microdata, put into lines.

It is read only where the page shows no label to readers. Products are kept apart, each under its name.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from selectolax.lexbor import LexborNode

from mglabel.documents.html.page import Page
from mglabel.tables.html import html_names

_TYPES = ("Product", "ProductGroup", "IndividualProduct", "ProductModel", "DietarySupplement", "Drug")
_INTO = ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item", "hasVariant")
_TEXTS = ("description", "disambiguatingDescription")
_FACTS = (
    "size",
    "servingSize",
    "nutrition",
    "additionalProperty",
    "activeIngredient",
    "ingredients",
    "hasIngredient",
    "recommendedIntake",
    "doseSchedule",
    "safetyConsideration",
    "warning",
)
"""The properties that a label would say, in the order of a label."""

_DOSE = ("doseValue", "doseUnit", "frequency")
_NAMED = ("servingSize",)
_NOISE = frozenset(("name", "description", "url", "image", "identifier", "propertyID"))
_MOST_PRODUCTS = 200
_MOST_NODES = 20_000
_MOST_VALUES = 500
_INNER_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_COMMENT = re.compile(
    r"\A\s*(?:<!--|//<!\[CDATA\[|<!\[CDATA\[|/\*<!\[CDATA\[\*/)|(?:-->|//\]\]>|\]\]>|/\*\]\]>\*/)\s*\Z"
)
_LAST_COMMA = re.compile(r",(?=\s{0,200}[}\]])")


class Fact(NamedTuple):
    """A value with what it is called; `label` is empty for a text that speaks for itself. Values may hold HTML."""

    label: str
    value: str


class Entry(NamedTuple):
    """One product as the page's data give it, with the element that holds the data."""

    name: str
    facts: tuple[Fact, ...]
    node: LexborNode


def entries(page: Page, name: str) -> list[Entry]:
    """The products of a page's data: that of the page's `name` if one is, else all."""
    found: dict[str, Entry] = {}
    for node, item in _items(page):
        entry = Entry(_plain(item.get("name")), tuple(_facts(item)), node)
        key = _folded(entry.name)
        if key not in found or _size(found[key]) < _size(entry):
            found[key] = entry
    wanted = _folded(name)
    named = [e for key, e in found.items() if key and wanted and (key in wanted or wanted in key)]
    return [entry for entry in named or found.values() if entry.facts]


def _size(entry: Entry) -> int:
    return sum(len(fact.value) for fact in entry.facts)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


# -- where the data stand ----------------------------------------------------------------------------------------------


def _items(page: Page) -> Iterator[tuple[LexborNode, Mapping[str, Any]]]:
    """Every product of the page's data with its element."""
    count = 0
    for node in page.find('script[type="application/ld+json" i]'):
        for item in _products(_parsed(node.text() or "")):
            yield node, item
            count += 1
            if count >= _MOST_PRODUCTS:
                return
    for node in page.find("[itemscope][itemtype]")[:_MOST_PRODUCTS]:
        if _is_product((node.attributes.get("itemtype") or "").split()) and "itemprop" not in node.attributes:
            yield node, _microdata(node)


def _parsed(text: str) -> Any:
    """The JSON of a script; None where it cannot be read."""
    bare = _COMMENT.sub("", text.strip()).strip().rstrip(";")
    for attempt in (bare, _LAST_COMMA.sub("", bare)):
        try:
            return json.loads(attempt, strict=False, parse_int=str, parse_float=str, parse_constant=str)
        except (ValueError, RecursionError):
            continue
    return None


def _products(data: Any) -> Iterator[Mapping[str, Any]]:
    """The products in JSON-LD data, those that others only refer to left out."""
    waiting = [data]
    seen = 0
    while waiting and seen < _MOST_NODES:
        one = waiting.pop(0)
        seen += 1
        if isinstance(one, list):
            waiting[:0] = one[:_MOST_NODES]
            continue
        if not isinstance(one, dict):
            continue
        is_product = _is_product(_many(one.get("@type")))
        if is_product:
            yield one
        if not is_product or not any(one.get(key) for key in (*_TEXTS, *_FACTS)):
            waiting[:0] = [one[key] for key in _INTO if isinstance(one.get(key), dict | list)]


def _is_product(types: Iterable[Any]) -> bool:
    return any(str(one).rstrip("/").rpartition("/")[2].rpartition(":")[2] in _TYPES for one in types)


def _microdata(scope: LexborNode) -> dict[str, Any]:
    """The properties of a microdata item, items within it as dicts of their own."""
    root: dict[str, Any] = {}
    holders = {scope.mem_id: root}
    for count, node in enumerate(scope.css("[itemprop]")):
        if count >= _MOST_VALUES:
            break
        above = node.parent
        while above is not None and above.mem_id not in holders and "itemscope" not in above.attributes:
            above = above.parent
        holder = holders.get(above.mem_id) if above is not None else None
        if holder is None or node.mem_id == scope.mem_id:
            continue
        attributes = node.attributes
        value: Any = {"@type": (attributes.get("itemtype") or "").rpartition("/")[2]}
        if "itemscope" in attributes:
            holders[node.mem_id] = value
        else:
            value = attributes.get("content") or (node.inner_html or "").strip()
        for name in (attributes.get("itemprop") or "").split():
            holder.setdefault(name, []).append(value)
    return root


# -- what they say -----------------------------------------------------------------------------------------------------


def _facts(item: Mapping[str, Any]) -> Iterator[Fact]:
    """What a product's data say, as far as it belongs on a label."""
    for key in _TEXTS:
        text = " ".join(_strings(item.get(key)))
        if text:
            yield Fact("", text)
    for key in _FACTS:
        for value in _many(item.get(key))[:_MOST_VALUES]:
            yield from _fact(key, value)


def _fact(key: str, value: Any) -> Iterator[Fact]:
    label = _spoken(key)
    if not isinstance(value, Mapping):
        yield from (Fact(label, text) for text in _strings(value))
        return
    dose = [_plain(value.get(part)) for part in _DOSE if value.get(part)]
    name = _plain(value.get("name"))
    if dose:
        yield Fact(label, " ".join(dose))
    elif value.get("value") is not None and name:
        yield Fact(name, _measured(value))
    elif value.get("value") is not None:
        yield Fact(label, _measured(value))
    elif name:
        yield Fact(label, name)
    else:
        for inner in (*_NAMED, *(k for k in value if k not in _NAMED)):
            if not inner.startswith("@") and inner not in _NOISE:
                yield from (Fact(_spoken(inner), _measured(v)) for v in _many(value.get(inner)) if _measured(v))


def _measured(value: Any) -> str:
    """A value with its unit."""
    if not isinstance(value, Mapping):
        return _plain(value)
    unit = _plain(value.get("unitText")) or html_names().unit_codes.get(_plain(value.get("unitCode")), "")
    return f"{_plain(value.get('value'))} {unit}".strip()


def _spoken(key: str) -> str:
    """The name of a property in words.

    >>> _spoken("recommendedIntake")
    'Recommended intake'
    """
    return _INNER_CAPITAL.sub(" ", key).capitalize()


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _strings(value: Any) -> list[str]:
    return [text for one in _many(value) for text in [_plain(one)] if text]


def _plain(value: Any) -> str:
    """A value as a string: the first of several, the text of one with a language."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, Mapping):
        value = value.get("@value", value.get("name"))
    return value.strip() if isinstance(value, str) else ""
