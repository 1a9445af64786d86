"""PDFs made to hurt a reader: small on disk, large in memory, endless or nonsense; and honest ones changed."""

from __future__ import annotations

import random
import re
import zlib
from collections.abc import Callable
from functools import cache

from small_pdfs import CATALOG, CONTENT, LETTERS, PAGE, PAGES, many_pages, one_page, page_of, pdf, stream, text_at

LABEL = page_of(["Magnesium citrate 1500 mg per tablet, of which magnesium 240 mg.", "Take one tablet a day."])
MIB = 1 << 20


@cache
def _blown(mib: int, byte: bytes = b" ") -> bytes:
    """So many MiB of one byte, compressed, made in no time: pieces behind a full flush can be repeated."""
    piece = byte * MIB
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    chunk = packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)
    sum_ = 1
    for _ in range(mib):
        sum_ = zlib.adler32(piece, sum_)
    return b"\x78\xda" + chunk * mib + packer.flush() + sum_.to_bytes(4, "big")


def flate() -> bytes:
    """A content stream that unpacks to a gigabyte."""
    return pdf({**one_page(b""), CONTENT: stream(_blown(1024), b"/Filter/FlateDecode")})


def flate_twice() -> bytes:
    """The same, packed once more."""
    twice = zlib.compress(_blown(1024), 9)
    return pdf({**one_page(b""), CONTENT: stream(twice, b"/Filter[/FlateDecode/FlateDecode]")})


def run_length() -> bytes:
    """Run lengths inside Flate."""
    body = zlib.compress(b"\x81 " * 4_000_000, 9)
    return pdf({**one_page(b""), CONTENT: stream(body, b"/Filter[/FlateDecode/RunLengthDecode]")})


def predictor() -> bytes:
    """A predictor over rows of two gigabytes."""
    parameters = b"/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 2000000000/Colors 4>>"
    return pdf({**one_page(b""), CONTENT: stream(zlib.compress(LABEL), parameters)})


def _forms(calls: bytes, count: int, loop: bool = False) -> bytes:
    objects = one_page(b"/X Do", resources=b"/XObject<</X 10 0 R>>")
    for at in range(count):
        inner = 10 + (at + 1) % count if loop else 11 + at
        shared = b"/Resources<</XObject<</X %d 0 R>>/Font<</F %d 0 R>>>>" % (inner, LETTERS)
        entries = b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]" + shared
        objects[10 + at] = stream(calls if loop or at < count - 1 else LABEL, entries)
    return pdf(objects)


def forms_doubling() -> bytes:
    """Thirty forms, each of which draws the next one twice."""
    return _forms(b"/X Do /X Do", 30)


def forms_deep() -> bytes:
    """Five thousand forms inside each other."""
    return _forms(b"/X Do", 5000)


def form_loop() -> bytes:
    """Two forms that draw each other for ever."""
    return _forms(b"/X Do", 2, loop=True)


def type3_loop() -> bytes:
    """A font whose glyph is drawn with itself."""
    objects = one_page(b"BT /F 12 Tf 50 700 Td (aaa) Tj ET")
    objects[LETTERS] = (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 1 1]/FontMatrix[1 0 0 1 0 0]/FirstChar 97/LastChar 97/Widths[1]"
        b"/Encoding<</Differences[97/a]>>/CharProcs<</a 6 0 R>>/Resources<</Font<</F 5 0 R>>>>>>"
    )
    objects[6] = stream(b"BT /F 1 Tf (aaa) Tj ET")
    return pdf(objects)


def pages_loop() -> bytes:
    """A tree of pages that is its own branch."""
    return pdf({**one_page(LABEL), PAGES: b"<</Type/Pages/Kids[2 0 R 3 0 R 2 0 R]/Count 3/Parent 2 0 R>>"})


def pages_deep() -> bytes:
    """A tree of pages twenty thousand branches deep."""
    depth = 20_000
    objects = {**one_page(LABEL), PAGES: b"<</Type/Pages/Kids[10 0 R]/Count 1>>"}
    for at in range(depth):
        objects[10 + at] = b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (11 + at if at < depth - 1 else PAGE)
    return pdf(objects)


def pages_many() -> bytes:
    """A hundred thousand pages that share one content."""
    return pdf({**one_page(LABEL), PAGES: b"<</Type/Pages/Count 100000/Kids[" + b"3 0 R " * 100_000 + b"]>>"})


def pages_promised() -> bytes:
    """A count of two thousand million pages, of which one is there."""
    return pdf({**one_page(LABEL), PAGES: b"<</Type/Pages/Kids[3 0 R]/Count 2000000000>>"})


def table_loop() -> bytes:
    """A table of objects that names itself as the one before."""
    data = pdf(one_page(LABEL))
    at = data.rindex(b"xref\n0")
    return data.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev %d" % at)


def table_endless() -> bytes:
    """A table that announces a thousand million entries."""
    return pdf(one_page(LABEL)).replace(b"xref\n0 6", b"xref\n0 1000000000")


def objects_in_circles() -> bytes:
    """Objects that are references to each other, and a stream as long as itself says."""
    objects = one_page(LABEL)
    objects[PAGE] = objects[PAGE].replace(b"/Contents 4 0 R", b"/Contents 7 0 R")
    return pdf({**objects, 7: b"8 0 R", 8: b"7 0 R", CONTENT: b"<</Length 4 0 R>>\nstream\n" + LABEL + b"\nendstream"})


def _cid(widths: bytes = b"", to_unicode: bytes | None = None) -> bytes:
    objects = one_page(b"BT /F 9 Tf 50 700 Td <0001> Tj ET")
    objects[LETTERS] = b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[6 0 R]%b>>" % (
        b"/ToUnicode 8 0 R" if to_unicode else b""
    )
    objects[6] = (
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/A/FontDescriptor 7 0 R%b"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>" % widths
    )
    objects[7] = b"<</Type/FontDescriptor/FontName/A/Flags 4/FontBBox[0 0 1000 1000]/Ascent 800/Descent -200>>"
    if to_unicode:
        objects[8] = stream(to_unicode)
    return pdf(objects)


def widths_range() -> bytes:
    """One width for five hundred million characters."""
    return _cid(b"/W[0 500000000 500]")


def unicode_range() -> bytes:
    """Four thousand million characters mapped in one line."""
    return _cid(to_unicode=b"begincmap 1 beginbfrange <00000000> <FFFFFFFF> <0000> endbfrange endcmap")


def cid_range() -> bytes:
    """As many the other way."""
    return _cid(to_unicode=b"begincmap 1 begincidrange <00000000> <FFFFFFFF> 0 endcidrange endcmap")


def zeros() -> bytes:
    """Thirty million zeros behind the header."""
    return b"%PDF-1.4\n" + bytes(30 * MIB) + b"\n1 0 obj\n<<>>\nendobj\nstartxref\n9\n%%EOF"


def no_line_end() -> bytes:
    """Twenty million letters without a line end."""
    return b"%PDF-1.4 1 0 obj " + b"x" * (20 * MIB) + b" startxref"


def brackets() -> bytes:
    """Arrays inside arrays, a hundred thousand deep."""
    catalog = b"<</Type/Catalog/Pages 2 0 R/X 9 0 R>>"
    return pdf({**one_page(LABEL), 9: b"[" * 100_000 + b"]" * 100_000, CATALOG: catalog})


def brackets_on_page() -> bytes:
    """The same in a content stream, never closed."""
    return pdf(one_page(b"BT " + b"[" * 200_000 + b"<<" * 200_000 + LABEL, compress=True))


def states_saved() -> bytes:
    """A million saved states, none of them restored."""
    return pdf(one_page(b"q " * 1_000_000 + LABEL, compress=True))


def box_huge() -> bytes:
    """A page as large as a country."""
    return pdf(one_page(text_at("Magnesium 300 mg", 1e9, 1e9, 1e8), box=b"[0 0 2000000000 2000000000]"))


def box_nonsense() -> bytes:
    """A page of no size, turned by no right angle."""
    return pdf(one_page(LABEL, box=b"[0 0 0 0]", page=b"/Rotate 45/CropBox[9 9 -9 -9]/UserUnit 1e30"))


def numbers_huge() -> bytes:
    """Sizes, places and matrices beyond all bounds."""
    nine = b"9" * 400
    content = b"BT /F %b Tf %b %b Td (Magnesium) Tj 1e38 0 0 1e38 0 0 Tm (300 mg) Tj ET " % (nine, nine, nine)
    return pdf(one_page(content + b"%b 0 0 %b 0 0 cm " % (nine, nine) + LABEL))


def texts_many() -> bytes:
    """Four hundred thousand words in one place."""
    return pdf(one_page(b"BT /F 9 Tf " + b"1 0 0 1 50 700 Tm (Mg) Tj " * 400_000 + b"ET", compress=True))


def lines_many() -> bytes:
    """A million and a half lines."""
    return pdf(one_page(b"0 0 m 10 10 l S " * 1_500_000, compress=True))


def grid() -> bytes:
    """As many rules as are looked at, each crossing half of the others."""
    rules = [b"%.2f 0 m %.2f 842 l S 0 %.2f m 595 %.2f l S " % (at / 5, at / 5, at / 4, at / 4) for at in range(2400)]
    return pdf(one_page(b"".join(rules) + LABEL, compress=True))


def white_pile() -> bytes:
    """White glyphs as large as the page, one on the other."""
    pile = b"".join(text_at("M", 0, 0, 900 + at % 50) for at in range(20_000))
    return pdf(one_page(LABEL + b"1 g " + pile, compress=True))


def picture_promised() -> bytes:
    """A picture of ten thousand million pixels in twenty bytes."""
    objects = one_page(b"q 595 0 0 842 0 0 cm /I Do Q " + LABEL, resources=b"/XObject<</I 6 0 R>>")
    shape = b"/Type/XObject/Subtype/Image/Width 100000/Height 100000/ColorSpace/DeviceRGB/BitsPerComponent 8"
    objects[6] = stream(b"x" * 20, shape)
    return pdf(objects)


def inline_picture() -> bytes:
    """A picture in a content stream that never ends."""
    return pdf(one_page(b"BI /W 100000 /H 100000 /CS /RGB /BPC 8 ID " + b"EI" * 100_000 + LABEL, compress=True))


def forms_to_fill() -> bytes:
    """A field that is its own kid."""
    objects = one_page(LABEL, page=b"/Annots[9 0 R 9 0 R]")
    objects[CATALOG] = b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[9 0 R]>>>>"
    objects[9] = b"<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/V(Magnesium 9 mg)/Rect[0 0 9 9]/Kids[9 0 R]/Parent 9 0 R>>"
    return pdf(objects)


def pages_alike() -> bytes:
    """A thousand pages that all matter."""
    return pdf(many_pages([LABEL] * 1000))


BOMBS: dict[str, Callable[[], bytes]] = {
    make.__name__: make
    for make in (
        flate, flate_twice, run_length, predictor, forms_doubling, forms_deep, form_loop, type3_loop,
        pages_loop, pages_deep, pages_many, pages_promised, pages_alike, table_loop, table_endless,
        objects_in_circles, widths_range, unicode_range, cid_range, zeros, no_line_end, brackets, brackets_on_page,
        states_saved, box_huge, box_nonsense, numbers_huge, texts_many, lines_many, grid, white_pile,
        picture_promised, inline_picture, forms_to_fill,
    )
}  # fmt: skip


# -- honest files with bytes changed -----------------------------------------------------------------------------------

_NUMBER = re.compile(rb"(?<![\w.])\d{1,10}(?![\w.])")
_NUMBERS = (b"0", b"-1", b"65535", b"2147483648", b"99999999999999999999", b"1e9", b"null", b"[", b">>", b"(")


def mutated(data: bytes, seed: int) -> bytes:
    """A file changed in one to three ways, the same for the same seed."""
    chance = random.Random(seed)
    for _ in range(chance.randint(1, 3)):
        data = chance.choice(CHANGES)(data, chance)
    return data


def _flipped(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 4, 40))):
        if changed:
            changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _piece(data: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(len(data) + 1)
    return start, min(len(data), start + chance.choice((1, 16, 256, 4096)))


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _without(data: bytes, chance: random.Random) -> bytes:
    start, end = _piece(data, chance)
    return data[:start] + data[end:]


def _doubled(data: bytes, chance: random.Random) -> bytes:
    start, end = _piece(data, chance)
    return data[:end] + data[start:end] * chance.choice((1, 1, 50)) + data[end:]


def _swapped(data: bytes, chance: random.Random) -> bytes:
    (a, b), (c, d) = sorted((_piece(data, chance), _piece(data, chance)))
    return data if b > c else data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


def _renumbered(data: bytes, chance: random.Random) -> bytes:
    places = [found.span() for found in _NUMBER.finditer(data)]
    if not places:
        return data
    start, end = chance.choice(places)
    return data[:start] + chance.choice(_NUMBERS) + data[end:]


CHANGES = (_flipped, _cut, _without, _doubled, _swapped, _renumbered, _renumbered)
