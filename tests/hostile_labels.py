"""Labels that do to their reader what the worst of files do. A module of its own, since workers import it."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence

from mglabel.batch import work
from mglabel.batch.work import Answer, Options, Task

HANG, CRASH, MEMORY, FAULT, EXIT = "please hang", "please crash", "please fill", "please fail", "please leave"


def answers(tasks: Sequence[Task], options: Options) -> list[Answer]:
    """What the real ones give, unless a label asks for something else."""
    for _, content in tasks:
        if HANG in content:
            while True:
                pass
        if CRASH in content:
            os.kill(os.getpid(), signal.SIGSEGV)
        if EXIT in content:
            os._exit(3)
        if MEMORY in content:
            _ = b"x" * 2**40
    return work.answers(tasks, options)
