"""Before a wheel is built: make the lexicon out of the language tables, so that mglabel starts quickly."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class LexiconHook(BuildHookInterface):  # type: ignore[type-arg]
    """Writes `data/lexicon.json`, for editable installs as well."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the file that the wheel then takes in."""
        sys.path.insert(0, str(Path(self.root) / "src"))
        from mglabel.language.lexicon import store

        store()
