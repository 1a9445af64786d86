"""What all language tables say together, as plain data: ready-made in a file beside the tables, else built from them.

The file is made by `python -m mglabel.language.lexicon` and when a wheel is built. It holds the digest of what it was
made from, so that an edited table is never ignored: without a file that fits, the tables themselves are read.
"""

from __future__ import annotations

import hashlib
import os
from functools import cache

import msgspec

from mglabel.tables.loading import DATA

FILE = os.path.join(DATA, "lexicon.json")
_TABLES = os.path.join(DATA, "language")
_HERE = os.path.dirname(__file__)
_ALSO = (
    os.path.join(DATA, "forms.csv"),
    os.path.join(_HERE, "building.py"),
    os.path.join(_HERE, "lexicon.py"),
    os.path.join(_HERE, "spelling.py"),
    os.path.join(os.path.dirname(_HERE), "tables", "language.py"),
)
"""What the lexicon follows from beside the language tables: which names are forms, and how it is built."""

Pieces = dict[str, tuple[str, str]]
Rivals = dict[str, dict[str, str]]


class Lexicon(msgspec.Struct, frozen=True):
    """Words, stems and phrases with the number of their senses in `senses`, where every different one stands once."""

    senses: list[dict[str, str]]
    words: dict[str, int]
    stems: dict[str, int]
    plain: dict[str, int]
    """Words without their accents, where that makes another word."""
    plain_stems: dict[str, int]
    cased: dict[str, int]
    """Words that count only as written, such as short ones in capitals."""
    endings: list[tuple[str, int]]
    """Ends of closed compounds as patterns (`*tablet`), in the order of the tables."""
    phrases: dict[str, str]
    """By the first word's key, one phrase a line: the number of its senses and the keys of its other words."""
    phrase_stems: dict[str, str]
    speaking: list[list[str]]
    """Every different set of languages."""
    languages: dict[str, int]
    """Words with the number of the languages in `speaking` that list them."""
    rivals: dict[str, Rivals]
    decimals: dict[str, str]
    e_numbers: dict[str, str]
    pieces: Pieces
    """What a closed compound of magnesium may hold, with the key and value of its sense."""
    magnesium: list[str]
    """Stems of the word magnesium."""
    nutrients: dict[str, str]
    anions: dict[str, str]
    drugs: list[str]
    names: str
    """A pattern that every mention of magnesium in folded text matches."""
    signs: str
    """The same for symbols and E numbers, in text as written."""
    name_hints: str
    """A pattern that one piece of folded text, without spaces, matches if a mention may lie or begin in it."""
    sign_hints: str


@cache
def lexicon() -> Lexicon:
    """The lexicon over the package's tables."""
    digest = digest_of_sources()
    return stored(digest) or built()


def stored(digest: str, path: str = FILE) -> Lexicon | None:
    """The lexicon in a file, None where there is none or it was made from something else."""
    try:
        with open(path, "rb") as file:
            if file.readline().strip() != digest.encode():
                return None
            return msgspec.json.decode(file.read(), type=Lexicon)
    except (OSError, msgspec.MsgspecError):
        return None


def built() -> Lexicon:
    """The lexicon built from the tables."""
    from mglabel.language.building import build
    from mglabel.tables.language import tables

    return build(tables())


def digest_of_sources() -> str:
    """A digest of everything that the lexicon follows from."""
    found = hashlib.sha256()
    for path in (*(os.path.join(_TABLES, name) for name in sorted(os.listdir(_TABLES))), *_ALSO):
        with open(path, "rb") as file:
            content = file.read()
        found.update(f"{os.path.basename(path)} {len(content)}\n".encode())
        found.update(content)
    return found.hexdigest()


def store(path: str = FILE) -> None:
    """Write the lexicon to its file, whole or not at all."""
    content = digest_of_sources().encode() + b"\n" + msgspec.json.encode(built()) + b"\n"
    with open(f"{path}.part", "wb") as file:
        file.write(content)
    os.replace(f"{path}.part", path)


if __name__ == "__main__":
    store()
