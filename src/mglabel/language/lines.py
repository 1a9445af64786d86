"""Lines as they were meant: a sentence that a page's width has cut is one line again, an indent is no empty cell.

Only what shows that a line goes on counts: a number before its unit, a word that wants another, an open bracket, or a
line as full as the widest ones with a small letter behind it. Nothing is rewritten; tokens of breaks are left out.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from mglabel.language.names import is_magnesium
from mglabel.language.numbers import values_of
from mglabel.language.token import Token

_CELLS = regex.compile(r"  |\t|\||\.{3}")
"""What parts the cells of a table: such a line is not cut by the page's width."""

_INDENT = 4
"""Up to so many spaces at the start of a line are an indent; more are the empty first cell of a table."""

_LEAST_WIDTH = 30
_MOST_WIDTH = 160
_WORD = 14
"""Lines that end within a long word's length of the widest one are as full as it."""

_FULL_LINES = 2
_LONGEST_LABEL = 5
_LONGEST_NAME = 2
"""Words of the name of a value with its colon, and of a serving's without one."""

_BRACKET_LINES = 3
_FAR = 60
"""How far back in a line cut more than once its beginning is looked for: a bound, so that time stays linear."""

_BULLETS = frozenset("•●◦‣▪■▸►✓✔\N{VARIATION SELECTOR-16}")
"""Marks of the entries of a list, which say nothing."""

_DASHES = frozenset("-–")
_FOOTNOTES = frozenset("*†‡§")
_ENDS = frozenset(".:;!?")
_OPENED, _CLOSING = frozenset("(["), frozenset(")]")
_BRACKETS = _OPENED | _CLOSING
_OPENING = frozenset("('’")
_WANTING = (
    "join.of",
    "relation.of_which",
    "relation.and",
    "relation.or",
    "relation.as_form",
    "relation.from",
    "relation.per",
    "relation.to",
    "relation.contains",
    "negation.before",
)
_JOINING = ("relation.and", "relation.or")
_COUNTABLE = ("unit", "measure", "frequency.times")


_Line = tuple[list[Token], Token | None]
"""The tokens of a line, and the break behind it."""


def as_meant(tokens: list[Token], text: str) -> list[Token]:
    """The tokens of the text without the breaks that only a page's width or an indent has made."""
    lines = list(_lines(tokens))
    if len(lines) < 2:
        return tokens
    width = _full_width(text)
    out: list[Token] = []
    started = 0
    for at, (line, stop) in enumerate(lines):
        following = lines[at + 1][0] if at + 1 < len(lines) else []
        out += line
        if stop is None:
            continue
        so_far = out[max(started, len(out) - _FAR) :]
        if not following and at + 2 < len(lines) and _is_label(so_far):
            following = lines[at + 2][0]
        if not (_goes_on(so_far, following, width, text) or _is_in_bracket(so_far, lines, at + 1)):
            out.append(stop)
            started = len(out)
        elif _is_cut_number(out[-1], following):
            lines[at + 1] = [_whole_number(out.pop(), following[0], text), *following[1:]], lines[at + 1][1]
    return out


def _lines(tokens: list[Token]) -> Iterator[_Line]:
    """Each line without indent and trailing spaces, with the token of the break behind it."""
    line: list[Token] = []
    for token in tokens:
        if token.kind == "l":
            yield _trimmed(line), token
            line = []
        else:
            line.append(token)
    yield _trimmed(line), None


def _trimmed(line: list[Token]) -> list[Token]:
    start = 1 if line and line[0].kind == "c" and line[0].text.isspace() and len(line[0].text) <= _INDENT else 0
    while len(line) > start + 1 and _is_bullet(line[start], line[start + 1]):
        start += 1
    end = len(line) - 1 if len(line) > 1 and line[-1].kind == "c" and line[-1].text.isspace() else len(line)
    return line[start:end]


def _is_bullet(token: Token, following: Token) -> bool:
    """Whether a line begins with the mark of a list's entry: a dash is one before a word or mark that stands apart."""
    if token.kind != "p":
        return False
    opens = following.kind == "w" or following.text in _FOOTNOTES
    return token.text in _BULLETS or (token.text in _DASHES and opens and following.start > token.end)


def _full_width(text: str) -> int:
    """The width that cuts the lines of this text, 0 where too few lines are full for there to be one."""
    widths = [len(line.strip()) for line in text.splitlines() if _CELLS.search(line.strip()) is None]
    widest = max(widths, default=0)
    if not _LEAST_WIDTH <= widest <= _MOST_WIDTH:
        return 0
    return widest if sum(width >= widest - _WORD for width in widths) >= _FULL_LINES else 0


def _width(line: list[Token], text: str) -> int:
    """The width of the last line of the page that the tokens stand on: a phrase may go over its end."""
    return line[-1].end - max(text.rfind("\n", 0, line[-1].end) + 1, line[0].start)


def _goes_on(line: list[Token], following: list[Token], width: int, text: str) -> bool:
    """Whether the second line is the rest of the first."""
    if not line or not following or _is_headed(following):
        return False
    if _is_label(line) and (_is_amount(following) or _counts_units(following) or _is_percentage(following)):
        return True
    if _names_serving(line) and _only_counts_units(following):
        return True
    if _wants_unit(line, following):
        return True
    if any(t.kind == "c" for t in (*line, *following)):
        return False
    if _wants_rest(line, following):
        return True
    if (line[-1].kind not in "wn" and line[-1].text != ")") or not width or line[-1].text in _ENDS:
        return False
    is_full = _width(line, text) + 1 + len(_first_word(following[0], text)) > width
    return is_full and _is_rest(line, following)


def _is_label(line: list[Token]) -> bool:
    """Whether the line is the name of a value that stands on the next one: "Serving size:"; no heading of doses."""
    if not line or line[-1].text != ":":
        return False
    named = line[1:] if line[0].text in _FOOTNOTES else line
    if not 1 < len(named) <= _LONGEST_LABEL or named[0].kind not in "wm":
        return False
    return not any("section.directions" in token.senses for token in named)


def _names_serving(line: list[Token]) -> bool:
    """Whether the line is nothing but a word for a serving: "Serving size", without a colon."""
    last = line[-1]
    if len(line) > _LONGEST_NAME or "portion.serving" not in last.senses:
        return False
    return not any("relation.per" in t.senses or "section.directions" in t.senses or t.kind != "w" for t in line)


def _only_counts_units(line: list[Token]) -> bool:
    """Whether a line holds only a count of units, and in a bracket what they weigh."""
    end = _past_count(line)
    return end > 0 and (end == len(line) or line[end].text in "(.")


def _wants_rest(line: list[Token], following: list[Token]) -> bool:
    """Whether the line cannot end here, whatever its width: before a unit, behind a comma or "of"."""
    last, first = line[-1], following[0]
    if last.text in _DASHES and first.kind == "n" and len(line) > 1 and line[-2].kind == "n":
        return True
    if last.kind == "w" and first.text == "(" and (_is_amount(following[1:]) or _counts_units(following[1:])):
        return True
    if last.kind == "w" and _is_small(first) and len(first.text) > 1 and any(key in first.senses for key in _JOINING):
        return True
    if last.text == ",":
        return _is_small(first)
    if is_magnesium(last) and _is_small(first) and "anion" in first.senses:
        return True
    if len(line) > 2 and line[-2].text == "," and _is_small(last) and _is_amount(following):
        return True
    if is_magnesium(first) and ("relation.elemental" in last.senses or "join.of" in last.senses):
        return last.text.islower()
    return len(line) > 2 and len(last.text) > 1 and _wants(last) and (_is_small(first) or first.kind == "n")


def _wants_unit(line: list[Token], following: list[Token]) -> bool:
    """Whether the line ends with a number and the next one begins with what it counts; in a table with the sign of a
    unit, or with a small word where the number is not alone in its cell."""
    last, first = line[-1], following[0]
    if last.text == ")" and len(line) > 3 and line[-3].text == "(" and line[-2].kind == "n":
        last = line[-2]  # "two (2)"
    counts = last.kind == "n" or "number" in last.senses
    if len(line) < 2 or not counts or not any(key in first.senses for key in _COUNTABLE):
        return False
    if "unit" in first.senses and not _is_small(first) and any(t.text == ":" for t in following[1:_LONGEST_LABEL]):
        return False  # "Magnesium 300", and below it "Sachet 4 g: magnesium 300 mg"
    is_row = any(t.kind == "c" for t in (*line, *following))
    return not is_row or "measure" in first.senses or (line[-2].kind != "c" and _is_small(first))


def _is_rest(line: list[Token], following: list[Token]) -> bool:
    """Whether a line behind a full one reads as its rest."""
    last, first = line[-1], following[0]
    if last.kind == "n":
        return _is_cut_number(last, following) or _is_small(first)
    if first.kind == "w":
        handed = len(first.text) == 1 and len(following) > 1 and following[1].text in "-‑"  # "L-threonate"
        return handed or _is_small(first) or (_is_unsaid(line) and is_magnesium(first))
    if first.kind != "n":
        return first.text in _OPENING
    ends = len(following) == 3 and "unit" in following[1].senses and following[2].text == "."
    return ends or _is_amount(following) or _wants(last)


def _is_small(token: Token) -> bool:
    return token.kind == "w" and token.text[:1].islower()


def _is_cut_number(last: Token, following: list[Token]) -> bool:
    """Whether the page's width has cut "1 140 mg" behind its thousands."""
    digits = last.kind == "n" and last.text.isdigit() and len(last.text) <= 3
    return digits and _is_amount(following) and following[0].text.isdigit() and len(following[0].text) == 3


def _whole_number(thousands: Token, rest: Token, text: str) -> Token:
    whole = f"{thousands.text} {rest.text}"
    return Token("n", thousands.start, rest.end, text[thousands.start : rest.end], {}, values_of(whole))


def _first_word(token: Token, text: str) -> str:
    """The word on the page that begins with the token, with the marks that touch it."""
    return (text[token.start : token.start + _MOST_WIDTH].split() or [""])[0]


def _is_unsaid(line: list[Token]) -> bool:
    """Whether the line says an amount that is contained, and not yet of what."""
    return "measure" in line[-1].senses and any("relation.contains" in t.senses for t in line)


def _is_headed(line: list[Token]) -> bool:
    """Whether the line begins with a heading and its colon."""
    return any(t.text == ":" for t in line[:4]) and any(k.startswith("section.") for t in line[:3] for k in t.senses)


def _wants(token: Token) -> bool:
    """Whether the word wants another behind it; capitals may be the name of a vitamin."""
    wants = token.text.islower() and any(key in token.senses for key in _WANTING)
    return wants and not any(k.startswith("section.") for k in token.senses)


def _is_in_bracket(line: list[Token], lines: list[_Line], at: int) -> bool:
    """Whether a bracket is open at the line's end and closes within the next lines, with no cell between."""
    depth = 0
    for token in line:
        depth = max(0, depth + (token.text in _OPENED) - (token.text in _CLOSING))
    if not depth:
        return False
    for following, _ in lines[at : at + _BRACKET_LINES]:
        if not following or _is_headed(following):
            return False
        mark = next((t.text for t in following if t.text in _BRACKETS or t.kind == "c"), "")
        if mark:
            return mark in _CLOSING
    return False


def _is_amount(line: list[Token]) -> bool:
    """Whether the line begins with a number and the sign of a unit, or with how many times."""
    if len(line) < 2 or line[0].kind != "n":
        return False
    return "measure" in line[1].senses or "frequency.times" in line[1].senses


def _counts_units(line: list[Token]) -> bool:
    """Whether the line begins with a number and the units that it counts."""
    return _past_count(line) > 0


def _past_count(line: list[Token]) -> int:
    """The index behind the units that a number at a line's beginning counts, 0 where it counts none."""
    if len(line) < 2 or not (line[0].kind == "n" or "number" in line[0].senses):
        return 0
    repeated = len(line) > 4 and line[1].text == "(" and line[2].kind == "n" and line[3].text == ")"
    unit = 4 if repeated else 1  # "two (2) tablets"
    return unit + 1 if "unit" in line[unit].senses else 0


def _is_percentage(line: list[Token]) -> bool:
    return len(line) > 1 and line[0].kind == "n" and line[1].text == "%"
