"""The words of the overview, from a table that holds each in English and Danish, beside those of the other pages."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import msgspec

from mglabel.reports.page_words import PageWords, page_words
from mglabel.reports.wording import Wording, texts_and_words
from mglabel.tables.loading import resource_text

FILE = "overview.toml"
GROUPS = ("status", "status_note", "limit", "reason")
"""The words that the page cannot do without."""


class Texts(msgspec.Struct, frozen=True, kw_only=True):
    """Every text of the overview in one language, by its name in the table."""

    overview: str
    labels: str
    graded_for: str
    contents: str
    skip: str
    at_a_glance: str
    grades_title: str
    grades_note: str
    no_letter: str
    none: str
    doses_title: str
    doses_note: str
    doses_told: str
    doses_none: str
    read_columns: str
    read_bars: str
    read_arrow: str
    read_limit: str
    how_to_read: str
    limit_at: str
    axis: str
    lane_grade: str
    lane_span: str
    lane_none: str
    lane_none_note: str
    lane_count: str
    lane_open: str
    lane_beyond: str
    verdict_count: str
    not_drawn: str
    no_dose: str
    no_magnesium: str
    unread: str
    findings_title: str
    findings_none: str
    findings_note: str
    remarks_title: str
    failures_title: str
    failures_note: str
    failure: str
    table_title: str
    table_caption: str
    table_order: str
    table_part: str
    product: str
    no_name: str
    nth_product: str
    grade: str
    dose: str
    forms: str
    state: str
    coded: str
    search: str
    search_hint: str
    filter_status: str
    filter_limit: str
    filter_finding: str
    all: str
    clear: str
    shown: str
    more: str
    below: str
    made_by: str


class Words(msgspec.Struct, frozen=True):
    """All that the overview needs to speak one language."""

    page: PageWords
    text: Texts
    words: Mapping[str, Mapping[str, str]]

    @property
    def say(self) -> Wording:
        """The words of all reports."""
        return self.page.say

    def word(self, group: str, key: str) -> str:
        """The word for an id, from the table of the overview or else those of the other pages."""
        own = self.words.get(group, {}).get(key)
        return self.page.word(group, key) if own is None else own

    def reason(self, code: str) -> str:
        """Why a label could not be read; the code itself where a reason is new."""
        return self.words["reason"].get(code, code)


def counted(count: int) -> str:
    """A count with thin spaces, as a comma or a point means another thing in the other language.

    >>> counted(1234567)
    '1\\u202f234\\u202f567'
    """
    return f"{count:,}".replace(",", "\u202f")


def overview_words(lang: str = "en") -> Words:
    """The packaged words in a language.

    >>> overview_words("da").word("status", "unread")
    'Ikke læst'
    """
    texts, words = _packaged()
    page = page_words(lang)
    return Words(page, texts[lang], words[lang])


def parse(text: str, name: str) -> tuple[Mapping[str, Texts], Mapping[str, Mapping[str, Mapping[str, str]]]]:
    """Read a table of texts and words, each by language; raises `BadTable` naming every fault."""
    return texts_and_words(text, name, Texts, GROUPS)


@cache
def _packaged() -> tuple[Mapping[str, Texts], Mapping[str, Mapping[str, Mapping[str, str]]]]:
    return parse(resource_text(FILE), FILE)
