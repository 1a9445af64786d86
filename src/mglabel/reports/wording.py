"""The words of the reports, from a table that holds each in English and Danish, and how reports write names and counts.

The table is checked when it is loaded: every text in both languages, with the same places to fill in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

import msgspec

from mglabel.tables.loading import resource_text, toml_of
from mglabel.tables.messages import LANGUAGES, codes, messages, word
from mglabel.tables.phrasing import Style, amount, listed
from mglabel.tables.reading import Reading
from mglabel.values.errors import MglabelError

REPORT_FILE = "report.toml"
_PLACE = re.compile(r"\{(\w+)\}")


T = TypeVar("T", bound=msgspec.Struct)


class Texts(msgspec.Struct, frozen=True, kw_only=True):
    """Every text of the reports in one language, by its name in the table."""

    contents: str
    no_magnesium: str
    no_form: str
    product: str
    product_kind: str
    stated_purposes: str
    pack: str
    net_mass: str
    source: str
    source_compound: str
    source_elemental: str
    excipient: str
    elemental: str
    per_day: str
    per_day_at_most: str
    per_intake: str
    per_portion: str
    mass: str
    open_bar: str
    unknown: str
    basis: str
    percent: str
    percent_value: str
    reading: str
    reading_per_day: str
    reading_per_portion: str
    directions: str
    units_per_day: str
    units_per_intake: str
    intakes_per_day: str
    with_food: str
    without_food: str
    split: str
    grade: str
    no_grade: str
    no_grade_reason: str
    form_verdict: str
    limit_verdict: str
    intake_verdict: str
    verdict_span: str
    seen_in: str
    intake_lowers: str
    intake_may_lower: str
    guide: str
    guide_edition: str
    findings: str
    no_findings: str
    quoted: str
    on_label: str
    more_quotes: str
    guide_lines: str
    rests_on: str
    closing: str
    forms_title: str
    label_column: str
    compound_column: str
    magnesium_column: str
    form_column: str
    verdict_column: str
    fraction_column: str
    lines_column: str
    eu_column: str
    forms_note: str
    purpose_column: str
    meaning_column: str
    severity: str
    what: str
    why: str
    passage: str
    other_source: str
    ours: str
    example: str
    counterexample: str
    elemental_answer: str
    compared_title: str
    compared_note: str
    rank_column: str
    grade_column: str
    lacks: str
    lacks_nothing: str
    lack: str
    lack_code: str
    not_compared: str
    why_not: str
    named_product: str
    no_name: str
    none_compared: str


class Reasons(msgspec.Struct, frozen=True, kw_only=True):
    """The codes of findings that each verdict of the grade rests on."""

    form: tuple[str, ...]
    limit: tuple[str, ...]
    intake: tuple[str, ...]


class Wording(msgspec.Struct, frozen=True):
    """All that a report needs to speak one language."""

    lang: str
    text: Texts
    style: Style
    reasons: Reasons
    words: Mapping[str, Mapping[str, str]]
    units: Mapping[str, tuple[str, ...]]

    def word(self, group: str, key: str) -> str:
        """The word for an id, from the table of the reports or else that of the findings."""
        own = self.words.get(group, {}).get(key)
        return word(group, key, self.lang) if own is None else own

    def amount(self, value: Any) -> str:
        """A number or an interval; the ends of an interval are rounded outwards."""
        return amount(value, self.style)

    def listed(self, items: list[str]) -> str:
        """Items joined as the language joins them."""
        return listed(items, self.style)

    def counted(self, count: Any, unit: str | None) -> str:
        """So many of a unit, in one or many: "1 capsule", "2 to 3 capsules"."""
        number = self.amount(count)
        if unit is None:
            return number
        one, many = self.units.get(unit, (unit.replace("_", " "),) * 2)
        return f"{number} {one if number == '1' else many}"

    def spanned(self, verdict: str, group: str) -> str:
        """A verdict in words; two that are joined by `..` as a range."""
        ends = [self.word(group, end) for end in verdict.split("..")]
        return ends[0] if len(ends) == 1 else self.text.verdict_span.format(low=ends[0], high=ends[-1])


def wording(lang: str = "en") -> Wording:
    """The packaged words in a language.

    >>> wording("da").counted(2, "capsule")
    '2 kapsler'
    """
    if lang not in LANGUAGES:
        raise MglabelError(f"no reports in {lang!r}; the languages are {', '.join(LANGUAGES)}")
    return _packaged()[lang]


@cache
def _packaged() -> Mapping[str, Wording]:
    return parse(resource_text(REPORT_FILE), REPORT_FILE)


def parse(text: str, name: str) -> Mapping[str, Wording]:
    """Read a table of words, by language; raises `BadTable` naming every fault."""
    raw = toml_of(text, name)
    reading = Reading(name)
    reading.only(raw, ("reasons", "text", "words", "units"))
    texts = texts_of(reading, reading.table(raw, "text"), Texts.__struct_fields__)
    words = words_of(reading, reading.table(raw, "words"))
    units = _units(reading, reading.table(raw, "units"))
    reasons = _reasons(reading, reading.table(raw, "reasons"))
    reading.finish()
    return {
        lang: Wording(lang, Texts(**texts[lang]), messages().styles[lang], reasons, words[lang], units[lang])
        for lang in LANGUAGES
    }


def texts_and_words(
    text: str, name: str, kind: type[T], groups: Sequence[str] = ()
) -> tuple[Mapping[str, T], Mapping[str, Mapping[str, Mapping[str, str]]]]:
    """Read a table of the texts of a page, given as the type that holds them, and of words; both by language. `groups`
    are those that the words must have. Raises `BadTable` naming every fault."""
    raw = toml_of(text, name)
    reading = Reading(name)
    reading.only(raw, ("text", "words"))
    texts = texts_of(reading, reading.table(raw, "text"), kind.__struct_fields__)
    words = words_of(reading, reading.table(raw, "words"))
    for group in groups:
        if group not in words[LANGUAGES[0]]:
            reading.fault(f"words.{group} is missing")
    reading.finish()
    return {lang: kind(**texts[lang]) for lang in LANGUAGES}, words


def texts_of(reading: Reading, raw: dict[str, Any], names: Sequence[str]) -> dict[str, dict[str, str]]:
    """The texts by language and name: all that reports use, no others, with the same places in each language."""
    reading.only(raw, names, "text.")
    found: dict[str, dict[str, str]] = {lang: {} for lang in LANGUAGES}
    for name in names:
        both = _both(reading, raw, name, "text.")
        if len({frozenset(_PLACE.findall(text)) for text in both.values()}) > 1:
            reading.fault(f"text.{name} has not the same places to fill in every language")
        for lang, text in both.items():
            found[lang][name] = text
    return found


def words_of(reading: Reading, raw: dict[str, Any]) -> dict[str, dict[str, dict[str, str]]]:
    """The words by language, group and id."""
    found: dict[str, dict[str, dict[str, str]]] = {lang: {} for lang in LANGUAGES}
    for group in raw:
        for key in (table := reading.table(raw, group, "words.")):
            for lang, text in _both(reading, table, key, f"words.{group}.").items():
                found[lang].setdefault(group, {})[key] = text
    return found


def _units(reading: Reading, raw: dict[str, Any]) -> dict[str, dict[str, tuple[str, ...]]]:
    found: dict[str, dict[str, tuple[str, ...]]] = {lang: {} for lang in LANGUAGES}
    for unit in raw:
        table = reading.table(raw, unit, "units.")
        reading.only(table, LANGUAGES, f"units.{unit}.")
        for lang in LANGUAGES:
            pair = table.get(lang)
            if not (isinstance(pair, list) and len(pair) == 2 and all(isinstance(p, str) and p.strip() for p in pair)):
                reading.fault(f"units.{unit}.{lang} is {pair!r}, not a pair of texts for one and many")
                continue
            found[lang][unit] = tuple(pair)
    return found


def _reasons(reading: Reading, raw: dict[str, Any]) -> Reasons:
    names = Reasons.__struct_fields__
    reading.only(raw, names, "reasons.")
    return Reasons(**{name: reading.chosen(raw, name, codes(), "reasons.") for name in names})


def _both(reading: Reading, raw: dict[str, Any], key: str, where: str) -> dict[str, str]:
    """The text under a key in every language."""
    table = reading.table(raw, key, where)
    reading.only(table, LANGUAGES, f"{where}{key}.")
    return {lang: reading.text(table, lang, f"{where}{key}.") for lang in LANGUAGES}
