"""Results that were written earlier, a JSON object a line: whole analyses, or the flat rows of a batch.

Only what grading needs is read, so that lines of other versions can be compared too.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

import msgspec

from mglabel.tables.guide import Guide
from mglabel.values.errors import MglabelError
from mglabel.values.interval import Interval, Masses
from mglabel.values.results import Intake, Source

NO_RESULT = "no-result"

_ROUNDING = Decimal("5e-7")
_DENOMINATOR = 1000


class Told(msgspec.Struct, frozen=True):
    """A finding as recorded; a flat row holds its code alone."""

    code: str
    severity: str | None = None
    params: dict[str, Any] = {}

    @property
    def purpose(self) -> Any:
        """The one purpose that it is about, None where it holds for all."""
        return self.params.get("purpose")


class Recorded(msgspec.Struct, frozen=True, kw_only=True):
    """One label's result as recorded. `sources` is None where the shares of the forms are not recorded."""

    name: str | None
    product: str | None
    declares_magnesium: bool = False
    use: str | None = None
    audience: str | None = None
    forms: tuple[str, ...] = ()
    sources: tuple[Source, ...] | None = None
    intake: Intake = Intake()
    purpose: str | None = None
    guide: str | None = None
    form: str | None = None
    limit: str | None = None
    best: str | None = None
    worst: str | None = None
    findings: tuple[Told, ...] = ()
    error: str | None = None
    """Why the label could not be read, `NO_RESULT` where it is the result that could not."""


def recorded(line: bytes | str) -> Recorded:
    """What a line holds; raises `MglabelError` where it is no result.

    >>> from mglabel import analyze
    >>> one = recorded(analyze("Per tablet: magnesium (as citrate) 100 mg. 1 tablet daily.", name="a.txt").to_json())
    >>> one.name, one.forms, one.best
    ('a.txt', ('citrate',), 'A')
    """
    try:
        keys = msgspec.json.decode(line, type=dict[str, msgspec.Raw])
        if "schema" in keys:
            return _whole(msgspec.json.decode(line, type=_Whole), _Origin())
        if "grade_best" not in keys:
            raise MglabelError("no result of `mglabel check --format json` or `mglabel batch`")
        whole = msgspec.json.decode(keys.get("analysis", b"null"), type=_Whole | None)
        if whole is not None:
            return _whole(whole, msgspec.json.decode(line, type=_Origin))
        return _flat(msgspec.json.decode(line, type=Row))
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise MglabelError(f"no result of mglabel: {error}") from error


def named(guide: Guide) -> str:
    """A guide as the flat rows name it."""
    return f"{guide.name} {guide.edition}"


class _Origin(msgspec.Struct):
    id: str | int | None = None
    file: str | None = None


class _Name(msgspec.Struct):
    name: str | None = None


class _Guide(msgspec.Struct):
    name: str
    edition: str


class _Source(msgspec.Struct):
    form: str
    share: Masses | None = None


class _Grade(msgspec.Struct):
    best: str
    worst: str


class _Whole(msgspec.Struct):
    """The keys of the JSON form that grading needs."""

    schema: Literal["mglabel.analysis/1"]
    guide: _Guide
    declares_magnesium: bool
    use: str
    audience: str
    purpose: str
    sources: list[_Source]
    elemental_mg_per_day: Masses | None
    elemental_mg_per_day_at_most: Masses | None
    elemental_mg_per_intake: Masses | None
    elemental_mg_per_intake_at_most: Masses | None
    form_verdict: str | None
    limit_verdict: str | None
    grade: _Grade | None
    findings: list[Told]
    input: _Name = msgspec.field(default_factory=_Name)
    product: _Name = msgspec.field(default_factory=_Name)


class Row(msgspec.Struct):
    """The flat columns that a comparison needs, and what a batch says of where the label came from."""

    grade_best: str | None
    grade_worst: str | None
    form_verdict: str | None
    limit_verdict: str | None
    purpose: str | None
    guide: str | None
    sources: str | None
    findings: str | None
    elemental_mg_per_day_low: Decimal | None
    elemental_mg_per_day_high: Decimal | None
    elemental_mg_per_day_at_most_low: Decimal | None
    elemental_mg_per_day_at_most_high: Decimal | None
    elemental_mg_per_intake_low: Decimal | None
    elemental_mg_per_intake_high: Decimal | None
    elemental_mg_per_intake_at_most_low: Decimal | None
    elemental_mg_per_intake_at_most_high: Decimal | None
    declares_magnesium: bool | None
    use: str | None
    audience: str | None
    error: str | None
    product: str | None = None
    id: str | int | None = None
    file: str | None = None


def _whole(one: _Whole, origin: _Origin) -> Recorded:
    return Recorded(
        name=_name(origin.id, origin.file) or one.input.name,
        product=one.product.name,
        declares_magnesium=one.declares_magnesium,
        use=one.use,
        audience=one.audience,
        forms=tuple(dict.fromkeys(source.form for source in one.sources)),
        sources=tuple(Source(source.form, source.form, (), share=_unrounded(source.share)) for source in one.sources),
        intake=Intake(
            mg_per_day=one.elemental_mg_per_day,
            mg_per_day_at_most=one.elemental_mg_per_day_at_most,
            mg_per_intake=one.elemental_mg_per_intake,
            mg_per_intake_at_most=one.elemental_mg_per_intake_at_most,
        ),
        purpose=one.purpose,
        guide=f"{one.guide.name} {one.guide.edition}",
        form=one.form_verdict,
        limit=one.limit_verdict,
        best=one.grade.best if one.grade else None,
        worst=one.grade.worst if one.grade else None,
        findings=tuple(one.findings),
    )


def _flat(row: Row) -> Recorded:
    return Recorded(
        name=_name(row.id, row.file),
        product=row.product,
        declares_magnesium=bool(row.declares_magnesium),
        use=row.use,
        audience=row.audience,
        forms=_split(row.sources),
        intake=Intake(
            mg_per_day=_ends(row, "elemental_mg_per_day"),
            mg_per_day_at_most=_ends(row, "elemental_mg_per_day_at_most"),
            mg_per_intake=_ends(row, "elemental_mg_per_intake"),
            mg_per_intake_at_most=_ends(row, "elemental_mg_per_intake_at_most"),
        ),
        purpose=row.purpose,
        guide=row.guide,
        form=row.form_verdict,
        limit=row.limit_verdict,
        best=row.grade_best,
        worst=row.grade_worst,
        findings=tuple(Told(code) for code in _split(row.findings)),
        error=row.error,
    )


def _unrounded(share: Masses | None) -> Masses | None:
    """A share as it was before it was cut to six decimals, if it is a simple fraction: three thirds must make one.

    >>> str(_unrounded(Interval(Decimal("0.333333"), Decimal("0.5"))).low)
    '0.3333333333333333333333333333'
    """
    return None if share is None else Interval(_fraction(share.low), _fraction(share.high))


def _fraction(number: Decimal) -> Decimal:
    near = Fraction(number).limit_denominator(_DENOMINATOR)
    exact = Decimal(near.numerator) / Decimal(near.denominator)
    return exact if abs(exact - number) <= _ROUNDING else number


def _name(id_: str | int | None, file: str | None) -> str | None:
    return file if id_ is None else str(id_)


def _split(cell: str | None) -> tuple[str, ...]:
    return tuple(cell.split(",")) if cell else ()


def _ends(row: Row, name: str) -> Masses | None:
    low, high = getattr(row, f"{name}_low"), getattr(row, f"{name}_high")
    return None if low is None or high is None else Interval(low, high)
