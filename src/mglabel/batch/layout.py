"""Which columns of a table hold the label, by what the caller says or by what the header tells, and rows as items."""

from __future__ import annotations

import difflib
import html
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mglabel.batch.formats.record import Record, Table
from mglabel.batch.items import FAILED, HTML, TEXT, Item
from mglabel.tables.exports import Recognised, plain, recognised
from mglabel.values.errors import MglabelError

NO_TEXT = "no-text"

_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,1000}>|&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,31});|<!--")
# A line break between a tag and a text is one of the source, not of the page.
_BREAK = re.compile(r"(?<![>\s])[ \t]{0,20}\r?\n[ \t]{0,20}(?![<\s])")


class Columns(NamedTuple):
    """The columns that the caller names; none: they are told by the header."""

    id: str | None = None
    text: tuple[str, ...] = ()
    html: tuple[str, ...] = ()

    @property
    def are_named(self) -> bool:
        """Whether the caller says where the label stands."""
        return bool(self.text or self.html)


class Layout(NamedTuple):
    """What is read of a table: texts, then HTML, as one label; of the columns of ids the first that is filled in."""

    kind: str
    ids: tuple[str, ...]
    texts: tuple[str, ...]
    htmls: tuple[str, ...]
    known: Recognised | None = None


def layout_of(name: str, table: Table, columns: Columns) -> Layout:
    """The layout of a table; raises `MglabelError` naming what is missing and what is there."""
    header = table.columns
    if columns.are_named:
        there = (*filter(None, [columns.id]), *columns.text, *columns.html)
        own = {column: _found(name, column, header) for column in there}
        texts, htmls = (tuple(own[c] for c in group) for group in (columns.text, columns.html))
        return Layout("named", (own[columns.id],) if columns.id else (), texts, htmls)
    known = recognised(header)
    if known is None:
        raise MglabelError(
            f"{name}: no known kind of product table; say which column holds the label with --text-column or"
            f" --html-column. {_there(header)}"
        )
    ids = (_found(name, columns.id, header),) if columns.id else known.id
    return Layout(known.export.name, ids, known.text, known.html, known)


def items(name: str, table: Table, layout: Layout) -> Iterator[Item]:
    """A table as items, one for each label, in order; `name` is the file that they come from."""
    known = layout.known
    beside = (known.same, known.marked, *known.blank) if known else ()
    wanted = [c for c in dict.fromkeys((*layout.ids, *layout.texts, *layout.htmls, *beside)) if c is not None]
    at = {column: place for place, column in enumerate(wanted)}
    before: str | None = None
    for record in table.records(wanted):
        if known and not record.reason and _continues(record, known, at, before):
            continue
        before = record.cells[at[known.same]] if known and known.same else None
        yield _item(name, record, layout, at)


def _item(name: str, record: Record, layout: Layout, at: dict[str, int]) -> Item:
    ids = ((record.cells[at[column]] or "").strip() for column in layout.ids)
    id_ = next(filter(None, ids), f"{name}#{record.number}")
    if record.reason:
        return Item(id_, name, FAILED, record.message, record.weight, record.reason)
    texts = [cell for column in layout.texts if (cell := record.cells[at[column]])]
    htmls = [cell for column in layout.htmls if (cell := record.cells[at[column]])]
    if layout.known:
        htmls = [_as_shown(cell, layout.known) for cell in htmls]
    kind, content = composed(texts, htmls)
    if not content.strip():
        return Item(id_, name, FAILED, f"row {record.number} holds no text for a label", record.weight, NO_TEXT)
    return Item(id_, name, kind, content, record.weight)


def composed(texts: Sequence[str], htmls: Sequence[str]) -> tuple[str, str]:
    """Kind and content of the parts of one label; without any tag it is plain text.

    >>> composed(["Magnesium"], ["200 mg\\na tablet"])
    ('text', 'Magnesium\\n200 mg\\na tablet')
    >>> composed(["Mg & C"], ["<p>200 mg</p>"])
    ('html', '<p>Mg &amp; C</p>\\n<div><p>200 mg</p></div>')
    """
    if not any(map(_TAG.search, htmls)):
        return TEXT, "\n".join((*texts, *htmls))
    shown = (html.escape(text, quote=False).replace("\n", "<br>") for text in texts)
    return HTML, "\n".join((*(f"<p>{text}</p>" for text in shown), *(f"<div>{part}</div>" for part in htmls)))


def _as_shown(cell: str, known: Recognised) -> str:
    """A cell as the page of the shop shows it."""
    if known.export.escapes:
        cell = cell.replace("\\n", "\n")
    return _BREAK.sub("<br>\n", cell) if known.export.lines and _TAG.search(cell) else cell


def _continues(record: Record, known: Recognised, at: dict[str, int], before: str | None) -> bool:
    """Whether a row is a variant or a picture of the product of the row before."""
    cells = record.cells
    if not known.blank or any((cells[at[column]] or "").strip() for column in known.blank):
        return False
    if known.export.marked is not None:
        words = (cells[at[known.marked]] or "").split(",") if known.marked else []
        return any(word.strip() in known.export.marked.words for word in words)
    return known.same is not None and (cells[at[known.same]] or before) == before


def _found(name: str, column: str, header: Sequence[str]) -> str:
    """A column that the caller names, as the table calls it."""
    if column in header:
        return column
    alike = [one for one in header if plain(one) == plain(column)]
    if len(alike) == 1:
        return alike[0]
    near = difflib.get_close_matches(plain(column), [plain(one) for one in header], 1, 0.5)
    nearest = next((one for one in header if near and plain(one) == near[0]), None)
    meant = f"; did you mean {nearest!r}?" if nearest else "."
    raise MglabelError(f"{name}: no column {column!r}{meant} {_there(header)}")


def _there(header: Sequence[str]) -> str:
    return f"The columns are: {', '.join(header)}" if header else "It has no header."


def is_known_table(header: tuple[str, ...]) -> bool:
    """Whether a header is that of an export, and not one of any text with tabs."""
    found = recognised(header)
    return found is not None and bool(found.export.with_)
