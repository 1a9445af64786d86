"""What is true of one product: the facts that a label is rendered from, and what follows from them.

Masses are those that are printed: rounded as a label rounds them.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

REFERENCE_MG = Decimal(375)


class Compound(NamedTuple):
    """One compound in a unit: its form, its mass and the magnesium in it, in mg."""

    form: str
    mg: Decimal
    elemental_mg: Decimal


class Range(NamedTuple):
    """Both ends of what may be taken, or of what it brings."""

    low: Decimal
    high: Decimal


@dataclass(frozen=True)
class Dosing:
    """How much is taken. `kind`: once, times, range, bedtime, twice_named (morning and evening), split (so many in the
    morning, `most` in the evening) or unsaid."""

    kind: str
    units: int = 1
    times: int = 1
    most: int = 1

    @property
    def per_day(self) -> Range | None:
        """Units a day, None where the label does not say."""
        several = {
            "times": self.units * self.times,
            "twice_named": self.units * 2,
            "split": self.units + self.most,
        }
        low = several.get(self.kind, self.units)
        high = self.most if self.kind == "range" else low
        return None if self.kind == "unsaid" else Range(Decimal(low), Decimal(high))


@dataclass(frozen=True)
class Facts:
    """One product. `declared`: element (of the panel), as_form, of_which or compound (masses of compounds only)."""

    compounds: tuple[Compound, ...]
    declared: str
    unit: str
    portion: int
    portion_is_day: bool
    percent_shown: bool
    dosing: Dosing
    excipients: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()
    pack: int | None = None

    @property
    def forms(self) -> tuple[str, ...]:
        """The source forms, in label order."""
        return tuple(c.form for c in self.compounds)

    @property
    def elemental_per_unit(self) -> Decimal:
        """Elemental magnesium in one unit, in mg."""
        return sum((c.elemental_mg for c in self.compounds), Decimal(0))

    @property
    def elemental_per_portion(self) -> Decimal:
        """Elemental magnesium in the portion that amounts are stated for, in mg."""
        return self.elemental_per_unit * self.portion

    @property
    def states_element(self) -> bool:
        """Whether the label gives elemental magnesium at all."""
        return self.declared != "compound"

    @property
    def units_per_day(self) -> Range | None:
        """Units a day by the directions, else by the daily dose that amounts are stated for."""
        if self.dosing.per_day is None and self.portion_is_day:
            return Range(Decimal(self.portion), Decimal(self.portion))
        return self.dosing.per_day

    @property
    def mg_per_day(self) -> Range | None:
        """Elemental magnesium a day in mg, None where the label lets nobody know it."""
        units = self.units_per_day
        return None if units is None else Range(*(count * self.elemental_per_unit for count in units))

    def percent(self, count: int) -> int:
        """The percentage of the reference value that so many units bring, as printed."""
        return round(self.elemental_per_unit * count * 100 / REFERENCE_MG)
