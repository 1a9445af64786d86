"""Labels once read wrongly, found by generated ones: each gives the number that it states, or leaves it open."""

from __future__ import annotations

import pytest

from mglabel import analyze

CAPSULE = "1 capsule contains 100 mg magnesium."


def day(text: str) -> tuple[float, float] | None:
    found = analyze(text).settled.intake.mg_per_day
    return None if found is None else (float(found.low), float(found.high))


@pytest.mark.parametrize(
    ("directions", "mg"),
    [
        ("Directions:\nMorning: 1 capsule\nEvening: 2 capsules", (300, 300)),
        ("Take 1 capsule in the morning. Take 2 capsules in the evening.", (300, 300)),
        ("Take 1 capsule every morning. Take 2 capsules every night.", (300, 300)),
        ("Take 1 capsule in the morning\n\nand 1 capsule in the evening.", (200, 200)),
        ("TAKE 1 CAPSULE IN THE MORNING\nAND 1 CAPSULE IN THE EVENING.", (200, 200)),
        ("1 kapsel om morgenen. 1 kapsel om aftenen. 1 capsule in the morning. 1 capsule in the evening.", (200, 200)),
        ("For muscles: take 1 capsule in the morning. For better sleep: take 2 capsules in the evening.", (100, 300)),
        ("Take 1 capsule in the morning or evening.", (100, 100)),
        ("Take 1 capsule daily in the morning.", (100, 100)),
        ("Adults: 2 capsules in the morning. Children: 1 capsule in the evening.", (200, 200)),
    ],
)
def test_times_of_day_apart(directions: str, mg: tuple[float, float]) -> None:
    """Doses at several times of day add up, also where each has its own sentence; alternatives stay open."""
    assert day(f"{CAPSULE}\n{directions}") == mg
