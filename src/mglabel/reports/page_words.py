"""The words of the HTML report and the machine formats, from a table that holds each in English and Danish.

They stand beside those of the text reports (`Wording`), which every page uses too.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import msgspec

from mglabel.reports.wording import Wording, texts_and_words, wording
from mglabel.tables.loading import resource_text

PAGE_FILE = "page.toml"


class PageTexts(msgspec.Struct, frozen=True, kw_only=True):
    """Every text of the pages in one language, by its name in the table."""

    report: str
    report_of: str
    contents: str
    back: str
    skip: str
    grade: str
    grade_is: str
    grade_for: str
    grade_none: str
    grade_span: str
    several: str
    dose_title: str
    dose_note: str
    gauge: str
    at_most: str
    gauge_limit: str
    gauge_band: str
    gauge_others: str
    gauge_unknown: str
    gauge_row: str
    gauge_axis: str
    how_to_read: str
    read_exact: str
    read_at_most: str
    read_limit: str
    read_far: str
    read_band: str
    read_no_limit: str
    others_title: str
    others_kind: str
    others_authority: str
    others_value: str
    others_dose: str
    dose_below: str
    dose_above: str
    dose_open: str
    dose_unknown: str
    share: str
    share_value: str
    share_unknown: str
    label_title: str
    label_note: str
    label_text: str
    label_text_read: str
    label_empty: str
    left_out: str
    marks_left_out: str
    pages_left_out: str
    page: str
    page_alt: str
    notes_title: str
    note: str
    note_source: str
    note_excipient: str
    note_amount: str
    note_dose: str
    on_the_label: str
    what_and_why: str
    on_label: str
    passage_lines: str
    source_is: str
    open_title: str
    open_none: str
    open_verdicts: str
    open_numbers: str
    open_span: str
    readings_title: str
    reading_stands: str
    reading_dropped: str
    reading_because: str
    reading_against: str
    facts_title: str
    file: str
    made_by: str
    summary: str
    summary_forms: str
    summary_more: str
    schedule_times: str
    schedule_day: str
    magnesium_as: str
    magnesium: str
    elemental_day: str
    elemental_portion: str
    unreadable: str


class PageWords(msgspec.Struct, frozen=True):
    """All that a page needs to speak one language: its own words, and those of the text reports as `say`."""

    say: Wording
    text: PageTexts
    words: Mapping[str, Mapping[str, str]]

    @property
    def lang(self) -> str:
        """The language."""
        return self.say.lang

    def word(self, group: str, key: str) -> str:
        """The word for an id, from the table of the pages or else those of the reports and the findings."""
        own = self.words.get(group, {}).get(key)
        return self.say.word(group, key) if own is None else own


def page_words(lang: str = "en") -> PageWords:
    """The packaged words in a language.

    >>> page_words("da").text.grade
    'Karakter'
    """
    say = wording(lang)
    texts, words = _packaged()
    return PageWords(say, texts[lang], words[lang])


def parse(text: str, name: str) -> tuple[Mapping[str, PageTexts], Mapping[str, Mapping[str, Mapping[str, str]]]]:
    """Read a table of texts and words, each by language; raises `BadTable` naming every fault."""
    return texts_and_words(text, name, PageTexts)


@cache
def _packaged() -> tuple[Mapping[str, PageTexts], Mapping[str, Mapping[str, Mapping[str, str]]]]:
    return parse(resource_text(PAGE_FILE), PAGE_FILE)
