"""The content streams of a page: whether they are whole, and whether they write text that is not to be seen."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pdfplumber.page import Page

_INVISIBLE = re.compile(rb"(?<![\d.])[37][ \r\n\t]{1,9}Tr\b")
"""The text rendering modes that put no ink on the page."""
_CHUNK, _MOST = 1 << 20, 1 << 26


def is_cut(page: Page) -> bool:
    """Whether a stream of the page is missing or ends before its end, so that something it drew is missing."""
    streams = list(_streams(page))
    return len(streams) < len(page.page_obj.contents) or any(_is_cut(stream) for stream in streams)


def writes_invisibly(page: Page) -> bool:
    """Whether the page writes text without ink, as the text layer of a scan does."""
    return any(_INVISIBLE.search(stream.get_data()) for stream in _streams(page))


def _streams(page: Page) -> Iterator[Any]:
    from pdfminer.pdftypes import PDFStream, resolve1

    for content in page.page_obj.contents:
        stream = resolve1(content)
        if isinstance(stream, PDFStream):
            yield stream


def _is_cut(stream: Any) -> bool:
    from pdfminer.pdftypes import LITERALS_FLATE_DECODE

    raw = stream.rawdata
    filters = stream.get_filters()
    if raw is None or stream.decipher is not None or not filters or filters[0][0] not in LITERALS_FLATE_DECODE:
        return False
    unpacked = zlib.decompressobj()
    seen = 0
    try:
        while raw and not unpacked.eof and seen < _MOST:
            seen += len(unpacked.decompress(raw, _CHUNK))
            raw = unpacked.unconsumed_tail
    except zlib.error:
        return True
    return not unpacked.eof and seen < _MOST
