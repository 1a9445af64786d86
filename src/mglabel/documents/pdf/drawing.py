"""The layout of a page as pdfminer makes it, given up as soon as the page draws more than a page may.

Otherwise a few bytes of forms that draw forms would be drawn until time or memory is over.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTPage
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfplumber.page import Page

from mglabel.documents.limits import Limits

_SHAPES_A_FIGURE = 10
"""A form or picture costs as much as so many shapes."""


class _Device(PDFPageAggregator):
    """Collects what a page draws, and counts it."""

    def __init__(self, manager: PDFResourceManager, number: int, limits: Limits) -> None:
        super().__init__(manager, pageno=number)
        self._number, self._limits = number, limits
        self._chars = self._shapes = 0

    def render_string(self, textstate: Any, seq: Iterable[Any], ncs: Any, graphicstate: Any) -> None:
        seq = list(seq)
        bytes_a_glyph = 2 if textstate.font is not None and textstate.font.is_multibyte() else 1
        self._chars += sum(len(piece) for piece in seq if isinstance(piece, bytes)) // bytes_a_glyph
        self._limits.check_page(self._number, self._chars)
        super().render_string(textstate, seq, ncs, graphicstate)

    def paint_path(self, *args: Any) -> None:
        self._shapes += 1
        self._limits.check_shapes(self._number, self._shapes)
        super().paint_path(*args)

    def begin_figure(self, *args: Any) -> None:
        self._shapes += _SHAPES_A_FIGURE
        self._limits.check_shapes(self._number, self._shapes)
        super().begin_figure(*args)


def laid_out(page: Page, limits: Limits) -> LTPage:
    """Everything that a page draws; raises `UnreadableDocument` where that is too much, and what pdfminer raises."""
    device = _Device(page.pdf.rsrcmgr, page.page_number, limits)
    PDFPageInterpreter(page.pdf.rsrcmgr, device).process_page(page.page_obj)
    return device.get_result()
