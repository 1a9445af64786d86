"""What the charts of the overview show, as plain values for its template: counts in words, and bars beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from mglabel.reports.html.svg import Markup, element
from mglabel.reports.overview import strip
from mglabel.reports.overview.rows import STANDS, STATUSES, UNREAD
from mglabel.reports.overview.table import coded, grade_html, span
from mglabel.reports.overview.tally import NO_LETTER, SPAN, Lane, Tally
from mglabel.reports.overview.words import Words, counted
from mglabel.tables.guide import Guide


class Tile(NamedTuple):
    """One status with its count."""

    status: str
    word: str
    note: str
    many: str


class Bar(NamedTuple):
    """One count with its name and a bar."""

    name: Markup | str
    many: str
    bar: Markup
    tone: str = ""
    key: str = ""
    """What the table is filtered by to show these labels."""


class LaneView(NamedTuple):
    """One row of the dose chart: its name, what is to be said of it, and the drawing."""

    name: str
    tone: str
    said: str
    svg: Markup


class Doses(NamedTuple):
    """The dose chart."""

    told: str
    """How many labels stand where against the limit."""
    limit: Markup
    lanes: tuple[LaneView, ...]
    axis: Markup
    arrows: bool
    left_out: str


def tiles(tally: Tally, words: Words) -> list[Tile]:
    """The statuses that any label has, and the two that matter most in any case."""
    found = []
    for status in STATUSES:
        count, word = counted(tally.statuses[status]), words.word("status", status)
        if tally.statuses[status] or status in (STATUSES[0], "fine"):
            found.append(Tile(status, word, words.word("status_note", status), count))
    return found


def grades(tally: Tally, guide: Guide, words: Words) -> list[Bar]:
    """Every letter of the guide, then the spans, then labels about magnesium without a letter."""
    counts: Mapping[tuple[str, str] | None, int] = tally.grades
    letters = [(letter, letter) for letter in guide.letters]
    spans = sorted(grade for grade in counts if grade is not None and grade not in letters)
    shown = [*letters, *spans]
    most = max(counts.values(), default=0)
    found = [
        Bar(grade_html(grade, words), counted(many), bar(many, most), _tone(grade), span(grade))
        for grade in shown
        for many in [counts.get(grade, 0)]
    ]
    if counts.get(None):
        found.append(Bar(words.text.no_letter, counted(counts[None]), bar(counts[None], most), "none"))
    return found


def _tone(grade: tuple[str, str]) -> str:
    return f"l-{grade[0].lower()}" if grade[0] == grade[1] else "span"


def bar(count: int, most: int) -> Markup:
    """A count as a bar beside the largest one; however small, it can be seen."""
    width = f"{max(Decimal(count * 100) / most, Decimal('0.4')):.2f}%" if count else "0"
    shape = element("rect", x="0", y="0", width=width, height="100%", rx="2")
    return element("svg", shape, width="100%", height="1em", aria_hidden="true", focusable="false")


def findings(counts: Counter[str], most: int, guide: Guide, words: Words) -> list[Bar]:
    """Findings with their counts, the commonest first."""
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [Bar(coded(code, words), counted(n), bar(n, most), _severity(code, guide), code) for code, n in ordered]


def _severity(code: str, guide: Guide) -> str:
    rule = guide.rules.get(code)
    return "" if rule is None else rule.severity


def failures(tally: Tally, words: Words) -> list[tuple[str, str]]:
    """Why labels could not be read, the commonest reason first."""
    ordered = sorted(tally.failures.items(), key=lambda item: (-item[1], item[0]))
    return [(words.text.failure.format(reason=words.reason(code), code=code), counted(n)) for code, n in ordered]


def doses(tally: Tally, guide: Guide, words: Words) -> Doses:
    """The dose chart: a row for every letter, one for letters left open, one for labels without a letter."""
    order: list[str | None] = [*guide.letters, SPAN, NO_LETTER]
    shown = [(key, tally.lanes[key]) for key in order if key in tally.lanes]
    scale = strip.scale_of(tally.lanes.values(), guide.measures)
    tallest = strip.tallest(tally.lanes.values())
    views = []
    for key, lane in shown:
        measures = guide.measures if key is not NO_LETTER else None
        svg = strip.lane_svg(lane, scale, tallest, measures)
        said = ", ".join(_said(lane, strip.beyond(lane, scale), judged=measures is not None, words=words))
        views.append(LaneView(_name(key, words), _lane_tone(key), said, svg))
    limit = guide.measures.day_limit_mg
    mass = words.say.text.mass.format(mass=words.say.amount(limit))
    return Doses(
        told=_told(shown, words),
        limit=strip.limit_svg(scale, limit, words.text.limit_at.format(mass=mass)),
        lanes=tuple(views),
        axis=strip.axis_svg(scale, words.text.axis, [(tick, words.say.amount(tick)) for tick in scale.ticks()]),
        arrows=any(strip.beyond(lane, scale) for lane in tally.lanes.values()),
        left_out=_left_out(tally, words),
    )


def _told(lanes: Sequence[tuple[str | None, Lane]], words: Words) -> str:
    """All labels that the limit is about, by where they stand."""
    counts: Counter[str] = Counter()
    for key, lane in lanes:
        if key is not NO_LETTER:
            counts.update(lane.verdicts)
    told = [_verdict(limit, counts[limit], words) for limit in STANDS if counts[limit]]
    return words.text.doses_told.format(parts=words.say.listed(told)) if told else ""


def _verdict(limit: str, count: int, words: Words) -> str:
    return words.text.verdict_count.format(count=counted(count), verdict=words.word("limit", limit))


def _name(key: str | None, words: Words) -> str:
    if key is NO_LETTER:
        return words.text.lane_none
    return words.text.lane_span if key == SPAN else words.text.lane_grade.format(grade=key)


def _lane_tone(key: str | None) -> str:
    return f"l-{key.lower()}" if key else ""


def _said(lane: Lane, beyond: int, judged: bool, words: Words) -> Iterator[str]:
    """What is in a row, in words."""
    text = words.text
    yield text.lane_count.format(count=counted(lane.labels))
    if lane.intervals:
        yield text.lane_open.format(count=counted(lane.intervals))
    if judged:
        for verdict in STANDS:
            if lane.verdicts[verdict]:
                yield _verdict(verdict, lane.verdicts[verdict], words)
    else:
        yield text.lane_none_note
    if beyond:
        yield text.lane_beyond.format(count=counted(beyond))


def _left_out(tally: Tally, words: Words) -> str:
    text = words.text
    parts = (
        (text.no_dose, tally.without_dose),
        (text.no_magnesium, tally.without_magnesium),
        (text.unread, tally.statuses[UNREAD]),
    )
    told = [part.format(count=counted(count)) for part, count in parts if count]
    return text.not_drawn.format(parts=words.say.listed(told)) if told else ""
