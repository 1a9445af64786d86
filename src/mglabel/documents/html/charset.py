"""Bytes of a page as text: byte order mark, what the bytes can be, what the page says of itself, the web's default.

UTF-8 comes before what the page says: bytes that are UTF-8 by chance do not occur, but wrong declarations do.
"""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HEAD = 4096
_DECLARED = re.compile(
    rb"""(?i)(?:<meta\s[^<>]{0,500}?charset\s{0,9}=|<\?xml\s[^<>]{0,200}?encoding\s{0,9}=)\s{0,9}["']?\s{0,9}([\w.:-]{2,40})"""
)
_LANGUAGE = re.compile(rb"""(?i)<html[\s][^<>]{0,500}?lang\s{0,9}=\s{0,9}["']?([a-z]{2})""")
_DEFAULT = "windows-1252"
_READ_AS = {
    "iso8859-1": _DEFAULT,
    "ascii": _DEFAULT,
    "iso8859-9": "windows-1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
}
"""Browsers read these names as a larger set of characters."""

_DEFAULT_OF = {
    **dict.fromkeys((b"cs", b"sk", b"pl", b"hu", b"sl", b"hr", b"ro"), ("iso8859-2", "windows-1250")),
    **dict.fromkeys((b"ru", b"bg", b"uk", b"sr"), ("windows-1251", "windows-1251")),
    **dict.fromkeys((b"et", b"lv", b"lt"), ("windows-1257", "windows-1257")),
    b"el": ("windows-1253", "windows-1253"),
    b"tr": ("windows-1254", "windows-1254"),
}
"""What pages in a language are written in that do not say it: without and with bytes from 128 to 159."""


def wide_encoding(data: bytes) -> str | None:
    """The encoding of two or four bytes a character, by its mark or by its zeros; None where there is none.

    >>> wide_encoding("<p>Mg".encode("utf-16-be")), wide_encoding(b"<p>Mg")
    ('utf-16-be', None)
    """
    marked = next((name for bom, name in _BOMS if data.startswith(bom)), None)
    if marked is not None:
        return marked if marked != "utf-8" else None
    head = data[:_HEAD]
    zeros = (head[0::2].count(0), head[1::2].count(0))
    if max(zeros) * 5 < len(head) or min(zeros) * 4 > max(zeros):
        return None
    return "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"


def unmarked(data: bytes) -> bytes:
    """The bytes behind their byte order mark."""
    return next((data[len(bom) :] for bom, _ in _BOMS if data.startswith(bom)), data)


def decoded(data: bytes) -> str:
    """The bytes as text; what cannot be read becomes U+FFFD, nothing is refused.

    >>> decoded('<meta charset="windows-1250"><p>hořčík'.encode("windows-1250"))[-6:]
    'hořčík'
    """
    wide = wide_encoding(data)
    plain = unmarked(data)
    if wide is not None:
        return plain.decode(wide, errors="replace")
    try:
        return plain.decode("utf-8")
    except UnicodeDecodeError:
        return plain.decode(_encoding(plain), errors="replace")


def _encoding(data: bytes) -> str:
    """The encoding of bytes that are no faultless UTF-8."""
    declared = _declared(data[:_HEAD])
    if declared is not None and declared != "utf-8":
        return declared
    high = len(data) - len(data.translate(None, bytes(range(128, 256))))
    lost = data.decode("utf-8", errors="replace").count("\ufffd")
    if lost * 4 < high:
        return "utf-8"
    language = _LANGUAGE.search(data[:_HEAD])
    plain, with_controls = _DEFAULT_OF.get(language[1].lower() if language else b"", (_DEFAULT, _DEFAULT))
    return with_controls if any(128 <= byte < 160 for byte in data) else plain


def _declared(head: bytes) -> str | None:
    """The encoding that the page names, None where it names none that is known."""
    match = _DECLARED.search(head)
    if match is None:
        return None
    try:
        name = codecs.lookup(match[1].decode("ascii", errors="replace")).name
    except LookupError:
        return None
    if name.startswith(("utf-16", "utf-32", "utf-7")) or not _is_text_encoding(name):
        return "utf-8"
    return _READ_AS.get(name, name)


def _is_text_encoding(name: str) -> bool:
    """Whether a codec turns bytes into text at all ("hex" and "zip" do not), and ASCII into itself."""
    try:
        return b"<p>".decode(name) == "<p>"
    except Exception:
        return False
