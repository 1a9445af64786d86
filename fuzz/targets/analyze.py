"""`analyze` on any text: no error but the typed one, an analysis that keeps what it promises, in linear time."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from contextlib import suppress

from holding import check_analysis, require, within
from label_bytes import bytes_of, changed_label, text_of
from seeds import labels

from mglabel import analyze
from mglabel.analysis.pipeline import settled_document
from mglabel.documents.document import Document
from mglabel.extraction.reader import read_label
from mglabel.language.mention import mentions_magnesium
from mglabel.settle.settle import settle
from mglabel.values.errors import TextTooLong

LARGEST = 2_500
"""Longer labels are slower to try, and hold nothing that a shorter one cannot."""
STRETCHED = 30_000
SELDOM = 256
"""One text of so many is stretched, which takes as long as reading some hundred."""
SECONDS, PER_BYTE = 0.5, 60e-6
"""Ten times what instrumented code takes on a busy machine."""

mutated = changed_label


def seeds() -> Iterable[bytes]:
    """The labels of all fixtures."""
    return map(bytes_of, labels())


def check(data: bytes) -> None:
    """Read one text, and now and then the same text many times over."""
    text = text_of(data)
    size = len(text)
    with within(SECONDS, size, PER_BYTE):
        analysis = analyze(text)
    require(analysis.text == text, "the text was changed")
    check_analysis(analysis)
    if not mentions_magnesium(text):
        require(not settle(read_label(text)).declares_magnesium, "magnesium is declared, but was not seen at a glance")
    if size and zlib.crc32(data) % SELDOM == 0:
        _check_time(text)


def _check_time(text: str) -> None:
    """A text repeated takes time in step with its length."""
    joint = "\n" if len(text) % 2 else ""
    long = (text + joint) * (STRETCHED // (len(text) + 1))
    with within(SECONDS, len(long), PER_BYTE), suppress(TextTooLong):
        settled_document(Document(long))
