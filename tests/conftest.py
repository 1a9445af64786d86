"""What all tests share: no wish for colour from outside, which would change what is printed."""

from __future__ import annotations

import os

for name in ("FORCE_COLOR", "NO_COLOR"):
    os.environ.pop(name, None)
