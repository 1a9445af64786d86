"""What holds for all tests."""

from __future__ import annotations

from hypothesis import settings

# No test watches the clock: on a swamped machine any example may take its time.
settings.register_profile("calm", deadline=None)
settings.load_profile("calm")
