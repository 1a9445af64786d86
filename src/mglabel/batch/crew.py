"""Answers for a stream of items, in their order: chunks go to isolated workers, within a window of bounded size.

A chunk whose worker hangs or crashes is asked again item by item, so that only the culprit fails.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from typing import NamedTuple

from mglabel.batch.items import FAILED, FILE, Item, unopened
from mglabel.batch.label_reports import NotWritten
from mglabel.batch.stopping import Stopped, Stopping, never
from mglabel.batch.work import Answer, Options, Task, answers, failure, prepare
from mglabel.documents.isolation import NoWorker, Workers
from mglabel.values.errors import UnreadableDocument

CHUNK_ITEMS = 256
CHUNK_CHARS = 200_000
MAX_ITEMS = 5_000
"""Items read ahead of the one whose answer is waited for."""
MAX_CHARS = 32_000_000
"""Characters in them, beside the longest item."""
MAX_KEPT_CHARS = 32_000_000
"""Bytes of answers that are remembered for labels that come again."""
MAX_JOBS = 2_000
"""A worker ends after so many chunks, or files; it ends sooner where it has grown."""

_GLANCE_SECONDS = 0.2


class Slot:
    """The place of one answer; labels with the same content share it."""

    __slots__ = ("answer", "chunk")

    def __init__(self) -> None:
        self.answer: Answer | None = None
        self.chunk: Future[None] | None = None


class Memory:
    """The answers of contents met lately, up to a number of bytes."""

    def __init__(self, max_chars: int = MAX_KEPT_CHARS) -> None:
        self._slots: OrderedDict[bytes, Slot] = OrderedDict()
        self._max_chars = max_chars
        self._chars = 0
        self.hits = 0

    def get(self, digest: bytes) -> Slot | None:
        """The slot of a content that is known, or is being read."""
        slot = self._slots.get(digest)
        if slot is not None:
            self._slots.move_to_end(digest)
            self.hits += 1
        return slot

    def put(self, digest: bytes, slot: Slot) -> None:
        """Remember a slot that is still to be answered."""
        self._slots[digest] = slot

    def weigh(self, digest: bytes, answer: Answer) -> None:
        """Count an answer that has come, and forget the oldest where there are too many."""
        self._chars += _cost(answer)
        while self._chars > self._max_chars and self._slots:
            first = next(iter(self._slots))
            if self._slots[first].answer is None:  # all older ones are forgotten, this one is still awaited
                break
            self._forget(first)

    def _forget(self, digest: bytes) -> None:
        answer = self._slots.pop(digest).answer
        self._chars -= _cost(answer) if answer is not None else 0


def _cost(answer: Answer) -> int:
    return 500 + sum(map(len, answer.rows))


class _Waiting(NamedTuple):
    item: Item
    digest: bytes
    slot: Slot
    is_first: bool


class Crew:
    """So many workers, and what is on its way through them."""

    def __init__(self, options: Options, jobs: int, key: bytes, stopping: Stopping = never) -> None:
        self.memory = Memory()
        self._options = options
        self._key = key
        self._stopping = stopping
        self._workers = Workers(jobs, MAX_JOBS, prepare)
        self._threads = ThreadPoolExecutor(jobs)
        self._is_closed = False
        self._window: deque[_Waiting] = deque()
        self._chars = 0
        self._open: list[tuple[Task, Slot]] = []
        self._open_chars = 0

    def answered(self, items: Iterable[Item]) -> Iterator[tuple[Item, bytes, Answer]]:
        """Every item in order with the digest of its content and its answer; raises `Stopped`."""
        for item in items:
            self._take(item)
            while self._window and (self._is_full() or self._is_done(self._window[0].slot)):
                yield self._next()
            if self._stopping():
                raise Stopped
        self._send()
        while self._window:
            yield self._next()

    def close(self) -> None:
        """End the workers, whatever they do."""
        self._is_closed = True
        self._workers.close()
        self._threads.shutdown(wait=True, cancel_futures=True)
        self._workers.close()  # one may have started meanwhile

    def _take(self, item: Item) -> None:
        """Put an item into the window, and what is to be read of it into a chunk."""
        try:
            digest = item.digest(self._key)
        except OSError as error:
            item = unopened(item, error)
            digest = item.digest(self._key)
        slot = self.memory.get(digest) if item.kind != FAILED else None
        is_first = slot is None
        if slot is None:
            slot = Slot()
            if item.kind == FAILED:
                slot.answer = failure(item.reason, item.content, self._options)
            else:
                self.memory.put(digest, slot)
                self._add(item, slot)
        self._window.append(_Waiting(item, digest, slot, is_first))
        self._chars += len(item.content)

    def _add(self, item: Item, slot: Slot) -> None:
        if item.kind == FILE or self._open_chars + len(item.content) > CHUNK_CHARS:
            self._send()
        self._open.append(((item.kind, item.content), slot))
        self._open_chars += len(item.content)
        if item.kind == FILE or len(self._open) >= CHUNK_ITEMS:
            self._send()

    def _send(self) -> None:
        """Hand the open chunk to the workers."""
        if self._open:
            chunk, self._open, self._open_chars = self._open, [], 0
            future = self._threads.submit(self._ask, chunk)
            for _, slot in chunk:
                slot.chunk = future

    def _ask(self, chunk: list[tuple[Task, Slot]]) -> None:
        """Have a chunk answered; runs in a thread."""
        if self._is_closed:
            raise Stopped
        tasks = [task for task, _ in chunk]
        try:
            found = self._workers.run(answers, tasks, self._options, limits=self._options.limits)
        except NoWorker:
            raise
        except NotWritten as error:  # a full disk, as it is for the rows
            raise OSError(str(error)) from error
        except UnreadableDocument as error:
            if self._is_closed:
                raise Stopped from None
            if len(chunk) > 1:
                for one in chunk:
                    self._ask([one])
                return
            found = [failure(error.reason, str(error), self._options)]
        for (_, slot), answer in zip(chunk, found, strict=True):
            slot.answer = answer

    def _is_full(self) -> bool:
        return len(self._window) >= MAX_ITEMS or self._chars >= MAX_CHARS

    def _is_done(self, slot: Slot) -> bool:
        """Whether the answer is there, or the error that came instead."""
        return slot.answer is not None or (slot.chunk is not None and slot.chunk.done())

    def _next(self) -> tuple[Item, bytes, Answer]:
        """The first of the window, once it is answered."""
        item, digest, slot, is_first = self._window[0]
        if slot.answer is None:
            if slot.chunk is None:
                self._send()
            self._wait(slot)
        assert slot.answer is not None
        self._window.popleft()
        self._chars -= len(item.content)
        if is_first and item.kind != FAILED:
            self.memory.weigh(digest, slot.answer)
        return item, digest, slot.answer

    def _wait(self, slot: Slot) -> None:
        assert slot.chunk is not None
        while True:
            if self._stopping():
                raise Stopped
            try:
                slot.chunk.result(timeout=_GLANCE_SECONDS)
            except NotYet:
                continue
            return
