"""The rows of the overview's table as HTML, one at a time; all that comes from labels is escaped."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from html import escape
from urllib.parse import quote

from mglabel.reports.html.escaping import shown
from mglabel.reports.html.svg import Markup
from mglabel.reports.layout import shortened
from mglabel.reports.overview.rows import UNREAD, Row, listed
from mglabel.reports.overview.words import Words
from mglabel.tables.messages import codes, title
from mglabel.tables.phrasing import form_name

NAME_LENGTH, ID_LENGTH, MESSAGE_LENGTH, FORM_LENGTH = 70, 90, 200, 40


def row_html(row: Row, limit: Decimal, words: Words) -> Markup:
    """One row: product, grade, dose, forms, and what it comes to."""
    cells = (_dose(row, limit, words), f"<td>{_forms(row, words)}</td>", f"<td>{_state(row, words)}</td>")
    grade = f"<td>{grade_html(row.grade, words) if row.error is None else ''}</td>"
    return Markup(f'<tr><th scope="row">{_product(row, words)}</th>{grade}{"".join(cells)}</tr>\n')


def grade_html(grade: tuple[str, str] | None, words: Words) -> Markup:
    """The letter, or the span of letters, as a badge."""
    if grade is None:
        return Markup(f'<b class="g">{_text(words.text.none)}</b>')
    best, worst = grade
    tone = f" l-{_text(best.lower())}" if best == worst else ""
    return Markup(f'<b class="g{tone}">{_text(span(grade))}</b>')


def span(grade: tuple[str, str]) -> str:
    """A grade in few characters.

    >>> span(("B", "D")), span(("A", "A"))
    ('B–D', 'A')
    """
    return "–".join(dict.fromkeys(grade))


def coded(code: str, words: Words) -> str:
    """A finding by its title and code."""
    return words.text.coded.format(title=title(code, words.say.lang), code=code) if code in codes() else code


def _product(row: Row, words: Words) -> str:
    name = shortened(row.product or row.id, NAME_LENGTH) or words.text.no_name
    text = f"<bdi>{_text(name)}</bdi>"
    # One of ours is plain ASCII; of a results file from elsewhere nothing may become another kind of address.
    said = f'<a href="{quote(row.report, safe="/")}">{text}</a>' if row.report else text
    beside = [shortened(row.id, ID_LENGTH)] if row.product and row.id != row.product else []
    if row.product_index is not None and row.product_index > 1:
        beside.append(words.text.nth_product.format(number=row.product_index))
    return said + (f"<small><bdi>{_text(', '.join(beside))}</bdi></small>" if beside else "")


def _dose(row: Row, limit: Decimal, words: Words) -> str:
    if row.error is not None:
        return "<td></td>"
    dose = row.dose
    said = "" if dose is None else words.say.amount(dose)
    stands = row.stands(limit)
    verdict = words.word("limit", stands) if stands else ""
    small = f"<small>{_text(verdict)}</small>" if verdict else ""
    return f"<td>{said}{small}</td>" if dose is None else f'<td data-v="{float(dose.high):g}">{_text(said)}{small}</td>'


def _forms(row: Row, words: Words) -> str:
    return _text(", ".join(_form(form, words.say.lang) for form in listed(row.sources)))


@lru_cache(maxsize=1000)
def _form(form: str, lang: str) -> str:
    return shortened(form_name(form, lang), FORM_LENGTH)


def _state(row: Row, words: Words) -> str:
    """The status, and below it the objections, or why the label could not be read."""
    status = row.status
    badge = f'<b class="s {status}">{_text(words.word("status", status))}</b>'
    if status == UNREAD:
        why = words.text.failure.format(reason=words.reason(row.error or ""), code=row.error)
        message = f"<small>{_text(shortened(row.error_message, MESSAGE_LENGTH))}</small>" if row.error_message else ""
        return f"{badge} {_text(why)}{message}"
    return f"{badge} {_text('; '.join(coded(code, words) for code in listed(row.objections)))}".strip()


def _text(text: str) -> str:
    return escape(shown(text), quote=True)
