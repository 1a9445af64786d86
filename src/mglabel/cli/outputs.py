"""Files that are written whole or not at all, and their names."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path, PurePath

from mglabel.cli.streams import STANDARD_INPUT

_MOST_NAME = 120
_UNNAMED = "label"


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it is never seen half written: beside its place first, then moved there.

    What is no file, such as a pipe or a terminal, is written to as it is; a link stays one.
    """
    import tempfile

    path = path.resolve()
    if path.exists() and not path.is_file():
        path.write_bytes(data)
        return
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:20]}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(temporary, _mode_of(path))
        os.replace(temporary, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise


def _mode_of(path: Path) -> int:
    """The permissions that the file has, or that a new one would get."""
    with suppress(OSError):
        return path.stat().st_mode & 0o7777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


class Names:
    """A file name for each report, after the file that it is about, all of them different.

    >>> names = Names(".html")
    >>> [names.after(path) for path in ("a/label.pdf", "b/label.txt", "-", "b/Label.txt")]
    ['label.html', 'label-2.html', 'label-3.html', 'Label-4.html']
    """

    def __init__(self, ending: str) -> None:
        self._ending = ending
        self._taken: set[str] = set()

    def after(self, path: str) -> str:
        """The next name for a report about a file."""
        stem = _UNNAMED if path == STANDARD_INPUT else PurePath(path).stem[:_MOST_NAME] or _UNNAMED
        name, nth = f"{stem}{self._ending}", 2
        while name.casefold() in self._taken:
            name, nth = f"{stem}-{nth}{self._ending}", nth + 1
        self._taken.add(name.casefold())
        return name
