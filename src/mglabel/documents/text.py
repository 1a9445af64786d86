"""What a caller gives, as the text of a label: checks type and size, decodes bytes, refuses what is no plain text.

A text given as such is never changed, so that offsets are offsets into what the caller has.
"""

from __future__ import annotations

import codecs
import re

from mglabel.values.errors import TextTooLong, UnreadableDocument

MAX_BYTES = 1_000_000

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_HEAD = 1024
_MAGIC = (
    ("PDF", re.compile(rb"\s{0,64}%PDF-")),
    ("HTML", re.compile(rb"(?i)\s{0,256}<(?:\?xml|!--|!doctype\s+html|html|head|body|meta|title|div|table)(?![a-z])")),
    ("a picture", re.compile(rb"(?s)\x89PNG|\xff\xd8\xff|GIF8[79]a|II\*\0|MM\0\*|BM.{4}\0{4}|RIFF.{4}WEBP|\0{3}.ftyp")),
    ("an archive or office document", re.compile(rb"PK\x03\x04|\xd0\xcf\x11\xe0|\x1f\x8b|\{\\rtf")),
)
"""What bytes of another kind begin with."""


def text_of(given: object, max_bytes: int = MAX_BYTES) -> str:
    """The text of a label given as str or bytes; raises `UnreadableDocument` and `TextTooLong`.

    >>> text_of(b"\\xef\\xbb\\xbfMagnesium 100 mg")
    'Magnesium 100 mg'
    >>> text_of(None)
    Traceback (most recent call last):
    mglabel.values.errors.UnreadableDocument: a label is read from str or bytes, not from NoneType
    """
    if isinstance(given, str):
        if len(given) * 4 > max_bytes:
            _check_size(len(given), max_bytes)
            if not given.isascii():
                _check_size(len(given.encode("utf-8", "surrogatepass")), max_bytes)
        return given
    if isinstance(given, bytes | bytearray | memoryview):
        data = bytes(given)
        bom, encoding = next(((b, e) for b, e in _BOMS if data.startswith(b)), (b"", "utf-8"))
        _refuse_other_kinds(data, len(bom))
        _check_size(len(data), max_bytes)
        return _decoded(data, len(bom), encoding)
    raise UnreadableDocument("unsupported-type", f"a label is read from str or bytes, not from {type(given).__name__}")


def _check_size(size: int, max_bytes: int) -> None:
    if size > max_bytes:
        raise TextTooLong(
            f"the text is longer than the limit of {max_bytes} bytes; raise the limit (max_bytes) or split the text"
        )


def _refuse_other_kinds(data: bytes, at: int) -> None:
    """Raise where the bytes begin as something else than plain text does."""
    for kind, begins in _MAGIC:
        if begins.match(data, at, _HEAD):
            raise UnreadableDocument(
                "unsupported-type", f"this is no plain text but looks like {kind}; this version reads text only"
            )


def _decoded(data: bytes, at: int, encoding: str) -> str:
    """Bytes as text, from behind their byte order mark."""
    try:
        text = data[at:].decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableDocument(
            "damaged",
            f"the bytes are no {encoding.upper()} text (at byte {at + error.start}); convert the file to UTF-8",
        ) from error
    if not at and data.count(0) * 4 > len(data):
        raise UnreadableDocument("damaged", "the bytes hold too many zeros to be UTF-8 text; convert the file to UTF-8")
    return text
