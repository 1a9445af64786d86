"""The notes to a label: every place that something rests on once, numbered, with all that is said of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from mglabel.analysis.result import Analysis
from mglabel.reports.page_words import PageWords
from mglabel.reports.plain import SEVERITIES, by_severity
from mglabel.tables.messages import title
from mglabel.tables.phrasing import form_name
from mglabel.values.evidence import Evidence

MOST_NOTES = 150
"""More places than this are counted but not marked: a page must stay one that can be read."""
_EDGE = 40
"""What is shown of the ends of a place that is too long to be shown, in characters."""
SOURCES, DOSE, DIRECTIONS = "sources", "dose", "facts"
"""Ids of the sections that notes lead to."""
_KINDS = ("source", "amount", "dose", "excipient", *SEVERITIES)
"""What a mark can show, the first that applies; but an error or a warning comes before all."""


class Said(NamedTuple):
    """One thing that is said of a place: in words, and the id of where the page says more."""

    kind: str
    words: str
    target: str


class Note(NamedTuple):
    """One place on the label with its number and all that is said of it."""

    number: int
    piece: Evidence
    says: tuple[Said, ...]

    @property
    def kind(self) -> str:
        """What the mark shows."""
        kinds = {said.kind for said in self.says}
        return next(kind for kind in (*SEVERITIES[:2], *_KINDS) if kind in kinds)


def finding_id(nth: int) -> str:
    """The id of the nth finding on the page."""
    return f"f{nth}"


def notes_of(analysis: Analysis, words: PageWords) -> tuple[list[Note], int]:
    """The notes in the order of the text, and how many places were left out.

    >>> from mglabel import analyze
    >>> from mglabel.reports.page_words import page_words
    >>> notes, _ = notes_of(analyze("Magnesium oxide 100 mg. 1 tablet daily."), page_words())
    >>> [(note.number, note.piece.text) for note in notes][0]
    (1, 'Magnesium oxide 100 mg')
    """
    places: dict[tuple[int, int], tuple[Evidence, list[Said]]] = {}
    left_out = set()
    for piece, said in _pieces(analysis, words):
        place = (piece.start, piece.end)
        if place not in places and len(places) >= MOST_NOTES:
            left_out.add(place)
            continue
        _, says = places.setdefault(place, (piece, []))
        if said not in says:
            says.append(said)
    ordered = sorted(places.items(), key=lambda entry: (entry[0][0], -entry[0][1]))
    return [Note(n, piece, tuple(says)) for n, (_, (piece, says)) in enumerate(ordered, 1)], len(left_out)


def _pieces(analysis: Analysis, words: PageWords) -> Iterator[tuple[Evidence, Said]]:
    """Every piece of evidence with what is said of it: the severest findings first, so that none is left out."""
    text = words.text
    findings = list(enumerate(by_severity(analysis.findings), 1))
    severe = [(nth, finding) for nth, finding in findings if finding.severity in SEVERITIES[:2]]
    for nth, finding in severe:
        for piece in finding.evidence:
            yield piece, Said(finding.severity, f"{finding.code} {title(finding.code, words.lang)}", finding_id(nth))
    for source in analysis.sources:
        said = Said("source", text.note_source.format(form=form_name(source.form, words.lang)), SOURCES)
        yield from ((piece, said) for piece in analysis.evidence(source.spans))
    yield from ((piece, Said("amount", text.note_amount, DOSE)) for piece in analysis.evidence(analysis.intake.spans))
    dose = Said("dose", text.note_dose, DIRECTIONS)
    yield from ((piece, dose) for piece in analysis.evidence(analysis.directions.spans))
    for excipient in analysis.excipients:
        said = Said("excipient", text.note_excipient.format(form=form_name(excipient.form, words.lang)), SOURCES)
        yield from ((piece, said) for piece in analysis.evidence(excipient.spans))
    for nth, finding in findings[len(severe) :]:
        for piece in finding.evidence:
            yield piece, Said(finding.severity, f"{finding.code} {title(finding.code, words.lang)}", finding_id(nth))


class Stretch(NamedTuple):
    """A stretch of the label that all the same notes cover; `begins` and `ends` are notes that do so here."""

    text: str
    notes: tuple[Note, ...] = ()
    begins: tuple[Note, ...] = ()
    ends: tuple[Note, ...] = ()
    left_out: int = 0
    """How many characters without marks are left out here, instead of a text."""

    @property
    def main(self) -> Note:
        """The note of the smallest place: the one that a mark leads to."""
        return min(self.notes, key=lambda note: note.piece.end - note.piece.start)


def stretches(text: str, notes: Sequence[Note], most: int, about: int) -> Iterator[Stretch]:
    """The text cut where notes begin and end, so that places that overlap are all marked.

    Of a text longer than `most` characters only what stands `about` so many characters around the marks is given.

    >>> from mglabel.values.evidence import Evidence
    >>> one, two = Note(1, Evidence(0, 9, ""), ()), Note(2, Evidence(4, 12, ""), ())
    >>> [(s.text, [n.number for n in s.notes]) for s in stretches("Magnesium 100 mg", [one, two], 99, 9)]
    [('Magn', [1]), ('esium', [1, 2]), (' 10', [2]), ('0 mg', [])]
    """
    ends = {0, len(text), *(end for note in notes for end in (note.piece.start, note.piece.end))}
    for start, end in pairwise(sorted(end for end in ends if 0 <= end <= len(text))):
        whole = Stretch(
            text[start:end],
            tuple(note for note in notes if note.piece.start <= start and end <= note.piece.end),
            tuple(note for note in notes if note.piece.start == start),
            tuple(note for note in notes if note.piece.end == end),
        )
        if len(text) <= most:
            yield whole
        else:
            # At the edges of the text there is no mark to stand around, unless there is none at all.
            yield from _shortened(whole, about if start or not notes else 0, about if end < len(text) else 0)


def _shortened(whole: Stretch, head: int, tail: int) -> Iterator[Stretch]:
    """A stretch as its first and last characters; a short one as it is."""
    text = whole.text
    head, tail = (max(head, _EDGE), max(tail, _EDGE)) if whole.notes else (head, tail)
    if len(text) <= head + tail + _EDGE:
        yield whole
        return
    if head:
        yield whole._replace(text=text[:head], ends=())
    yield Stretch("", left_out=len(text) - head - tail)
    if tail:
        yield whole._replace(text=text[len(text) - tail :], begins=())
