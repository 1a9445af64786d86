"""The models that find lines of letters in a picture and read them; they come inside a package that an extra installs.

Nothing is ever fetched: the files are named to the package, which would otherwise look for newer ones.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from PIL.Image import Image

EXTRA = "pip install mglabel[ocr]"

_PACKAGES = ("rapidocr", "onnxruntime")
_THREADS = 1
"""There are as many workers as processors; more threads would only take turns, and count as computing time twice."""

Point = tuple[float, float]
Quad = tuple[Point, Point, Point, Point]
"""The corners around a line: top left, top right, bottom right, bottom left."""


def _keep_to_ourselves() -> None:
    """Have the package that runs the models send no report of its use to its maker, as it does by itself since 1.29.

    It looks at the variable when it is first loaded, and keeps no file then either; a choice of the caller's stands.
    """
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")


class Reading(NamedTuple):
    """The letters of one line as a model reads them; each with its certainty (0 to 1) and where its middle stands."""

    text: str
    sure: tuple[float, ...]
    places: tuple[float, ...]
    """Shares of the line's width; a space has the place of the letter before it."""


class Models:
    """Both models; loading them takes a second and some hundred MiB, so it is done once."""

    def __init__(self) -> None:
        _keep_to_ourselves()
        from rapidocr import RapidOCR

        home = Path(str(find_spec("rapidocr").submodule_search_locations[0])) / "models"  # type: ignore[union-attr, index]
        self._ocr: Any = RapidOCR(
            params={
                "Global.log_level": "error",
                "Global.use_cls": False,
                "Global.use_vertical_padding": False,
                "Global.return_word_box": True,
                "EngineConfig.onnxruntime.intra_op_num_threads": _THREADS,
                "EngineConfig.onnxruntime.inter_op_num_threads": _THREADS,
                "Det.model_path": str(_only(home, "*det*.onnx")),
                "Det.limit_side_len": 32,
                "Rec.model_path": str(_only(home, "*rec*.onnx")),
                # Alone, a line is read the same whatever stands beside it.
                "Rec.rec_batch_num": 1,
            }
        )

    def find(self, picture: Image) -> list[Quad]:
        """The lines of a picture."""
        from rapidocr.main import RapidOCRError

        try:
            _, found = self._ocr.detect_and_crop(_pixels(picture), {})
        except RapidOCRError:  # there are none
            return []
        return [tuple((float(x), float(y)) for x, y in quad) for quad in found.boxes]  # type: ignore[misc]

    def read(self, lines: Sequence[Image]) -> list[Reading]:
        """The letters of lines, each cut out and upright."""
        if not lines:
            return []
        found = self._ocr.recognize_txt([_pixels(line) for line in lines])
        return [_reading(text, info) for text, info in zip(found.txts, found.word_results, strict=True)]


@cache
def models() -> Models:
    """The models, loaded once a process."""
    return Models()


def is_installed() -> bool:
    """Whether the extra is there."""
    return all(find_spec(name) is not None for name in _PACKAGES)


def _only(home: Path, pattern: str) -> Path:
    (file,) = home.glob(pattern)
    return file


def _pixels(picture: Image) -> Any:
    """The picture as the models take it: blue, green, red."""
    import numpy

    return numpy.ascontiguousarray(numpy.asarray(picture.convert("RGB"))[:, :, ::-1])


def _reading(text: str, info: Any) -> Reading:
    """The letters that are no spaces have a place; the model counts in columns of the line."""
    columns = iter([column for word in info.word_cols or () for column in word])
    places: list[float] = []
    for letter in text:
        column = None if letter.isspace() else next(columns)
        places.append((column + 0.5) / info.line_txt_len if column is not None else (places[-1] if places else 0.0))
    return Reading(text, tuple(info.confs or ()) if text else (), tuple(places))
