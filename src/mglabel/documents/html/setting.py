"""How elements are set on a page: inline, as blocks, as rows and cells, or side by side without saying so."""

from __future__ import annotations

from selectolax.lexbor import LexborNode

from mglabel.documents.html.level import Level
from mglabel.documents.html.page import Attributes, is_blank, is_element
from mglabel.documents.html.style import Style, columns_of

_BLOCKS = frozenset(
    "address article aside blockquote body button center dd details dialog dir div dl dt fieldset figcaption figure"
    " footer form frameset h1 h2 h3 h4 h5 h6 header hgroup html legend li listing main menu nav ol optgroup p plaintext"
    " pre search section summary ul xmp".split()
)
HEADINGS = frozenset(("h1", "h2", "h3", "h4"))
_KINDS = {
    **dict.fromkeys(_BLOCKS, "block"),
    **dict.fromkeys(("thead", "tbody", "tfoot", "colgroup"), "part"),
    "table": "table",
    "tr": "row",
    "td": "cell",
    "th": "cell",
    "caption": "caption",
}
_ROLES = {
    **dict.fromkeys(("table", "grid", "treegrid"), "table"),
    **dict.fromkeys(("cell", "gridcell", "columnheader", "rowheader"), "cell"),
    "row": "row",
    "rowgroup": "part",
}
_DISPLAYS = {
    **dict.fromkeys(("block", "flex", "grid", "list-item", "flow-root"), "block"),
    "table": "table",
    "table-row": "row",
    "table-cell": "cell",
    "table-row-group": "part",
}
_LAYING_SIDE_BY_SIDE = frozenset(("flex", "grid", "inline-flex", "inline-grid"))
_CELLS = range(2, 9)
_CELL_LENGTH = 60
_CELL_NODES = 40
_MOST_CELLS = 20_000


def kind_of(tag: str, attributes: Attributes, style: Style) -> str:
    """How an element is set, by its tag, its role and its style, in this order."""
    kind = _KINDS.get(tag, "block" if "-" in tag else "inline")
    if kind in ("inline", "block"):
        kind = _ROLES.get(attributes.get("role") or "", kind)
    if kind in ("inline", "block"):
        kind = _DISPLAYS.get(style.get("display", ""), kind)
    return kind


def keeps_line_ends(tag: str) -> bool:
    """Whether line ends that count around an element count within it too."""
    return tag not in _KINDS


def lies_in_row(level: Level, style: Style) -> bool:
    """Whether the element's elements are cells of a row: it says so, or its neighbours are built like it."""
    if level.loose or level.tag in ("body", "main", "form", "ul", "ol"):
        return False
    count = sum(level.totals.values()) - level.totals.get("-comment", 0)
    says = style.get("display") in _LAYING_SIDE_BY_SIDE and not style.get("flex-direction", "").startswith("column")
    if says and columns_of(style) > 1:
        return count >= columns_of(style) and count <= _MOST_CELLS and _are_cells(level.node, count)
    if count not in _CELLS:
        return False
    if says:
        return _are_cells(level.node, count)
    if level.tag not in ("div", "li", "section", "article") or level.totals.get("div", 0) != count:
        return False
    return _are_cells(level.node, count) and any(
        other is not None and other.tag == level.tag and _element_count(other) == count and _are_cells(other, count)
        for other in (_beside(level.node, "next"), _beside(level.node, "prev"))
    )


def stands_beside(node: LexborNode, above: Level) -> bool:
    """Whether an inline element stands directly behind another, in an element that holds nothing else."""
    before = node.prev
    return not above.loose and before is not None and is_element(before) and before.tag not in ("br", "wbr")


def _beside(node: LexborNode, side: str) -> LexborNode | None:
    """The next element before or behind an element."""
    other: LexborNode | None = getattr(node, side)
    while other is not None and not is_element(other):
        other = getattr(other, side)
    return other


def _element_count(node: LexborNode) -> int:
    """How many elements an element holds, up to one more than a row has."""
    count = 0
    child = node.first_child
    while child is not None and count < _CELLS.stop:
        count += is_element(child)
        child = child.next
    return count


def _are_cells(node: LexborNode, count: int) -> bool:
    """Whether all elements that an element holds are short and hold no blocks."""
    child = node.first_child
    while child is not None:
        if is_element(child) and not _is_short_leaf(child):
            return False
        if child.tag == "-text" and not is_blank(child):
            return False
        child = child.next
    return count > 1


def _is_short_leaf(node: LexborNode) -> bool:
    """Whether an element holds a few characters and no blocks, so that it can be a cell."""
    if node.tag in ("p", "ul", "ol", "dl", "table", "button", *HEADINGS):
        return False
    length = count = 0
    at = node.first_child
    while at is not None and at.mem_id != node.mem_id:
        count += 1
        if count > _CELL_NODES:
            return False
        if at.tag == "-text":
            length += len((at.text_content or "").strip())
        elif at.tag in _BLOCKS or at.tag in _KINDS:
            return False
        if length > _CELL_LENGTH:
            return False
        below = at.first_child
        while below is None and at is not None and at.mem_id != node.mem_id:
            below = at.next
            if below is None:
                at = at.parent
        at = below
    return True
