"""The words below a run: how many labels, their grades, the commonest findings, what could not be read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import msgspec

from mglabel.batch.progress import duration
from mglabel.batch.run import Outcome
from mglabel.batch.summary import NO_GRADE
from mglabel.reports.layout import labelled, safe
from mglabel.tables.loading import parse_toml, refuse, resource_text
from mglabel.tables.messages import LANGUAGES, title

FILE = "batch.toml"
_COMMONEST = 5
_PLACE = re.compile(r"\{(\w+)\}")


class _Texts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    labels: Mapping[str, str]
    repeated: Mapping[str, str]
    time: Mapping[str, str]
    rate: Mapping[str, str]
    grade: Mapping[str, str]
    no_grade: Mapping[str, str]
    no_magnesium: Mapping[str, str]
    findings: Mapping[str, str]
    finding: Mapping[str, str]
    failures: Mapping[str, str]
    failure: Mapping[str, str]
    duplicates: Mapping[str, str]
    out: Mapping[str, str]
    overview: Mapping[str, str]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    text: _Texts


def closing(outcome: Outcome, out: Path, lang: str = "en", overview: Path | None = None) -> str:
    """The closing words of a run, in a language."""
    return "\n".join(labelled(list(closing_rows(outcome, out, lang, overview)))) + "\n"


def closing_rows(
    outcome: Outcome, out: Path, lang: str = "en", overview: Path | None = None
) -> Iterator[tuple[str, str]]:
    """The closing words by the line, each with its label."""
    text = {name: getattr(_texts(), name)[lang] for name in _Texts.__struct_fields__}
    summary = outcome.summary
    whole, repeated = f"{summary.rows:,}", f"{outcome.repeated:,}"
    yield text["labels"], text["repeated"].format(count=whole, repeated=repeated) if outcome.repeated else whole
    grades = counted_grades(outcome, lang)
    if grades:
        yield text["grade"], ", ".join(f"{grade} {count:,}" for grade, count in grades)
    if summary.without_magnesium:
        yield text["no_magnesium"], f"{summary.without_magnesium:,}"
    for code, count in _commonest(summary.findings):
        yield text["findings"], text["finding"].format(count=f"{count:,}", code=code, title=title(code, lang))
    for reason, count in _commonest(summary.failures, len(summary.failures)):
        yield text["failures"], text["failure"].format(count=f"{count:,}", reason=reason)
    if outcome.duplicates:
        yield text["duplicates"], f"{outcome.duplicates:,}"
    yield text["out"], safe(str(out))
    if overview is not None:
        yield text["overview"], safe(str(overview))
    rate = f"{outcome.read / max(outcome.seconds, 0.001):,.0f}"
    yield text["time"], text["rate"].format(time=duration(outcome.seconds), rate=rate)


def counted_grades(outcome: Outcome, lang: str = "en") -> list[tuple[str, int]]:
    """How many labels got each grade, the best first, and how many none."""
    none = _texts().no_grade[lang]
    return [(grade or none, count) for grade, count in sorted(outcome.summary.grades.items(), key=_by_letter)]


def grade_label(lang: str = "en") -> str:
    """The label of the line of grades."""
    return _texts().grade[lang]


def _by_letter(counted: tuple[str, int]) -> tuple[bool, str]:
    return counted[0] == NO_GRADE, counted[0]


def _commonest(counts: Counter[str], most: int = _COMMONEST) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda counted: (-counted[1], counted[0]))[:most]


@cache
def _texts() -> _Texts:
    """The packaged words, checked: every language, with the same places to fill in."""
    texts = parse_toml(resource_text(FILE), FILE, _File).text
    refuse(FILE, list(_faults(texts)))
    return texts


def _faults(texts: _Texts) -> Iterator[str]:
    for name in texts.__struct_fields__:
        held: Mapping[str, str] = getattr(texts, name)
        if set(held) != set(LANGUAGES):
            yield f"text.{name} is not in {', '.join(LANGUAGES)}"
        elif len({frozenset(_PLACE.findall(one)) for one in held.values()}) > 1:
            yield f"text.{name} has not the same places to fill in every language"
