"""Doses as bars on one axis with the guide's limit: solid is certain, shaded is what the label leaves open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from rich.cells import cell_len
from rich.text import Text

from mglabel.analysis.result import Analysis
from mglabel.reports.html.scale import Measured, measured
from mglabel.reports.page_words import PageWords
from mglabel.reports.plain import DAY, INTAKE, Dose, doses, mass
from mglabel.reports.screen.canvas import TONES, said
from mglabel.values.interval import Masses, exactly

_GAP = 2
_LEAST, _MOST = 16, 48
"""Columns of a bar; where there is no room for the least, numbers alone are shown."""


class Signs(NamedTuple):
    """The characters that bars are made of."""

    certain: str
    open: str
    empty: str
    limit: str
    here: str
    ends: str


BLOCKS = Signs("█", "▒", "─", "┃", "▲", "└─┘")
ASCII = Signs("#", "?", "-", "|", "^", "^-^")


def gauge(analysis: Analysis, words: PageWords, indent: int, width: int, column: int, signs: Signs) -> Iterator[Text]:
    """A line for each dose, its name in a column of its own, and below the bars what the marks on them are."""
    seen = measured(analysis)
    rows = list(doses(analysis, words.say))
    values = [mass(dose.mg, words.say) for dose in rows]
    most = max(map(cell_len, values))
    room = min(width - indent - column - most - 2 * _GAP, _MOST)
    bars = room >= _LEAST and any(dose.mg for dose in rows)
    before = indent + column + most + 2 * _GAP
    for nth, (dose, value) in enumerate(zip(rows, values, strict=True)):
        line = said(f"{' ' * indent}").append_text(_padded(dose.name, column)).append_text(_padded(value, most, "bold"))
        last = nth + 1 == len(rows) or rows[nth + 1].kind != dose.kind
        if not bars or dose.mg is None or (dose.kind not in (DAY, INTAKE) and seen.portion is None):
            yield line
            continue
        yield line.append_text(_bar(dose, seen, room, signs))
        if last and seen.applies and dose.kind in (DAY, INTAKE):
            yield _caption(dose, seen, words, before, room, signs)
        if last and dose.kind == INTAKE and any(dose.mg and not dose.mg.is_exact for dose in rows):
            legend = said(words.say.text.open_bar.format(sign=signs.open), "dim")
            yield Text(" " * max(0, min(before, width - legend.cell_len))).append_text(legend)


def _padded(text: str, width: int, style: str = "") -> Text:
    cell = said(text, style)
    return cell.append(" " * (width - cell.cell_len + _GAP))


def _place(mg: Decimal, seen: Measured, room: int) -> int:
    return int((seen.scale.at(mg) * room / 100).to_integral_value())


def _marks(dose: Dose, seen: Measured, room: int) -> dict[int, Decimal]:
    """The columns with a mark: the limit of a day, both ends of the guide's single intake."""
    if not seen.applies:
        return {}
    marked = (seen.limit,) if dose.kind == DAY else (seen.band.low, seen.band.high) if dose.kind == INTAKE else ()
    return {min(_place(mg, seen, room), room - 1): mg for mg in marked}


def _bar(dose: Dose, seen: Measured, room: int, signs: Signs) -> Text:
    """The bar of one dose. A mark has a column of its own; what exceeds it, by however little, stands behind it."""
    marks = _marks(dose, seen, room)
    ends = _ends(dose.mg, seen, room, marks) if dose.mg is not None else (0, 0)
    limit = _place(seen.limit, seen, room) if seen.applies and dose.kind == DAY else None
    far = _place(seen.far, seen, room)
    bar = Text()
    for at in range(room):
        filled = signs.certain if at < ends[0] else signs.open if at < ends[1] else signs.empty
        if at in marks:
            bar.append(signs.limit, "bold")
        elif at >= ends[1]:
            bar.append(filled, "dim")
        else:
            bar.append(filled, "cyan" if limit is None else TONES[0 if at <= limit else 1 if at < far else 2])
    return bar


def _ends(held: Masses, seen: Measured, room: int, marks: dict[int, Decimal]) -> tuple[int, int]:
    """The columns before which the certain and the open part of a bar end; what is open has one column at least."""
    certain, possible = (_end(mg, seen, room, marks) for mg in (held.low, held.high))
    possible = max(possible, 1 if held.high else 0)
    return (possible if held.is_exact else min(certain, possible - 1)), possible


def _end(mg: Decimal, seen: Measured, room: int, marks: dict[int, Decimal]) -> int:
    at = _place(mg, seen, room)
    for mark, limit in marks.items():
        at = max(at, min(mark + 2, room)) if mg > limit else min(at, mark)
    return at


def _caption(dose: Dose, seen: Measured, words: PageWords, before: int, room: int, signs: Signs) -> Text:
    """What the marks are: below the bar, on the side that has room for it."""
    marks: Sequence[int] = sorted(_marks(dose, seen, room))
    if dose.kind == DAY:
        told = words.text.gauge_limit.format(mass=mass(exactly(seen.limit), words.say))
        sign, first = signs.here, marks[0]
    else:
        told = words.text.gauge_band.format(mass=mass(seen.band, words.say))
        first = marks[0]
        sign = signs.ends[0] + signs.ends[1] * (marks[-1] - first - 1) + signs.ends[2]
    if first + len(sign) + 1 + cell_len(told) <= room:
        return Text("").append(" " * (before + first)).append(f"{sign} {told}", "dim")
    return Text("").append(" " * max(0, before + first - cell_len(told) - 1)).append(f"{told} {sign}", "dim")
