"""What holds for all tests: no machine is too slow for an example of hypothesis."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("on any machine", settings.default, deadline=None)
settings.load_profile("on any machine")
