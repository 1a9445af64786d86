"""What a worker process does: reads a few labels and gives the lines of their rows.

An error of one label is its own row; what ends the process is seen by the parent, which then asks again one by one.
"""

from __future__ import annotations

import pickle
import traceback
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import msgspec

from mglabel.analysis.files import analyze_catalogue, analyze_html
from mglabel.analysis.pipeline import analyze
from mglabel.analysis.result import Analysis
from mglabel.batch.columns import CRASHED, Column
from mglabel.batch.items import FILE, HTML
from mglabel.batch.label_reports import Asked, NotWritten, written
from mglabel.batch.results import REPORT, RESULTS, body, columns, failed_body, reason_of
from mglabel.documents.limits import Limits
from mglabel.documents.worker import is_about_memory
from mglabel.tables.guide import Guide, default_guide
from mglabel.tables.guide_file import SEVERITIES
from mglabel.values.errors import MglabelError


class Options(msgspec.Struct, frozen=True):
    """What all labels of a run are read with; `lang` asks for the whole analysis, in that language."""

    purpose: str | None = None
    guide: bytes | None = None
    """A pickled `Guide`; None is the packaged one."""
    lang: str | None = None
    limits: Limits = msgspec.field(default_factory=Limits)
    reports: Asked | None = None
    """The reports of single labels, where they are asked for."""

    @property
    def edition(self) -> Guide:
        """The guide that labels are judged by."""
        return _guide(self.guide)

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of the rows."""
        return columns(self.lang is not None, self.reports is not None)


class Answer(NamedTuple):
    """The rows of one input, without ids, the severity of its worst finding and why it could not be read."""

    rows: tuple[bytes, ...]
    severity: str | None = None
    reason: str | None = None


Task = tuple[str, str]
"""Kind and content of an item."""


def prepare() -> None:
    """Load what every label needs, so that it is no label's time."""
    analyze("")


def answers(tasks: Sequence[Task], options: Options) -> list[Answer]:
    """The answer to each task, in order.

    >>> answer, = answers([("text", "Magnesium oxide 400 mg")], Options())
    >>> answer.rows[0][:37], answer.severity, answer.reason
    (b'"product_index":null,"pages":null,"de', 'warning', None)
    """
    guide = options.edition
    return [_answer(kind, content, options, guide) for kind, content in tasks]


def failure(reason: str, message: str, options: Options) -> Answer:
    """The answer about an input that cannot be read."""
    return Answer((failed_body(reason, message, options.columns[len(RESULTS) :]),), None, reason)


@lru_cache(maxsize=1)
def _guide(pickled: bytes | None) -> Guide:
    if pickled is None:
        return default_guide()
    guide: Guide = pickle.loads(pickled)
    return guide


def _answer(kind: str, content: str, options: Options, guide: Guide) -> Answer:
    try:
        analyses = tuple(_analyses(kind, content, options, guide))
        rows = tuple(_row(a, at if kind == FILE else None, options) for at, a in enumerate(analyses, start=1))
        return Answer(rows, _severity(analyses))
    except NotWritten:
        raise
    except (MglabelError, OSError) as error:
        said = (error.strerror or str(error)) if isinstance(error, OSError) else str(error)
        return failure(reason_of(error), said, options)
    except Exception as error:
        if is_about_memory(error):  # what is left of the others is not to be trusted either
            raise
        # A fault of ours: it costs its own row, which says where it happened.
        place = traceback.extract_tb(error.__traceback__)[-1]
        said = f"{type(error).__name__}: {str(error)[:200]} ({place.name}, line {place.lineno})"
        return failure(CRASHED, f"the label made the reader fail: {said}", options)


def _row(analysis: Analysis, index: int | None, options: Options) -> bytes:
    beside = {} if options.reports is None else {REPORT.name: written(analysis, options.reports)}
    return body(analysis, index, options.lang, beside)


def _analyses(kind: str, content: str, options: Options, guide: Guide) -> Iterator[Analysis]:
    if kind == FILE:
        # This is a worker process already.
        yield from analyze_catalogue(
            content, purpose=options.purpose, guide=guide, limits=options.limits, isolate=False
        )
    elif kind == HTML:
        yield analyze_html(content, purpose=options.purpose, guide=guide)
    else:
        yield analyze(content, purpose=options.purpose, guide=guide)


def _severity(analyses: Sequence[Analysis]) -> str | None:
    found = (finding.severity for analysis in analyses for finding in analysis.findings)
    return min(found, key=SEVERITIES.index, default=None)
