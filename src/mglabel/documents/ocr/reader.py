"""A picture file as one Document: what was recognised in it, and that it was.

Meant to run in a worker process, as the reader of PDFs is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from mglabel.documents.document import Document
from mglabel.documents.limits import Limits
from mglabel.documents.ocr.models import EXTRA, is_installed
from mglabel.documents.ocr.pictures import pictures_in
from mglabel.documents.ocr.recognising import Recognised, recognise
from mglabel.documents.pdf.assembling import assembled
from mglabel.documents.progress import picture_begun, room_for_models
from mglabel.values.errors import UnreadableDocument
from mglabel.values.results import Trouble


def read_picture(data: bytes, limits: Limits | None = None) -> Document:
    """Read the text of a picture; raises `UnreadableDocument` with the reason.

    Boxes are pixels of the picture as shown, since a picture does not say how large it is printed.
    """
    limits = limits or Limits()
    limits.check_bytes(len(data))
    if not is_installed():
        raise UnreadableDocument("unsupported-type", f"the file is a picture; to read pictures, {EXTRA}")
    if not limits.max_pictures:
        raise UnreadableDocument("unsupported-type", "the file is a picture; to read pictures, raise max_pictures")
    pages: dict[int, Recognised] = {}
    with room_for_models(limits.picture_memory_bytes):
        for number, (picture, scale) in enumerate(pictures_in(data, limits), 1):
            picture_begun()
            pages[number] = recognise(picture, scale)
    document = assembled(pages, "image")
    if not document.text.strip():
        raise UnreadableDocument("no-text", "no letters were found in the picture; ask for a sharper one")
    return msgspec.structs.replace(document, troubles=tuple(_troubles(pages)))


def _troubles(pages: Mapping[int, Recognised]) -> Iterator[Trouble]:
    """What speaks against trusting the text, as the findings tell it."""
    illegible = tuple(str(number) for number, page in pages.items() if page.illegible)
    if illegible:
        yield Trouble("MG903", {"pages": illegible, "reason": ("illegible",)}, withdraws=True)
    yield Trouble("MG904", {"pages": tuple(map(str, pages))}, recognised=True)
