"""The overview as one page of HTML: complete in itself and without its script, which only sorts and filters."""

from __future__ import annotations

import hashlib
import heapq
from base64 import b64encode
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from mglabel.reports.html.svg import Markup
from mglabel.reports.html.templates import source, streamed
from mglabel.reports.overview import charts
from mglabel.reports.overview.rows import STANDS, Row
from mglabel.reports.overview.table import coded, row_html
from mglabel.reports.overview.tally import COLUMN_MG, Tally
from mglabel.reports.overview.words import Words, counted, overview_words
from mglabel.tables.guide import Guide
from mglabel.values.errors import MglabelError

MOST_ROWS = 20_000
"""More rows than this are counted in the charts but not listed: a browser must stay quick with the page."""
_SCRIPTS = ("overview-early.js", "overview.js")


class _Script(NamedTuple):
    """A script, and what allows it to run where nothing else may."""

    text: Markup
    digest: str


def page(rows: Iterable[Row], guide: Guide, lang: str = "en", most: int = MOST_ROWS) -> Iterator[str]:
    """The page in pieces, made from rows of results that the guide has graded; raises `MglabelError` for another's.

    >>> from mglabel.tables.guide import default_guide
    >>> "".join(page([], default_guide()))[:15]
    '<!doctype html>'
    """
    words = overview_words(lang)
    tally = Tally(guide.measures.day_limit_mg)
    worst = heapq.nsmallest(most, tally.passing(rows), key=lambda row: row.urgency)
    _check(tally, guide)
    yield from streamed(
        "overview.html",
        lang=lang,
        text=words.text,
        say=words.say.text,
        count=counted(tally.rows),
        total=tally.rows,
        shown=counted(len(worst)),
        is_part=len(worst) < tally.rows,
        purposes=_purposes(tally, words),
        tiles=charts.tiles(tally, words),
        grades=charts.grades(tally, guide, words),
        spans=any(grade and grade[0] != grade[1] for grade in tally.grades),
        doses=charts.doses(tally, guide, words),
        column_mg=COLUMN_MG,
        limit=_mg(guide.measures.day_limit_mg, words),
        far=_mg(guide.measures.far_above_mg, words),
        objections=charts.findings(tally.objections, max(tally.objections.values(), default=0), guide, words),
        remarks=charts.findings(tally.remarks, max(tally.remarks.values(), default=0), guide, words),
        failures=charts.failures(tally, words),
        codes=sorted(tally.objections),
        coded=lambda code: coded(code, words),
        limits=[words.word("limit", limit) for limit in STANDS],
        rows=(row_html(row, tally.limit, words) for row in worst),
        guide=words.say.text.guide_edition.format(name=guide.name, edition=guide.edition),
        version=", ".join(sorted(tally.versions)),
        css=Markup(source("overview.css")),
        labels=_labels(words),
        scripts=[_script(name) for name in _SCRIPTS],
    )


def _script(name: str) -> _Script:
    text = source(name)
    return _Script(Markup(text), f"sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}")


def _check(tally: Tally, guide: Guide) -> None:
    """Raise where rows were graded by another guide, whose limit the charts would not show."""
    others = sorted(set(tally.guides) - {f"{guide.name} {guide.edition}"})
    if others:
        raise MglabelError(f"rows were graded by the guide {others[0]!r}; name its file with --guide")


def _purposes(tally: Tally, words: Words) -> str:
    said = [words.word("purpose", purpose) for purpose in sorted(tally.purposes)]
    return words.text.graded_for.format(purpose=words.say.listed(said)) if said else ""


def _mg(mass: Decimal, words: Words) -> str:
    return words.say.text.mass.format(mass=words.say.amount(mass))


def _labels(words: Words) -> list[tuple[int, Markup]]:
    """The names of the columns that stand before each cell on a narrow screen, as strings of CSS."""
    text = words.text
    return [(at, Markup(_css_string(name))) for at, name in enumerate((text.dose, text.forms), 3)]


def _css_string(text: str) -> str:
    """A text as a string of CSS, whatever it holds.

    >>> print(_css_string('a "b" </style>'))
    "a \\22 b\\22  \\3c /style>"
    """
    return '"' + "".join(f"\\{ord(char):x} " if char in '"\\<\n' else char for char in text) + '"'
