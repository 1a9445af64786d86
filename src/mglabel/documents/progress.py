"""Readers say here when a page is read; whoever holds them to a time listens.

Outside a worker process nobody listens, and saying it costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_LISTENER: ContextVar[Callable[[], None] | None] = ContextVar("listener", default=None)


def page_read() -> None:
    """Say that one more page is read, which earns the file some more time.

    >>> page_read()
    """
    listener = _LISTENER.get()
    if listener is not None:
        listener()


@contextmanager
def listening(listener: Callable[[], None]) -> Iterator[None]:
    """Have `listener` called for every page read inside the block.

    >>> pages = []
    >>> with listening(lambda: pages.append(len(pages) + 1)):
    ...     page_read()
    >>> pages
    [1]
    """
    token = _LISTENER.set(listener)
    try:
        yield
    finally:
        _LISTENER.reset(token)
