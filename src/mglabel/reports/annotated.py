"""The evidence of an analysis drawn on the pages of its PDF, as one PDF of pictures or as PNG pictures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

from mglabel.analysis.result import Analysis
from mglabel.documents.isolation import run_isolated
from mglabel.documents.limits import Limits
from mglabel.documents.pdf.marking import Mark, marked_pages
from mglabel.tables.phrasing import form_name
from mglabel.values.errors import MglabelError
from mglabel.values.evidence import Box, Evidence

_SOURCE, _AMOUNT, _DOSE = (0, 110, 60), (0, 75, 170), (125, 60, 160)
_FINDING = {"error": (190, 0, 0), "warning": (200, 80, 0)}
"""Colours; findings of a lighter severity are not drawn, since they point at the same places again."""
_DOTS_PER_INCH = 144


def annotate(
    analyses: Sequence[Analysis], data: bytes, target: Path, password: str | None = None, lang: str = "en"
) -> list[Path]:
    """Draw the evidence of the analyses of one PDF and write it to `target`, a name in .pdf or .png.

    Gives the files written: one PDF, or a PNG for every page with evidence. Raises `MglabelError` where there is
    nothing to draw on, or another kind of file is asked for.
    """
    kind = target.suffix.lower()
    if kind not in (".pdf", ".png"):
        raise MglabelError(f"evidence is drawn into a .pdf or .png file, not {target.suffix or 'one without an ending'}")
    marks = _marks(analyses, lang)
    if not marks:
        raise MglabelError("there is no evidence on a page of a PDF to draw")
    limits = Limits()
    pictures = run_isolated(marked_pages, data, marks, password, limits, limits=limits)
    if kind == ".pdf":
        target.write_bytes(_pdf(pictures))
        return [target]
    names = [target] if len(pictures) == 1 else [target.with_stem(f"{target.stem}-{page}") for page in marks]
    for name, picture in zip(names, pictures, strict=True):
        name.write_bytes(picture)
    return names


def _marks(analyses: Sequence[Analysis], lang: str) -> dict[int, list[Mark]]:
    """The marks of every page with evidence; what is marked in the same place has one box with all words."""
    places: dict[tuple[int, Box], tuple[tuple[int, int, int], list[str]]] = {}
    for analysis in analyses:
        for piece, color, tag in _pieces(analysis, lang):
            for at, box in enumerate(piece.boxes or ()):
                tags = places.setdefault((piece.page or 1, box), (color, []))[1]
                if tag not in tags and not at:
                    tags.append(tag)
    marks: dict[int, list[Mark]] = {}
    for (page, box), (color, tags) in sorted(places.items()):
        marks.setdefault(page, []).append(Mark(box, color, " · ".join(tags)))
    return marks


def _pieces(analysis: Analysis, lang: str) -> Iterator[tuple[Evidence, tuple[int, int, int], str]]:
    """Every piece of evidence with its colour and word."""
    for source in analysis.sources:
        for piece in analysis.evidence(source.spans):
            yield piece, _SOURCE, form_name(source.form, lang)
    for piece in analysis.evidence(analysis.intake.spans):
        yield piece, _AMOUNT, "Mg"
    for piece in analysis.evidence(analysis.directions.spans):
        yield piece, _DOSE, ""
    for finding in analysis.findings:
        for piece in finding.evidence if finding.severity in _FINDING else ():
            yield piece, _FINDING[finding.severity], finding.code


def _pdf(pictures: Sequence[bytes]) -> bytes:
    from PIL import Image

    pages = [Image.open(BytesIO(picture)).convert("RGB") for picture in pictures]
    written = BytesIO()
    pages[0].save(written, "PDF", resolution=_DOTS_PER_INCH, save_all=True, append_images=pages[1:])
    return written.getvalue()
