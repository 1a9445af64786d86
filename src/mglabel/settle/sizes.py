"""What one unit is in another: "1 tablespoon (15 ml)", "serving size 2 capsules", "portion = 35 g".

A small graph of stated equivalences, walked with exact ratios.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from mglabel.values.label import Portion


class Sizes:
    """The equivalences that one label states."""

    def __init__(self, stated: Iterable[tuple[Portion, Portion]]) -> None:
        self._ratios: dict[str, dict[str, Decimal]] = {}
        for whole, part in stated:
            if whole.unit != part.unit and whole.count > 0 and part.count > 0:
                self._ratios.setdefault(whole.unit, {}).setdefault(part.unit, part.count / whole.count)
                self._ratios.setdefault(part.unit, {}).setdefault(whole.unit, whole.count / part.count)

    def ratio(self, unit: str, other: str) -> Decimal | None:
        """How many of the other unit one unit is, None where the label does not let one know."""
        if unit == other:
            return Decimal(1)
        if unit not in self._ratios:
            return None
        reached = {unit: Decimal(1)}
        queue = [unit]
        while queue:
            here = queue.pop(0)
            for there, ratio in self._ratios.get(here, {}).items():
                if there not in reached:
                    reached[there] = reached[here] * ratio
                    queue.append(there)
        return reached.get(other)

    def count(self, portion: Portion, unit: str) -> Decimal | None:
        """How many of a unit a portion holds, None where the label does not let one know."""
        ratio = self.ratio(portion.unit, unit)
        return None if ratio is None else portion.count * ratio
