"""An element on the way through a page: its path as a selector, and what it passes on to all that stands in it."""

from __future__ import annotations

from collections.abc import Callable

from selectolax.lexbor import LexborNode

from mglabel.documents.html.page import is_blank

_DEEPEST_PATH = 64
"""A path has so many steps at most; that of an element still deeper begins further down."""


class Level:
    """An element that is being read."""

    __slots__ = (
        "breaks", "cells", "depth", "heading", "in_content", "kept", "leave", "loose", "node", "path", "raised",
        "seen", "tag", "totals",
    )  # fmt: skip

    def __init__(self, node: LexborNode, tag: str, above: Level | None, path: str, depth: int) -> None:
        self.node = node
        self.tag = tag
        self.path = path
        self.depth = depth
        self.leave: Callable[[], None] | None = None
        self.heading: bool = above.heading if above else False
        self.raised: bool = above.raised if above else False
        self.breaks: bool = above.breaks if above else False
        self.kept: bool = above.kept if above else True
        self.in_content: bool = above.in_content if above else False
        self.cells = False
        self.seen: dict[str, int] = {}
        self.totals: dict[str, int] = {}
        self.loose = False
        """Whether characters stand directly in it, beside its elements."""
        child = node.first_child
        while child is not None:
            name = child.tag
            if name == "-text":
                self.loose = self.loose or not is_blank(child)
            elif name is not None:
                self.totals[name] = self.totals.get(name, 0) + 1
            child = child.next

    def path_of(self, tag: str) -> str:
        """The path of the child element that comes next with this tag."""
        self.seen[tag] = self.seen.get(tag, 0) + 1
        step = _escaped(tag)
        if self.totals.get(tag, 1) > 1:
            step += f":nth-of-type({self.seen[tag]})"
        above = self.path if self.depth < _DEEPEST_PATH else self.path.partition(" > ")[2]
        return f"{above} > {step}" if above else step


def _escaped(tag: str) -> str:
    """A tag's name as a selector writes it: which letters beyond ASCII need no escape, parsers disagree."""
    if tag.isascii() and tag.isalnum():
        return tag
    return "".join(c if c.isascii() and (c.isalnum() or c in "-_") else f"\\{c}" for c in tag)


def path_to(node: LexborNode) -> str:
    """The path of an element from the top of its page."""
    steps: list[str] = []
    at: LexborNode | None = node
    while at is not None and at.tag not in (None, "-document", "html") and len(steps) < _DEEPEST_PATH:
        tag = at.tag or ""
        parent = at.parent
        same: list[int] = []
        child = parent.first_child if parent is not None else None
        while child is not None:
            if child.tag == tag:
                same.append(child.mem_id)
            child = child.next
        steps.append(_escaped(tag) + (f":nth-of-type({same.index(at.mem_id) + 1})" if len(same) > 1 else ""))
        at = parent
    return " > ".join(reversed(steps))
