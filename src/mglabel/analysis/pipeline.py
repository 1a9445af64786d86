"""The pipeline on one screen: text, label facts, settled numbers, verdict, analysis."""

from __future__ import annotations

from functools import cache, lru_cache

import msgspec

from mglabel import __version__
from mglabel.analysis.result import Analysis, GuideName
from mglabel.documents.document import Document
from mglabel.documents.text import MAX_BYTES, text_of
from mglabel.extraction.reader import read_label
from mglabel.guide.judge import judge
from mglabel.language.lexer import MOST_TOKENS
from mglabel.language.mention import mentions_magnesium
from mglabel.settle.settle import settle
from mglabel.tables.guide import Guide, default_guide
from mglabel.values.results import Settled, Verdict


def analyze(
    text: str | bytes,
    *,
    purpose: str | None = None,
    guide: Guide | None = None,
    name: str | None = None,
    max_bytes: int = MAX_BYTES,
    max_tokens: int = MOST_TOKENS,
) -> Analysis:
    """Read the text of one label and grade it.

    `purpose` is what the magnesium is wanted for (None: everyday use), `guide` another edition of the guide, `name`
    what to call the input. Bytes are UTF-8, or what their byte order mark says. A label without magnesium is an
    analysis too; what cannot be read raises `UnreadableDocument`, a text beyond `max_bytes` or `max_tokens` (words,
    numbers and signs) `TextTooLong`, and a purpose that the guide does not know `UnknownPurpose`.

    >>> label = "Per 2 capsules: magnesium citrate 1500 mg, of which magnesium 240 mg. 1 capsule twice a day."
    >>> analysis = analyze(label)
    >>> analysis.sources[0].form, str(analysis.grade)
    ('citrate', 'A')
    """
    edition = default_guide() if guide is None else guide
    document = Document(text_of(text, max_bytes))
    return analysis_of(document, settled_document(document, max_tokens), purpose, edition, name)


def settled_document(document: Document, max_tokens: int = MOST_TOKENS, products: int | None = None) -> Settled:
    """The facts that a document states, all but the numbers where it is known to describe several products."""
    if not mentions_magnesium(document.text):
        return msgspec.structs.replace(_nothing(), troubles=document.troubles) if document.troubles else _nothing()
    return settle(read_label(document.text, max_tokens), document.troubles, document.page_numbers, products)


def analysis_of(
    document: Document, settled: Settled, purpose: str | None, guide: Guide, name: str | None = None
) -> Analysis:
    """The analysis of settled facts: what every door of the package comes to; raises `UnknownPurpose`."""
    asked = guide.checked_purpose(purpose)
    edition, on_nothing = _known_of(guide, purpose)
    verdict = on_nothing if settled is _nothing() else judge(settled, document, purpose, guide)
    return Analysis(document, settled, verdict, asked, edition, __version__, name)


@cache
def _nothing() -> Settled:
    """The facts about a text that does not mention magnesium: none."""
    return settle(read_label(""))


@lru_cache(maxsize=64)
def _known_of(guide: Guide, purpose: str | None) -> tuple[GuideName, Verdict]:
    """What an analysis names a guide by, and what the guide says of a text that does not mention magnesium."""
    name = GuideName(guide.name, guide.edition, guide.measures)
    return name, judge(_nothing(), Document(""), purpose, guide)
