"""One row of the dose chart as SVG: labels with one dose as columns, labels that leave it open as bars below them.

Nothing stands for a number that no label gives: a column is of exact doses, and an interval is drawn from end to end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from mglabel.reports.html import shapes
from mglabel.reports.html.scale import Scale, scale_for
from mglabel.reports.html.svg import Markup, element
from mglabel.reports.overview.tally import COLUMN_MG, Lane
from mglabel.tables.guide import Measures

_TALLEST, _LEAST = Decimal("3.6"), Decimal("0.14")
"""The height of the tallest column of all rows, and of a column however few labels it holds."""
_LOWEST = Decimal(1)
"""The room for the columns of a row, however low they are."""
_ROOM, _PITCH = Decimal(5), Decimal("0.42")
"""The height of all bars of a row at most, and of one bar with its gap at most."""
_GAP = Decimal("0.3")
_FOOT = Decimal("0.35")
_SHARE = Decimal("0.98")
"""The axis reaches as far as this share of the doses."""
_WIDTH = 10_000
_UNITS = 1000


def scale_of(lanes: Iterable[Lane], measures: Measures) -> Scale:
    """One axis for all rows, which a few doses far beyond the others do not make useless."""
    highs: dict[Decimal, int] = {}
    for lane in lanes:
        for right, count in lane.columns.items():
            highs[right] = highs.get(right, 0) + count
        for (_, high), count in lane.bars.items():
            highs[high] = highs.get(high, 0) + count
    wanted, so_far, reach = sum(highs.values()) * _SHARE, 0, Decimal(0)
    for high, count in sorted(highs.items()):
        if so_far >= wanted:
            break
        so_far, reach = so_far + count, high
    return scale_for([measures.day_limit_mg, measures.far_above_mg, reach])


def tallest(lanes: Iterable[Lane]) -> int:
    """How many labels the tallest column of all rows holds."""
    return max((count for lane in lanes for count in lane.columns.values()), default=0)


def beyond(lane: Lane, scale: Scale) -> int:
    """How many labels of a row have a dose that may lie beyond the axis."""
    columns = sum(count for right, count in lane.columns.items() if right > scale.end)
    return columns + sum(count for (_, high), count in lane.bars.items() if high > scale.end)


def lane_svg(lane: Lane, scale: Scale, tallest: int, measures: Measures | None) -> Markup:
    """A row; `measures` are those of the guide, None where its limit is not about these labels."""
    top = max(_LOWEST, _TALLEST * max(lane.columns.values(), default=0) / max(1, tallest)) if lane.columns else _FOOT
    pitch = min(_PITCH, _ROOM / max(1, lane.intervals))
    height = top + (pitch * lane.intervals + _FOOT if lane.intervals else _FOOT)
    drawn = [*_zones(scale, height, measures), *_ticks(scale, height)]
    if lane.columns:
        drawn.append(_stretched(_columns(lane, scale, top, tallest), height, "columns"))
    if lane.intervals:
        drawn.append(_stretched(_bars(lane, scale, top + _FOOT / 2, pitch), height, "bars"))
    drawn.append(element("line", x1="0", x2="100%", y1=shapes.em(top), y2=shapes.em(top), class_="base"))
    if measures is not None:
        drawn.append(shapes.upright(scale.at(measures.day_limit_mg), Decimal(0), height))
    drawn += _arrows(lane, scale, top, pitch)
    return element("svg", *drawn, width="100%", height=shapes.em(height), aria_hidden="true", class_="lane")


def axis_svg(scale: Scale, said: str, amounts: Iterable[tuple[Decimal, str]]) -> Markup:
    """The numbers below all rows."""
    numbers = [shapes.words_at(text, scale.at(at), Decimal("1.1"), Decimal(3), Decimal(97)) for at, text in amounts]
    name = element("text", said, x="100%", y="2.4em", text_anchor="end")
    return element("svg", *numbers, name, width="100%", height="2.8em", aria_hidden="true", class_="axis")


def limit_svg(scale: Scale, limit: Decimal, said: str) -> Markup:
    """The name of the line, above all rows."""
    text = shapes.words_at(said, scale.at(limit), Decimal(1))
    line = shapes.upright(scale.at(limit), Decimal("1.3"), Decimal("1.8"))
    return element("svg", text, line, width="100%", height="1.8em", aria_hidden="true", class_="axis")


def _zones(scale: Scale, height: Decimal, measures: Measures | None) -> Iterator[Markup]:
    whole = {"y": "0", "height": shapes.em(height)}
    if measures is None:
        yield element("rect", **whole, x="0", width="100%", fill="currentColor", fill_opacity="0.06")
        return
    ends = (Decimal(0), scale.at(measures.day_limit_mg), scale.at(measures.far_above_mg), Decimal(100))
    for left, right, color in zip(ends, ends[1:], (shapes.WITHIN, shapes.ABOVE, shapes.FAR), strict=False):
        if right > left:
            yield element("rect", **whole, x=f"{left}%", width=f"{right - left}%", fill=color, fill_opacity="0.14")


def _ticks(scale: Scale, height: Decimal) -> Iterator[Markup]:
    for tick in scale.ticks():
        yield shapes.upright(scale.at(tick), Decimal(0), height, "1", faint=True)


def _stretched(path: str, height: Decimal, name: str) -> Markup:
    """A path whose width is that of the row, whatever that is on the screen."""
    box = {"viewBox": f"0 0 {_WIDTH} {_y(height)}", "preserveAspectRatio": "none"}
    shape = element("path", d=path)
    return element("svg", shape, width="100%", height=shapes.em(height), class_=name, **box)


def _columns(lane: Lane, scale: Scale, base: Decimal, tallest: int) -> str:
    """A column for every width of doses, standing on the base, with a little air between neighbours."""
    found = []
    for right, count in sorted(lane.columns.items()):
        if right > scale.end:
            continue
        left, end = _x(max(Decimal(0), right - COLUMN_MG), scale), _x(right, scale)
        air = (end - left) // 8
        height = _y(max(_LEAST, _TALLEST * count / tallest))
        found.append(f"M{left + air} {_y(base) - height}H{end - air}v{height}H{left + air}z")
    return "".join(found)


def _bars(lane: Lane, scale: Scale, top: Decimal, pitch: Decimal) -> str:
    """A bar for every label, those that reach furthest first; labels with the same interval share one."""
    found, y = [], top
    gap = _GAP * pitch if pitch > _PITCH / 2 else Decimal(0)
    for (low, high), count in sorted(lane.bars.items(), key=lambda bar: (bar[0][1], bar[0][0]), reverse=True):
        left, right = _x(low, scale), _x(high, scale)
        for _ in range(count if gap else 1):
            thick = pitch - gap if gap else pitch * count
            found.append(f"M{left} {_y(y)}H{max(right, left + 20)}V{max(_y(y) + 1, _y(y + thick))}H{left}z")
            y += pitch if gap else thick
    return "".join(found)


def _arrows(lane: Lane, scale: Scale, top: Decimal, pitch: Decimal) -> Iterator[Markup]:
    """An arrow head at the right end of the columns, or of the bars, where any go beyond the axis."""
    if any(right > scale.end for right in lane.columns):
        yield _arrow(top - Decimal("0.5"))
    far = sum(count for (_, high), count in lane.bars.items() if high > scale.end)
    if far:
        yield _arrow(top + _FOOT / 2 + max(pitch * far / 2, Decimal("0.3")))


def _arrow(y: Decimal) -> Markup:
    head = element("path", d="M-9 -6 L2 0 L-9 6 Z")
    return element("svg", head, x="100%", y=shapes.em(y), overflow="visible", width="1", height="1", class_="arrow")


def _x(mass: Decimal, scale: Scale) -> int:
    return int(scale.at(mass) * _WIDTH / 100)


def _y(length: Decimal) -> int:
    return round(length * _UNITS)
