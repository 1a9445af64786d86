"""Looks into a workbook before a library reads it: refuses what is small as a file and would fill the memory.

A library builds a tree of each row, of each text that cells share, and of all else in a part. So these have to be of a
sane size; how many rows there are does not matter.
"""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import IO
from xml.parsers import expat

from mglabel.documents.limits import MIB
from mglabel.values.errors import UnreadableDocument

MAX_UNPACKED_BYTES = 2 * 2**30
MAX_STRINGS_BYTES = 256 * MIB
"""The texts of a workbook are held in memory while it is read."""
MAX_PIECE_BYTES = 8 * MIB
"""Of one row, of one shared text, and of all that is neither in a part: a tree takes fifty times as much."""
MOST_PIECES = 4_000_000
"""Rows or shared texts in one part: a sheet of Excel has a million rows at most."""

_STRINGS = "xl/sharedStrings.xml"
_PIECES = ("row", "si")
_BLOCK = 2**18
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"\x01\x00\x00\x00", b"\xd7\xcd\xc6\x9a", b"II*\0", b"MM\0*")
"""How pictures in a workbook begin, which are not read; no XML begins so."""


def check_workbook(path: Path) -> None:
    """Raise where a small file would become a large one."""
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
        sizes = {entry.filename: entry.file_size for entry in entries}
        if sum(sizes.values()) > MAX_UNPACKED_BYTES or sizes.get(_STRINGS, 0) > MAX_STRINGS_BYTES:
            raise _too_large("it")
        # What a part is, its name does not tell for sure, so all large ones are looked at.
        for entry in entries:
            if entry.file_size > MAX_PIECE_BYTES:
                with archive.open(entry) as stream:
                    _check_part(stream, entry.filename)


def _check_part(stream: IO[bytes], name: str) -> None:
    """Raise where a part is no rows or texts of a sane size."""
    block = stream.read(_BLOCK)
    if block.startswith(_PICTURES):
        return
    pieces = _Pieces(name)
    while block:
        pieces.feed(block)
        block = stream.read(_BLOCK)


class _Pieces:
    """Follows a part through a parser and measures its pieces, and all that lies between them."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._fed = self._begun = self._between = self._count = 0
        self._is_inside = False
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.EntityDeclHandler = self._refuse

    def feed(self, block: bytes) -> None:
        """Take the next bytes."""
        self._parser.Parse(block, False)
        self._fed += len(block)
        self._measure(self._fed)

    def _measure(self, end: int) -> int:
        """How long the piece, or what lies between pieces, is by now."""
        length = end - self._begun
        if length + (0 if self._is_inside else self._between) > MAX_PIECE_BYTES:
            raise _too_large(f"a row, a text or something else in {self._name}")
        return length

    def _start(self, name: str, _attributes: object) -> None:
        if name.rpartition(":")[2] in _PIECES:
            if self._is_inside:
                raise UnreadableDocument("damaged", f"the workbook is damaged: a row inside a row in {self._name}")
            self._between += max(0, self._measure(self._parser.CurrentByteIndex))
            self._begun, self._is_inside = self._parser.CurrentByteIndex, True

    def _end(self, name: str) -> None:
        if name.rpartition(":")[2] in _PIECES:
            self._measure(self._parser.CurrentByteIndex)
            self._begun, self._is_inside = self._parser.CurrentByteIndex + len(f"</{name}>"), False
            self._count += 1
            if self._count > MOST_PIECES:
                raise _too_large(self._name)

    def _refuse(self, *_: object) -> None:
        raise UnreadableDocument(
            "damaged", f"{self._name} in the workbook declares entities, which is not safe to read"
        )


def _too_large(what: str) -> UnreadableDocument:
    return UnreadableDocument("too-large", f"the workbook is too large unpacked ({what}); save it as CSV")
