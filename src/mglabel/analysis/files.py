"""Files as labels: any file of a supplier becomes one Document, and each product in it one Analysis."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from mglabel.analysis.pipeline import analysis_of, settled_document
from mglabel.analysis.products import Part, parts_of
from mglabel.analysis.result import Analysis
from mglabel.documents.document import Document
from mglabel.documents.limits import Limits
from mglabel.documents.opening import open_document
from mglabel.documents.sources import Source, data_of, name_of
from mglabel.language.lexer import MOST_TOKENS
from mglabel.language.mention import mentions_magnesium
from mglabel.tables.guide import Guide, default_guide
from mglabel.values.results import Settled


def analyze_file(
    source: Source,
    *,
    purpose: str | None = None,
    guide: Guide | None = None,
    name: str | None = None,
    password: str | None = None,
    pages: Sequence[int] | None = None,
    limits: Limits | None = None,
    isolate: bool = True,
    max_tokens: int = MOST_TOKENS,
) -> Analysis:
    """Read the label in a file and grade it: a path, bytes or a binary stream.

    Whether it is text, HTML, a PDF or a picture is told by its content. `password` opens a locked PDF, `pages` chooses
    pages of a PDF (counted from 1), `limits` bounds what a file may cost. PDFs and pictures are read in a worker
    process, unless `isolate` is False for files that are trusted. A file with several products gives no numbers but the
    finding MG901: see `analyze_catalogue`. Raises `UnreadableDocument` with the reason, `TextTooLong`,
    `UnknownPurpose`, and `OSError` where a path cannot be opened.

    >>> analyze_file(b"Magnesium 100 mg per tablet. Take 2 tablets daily.").intake.mg_per_day.high
    Decimal('200')
    """
    document = _opened(source, password, pages, limits, isolate)
    return _whole(document, purpose, guide, name or name_of(source), max_tokens)


def analyze_catalogue(
    source: Source,
    *,
    purpose: str | None = None,
    guide: Guide | None = None,
    name: str | None = None,
    password: str | None = None,
    pages: Sequence[int] | None = None,
    limits: Limits | None = None,
    isolate: bool = True,
    max_tokens: int = MOST_TOKENS,
) -> tuple[Analysis, ...]:
    """Read a file that may hold several products: one analysis for each that mentions magnesium, in order.

    Every analysis has its own text, with `product.name` and `product.pages`. Options and errors are those of
    `analyze_file`; a file of one product gives one analysis.
    """
    document = _opened(source, password, pages, limits, isolate)
    edition = default_guide() if guide is None else guide
    called = name or name_of(source)
    parts = _parts(document, max_tokens) or [Part(document, settled_document(document, max_tokens))]
    return tuple(analysis_of(part.document, _named(part), purpose, edition, called) for part in parts)


def analyze_html(
    html: str | bytes,
    *,
    purpose: str | None = None,
    guide: Guide | None = None,
    name: str | None = None,
    max_bytes: int | None = None,
    max_tokens: int = MOST_TOKENS,
) -> Analysis:
    """Read the label on a product page, whole or a fragment of HTML, and grade it.

    Raises `UnreadableDocument` where the page holds no text or is too large.

    >>> analysis = analyze_html("<table><tr><td>Magnesium<td>3<b>75</b> mg</table><p>Take 1 tablet daily.")
    >>> analysis.kind, analysis.evidence(analysis.intake.spans)[0].path
    ('html', 'body > table > tbody > tr > td:nth-of-type(1)')
    """
    from mglabel.documents.html.read import MAX_BYTES, read_html

    document = read_html(html, MAX_BYTES if max_bytes is None else max_bytes, mentions_magnesium)
    return _whole(document, purpose, guide, name, max_tokens)


def _whole(document: Document, purpose: str | None, guide: Guide | None, name: str | None, max_tokens: int) -> Analysis:
    """The one analysis of a document, without numbers where it describes several products."""
    products = len(_parts(document, max_tokens))
    settled = settled_document(document, max_tokens, products=products or None)
    return analysis_of(document, settled, purpose, default_guide() if guide is None else guide, name)


def _opened(
    source: Source, password: str | None, pages: Sequence[int] | None, limits: Limits | None, isolate: bool
) -> Document:
    limits = limits or Limits()
    data = data_of(source, limits)
    return open_document(data, mentions_magnesium, password=password, pages=pages, limits=limits, isolate=isolate)


def _parts(document: Document, max_tokens: int) -> list[Part]:
    return parts_of(document, lambda part: settled_document(part, max_tokens))


def _named(part: Part) -> Settled:
    """The facts of one product of several, called by the heading that it begins with where it has one."""
    first = next(iter(part.document.headings), None)
    if first is None:
        return part.settled
    title = " ".join(part.document.text[first.start : first.end].split())
    product = msgspec.structs.replace(part.settled.product, name=title)
    return msgspec.structs.replace(part.settled, product=product)
