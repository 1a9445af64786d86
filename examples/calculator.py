"""How much magnesium is in an amount of a compound: the calculator on its own.

python examples/calculator.py
python examples/calculator.py "1,5 g" "magnesium citrate nonahydrate"
"""

from __future__ import annotations

import sys

import mglabel

AMOUNTS = (
    ("500 mg", "magnesium citrate"),  # which citrate is not said: an interval
    ("500 mg", "magnesium citrate nonahydrate"),
    ("1,5 g", "magnesiumbisglycinat"),
    ("10 mmol", "magnesium chloride"),  # amounts of substance count the magnesium
    ("2 g", "MgSO4·7H2O"),
)


def line(amount: str, compound: str) -> str:
    mass = mglabel.elemental(amount, compound)
    low, high = (round(end.m_as("mg"), 1) for end in (mass.low, mass.high))
    return f"{amount:>8}  {compound:<30} {low if mass.is_exact else f'{low} to {high}'} mg"


def main(arguments: list[str]) -> int:
    for amount, compound in [tuple(arguments)] if len(arguments) == 2 else AMOUNTS:
        try:
            print(line(amount, compound))
        except mglabel.MglabelError as error:  # every mistake says what was wrong and what to do
            print(error, file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
