"""HTML that was left in a plain text: its tags as breaks or nothing, its character references as what they stand for.

The texts of shops' tables are often pieces of a page. A range written "2&ndash;3" must not be read as a 3.
"""

from __future__ import annotations

import html
import re
from itertools import pairwise
from typing import NamedTuple

_REFERENCE = r"&(?:amp;)?(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,24});"
_ATTRIBUTES = r"(?:[\s/][^<>]{0,500})?"
_BLOCK = (
    "p|br|hr|div|ul|ol|li|dl|dt|dd|table|thead|tbody|tfoot|tr|h[1-6]|section|article|main|header|footer|aside|figure"
    "|pre|blockquote|center|details|summary"
)
_INLINE = "a|abbr|b|big|cite|code|em|font|i|img|ins|mark|s|small|span|strike|strong|sub|sup|u|wbr"
_MARKUP = re.compile(
    rf"(?P<reference>{_REFERENCE})"
    rf"|(?P<line>\s{{0,20}}(?:</?(?:{_BLOCK}){_ATTRIBUTES}>\s{{0,20}}){{1,50}})"
    rf"|(?P<cell><t[dh]{_ATTRIBUTES}>)|</?(?:{_INLINE}|t[dh]){_ATTRIBUTES}>",
    re.ASCII | re.IGNORECASE,
)
"""Block tags end a line, however many stand together, with the white space of the page's source among them."""


class Unmarked(NamedTuple):
    """A text without markup. `places` gives for each character where it begins and ends in the text as given."""

    text: str
    places: list[tuple[int, int]] | None
    """None where nothing was taken out."""

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where a piece of this text, of one character or more, stands in the text as given."""
        return (start, end) if self.places is None else (self.places[start][0], self.places[end - 1][1])


def without_markup(text: str) -> Unmarked:
    """The text without tags and references, with the places that its characters had; in time linear in its length.

    >>> without_markup("Take 2&ndash;3<br>a day").text
    'Take 2–3\\na day'
    >>> without_markup("Fat <1 g & salt").places is None
    True
    """
    if "&" not in text and "<" not in text:
        return Unmarked(text, None)
    parts: list[str] = []
    places: list[tuple[int, int]] = []
    done = 0
    for match in _MARKUP.finditer(text):
        start, end = match.span()
        instead = _meaning(match)
        if instead == match[0]:
            continue
        parts += (text[done:start], instead)
        places += pairwise(range(done, start + 1))
        places += [(start, end)] * len(instead)
        done = end
    if not done:
        return Unmarked(text, None)
    parts.append(text[done:])
    places += pairwise(range(done, len(text) + 1))
    return Unmarked("".join(parts), places)


def _meaning(match: re.Match[str]) -> str:
    """What stands for a tag or a reference; a reference that HTML does not know stays as it is."""
    if match["reference"]:
        return html.unescape(html.unescape(match[0]))
    return "\t" if match["cell"] else "\n" if match["line"] else ""
