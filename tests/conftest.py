"""What holds for all tests."""

from __future__ import annotations

import signal
from contextlib import suppress

from hypothesis import settings

# No test watches the clock: on a swamped machine any example may take its time.
settings.register_profile("calm", deadline=None)
settings.load_profile("calm")

# A shell lets what it starts in the background ignore interrupts, and so would the programs that the tests interrupt.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    with suppress(ValueError):  # not in the main thread
        signal.signal(signal.SIGINT, signal.default_int_handler)
