"""PDFs made to hurt their reader, and seeded damage to honest ones: each is small, and costs whoever trusts it dearly.

Run with a folder, it writes them there, to look at or to try on another reader.
"""

from __future__ import annotations

import random
import re
import sys
import zlib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

Objects = dict[int, bytes]

CONTENTS, FONT, FREE = 4, 5, 10
SAY = b"BT /F 9 Tf 50 700 Td (Magnesium 300 mg) Tj ET\n"
HELVETICA = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
RESOURCES = b"/Resources<</Font<</F 5 0 R>>>>"
MIB = 1 << 20


def written(objects: Objects, trailer: bytes = b"") -> bytes:
    """A file with these objects behind an honest table of where they are; number 1 is the root."""
    data, places = bytearray(b"%PDF-1.6\n"), {}
    for number, body in objects.items():
        places[number] = len(data)
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table, last = len(data), max(objects)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (last + 1)
    for number in range(1, last + 1):
        data += b"%010d %05d %c \n" % ((places[number], 0, b"n") if number in places else (0, 65535, b"f"))
    data += b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (last + 1, trailer, table)
    return bytes(data)


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """The body of a stream object."""
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (entries, len(data), data)


def packed(data: bytes, entries: bytes = b"") -> bytes:
    """The body of a deflated stream object."""
    return stream(zlib.compress(data, 1), b"/Filter/FlateDecode" + entries)


def one_page(
    contents: bytes = b"",
    *,
    entries: bytes = RESOURCES,
    box: bytes = b"[0 0 600 800]",
    font: bytes = HELVETICA,
    more: Objects | None = None,
) -> Objects:
    """The objects of a file of one page."""
    return {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox%s/Contents 4 0 R%s>>" % (box, entries),
        CONTENTS: contents or stream(SAY),
        FONT: font,
        **(more or {}),
    }


@cache
def blown_up(size_mib: int, unit: bytes = b" ") -> bytes:
    """A deflated run of one byte, of so many MiB: what the second MiB adds to the first, again and again."""
    squeeze, chunk, check = zlib.compressobj(), unit * MIB, 1
    first, again = (squeeze.compress(chunk) + squeeze.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    for _ in range(size_mib):
        check = zlib.adler32(chunk, check)
    return first + again * (size_mib - 1) + b"\3\0" + check.to_bytes(4)


def layered(size_mib: int, layers: int) -> bytes:
    """The same, deflated again and again."""
    data = blown_up(size_mib)
    for _ in range(layers - 1):
        data = zlib.compress(data, 9)
    return stream(data, b"/Filter[" + b"/FlateDecode" * layers + b"]")


def composite(descendant: bytes = b"", to_unicode: bytes = b"", encoding: bytes = b"/Identity-H") -> Objects:
    """A page with one glyph of a composite font, whose tables are the trap."""
    more = {
        FREE: b"<</Type/Font/Subtype/CIDFontType2/BaseFont/A/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
        b"/Supplement 0>>/FontDescriptor 11 0 R%s>>" % descendant,
        FREE + 1: b"<</Type/FontDescriptor/FontName/A/Flags 4/FontBBox[0 0 1000 1000]/Ascent 800/Descent -200>>",
    }
    if to_unicode:
        more[FREE + 2] = stream(to_unicode)
    font = b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding%s/DescendantFonts[10 0 R]%s>>"
    font %= (encoding, b"/ToUnicode 12 0 R" if to_unicode else b"")
    return one_page(stream(b"BT /F 9 Tf 50 700 Td <00010002> Tj ET"), font=font, more=more)


def doubling_forms(depth: int) -> Objects:
    """Forms that each draw the next one twice."""
    more = {
        FREE + level: stream(
            b"/X Do /X Do" if level < depth else SAY,
            b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</XObject<</X %d 0 R>>/Font<</F 5 0 R>>>>"
            % (FREE + level + 1),
        )
        for level in range(depth + 1)
    }
    return one_page(stream(b"/X Do"), entries=b"/Resources<</XObject<</X 10 0 R>>>>", more=more)


def form_in_itself() -> Objects:
    """A form that draws itself."""
    body = stream(b"/X Do /X Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 10 0 R>>>>")
    return one_page(stream(b"/X Do"), entries=b"/Resources<</XObject<</X 10 0 R>>>>", more={FREE: body})


def glyph_in_itself() -> Objects:
    """A drawn glyph that writes with its own font."""
    font = (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[1 0 0 1 0 0]/FirstChar 65/LastChar 65/Widths[9]"
        b"/Encoding<</Differences[65/a]>>/CharProcs<</a 10 0 R>>/Resources<</Font<</F 5 0 R>>>>>>"
    )
    return one_page(stream(b"BT /F 9 Tf (A) Tj ET"), font=font, more={FREE: stream(b"BT /F 1 Tf (AA) Tj ET")})


def page_tree(kind: str, size: int = 0) -> Objects:
    """Trees of pages: a chain, a wide one, one that holds itself."""
    objects = one_page()
    if kind == "itself":
        return objects | {2: b"<</Type/Pages/Kids[2 0 R 3 0 R 2 0 R]/Count 3>>"}
    if kind == "same":
        return objects | {2: b"<</Type/Pages/Count %d/Kids[%s]>>" % (size, b"3 0 R " * size)}
    if kind == "parent":  # what a page inherits is looked for in a circle
        return objects | {2: b"<</Type/Pages/Kids[3 0 R]/Count 1/Parent 2 0 R>>", 3: b"<</Type/Page/Parent 2 0 R>>"}
    if kind == "wide":
        leaf = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<<>>>>"
        kids = b" ".join(b"%d 0 R" % (FREE + number) for number in range(size))
        objects[2] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (size, kids)
        return objects | dict.fromkeys(range(FREE, FREE + size), leaf)
    chain = {FREE + n: b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % (FREE + n + 1) for n in range(size)}
    return objects | chain | {2: b"<</Type/Pages/Count 1/Kids[10 0 R]>>", FREE + size: objects[3]}


def object_stream(count: bytes, first: bytes = b"4") -> bytes:
    """A file whose table is a stream that sends the reader to a bag of objects with a false count."""
    bag = stream(b"1 0 <<>>", b"/Type/ObjStm/N %s/First %s/Extends 3 0 R" % (count, first))
    head = b"%PDF-1.6\n"
    body = head + b"3 0 obj\n" + bag + b"\nendobj\n"
    table = stream(
        b"\2\0\3\0" + b"\2\0\3\1" + b"\1\0\x09\0",
        b"/Type/XRef/Root 1 0 R/Size 99999999/Index[1 99999999 2 1 3 1]/W[1 2 1]",
    )
    return body + b"9 0 obj\n" + table + b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(body)


def table_loop() -> bytes:
    """Two tables that each name the other as the one before."""
    data = b"%PDF-1.4\n"
    second = len(data) + 80
    one = b"xref\n0 0\ntrailer\n<</Size 1/Root 1 0 R/Prev %d>>\n" % second
    data = (data + one).ljust(second)
    return data + b"xref\n0 0\ntrailer\n<</Size 1/Root 1 0 R/Prev 9>>\nstartxref\n9\n%%EOF\n"


def _ranges(what: bytes, count: int = 1) -> bytes:
    """A map of characters that covers four thousand million of them."""
    line = b"<00000000> <FFFFFFFF> " + (b"0\n" if what == b"cid" else b"<0041>\n")
    return b"begincmap\n%d begin%srange\n%send%srange\nendcmap" % (count, what, line * count, what)


def _numbered(pattern: bytes, count: int) -> bytes:
    return b"".join(pattern % (number % 590, number // 590 % 790) for number in range(count))


_LINKED = b"<</A 1 0 R>>"
_MAKERS: dict[str, Callable[[], bytes | Objects]] = {
    # Little that unpacks to much.
    "deflated-1-gib": lambda: one_page(stream(blown_up(1024), b"/Filter/FlateDecode")),
    "deflated-thrice": lambda: one_page(layered(1024, 3)),
    "deflated-nuls": lambda: one_page(stream(blown_up(256, b"\0"), b"/Filter/FlateDecode")),
    "deflated-open-brackets": lambda: one_page(stream(blown_up(32, b"["), b"/Filter/FlateDecode")),
    "deflated-open-strings": lambda: one_page(stream(blown_up(32, b"("), b"/Filter/FlateDecode")),
    "runs-in-deflated": lambda: one_page(stream(blown_up(64, b"\x81"), b"/Filter[/FlateDecode/RunLengthDecode]")),
    "predictor-of-wide-rows": lambda: one_page(
        packed(b"\2" * 9999, b"/DecodeParms<</Predictor 12/Columns 2147483647/Colors 99/BitsPerComponent 32>>")
    ),
    "predictor-of-many-rows": lambda: one_page(
        stream(blown_up(64, b"\2"), b"/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 1>>")
    ),
    "ten-thousand-filters": lambda: one_page(stream(b"x", b"/Filter[" + b"/ASCIIHexDecode" * 10_000 + b"]")),
    # Short ranges that stand for many things.
    "widths-of-a-range": lambda: composite(b"/W[0 999999999 500]"),
    "heights-of-a-range": lambda: composite(b"/W2[0 999999999 500 1 1]", encoding=b"/Identity-V"),
    "unicode-of-a-range": lambda: composite(to_unicode=_ranges(b"bf")),
    "unicode-of-many-ranges": lambda: composite(to_unicode=_ranges(b"bf", 5_000)),
    "cids-of-a-range": lambda: composite(to_unicode=_ranges(b"cid")),
    "widths-of-a-simple-font": lambda: one_page(
        font=HELVETICA[:-2] + b"/FirstChar -999999999/LastChar 999999999/Widths[" + b"9 " * 500_000 + b"]>>"
    ),
    # Things that hold themselves or grow by going down.
    "forms-doubling": lambda: doubling_forms(30),
    "form-in-itself": form_in_itself,
    "glyph-in-itself": glyph_in_itself,
    "pages-in-themselves": lambda: page_tree("itself"),
    "pages-in-a-chain": lambda: page_tree("chain", 20_000),
    "pages-wide": lambda: page_tree("wide", 30_000),
    "page-many-times": lambda: page_tree("same", 100_000),
    "parent-of-itself": lambda: page_tree("parent"),
    "length-of-itself": lambda: one_page(b"<</Length 4 0 R>>\nstream\n" + SAY + b"\nendstream"),
    "reference-to-itself": lambda: one_page(more={3: b"3 0 R"}),
    "tables-in-a-circle": table_loop,
    "same-contents-many-times": lambda: one_page(more={FREE: stream(SAY)}, contents=b"[" + b"10 0 R " * 100_000 + b"]"),
    "font-of-itself": lambda: one_page(font=b"<</Type/Font/Subtype/Type0/Encoding 5 0 R/DescendantFonts[5 0 R]>>"),
    # Much of the same.
    "glyphs": lambda: one_page(packed(b"BT /F 9 Tf " + _numbered(b"1 0 0 1 %d %d Tm(Mg)Tj ", 300_000) + b"ET")),
    "one-long-word": lambda: one_page(packed(b"BT /F 1 Tf (" + b"9" * 3_000_000 + b") Tj ET")),
    "glyphs-in-one-place": lambda: one_page(packed(b"BT /F 9 Tf " + b"1 0 0 1 9 9 Tm(9)Tj " * 100_000 + b"ET")),
    "lines": lambda: one_page(packed(_numbered(b"%d %d m 9 9 l S ", 200_000))),
    "boxes": lambda: one_page(packed(_numbered(b"%d %d 3 3 re f ", 60_000))),
    "one-long-path": lambda: one_page(packed(_numbered(b"%d %d l ", 500_000) + b"S")),
    "states-saved": lambda: one_page(packed(b"q " * 2_000_000 + SAY)),
    "operands": lambda: one_page(packed(b"1 " * 3_000_000 + b"re " + SAY)),
    "lists-in-lists": lambda: one_page(stream(b"[" * 300_000 + SAY)),
    "dictionaries-in-dictionaries": lambda: one_page(stream(b"<<" * 200_000 + SAY)),
    "lists-in-an-object": lambda: one_page(more={3: b"[" * 200_000 + b"]" * 200_000}),
    "picture-without-an-end": lambda: one_page(stream(b"BI /W 9 ID " + b"E" * 5 * MIB)),
    "pictures-in-the-text": lambda: one_page(packed(b"BI /W 1/H 1 ID x EI " * 300_000)),
    # Numbers and boxes out of all bounds.
    "box-of-a-planet": lambda: one_page(stream(SAY + b"BT /F 9 Tf 1 0 0 1 4e8 9 Tm (far) Tj ET"), box=b"[0 0 1e9 1e9]"),
    "box-of-nothing": lambda: one_page(box=b"[null (a) 1 0 R]"),
    "box-endless": lambda: one_page(box=b"[0 0 %s 9]" % (b"9" * 400)),
    "number-of-a-million-digits": lambda: one_page(stream(b"BT /F " + b"9" * MIB + b" Tf (a) Tj ET")),
    "matrix-of-extremes": lambda: one_page(stream(b"1e308 1e308 -1e308 1e-320 1e308 9 cm " * 50 + SAY)),
    "turned-by-a-lot": lambda: one_page(entries=b"/Rotate 99999999999999999991" + RESOURCES),
    "count-below-zero": lambda: one_page(more={2: b"<</Type/Pages/Kids[3 0 R]/Count -99999999999>>"}),
    "length-below-zero": lambda: one_page(b"<</Length -5>>\nstream\n" + SAY + b"\nendstream"),
    "bag-of-false-count": lambda: object_stream(b"999999999999"),
    "table-of-false-length": lambda: b"%PDF-1.4\nxref\n0 99999999999\n0000000000 65535 f \ntrailer<<>>\nstartxref\n9\n",
    "encrypted-oddly": lambda: written(
        one_page(
            more={FREE: b"<</Filter/Standard/V 4/R 4/Length 99999999/P -1/O(a)/U(b)/CF<</S<</CFM/V2>>>>/StmF/S>>"}
        ),
        b"/Encrypt 10 0 R/ID[(a)(b)]",
    ),
    # No file at all, and much of it.
    "nuls": lambda: b"%PDF-1.4\n" + b"\0" * 30 * MIB,
    "no-line-end": lambda: b"%PDF-1.4\n1 0 obj<</A " + b"(" * 20 * MIB,
    "comment": lambda: b"%PDF-1.4\n%" + b"x" * 20 * MIB,
    "objects-without-a-table": lambda: (
        b"%PDF-1.4\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, _LINKED) for number in range(1, 200_000))
    ),
    "ends-of-file": lambda: b"%PDF-1.4\n" + b"startxref\n9\n%%EOF\n" * 500_000,
    "streams-without-an-end": lambda: b"%PDF-1.4\n" + b"1 0 obj<</Length 9>>stream\n" * 200_000,
}


def bombs() -> Iterator[tuple[str, bytes]]:
    """Each hostile file with its name, made when it is asked for; the same bytes every time."""
    for name, make in _MAKERS.items():
        made = make()
        yield name, made if isinstance(made, bytes) else written(made)


def mutations(data: bytes, count: int, seed: int = 0) -> Iterator[tuple[str, bytes]]:
    """So many damaged copies of a file, each with a name that says what was done; the same for the same seed."""
    dice = random.Random(seed)
    kinds = (_flip, _cut, _swap, _repeat, _drop, _zero, _renumber, _reorder)
    for number in range(count):
        damaged, done = bytearray(data), []
        for _ in range(dice.choice((1, 1, 2, 5))):
            kind = dice.choice(kinds)
            damaged = kind(damaged, dice)
            done.append(kind.__name__.strip("_"))
        yield f"{number:04}-{'-'.join(done)}", bytes(damaged)


def _span(data: bytearray, dice: random.Random, longest: int = 4096) -> tuple[int, int]:
    start = dice.randrange(len(data) + 1)
    return start, min(len(data), start + dice.randrange(1, longest))


def _flip(data: bytearray, dice: random.Random) -> bytearray:
    for _ in range(dice.choice((1, 10, 100))):
        if data:
            data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
    return data


def _cut(data: bytearray, dice: random.Random) -> bytearray:
    return data[: dice.randrange(len(data) + 1)]


def _swap(data: bytearray, dice: random.Random) -> bytearray:
    (a, b), (c, d) = sorted((_span(data, dice), _span(data, dice)))
    return data[:a] + data[max(b, c) : d] + data[b:c] + data[a:b] + data[max(b, d) :]


def _repeat(data: bytearray, dice: random.Random) -> bytearray:
    a, b = _span(data, dice)
    return data[:a] + data[a:b] * dice.choice((2, 3, 50)) + data[b:]


def _drop(data: bytearray, dice: random.Random) -> bytearray:
    a, b = _span(data, dice)
    return data[:a] + data[b:]


def _zero(data: bytearray, dice: random.Random) -> bytearray:
    a, b = _span(data, dice)
    return data[:a] + bytes(b - a) + data[b:]


def _renumber(data: bytearray, dice: random.Random) -> bytearray:
    """Another number in place of one that stands there."""
    found = [match.span() for match in re.finditer(rb"(?<![0-9.])[0-9]{1,10}(?![0-9.])", data)]
    if not found:
        return data
    a, b = dice.choice(found)
    return data[:a] + dice.choice((b"0", b"-1", b"1", b"2147483648", b"99999999999999999999", b"1e9", b"")) + data[b:]


def _reorder(data: bytearray, dice: random.Random) -> bytearray:
    """Another name in place of one that stands there."""
    found = [match.span() for match in re.finditer(rb"/[A-Za-z0-9]{1,20}", data)]
    if not found:
        return data
    (a, b), (c, d) = dice.choice(found), dice.choice(found)
    return data[:a] + data[c:d] + data[b:]


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for bomb, content in bombs():
        (folder / f"{bomb}.pdf").write_bytes(content)
