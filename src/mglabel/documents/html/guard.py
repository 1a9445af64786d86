"""Cuts from the source what makes a parser's time grow with the square of its length: endless nesting and attributes.

Text is kept; only tags beyond any real page's depth and the attributes of tags with hundreds of them go. Browsers stop
nesting at 512 too.
"""

from __future__ import annotations

import re

SMALL = 50_000
"""So short a source is parsed in well under a second, whatever stands in it."""

_MOST = {"block": 400, "format": 60, "inline": 1000}
"""How many elements of a class may stand open at once."""

_MOST_REOPENED = 2_000_000
"""A parser opens formatting left open again in every block that follows: so many elements at most come of that."""

_MOST_ATTRIBUTES = 300
_FORMATTING = frozenset("a b big code em font i nobr s small strike strong tt u".split())
_INLINE = frozenset("span label abbr cite mark ins del sub sup q time data bdi bdo kbd samp var dfn".split())
_UNCOUNTED = frozenset(
    "area base br col embed hr img input link meta param source track wbr html head body"
    " p li td th tr dt dd option optgroup tbody thead tfoot colgroup rp rt".split()
)
"""Elements that hold nothing or that the next one of their kind ends."""

_RAW = frozenset("script style textarea title xmp iframe noembed noframes".split())
_ATTRIBUTE = r"""=?[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\s>"'][^\s>]*+|(?=>|\Z)))?+"""
_ONE_ATTRIBUTE = re.compile(_ATTRIBUTE)
_TAG = re.compile(
    rf"<!--(?:-?>|(?s:.*?)(?:--!?>|\Z))|<[!?][^>]*+(?:>|\Z)|</?([a-zA-Z][^\s/>]*+)((?:{_ATTRIBUTE}|[\s/]++|=)*+)(?:>|\Z)"
)
_CELLS = re.compile(r"(?i)<t[rdh][\s>]")
_TABLE = re.compile(r"(?i)<table[\s>]")


def tamed(source: str) -> str:
    """The source with its nesting and attributes bounded, and rows that came without their table put into one.

    >>> tamed("<tr><td>Magnesium</td><td>375 mg</td></tr>")
    '<table><tr><td>Magnesium</td><td>375 mg</td></tr>'
    """
    if _CELLS.search(source) and not _TABLE.search(source):
        source = f"<table>{source}"
    return source if len(source) <= SMALL else _Guard(source).run()


class _Guard:
    """One pass over the tags of a source."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._open: dict[str, int] = {}
        self._dropped: dict[str, int] = {}
        self._depth = dict.fromkeys(_MOST, 0)
        self._most = {**_MOST, "format": max(2, min(_MOST["format"], _MOST_REOPENED // (source.count("<") + 1)))}

    def run(self) -> str:
        source = self._source
        kept: list[str] = []
        done = at = 0
        while match := _TAG.search(source, at):
            at = match.end()
            if match[1] is None:
                continue
            name = match[1].casefold()
            ends = source[match.start() + 1] == "/"
            instead = self._end(name) if ends else self._start(name, match)
            if instead is not None:
                kept += (source[done : match.start()], instead)
                done = at
            if name in _RAW and not ends:
                at = self._past_raw(name, at)
        kept.append(source[done:])
        return "".join(kept)

    def _past_raw(self, name: str, at: int) -> int:
        """Where the text of a script or the like ends, which is no markup."""
        end = re.compile(rf"(?i)</{name}").search(self._source, at)
        return len(self._source) if end is None else end.start()

    def _start(self, name: str, match: re.Match[str]) -> str | None:
        """What stands instead of a start tag, None where it stays as it is."""
        if name not in _UNCOUNTED:
            kind = _kind(name)
            if self._depth[kind] >= self._most[kind]:
                self._dropped[name] = self._dropped.get(name, 0) + 1
                return ""
            self._depth[kind] += 1
            self._open[name] = self._open.get(name, 0) + 1
        if len(match[2]) > _MOST_ATTRIBUTES and _has_too_many(match[2]):
            return f"<{match[1]}>"
        return None

    def _end(self, name: str) -> str | None:
        if self._dropped.get(name):
            self._dropped[name] -= 1
            return ""
        if self._open.get(name):
            self._open[name] -= 1
            self._depth[_kind(name)] -= 1
        return None


def _kind(name: str) -> str:
    return "format" if name in _FORMATTING else "inline" if name in _INLINE else "block"


def _has_too_many(attributes: str) -> bool:
    """Whether a tag has more attributes than any real one."""
    return sum(1 for _, _ in zip(_ONE_ATTRIBUTE.finditer(attributes), range(_MOST_ATTRIBUTES + 1), strict=False)) > (
        _MOST_ATTRIBUTES
    )
