"""How a run comes along, on one line of a terminal; nothing where there is none."""

from __future__ import annotations

import shutil
import time
from typing import TextIO

_EVERY_SECONDS = 0.25
_CLEAR = "\r\x1b[K"


class Progress:
    """Counts what is done and shows it now and then.

    >>> import io
    >>> progress = Progress(io.StringIO(), total=100)
    >>> progress.add(weight=100, severity=None, reason="damaged")
    >>> progress.read, progress.warned, progress.failed
    (1, 0, 1)
    """

    def __init__(self, stream: TextIO | None, total: int, severe: tuple[str, ...] = ("error", "warning")) -> None:
        self._stream = stream if stream is not None and stream.isatty() else None
        self._total = total
        self._severe = severe
        self._done = 0
        self._skipped = 0
        self._begun = time.monotonic()
        self._shown = 0.0
        self.read = self.warned = self.failed = 0

    def skip(self, weight: int) -> None:
        """An item was done by an earlier run."""
        self._skipped += weight
        self._begun = time.monotonic()

    def add(self, weight: int, severity: str | None, reason: str | None) -> None:
        """An item is done."""
        self._done += weight
        self.read += 1
        self.warned += severity in self._severe
        self.failed += reason is not None
        if self._stream is not None and time.monotonic() - self._shown > _EVERY_SECONDS:
            self._shown = time.monotonic()
            self._show(self._stream)

    def clear(self) -> None:
        """Take the line away."""
        if self._stream is not None and self._shown:
            self._stream.write(_CLEAR)
            self._stream.flush()

    def line(self, seconds: float) -> str:
        """What is shown after so many seconds of work.

        >>> progress = Progress(None, total=1000)
        >>> progress.add(250, "warning", None)
        >>> progress.line(10)
        ' 25 %  1 read, 1 warned, 0 failed  0.1/s  30 s left'
        """
        rate = self.read / seconds if seconds > 0 else 0.0
        part = min(1.0, (self._skipped + self._done) / self._total) if self._total else 1.0
        left = seconds * max(0, self._total - self._skipped - self._done) / self._done if self._done else 0.0
        shown_rate = f"{rate:,.0f}" if rate >= 10 else f"{rate:.1f}"
        counts = f"{self.read:,} read, {self.warned:,} warned, {self.failed:,} failed"
        return f"{part:4.0%}".replace("%", " %") + f"  {counts}  {shown_rate}/s  {duration(left)} left"

    def _show(self, stream: TextIO) -> None:
        width = shutil.get_terminal_size().columns - 1
        stream.write(_CLEAR + self.line(time.monotonic() - self._begun)[:width])
        stream.flush()


def duration(seconds: float) -> str:
    """A time that a person waits.

    >>> duration(5), duration(95), duration(7260)
    ('5 s', '1 min 35 s', '2 h 1 min')
    """
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"
