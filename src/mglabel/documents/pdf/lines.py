"""Lines of glyphs by their baselines, with superscripts and subscripts set back into the line they belong to."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from mglabel.documents.pdf.glyphs import Glyph, is_accent

_BASELINE = 0.22
"""How far baselines of one line may differ, as a share of the smaller glyph's size."""
_SMALL = 0.95
"""A raised or lowered glyph is at most this share of the size of the line."""
_RAISED, _LOWERED = (0.12, 0.75), (0.05, 0.35)
"""How far above or below the baseline superscripts and subscripts stand, as a share of the line's size."""
_BESIDE = 0.4
"""How far from the glyph beside it a superscript stands at most, as a share of the line's size."""
_MOST_NEAR = 20
"""No more lines above or below are tried for small type, so that a hostile pile costs no more than its length."""

_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SPACELESS = {"\u02c6": "\u0302", "\u02c7": "\u030c"}
"""Accents that Unicode does not take apart into a space and a combining mark."""
_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


class Line:
    """Glyphs on one baseline, from left to right."""

    __slots__ = ("baseline", "glyphs", "inked", "size")

    def __init__(self, glyphs: Sequence[Glyph]) -> None:
        self.glyphs = sorted(glyphs, key=lambda glyph: glyph.left)
        self.inked = [glyph for glyph in self.glyphs if not glyph.text.isspace()]
        sizes = sorted(glyph.size for glyph in glyphs)
        self.size = sizes[len(sizes) // 2]
        self.baseline = glyphs[len(glyphs) // 2].baseline


def lines_of(glyphs: Sequence[Glyph]) -> list[Line]:
    """The lines that glyphs stand in, from the top down."""
    lines = [Line(group) for group in _by_baseline(glyphs)]
    return [Line(list(_marked(line))) for line in _with_raised(lines)]


def _by_baseline(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    group: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda glyph: glyph.baseline):
        if group and glyph.baseline - group[0].baseline > _BASELINE * min(glyph.size, group[0].size):
            yield group
            group = []
        group.append(glyph)
    if group:
        yield group


def _with_raised(lines: list[Line]) -> list[Line]:
    """The lines, where pieces of small type that belong to a line above or below have gone into it."""
    gained: dict[int, list[Glyph]] = {}
    lost: dict[int, set[int]] = {}
    for at, line in enumerate(lines):
        for run in _runs(line):
            host = _host(lines, at, run)
            if host is not None:
                gained.setdefault(host[0], []).extend(glyph._replace(raised=host[1]) for glyph in run)
                lost.setdefault(at, set()).update(glyph.order for glyph in run)
    if not gained:
        return lines
    changed = []
    for at, line in enumerate(lines):
        own = [glyph for glyph in line.glyphs if glyph.order not in lost.get(at, ())]
        if own or at in gained:
            changed.append(Line([*own, *gained.get(at, ())]))
            if own:
                changed[-1].baseline = line.baseline
    return changed


def _runs(line: Line) -> Iterator[list[Glyph]]:
    """Pieces of a line that stand together."""
    run: list[Glyph] = []
    for glyph in line.inked:
        if run and glyph.left - run[-1].right > _BESIDE * glyph.size:
            yield run
            run = []
        run.append(glyph)
    if run:
        yield run


def _host(lines: Sequence[Line], at: int, run: Sequence[Glyph]) -> tuple[int, int] | None:
    """The line that a run of small glyphs belongs to, and whether it is raised (1) or lowered (-1) there."""
    baseline, size = run[0].baseline, max(glyph.size for glyph in run)
    for step, (least, most), sign in ((1, _RAISED, 1), (-1, _LOWERED, -1)):
        end = min(at + _MOST_NEAR, len(lines)) if step > 0 else max(at - _MOST_NEAR, -1)
        for other in range(at + step, end, step):
            if abs(lines[other].baseline - baseline) > 2 * size:
                break
            distance = (lines[other].baseline - baseline) * sign
            beside = _beside(lines[other], run[0].left, run[-1].right)
            if beside is not None and size <= _SMALL * beside.size and least <= distance / beside.size <= most:
                return other, sign
    return None


def _beside(line: Line, left: float, right: float) -> Glyph | None:
    """The glyph of a line that a run from left to right stands close behind, or else close before."""
    at = bisect_left(line.inked, left, key=lambda glyph: glyph.left)
    if at:
        before = line.inked[at - 1]
        if left - before.right <= _BESIDE * before.size:
            return before
    if at < len(line.inked):
        after = line.inked[at]
        if after.left - right <= _BESIDE * after.size:
            return after
    return None


def _marked(line: Line) -> Iterator[Glyph]:
    """The glyphs of a line with raised and lowered digits as such characters and accents set on their letters."""
    body: Glyph | None = None
    for glyph in _with_accents(line.glyphs):
        if glyph.text.isspace():
            yield glyph
            continue
        if not glyph.raised and body is not None and glyph.size <= _SMALL * body.size:
            if body.baseline - glyph.baseline >= _RAISED[0] / 2 * body.size:
                glyph = glyph._replace(raised=1)
        if glyph.raised:
            digits = _SUPERSCRIPTS if glyph.raised > 0 else _SUBSCRIPTS
            yield glyph._replace(text=glyph.text.translate(digits))
        else:
            body = glyph
            yield glyph


def _with_accents(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Glyphs from left to right, where an accent drawn over a letter has become one with it."""
    kept: list[Glyph] = []
    waiting: Glyph | None = None
    for glyph in glyphs:
        if is_accent(glyph.text):
            if kept and _over(glyph, kept[-1]):
                kept[-1] = _accented(kept[-1], glyph)
            else:
                waiting = glyph
        elif waiting is not None:
            kept.append(_accented(glyph, waiting) if _over(waiting, glyph) else glyph)
            waiting = None
        else:
            kept.append(glyph)
    return kept


def _over(accent: Glyph, letter: Glyph) -> bool:
    return letter.left <= (accent.left + accent.right) / 2 <= letter.right


def _accented(letter: Glyph, accent: Glyph) -> Glyph:
    mark = _SPACELESS.get(accent.text) or unicodedata.normalize("NFKD", accent.text)[-1]
    whole = unicodedata.normalize("NFC", letter.text + mark)
    return letter._replace(text=whole) if len(whole) == len(letter.text) else letter
