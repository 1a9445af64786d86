"""Several products in one document: where each begins, told by headings, pages or panels made alike.

Every way of cutting is tried; the one that gives most stretches which each state a product's magnesium and dose wins.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from mglabel.documents.document import Document
from mglabel.language.mention import mentions_magnesium
from mglabel.values.results import Settled

_DIGITS = re.compile(r"\d+")
_LINE = re.compile(r"[^\n]*[^\s][^\n]*")
_RUNNING = 0.6
_MOST_PANELS = 8
_SHORT = 3
"""A title above a panel has at most so many lines."""


class Part(NamedTuple):
    """A stretch of a document that describes one product."""

    document: Document
    settled: Settled


class _Line(NamedTuple):
    start: int
    end: int
    key: str
    """The line without what differs between pages: case and numbers."""


def parts_of(document: Document, settle: Callable[[Document], Settled]) -> list[Part]:
    """The products of a document in order; empty where it describes one product or none."""
    best: list[Part] = []
    for starts in _ways(document):
        bounds = [*starts, len(document.text)]
        stretches = [document.part(*bound) for bound in pairwise(bounds)]
        parts = [Part(part, settle(part)) for part in stretches if mentions_magnesium(part.text)]
        stated = [part for part in parts if _states_a_product(part.settled)]
        if len(stated) > max(1, len(best)):
            best = stated
    return best if _differ([part.settled for part in best]) else []


def _states_a_product(settled: Settled) -> bool:
    """Whether a stretch has both amounts and a dose: a chapter of a leaflet has one of them."""
    dosed = settled.directions.units_per_day is not None or settled.intake.mg_per_day is not None
    return settled.declares_magnesium and bool(settled.statements) and dosed


def _differ(products: Sequence[Settled]) -> bool:
    """Whether any two state other forms or other amounts; one label in several languages states the same."""
    facts = [({s.form for s in p.sources}, {s.value_mg for s in p.statements}) for p in products]
    return any(one[0] != other[0] or one[1].isdisjoint(other[1]) for one, other in pairwise(facts))


def _ways(document: Document) -> Iterator[list[int]]:
    """The ways to cut a document, each as the places where its stretches begin."""
    lines = [_Line(m.start(), m.end(), _key(m.group())) for m in _LINE.finditer(document.text)]
    running = _running(document, lines)
    body = [line for line in lines if line.key not in running]
    for rank in sorted({heading.rank for heading in document.headings}):
        tops = {heading.start for heading in document.headings if heading.rank == rank}
        starts = [line.start for line, before in _with_before(body) if line.start in tops and not _in(before, tops)]
        if len(starts) > 1:
            yield starts
    if len(document.pages) > 1:
        yield [page.start for page in document.pages]
    repeated = Counter(line.key for line in body if not mentions_magnesium(line.key))
    for key, count in repeated.most_common(_MOST_PANELS):
        if count > 1:
            yield _panel_starts(document.text, [line for line in body if line.key == key])


def _key(line: str) -> str:
    return _DIGITS.sub("0", " ".join(line.split())).casefold()


def _with_before(lines: Sequence[_Line]) -> Iterator[tuple[_Line, _Line | None]]:
    return zip(lines, [None, *lines], strict=False)


def _in(line: _Line | None, starts: set[int]) -> bool:
    return line is not None and line.start in starts


def _running(document: Document, lines: Sequence[_Line]) -> set[str]:
    """Heads and feet that run through the pages."""
    if len(document.pages) < 2:
        return set()
    starts = [page.start for page in document.pages]
    pages: dict[int, list[str]] = {}
    at = 0
    for line in lines:
        while at + 1 < len(starts) and starts[at + 1] <= line.start:
            at += 1
        pages.setdefault(at, []).append(line.key)
    seen = Counter(key for keys in pages.values() for key in {*keys[:2], *keys[-2:]})
    return {key for key, count in seen.items() if count > 1 and count >= _RUNNING * len(pages)}


def _panel_starts(text: str, panels: Sequence[_Line]) -> list[int]:
    """Where the products of like panels begin: at the paragraph of each panel, or at a short one above it."""
    starts = []
    floor = 0
    for panel in panels:
        start = max(text.rfind("\n\n", floor, panel.start) + 2, floor) if "\n\n" in text[floor : panel.start] else floor
        above = text.rfind("\n\n", floor, max(start - 2, floor))
        title = text[above + 2 if above >= 0 else floor : start].strip()
        if title and title.count("\n") < _SHORT:
            start = above + 2 if above >= 0 else floor
        starts.append(start)
        floor = panel.end
    return list(dict.fromkeys(starts))
