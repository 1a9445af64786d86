"""Ruled tables: the cells that lines draw, with the text in each, so that wrapped cells stay with their row."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Any

from mglabel.documents.pdf.glyphs import Glyph
from mglabel.documents.pdf.lines import lines_of
from mglabel.documents.pdf.objects import PageObjects
from mglabel.documents.pdf.words import Cell, Segment, Table, segments_of

_SNAP, _SHORTEST_EDGE = 3, 1
"""In points: how near edges count as meeting, which is also the least length of a side; and the least piece of one."""
_MOST_TABLES = 100
_HELD = 0.9
"""The share of the glyphs within a table's frame that its cells must hold."""


def tables_of(page: PageObjects, glyphs: Sequence[Glyph], most_edges: int) -> tuple[list[Segment], list[Glyph]]:
    """The ruled tables of a page, and the glyphs that stand in none of them."""
    found: list[Segment] = []
    free = list(glyphs)
    ruled_tables = _ruled(page, most_edges)
    for ruled in sorted(ruled_tables, key=lambda table: _area(table.bbox))[:_MOST_TABLES]:
        rows = [row.cells for row in ruled.rows]
        if sum(cell is not None for row in rows for cell in row) < 2:
            continue
        inside = [g for g in free if _within(g, ruled.bbox)]
        placed = _placed(rows, inside)
        held = {id(g) for cells in placed for cell in cells for g in cell}
        if inside and len(held) >= _HELD * len(inside):
            found.append(_table(ruled.bbox, placed, inside))
            free = [g for g in free if id(g) not in held]
    return found, free


def _ruled(page: PageObjects, most_edges: int) -> list[Any]:
    """The tables that pdfplumber finds between the edges of lines and boxes, none where there are too many edges."""
    from pdfplumber import table
    from pdfplumber.utils.geometry import filter_edges, obj_to_edges

    if len(page.shapes) > most_edges:
        return []
    edges = [edge for shape in page.shapes for edge in obj_to_edges(page.page.process_object(shape.item))]
    edges = [edge for way in ("v", "h") for edge in filter_edges(edges, way, min_length=_SHORTEST_EDGE)]
    if len(edges) > most_edges:
        return []
    edges = table.merge_edges(edges, _SNAP, _SNAP, _SNAP, _SNAP)
    crossings = table.edges_to_intersections(filter_edges(edges, min_length=_SNAP), _SNAP, _SNAP)
    cells = table.intersections_to_cells(crossings)
    return [table.Table(page.page, group) for group in table.cells_to_tables(cells)]


def _area(box: Sequence[float]) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _within(glyph: Glyph, box: Sequence[float]) -> bool:
    x, y = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _placed(rows: Sequence[Sequence[Sequence[float] | None]], glyphs: Iterable[Glyph]) -> list[list[list[Glyph]]]:
    """The glyphs of every cell; a cell that spans rows counts in the first of them."""
    placed: list[list[list[Glyph]]] = [[[] for _ in row] for row in rows]
    cells = sorted(
        (cell[1], r, c, cell) for r, row in enumerate(rows) for c, cell in enumerate(row) if cell is not None
    )
    tops = [cell[0] for cell in cells]
    for glyph in glyphs:
        below = bisect_right(tops, (glyph.top + glyph.bottom) / 2)
        for _, r, c, cell in reversed(cells[max(0, below - 200) : below]):
            if _within(glyph, cell):
                placed[r][c].append(glyph)
                break
    return placed


def _table(box: Sequence[float], placed: Sequence[Sequence[Sequence[Glyph]]], inside: Sequence[Glyph]) -> Segment:
    """The table as one segment of the page."""
    rows = tuple(tuple(_cell(glyphs) for glyphs in cells) for cells in placed)
    kept = tuple(row for row in rows if any(row))
    size = max(glyph.size for glyph in inside)
    order = min(glyph.order for glyph in inside)
    return Segment((), box[0], box[2], box[1], box[3], box[1] + size, size, order, Table(kept))


def _cell(glyphs: Sequence[Glyph]) -> Cell:
    """The lines of a cell."""
    if not glyphs:
        return ()
    return tuple(segment for line in lines_of(glyphs) for segment in segments_of(line))
