"""Known tables and texts set anyhow: the same rows come out, whatever the size, direction, order and boldness.

`MGLABEL_EXAMPLES` sets how many pages each property tries; every run tries the same ones, and a deep run others.
"""

from __future__ import annotations

import os
from math import cos, isnan, radians, sin
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mglabel.documents.document import Document
from mglabel.documents.pdf.reader import read_pdf
from mglabel.values.evidence import Span
from small_pdfs import many_pages, one_page, pdf, text_at, width

DEEP = "MGLABEL_EXAMPLES" in os.environ
EXAMPLES = int(os.environ.get("MGLABEL_EXAMPLES", "40"))
FIXTURES = Path(__file__).resolve().parent.parent / "fixtures" / "pdf"
SIDE = 1400
"""Of the page; what is set is turned about its middle."""

tried = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=not DEEP,
    database=None,
    suppress_health_check=list(HealthCheck),
)

Rows = list[list[str]]
WORDS = "Magnesium Zink Vitamin Jod Kalium Bisglycinat Selen Folat Chrom Eisen citrat oxid malat".split()
names = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)
numbers = st.integers(1, 1500).map(str) | st.sampled_from(["1,4", "0.8", "187,5"])
amounts = st.builds("{} {}".format, numbers, st.sampled_from(["mg", "µg", "g", "%"]))


@st.composite
def tables(draw: st.DrawFn) -> Rows:
    """Rows of a name and its amounts."""
    columns = draw(st.integers(1, 3))
    return [[draw(names), *(draw(amounts) for _ in range(columns))] for _ in range(draw(st.integers(2, 7)))]


class Style:
    """How a table is set."""

    def __init__(self, draw: st.DrawFn, turns: st.SearchStrategy[float]) -> None:
        self.size = draw(st.floats(4, 18))
        self.leading = draw(st.floats(1.15, 3))
        self.gap = draw(st.floats(1.3, 8))
        self.turn = draw(turns)
        self.bold = draw(st.sampled_from([0, 0, 0.02, 0.05, 0.08]))
        self.flush_right = draw(st.booleans())
        self.random = draw(st.randoms(use_true_random=False))
        self.order = draw(st.sampled_from(["rows", "columns", "backwards", "anyhow"]))

    def content(self, rows: Rows) -> bytes:
        """The operators that set rows of cells."""
        placed = list(self._placed(rows))
        if self.order == "columns":
            placed.sort(key=lambda cell: cell[1])
        elif self.order == "backwards":
            placed.reverse()
        elif self.order == "anyhow":
            self.random.shuffle(placed)
        shifts = [0.0, self.bold] if self.bold else [0.0]
        return b"".join(self._turned(text, x + shift * self.size, y) for text, x, y in placed for shift in shifts)

    def _placed(self, rows: Rows) -> list[tuple[str, float, float]]:
        x, placed = 0.0, []
        for column in zip(*rows, strict=True):
            broad = max(width(cell, self.size) for cell in column)
            for at, cell in enumerate(column):
                shift = broad - width(cell, self.size) if self.flush_right and x else 0
                placed.append((cell, x + shift, -at * self.leading * self.size))
            x += broad + self.gap * self.size
        return [(text, left - x / 2, y) for text, left, y in placed]

    def _turned(self, text: str, x: float, y: float) -> bytes:
        across, up = cos(radians(self.turn)), sin(radians(self.turn))
        return text_at(text, SIDE / 2 + x * across - y * up, SIDE / 2 + x * up + y * across, self.size, self.turn)


RIGHT_ANGLES = st.sampled_from([0, 90, 180, 270])
TILTS = st.floats(-180, 180)


def read(content: bytes) -> Document:
    return read_pdf(pdf(one_page(content, box=b"[0 0 %d %d]" % (SIDE, SIDE))), lambda text: True)


def expected(rows: Rows) -> str:
    return "\n".join("\t".join(row) for row in rows)


@tried
@given(st.data(), tables())
def test_a_table_comes_out_row_by_row_however_it_is_set(data: st.DataObject, rows: Rows) -> None:
    style = Style(data.draw, RIGHT_ANGLES)
    assert read(style.content(rows)).text == expected(rows), vars(style)


@tried
@given(st.data(), tables())
def test_a_table_set_aslant_comes_out_row_by_row(data: st.DataObject, rows: Rows) -> None:
    style = Style(data.draw, TILTS)
    assert read(style.content(rows)).text == expected(rows), vars(style)


@tried
@given(st.data(), tables())
def test_what_is_drawn_twice_is_read_once(data: st.DataObject, rows: Rows) -> None:
    style = Style(data.draw, RIGHT_ANGLES)
    content = style.content(rows)
    once, twice = read(content), read(content * data.draw(st.integers(2, 4)))
    assert twice.text == once.text
    assert [page.boxes.tobytes() for page in twice.pages] == [page.boxes.tobytes() for page in once.pages]
    assert twice.troubles == once.troubles


@tried
@given(st.data(), tables())
def test_every_character_has_a_box_on_the_page_and_evidence_holds_them(data: st.DataObject, rows: Rows) -> None:
    document = read(Style(data.draw, RIGHT_ANGLES | TILTS).content(rows))
    boxes_are_true(document, SIDE, SIDE)
    start = data.draw(st.integers(0, len(document.text) - 1))
    end = data.draw(st.integers(start + 1, len(document.text)))
    (evidence,) = document.evidence([Span(start, end)])
    held = evidence.boxes or ()
    for at in range(start, end):
        left, top, right, bottom = document.pages[0].boxes[4 * at : 4 * at + 4]
        if not isnan(left):
            assert any(b[0] <= (left + right) / 2 <= b[2] and b[1] <= (top + bottom) / 2 <= b[3] for b in held)


def boxes_are_true(document: Document, right_side: float, bottom_side: float) -> None:
    """Each character that is no blank put in has a box, and the box lies on the page."""
    ends = [page.start for page in document.pages[1:]] + [len(document.text) + 2]
    for page, end in zip(document.pages, ends, strict=True):
        text = document.text[page.start : end - 2]
        assert len(page.boxes) >= 4 * len(text)
        for at, letter in enumerate(text):
            left, top, right, bottom = page.boxes[4 * at : 4 * at + 4]
            assert isnan(left) == letter.isspace()
            if not isnan(left):
                assert -1 < left < right < right_side + 1
                assert -1 < top < bottom < bottom_side + 1


@tried
@given(st.lists(st.lists(names, min_size=1, max_size=4), min_size=2, max_size=8))
def test_pages_come_one_after_the_other(pages: Rows) -> None:
    contents = [
        b"".join(text_at(line, 50, 800 - 40 * at, 10) for at, line in enumerate([f"Page {number}", *lines]))
        for number, lines in enumerate(pages)
    ]
    document = read_pdf(pdf(many_pages(contents)), lambda text: True)
    assert document.text == "\n\n".join("\n".join([f"Page {at}", *lines]) for at, lines in enumerate(pages))
    assert document.page_numbers == tuple(range(1, len(pages) + 1))
    boxes_are_true(document, 595, 842)


LINE = (
    "Take two tablets of magnesium citrate every day with a glass of water after a meal and keep the pack dry, "
    "cool and out of reach of children"
)


@tried
@given(TILTS | st.sampled_from([0, 90, 180, 270]).flatmap(lambda turn: st.floats(turn - 0.5, turn + 0.5)))
def test_long_lines_that_lean_stay_whole(turn: float) -> None:
    across, up = cos(radians(turn)), sin(radians(turn))
    places = [(SIDE / 2 - 250 * across + at * 14 * up, SIDE / 2 - 250 * up - at * 14 * across) for at in range(2)]
    content = b"".join(text_at(text, *places[at], 8, turn) for at, text in enumerate([LINE, LINE.upper()]))
    assert read(content).text == f"{LINE}\n{LINE.upper()}"


@pytest.mark.parametrize(
    "name",
    ["table-ruled-fi", "leaflet-two-columns-da", "rotate-flag-three-pages-it", "artwork-sideways-and-upside-down-en"],
)
def test_boxes_are_where_pdfplumber_finds_the_same_character(name: str) -> None:
    import pdfplumber

    file = FIXTURES / f"{name}.pdf"
    document = read_pdf(file.read_bytes(), lambda text: True)
    with pdfplumber.open(file) as pages:
        seen = [{(c, char["x0"], char["top"]) for char in page.chars for c in char["text"]} for page in pages.pages]
    assert document.page_numbers is not None
    for at, page in enumerate(document.pages):
        end = document.pages[at + 1].start - 2 if at + 1 < len(document.pages) else len(document.text)
        for place in range(end - page.start):
            left, top = page.boxes[4 * place : 4 * place + 2]
            if not isnan(left):
                letter = document.text[page.start + place]
                found = (where for where in seen[page.number - 1] if where[0] == letter)
                assert any(abs(x - left) < 0.01 and abs(y - top) < 0.01 for _, x, y in found)
