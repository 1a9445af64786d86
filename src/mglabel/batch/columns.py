"""Many labels at once: a list of texts to flat columns of plain values, ready for a data frame.

One row a text, in order; a text that cannot be read gives a row of None with the reason. `ANSWERS` is the one place
that says which columns there are: check_columns, the Arrow schema and docs/columns.md are made from it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from mglabel.analysis.pipeline import analyze
from mglabel.analysis.result import Analysis
from mglabel.tables.guide import Guide, default_guide
from mglabel.tables.guide_file import OBJECTING, SEVERITIES
from mglabel.values.errors import MglabelError, TextTooLong, UnreadableDocument
from mglabel.values.interval import Masses

TOO_LARGE = "too-large"
CRASHED = "crashed"


class Column(NamedTuple):
    """A column: its name and the type of its cells, which may all be None, what it holds, and how it comes to it."""

    name: str
    type: type[str] | type[float] | type[bool] | type[int]
    doc: str
    cell: Callable[[Analysis], Any]


def check_columns(
    texts: Iterable[str | bytes], purpose: str | None = None, guide: Guide | None = None
) -> dict[str, list[Any]]:
    """Analyze every text and give one list a column, all of the same length and in the order of the texts.

    Several values in a cell are joined by commas. Raises `UnknownPurpose` before it reads anything.

    >>> import mglabel
    >>> columns = mglabel.check_columns(["Vitamin C 500 mg", None])
    >>> columns["declares_magnesium"], columns["error"]
    ([False, None], [None, 'unsupported-type'])
    """
    if isinstance(texts, str | bytes):
        raise MglabelError("check_columns reads a list of texts, not one text; use analyze for one")
    edition = default_guide() if guide is None else guide
    edition.checked_purpose(purpose)
    columns: dict[str, list[Any]] = {name: [] for name in COLUMNS}
    for text in texts:
        row = _row(text, purpose, edition)
        for name, column in columns.items():
            column.append(row[name])
    return columns


def cells(analysis: Analysis) -> dict[str, Any]:
    """The row of an analysis.

    >>> cells(analyze("Vitamin C 500 mg"))["findings"]
    ''
    """
    return {column.name: column.cell(analysis) for column in ANSWERS}


def failed_cells(reason: str) -> dict[str, Any]:
    """The row of a label that cannot be read: only the reason.

    >>> {name: cell for name, cell in failed_cells("damaged").items() if cell is not None}
    {'error': 'damaged'}
    """
    return _NOTHING | {"error": reason}


def _row(text: str | bytes, purpose: str | None, guide: Guide) -> dict[str, Any]:
    """The cells of one text; only the reason where it cannot be read."""
    try:
        return cells(analyze(text, purpose=purpose, guide=guide))
    except UnreadableDocument as error:
        return failed_cells(error.reason)
    except TextTooLong:
        return failed_cells(TOO_LARGE)
    except Exception:
        # A fault of ours. Among millions of rows on a cluster it costs its own row and not the night's work.
        logging.getLogger(__name__).exception("a label could not be analyzed")
        return failed_cells(CRASHED)


def _end(end: str, mass_of: Callable[[Analysis], Masses | None]) -> Callable[[Analysis], float | None]:
    """One end of an interval of masses as a float."""

    def cell(analysis: Analysis) -> float | None:
        mass = mass_of(analysis)
        return None if mass is None else float(getattr(mass, end))

    return cell


def _masses(name: str, doc: str, mass_of: Callable[[Analysis], Masses | None]) -> tuple[Column, Column]:
    """The two columns of an interval of masses."""
    low = Column(f"{name}_low", float, f"{doc}, in mg: the least that the label allows", _end("low", mass_of))
    return low, Column(f"{name}_high", float, f"{doc}, in mg: the most that the label allows", _end("high", mass_of))


def _joined(values: Iterable[str]) -> str:
    """Different values in their order, joined by commas."""
    return ",".join(dict.fromkeys(values))


def _objections(analysis: Analysis) -> str:
    return _joined(finding.code for finding in analysis.findings if finding.severity in OBJECTING)


def _severity(analysis: Analysis) -> str | None:
    return min((finding.severity for finding in analysis.findings), key=SEVERITIES.index, default=None)


ANSWERS: tuple[Column, ...] = (
    Column(
        "declares_magnesium",
        bool,
        "whether the label declares magnesium as something that the product supplies",
        lambda a: a.declares_magnesium,
    ),
    Column("use", str, "`supplement`, `medicine`, `topical`, `water`, `food` or `feed`", lambda a: a.use),
    Column("audience", str, "`adults`, `children`, `pregnancy` or `animals`", lambda a: a.audience),
    Column("product", str, "the name of the product, where the label states one", lambda a: a.product.name),
    Column(
        "sources",
        str,
        "the forms that supply magnesium, in the order of the label",
        lambda a: _joined(source.form for source in a.sources),
    ),
    Column(
        "excipients",
        str,
        "the magnesium compounds that are additives only",
        lambda a: _joined(excipient.form for excipient in a.excipients),
    ),
    *_masses("elemental_mg_per_day", "elemental magnesium of a day", lambda a: a.intake.mg_per_day),
    *_masses(
        "elemental_mg_per_day_at_most",
        "elemental magnesium of a day at the highest directed dose, which the limit is judged on",
        lambda a: a.intake.mg_per_day_at_most,
    ),
    *_masses("elemental_mg_per_intake", "elemental magnesium of one intake", lambda a: a.intake.mg_per_intake),
    *_masses(
        "elemental_mg_per_intake_at_most",
        "elemental magnesium of one intake at the highest directed dose, which large intakes are judged on",
        lambda a: a.intake.mg_per_intake_at_most,
    ),
    Column(
        "derivation",
        str,
        "how the masses are known: `declared`, `stoichiometry` (computed from a compound), `ambiguous` or `unknown`",
        lambda a: a.derivation,
    ),
    Column("purpose", str, "the purpose that the label was graded for", lambda a: a.purpose),
    Column(
        "form_verdict",
        str,
        "the guide's verdict on the forms; best and worst joined by `..` where the label leaves it open",
        lambda a: a.verdict.form,
    ),
    Column(
        "limit_verdict",
        str,
        "the guide's verdict on the amount: `within`, `above`, `far_above`, `open` or `unknown`",
        lambda a: a.verdict.limit,
    ),
    Column(
        "grade_best",
        str,
        "the best letter that the label allows; null where the guide gives none",
        lambda a: None if a.grade is None else a.grade.best,
    ),
    Column(
        "grade_worst",
        str,
        "the worst letter; the same as the best where nothing is open",
        lambda a: None if a.grade is None else a.grade.worst,
    ),
    Column(
        "findings",
        str,
        "the codes of the findings ([what they mean](findings.md))",
        lambda a: _joined(finding.code for finding in a.findings),
    ),
    Column("severity", str, "the most severe finding: `error`, `warning`, `advice` or `info`", _severity),
    Column("objections", str, "the codes of the findings of severity `error` or `warning`", _objections),
    Column("guide", str, "the guide that graded: its name and edition", lambda a: f"{a.guide.name} {a.guide.edition}"),
    Column("version", str, "the version of mglabel that answered", lambda a: a.version),
    Column(
        "error", str, "why the label could not be read ([reasons](files.md)); then all else is null", lambda _: None
    ),
)
"""What is said of every label, in the order of the columns."""

COLUMNS = tuple(column.name for column in ANSWERS)
"""The names of the columns."""

_NOTHING: dict[str, Any] = dict.fromkeys(COLUMNS)
