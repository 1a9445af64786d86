"""Hostile PDFs end in an answer or a typed error inside their limits, and harm nobody else."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

import hostile_pdfs
import hostile_readers as readers
from mglabel.documents.isolation import run_isolated
from mglabel.documents.limits import Limits
from mglabel.values.errors import UnreadableDocument

LIMITS = Limits(wall_seconds=0.5, memory_bytes=600 << 20)


def verdict(function: Callable[[bytes], int], data: bytes) -> str:
    """How reading ends: a reason, or that it was read."""
    try:
        return f"read {run_isolated(function, data, limits=LIMITS)}"
    except UnreadableDocument as error:
        return error.reason


def test_damage_is_the_same_for_the_same_seed():
    data = hostile_pdfs.written(hostile_pdfs.one_page())
    damaged = list(hostile_pdfs.mutations(data, 50, seed=7))
    assert damaged == list(hostile_pdfs.mutations(data, 50, seed=7))
    assert len({content for _, content in damaged}) > 40
    assert list(hostile_pdfs.mutations(b"", 20))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds every limit")
def test_every_bomb_ends_inside_the_limits():
    pytest.importorskip("pdfplumber")

    def read(bomb: tuple[str, bytes]) -> tuple[str, str]:
        name, data = bomb
        assert data.startswith(b"%PDF-")
        assert len(data) < 32 * hostile_pdfs.MIB
        return name, verdict(readers.read_pdf_plainly, data)

    with ThreadPoolExecutor(4) as threads:
        begun = time.monotonic()
        verdicts = dict(threads.map(read, hostile_pdfs.bombs()))
    assert len(verdicts) > 50
    assert {"memory", "timeout"} & set(verdicts.values())
    assert verdicts["turned-by-a-lot"] == "read 16"
    assert time.monotonic() - begun < len(verdicts) * 2 * LIMITS.wall_seconds
    assert run_isolated(readers.give, 1) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds every limit")
def test_damaged_files_end_inside_the_limits():
    pytest.importorskip("pdfplumber")
    data = hostile_pdfs.written(hostile_pdfs.one_page())
    verdicts = {verdict(readers.read_pdf_plainly, damaged) for _, damaged in hostile_pdfs.mutations(data, 200)}
    assert "read 16" in verdicts
    assert "crashed" in verdicts
