"""Small PDFs made at test time, as bytes: a few objects, a table of them, text set anywhere on a page."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from math import cos, radians, sin

FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
CATALOG, PAGES, PAGE, CONTENT, LETTERS = 1, 2, 3, 4, 5
"""The numbers of the objects that `one_page` makes; those after them are free for more."""


def pdf(objects: Mapping[int, bytes], version: bytes = b"1.5") -> bytes:
    """A file of numbered objects, the first of them the catalogue."""
    data = bytearray(b"%PDF-" + version + b"\n")
    places: dict[int, int] = {}
    for number, body in objects.items():
        places[number] = len(data)
        data += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    size = max(objects) + 1
    table = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        data += b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 00000 f \n"
    data += b"trailer\n<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, CATALOG, table)
    return bytes(data)


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """An object that holds data."""
    return b"<<%b/Length %d>>\nstream\n%b\nendstream" % (entries, len(data), data)


def packed(data: bytes, entries: bytes = b"") -> bytes:
    """An object that holds data compressed."""
    return stream(zlib.compress(data, 9), b"/Filter/FlateDecode" + entries)


def one_page(
    content: bytes, *, box: bytes = b"[0 0 595 842]", page: bytes = b"", resources: bytes = b"", compress: bool = False
) -> dict[int, bytes]:
    """The objects of a file with one page, for `pdf`; text is set in the font /F."""
    return {
        CATALOG: b"<</Type/Catalog/Pages %d 0 R>>" % PAGES,
        PAGES: b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % PAGE,
        PAGE: b"<</Type/Page/Parent %d 0 R/MediaBox%b/Contents %d 0 R/Resources<</Font<</F %d 0 R>>%b>>%b>>"
        % (PAGES, box, CONTENT, LETTERS, resources, page),
        CONTENT: packed(content) if compress else stream(content),
        LETTERS: FONT,
    }


def many_pages(contents: Sequence[bytes], box: bytes = b"[0 0 595 842]") -> dict[int, bytes]:
    """The objects of a file with a page for each content."""
    first = LETTERS + 1
    kids = b" ".join(b"%d 0 R" % (first + 2 * at) for at in range(len(contents)))
    objects = one_page(b"")
    objects[PAGES] = b"<</Type/Pages/Count %d/Kids[%b]>>" % (len(contents), kids)
    for at, content in enumerate(contents):
        number = first + 2 * at
        objects[number] = b"<</Type/Page/Parent %d 0 R/MediaBox%b/Contents %d 0 R/Resources<</Font<</F %d 0 R>>>>>>" % (
            PAGES,
            box,
            number + 1,
            LETTERS,
        )
        objects[number + 1] = stream(content)
    del objects[PAGE], objects[CONTENT]
    return objects


def text_at(text: str, x: float, y: float, size: float, turn: float = 0.0) -> bytes:
    """Operators that set a text from a point (counted from below), turned by so many degrees counter-clockwise."""
    across, up = cos(radians(turn)), sin(radians(turn))
    shown = text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    matrix = b"%.5f %.5f %.5f %.5f %.3f %.3f" % (across, up, -up, across, x, y)
    return b"BT /F %.2f Tf %b Tm (%b) Tj ET\n" % (size, matrix, shown)


def width(text: str, size: float) -> float:
    """A width that a text in Helvetica does not go beyond, but for capitals in a row."""
    return sum(0.95 if c in "mMWw%@" else 0.73 if c.isupper() else 0.6 for c in text) * size


def page_of(lines: Iterable[str], size: float = 10, leading: float = 1.4) -> bytes:
    """The content of a page with lines one below the other."""
    return b"".join(text_at(line, 50, 800 - size * leading * at, size) for at, line in enumerate(lines))
