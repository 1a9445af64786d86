"""What reading and settling met on the way: declaration and document troubles, passed on (MG401 to 408, 901 to 906)."""

from __future__ import annotations

from collections.abc import Iterator

from mglabel.guide.case import Case, Draft, Rule

TROUBLES = (
    *("MG401", "MG402", "MG403", "MG404", "MG405", "MG406", "MG407", "MG408"),
    *("MG901", "MG902", "MG903", "MG904", "MG905", "MG906"),
)
"""The codes that mostly arrive as troubles; any other code passes too, so that nothing told is lost."""


def troubles(case: Case) -> Iterator[Draft]:
    """Every trouble as it came, of whatever code."""
    for trouble in case.settled.troubles:
        yield Draft(trouble.code, trouble.params, trouble.spans)


def several_products(case: Case) -> Iterator[Draft]:
    """MG901: the input holds several products."""
    if case.settled.several_products and not case.is_told("MG901"):
        yield Draft("MG901", {})


RULES = (
    Rule(TROUBLES, troubles),
    Rule(("MG901",), several_products),
)
