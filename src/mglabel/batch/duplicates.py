"""Ids that come more than once among any number, told with little memory: a table on disk holds a hash of each."""

from __future__ import annotations

import sqlite3
from hashlib import blake2b

MOST_NAMED = 5


class Duplicates:
    """Counts ids that were seen before, and names the first few of them.

    >>> ids = Duplicates()
    >>> for one in ("a", "b", "a"):
    ...     ids.see(one)
    >>> ids.count, ids.named
    (1, ['a'])
    >>> ids.close()
    """

    def __init__(self) -> None:
        self.count = 0
        self.named: list[str] = []
        # An empty name is a file of its own that the system deletes; nothing in it needs to outlive us.
        self._table = sqlite3.connect("", isolation_level=None)
        self._table.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-8000;"
            "CREATE TABLE seen (id INTEGER PRIMARY KEY); BEGIN"
        )

    def see(self, one: str) -> None:
        """Take one id."""
        if not self.is_new(one):
            self.count += 1
            if len(self.named) < MOST_NAMED and one not in self.named:
                self.named.append(one)

    def is_new(self, one: str) -> bool:
        """Take one and tell whether it had not come before."""
        hashed = blake2b(one.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        number = int.from_bytes(hashed, "big", signed=True)
        return bool(self._table.execute("INSERT OR IGNORE INTO seen VALUES (?)", (number,)).rowcount)

    def close(self) -> None:
        """Forget them."""
        self._table.close()
