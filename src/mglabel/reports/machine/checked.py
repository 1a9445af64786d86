"""What the machine formats are made of: files that were checked, and where evidence stands in them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from mglabel.analysis.result import Analysis

_OTHER_SURROGATES = re.compile("[\ud800-\udc7f\udd00-\udfff]")
"""Lone surrogates but those that stand for bytes of a name that are no UTF-8."""

TEXT = "text"
"""The kind of document whose offsets are those of the file itself."""


class CheckedFile(NamedTuple):
    """One file with the analyses of its products, or with why it could not be read.

    `whole` is the text of the file where its analyses hold parts of it; they stand there in their order.
    """

    path: str
    analyses: Sequence[Analysis] = ()
    failure: str | None = None
    whole: str | None = None


class Place(NamedTuple):
    """A stretch of a text file: lines and columns count from 1, in code points; the end column is the one behind it."""

    start: int
    length: int
    line: int
    column: int
    end_line: int
    end_column: int


class Lines:
    """The places of offsets in a text whose lines end as editors count them.

    >>> Lines("Magnesium\\r\\n100 mg").place(11, 17)
    Place(start=11, length=6, line=2, column=1, end_line=2, end_column=7)
    """

    def __init__(self, text: str) -> None:
        self._starts = [0]
        for at, char in enumerate(text):
            if char == "\n" or (char == "\r" and text[at + 1 : at + 2] != "\n"):
                self._starts.append(at + 1)

    def place(self, start: int, end: int) -> Place:
        """Where the characters from `start` to `end` (excluded) stand."""
        line, end_line = bisect_right(self._starts, start), bisect_right(self._starts, max(start, end))
        column, end_column = start - self._starts[line - 1] + 1, end - self._starts[end_line - 1] + 1
        return Place(start, end - start, line, column, end_line, end_column)


class Offsets:
    """Where the texts of a file's analyses begin in the file, with its lines; None where offsets are not the file's."""

    def __init__(self, file: CheckedFile) -> None:
        texts = [analysis.text for analysis in file.analyses]
        self._whole = file.whole if file.whole is not None else texts[0] if len(texts) == 1 else None
        self._lines = Lines(self._whole) if self._whole is not None and self._is_text(file) else None
        self._starts: list[int] = []
        at = 0
        for text in texts:
            found = -1 if self._whole is None else self._whole.find(text, at)
            self._starts.append(found)
            at = max(at, found + len(text))

    @staticmethod
    def _is_text(file: CheckedFile) -> bool:
        return all(analysis.kind == TEXT for analysis in file.analyses)

    def place(self, nth: int, start: int, end: int) -> Place | None:
        """Where a piece of the nth analysis stands in the file."""
        if self._lines is None or self._starts[nth] < 0:
            return None
        return self._lines.place(self._starts[nth] + start, self._starts[nth] + end)


def uri_of(path: str) -> str:
    """A path as the relative or absolute reference that both formats ask for; what no path can hold is replaced.

    >>> uri_of("labels/søvn 1.txt"), uri_of("\\udcff\\ud800")
    ('labels/s%C3%B8vn%201.txt', '%FF%3F')
    """
    pure = Path(_OTHER_SURROGATES.sub("?", path))
    if pure.is_absolute():
        return pure.as_uri()
    return quote(pure.as_posix().encode("utf-8", "surrogateescape"), safe="/~")
