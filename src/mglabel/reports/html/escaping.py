"""What a label says, made fit for a page: no character that a page cannot hold or that turns other text around."""

from __future__ import annotations

import re

_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_CONTROLS = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\u202a-\u202e\u2066-\u2069\ufeff]"
    "|[\U0001fffe\U0001ffff\U0002fffe\U0002ffff\U000e0000-\U000e007f\U0010fffe\U0010ffff]"
)
"""Control characters, half characters and non-characters, and the marks that turn the direction of what follows."""
_PICTURES, _DELETE, _LOST = 0x2400, 0x7F, "\ufffd"


def shown(text: str) -> str:
    """The text with line breaks of one kind and a visible sign for every character that must not reach a page.

    A mark that only says which way its neighbours run (U+200E, U+200F) stays: words in Arabic need it, and the page
    isolates the direction of all that comes from a label.

    >>> shown("Magnesium\\x00 100\\u202e mg\\r\\nper day")
    'Magnesium␀ 100� mg\\nper day'
    """
    return _CONTROLS.sub(_sign, _BREAKS.sub("\n", text))


def _sign(found: re.Match[str]) -> str:
    code = ord(found.group())
    if code < 0x20:
        return chr(_PICTURES + code)
    return chr(_PICTURES + 0x21) if code == _DELETE else _LOST
