"""How a run is stopped: whoever works on it asks now and then, so that it always ends between two rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")

Stopping = Callable[[], bool]


class Stopped(Exception):
    """The run was asked to stop before its end."""


def never() -> bool:
    """Nobody asks to stop.

    >>> never()
    False
    """
    return False


def watched(values: Iterable[T], stopping: Stopping) -> Iterator[T]:
    """The same values, as long as nobody asks to stop; then raises `Stopped`.

    >>> list(watched([1, 2], never))
    [1, 2]
    """
    for value in values:
        if stopping():
            raise Stopped
        yield value
