"""The bytes of any file as a Document: what they are is told by content, never by a name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from mglabel.documents.document import Document
from mglabel.documents.limits import Limits
from mglabel.documents.text import text_of
from mglabel.values.errors import UnreadableDocument


def open_document(
    data: bytes,
    matters: Callable[[str], bool],
    *,
    password: str | None = None,
    pages: Sequence[int] | None = None,
    limits: Limits,
    isolate: bool,
) -> Document:
    """Read a file; `matters` is a function of an importable module that tells which texts are worth reading."""
    from mglabel.documents.html.sniff import looks_like_html
    from mglabel.documents.ocr.pictures import looks_like_picture
    from mglabel.documents.ocr.reader import read_picture
    from mglabel.documents.pdf.reader import looks_like_pdf, read_pdf

    if not data:
        raise UnreadableDocument("empty-file", "the file is empty; ask for it again")
    if looks_like_pdf(data):
        return _read(read_pdf, (data, matters, password, pages, limits), limits, isolate)
    if looks_like_picture(data):
        return _read(read_picture, (data, limits), limits, isolate)
    if looks_like_html(data):
        from mglabel.documents.html.read import read_html

        return read_html(data, limits.max_html_bytes, matters)
    return Document(text_of(data, limits.max_chars))


def _read(reader: Callable[..., Document], arguments: tuple[Any, ...], limits: Limits, isolate: bool) -> Document:
    """What a reader makes of a file, in a worker process where it is isolated."""
    if not isolate:
        return reader(*arguments)
    from mglabel.documents.isolation import run_isolated

    return run_isolated(reader, *arguments, limits=limits)
