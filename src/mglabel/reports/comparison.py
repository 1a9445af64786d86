"""A comparison of products as a table for the screen, as CSV or as a page of HTML, in English or Danish.

The page holds all that it shows and loads nothing; whatever comes from labels is escaped in it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from html import escape

from mglabel.analysis.comparison import Compared, Comparison
from mglabel.reports.layout import INDENT, safe, shortened, table, wrapped
from mglabel.reports.spreadsheets import disarmed
from mglabel.reports.wording import Wording, wording
from mglabel.tables.messages import codes, title
from mglabel.tables.phrasing import form_name
from mglabel.values.interval import Masses

NAME_LENGTH = 60
IDEAL = "ideal"
WITHIN = "within"

CSV_COLUMNS = (
    *("rank", "name", "product", "purpose", "grade_best", "grade_worst"),
    *("elemental_mg_per_day_low", "elemental_mg_per_day_high"),
    *("elemental_mg_per_intake_low", "elemental_mg_per_intake_high"),
    *("sources", "form_verdict", "limit_verdict", "lacks", "not_compared"),
)

_STYLE = """\
body{font:16px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#1b1b1b;background:#fff}
table{border-collapse:collapse;width:100%}caption{text-align:left;font-size:1.25rem;font-weight:600;padding:.5rem 0}
th,td{text-align:left;vertical-align:top;padding:.4rem .7rem;border-bottom:1px solid #ccc}thead th{border-color:#555}
td.n{text-align:right;white-space:nowrap}p{color:#444}ul{margin:0;padding-left:1.1rem}"""
_PAGE = """\
<!doctype html>
<html lang="{lang}">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
{style}
</style>
<body>
{body}
</body>
</html>
"""


def page(comparison: Comparison, lang: str = "en") -> str:
    """The comparison for a screen: a line a product, below it what it lacks; then those that are not ranked, and why.

    >>> from mglabel import analyze
    >>> from mglabel.analysis.comparison import compare
    >>> from mglabel.analysis.recorded import recorded
    >>> label = analyze("Per tablet: magnesium (as citrate) 100 mg. 1 tablet daily.", name="a.txt")
    >>> print(page(compare([recorded(label.to_json())], "sleep")).splitlines()[0])
    Products compared for sleep
    """
    say = wording(lang)
    ranked, others = parted(comparison)
    lines = [say.text.compared_title.format(purpose=say.word("purpose", comparison.purpose)), ""]
    lines += _with_lacks(ranked, say) if ranked else [" " * INDENT + say.text.none_compared]
    if others:
        lines += ["", say.text.not_compared]
        for one in others:
            told = say.text.lack.format(what=product_name(one, say), verdict=why(one, say))
            lines += wrapped(told, " " * INDENT)
            lines += _lacks_below(one, say, 2 * INDENT) if one.grade else []
    lines += ["", *wrapped(say.text.compared_note), guide_line(comparison, say), say.text.closing]
    return "\n".join(lines) + "\n"


def csv_table(comparison: Comparison, lang: str = "en") -> str:
    """The comparison as CSV: ids and numbers, sentences only in the last two columns; no cell starts a formula."""
    say = wording(lang)
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(CSV_COLUMNS)
    for one in comparison.products:
        rows.writerow(
            [disarmed(safe(cell)) if isinstance(cell, str) else cell for cell in _csv_row(one, comparison, say)]
        )
    return out.getvalue()


def html_page(comparison: Comparison, lang: str = "en") -> str:
    """The comparison as one page of HTML."""
    say = wording(lang)
    text = say.text
    heading = text.compared_title.format(purpose=say.word("purpose", comparison.purpose))
    ranked, others = parted(comparison)
    parts = [_html_table(heading, (text.rank_column, *head_of(say), text.lacks), _html_ranked(ranked, say))]
    if others:
        head = (text.product, text.why_not, text.lacks)
        parts.append(_html_table(text.not_compared, head, _html_others(others, say)))
    notes = (*([] if ranked else [text.none_compared]), text.compared_note, guide_line(comparison, say), text.closing)
    parts += [f"<p>{_shown(note)}</p>" for note in notes]
    return _PAGE.format(lang=escape(lang), title=_shown(heading), style=_STYLE, body="\n".join(parts))


def parted(comparison: Comparison) -> tuple[list[Compared], list[Compared]]:
    """The products with a rank and those without."""
    ranked = [one for one in comparison.products if one.rank is not None]
    return ranked, [one for one in comparison.products if one.rank is None]


def _with_lacks(ranked: Sequence[Compared], say: Wording) -> list[str]:
    rows = [(say.text.rank_column, *head_of(say)), *((str(one.rank), *cells(one, say)) for one in ranked)]
    head, *lines = table(rows)
    found = [head]
    for line, one in zip(lines, ranked, strict=True):
        found += [line, *_lacks_below(one, say, INDENT + len(say.text.rank_column) + 2)]
    return found


def _lacks_below(one: Compared, say: Wording, indent: int) -> list[str]:
    told = say.text.lack.format(what=say.text.lacks, verdict="; ".join(shortfalls(one, say)) or say.text.lacks_nothing)
    return wrapped(told, " " * indent)


def head_of(say: Wording) -> tuple[str, ...]:
    """The heads of what `cells` gives."""
    text = say.text
    return text.grade_column, text.per_day, text.per_intake, text.form_column, text.product


def cells(one: Compared, say: Wording) -> tuple[str, ...]:
    """Grade, magnesium of a day and of an intake, forms, and product."""
    intake = one.recorded.intake
    forms = say.listed([shortened(form_name(form, say.lang), NAME_LENGTH) for form in one.recorded.forms])
    masses = _mg(intake.mg_per_day, say), _mg(intake.mg_per_intake, say)
    return _letters(one, say), *masses, forms if one.recorded.forms else "", product_name(one, say)


def _letters(one: Compared, say: Wording) -> str:
    if one.grade is None:
        return ""
    best, worst = one.grade.best, one.grade.worst
    return best if best == worst else say.style.range.format(low=best, high=worst)


def _mg(mass: Masses | None, say: Wording) -> str:
    return say.text.unknown if mass is None else say.text.mass.format(mass=say.amount(mass))


def product_name(one: Compared, say: Wording) -> str:
    """What the label calls itself, and what its result is called."""
    name, product = (shortened(n, NAME_LENGTH) if n else None for n in (one.recorded.name, one.recorded.product))
    if name and product and name != product:
        return say.text.named_product.format(product=product, name=name)
    return product or name or say.text.no_name


def why(one: Compared, say: Wording) -> str:
    """Why a product is not ranked, with what of it says so."""
    recorded = one.recorded
    detail = recorded.error if one.why == "unreadable" else _letters(one, say)
    if one.why == "out-of-scope" and recorded.use and recorded.audience:
        use, audience = say.word("use", recorded.use), say.word("audience", recorded.audience)
        detail = say.text.product_kind.format(use=use, audience=audience)
    reason = say.word("not_compared", one.why or "")
    return say.text.seen_in.format(verdict=reason, codes=detail) if detail else reason


def shortfalls(one: Compared, say: Wording) -> Iterator[str]:
    """What keeps a product from the best that the guide gives: form, amount, intake, and findings that object."""
    text, grade = say.text, one.grade
    if grade is None:
        return
    if grade.form != IDEAL:
        yield text.lack.format(what=text.form_verdict, verdict=say.spanned(grade.form, "verdict"))
    if grade.limit != WITHIN:
        yield text.lack.format(what=text.limit_verdict, verdict=say.spanned(grade.limit, "limit"))
    if any(one.large):
        yield text.lack.format(
            what=text.intake_verdict, verdict=text.intake_lowers if all(one.large) else text.intake_may_lower
        )
    said = {*say.reasons.form, *say.reasons.limit, *say.reasons.intake}
    for code in dict.fromkeys(told.code for told in one.findings if told.code not in said):
        yield text.lack_code.format(title=title(code, say.lang), code=code) if code in codes() else code


def guide_line(comparison: Comparison, say: Wording) -> str:
    """The guide that the products are compared by."""
    return say.text.lack.format(what=say.text.guide, verdict=comparison.guide)


def _csv_row(one: Compared, comparison: Comparison, say: Wording) -> Iterator[str | int | float | None]:
    recorded, grade = one.recorded, one.grade
    yield from (one.rank, recorded.name, recorded.product, comparison.purpose)
    yield from (grade.best, grade.worst) if grade else (None, None)
    for mass in (recorded.intake.mg_per_day, recorded.intake.mg_per_intake):
        yield from (None, None) if mass is None else (float(mass.low), float(mass.high))
    yield ",".join(recorded.forms)
    yield from (grade.form, grade.limit) if grade else (None, None)
    yield "; ".join(shortfalls(one, say))
    yield None if one.why is None else why(one, say)


def _html_table(caption: str, head: Sequence[str], rows: Iterator[str]) -> str:
    heads = "".join(f'<th scope="col">{_shown(cell)}</th>' for cell in head)
    body = "\n".join(f"<tr>{row}</tr>" for row in rows)
    head_row = f"<caption>{_shown(caption)}</caption>\n<thead><tr>{heads}</tr></thead>"
    return f"<table>\n{head_row}\n<tbody>\n{body}\n</tbody>\n</table>"


def _html_ranked(ranked: Sequence[Compared], say: Wording) -> Iterator[str]:
    for one in ranked:
        letters, day, intake, forms, product = map(_shown, cells(one, say))
        numbers = "".join(f'<td class="n">{cell}</td>' for cell in (day, intake))
        yield (
            f'<td class="n">{one.rank}</td><td>{letters}</td>{numbers}<td>{forms}</td>'
            f'<th scope="row">{product}</th><td>{_html_lacks(one, say)}</td>'
        )


def _html_others(others: Sequence[Compared], say: Wording) -> Iterator[str]:
    for one in others:
        lacks = _html_lacks(one, say) if one.grade else ""
        yield f'<th scope="row">{_shown(product_name(one, say))}</th><td>{_shown(why(one, say))}</td><td>{lacks}</td>'


def _html_lacks(one: Compared, say: Wording) -> str:
    lacks = [f"<li>{_shown(lack)}</li>" for lack in shortfalls(one, say)]
    return f"<ul>{''.join(lacks)}</ul>" if lacks else _shown(say.text.lacks_nothing)


def _shown(text: str) -> str:
    """A text as HTML shows it: escaped, without characters that change how others are shown."""
    return escape(safe(text))
