"""How much a file may cost: the limits that readers keep themselves, and those that the worker process is held to.

Every limit can be set. The defaults let through every honest file that was met, with room to spare.
"""

from __future__ import annotations

import msgspec

from mglabel.values.errors import MglabelError, UnreadableDocument

MIB = 2**20
_WHOLE = (
    "max_bytes",
    "max_html_bytes",
    "max_pages",
    "max_chars_per_page",
    "max_shapes_per_page",
    "max_chars",
    "max_edges",
    "memory_bytes",
    "max_pictures",
    "max_pixels",
    "picture_memory_bytes",
)
LONGEST_SECONDS = 86_400.0
"""A day: more is a mistake in the unit."""
MAX_JOBS = 100
"""A worker process ends after so many files, since libraries leak."""


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """The limits of one file.

    >>> Limits().max_pages, Limits(wall_seconds=5).cpu_limit
    (1000, 5)
    >>> Limits(max_pages=0)
    Traceback (most recent call last):
    mglabel.values.errors.MglabelError: the limit max_pages is a whole number above 0, not 0
    """

    max_bytes: int = 50 * MIB
    """Size of a PDF or a picture. Labels take well under 5 MiB, catalogues with photographs ten times that."""
    max_html_bytes: int = 5_000_000
    """Size of an HTML page: product pages with everything in them have a tenth of it."""
    max_pages: int = 1_000
    """Pages of a PDF: the largest catalogues have some hundreds; a list of 100,000 pages costs seconds to walk."""
    max_chars_per_page: int = 200_000
    """Glyphs of one page: the densest leaflet has a tenth of it."""
    max_shapes_per_page: int = 200_000
    """Shapes of one page: a leaflet whose letters are drawn as shapes has some thousands."""
    max_chars: int = 1_000_000
    """Characters of a whole document: as much as the limit for a text given as such."""
    max_edges: int = 5_000
    """Lines and edges of boxes on a page among which tables are looked for, as that search is worse than linear."""
    wall_seconds: float = 30.0
    """Time for a file, beside what its pages earn: 99 of 100 odd files take 1 s, a loaded machine three times that."""
    seconds_per_page: float = 0.5
    """What each page that was read adds to the time, so that a long catalogue is not taken for a loop."""
    cpu_seconds: float | None = None
    """Computing time, counted as the wall time is and in whole seconds; None: as much as the wall time."""
    memory_bytes: int = 1024 * MIB
    """Address space of the worker process (about 200 MiB before it reads); the heaviest odd file took 300 MiB more."""
    max_pictures: int = 50
    """Pages and files without text of their own in whose picture letters are recognised; 0 recognises none."""
    max_pixels: int = 50_000_000
    """Pixels of a picture file, checked before it is decoded: a telephone takes 12 to 50 million."""
    seconds_per_picture: float = 60.0
    """What each picture adds to the time: a dense page takes 5 s, a swamped machine ten times that."""
    picture_memory_bytes: int = 3 * 1024 * MIB
    """Address space while letters are recognised; up to 1.8 GiB were seen, the larger part of it never touched."""

    def __post_init__(self) -> None:
        for name in _WHOLE:
            value = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, int) or value < 1:
                if not (name == "max_pictures" and value == 0 and not isinstance(value, bool)):
                    raise MglabelError(f"the limit {name} is a whole number above 0, not {value!r}")
        for name in ("wall_seconds", "seconds_per_page", "seconds_per_picture", "cpu_seconds"):
            value = getattr(self, name)
            if not (value is None and name == "cpu_seconds") and not _is_time(value):
                raise MglabelError(f"the limit {name} is a number of seconds above 0 and up to a day, not {value!r}")

    @property
    def cpu_limit(self) -> float:
        """Seconds of computing for a file, beside what its pages earn."""
        return self.wall_seconds if self.cpu_seconds is None else self.cpu_seconds

    def earned(self, pages: int, pictures: int = 0) -> float:
        """Seconds that the pages read so far, and the pictures begun, add to the time.

        >>> Limits().earned(10), Limits().earned(10, 1)
        (5.0, 65.0)
        """
        read = self.seconds_per_page * min(pages, self.max_pages)
        return read + self.seconds_per_picture * min(pictures, self.max_pictures)

    def check_bytes(self, size: int) -> None:
        """Raise where a file is too large to be read at all.

        >>> Limits(max_bytes=10).check_bytes(11)
        Traceback (most recent call last):
        mglabel.values.errors.UnreadableDocument: the file is larger than the limit of 10 bytes; raise max_bytes
        """
        if size > self.max_bytes:
            raise UnreadableDocument(
                "too-large", f"the file is larger than the limit of {self.max_bytes} bytes; raise max_bytes"
            )

    def check_shapes(self, number: int, shapes: int) -> None:
        """Raise where a page draws too many shapes."""
        if shapes > self.max_shapes_per_page:
            raise UnreadableDocument(
                "too-large",
                f"page {number} has more than {self.max_shapes_per_page} shapes; raise max_shapes_per_page",
            )

    def check_page(self, number: int, chars: int) -> None:
        """Raise where a page holds too many characters."""
        if chars > self.max_chars_per_page:
            raise UnreadableDocument(
                "too-large",
                f"page {number} has more than {self.max_chars_per_page} characters; raise max_chars_per_page",
            )


def _is_time(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= LONGEST_SECONDS
