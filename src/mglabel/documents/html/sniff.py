"""Whether data is HTML, decided by its content: a page, or a fragment with tags that HTML knows.

A plain text with "< 1 g" or a stray "<b" stays a text.
"""

from __future__ import annotations

import re

from mglabel.documents.html.charset import unmarked, wide_encoding
from mglabel.documents.html.tags import CELLS, INLINES, LINES

_LOOKED_AT = 65_536
_BEGINS = re.compile(r"(?i)\s*+<(?:!doctype\s++html|html|head|body)(?![a-z0-9])")
_SKIPPED = re.compile(r"(?s)\s*+(?:<\?xml[^>]{0,500}\?>|<!--.*?-->|<!doctype[^>]{0,500}>)", re.IGNORECASE)
_BLOCKS = f"{LINES}|{CELLS}|nav|form|script|style|meta|link|title|template"
_INLINES = f"{INLINES}|button|del|label"
_ATTRIBUTES = r"(?:[\s/][^<>]{0,2000})?"
_BLOCK_TAG = re.compile(rf"(?i)</?(?:{_BLOCKS}){_ATTRIBUTES}>")
_INLINE_START = re.compile(rf"(?i)<({_INLINES}){_ATTRIBUTES}>")
_INLINE_END = re.compile(rf"(?i)</({_INLINES})\s{{0,20}}>")
_FEED = re.compile(r"(?i)<(?:rss|feed|svg|urlset)[\s>]")


def looks_like_html(data: bytes | str) -> bool:
    """Whether this is a page or a fragment of HTML.

    >>> looks_like_html("<p>Magnesium 100 mg</p>"), looks_like_html("Magnesium<br>100 mg")
    (True, True)
    >>> looks_like_html("Sugar < 1 g, fat <b 2 g>"), looks_like_html("mail <shop@example.com>")
    (False, False)
    """
    text = _start_of(data)
    if _BEGINS.match(text):
        return True
    at = 0
    while skipped := _SKIPPED.match(text, at):
        at = skipped.end()
    if _BEGINS.match(text, at):
        return True
    if at and _FEED.match(text.lstrip(), at):
        return False
    if _BLOCK_TAG.search(text, at):
        return True
    started = {match[1].casefold() for match in _INLINE_START.finditer(text, at)}
    return bool(started) and any(match[1].casefold() in started for match in _INLINE_END.finditer(text, at))


def _start_of(data: bytes | str) -> str:
    """The beginning of the data as characters; which bytes letters beyond ASCII are does not matter here."""
    if isinstance(data, str):
        return data[:_LOOKED_AT].lstrip("\ufeff")
    head = bytes(data[:_LOOKED_AT])
    return unmarked(head).decode(wide_encoding(head) or "latin-1", errors="replace")
