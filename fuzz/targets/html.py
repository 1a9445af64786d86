"""`analyze_html` on any bytes: a typed error, or a text whose every piece tells the one element that it stands in."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from functools import cache
from random import Random

from holding import check_analysis, require, within
from seeds import files
from selectolax.lexbor import LexborHTMLParser
from tags import ATTRIBUTES, TAGS, TEXTS, changed_page

from mglabel import analyze_file, analyze_html
from mglabel.documents.document import Document
from mglabel.documents.html.charset import decoded
from mglabel.documents.html.guard import tamed
from mglabel.documents.html.read import read_html
from mglabel.language.mention import mentions_magnesium
from mglabel.values.errors import MglabelError, UnreadableDocument

LARGEST = 8_000
DEEPEST = 60
"""The path of an element deeper than this leaves its first steps out, so that it may fit several."""
STRETCHED = 200_000
SELDOM = 128
SECONDS, PER_BYTE = 1.0, 100e-6
REASONS = frozenset(("empty-file", "unsupported-type", "damaged", "no-text", "too-large"))


def seeds() -> Iterable[bytes]:
    """The pages of all fixtures, and a fragment of each."""
    for page in files("*.html"):
        yield page
        yield page[len(page) // 3 : len(page) // 3 + 1500]


def words() -> Iterable[str]:
    """What pages are written with."""
    yield from (f"<{tag}>" for tag in TAGS)
    yield from (f"</{tag}>" for tag in TAGS)
    yield from (*ATTRIBUTES, *TEXTS)


def mutated(data: bytes, chance: Random) -> bytes:
    """A page with its pieces changed."""
    return changed_page(data, _others(), chance)


@cache
def _others() -> tuple[bytes, ...]:
    return tuple(files("*.html"))


def check(data: bytes) -> None:
    """Read one page as such and as a file, and now and then the same page many times over."""
    try:
        with within(SECONDS, len(data), PER_BYTE):
            document = read_html(data, tells=mentions_magnesium)
            analysis = analyze_html(data)
    except MglabelError as error:
        _check_error(error)
        return
    require(analysis.text == document.text, "another text when read again")
    _check_elements(document, data)
    check_analysis(analysis)
    if zlib.crc32(data) % SELDOM == 0:
        _check_time(data)
    elif zlib.crc32(data) % SELDOM == 1:
        _check_file(data)


def _check_error(error: MglabelError) -> None:
    require(isinstance(error, UnreadableDocument), f"the error {error!r}")
    reason = getattr(error, "reason", None)
    require(reason in REASONS and len(str(error)) < 500, f"the error {error!r} for {reason}")


def _check_elements(document: Document, data: bytes) -> None:
    """Runs of characters stand in order, and the path of each is the selector of one element."""
    starts = [element.start for element in document.elements]
    require(starts[0] == 0 and starts == sorted(set(starts)) and starts[-1] < len(document.text), "the elements' order")
    tree = LexborHTMLParser(tamed(decoded(data).lstrip("\ufeff")))
    for path in {element.path for element in document.elements}:
        if path.count(" > ") + 1 >= DEEPEST:
            continue
        found = len(tree.css(path))
        require(found == 1, f"{found} elements at {path}")
    for heading in document.headings:
        require(0 <= heading.start < heading.end <= len(document.text), f"the heading {heading}")


def _check_time(data: bytes) -> None:
    """A page repeated takes time in step with its length."""
    long = data * (STRETCHED // (len(data) + 1))
    with within(SECONDS, len(long), PER_BYTE):
        try:
            read_html(long, tells=mentions_magnesium)
        except UnreadableDocument as error:
            _check_error(error)


def _check_file(data: bytes) -> None:
    """By what it holds a page is a page, or some other text; a PDF or picture is for another target."""
    if (
        data.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8", b"GIF8", b"BM", b"II", b"MM", b"RIFF"))
        or b"%PDF-" in data[:1100]
    ):
        return
    try:
        check_analysis(analyze_file(data, isolate=False))
    except MglabelError as error:
        require(str(error), "an error without words")
