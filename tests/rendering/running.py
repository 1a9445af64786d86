"""How properties over rendered labels are tried: the same examples each run, more of them on demand.

`MGLABEL_EXAMPLES` sets how many labels each property tries; a deep run also looks for the smallest label that fails.
"""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, Phase, settings

from rendering.facts import Facts
from rendering.render import LAYOUTS, Style
from rendering.words import LANGUAGES

DEEP = "MGLABEL_EXAMPLES" in os.environ
EXAMPLES = int(os.environ.get("MGLABEL_EXAMPLES", "18"))
SAME_EACH_RUN = settings(
    max_examples=EXAMPLES,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate, *([Phase.shrink] if DEEP else [])],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)
every_language = pytest.mark.parametrize("language", LANGUAGES)
every_layout = pytest.mark.parametrize("layout", LAYOUTS)


def told(facts: Facts, style: Style, text: str, faults: list[str]) -> str:
    """A failure as one reads it: what went wrong, what is true, and the label."""
    return "\n".join([*faults, repr(facts), repr(style), text])
