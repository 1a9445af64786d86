"""The file that was probably meant by a path that leads nowhere, for errors that help."""

from __future__ import annotations

import os
from itertools import islice
from pathlib import Path

from mglabel.values.nearest import nearest

_ALIKE = 0.6
_MOST = 2000
"""So many entries of a folder are looked at: an error should come at once."""


def hint_of_file(path: str) -> str:
    """A question naming the file in the same folder whose name is most like the missing one's; empty without one.

    >>> hint_of_file("no/such/folder/label.txt")
    ''
    """
    wanted = Path(path)
    try:
        with os.scandir(wanted.parent) as entries:
            names = [entry.name for entry in islice(entries, _MOST)]
    except (OSError, ValueError):
        return ""
    stems: dict[str, str] = {}
    for name in sorted(names, key=lambda name: (Path(name).suffix != wanted.suffix, name)):
        stems.setdefault(Path(name).stem, name)
    near = nearest(wanted.stem, stems, _ALIKE)
    return "" if near is None else f"did you mean {str(wanted.with_name(stems[near]))!r}?"
