"""Pictures and scans: recognised with the extra, refused by naming it without; nothing unsure becomes a fact."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

import mglabel
from mglabel.documents.limits import Limits
from mglabel.documents.ocr import models, pictures, reader
from mglabel.documents.pdf import reader as pdf_reader

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures" / "pdf"
SCAN = FIXTURES / "scan-image-only-de.pdf"
LABEL = ("Magnesiumcitrat, kosttilskud", "Pr. 2 kapsler: Magnesium 300 mg (80 %)", "Dosis: 2 kapsler dagligt")

with_extra = pytest.mark.skipif(not models.is_installed(), reason="needs the extra ocr")


def drawn(lines: tuple[str, ...] = LABEL, size: int = 32, **options: object) -> Image.Image:
    """A label as a picture, in Pillow's own font."""
    font = ImageFont.load_default(size)
    picture = Image.new("RGB", (900, 60 * len(lines) + 60), "white")
    for at, line in enumerate(lines):
        ImageDraw.Draw(picture).text((40, 40 + 60 * at), line, fill="black", font=font)
    return picture


def saved(picture: Image.Image, form: str = "PNG", **options: object) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, form, **options)
    return stream.getvalue()


@pytest.fixture
def without_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (reader, pdf_reader):
        monkeypatch.setattr(module, "is_installed", lambda: False)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "TIFF", "BMP", "GIF"])
def test_without_the_extra_the_error_names_it(form: str, without_extra: None) -> None:
    with pytest.raises(mglabel.UnreadableDocument) as caught:
        mglabel.analyze_file(saved(Image.new("RGB", (30, 20)), form), isolate=False)
    assert caught.value.reason == "unsupported-type"
    assert "pip install mglabel[ocr]" in str(caught.value)


@pytest.mark.parametrize(("file", "reason"), [(SCAN, "scanned"), (FIXTURES / "artwork-outlined-fr.pdf", "outlined")])
def test_without_the_extra_a_scan_names_it(file: Path, reason: str, without_extra: None) -> None:
    with pytest.raises(mglabel.UnreadableDocument) as caught:
        mglabel.analyze_file(file, isolate=False)
    assert caught.value.reason == reason
    assert "pip install mglabel[ocr]" in str(caught.value)


def test_recognising_can_be_turned_off() -> None:
    limits = Limits(max_pictures=0)
    with pytest.raises(mglabel.UnreadableDocument) as caught:
        mglabel.analyze_file(SCAN, limits=limits)
    assert caught.value.reason == "scanned"
    with pytest.raises(mglabel.UnreadableDocument) as caught:
        mglabel.analyze_file(saved(drawn()), limits=limits)
    assert caught.value.reason == "unsupported-type"


def test_a_picture_is_told_by_its_content() -> None:
    blank = Image.new("RGB", (30, 20))
    assert all(pictures.looks_like_picture(saved(blank, form)) for form in ("PNG", "JPEG", "WEBP", "TIFF", "BMP"))
    assert not any(map(pictures.looks_like_picture, (b"", b"BMI 22", b"RIFF", b"%PDF-1.4", b"Magnesium 100 mg")))


def test_size_is_checked_before_decoding() -> None:
    bomb = saved(Image.new("1", (20_000, 20_000)))
    with pytest.raises(mglabel.UnreadableDocument) as caught:
        list(pictures.pictures_in(bomb, Limits()))
    assert caught.value.reason == "too-large"


@pytest.mark.parametrize("cut", [12, 60, 400])
@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "TIFF", "GIF"])
def test_damaged_pictures_say_so(form: str, cut: int) -> None:
    data = saved(drawn(), form)[:cut]
    with pytest.raises(mglabel.UnreadableDocument) as caught:
        list(pictures.pictures_in(data, Limits()))
    assert caught.value.reason == "damaged"


@pytest.mark.parametrize(
    "picture",
    [
        pytest.param(lambda: drawn().convert("L"), id="grey"),
        pytest.param(lambda: drawn().convert("1"), id="black and white"),
        pytest.param(lambda: drawn().convert("P"), id="palette"),
        pytest.param(lambda: drawn().convert("L").convert("I;16").point(lambda value: value * 256), id="16 bits"),
        pytest.param(lambda: _on_nothing(), id="transparent"),
    ],
)
def test_every_mode_is_shown_on_white(picture: Callable[[], Image.Image]) -> None:
    ((shown, scale),) = pictures.pictures_in(saved(picture()), Limits())
    assert (shown.mode, scale) == ("RGB", 1.0)
    assert shown.getpixel((2, 2)) == (255, 255, 255)
    assert shown.convert("L").getextrema()[0] < 60


def _on_nothing() -> Image.Image:
    picture = Image.new("RGBA", (900, 240), (0, 0, 0, 0))
    ImageDraw.Draw(picture).text((40, 40), LABEL[0], fill="black", font=ImageFont.load_default(32))
    return picture


def test_turned_pictures_are_shown_upright_and_large_ones_smaller() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    ((shown, scale),) = pictures.pictures_in(saved(Image.new("RGB", (6000, 1000)), "JPEG", exif=exif), Limits())
    assert shown.size == (500, 3000)
    assert scale == 0.5


@with_extra
@pytest.mark.parametrize("turn", [0, 90, 180, -2.5])
def test_a_picture_is_read_whichever_way_it_is_turned(turn: float) -> None:
    picture = drawn().rotate(turn, expand=True, fillcolor="white", resample=Image.Resampling.BICUBIC)
    analysis = mglabel.analyze_file(saved(picture))
    assert analysis.kind == "image"
    assert analysis.to_dict()["elemental_mg_per_day"] == {"low": 300, "high": 300}
    assert [source.form for source in analysis.sources] == ["citrate"]
    assert "MG904" in [finding.code for finding in analysis.findings]


@with_extra
def test_evidence_has_its_box_in_pixels() -> None:
    analysis = mglabel.analyze_file(saved(drawn()))
    (evidence,) = analysis.evidence(analysis.sources[0].spans)[:1]
    assert evidence.text == "Magnesiumcitrat"
    assert evidence.page == 1
    ((left, top, right, bottom),) = evidence.boxes
    assert left == pytest.approx(40, abs=8)
    assert 200 < right < 320
    assert 35 < top < 50 < 60 < bottom < 85


@with_extra
def test_a_scan_in_a_pdf_is_read_in_the_worker() -> None:
    analysis = mglabel.analyze_file(SCAN)
    assert analysis.to_dict()["elemental_mg_per_day"] == {"low": 65, "high": 65}
    assert [(f.code, f.params["pages"]) for f in analysis.findings if f.code.startswith("MG9")] == [("MG904", ("1",))]


@with_extra
def test_what_cannot_be_made_out_gives_no_number() -> None:
    small = drawn().resize((220, 58), Image.Resampling.BILINEAR)
    analysis = mglabel.analyze_file(saved(small, "JPEG", quality=12))
    day = analysis.to_dict()["elemental_mg_per_day"]
    assert day is None or day == {"low": 300, "high": 300}


@with_extra
def test_a_percentage_that_disagrees_leaves_no_certain_number() -> None:
    lines = ("Magnesiumcitrat", "2 kapsler: Magnesium 300 mg (57 %)", "Dosis: 2 kapsler dagligt")
    analysis = mglabel.analyze_file(saved(drawn(lines)))
    assert analysis.to_dict()["elemental_mg_per_day"] is None


@with_extra
def test_a_picture_without_letters_says_so() -> None:
    with pytest.raises(mglabel.UnreadableDocument) as caught:
        mglabel.analyze_file(saved(Image.new("RGB", (400, 300), "grey")))
    assert caught.value.reason == "no-text"


@with_extra
def test_the_models_stay_where_they_are() -> None:
    assert models.models() is models.models()
