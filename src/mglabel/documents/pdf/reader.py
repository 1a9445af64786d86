"""A PDF as one Document: opened once, read page by page, every failure typed and every doubt told.

Meant to run in a worker process: what a hostile file does to memory and time is the worker's to bear.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

import msgspec

from mglabel.documents.document import Document
from mglabel.documents.limits import Limits
from mglabel.documents.ocr.models import EXTRA, is_installed
from mglabel.documents.ocr.recognising import recognise
from mglabel.documents.pdf.assembling import assembled
from mglabel.documents.pdf.failures import cause_of, failure
from mglabel.documents.pdf.page import OUTLINES, PageReading, read_page, with_recognised
from mglabel.documents.pdf.skim import (
    drawn,
    is_blank,
    page_count,
    page_texts,
    pictured,
    skimmed,
    with_fields_drawn,
    worth_reading,
)
from mglabel.documents.progress import page_read, picture_begun, room_for_models
from mglabel.values.errors import UnreadableDocument
from mglabel.values.results import Trouble

if TYPE_CHECKING:
    from pdfplumber.pdf import PDF
    from pypdfium2 import PdfDocument

_SIGNATURE = re.compile(rb"%PDF-")
_HEAD = 1024
_LONG = 8
"""Files of more pages are skimmed first."""
_UNREADABLE = 0.2
"""The share of words with unknown characters from which the font is called unreadable."""


def read_pdf(
    data: bytes,
    matters: Callable[[str], bool],
    password: str | None = None,
    pages: Sequence[int] | None = None,
    limits: Limits | None = None,
) -> Document:
    """Read the text of a PDF, of chosen pages (counted from 1) where some are named.

    `matters` tells whether a text is worth reading; of long files only such pages are laid out. Raises
    `UnreadableDocument` with the reason.
    """
    limits = limits or Limits()
    limits.check_bytes(len(data))
    _check_signature(data)
    with skimmed(data, password) as skim:
        if skim is not None:
            page_count(skim, limits.max_pages)
        pdf = _opened((skim and with_fields_drawn(skim)) or data, password)
        try:
            return _read(pdf, skim, matters, pages, limits, _truncated(data))
        finally:
            pdf.stream.close()


def looks_like_pdf(data: bytes) -> bool:
    """Whether bytes begin as a PDF does, perhaps behind some other bytes."""
    return _SIGNATURE.search(data, 0, _HEAD) is not None


def _check_signature(data: bytes) -> None:
    if not data:
        raise UnreadableDocument("empty-file", "the file is empty; ask for it again")
    if not looks_like_pdf(data):
        raise UnreadableDocument("not-pdf", "the file is no PDF: it does not begin as one")
    if b"startxref" not in data and b" obj" not in data:
        raise UnreadableDocument("damaged", "the PDF holds no objects; ask for the file again")


def _truncated(data: bytes) -> bool:
    """Whether the file's end is missing."""
    return b"startxref" not in data


def _opened(data: bytes, password: str | None) -> PDF:
    import pdfplumber

    try:
        pdf = pdfplumber.open(BytesIO(data), password=password)
        if not pdf.pages:
            raise UnreadableDocument("no-pages", "the PDF has no pages that can be found; ask for the file again")
    except UnreadableDocument:
        raise
    except Exception as error:
        raise failure(error, password) from error
    return pdf


def _read(
    pdf: PDF,
    skim: PdfDocument | None,
    matters: Callable[[str], bool],
    pages: Sequence[int] | None,
    limits: Limits,
    truncated: bool,
) -> Document:
    """The chosen pages as a document, with what speaks against it."""
    numbers = _chosen(pages, len(pdf.pages))
    if len(numbers) > _LONG and skim is not None:
        numbers = worth_reading(numbers, list(page_texts(skim, numbers)), matters) or numbers[:1]
    readings: dict[int, PageReading] = {}
    failed: list[int] = []
    for number in numbers:
        reading = _page_reading(pdf, skim, number, limits)
        page_read()
        if reading is None:
            failed.append(number)
        else:
            readings[number] = reading
    recognised = _recognised(readings, skim, limits)
    readings |= recognised
    _check_readable(readings, failed)
    document = assembled(readings, "pdf", measured=bool(recognised))
    if len(document.text) > limits.max_chars:
        raise UnreadableDocument(
            "too-large", f"the PDF has more than {limits.max_chars} characters; choose pages or raise max_chars"
        )
    unseen = _unseen(document, readings, skim, matters)
    lost_pages = skim is not None and len(skim) > len(pdf.pages)
    troubles = tuple(_troubles(readings, failed, unseen, truncated or lost_pages, matters))
    return msgspec.structs.replace(document, troubles=troubles)


def _chosen(pages: Sequence[int] | None, count: int) -> list[int]:
    if pages is None:
        return list(range(1, count + 1))
    chosen = [number for number in dict.fromkeys(pages) if 1 <= number <= count]
    if not chosen:
        raise UnreadableDocument("no-pages", f"the PDF has {count} pages, none of them chosen")
    return sorted(chosen)


def _page_reading(pdf: PDF, skim: PdfDocument | None, number: int, limits: Limits) -> PageReading | None:
    """One page, None where it cannot be read; the others go on."""
    page = pdf.pages[number - 1]
    try:
        return read_page(page, limits, lambda: None if skim is None else drawn(skim, number))
    except UnreadableDocument:
        raise
    except Exception as error:
        if isinstance(cause_of(error), MemoryError):
            raise failure(error, None) from error
        return None
    finally:
        page.close()


def _recognised(readings: dict[int, PageReading], skim: PdfDocument | None, limits: Limits) -> dict[int, PageReading]:
    """Pages whose glyphs give no text, as far as the extra recognises letters in their picture."""
    wanted = [n for n, reading in readings.items() if not reading.words or _is_unmapped([reading])]
    if skim is None or not wanted or not is_installed():
        return {}
    found: dict[int, PageReading] = {}
    with room_for_models(limits.picture_memory_bytes):
        for number in wanted[: limits.max_pictures]:
            picture = pictured(skim, number)
            if picture is not None and not is_blank(picture[0]):
                picture_begun()
                reading = with_recognised(readings[number], recognise(*picture))
                if reading.words:
                    found[number] = reading
    return found


def _is_unmapped(readings: Iterable[PageReading]) -> bool:
    """Whether the font does not say which characters too many glyphs are."""
    words = sum(reading.words for reading in readings)
    return sum(reading.unmapped_words for reading in readings) > _UNREADABLE * words


def _check_readable(readings: dict[int, PageReading], failed: Sequence[int]) -> None:
    """Raise where no page gives text that can be used."""
    if any(reading.words for reading in readings.values()):
        if _is_unmapped(list(readings.values())):
            raise UnreadableDocument(
                "unreadable-font", f"the PDF's font does not say which characters its glyphs are; {_remedy()}"
            )
        return
    if failed and not readings:
        raise UnreadableDocument("damaged", "no page of the PDF can be read; ask for the file again")
    if any(reading.picture for reading in readings.values()):
        raise UnreadableDocument("scanned", f"the PDF is a picture without text; {_remedy()}")
    if any(reading.curves > OUTLINES for reading in readings.values()):
        raise UnreadableDocument("outlined", f"the PDF's letters are drawn as shapes; {_remedy()}")
    raise UnreadableDocument("no-text", "the PDF holds no text")


def _remedy() -> str:
    """What can be done about a PDF that has no text."""
    return "ask for one with text" if is_installed() else f"to recognise its letters, {EXTRA}"


def _unseen(
    document: Document, readings: Iterable[int], skim: PdfDocument | None, matters: Callable[[str], bool]
) -> list[int]:
    """Pages in which pdfium sees something that matters although nothing in the text as read does."""
    if skim is None or matters(document.text):
        return []
    numbers = list(readings)
    return [number for number, text in zip(numbers, page_texts(skim, numbers), strict=True) if matters(text)]


def _troubles(
    readings: dict[int, PageReading],
    failed: Sequence[int],
    unseen: Sequence[int],
    truncated: bool,
    matters: Callable[[str], bool],
) -> Iterable[Trouble]:
    """What speaks against trusting the text, as the findings tell it."""
    pictures = [n for n, reading in readings.items() if not reading.words and reading.picture]
    outlined = [n for n, reading in readings.items() if not reading.words and reading.curves > OUTLINES]
    unmapped = [n for n, reading in readings.items() if reading.unmapped_words]
    over = [n for n, reading in readings.items() if reading.overprinted]
    unseen_text = [n for n, reading in readings.items() if matters(reading.unseen)]
    recognised = [n for n, reading in readings.items() if reading.recognised]
    parts: list[tuple[str, Sequence[int]]] = [
        ("damaged", sorted([*failed, *(n for n, reading in readings.items() if reading.cut)])),
        ("scanned", pictures),
        ("outlined", outlined),
        ("unreadable-font", unmapped),
        ("unread", unseen),
        ("illegible", [n for n, reading in readings.items() if reading.illegible]),
    ]
    for reason, numbers in parts:
        if numbers:
            yield _trouble("MG903", numbers, reason=(reason,), withdraws=True)
    if truncated:
        yield Trouble("MG903", {"pages": (), "reason": ("truncated",)}, withdraws=True)
    if over:
        yield _trouble("MG905", over, text=(), withdraws=True)
    if unseen_text:
        yield _trouble("MG905", unseen_text, text=())
    if recognised:
        yield _trouble("MG904", recognised, recognised=True)


def _trouble(
    code: str, numbers: Sequence[int], withdraws: bool = False, recognised: bool = False, **params: Any
) -> Trouble:
    return Trouble(code, {"pages": tuple(map(str, numbers)), **params}, withdraws=withdraws, recognised=recognised)
