"""What a table is written in: a byte order mark or UTF-8 where that holds, else what makes most sense of it.

Sense is made where words are known to the language tables, and where letters are letters of their languages.
"""

from __future__ import annotations

import codecs
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from mglabel.language.spelling import folded
from mglabel.tables.exports import exports
from mglabel.tables.language import tables
from mglabel.values.errors import MglabelError

_BLOCK = 2**20
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_ODD_WORD = re.compile(rb"[A-Za-z\x80-\xff]{0,40}[\x80-\xff][A-Za-z\x80-\xff]{0,40}")
# Letters of European languages in UTF-8; two such characters side by side are rarely anything else.
_UTF8_LETTER = re.compile(rb"(?<![\x80-\xff])[\xc3-\xc5][\x80-\xbf](?![\x80-\xff])")
_MOST_WORDS = 5_000


class Encoding(NamedTuple):
    """The name of an encoding, whether it is a guess to be told, and whether all of the file is known to keep to it."""

    name: str
    is_guess: bool = False
    is_whole: bool = True


def check_encoding(name: str | None) -> None:
    """Raise where no encoding of text has this name.

    >>> check_encoding("utf8")
    >>> check_encoding("latin-99")
    Traceback (most recent call last):
    mglabel.values.errors.MglabelError: no encoding is called 'latin-99'; try utf-8, utf-16, cp1252 or cp1250
    """
    try:
        if name is not None:
            "".encode(name)
    except LookupError as error:
        raise MglabelError(f"no encoding is called {name!r}; try utf-8, utf-16, cp1252 or cp1250") from error


def encoding_of(path: Path, given: str | None = None) -> Encoding:
    """What a file is written in. One that is UTF-8 but for some rows is UTF-8: they are told, not guessed at."""
    if given is not None:
        return Encoding(codecs.lookup(given).name, is_whole=False)
    with path.open("rb") as stream:
        head = stream.read(4096)
    for bom, name in _BOMS:
        if head.startswith(bom):
            return Encoding(name, is_whole=False)
    if head and head.count(0) * 4 > len(head):
        return Encoding("utf-16-le" if head[1::2].count(0) >= head[0::2].count(0) else "utf-16-be", is_guess=True)
    broken = _first_block_that_is_no_utf8(path)
    if broken is None:
        return Encoding("utf-8")
    if _UTF8_LETTER.search(broken):
        return Encoding("utf-8", is_whole=False)
    return Encoding(best_of(broken), is_guess=True)


def _first_block_that_is_no_utf8(path: Path) -> bytes | None:
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as stream:
        block = b""
        try:
            while block := stream.read(_BLOCK):
                last = block
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return block or last
    return None


def best_of(sample: bytes) -> str:
    """The encoding that makes most sense of the words that are not plain ASCII.

    >>> best_of("Mælk: én kapsel i døgnet, tilsættes før måltid".encode("cp1252"))
    'cp1252'
    >>> best_of("Składniki: cytrynian magnezu, 1 kapsułka dziennie, przed posiłkiem".encode("cp1250"))
    'cp1250'
    """
    words = set(_ODD_WORD.findall(sample)[:_MOST_WORDS])
    candidates = exports().encodings.candidates
    return max(candidates, key=lambda name: (*_sense(words, name), -candidates.index(name)))


def _sense(words: set[bytes], encoding: str) -> tuple[int, int]:
    """How many of the words are known, and how many of their letters."""
    known, letters = _lexicon()
    read = [folded(word.decode(encoding, "replace")) for word in words]
    return sum(word in known for word in read), sum(letter in letters for word in read for letter in word)


@cache
def _lexicon() -> tuple[frozenset[str], frozenset[str]]:
    """The words of the tables that are not plain ASCII, and their letters."""
    phrases = (folded(entry.phrase) for table in tables() for entry in table.entries)
    words = frozenset(word.strip("*") for phrase in phrases for word in phrase.split() if not word.isascii())
    return words, frozenset(letter for word in words for letter in word if letter.isalpha())
