"""PDFs taken apart into their objects and put together again, and changes of what stands in them.

Flipped bits of a compressed file seldom get past its filters; an object that is another kind of thing does.
"""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Sequence
from contextlib import suppress
from random import Random
from typing import NamedTuple

_OBJECT = re.compile(rb"(?s)(?<!\d)(\d{1,6}) \d+ obj\b(.*?)\bendobj\b")
_ROOT = re.compile(rb"/Root (\d+)")
_STREAM = re.compile(rb"(?s)(<<.*?>>)\s*stream\r?\n(.*?)\r?\n?endstream")
_FILTER = re.compile(rb"/Filter\s*(?:\[[^\]]*\]|/\w+)")
_LENGTH = re.compile(rb"/Length \d+(?: \d+ R)?")
_NUMBER = re.compile(rb"(?<![\w.])-?\d+(?:\.\d+)?(?![\w.])")
_NAME = re.compile(rb"/[\w.+-]+")
_REFERENCE = re.compile(rb"\d+ \d+ R\b")
_STRING = re.compile(rb"\((?:[^()\\]|\\.)*\)|<[0-9a-fA-F\s]*>")
LARGEST_STREAM = 20_000

NUMBERS = (
    b"0 1 -1 2 90 -90 180 270 45 255 256 32767 65535 65536 2147483647 2147483648 99999999999999999999 1e9 1e38 "
    b"-0.0 .5 0.0001 1000000 16777216 null true false [ ] << >> ( ) <> () [] <<>> /X nan inf - + . -- 1.2.3 5 "
    b"0 R 999 0 R"
).split(b" ")
NAMES = (
    b"/Type /Page /Pages /Catalog /Font /Type0 /Type1 /Type3 /TrueType /CIDFontType2 /CIDFontType0 /Identity-H "
    b"/Identity-V /WinAnsiEncoding /MacRomanEncoding /Encoding /Differences /ToUnicode /DescendantFonts "
    b"/Widths /W /DW /FirstChar /LastChar /FontMatrix /CharProcs /Kids /Parent /Count /MediaBox /CropBox "
    b"/Rotate /UserUnit /Contents /Resources /XObject /Form /Image /BBox /Matrix /Annots /AcroForm /Fields /V "
    b"/AP /N /OCProperties /OCGs /OC /Filter /FlateDecode /LZWDecode /ASCII85Decode /ASCIIHexDecode "
    b"/RunLengthDecode /CCITTFaxDecode /DCTDecode /JBIG2Decode /JPXDecode /Crypt /DecodeParms /Predictor "
    b"/Columns /Length /ObjStm /XRef /First /Index /Encrypt /ExtGState /SMask /Pattern /Shading /ColorSpace "
    b"/Indexed /ICCBased /DeviceCMYK /Separation /Lang /ActualText /StructTreeRoot /Metadata /Names /Outlines"
).split(b" ")
OPERATORS = (
    b"q Q cm BT ET Tf Td TD Tm T* Tj TJ ' \" Tc Tw Tz TL Tr Ts re m l c v y h W n S s f F f* B b g G rg RG k K "
    b"cs CS sc scn sh Do BI ID EI BMC BDC EMC MP DP gs w J j M d ri i d0 d1 BX EX"
).split(b" ")


STRINGS = (b"(Magnesium 300 mg)", b"<0041>", b"<FEFF>", b"()", b"(\\777\\n)", b"<F")


class Objects(NamedTuple):
    """The objects of a file by number, and which of them is the catalogue."""

    bodies: dict[int, bytes]
    root: int


def taken_apart(data: bytes) -> Objects | None:
    """The objects that a file holds openly, with their texts unpacked; None where there are none."""
    found = {int(number): _unpacked(body.strip()) for number, body in _OBJECT.findall(data)}
    root = _ROOT.search(data)
    if not found or root is None or int(root[1]) not in found:
        return None
    return Objects(found, int(root[1]))


def put_together(objects: Objects) -> bytes:
    """A file of objects, with a true table of where they stand."""
    data = bytearray(b"%PDF-1.7\n")
    places: dict[int, int] = {}
    for number, body in objects.bodies.items():
        places[number] = len(data)
        data += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    size, table = max(objects.bodies) + 1, len(data)
    data += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in sorted(places.items()):
        data += b"%d 1\n%010d 00000 n \n" % (number, place)
    data += b"trailer\n<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, objects.root, table)
    return bytes(data)


def changed_pdf(data: bytes, others: Sequence[Objects], chance: Random) -> bytes:
    """A file with one to six things changed in its objects; bytes changed where it has none that stand open."""
    objects = taken_apart(data)
    if objects is None or chance.random() < 0.1:
        return _changed_bytes(data, chance)
    for _ in range(chance.choice((1, 1, 2, 3, 6))):
        number = chance.choice(list(objects.bodies))
        way = chance.randrange(12)
        if way == 0 and len(objects.bodies) > 1:
            other = chance.choice(list(objects.bodies))
            objects.bodies[number], objects.bodies[other] = objects.bodies[other], objects.bodies[number]
        elif way == 1:
            foreign = chance.choice(others)
            objects.bodies[number] = chance.choice(list(foreign.bodies.values()))
        else:
            objects.bodies[number] = _changed_body(objects.bodies[number], chance)
    file = put_together(objects)
    return _changed_bytes(file, chance) if chance.random() < 0.05 else file


def _unpacked(body: bytes) -> bytes:
    """An object whose stream, if it is a short packed text, stands open."""
    found = _STREAM.search(body)
    if found is None or b"/FlateDecode" not in found[1] or re.search(rb"/Predictor|/Image|/ObjStm|/XRef", found[1]):
        return body
    packed = found[2]
    with suppress(ValueError, zlib.error):
        if b"/ASCII85Decode" in found[1]:
            packed = base64.a85decode(packed.strip().removesuffix(b"~>"))
        plain = zlib.decompress(packed)
        if len(plain) <= LARGEST_STREAM:
            head = _LENGTH.sub(b"", _FILTER.sub(b"", found[1]))
            return _stream(head, plain)
    return body


def _stream(head: bytes, data: bytes) -> bytes:
    return head[:-2] + b"/Length %d>>\nstream\n%b\nendstream" % (len(data), data)


def _changed_body(body: bytes, chance: Random) -> bytes:
    """One object with one thing in it changed."""
    found = _STREAM.fullmatch(body)
    if found is not None and chance.random() < 0.7:
        data = _changed_piece(found[2], chance, in_content=True)
        return _stream(_LENGTH.sub(b"", found[1]), data) if chance.random() < 0.9 else found[1] + b"stream\n" + data
    return _changed_piece(body, chance, in_content=False)


def _changed_piece(data: bytes, chance: Random, in_content: bool) -> bytes:
    way = chance.randrange(9)
    if way <= 1:
        return _replaced(_NUMBER, data, chance, NUMBERS)
    if way == 2:
        return _replaced(_NAME, data, chance, NAMES)
    if way == 3:
        return _replaced(_REFERENCE, data, chance, [b"%d 0 R" % chance.randrange(12)])
    if way == 4:
        return _replaced(
            _STRING, data, chance, (b"(Magnesium 300 mg)", b"<0041>", b"<FEFF>", b"()", b"(\\777\\n)", b"<F")
        )
    if way == 5 and in_content:
        at = _between(data, chance)
        numbers = b" ".join(chance.choice(NUMBERS) for _ in range(chance.randrange(7)))
        return data[:at] + b" %b %b " % (numbers, chance.choice(OPERATORS)) * chance.choice((1, 1, 50)) + data[at:]
    if way == 5 and data.endswith(b">>"):
        return data[:-2] + b"%b %b>>" % (chance.choice(NAMES), chance.choice((*NUMBERS, *NAMES, b"[0 0 9 9]")))
    if way == 6:
        start, end = sorted((_between(data, chance), _between(data, chance)))
        return data[:start] + data[end:]
    if way == 7:
        start, end = sorted((_between(data, chance), _between(data, chance)))
        return data[:end] + data[start:end] * chance.choice((1, 1, 20)) + data[end:]
    return _changed_bytes(data, chance)


def _between(data: bytes, chance: Random) -> int:
    """A place between two words, or any."""
    at = chance.randrange(len(data) + 1)
    space = data.find(b" ", at)
    return at if space < 0 else space


def _replaced(pattern: re.Pattern[bytes], data: bytes, chance: Random, odd: Sequence[bytes]) -> bytes:
    """What matches a pattern somewhere, exchanged for another match or for something odd."""
    places = [found.span() for found in pattern.finditer(data)]
    if not places:
        return data
    start, end = chance.choice(places)
    other = slice(*chance.choice(places))
    return data[:start] + chance.choice((chance.choice(list(odd)), data[other])) + data[end:]


def _changed_bytes(data: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    way = chance.randrange(4)
    if way == 0:
        return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]
    if way == 1:
        return data[:at]
    end = min(len(data), at + chance.choice((1, 8, 200)))
    return data[:at] + data[end:] if way == 2 else data[:end] + data[at:end] + data[end:]
