"""One label of a run before it is read: its id, where it came from, and its text, its HTML or the path of its file."""

from __future__ import annotations

import os
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

TEXT, HTML, FILE, FAILED = "text", "html", "file", "failed"
KINDS = (TEXT, HTML, FILE, FAILED)
"""What the content of an item is; of a failed one it is what to say about it."""

NO_OPENING = "cannot-open"
"""The reason where the system does not let a file be opened."""

_BLOCK = 2**18
_DIGEST_BYTES = 16


class Item(NamedTuple):
    """One label to read. `weight` is the share of the input, in bytes, that is done with it."""

    id: str
    file: str | None
    kind: str
    content: str
    weight: int = 0
    reason: str = ""

    def digest(self, key: bytes) -> bytes:
        """What tells its content from any other, keyed by whatever else the answer depends on; raises `OSError`.

        >>> one, other = Item("1", None, TEXT, "Mg"), Item("2", None, TEXT, "Mg")
        >>> one.digest(b"") == other.digest(b""), one.digest(b"") == one.digest(b"another version")
        (True, False)
        """
        summed = blake2b(self.kind.encode(), digest_size=_DIGEST_BYTES, key=key)
        if self.kind == FILE:
            # A report calls the label by its file, so the same bytes under another name have another answer.
            summed.update(os.fsencode(Path(self.content).name) + b"\0")
            with Path(self.content).open("rb", buffering=0) as stream:
                while block := stream.read(_BLOCK):
                    summed.update(block)
        else:
            summed.update(b"\0" + self.content.encode("utf-8", "surrogatepass"))
        return summed.digest()


def unopened(item: Item, error: OSError) -> Item:
    """An item whose file cannot be opened, as a failed one."""
    return item._replace(kind=FAILED, content=error.strerror or str(error), reason=NO_OPENING)
