"""The exports of shops as data: by which header a product table is known, and which of its columns hold the label."""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

import msgspec

from mglabel.tables.loading import duplicates, parse_toml, refuse, resource_text

FILE = "exports.toml"


class Marked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A column that holds one of some words."""

    column: str
    words: tuple[str, ...]


class Export(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"with_": "with"}):
    """One kind of product table."""

    name: str
    columns: Mapping[str, tuple[str, ...]]
    with_: tuple[str, ...]
    """One of these must be there too, unless there are none."""
    id: tuple[str, ...]
    text: tuple[str, ...]
    html: tuple[str, ...]
    lines: bool = False
    escapes: bool = False
    blank: tuple[str, ...] = ()
    same: str | None = None
    marked: Marked | None = None

    def named(self, column: str) -> tuple[str, ...]:
        """The names that one of our columns may have; a column that need not be there is called by its name."""
        return self.columns.get(column, (column,))


class Feeds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """XML feeds of products."""

    entries: tuple[str, ...]


class LinkedData(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Products of schema.org."""

    context: str
    types: tuple[str, ...]
    id: tuple[str, ...]
    texts: tuple[str, ...]
    pairs: tuple[str, ...]
    pair: tuple[str, ...]
    inside: tuple[str, ...]
    inherited: tuple[str, ...]


class Encodings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What tables are written in beside UTF-8."""

    candidates: tuple[str, ...]


class Exports(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole table."""

    table: tuple[Export, ...]
    feeds: Feeds
    linked_data: LinkedData
    suffixes: Mapping[str, tuple[str, ...]]
    encodings: Encodings

    def kind_of(self, suffix: str) -> str | None:
        """Which kind of table a suffix promises.

        >>> exports().kind_of(".CSV"), exports().kind_of(".pdf")
        ('delimited', None)
        """
        return next((kind for kind, suffixes in self.suffixes.items() if suffix.lower() in suffixes), None)


KINDS = ("delimited", "json_lines", "json", "parquet", "excel", "xml", "perhaps")


class Recognised(NamedTuple):
    """A table of a known kind: which of its columns, by their own names, is what."""

    export: Export
    id: tuple[str, ...]
    text: tuple[str, ...]
    html: tuple[str, ...]
    blank: tuple[str, ...]
    same: str | None
    marked: str | None


def plain(name: str) -> str:
    """A column's name as names are compared.

    >>> plain("Body (HTML)"), plain("g:image_link")
    ('body(html)', 'imagelink')
    """
    return "".join(name.casefold().strip().removeprefix("g:").replace("_", " ").split())


def recognised(header: tuple[str, ...]) -> Recognised | None:
    """The kind of product table that has this header, None where none does.

    >>> found = recognised(("Handle", "Title", "Body (HTML)", "Option1 Name"))
    >>> found.export.name, found.id, found.text, found.html
    ('shopify', ('Handle',), ('Title',), ('Body (HTML)',))
    """
    there = {plain(name): name for name in reversed(header)}
    for export in exports().table:
        held = {ours: _first(names, there) for ours, names in export.columns.items()}
        beside = not export.with_ or _first(export.with_, there) is not None
        if beside and None not in held.values():
            return _resolved(export, there)
    return None


def _resolved(export: Export, there: Mapping[str, str]) -> Recognised:
    def own(columns: tuple[str, ...]) -> tuple[str, ...]:
        found = (_first(export.named(column), there) for column in columns)
        return tuple(name for name in found if name is not None)

    return Recognised(
        export,
        own(export.id),
        own(export.text),
        own(export.html),
        own(export.blank),
        None if export.same is None else _first(export.named(export.same), there),
        None if export.marked is None else _first(export.named(export.marked.column), there),
    )


def _first(names: tuple[str, ...], there: Mapping[str, str]) -> str | None:
    return next((there[plain(name)] for name in names if plain(name) in there), None)


@cache
def exports() -> Exports:
    """The packaged table, checked."""
    table = parse_toml(resource_text(FILE), FILE, Exports)
    refuse(FILE, list(_faults(table)))
    return table


def _faults(table: Exports) -> Iterator[str]:
    yield from duplicates(export.name for export in table.table)
    for export in table.table:
        if not (export.text or export.html):
            yield f"{export.name}: no column of text or html"
        for column in (*export.blank, *filter(None, [export.same, export.marked and export.marked.column])):
            if column not in export.columns:
                yield f"{export.name}: {column} is not among its columns"
        yield from (f"{export.name}: {name} has no names" for name, names in export.columns.items() if not names)
    for kind in KINDS:
        if kind not in table.suffixes:
            yield f"suffixes: {kind} is missing"
    yield from (f"suffixes: {kind} is not known" for kind in table.suffixes if kind not in KINDS)
    yield from (f"encodings: {name} is not known" for name in table.encodings.candidates if not _is_encoding(name))


def _is_encoding(name: str) -> bool:
    try:
        codecs.lookup(name)
    except LookupError:
        return False
    return True
