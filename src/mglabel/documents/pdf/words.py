"""Words and segments of a line: glyphs that touch make a word, words without a wide gap between them a segment."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from mglabel.documents.pdf.glyphs import Glyph
from mglabel.documents.pdf.lines import Line

_WORD_GAP = 0.15
_BLANK_GAP = 0.06
"""Gaps between words as shares of the glyph's size: without a blank between them, and with one."""
SEGMENT_GAP = 1.0
"""A gap of so many glyph sizes parts a line into segments, as columns do."""
_TRACKED = 4
"""So many single letters in a row are one word set wide."""
_TRACKED_GAP = 1.4
"""In a word set wide a gap so many times the usual one ends the word."""
_LEADER = re.compile(r"[.·…‥]{4,}|_{4,}")


class Word(NamedTuple):
    """Glyphs read as one word; each character of `text` comes from the glyph of the same place in `glyphs`."""

    text: str
    glyphs: tuple[Glyph, ...]
    left: float
    right: float
    size: float


Cell = tuple["Segment", ...]
"""The segments of a cell, from the top down."""


class Table(NamedTuple):
    """A ruled table: its rows of cells; a cell is empty where nothing stands in it."""

    rows: tuple[tuple[Cell, ...], ...]


class Segment(NamedTuple):
    """Words of one line that stand together."""

    words: tuple[Word, ...]
    left: float
    right: float
    top: float
    bottom: float
    baseline: float
    size: float
    order: int
    """Where its first glyph stands in the stream of the page."""
    table: Table | None = None
    """A ruled table that stands in the place of words."""

    @property
    def text(self) -> str:
        """The words with single spaces."""
        return " ".join(word.text for word in self.words)


def segments_of(line: Line) -> list[Segment]:
    """The segments of a line from left to right; dot leaders part segments and are not kept."""
    found: list[Segment] = []
    words: list[Word] = []
    for word in _tracked_joined(list(_words(line.glyphs))):
        leader = _is_leader(word)
        if words and (leader or word.left - words[-1].right > SEGMENT_GAP * max(word.size, words[-1].size)):
            found.append(segment(words, line.baseline))
            words = []
        if not leader:
            words.append(word)
    if words:
        found.append(segment(words, line.baseline))
    return found


def segment(words: Sequence[Word], baseline: float) -> Segment:
    """Words as one segment."""
    glyphs = [glyph for word in words for glyph in word.glyphs]
    return Segment(
        tuple(words),
        min(g.left for g in glyphs),
        max(g.right for g in glyphs),
        min(g.top for g in glyphs),
        max(g.bottom for g in glyphs),
        baseline,
        max(word.size for word in words),
        min(g.order for g in glyphs),
    )


def _words(glyphs: Sequence[Glyph]) -> Iterator[Word]:
    run: list[Glyph] = []
    blank = False
    for glyph in glyphs:
        if glyph.text.isspace():
            blank = True
            continue
        if run and _parted(run[-1], glyph, blank):
            yield from _without_leader(run)
            run = []
        run.append(glyph)
        blank = False
    if run:
        yield from _without_leader(run)


def _without_leader(run: Sequence[Glyph]) -> Iterator[Word]:
    """A run of glyphs as one word, or as several where dots lead from a name to its amount."""
    text = "".join(glyph.text if len(glyph.text) == 1 else "a" for glyph in run)
    start = 0
    for leader in _LEADER.finditer(text):
        if leader.start() > start:
            yield _word(run[start : leader.start()])
        yield _word(run[leader.start() : leader.end()])
        start = leader.end()
    if start < len(run):
        yield _word(run[start:])


def _parted(before: Glyph, glyph: Glyph, blank: bool) -> bool:
    """Whether a word ends between two glyphs."""
    gap = glyph.left - before.right
    size = min(before.size, glyph.size) if before.raised == glyph.raised else max(before.size, glyph.size)
    if gap > (_BLANK_GAP if blank else _WORD_GAP) * size:
        return True
    return glyph.raised > 0 and not before.raised and glyph.text.isalpha() and before.text.isalnum()


def _word(run: Sequence[Glyph]) -> Word:
    text = "".join(glyph.text for glyph in run)
    if len(text) > len(run):
        run = [glyph for glyph in run for _ in glyph.text]
    return Word(text, tuple(run), run[0].left, max(g.right for g in run), max(g.size for g in run))


def _is_leader(word: Word) -> bool:
    return _LEADER.fullmatch(word.text) is not None


def _tracked_joined(words: Sequence[Word]) -> Iterator[Word]:
    """The words, where runs of single letters with even gaps have become the words that they spell."""
    run: list[Word] = []
    for word in words:
        if len(word.text) == 1 and word.text.isalnum() and (not run or word.size == run[-1].size):
            run.append(word)
            continue
        yield from _spelled(run)
        run = []
        yield word
    yield from _spelled(run)


def _spelled(run: Sequence[Word]) -> Iterator[Word]:
    if len(run) < _TRACKED or sum(word.text.isalpha() for word in run) * 2 < len(run):
        yield from run
        return
    gaps = sorted(after.left - before.right for before, after in pairwise(run))
    usual = gaps[(len(gaps) - 1) // 2]
    start = 0
    for at in range(1, len(run) + 1):
        if at == len(run) or _ends_spelled(run[at - 1], run[at], usual):
            yield _word([glyph for word in run[start:at] for glyph in word.glyphs])
            start = at


def _ends_spelled(before: Word, after: Word, usual: float) -> bool:
    """Whether a word set wide ends between two letters; a number and its unit are never one."""
    wide = after.left - before.right > _TRACKED_GAP * usual
    return wide or before.text.isdigit() != after.text.isdigit()
