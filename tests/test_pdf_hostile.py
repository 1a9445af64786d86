"""Hostile and damaged PDFs: each ends in an analysis or a typed error inside its limits, and the caller goes on.

`MGLABEL_EXAMPLES` sets how many damaged files are tried; a deep run tries all bombs, too, and prints what came of them.
"""

from __future__ import annotations

import os
import resource
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

import mglabel
from hostile_pdfs import BOMBS, mutated
from mglabel.documents.limits import MIB, Limits
from mglabel.values.errors import MglabelError

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds every limit")

DEEP = "MGLABEL_EXAMPLES" in os.environ
EXAMPLES = int(os.environ.get("MGLABEL_EXAMPLES", "48"))
FIXTURES = sorted((Path(__file__).resolve().parent.parent / "fixtures" / "pdf").glob("*.pdf"))
QUICK = ("flate_twice", "forms_doubling", "pages_loop", "widths_range", "box_huge", "brackets_on_page")
TIGHT = Limits(wall_seconds=2, seconds_per_page=0.02, memory_bytes=600 * MIB, max_pictures=0)
SLACK = 15.0
"""Seconds beyond its limit that a file may take on a loaded machine: a worker is ended and another one started."""
KEPT = 64 * MIB
"""More than this no file may leave behind in the caller."""


def verdict(data: bytes, limits: Limits = TIGHT) -> str:
    """What comes of a file: how sure the analysis is, or the reason of the error. Anything else fails."""
    begun = time.monotonic()
    try:
        analysis = mglabel.analyze_file(data, limits=limits)
        analysis.to_json()
        pages = len(analysis.document.page_numbers or ())
        said = "doubted" if any(f.code.startswith("MG90") for f in analysis.findings) else "read"
    except MglabelError as error:
        pages = 0
        said = getattr(error, "reason", None) or type(error).__name__
        assert len(str(error)) < 500
    assert time.monotonic() - begun < limits.wall_seconds + limits.earned(max(pages, 500 * (said == "timeout"))) + SLACK
    return said


def memory_used() -> int:
    """Bytes of memory that this process has used at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def largest_worker() -> int:
    """Bytes of memory that the largest ended child has used at most."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024


@pytest.mark.parametrize("name", BOMBS if DEEP else QUICK)
def test_a_bomb_ends_inside_its_limits_and_the_caller_goes_on(name: str) -> None:
    data = BOMBS[name]()
    before = memory_used()
    said = verdict(data)
    print(f"{name:20} {len(data):>10,} bytes  {said}")
    assert said != "crashed"
    assert memory_used() - before < KEPT + len(data)
    assert verdict(FIXTURES[0].read_bytes(), Limits()) in ("read", "doubted")


@pytest.mark.parametrize("part", range(8))
def test_damaged_files_end_in_an_analysis_or_a_typed_error(part: int) -> None:
    found: Counter[str] = Counter()
    for seed in range(part, EXAMPLES, 8):
        file = FIXTURES[seed % len(FIXTURES)]
        said = verdict(mutated(file.read_bytes(), seed))
        if said in ("crashed", "timeout", "memory"):
            print(f"{file.stem} changed by seed {seed}: {said}")
        found[said] += 1
    print(dict(found.most_common()))
    assert not found["crashed"]


def test_no_worker_used_more_memory_than_its_limit() -> None:
    assert largest_worker() < max(Limits().memory_bytes, TIGHT.memory_bytes)
