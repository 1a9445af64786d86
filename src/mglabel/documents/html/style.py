"""What a page's own styles say that matters for reading: what is not shown, what is struck out, what lies in rows.

Style sheets that a page only links to are not known; of those it holds, rules for a tag, classes and an id are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

Style = Mapping[str, str]
NO_STYLE: Style = {}

_READ = frozenset(
    "display visibility position left right top text-indent clip text-decoration text-decoration-line vertical-align"
    " grid-template-columns flex-direction white-space animation-name font-size".split()
)
_COMMENT = re.compile(r"(?s)/\*.*?(?:\*/|\Z)")
_BRACES = re.compile(r"([{}])")
_SIMPLE = re.compile(r"([a-z][a-z0-9-]{0,40})?((?:[.#][\w-]{1,80}){0,4})", re.IGNORECASE)
_NAME = re.compile(r"([.#])([\w-]+)")
_MOST_RULES = 2000
_AWAY = re.compile(r"-\d{3,}(?:\.\d+)?(?:px|em|rem|vw|%)")
_TRACKS = re.compile(r"repeat\(\s*(\d{1,2})\s*,[^()]*(?:\([^()]*\)[^()]*)*\)")
_IN_TRACK = re.compile(r"\([^()]*\)|\[[^\]]*\]")


def declarations(text: str) -> Style:
    """The declarations of a style attribute that matter here.

    >>> declarations("color: red; Display:NONE !important")
    {'display': 'none'}
    """
    found: dict[str, str] = {}
    for one in text.split(";"):
        name, colon, value = one.partition(":")
        name = name.strip().casefold()
        if colon and name in _READ:
            found[name] = value.casefold().replace("!important", "").strip()
    return found


class Sheet:
    """The rules of a page's style elements."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._rules: dict[str, list[tuple[int, int, str, frozenset[str], Style]]] = {}
        self._count = 0
        for text in texts:
            self._read(_COMMENT.sub("", text))

    def _read(self, text: str) -> None:
        """Note the rules that stand in no block for other media or widths."""
        depth, selector, piece = 0, "", ""
        for part in _BRACES.split(text):
            if part == "{":
                selector = "" if depth else piece.rpartition(";")[2].strip()
                depth += 1
            elif part == "}":
                if depth == 1 and selector and not selector.startswith("@") and self._count < _MOST_RULES:
                    self._note(selector, declarations(piece))
                depth = max(0, depth - 1)
                selector = ""
            piece = part

    def _note(self, selectors: str, style: Style) -> None:
        for selector in selectors.split(","):
            match = _SIMPLE.fullmatch(selector.strip())
            if match is None or not match[0] or not style:
                continue
            names = [(kind, name) for kind, name in _NAME.findall(match[2])]
            needed = frozenset(kind + name for kind, name in names)
            weight = sum(100 if kind == "#" else 10 for kind, _ in names) + bool(match[1])
            key = min(needed) if needed else match[1].casefold()
            self._count += 1
            rule = (weight, self._count, (match[1] or "").casefold(), needed, style)
            self._rules.setdefault(key, []).append(rule)

    def style_of(self, tag: str, attributes: Mapping[str, str | None]) -> Style:
        """What the rules and its own attribute say of an element, the most particular last."""
        own = attributes.get("style")
        inline = declarations(own) if own else NO_STYLE
        if not self._rules:
            return inline
        names = {f".{name}" for name in (attributes.get("class") or "").split()}
        if attributes.get("id"):
            names.add(f"#{attributes['id']}")
        rules = [
            rule
            for key in (tag, *names)
            for rule in self._rules.get(key, ())
            if rule[3] <= names and rule[2] in ("", tag)
        ]
        merged: dict[str, str] = {}
        for *_, style in sorted(rules, key=lambda rule: rule[:2]):
            merged.update(style)
        merged.update(inline)
        return merged


def is_unseen(style: Style) -> bool:
    """Whether a style takes its element off the page; what only waits for an animation is seen.

    >>> is_unseen(declarations("position:absolute;left:-9999px")), is_unseen(declarations("left:-9px"))
    (True, False)
    """
    if not style:
        return False
    if style.get("display") == "none" or style.get("font-size") in ("0", "0px"):
        return True
    if style.get("visibility") in ("hidden", "collapse") and "animation-name" not in style:
        return True
    if style.get("position") in ("absolute", "fixed"):
        if any(_AWAY.match(style.get(side, "")) for side in ("left", "right", "top")):
            return True
        if style.get("clip", "").replace("px", "").replace(" ", "").startswith(("rect(0,0,0,0", "rect(1,1,1,1")):
            return True
    return bool(_AWAY.match(style.get("text-indent", "")))


def is_struck(style: Style) -> bool:
    """Whether a style strikes its text out."""
    return "line-through" in style.get("text-decoration", "") + style.get("text-decoration-line", "")


def columns_of(style: Style) -> int:
    """How many columns a grid says it has, 0 where it does not say.

    >>> columns_of({"grid-template-columns": "2fr minmax(0, 1fr)"})
    2
    >>> columns_of({"grid-template-columns": "repeat(3, 1fr)"})
    3
    """
    tracks = style.get("grid-template-columns", "")[:200]
    repeated = _TRACKS.search(tracks)
    rest = _IN_TRACK.sub("", _TRACKS.sub("", tracks)).split()
    count = len(rest) + (int(repeated[1]) if repeated else 0)
    return count if count < 20 and tracks not in ("none", "auto") else 0
