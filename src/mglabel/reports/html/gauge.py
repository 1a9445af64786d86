"""The gauge: elemental magnesium of a day and of one intake on one axis with the limits, as one piece of SVG.

It needs nothing around it: widths are per cent and heights are in the size of the type, so that its words stay legible
at any width; colours are those of the text and see-through tints; there are no ids, so any number fit on one page.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from mglabel.analysis.result import Analysis
from mglabel.reports.html import shapes
from mglabel.reports.html.scale import Measured, Scale, measured
from mglabel.reports.html.svg import Markup, element, group
from mglabel.reports.page_words import PageWords, page_words
from mglabel.tables.chemistry import Limit
from mglabel.values.interval import Masses, exactly

_HEADING, _TOP, _REMARK, _BELOW = Decimal("1.1"), Decimal("1.8"), Decimal("1.1"), Decimal("2.0")
"""From the top of a row: the line of its heading and its track; a line of remarks, and what is below the track."""
_SUBHEADING = Decimal("1.3")
_STACK, _CAPTION = Decimal("0.72"), Decimal("2.2")
_AXIS = Decimal("2.6")
_EDGE = Decimal(3)


class Row(NamedTuple):
    """One track: its heading, the dose on it, and what the guide and others say of such a dose."""

    name: str
    heading: str
    dose: Masses | None
    at_most: Masses | None = None
    subheading: str = ""
    zones: tuple[tuple[Decimal, Decimal, str], ...] = ()
    line: Decimal | None = None
    remark: str = ""
    remark_at: Decimal = Decimal(0)
    others: tuple[tuple[Decimal, tuple[Limit, ...]], ...] = ()

    @property
    def top(self) -> Decimal:
        """Where the track begins, in the size of the type."""
        return _TOP + (_REMARK if self.remark else 0) + (_SUBHEADING if self.subheading else 0)

    @property
    def height(self) -> Decimal:
        """What the row takes, in the size of the type."""
        others = _STACK * _tallest(self) + _CAPTION if self.others else Decimal(0)
        return self.top + _BELOW + others


def gauge_svg(analysis: Analysis, lang: str = "en") -> str:
    """The dose of a label beside the limits, as an `<svg>` element that works in any page or as a file of its own.

    >>> from mglabel import analyze
    >>> svg = gauge_svg(analyze("Per tablet: magnesium citrate 1000 mg, of which magnesium 150 mg. 2 tablets a day."))
    >>> svg[:4], "Per day: 300 mg" in svg
    ('<svg', True)
    """
    words = page_words(lang)
    if not analysis.declares_magnesium:
        said = words.say.text.no_magnesium
        return _svg([element("text", said, x="0", y="1.2em")], Decimal(2), words, said)
    seen = measured(analysis)
    drawn: list[str] = []
    y = Decimal(0)
    for row in _rows(seen, analysis, words):
        drawn.append(group(*_drawn(row, y, seen.scale, words), class_=f"mglabel-gauge-{row.name}"))
        y += row.height
    axis = group(*_axis(seen.scale, y, words), class_="mglabel-gauge-axis")
    return _svg([axis, *drawn], y + _AXIS, words, description(seen, words))


def description(seen: Measured, words: PageWords) -> str:
    """The same in words, for those who do not see the picture."""
    text = words.text
    parts = [_heading(words.say.text.per_day, seen.day, words), _subheading(seen.day_at_most, words)]
    parts += [_heading(words.say.text.per_intake, seen.intake, words), _subheading(seen.intake_at_most, words)]
    if seen.applies:
        parts.append(text.gauge_limit.format(mass=_mg(exactly(seen.limit), words)))
        parts.append(text.gauge_band.format(mass=_mg(seen.band, words)))
    else:
        parts.append(text.read_no_limit)
    if seen.others:
        told = [f"{row.authority} {words.say.amount(row.value_mg)}" for row in seen.others]
        parts.append(f"{text.gauge_others}: {', '.join(told)}")
    return ". ".join(part.rstrip(".") for part in parts if part) + "."


def _svg(content: list[str], height: Decimal, words: PageWords, described: str) -> str:
    return element(
        "svg",
        element("title", words.text.gauge),
        element("desc", described),
        *content,
        xmlns="http://www.w3.org/2000/svg",
        role="img",
        aria_label=f"{words.text.gauge}. {described}",
        lang=words.lang,
        class_="mglabel-gauge",
        width="100%",
        height=shapes.em(height),
        font_size="0.8125em",
        fill="currentColor",
        overflow="visible",
    )


def _rows(seen: Measured, analysis: Analysis, words: PageWords) -> Iterator[Row]:
    say, text = words.say, words.text
    said = _subheading(seen.day_at_most, words)
    day = Row("day", _heading(say.text.per_day, seen.day, words), seen.day, seen.day_at_most, said)
    said = _subheading(seen.intake_at_most, words)
    intake = Row("intake", _heading(say.text.per_intake, seen.intake, words), seen.intake, seen.intake_at_most, said)
    if seen.applies:
        end, limit, band = seen.scale.end, seen.limit, seen.band
        far = min(seen.far, end)
        day = day._replace(
            zones=((Decimal(0), limit, shapes.WITHIN), (limit, far, shapes.ABOVE), (far, end, shapes.FAR)),
            line=limit,
            remark=text.gauge_limit.format(mass=_mg(exactly(limit), words)),
            remark_at=limit,
            others=tuple((value, tuple(rows)) for value, rows in groupby(seen.others, lambda row: row.value_mg)),
        )
        intake = intake._replace(
            zones=((band.low, band.high, shapes.WITHIN),),
            remark=text.gauge_band.format(mass=_mg(band, words)),
            remark_at=band.low,
        )
    yield day
    yield intake
    if seen.portion is not None:
        yield Row("portion", _heading(portion_name(analysis, words), seen.portion, words), seen.portion)


def portion_name(analysis: Analysis, words: PageWords) -> str:
    """What the amount of a portion is for, such as "Per 2 capsules"."""
    portion, say = analysis.intake.portion, words.say
    if portion is None:
        return words.text.note_amount
    return say.text.per_portion.format(portion=say.counted(portion.count, portion.unit).removeprefix("1 "))


def _heading(name: str, dose: Masses | None, words: PageWords) -> str:
    return words.text.gauge_row.format(row=name, mass=_mg(dose, words))


def _subheading(at_most: Masses | None, words: PageWords) -> str:
    return "" if at_most is None else words.text.at_most.format(mass=_mg(at_most, words))


def _mg(mass: Masses | None, words: PageWords) -> str:
    return words.text.gauge_unknown if mass is None else words.say.text.mass.format(mass=words.say.amount(mass))


def _drawn(row: Row, y: Decimal, scale: Scale, words: PageWords) -> Iterator[str]:
    """One row, from `y` downwards."""
    yield element("text", row.heading, x="0", y=shapes.em(y + _HEADING), font_weight="600")
    if row.subheading:
        yield element("text", row.subheading, x="0", y=shapes.em(y + _HEADING + _SUBHEADING))
    top = y + row.top
    middle = top + shapes.TRACK / 2
    yield shapes.track(top)
    for low, high, color in row.zones:
        if high > low:
            yield shapes.zone(scale.at(low), scale.at(high), top, color)
    if row.remark:
        yield shapes.words_at(row.remark, scale.at(row.remark_at), top - Decimal("0.5"), left=Decimal(30))
    if row.line is not None:
        yield shapes.upright(scale.at(row.line), top - Decimal("0.3"), top + shapes.TRACK + Decimal("0.3"))
    if row.dose is None:
        yield from shapes.unknown(top, words.text.gauge_unknown)
    else:
        yield from shapes.dose(row.dose, scale, middle, thin=row.at_most is not None)
    if row.at_most is not None:
        yield from shapes.dose(row.at_most, scale, middle)
    if row.others:
        yield from _others(row, top + shapes.TRACK + Decimal("0.75"), scale, words)


def _others(row: Row, top: Decimal, scale: Scale, words: PageWords) -> Iterator[Markup]:
    """A ring for every limit of another authority, stacked where several are the same, and what they are."""
    for value, rows in row.others:
        for nth, limit in enumerate(rows):
            named = element("title", f"{limit.authority} {words.say.amount(limit.value_mg)} mg")
            yield shapes.ring(f"{scale.at(value)}%", top + _STACK * nth, named)
    lowest = top + _STACK * _tallest(row)
    yield shapes.ring("0.35em", lowest + Decimal("0.45"))
    yield element("text", words.text.gauge_others, x="1em", y=shapes.em(lowest + Decimal("0.75")))


def _tallest(row: Row) -> int:
    return max(len(rows) for _, rows in row.others)


def _axis(scale: Scale, y: Decimal, words: PageWords) -> Iterator[Markup]:
    """Ticks with their numbers below all rows, and a faint line up from each."""
    for tick in scale.ticks():
        at = scale.at(tick)
        yield shapes.upright(at, _TOP, y, "1", faint=True)
        yield shapes.words_at(words.say.amount(tick), at, y + Decimal(1), _EDGE, Decimal(100) - _EDGE)
    yield element("text", words.text.gauge_axis, x="100%", y=shapes.em(y + Decimal("2.3")), text_anchor="end")
