"""The evidence of an analysis drawn on the pages of its PDF or on its picture, as one PDF or as PNG pictures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

from mglabel.analysis.result import Analysis
from mglabel.documents.isolation import run_isolated
from mglabel.documents.limits import Limits
from mglabel.documents.marking import Color, Mark, marked_pages
from mglabel.reports.wording import wording
from mglabel.tables.messages import title
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
        raise MglabelError(
            f"evidence is drawn into a .pdf or .png file, not {target.suffix or 'one without an ending'}"
        )
    marks = _marks(analyses, lang)
    if not marks:
        raise MglabelError("there is no evidence on a page or picture to draw")
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
    """The marks of every page with evidence, each place once for all that is said of it."""
    places: dict[tuple[int, Box], tuple[Color, list[str], bool]] = {}
    for analysis in analyses:
        for piece, color, says in _pieces(analysis, lang):
            for at, box in enumerate(piece.boxes or ()):
                _, said, _ = places.setdefault((piece.page or 1, box), (color, [], not at))
                if says not in said:
                    said.append(says)
    marks: dict[int, list[Mark]] = {}
    for (page, box), (color, said, first) in sorted(places.items(), key=lambda place: _from_the_top(place[0])):
        marks.setdefault(page, []).append(Mark(box, color, "; ".join(said), first))
    return marks


def _from_the_top(place: tuple[int, Box]) -> tuple[int, float, float]:
    page, (left, top, _, _) = place
    return page, top, left


def _pieces(analysis: Analysis, lang: str) -> Iterator[tuple[Evidence, Color, str]]:
    """Every piece of evidence with its colour and what is said of it."""
    say = wording(lang).text
    for source in analysis.sources:
        for piece in analysis.evidence(source.spans):
            yield piece, _SOURCE, form_name(source.form, lang)
    for piece in analysis.evidence(analysis.intake.spans):
        yield piece, _AMOUNT, say.elemental
    for piece in analysis.evidence(analysis.directions.spans):
        yield piece, _DOSE, say.directions
    for finding in analysis.findings:
        for piece in finding.evidence if finding.severity in _FINDING else ():
            yield piece, _FINDING[finding.severity], f"{finding.code} {title(finding.code, lang)}"


def _pdf(pictures: Sequence[bytes]) -> bytes:
    from PIL import Image

    pages = [Image.open(BytesIO(picture)).convert("RGB") for picture in pictures]
    written = BytesIO()
    pages[0].save(written, "PDF", resolution=_DOTS_PER_INCH, save_all=True, append_images=pages[1:])
    return written.getvalue()
