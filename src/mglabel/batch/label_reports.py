"""The report of every label as a page of its own, in a folder beside the overview, written by the workers.

A page is named by its product and by a number made from its own bytes. So labels with the same report share a file,
no file is ever another label's, and whether a file is whole can be told from its name.
"""

from __future__ import annotations

import os
import re
import tempfile
import unicodedata
from base64 import b32encode
from collections.abc import Iterable, Iterator
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path, PurePath
from urllib.parse import quote

import msgspec

from mglabel.analysis.result import Analysis
from mglabel.batch.duplicates import Duplicates
from mglabel.reports.html.page import report_page
from mglabel.tables.guide_file import OBJECTING
from mglabel.values.errors import MglabelError

ALL, WARNINGS, NONE = "all", "warnings", "none"
WHICH = (ALL, WARNINGS, NONE)
"""Reports on all labels about magnesium, on those with a warning or an error, or none."""
FOLDER = "-reports"
"""Behind the name of the overview."""

_NUMBER_BYTES = 10
_MOST_SLUG = 40
_NAME = re.compile(r"(?:[a-z0-9-]{1,40}-)?([a-z2-7]{16})\.html")
_BEGUN = re.compile(r"\.[a-z0-9_]{8}\.part")
_NO_SLUG = re.compile(r"[^a-z0-9]+")


class Asked(msgspec.Struct, frozen=True):
    """The folder that reports are written to, the overview they lead back to, and which labels have one."""

    folder: str
    overview: str
    """The name of its file, in the folder above."""
    lang: str = "en"
    which: str = ALL


class NotWritten(MglabelError):
    """A report could not be written, which is no fault of its label."""


def folder_for(overview: Path) -> Path:
    """The folder of the reports of an overview.

    >>> folder_for(Path("catalogue.html")).name
    'catalogue-reports'
    """
    return overview.with_name(overview.stem + FOLDER)


def written(analysis: Analysis, asked: Asked) -> str | None:
    """Write the report of a label and give its path from the overview; None where none is asked for."""
    if not _is_wanted(analysis, asked.which):
        return None
    home = "../" + quote(os.fsencode(asked.overview))
    page = report_page(analysis, asked.lang, home=home).encode("utf-8", "replace")
    folder = Path(asked.folder)
    name = name_for(analysis.product.name or PurePath(analysis.name or "").stem, page)
    try:
        _put(folder / name, page)
    except OSError as error:
        raise NotWritten(f"{folder}: {error.strerror or error}") from error
    return f"{os.fsencode(folder.name).decode('utf-8', 'replace')}/{name}"


def _is_wanted(analysis: Analysis, which: str) -> bool:
    if which == WARNINGS:
        return any(finding.severity in OBJECTING for finding in analysis.findings)
    return which == ALL and (analysis.declares_magnesium or bool(analysis.findings))


def name_for(product: str, page: bytes) -> str:
    """The name of a page: letters and digits of the product that any system takes, and the number of its bytes.

    >>> name_for("Æbler & Magnesium/../400", b"")
    'bler-magnesium-400-n6q5r7h5ogienv3c.html'
    """
    plain = unicodedata.normalize("NFKD", product[: 4 * _MOST_SLUG]).encode("ascii", "ignore").decode().lower()
    slug = _NO_SLUG.sub("-", plain)[:_MOST_SLUG].strip("-")
    return f"{slug}-{_number(page)}.html" if slug else f"{_number(page)}.html"


def _number(page: bytes) -> str:
    return b32encode(blake2b(page, digest_size=_NUMBER_BYTES).digest()).decode().lower()


def _put(path: Path, page: bytes) -> None:
    """Write a file so that it is never seen half written; one that is there holds the same already."""
    if is_whole(path):
        return
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(page)
        os.chmod(temporary, 0o666 & ~_mask())
        os.replace(temporary, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise


def _mask() -> int:
    """The permissions that new files do not get; nothing else runs in a worker while it is looked at."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


class _Named(msgspec.Struct):
    report: str | None = None


def _names(lines: Iterable[bytes]) -> Iterator[tuple[int, str | None]]:
    """The length of each row and the name of its report."""
    decoder = msgspec.json.Decoder(_Named)
    for line in lines:
        report = decoder.decode(line).report
        yield len(line), None if report is None else PurePath(report).name


def whole_until(lines: Iterable[bytes], size: int, folder: Path) -> int:
    """How many bytes of rows, of so many, come before the first whose report is not there, or not whole.

    Reports are not flushed to the disk one by one, which would take as long as making them. So after a power cut some
    may be missing, and their labels are read again.
    """
    passed = 0
    for length, name in _names(lines):
        if passed + length > size or (name is not None and not is_whole(folder / name)):
            break
        passed += length
    return passed


def is_whole(path: Path) -> bool:
    """Whether a file holds the page that its name tells of."""
    named = _NAME.fullmatch(path.name)
    try:
        return named is not None and _number(path.read_bytes()) == named[1]
    except OSError:
        return False


def is_there(report: str, folder: Path) -> bool:
    """Whether what a row tells of is a report below a folder, and not some other file anywhere."""
    inner, _, name = report.rpartition("/")
    is_below = not {"/", "\\"} & set(inner) and inner not in ("", ".", "..")
    return is_below and _NAME.fullmatch(name) is not None and (folder / report).is_file()


def tidy(lines: Iterable[bytes], folder: Path) -> None:
    """Remove the reports that no row tells of, such as those of an earlier run; a folder without any goes, too."""
    kept = Duplicates()
    try:
        for _, name in _names(lines):
            if name is not None:
                kept.is_new(name)
        with os.scandir(folder) as entries:
            ours = [entry.path for entry in entries if _is_left(entry.name, kept)]
    finally:
        kept.close()
    for path in ours:
        os.unlink(path)
    with suppress(OSError):  # there are others in it
        folder.rmdir()


def _is_left(name: str, kept: Duplicates) -> bool:
    """Whether a file is a report that is not wanted any more, or one that a killed worker has begun."""
    return (_NAME.fullmatch(name) is not None and kept.is_new(name)) or _BEGUN.fullmatch(name) is not None


def flush() -> None:
    """Have the system write down what it holds: once for all reports, where one by one would take minutes."""
    if hasattr(os, "sync"):
        os.sync()
