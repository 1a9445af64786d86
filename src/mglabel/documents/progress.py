"""Readers say here when a page is read or heavy work begins; whoever holds them to time and memory listens.

Outside a worker process nobody listens, and saying it costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from typing import NamedTuple


def _nothing() -> None:
    """What nobody listens to."""


def _no_room(_: int) -> AbstractContextManager[None]:
    return nullcontext()


class _Listener(NamedTuple):
    page: Callable[[], None] = _nothing
    picture: Callable[[], None] = _nothing
    room: Callable[[int], AbstractContextManager[None]] = _no_room


_LISTENER: ContextVar[_Listener] = ContextVar("listener", default=_Listener())  # noqa: B039 (it cannot change)


def page_read() -> None:
    """Say that one more page is read, which earns the file some more time.

    >>> page_read()
    """
    _LISTENER.get().page()


def picture_begun() -> None:
    """Say that letters are now recognised in one more picture, which takes longer than any page.

    >>> picture_begun()
    """
    _LISTENER.get().picture()


def room_for_models(memory_bytes: int) -> AbstractContextManager[None]:
    """Have room for the models that recognise letters inside the block, and for what they keep behind it.

    >>> with room_for_models(2**31):
    ...     pass
    """
    return _LISTENER.get().room(memory_bytes)


@contextmanager
def listening(
    page: Callable[[], None],
    picture: Callable[[], None] = _nothing,
    room: Callable[[int], AbstractContextManager[None]] = _no_room,
) -> Iterator[None]:
    """Have `page` called for every page read inside the block, and the others for the rest of what is said here.

    >>> pages = []
    >>> with listening(lambda: pages.append(len(pages) + 1)):
    ...     page_read()
    >>> pages
    [1]
    """
    token = _LISTENER.set(_Listener(page, picture, room))
    try:
        yield
    finally:
        _LISTENER.reset(token)
