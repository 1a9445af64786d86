"""A parsed page and what must be known of it as a whole: its styles, its name, what its buttons open."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser, LexborNode

from mglabel.documents.html.guard import tamed
from mglabel.documents.html.style import Sheet, Style, is_unseen
from mglabel.tables.html import html_names
from mglabel.values.errors import UnreadableDocument

Attributes = Mapping[str, str | None]

_OPENERS = 'a[href^="#"], label[for], [aria-controls], [data-target], [data-bs-target], [onclick]'
_OPENING = ("aria-controls", "href", "data-target", "data-bs-target", "for")
_QUOTED = re.compile(r"""['"]#?([\w-]{1,80})['"]""")
_WORD_BREAK = re.compile(r"(?<=[a-z])(?=[A-Z])|_+")
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "dt", "div"))
_HEADING_LENGTH = 80
_MOST_MATCHES = 20_000
_MOST_TAGS = 400_000
"""More tags than this are no page of a shop; one of 5 MB has about 100,000."""

_WHOLE = re.compile(r"(?i)<(?:html|head|body|!doctype)[\s>]")
_SETS_LINES = re.compile(r"(?i)<(?:p|br|div|pre)[\s/>]")


def is_element(node: LexborNode) -> bool:
    """Whether a node is an element: no characters, comment or the like."""
    tag = node.tag
    return tag is not None and tag[0] != "-"


def is_blank(node: LexborNode) -> bool:
    """Whether a text node holds white space only."""
    return not (node.text_content or "").strip(" \t\n\r\f")


class Page:
    """One parsed source."""

    def __init__(self, source: str) -> None:
        text = tamed(source)
        if text.count("<") > _MOST_TAGS:
            raise UnreadableDocument(
                "too-large", f"the page has more than {_MOST_TAGS:,} tags; pass the part that is the label"
            )
        self.tree = LexborHTMLParser(text)
        self.is_whole = _WHOLE.search(text) is not None
        self.sets_lines = self.is_whole or _SETS_LINES.search(text) is not None
        """Whether tags make the lines; a fragment without them was written with line ends, as a text."""
        self._sheet = Sheet(node.text() or "" for node in self.find("style"))
        self._opened = frozenset(self._ids_opened())
        self._of_name = frozenset(self._above_name())

    def find(self, selector: str) -> list[LexborNode]:
        """The elements that a selector gives, the first ones of very many."""
        return self.tree.css(selector)[:_MOST_MATCHES]

    def style_of(self, tag: str, attributes: Attributes) -> Style:
        """The style of an element, as far as the page itself says it."""
        return self._sheet.style_of(tag, attributes)

    @property
    def has_name(self) -> bool:
        """Whether the page has a first heading with text."""
        return bool(self._of_name)

    def holds_name(self, node: LexborNode) -> bool:
        """Whether the page's first heading stands in this element."""
        return node.mem_id in self._of_name

    def _ids_opened(self) -> Iterator[str]:
        """The ids of what a link, button or tab of the page opens."""
        for node in self.find(_OPENERS):
            attributes = node.attributes
            for name in _OPENING:
                yield from (attributes.get(name) or "").replace("#", " ").replace(".", " ").split()
            yield from _QUOTED.findall((attributes.get("onclick") or "")[:500])

    def _above_name(self) -> Iterator[int]:
        """The ids of the first shown h1 and of all that it stands in."""
        node: LexborNode | None = next((n for n in self.find("h1") if (n.text() or "").strip()), None)
        while node is not None:
            yield node.mem_id
            node = node.parent

    # -- what is seen --------------------------------------------------------------------------------------------------

    def is_hidden(self, node: LexborNode, tag: str, attributes: Attributes, style: Style) -> bool:
        """Whether a reader does not see an element and cannot open it either: tabs and panels can be opened."""
        unseen = self._says_hidden(tag, attributes) or is_unseen(style)
        if unseen and self._can_be_opened(node, attributes):
            return False
        return unseen or any(name in html_names().unseen for name in (attributes.get("class") or "").split())

    @staticmethod
    def _says_hidden(tag: str, attributes: Attributes) -> bool:
        if "hidden" in attributes:
            return (attributes["hidden"] or "").casefold() != "until-found"
        return tag == "dialog" and "open" not in attributes

    def _can_be_opened(self, node: LexborNode, attributes: Attributes) -> bool:
        """Whether something on the page names it as what it shows, or a button stands directly before it."""
        if attributes.get("role") == "tabpanel" or attributes.get("id") in self._opened:
            return True
        before = node.prev
        while before is not None and not is_element(before):
            before = before.prev
        return before is not None and _is_opener(before)

    def is_elsewhere(self, node: LexborNode, tag: str, attributes: Attributes, in_content: bool) -> bool:
        """Whether an element speaks of something else than the page's product: navigation, other products, reviews."""
        if self.holds_name(node) and tag != "h1":
            return False
        role = attributes.get("role")
        if tag in ("nav", "footer", "header") and (tag == "nav" or not in_content):
            return True
        if role in ("navigation", "banner", "contentinfo", "search"):
            return True
        if tag == "aside" or role == "complementary":
            return not in_content or node.css_first("table, dl") is None
        return _named_elsewhere(f"{attributes.get('class') or ''} {attributes.get('id') or ''}"[:2000].strip())

    # -- its name ------------------------------------------------------------------------------------------------------

    def title(self) -> tuple[str, LexborNode] | None:
        """The product's name as the page's head gives it, without the shop's."""
        shared = {(n.attributes.get("property") or ""): n for n in self.find("meta[property]")}
        node = shared.get("og:title")
        if node is not None and (node.attributes.get("content") or "").strip():
            return (node.attributes["content"] or "").strip(), node
        node = next((n for n in self.find("title") if n.parent is not None and n.parent.tag in ("head", "body")), None)
        name = " ".join((node.text() or "").split()) if node is not None else ""
        site = shared["og:site_name"].attributes.get("content") if "og:site_name" in shared else None
        for mark in ("|", "–", "-"):
            first, _, last = name.rpartition(mark)
            if first.strip() and (mark == "|" or last.strip() == site):
                name = first.strip()
        return (name, node) if name and node is not None else None


def _is_opener(node: LexborNode) -> bool:
    attributes = node.attributes
    if node.tag in ("button", "summary") or attributes.get("role") == "button" or "aria-expanded" in attributes:
        return True
    if node.tag not in _HEADINGS or len(node.text() or "") > _HEADING_LENGTH:
        return False
    return node.css_first("button, [aria-expanded], [role=button]") is not None


@lru_cache(maxsize=1024)
def _named_elsewhere(written: str) -> bool:
    """Whether a class or the id names a part that speaks of other things; pages repeat their classes."""
    names = html_names()
    for one in written.split()[:40]:
        parts = [part.casefold() for part in _WORD_BREAK.sub("-", one[:80]).split("-") if part]
        if not parts or parts[0] in names.not_names:
            continue
        for start in range(len(parts)):
            for end in range(start + 1, min(len(parts), start + 3) + 1):
                if "-".join(parts[start:end]) in names.elsewhere:
                    return True
    return False
