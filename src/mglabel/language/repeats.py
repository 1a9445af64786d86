"""A label that a page shows twice: the second copy says nothing new, and its front is no row below the first."""

from __future__ import annotations

_LEAST_LENGTH = 40
_LEAST_SHARE = 0.5
"""Letters of a copy, and how much of the lines before it one holds: a few lines said again may belong to another
product, or be cells of a table."""

_MOST_PLACES = 8
"""So many places are tried from which the last line may be repeated: a bound, so that time stays linear."""


def unrepeated(text: str) -> str:
    """The text without its end, where that repeats lines of what stands before it, word by word.

    >>> unrepeated("Magnesium 100 mg\\nTake 1 tablet every day.\\n\\nMagnesium 100 mg\\nTake 1 tablet every day.")
    'Magnesium 100 mg\\nTake 1 tablet every day.\\n\\n'
    """
    whole = text.rstrip()
    last = whole[whole.rfind("\n") + 1 :]
    if not last or text.find(last) + len(last) == len(whole):
        return text
    lines = [(at, line) for at, line in _lines(whole) if line]
    said = [line for _, line in lines]
    count = max((_repeated(said, at) for at in _places(said)), default=0)
    before = len(said) - count
    start = lines[before][0] if count else len(whole)
    is_copy = count >= _LEAST_SHARE * before and len(whole) - start >= _LEAST_LENGTH
    return text[:start] if is_copy else text


def _lines(text: str) -> list[tuple[int, str]]:
    """Each line without the spaces around it, and where it begins."""
    at, found = 0, []
    for line in text.split("\n"):
        found.append((at, line.strip()))
        at += len(line) + 1
    return found


def _places(lines: list[str]) -> list[int]:
    """Where the last line stands before, the nearest places first."""
    return [at for at in range(len(lines) - 2, -1, -1) if lines[at] == lines[-1]][:_MOST_PLACES]


def _repeated(lines: list[str], place: int) -> int:
    """How many of the last lines stand at a place before them, too; of a pattern that goes on, all but its first."""
    count = 0
    while count <= place and lines[place - count] == lines[-1 - count]:
        count += 1
    return count
