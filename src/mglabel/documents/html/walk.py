"""From a parsed page to lines: one pass over its elements, without recursion, as a reader sees them."""

from __future__ import annotations

from typing import NamedTuple

from selectolax.lexbor import LexborNode

from mglabel.documents.html.flow import Flow, Line
from mglabel.documents.html.grid import Cell, Row, row_lines, table_lines
from mglabel.documents.html.level import Level
from mglabel.documents.html.page import Attributes, Page, is_blank
from mglabel.documents.html.setting import HEADINGS, keeps_line_ends, kind_of, lies_in_row, stands_beside
from mglabel.documents.html.style import Style, columns_of, is_struck
from mglabel.values.errors import UnreadableDocument

_NO_TEXT = frozenset(
    "script style template noscript title head select textarea svg iframe object video audio canvas datalist del s"
    " strike rp rt noframes noembed applet map".split()
)
"""Elements whose text is not the page's: code, what was struck out, what stands for something else."""

_EMPTY = frozenset("img input embed area base link meta param source track col frame picture meter progress".split())
_PARTS = {"thead": "head", "tfoot": "foot"}
_MOST_PIECES = 200_000
"""More pieces of text than this are no page of a shop."""

_SPAN = 1000


class View(NamedTuple):
    """What of a page is read: only its main part, or all; what speaks of other things too; what is hidden too."""

    main_only: bool = True
    elsewhere: bool = False
    hidden: bool = False


class _Table:
    """A table, or a list of terms, that is being read."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.caption: list[Line] = []
        self.after_value = True
        self.heading = True

    def add_row(self, row: Row) -> None:
        """Add a row; rows of nothing but heading cells are the table's head, as long as none other came."""
        if not row.cells:
            return
        self.heading = self.heading and row.part != "foot" and all(cell.head for cell in row.cells)
        row.part = "head" if self.heading else row.part
        self.rows.append(row)

    def add(self, kind: str, cell: Cell) -> None:
        """Add the caption, or a term or value of a list: a term behind a value begins another row."""
        if kind == "caption":
            self.caption += cell.lines
            return
        if not self.rows or (kind == "term" and self.after_value):
            self.rows.append(Row())
        self.rows[-1].cells.append(cell)
        self.after_value = kind == "value"

    def lines(self) -> list[Line]:
        """The lines of the caption and the rows."""
        return [*self.caption, *table_lines(self.rows)]


class Reader:
    """Reads one page in one view; gives its lines."""

    def __init__(self, page: Page, view: View) -> None:
        self._page = page
        self._view = view
        self._flows = [Flow()]
        self._frames: list[_Table | Row | None] = []
        """The tables and rows that are being read, the innermost last; None stands for a cell."""
        self._holding: list[bool] = []
        self._pieces = 0
        self._seam = False
        self.read_name = False
        """Whether the page's own first heading was read."""

    def lines(self) -> list[Line]:
        """The lines of the page's body."""
        body = self._page.tree.body
        if body is None:
            return []
        root = Level(body, "body", None, "body", 1)
        root.breaks = not self._page.sets_lines
        root.kept = not self._view.main_only
        self._walk(root)
        return self._flows[0].ended()

    def _walk(self, root: Level) -> None:
        levels = [root]
        node = root.node.first_child
        while levels:
            above = levels[-1]
            if node is None:
                levels.pop()
                if above.leave is not None:
                    above.leave()
                node = above.node.next if levels else None
                continue
            tag = node.tag
            if tag is None or tag[0] == "-":
                if tag == "-text":
                    self._text(node, above)
                node = node.next
                continue
            below = self._enter(node, tag, above)
            if below is None:
                node = node.next
            else:
                levels.append(below)
                node = node.first_child

    # -- characters ------------------------------------------------------------------------------------------------

    def _text(self, node: LexborNode, level: Level) -> None:
        text = node.text_content or ""
        if not level.kept or not text:
            return
        if is_blank(node) and not level.breaks:
            self._flow.gap()
            return
        if level.cells:
            return  # white space only: what lies in cells has no characters beside them
        self._pieces += 1
        if self._pieces > _MOST_PIECES:
            raise UnreadableDocument(
                "too-large", f"the page has more than {_MOST_PIECES:,} pieces of text; pass the part that is the label"
            )
        if self._seam:
            self._flow.seam(text)
            self._seam = False
        if level.raised:
            self._flow.raised(text, level.path, level.heading)
        else:
            self._flow.add(text, level.path, level.heading, level.breaks)

    @property
    def _flow(self) -> Flow:
        return self._flows[-1]

    # -- elements --------------------------------------------------------------------------------------------------

    def _enter(self, node: LexborNode, tag: str, above: Level) -> Level | None:
        """The level of an element to be read; None for one that gives no text."""
        path = above.path_of(tag)
        if tag in _NO_TEXT:
            return None
        if tag == "br":
            self._flow.end_line(shown=True)
            return None
        if tag == "hr":
            self._flow.end_line()
            return None
        if tag in _EMPTY:
            self._flow.gap()
            return None
        attributes = node.attributes
        style = self._page.style_of(tag, attributes)
        if self._is_left_out(node, tag, attributes, style, above):
            return None
        level = Level(node, tag, above, path, above.depth + 1)
        self._note(level, attributes, style)
        self._open(level, above, self._kind(level, above, attributes, style), attributes, style)
        return level

    def _is_left_out(self, node: LexborNode, tag: str, attributes: Attributes, style: Style, above: Level) -> bool:
        if is_struck(style):
            return True
        if not self._view.hidden and self._page.is_hidden(node, tag, attributes, style):
            return True
        return not self._view.elsewhere and self._page.is_elsewhere(node, tag, attributes, above.in_content)

    def _note(self, level: Level, attributes: Attributes, style: Style) -> None:
        """What holds for all that stands in the element."""
        tag = level.tag
        main = tag == "main" or attributes.get("role") == "main"
        level.kept = level.kept or main
        level.in_content = level.in_content or main or tag in ("article", "section")
        level.heading = level.heading or tag in HEADINGS
        level.raised = level.raised or tag == "sup" or style.get("vertical-align") == "super"
        preset = tag in ("pre", "listing", "xmp") or style.get("white-space", "").startswith("pre")
        level.breaks = preset or (level.breaks and keeps_line_ends(tag))
        self.read_name = self.read_name or (tag == "h1" and level.kept and self._page.holds_name(level.node))

    def _kind(self, level: Level, above: Level, attributes: Attributes, style: Style) -> str:
        """How an element is set: inline, as a block, or as a part of a table."""
        if above.cells:
            return "cell"
        tag = level.tag
        if tag in ("dt", "dd") and self._table is not None:
            return "term" if tag == "dt" else "value"
        if tag == "dl":
            return "table"
        kind = kind_of(tag, attributes, style)
        return "laid" if kind in ("inline", "block") and lies_in_row(level, style) else kind

    def _open(self, level: Level, above: Level, kind: str, attributes: Attributes, style: Style) -> None:
        """Begin what the element is set as, and note what its end does."""
        if kind == "inline":
            self._seam = self._seam or stands_beside(level.node, above)
        elif kind == "block" or (kind == "cell" and not isinstance(self._frame, Row)):
            self._flow.end_line()
            level.leave = self._flow.end_line
        elif kind == "table":
            self._begin_table(level)
        elif kind == "row":
            self._begin_row(level, above)
        elif kind == "laid":
            self._begin_laid(level, columns_of(style))
        elif kind != "part" and (kind != "caption" or self._table is not None):
            self._begin_cell(level, kind, attributes)

    @property
    def _frame(self) -> _Table | Row | None:
        return self._frames[-1] if self._frames else None

    @property
    def _table(self) -> _Table | None:
        return self._frame if isinstance(self._frame, _Table) else None

    def _begin_table(self, level: Level) -> None:
        table = _Table()
        self._flow.end_line()
        self._frames.append(table)
        if self._holding:
            self._holding[-1] = True

        def leave() -> None:
            self._frames.pop()
            self._flow.extend(table.lines())

        level.leave = leave

    def _begin_row(self, level: Level, above: Level) -> None:
        """A row of the table that is being read, or one by itself."""
        row = Row(_PARTS.get(above.tag, "body"))
        table = self._table
        self._flow.end_line()
        self._frames.append(row)
        if table is None and self._holding:
            self._holding[-1] = True

        def leave() -> None:
            self._frames.pop()
            if table is None:
                self._flow.extend(row_lines(row.cells))
                return
            table.add_row(row)

        level.leave = leave

    def _begin_laid(self, level: Level, columns: int) -> None:
        """An element whose elements lie side by side: one row, or several where it says how many columns it has."""
        level.cells = True
        row = Row()
        self._flow.end_line()
        self._frames.append(row)
        if self._holding:
            self._holding[-1] = True

        def leave() -> None:
            self._frames.pop()
            width = columns or len(row.cells) or 1
            for at in range(0, len(row.cells), width):
                self._flow.extend(row_lines(row.cells[at : at + width]))

        level.leave = leave

    def _begin_cell(self, level: Level, kind: str, attributes: Attributes) -> None:
        """A cell of a row, a term of a list or its value, or the caption of a table."""
        flow = Flow()
        frame = self._frame
        self._flows.append(flow)
        self._frames.append(None)
        self._holding.append(False)

        def leave() -> None:
            self._flows.pop()
            self._frames.pop()
            block = self._holding.pop()
            lines = flow.ended()
            head = level.tag == "th" or attributes.get("role") in ("columnheader", "rowheader")
            block = block or (level.tag == "td" and any(line.heading for line in lines))
            cell = Cell(lines, _span(attributes.get("colspan")), _span(attributes.get("rowspan")), head, block)
            if isinstance(frame, Row):
                frame.cells.append(cell)
            elif frame is not None:
                frame.add(kind, cell)

        level.leave = leave


def _span(value: str | None) -> int:
    """How many rows or columns a cell says it spans."""
    digits = (value or "").strip()
    return min(max(int(digits), 1), _SPAN) if digits.isascii() and digits.isdigit() and len(digits) < 7 else 1
