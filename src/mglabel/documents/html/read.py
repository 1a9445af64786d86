"""The door for HTML: a page or fragment as one Document, by what a reader sees, else by what it says for machines."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence

from mglabel.documents.document import Document, Element, Heading
from mglabel.documents.html.charset import decoded
from mglabel.documents.html.flow import Flow, Line, Piece, assembled
from mglabel.documents.html.level import path_to
from mglabel.documents.html.page import Page
from mglabel.documents.html.schema import Entry, entries
from mglabel.documents.html.sniff import looks_like_html
from mglabel.documents.html.walk import Reader, View
from mglabel.values.errors import UnreadableDocument

MAX_BYTES = 5_000_000
_HEADING = re.compile(r"\bh([1-6])\b")
_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")


def read_html(given: str | bytes, max_bytes: int = MAX_BYTES, tells: Callable[[str], bool] | None = None) -> Document:
    """The text of a page or fragment as its reader sees it, with the element that each character comes from.

    `tells` says of a text whether it holds what is looked for. Where what the page shows does not, the schema.org data
    of its product are added; where the page shows no text at all, what it set aside or hid is read.

    >>> document = read_html("<h1>Magnesium</h1><table><tr><td>Magnesium<td>3<b>75</b>&nbsp;mg</table>")
    >>> document.text
    'Magnesium\\nMagnesium\\t375 mg'
    >>> [element.path for element in document.elements][-2:]
    ['body > table > tbody > tr > td:nth-of-type(2) > b', 'body > table > tbody > tr > td:nth-of-type(2)']
    """
    page = Page(_source(given, max_bytes))
    first: Document | None = None
    for lines in _candidates(page):
        text, elements, headings = assembled(lines)
        if not text:
            continue
        ranked = tuple(Heading(start, end, _rank(_path_at(elements, start))) for start, end in headings)
        document = Document(text=text, kind="html", elements=elements, headings=ranked)
        if tells is None or tells(text):
            return document
        first = first or document
    if first is None:
        raise UnreadableDocument("no-text", "the HTML holds no text for a reader")
    return first


def _path_at(elements: Sequence[Element], start: int) -> str:
    return elements[bisect_right(elements, start, key=lambda element: element.start) - 1].path


def _rank(path: str) -> int:
    """The rank of a heading by the element that it stands in, 1 where that is none of the heading elements."""
    found = _HEADING.search(path)
    return int(found[1]) if found else 1


def _source(given: str | bytes, max_bytes: int) -> str:
    """The HTML as text; raises where it is none, nothing or too much."""
    if not isinstance(given, str | bytes | bytearray | memoryview):
        raise UnreadableDocument("unsupported-type", f"HTML is read from str or bytes, not from {type(given).__name__}")
    data = given if isinstance(given, str) else bytes(given)
    if not data:
        raise UnreadableDocument("empty-file", "the HTML is empty")
    size = len(data)
    if isinstance(data, str) and size <= max_bytes < size * 4 and not data.isascii():
        size = len(data.encode("utf-8", "surrogatepass"))
    if size > max_bytes:
        raise UnreadableDocument(
            "too-large", f"the HTML is longer than the limit of {max_bytes} bytes; raise the limit (max_bytes)"
        )
    text = data if isinstance(data, str) else decoded(data)
    return text.translate(_SURROGATES).lstrip("\ufeff") if not text.isascii() else text


def _candidates(page: Page) -> Iterator[list[Line]]:
    """What may be the label, the likeliest first; what the page hides or sets aside only where it shows nothing."""
    reader = Reader(page, View(main_only=_main_holds_name(page)))
    shown = reader.lines()
    name = [] if reader.read_name else _title_lines(page, shown)
    visible = [*name, *shown] if shown else []
    yield visible
    listed = _entries(page, reader, name, shown)
    yield [*visible, *listed]
    if not visible and not listed:
        for view in (View(main_only=False, elsewhere=True), View(main_only=False, elsewhere=True, hidden=True)):
            yield Reader(page, view).lines()
        yield _title_lines(page, [])


def _main_holds_name(page: Page) -> bool:
    """Whether the page has a main part, and its name, if it has one, stands there."""
    mains = page.find("main, [role=main]")
    return bool(mains) and (not page.has_name or any(page.holds_name(main) for main in mains))


def _title_lines(page: Page, shown: list[Line]) -> list[Line]:
    """The name in the page's head as a heading, unless the page shows it."""
    title = page.title() if page.is_whole else None
    if title is None or _shows(shown, title[0]):
        return []
    flow = Flow()
    flow.add(title[0], path_to(title[1]), heading=True)
    return flow.ended()


def _shows(shown: list[Line], name: str) -> bool:
    """Whether a name stands in one of the first lines."""
    return any(name.casefold() in line.text.casefold() for line in shown[:200])


# -- data for machines -------------------------------------------------------------------------------------------------


def _entries(page: Page, reader: Reader, title: list[Line], shown: list[Line]) -> list[Line]:
    """The lines of the products in the page's data, each under its name, unless it is one whose name is shown."""
    node = next((n for n in page.find("h1") if page.holds_name(n)), None) if reader.read_name else None
    name = " ".join((node.text() or "").split()) if node is not None else " ".join(line.text for line in title)
    if not name and (title_of_head := page.title()) is not None:
        name = title_of_head[0]
    found = entries(page, name)
    lines: list[Line] = []
    for entry in found:
        path = path_to(entry.node)
        if entry.name and (len(found) > 1 or not _shows(shown, entry.name)):
            lines.append(Line([Piece(" ".join(html.unescape(entry.name).split()), path)], heading=True))
        lines += _fact_lines(entry, path)
    return lines


def _fact_lines(entry: Entry, path: str) -> Iterator[Line]:
    """One line a fact, "name TAB value"; texts of several lines as they are."""
    for label, value in entry.facts:
        lines = [line for line in _value_lines(value, path) if line.pieces]
        if label and lines:
            first = Line([Piece(label, path)])
            first.append("\t", lines[0])
            lines[0] = first
        yield from lines


def _value_lines(value: str, path: str) -> list[Line]:
    """The lines of a value that may be HTML, HTML written in entities, or plain text."""
    plain = value if looks_like_html(value) else html.unescape(value)
    if looks_like_html(plain):
        lines = Reader(Page(plain), View(main_only=False)).lines()
        return [Line([Piece(line.text, path)], line.heading) for line in lines if line.pieces]
    flow = Flow()
    flow.add(plain, path, breaks=True)
    return flow.ended()
