"""What does not change the facts of a golden label does not change its answer, and a label cut short is never surer.

Every label of fixtures/ is written anew in each way; what a way of writing truly changes is left out by name, with why.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from html.entities import codepoint2name
from pathlib import Path

import pytest

from mglabel import analyze, analyze_html
from mglabel.analysis.result import Analysis
from mglabel.values.evidence import Span
from mglabel.values.interval import Interval
from rendering.expect import near, shown
from rendering.silent import silent
from rendering.words import words

HOME = Path(__file__).resolve().parent.parent / "fixtures"
LABELS = {label.stem: label for label in sorted(HOME.glob("*/*.txt"))}
PAGES = sorted((HOME / "html").glob("*.html"))
every_label = pytest.mark.parametrize("name", LABELS)


@cache
def text_of(name: str) -> str:
    return LABELS[name].read_text(encoding="utf-8")


@cache
def answer(name: str) -> Analysis:
    return analyze(text_of(name))


# -- the same facts written in another way -----------------------------------------------------------------------------

MILLIGRAMS = re.compile(r"(?<![\d.,–-])(?<!\d[ \u00a0])(\d{3,4})([ \u00a0]?)mg\b(?!\s*/)")
DECIMAL = re.compile(r"(?<![\d.,])(\d+)([.,])(\d{1,2})(?![\d.,])")


def in_grams(text: str, language: str) -> str:
    mark = words(language).word("decimal")
    return MILLIGRAMS.sub(lambda m: f"{f'{Decimal(m[1]) / 1000:f}'.replace('.', mark)}{m[2]}g", text)


def other_decimal_mark(text: str, _: str) -> str:
    if re.search(r"\d[.,]\d{3}", text):  # may be thousands
        return text
    return DECIMAL.sub(lambda m: f"{m[1]}{'.' if m[2] == ',' else ','}{m[3]}", text)


def appended(group: str, concept: str) -> Callable[[str, str], str]:
    return lambda text, language: f"{text.rstrip()}\n{words(language).phrases(group, concept)[0]}\n"


REFERENCES = {code: f"&{name};" for code, name in codepoint2name.items() if code > 127 or name == "amp"}


def with_references(text: str, _: str) -> str:
    """As the text of a page that nobody has decoded."""
    return re.sub(r"(?<=\d) (?=mg\b)", "&nbsp;", text.translate(REFERENCES))


def with_tags(text: str, _: str) -> str:
    return "\n".join(f"<p class='a'>{line}<br/></p>" if line else "" for line in text.split("\n"))


def with_zinc(text: str, language: str) -> str:
    return f"{text.rstrip()}\n\n{words(language).other('zinc')['row']} 10 mg (100 %)\n"


WAYS: dict[str, Callable[[str, str], str]] = {
    "capitals": lambda text, _: text.upper(),
    "character references": with_references,
    "tags": with_tags,
    "grams": in_grams,
    "decimal mark": other_decimal_mark,
    "hard spaces": lambda text, _: re.sub(r"(?<=\d) (?=mg\b|g\b|%)", "\u00a0", text),
    "a point behind mg": lambda text, _: re.sub(r"(?<=\d)( ?)mg\b(?!\.)", r"\1mg.", text),
    "bullets": lambda text, _: re.sub(r"(?m)^(?=\w)", "• ", text),
    "no spaces": lambda text, _: re.sub(r"(?<=\d) (?=mg\b)", "", text),
    "line ends": lambda text, _: text.replace("\n", "\r\n"),
    "empty lines": lambda text, _: text.replace("\n", "\n\n"),
    "indented": lambda text, _: text.replace("\n", " \n  "),
    "wide gaps": lambda text, _: re.sub(r" {2,}", "    ", text),
    "a claim below": appended("loose", "claims"),
    "a warning below": appended("loose", "warnings"),
    "a claim above": lambda text, language: f"{words(language).phrases('loose', 'claims')[1]}\n{text}",
    "zinc below": with_zinc,
    "a batch below": lambda text, _: f"{text.rstrip()}\nL 24031B  EXP 12.2027  5701234567890\n",
    "a price below": lambda text, _: f"{text.rstrip()}\n149,95 EUR (199,93 EUR/100 g)\n",
    "prices around": lambda text, _: f"€ 0.21 / tablet\n{text.rstrip()}\n$18.99 ($0.32 / 100 g)\n",
    "a reading by a scanner": lambda text, _: re.sub(r"(?<=\d)0(?=0? ?mg\b)", "O", text),
    "shown twice": lambda text, _: f"{text.rstrip()}\n\n{text}",
    "bold amounts": lambda text, _: re.sub(r"(?<![\w.,&;])(\d+ ?mg)(?!\w)", r"**\1**", text),
    "an address below": lambda text, _: f"{text.rstrip()}\nwww.example.org/magnesium-oxide, 2100 København\n",
}
CUT = "a page's width has cut its sentences, which small letters and full lines show"
SYMBOL = "in capitals the symbol Mg is the unit mg"
POWDER = "an article: so many grams a day may be a powder's dose"
LEFT_OUT: dict[str, dict[str, str]] = {
    "capitals": {
        "fr-14-stoichiometry-cut-lines": CUT,
        "de-07-negative-prose": "an abbreviation's point before a capital ends a sentence",
        "nl-smalle-regels": CUT,
        "da-procent-mg-foer-maengden": SYMBOL,
        "en-symbols-of-other-minerals": SYMBOL,
        "en-symbols-with-calcium": SYMBOL,
        "de-beipackzettel-kurz": "an abbreviation's point before a capital ends a sentence",
        "en-markup-of-a-shop": "in capitals its references are no references",
        "de-gescannte-ziffern-mit-komma": "an L is not taken for a 1",
        "da-dagsdosis-fordelt": "its dose becomes a heading of the directions, and what follows stays open",
    },
    "zinc below": {"da-rent-salt-uden-liste": "with zinc in it the goods are no pure salt"},
    "grams": {"it-07-negative-prose": POWDER},
    "empty lines": {
        "de-14-declared-table-of-doses": "one cell a line: an empty line parts a dose from the people it is for",
        "es-09-declared-cut-lines": CUT,
        "fr-14-stoichiometry-cut-lines": CUT,
        "nl-smalle-regels": CUT,
    },
    "indented": {"es-09-declared-cut-lines": CUT},
    "a reading by a scanner": {
        "fr-14-stoichiometry-cut-lines": "cut at the thousands by the scan, and by the page's width"
    },
}


def language_of(name: str) -> str:
    return LABELS[name].parent.name


def facts_of(analysis: Analysis) -> dict[str, object]:
    """What does not depend on how a label is written."""
    settled = analysis.settled
    if not settled.declares_magnesium:
        return {"declares": False}
    return {
        "declares": True,
        "sources": sorted(s.form for s in settled.sources),
        "excipients": sorted(e.form for e in settled.excipients),
        "units a day": settled.directions.units_per_day,
        "unit": settled.directions.unit,
        "derivation": settled.derivation if settled.intake.mg_per_day is not None else None,
        "pack": settled.product.count,
        "use": settled.use,
    }


def differences(one: Analysis, other: Analysis) -> Iterator[str]:
    """What two writings of one label are read as differently."""
    a, b = facts_of(one), facts_of(other)
    yield from (f"{key}: {a[key]} and {b.get(key)}" for key in a if a[key] != b.get(key))
    day, other_day = one.settled.intake.mg_per_day, other.settled.intake.mg_per_day
    if day is None or other_day is None:
        if day is not other_day:
            yield f"day: {shown(day)} and {shown(other_day)}"
    elif not (near(day.low, other_day.low) and near(day.high, other_day.high)):
        yield f"day: {shown(day)} and {shown(other_day)}"


@pytest.mark.parametrize("way", WAYS)
def test_another_way_of_writing(way: str) -> None:
    wrong = {}
    for name in LABELS:
        other = WAYS[way](text_of(name), language_of(name))
        if other != text_of(name) and name not in LEFT_OUT.get(way, {}):
            if faults := list(differences(answer(name), analyze(other))):
                wrong[name] = faults
    assert not wrong


# -- less evidence -----------------------------------------------------------------------------------------------------

SENTENCE = re.compile(r"[^.;|\t]+?(?:[.;](?=\s|$)|(?=[|\t])|(?=  )|$)")
"""A sentence, or what a cell holds; its border stays, since without it another cell would take its place."""

OF_ROUNDING = Decimal("0.05")
"""A compound's mass gives back the declared magnesium only as closely as labels round."""

FEWER = {
    "da-11-several-panel": "without a list of its own the second product is no longer seen",
    "da-andre-koebte": "without their heading the other products are this one's",
    "pt-manipulado-qsp": "without the units that it fills, the strength is that of one unit, as in any medicine's name",
    "en-adults-dose-unread": "without the adults' line it is a label for children",
    "fr-note-en-element": "without the footnote the amount may be that of the salt",
    "da-procent-modsiger-maengden": "without the percentage nothing contradicts the amount",
    "en-20-unknown-denied-form": "what is left is another text, of one tablet and its magnesium",
}
"""Labels of which a part may be cut so that another, plain label is left."""


def parts_of(text: str) -> Iterator[Span]:
    """Every line, sentence and cell of a text."""
    start = 0
    for line in text.split("\n"):
        whole = Span(start, start + len(line))
        parts = {Span(start + m.start(), start + m.end()) for m in SENTENCE.finditer(line) if m[0].strip()}
        yield from sorted({whole, *parts} if line.strip() else set(), key=lambda s: (s.start, s.end))
        start += len(line) + 1


def stated_at(analysis: Analysis) -> list[Span]:
    """Where the label states amounts and doses: without one of them it states something else."""
    settled = analysis.settled
    claims = [statement.span for statement in settled.statements]
    return [*claims, *settled.directions.spans, *settled.intake.spans]


def is_another_label(one: Analysis, other: Analysis) -> bool:
    """Whether what was cut told what kind of product it is, or that there are several."""
    a, b = one.settled, other.settled
    return (a.use, a.several_products) != (b.use, b.several_products)


def surer(full: Analysis, less: Analysis) -> str | None:
    """How an answer from less evidence says more than the one from all of it, None where it does not."""
    day, lesser = full.settled.intake.mg_per_day, less.settled.intake.mg_per_day
    if lesser is None:
        return None
    if day is None:
        return f"{shown(lesser)} from less, unknown from all"
    slack = max(Decimal(1), OF_ROUNDING * day.high)
    if lesser.low > day.high + slack or lesser.high < day.low - slack:
        return f"{shown(lesser)} from less, {shown(day)} from all"
    if full.derivation == "ambiguous" and less.derivation != "ambiguous" and lesser.is_exact:
        return f"{shown(lesser)} from less, {shown(day)} and open from all"
    return None


@every_label
def test_less_evidence_is_never_surer(name: str) -> None:
    """Without any one line, sentence or cell that states neither amount nor dose, the answer is the same or wider."""
    text, full = text_of(name), answer(name)
    stated = stated_at(full)
    for part in parts_of(text):
        if name in FEWER or any(part.start < s.end and s.start < part.end for s in stated):
            continue
        less = analyze(text[: part.start] + text[part.end :])
        fault = None if is_another_label(full, less) else surer(full, less)
        assert fault is None, f"{fault}, without {text[part.start : part.end]!r}"


# -- silently wrong numbers --------------------------------------------------------------------------------------------


def gold(path: Path) -> tuple[Interval[Decimal] | None, bool]:
    """The true magnesium a day of a golden label, and whether it spans what the label leaves open."""
    wanted = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    day = wanted["elemental_mg_per_day"]
    truth = None if day is None else Interval(Decimal(str(day["low"])), Decimal(str(day["high"])))
    return truth, wanted.get("derivation") == "ambiguous"


@every_label
def test_no_number_is_silently_wrong(name: str) -> None:
    assert list(silent(*gold(LABELS[name]), answer(name))) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_no_number_of_a_page_is_silently_wrong(page: Path) -> None:
    assert list(silent(*gold(page), analyze_html(page.read_bytes()))) == []
