"""The word that was probably meant by one that is not known, for errors that help."""

from __future__ import annotations

from collections.abc import Iterable

_ALIKE = 0.55
"""How alike two words must be, from 0 to 1; names of files, which share their endings, must be more so."""


def nearest(word: str, known: Iterable[str], alike: float = _ALIKE) -> str | None:
    """The known word most like the given one, whatever its case; None where none is near.

    >>> nearest("Slep", ["stress", "sleep"]), nearest("--colour", ["--color"]), nearest("xyz", ["sleep"])
    ('sleep', '--color', None)
    """
    import difflib

    folded: dict[str, str] = {}
    for one in known:
        folded.setdefault(one.casefold(), one)
    near = difflib.get_close_matches(word.casefold()[:200], folded, n=1, cutoff=alike)
    return folded[near[0]] if near else None


def hint(word: str, known: Iterable[str], alike: float = _ALIKE) -> str:
    """The same as the part of an error message; empty where no known word is near.

    >>> hint("slep", ["sleep"])
    "did you mean 'sleep'?"
    """
    near = nearest(word, known, alike)
    return "" if near is None else f"did you mean {near!r}?"
