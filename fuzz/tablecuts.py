"""Changes a table as its editors might: rows, cells, keys and values change places, or become something else."""

from __future__ import annotations

import re
from random import Random

_VALUE = re.compile(rb"(?<==)[^\n]*|\"[^\"\n]*\"|(?<=,)[^,\n]*")
_NUMBER = re.compile(rb"\d+(?:\.\d+)?")
_KEY = re.compile(rb"^[\w.\[\]-]+", re.MULTILINE)
VALUES = (
    b'"" " " 0 -1 1 350 0.5 1e9 1e400 1e-400 9e999999 inf nan -inf +nan 0x7fffffff 99999999999999999999999 true false '
    b'[] [[]] ["a"] ["a","a"] [1,2] [2,1] {} {a=1} "A" "*" "**" "-" "!" "a b" "{x}" "[{x}]" "{" "]" "\\u0000" '
    b'"\\ud800" '
    b"1979-05-27 07:32:00 '''a''' # , ,, ; \"\"\" ' \\ 1,5 1.5 A;B ;A A; L1 L1-L2 MG101 \x00 \xff \xef\xbb\xbf \r \t"
).split(b" ")


def changed_table(data: bytes, chance: Random) -> bytes:
    """The text of a table changed in one to four ways."""
    changes = (_value, _value, _value, _number, _key, _line, _lines_swapped, _byte, _cut, _deep)
    for _ in range(chance.choice((1, 1, 2, 4))):
        data = chance.choice(changes)(data, chance)
    return data


def _place(pattern: re.Pattern[bytes], data: bytes, chance: Random) -> tuple[int, int]:
    """Where a pattern matches, somewhere; the end where it does not."""
    places = [found.span() for found in pattern.finditer(data)]
    return chance.choice(places) if places else (len(data), len(data))


def _value(data: bytes, chance: Random) -> bytes:
    start, end = _place(_VALUE, data, chance)
    other = slice(*_place(_VALUE, data, chance))
    return data[:start] + chance.choice((chance.choice(VALUES), data[other])) + data[end:]


def _number(data: bytes, chance: Random) -> bytes:
    start, end = _place(_NUMBER, data, chance)
    other = slice(*_place(_NUMBER, data, chance))
    odd = (b"0", b"-1", b"1e400", b"9" * 30, b"9" * 5000, b"1e9999999999999999999", b".5", b"1_0", b"inf", b"nan", b"")
    return data[:start] + chance.choice((*odd, data[other])) + data[end:]


def _key(data: bytes, chance: Random) -> bytes:
    start, end = _place(_KEY, data, chance)
    other = slice(*_place(_KEY, data, chance))
    return data[:start] + chance.choice((b"x", b'"a.b"', b"a.b", b"[x]", b"[[x]]", data[other])) + data[end:]


def _line(data: bytes, chance: Random) -> bytes:
    """A line left out, doubled, or one of its cells left out or put in."""
    lines = data.split(b"\n")
    at = chance.randrange(len(lines))
    cells = lines[at].split(b",")
    without = list(cells)
    del without[chance.randrange(len(cells))]
    lines[at : at + 1] = chance.choice(
        ([], [lines[at]] * 2, [b",".join(without)], [lines[at] + b","], [lines[at], b""], [b"#" + lines[at]])
    )
    return b"\n".join(lines)


def _lines_swapped(data: bytes, chance: Random) -> bytes:
    lines = data.split(b"\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)


def _byte(data: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + bytes([chance.randrange(256)]) + data[at + chance.choice((0, 1)) :]


def _cut(data: bytes, chance: Random) -> bytes:
    start, end = sorted((chance.randrange(len(data) + 1), chance.randrange(len(data) + 1)))
    return chance.choice((data[:end], data[:start] + data[end:]))


def _deep(data: bytes, chance: Random) -> bytes:
    """Lists in lists, more than any table needs."""
    start, end = _place(_VALUE, data, chance)
    depth = chance.choice((3, 3, 3000))
    return data[:start] + b"[" * depth + chance.choice((b"", b"]" * depth)) + data[end:]
