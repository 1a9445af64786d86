"""The shapes of the gauge: along the axis in per cent of its width, down the page in the size of the type."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from mglabel.reports.html.scale import Scale
from mglabel.reports.html.svg import Markup, element
from mglabel.values.interval import Masses

TRACK = Decimal("1.1")
"""The height of a track."""
WITHIN, ABOVE, FAR = "#1f8a5b", "#d08700", "#c0392b"
_TINT, _FAINT = "0.22", "0.13"
_LINE, _STRONG = "0.11em", "0.16em"
_DOT = Decimal("0.28")
_LEFT, _RIGHT = Decimal(18), Decimal(82)
"""A word nearer to an edge than this, in per cent, is set from its place inwards."""
_THICK, _THIN = Decimal("0.46"), Decimal("0.16")
_LEAST_WIDTH = Decimal("0.4")


def track(y: Decimal) -> Markup:
    """The ground that doses are drawn on."""
    shape = {"x": "0", "y": em(y), "width": "100%", "height": em(TRACK), "rx": "0.2em"}
    return element("rect", **shape, fill_opacity="0.08", class_="mglabel-gauge-track")


def zone(left: Decimal, right: Decimal, y: Decimal, color: str) -> Markup:
    """A tinted stretch of a track."""
    shape = {"x": f"{left}%", "y": em(y), "width": f"{right - left}%", "height": em(TRACK)}
    return element("rect", **shape, fill=color, fill_opacity=_TINT, class_="mglabel-gauge-zone")


def unknown(y: Decimal, said: str) -> Iterator[Markup]:
    """A dashed frame round a track whose dose is not known, with a word for that."""
    shape = {"x": "0", "y": em(y), "width": "100%", "height": em(TRACK), "rx": "0.2em"}
    line = {"stroke": "currentColor", "stroke_width": _LINE, "stroke_dasharray": "0.35em 0.3em"}
    yield element("rect", **shape, **line, fill="none", class_="mglabel-gauge-unknown")
    yield element("text", said, x="50%", y=em(y + Decimal("0.88")), text_anchor="middle")


def dose(mass: Masses, scale: Scale, middle: Decimal, thin: bool = False) -> Iterator[Markup]:
    """A dot for one number, a bar with ends for an interval, an arrow head where it goes on beyond the axis."""
    thick = _THIN if thin else _THICK
    left, right = scale.at(mass.low), scale.at(mass.high)
    if mass.low <= scale.end:
        if mass.is_exact:
            yield element("circle", cx=f"{left}%", cy=em(middle), r=em(thick + _THIN / 2), class_="mglabel-gauge-dose")
            return
        width = max(right - left, _LEAST_WIDTH)
        shape = {"x": f"{left}%", "y": em(middle - thick / 2), "width": f"{width}%", "height": em(thick)}
        yield element("rect", **shape, class_="mglabel-gauge-dose")
        yield upright(left, middle - thick, middle + thick, _STRONG)
    if mass.high > scale.end:
        head = element("path", d="M-14 -8 L0 0 L-14 8 Z")
        yield element(
            "svg", head, x="100%", y=em(middle), overflow="visible", width="1", height="1", aria_hidden="true"
        )
    else:
        yield upright(right, middle - thick, middle + thick, _STRONG)


def ring(at: str, y: Decimal, *content: str) -> Markup:
    """An open dot: a limit that is not the guide's."""
    line = {"fill": "none", "stroke": "currentColor", "stroke_width": _LINE}
    return element("circle", *content, cx=at, cy=em(y), r=em(_DOT), **line, class_="mglabel-gauge-limit")


def upright(at: Decimal, top: Decimal, bottom: Decimal, width: str = _STRONG, faint: bool = False) -> Markup:
    """A line across the axis."""
    line = {"stroke": "currentColor", "stroke_width": width, "stroke_opacity": _FAINT if faint else None}
    return element("line", x1=f"{at}%", x2=f"{at}%", y1=em(top), y2=em(bottom), **line)


def words_at(text: str, at: Decimal, y: Decimal, left: Decimal = _LEFT, right: Decimal = _RIGHT) -> Markup:
    """A text about a place, kept inside the picture where the place is near an edge."""
    anchor = "start" if at < left else "end" if at > right else "middle"
    return element("text", text, x=f"{at}%", y=em(y), text_anchor=anchor)


def em(length: Decimal) -> str:
    """A length in the size of the type.

    >>> em(Decimal("2.50"))
    '2.5em'
    """
    return f"{length.normalize():f}em"
