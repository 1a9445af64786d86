"""Which recognised lines may say something else than they do: a digit misread is a fact misread.

A model is seldom sure of a wrong digit, and seldom makes the same mistake on a line that is a little larger.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import dist
from statistics import median
from typing import TYPE_CHECKING

from mglabel.documents.ocr.finding import FoundLine, sureness
from mglabel.documents.ocr.models import Models, Reading

if TYPE_CHECKING:
    from PIL.Image import Image

_SURE, _MAKES_SENSE = 0.9, 0.8
"""The least sureness of a digit, and of a line on average. Of 1,200 lines of readable size with random amounts, bent,
blurred and badly compressed, none with a wrong amount passed this and the second look; of those read rightly, 19 in 20
did. What passes is a percent sign read as 96 and B6 read as 86."""
_AGAIN = 1.13, 1.07
"""How much wider and higher a line is when it is looked at again."""
_SMOOTH = 3  # Pillow's BICUBIC
_A_WORD = 2.0
"""Rubbish so many times as long as high, and of the size of other lines, may have been one of them."""
_SPARSE = 0.5
"""Fewer characters than this share of the heights that a line is long are not all that stand there."""
_SMALLER, _LARGER = 0.5, 2.0
_NUMBERS = re.compile(r"\d(?:[.,:'´’ ]?\d)*")
_MEASURES = re.compile(_NUMBERS.pattern + r"(?: ?%| ?[^\W\d_]{1,2})?")
_TORN = re.compile(r"\d[.,] \d")
"""A number that a space seems to part behind its decimal mark."""
_MARKS = re.compile(r"[,:'´’]")


def is_any_doubtful(lines: Sequence[FoundLine], models: Models) -> bool:
    """Whether numbers may hang on a line that was misread."""
    usual = median(map(_height, lines)) if lines else 0.0
    return any(_is_rubbish(line, usual) or _is_unsure(line, models) for line in lines)


def _is_rubbish(line: FoundLine, usual: float) -> bool:
    """Whether a line of the usual size makes no sense, so that it may have said anything."""
    length = dist(line.quad[0], line.quad[1]) / max(_height(line), 1.0)
    if length < _A_WORD or not _SMALLER * usual <= _height(line) <= _LARGER * usual:
        return False
    characters = sum(not letter.isspace() for letter in line.reading.text)
    return characters < _SPARSE * length or sureness(line.reading) < _MAKES_SENSE


def _is_unsure(line: FoundLine, models: Models) -> bool:
    """Whether a number in a line may be another one."""
    found = list(_NUMBERS.finditer(line.reading.text))
    if not found:
        return False
    if _TORN.search(line.reading.text):
        return True
    if any(not letter.isspace() and sure < _SURE for letter, sure in _numbers_of(line.reading, found)):
        return True
    return _as_said(models.read([_enlarged(line.picture)])[0].text) != _as_said(line.reading.text)


def _numbers_of(reading: Reading, found: Sequence[re.Match[str]]) -> list[tuple[str, float]]:
    return [(reading.text[at], reading.sure[at]) for number in found for at in range(*number.span())]


def _as_said(text: str) -> list[str]:
    """The numbers of a line with how what follows begins; which mark parts their digits only matters for being none."""
    return [_MARKS.sub(".", measure.replace(" ", "")) for measure in _MEASURES.findall(text)]


def _enlarged(picture: Image) -> Image:
    across, down = _AGAIN
    return picture.resize((round(picture.width * across) + 1, round(picture.height * down) + 1), _SMOOTH)


def _height(line: FoundLine) -> float:
    return dist(line.quad[0], line.quad[3])
