"""Pages of a PDF in a report: pictured small, marked where the evidence stands, and left out where they cannot be."""

from __future__ import annotations

import base64
import random
import re
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from mglabel import analyze_file
from mglabel.documents.page_pictures import MOST_BYTES, encoded, page_pictures
from mglabel.reports.html.page import report_page
from mglabel.reports.html.pages import MOST_PAGES
from mglabel.reports.page_words import page_words
from report_pages import Page

FIXTURES = Path(__file__).parents[1] / "fixtures" / "pdf"


def report(name: str, lang: str = "en") -> tuple[str, bytes]:
    data = (FIXTURES / f"{name}.pdf").read_bytes()
    return report_page(analyze_file(data, name=f"{name}.pdf"), lang, data), data


def test_pages_are_pictured_with_their_boxes() -> None:
    markup, data = report("leaflet-dose-on-page-two-sv")
    found = analyze_file(data)
    page = Page(markup)
    boxes = [held for held in page.all("a") if "box" in (held.get("class") or "").split()]
    assert {held["href"] for held in boxes} <= {f"#{one}" for one in page.ids}
    assert all(held.get("aria-label") for held in boxes if "id" in held)
    assert len({held["id"] for held in boxes if "id" in held}) == len({held["href"] for held in boxes})
    for uri in (img["src"] or "" for img in page.all("img")):
        picture = base64.b64decode(uri.partition(",")[2])
        assert len(picture) <= MOST_BYTES
        Image.open(BytesIO(picture)).verify()
    frames = [svg["viewbox"] for svg in page.all("svg") if "viewbox" in svg]
    assert len(frames) == len(page.all("img"))
    piece = found.evidence(found.intake.spans)[0]
    assert piece.boxes
    assert f'x="{round(piece.boxes[0][0] - 1.5, 1)}"' in markup
    assert '<details class="text">' in markup


def test_a_long_file_shows_some_of_its_pages_and_says_so() -> None:
    markup, _ = report("catalogue-forty-pages-en", "da")
    assert len(Page(markup).all("img")) == MOST_PAGES
    assert re.search(page_words("da").text.pages_left_out.replace("{count}", r"\d+"), markup)
    assert len(markup) < 600_000


def test_without_the_file_or_where_it_cannot_be_drawn_the_text_is_shown() -> None:
    data = (FIXTURES / "table-ruled-fi.pdf").read_bytes()
    found = analyze_file(data)
    assert "<img" not in found.to_html()
    broken = found.to_html(data=b"%PDF-1.7 nothing")
    assert "<img" not in broken
    assert '<a class="mark' in broken


def test_a_locked_file_is_drawn_with_its_password() -> None:
    name = next(FIXTURES.glob("encrypted-*password*.pdf")).name
    data = (FIXTURES / name).read_bytes()
    assert "<img" in analyze_file(data).to_html(data=data)


@pytest.mark.parametrize("size", [(40, 40), (1200, 1600), (3000, 2000)])
def test_any_picture_is_made_small_enough(size: tuple[int, int]) -> None:
    noise = Image.frombytes("RGB", size, random.Random(1).randbytes(size[0] * size[1] * 3))
    media, data = encoded(noise)
    assert len(data) <= MOST_BYTES
    with Image.open(BytesIO(data)) as image:
        assert f"image/{(image.format or '').lower()}" == media


def test_pages_that_are_not_there_are_left_out() -> None:
    data = (FIXTURES / "table-ruled-fi.pdf").read_bytes()
    assert [picture.page for picture in page_pictures(data, [0, 1, 99])] == [1]


def test_a_picture_is_its_own_page() -> None:
    written = BytesIO()
    Image.new("RGB", (300, 200), "white").save(written, "PNG")
    (picture,) = page_pictures(written.getvalue(), [1])
    assert (picture.width, picture.height) == (300, 200)
