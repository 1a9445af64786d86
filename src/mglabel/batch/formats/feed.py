"""XML feeds of products, read as a stream: RSS and Atom with the fields of Google Merchant, or any list of entries.

Declared entities are refused, so that no feed can grow in memory or fetch what it names.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.parsers import expat

from mglabel.batch.formats.record import DAMAGED, MAX_RECORD_CHARS, Record, checked, too_large
from mglabel.tables.exports import exports
from mglabel.values.errors import UnreadableDocument

_BLOCK = 2**16
_LOOKED_AT = 100
_MAX_DEPTH = 100
_MOST_FIELDS = 10_000
"""Of a product; one of more is too large."""
_MOST_NAMES = 10_000
"""Different names of elements in a feed, all of which its parser remembers: a feed has some dozens."""

Entry = dict[str, list[str]]
"""The fields of a product by name; some come several times."""


class Feed:
    """An XML feed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        fields: dict[str, None] = {}
        for entry, _, fault in itertools.islice(_entries(path), _LOOKED_AT):
            if fault and not fields:
                raise UnreadableDocument(DAMAGED, fault)
            fields.update(dict.fromkeys(entry))
        self.columns = tuple(fields)

    def records(self, wanted: Sequence[str]) -> Iterator[Record]:
        """One row for each product; a feed that breaks off ends in a row that says so."""
        for number, (entry, size, fault) in enumerate(_entries(self._path), start=1):
            cells = ["\n".join(entry[name]) if name in entry else None for name in wanted]
            if fault:
                yield Record(number, (None,) * len(wanted), size, DAMAGED, fault)
            elif size > MAX_RECORD_CHARS:
                yield too_large(number, cells, size)
            else:
                yield checked(number, cells, size)


class _Collector:
    """What the parser calls: gathers the fields of the entry that it is in."""

    def __init__(self) -> None:
        self._names = frozenset(exports().feeds.entries)
        self._path: list[str] = []
        self._entry_depth = 0
        self._entry: Entry = {}
        self._field: list[str] = []
        self._chars = self._fields = 0
        self.done: list[tuple[Entry, int]] = []

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        """An element begins."""
        if len(self._path) >= _MAX_DEPTH:
            raise UnreadableDocument(DAMAGED, f"the XML is nested more than {_MAX_DEPTH} deep")
        self._path.append(name)
        if not self._entry_depth and _local(name) in self._names:
            self._entry_depth, self._entry, self._chars, self._fields = len(self._path), {}, 0, 0
        elif self._entry_depth and len(self._path) == self._entry_depth + 1:
            self._field = []
            self._fields += 1
            if self._fields > _MOST_FIELDS:
                self._chars = MAX_RECORD_CHARS + 1
        elif self._entry_depth:
            self._field.append(" ")

    def text(self, data: str) -> None:
        """Text stands in an element."""
        if self._entry_depth and len(self._path) > self._entry_depth:
            self._chars += len(data)
            if self._chars <= MAX_RECORD_CHARS:
                self._field.append(data)

    def end(self, name: str) -> None:
        """An element ends."""
        depth = len(self._path)
        self._path.pop()
        if self._entry_depth and depth == self._entry_depth + 1:
            if self._fields <= _MOST_FIELDS:
                self._entry.setdefault(_local(name), []).append("".join(self._field).strip())
        elif self._entry_depth and depth == self._entry_depth:
            self.done.append((self._entry, self._chars))
            self._entry_depth = 0


def _entries(path: Path) -> Iterator[tuple[Entry, int, str]]:
    """The entries with their share of the file; last of all what is wrong with it, if anything is."""
    collector = _Collector()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = collector.start
    parser.EndElementHandler = collector.end
    parser.CharacterDataHandler = collector.text
    parser.EntityDeclHandler = _refuse
    weight = 0
    with path.open("rb") as stream:
        while True:
            block = stream.read(_BLOCK)
            weight += len(block)
            fault = _parse(parser, block)
            if not fault and len(parser.intern) > _MOST_NAMES:
                fault = f"the XML has more than {_MOST_NAMES} names of elements"
            done, collector.done = collector.done, []
            for entry, chars in done:
                yield entry, max(chars, weight // len(done)), ""
                weight -= weight // len(done)
            if fault:
                yield {}, weight, fault
                return
            if not block:
                return


def _parse(parser: expat.XMLParserType, block: bytes) -> str:
    """Feed the parser; gives what is wrong."""
    try:
        parser.Parse(block, not block)
    except expat.ExpatError as error:
        return f"the XML is broken here ({error}); what follows is not read"
    except UnreadableDocument as error:
        return str(error)
    return ""


def _refuse(*_: object) -> None:
    raise UnreadableDocument(DAMAGED, "the XML declares entities of its own, which is not safe to read")


def _local(name: str) -> str:
    """A name without its prefix."""
    return name.rpartition(":")[2]
