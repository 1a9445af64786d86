"""Skimming a PDF with pdfium: how many pages there are, and which of a long file's pages are worth reading.

Pdfium reads text many times as fast as it can be laid out, but gives no trustworthy rows: it only chooses pages.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from io import BytesIO
from typing import TYPE_CHECKING, Any, cast

from mglabel.values.errors import UnreadableDocument

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdfium2 import PdfDocument

_HYPHENS = re.compile("[\u00ad\u2010\ufffe]\\s{0,2}|-\\s{1,2}(?=[^\\W\\d_])")
"""What a word may be broken with at a line end; pdfium gives U+FFFE for such a hyphen."""
_DIGITS = re.compile(r"\d+")
_RUNNING = 0.8
"""A line on this share of the pages is a running head or foot, or stands in the template of all pages."""
_EDGE, _FEWEST_SHARED = 2, 3
"""Running heads are among the first and last lines; the template of a page has more lines than that."""
_MOST_FOLLOWING = 3
_PIXELS_A_POINT, _PIXELS_FOR_LETTERS, _MOST_PIXELS = 2.0, 300 / 72, 3000
_LEAST_CONTRAST = 24
"""The least difference between the darkest and the lightest pixel (of 256 steps) of a page with something on it."""


@contextmanager
def skimmed(data: bytes, password: str | None) -> Iterator[PdfDocument | None]:
    """The file opened by pdfium, None where pdfium cannot open it."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data, password=password)
    except pypdfium2.PdfiumError:
        yield None
        return
    try:
        yield document
    finally:
        document.close()


def page_texts(document: PdfDocument, numbers: Sequence[int]) -> Iterator[str]:
    """The text of pages, counted from 1; empty where pdfium finds none or fails."""
    for number in numbers:
        yield _text(document, number - 1)


def _text(document: PdfDocument, index: int) -> str:
    import pypdfium2

    try:
        page: Any = document[index]
        try:
            text: str = page.get_textpage().get_text_bounded()
        finally:
            page.close()
    except pypdfium2.PdfiumError:
        return ""
    return _HYPHENS.sub("", text)


def worth_reading(numbers: Sequence[int], texts: Sequence[str], matters: Callable[[str], bool]) -> list[int]:
    """The pages that matter or have no text, and those that go on with the product of such a page."""
    pages = [[_alike(line) for line in text.splitlines() if line.strip()] for text in texts]
    template = _Template(pages)
    kept = set()
    for at, text in enumerate(texts):
        if not text.strip():
            kept.add(at)
        elif matters(text):
            kept.add(at)
            for after in range(at + 1, min(at + 1 + _MOST_FOLLOWING, len(pages))):
                if template.is_shared(pages[at], pages[after]):
                    break
                kept.add(after)
    return [numbers[at] for at in sorted(kept)]


class _Template:
    """What the pages of one file have in common. Product pages of a catalogue are made alike: a page goes on with the
    product before it where it shares no line with its page but running heads.
    """

    def __init__(self, pages: Sequence[Sequence[str]]) -> None:
        seen = Counter(line for page in pages for line in set(page))
        inside = Counter(line for page in pages for line in set(page[_EDGE:-_EDGE]))
        self._frequent = {line for line, count in seen.items() if count >= _RUNNING * len(pages)}
        self._inside = {line for line in self._frequent if 2 * inside[line] > seen[line]}

    def is_shared(self, page: Sequence[str], after: Sequence[str]) -> bool:
        """Whether two pages are made alike, each for a product of its own."""
        lines = set(after)
        shared = lines.intersection(page)
        if shared - self._frequent:
            return True
        # Lines on nearly every page may be running heads, unless they stand inside and make up much of the page.
        return len(shared) >= _FEWEST_SHARED and 2 * len(shared) >= len(lines) and not shared.isdisjoint(self._inside)


def _alike(line: str) -> str:
    """A line without what differs from page to page: its numbers."""
    return _DIGITS.sub("0", line.strip().casefold())


def drawn(document: PdfDocument, number: int, grey: bool = True) -> tuple[Image, float] | None:
    """A page as shown, with its pixels a point; None where pdfium cannot draw it."""
    return _drawn(document, number, _PIXELS_A_POINT, "L" if grey else "RGB")


def pictured(document: PdfDocument, number: int) -> tuple[Image, float] | None:
    """A page as shown, in colours and as sharp as small type needs, with its pixels a point."""
    return _drawn(document, number, _PIXELS_FOR_LETTERS, "RGB")


def _drawn(document: PdfDocument, number: int, most: float, mode: str) -> tuple[Image, float] | None:
    import pypdfium2

    try:
        page = document[number - 1]
        try:
            scale = min(most, _MOST_PIXELS / max(*page.get_size(), 1.0))
            return page.render(scale=scale).to_pil().convert(mode), scale
        finally:
            page.close()
    except (pypdfium2.PdfiumError, ValueError):
        return None


def is_blank(picture: Image) -> bool:
    """Whether nothing stands out in a picture."""
    darkest, lightest = cast("tuple[int, int]", picture.convert("L").getextrema())
    return lightest - darkest < _LEAST_CONTRAST


def with_fields_drawn(document: PdfDocument) -> bytes | None:
    """The file with what its form fields hold drawn on its pages; None where it has no form, or pdfium fails at it."""
    import pypdfium2

    if document.get_formtype() == pypdfium2.raw.FORMTYPE_NONE:
        return None
    saved = BytesIO()
    try:
        document.init_forms()
        for index in range(len(document)):
            _draw_fields(document, index)
        document.save(saved)
    except pypdfium2.PdfiumError:
        return None
    return saved.getvalue()


def _draw_fields(document: PdfDocument, index: int) -> None:
    """Draw what the fields of a page hold; a page that pdfium cannot load stays as it is."""
    import pypdfium2

    with suppress(pypdfium2.PdfiumError):
        page = document[index]
        try:
            page.flatten()
        finally:
            page.close()


def page_count(document: PdfDocument, most: int) -> int:
    """How many pages the file has; raises `UnreadableDocument` where there are none or too many."""
    count = len(document)
    if count > most:
        raise UnreadableDocument(
            "too-many-pages",
            f"the PDF has {count} pages, more than the limit of {most}; choose pages or raise max_pages",
        )
    return count
