"""The text for a badge on a product page: the grade, the magnesium per day, and what a buyer should know.

python examples/badge.py examples/labels/citrate-da.txt da
"""

from __future__ import annotations

import sys
from pathlib import Path

import mglabel

LABEL = Path(__file__).parent / "labels" / "bisglycinate-en.txt"
WORTH_SAYING = ("error", "warning", "advice")


def badge(label: str | bytes, lang: str = "en") -> list[str]:
    analysis = mglabel.analyze(label)
    if not analysis.declares_magnesium:
        return []
    day = analysis.intake.mg_per_day  # an interval of decimals, None where the label does not let one know
    mass = "?" if day is None else f"{day.low:.0f}" if day.is_exact else f"{day.low:.0f}-{day.high:.0f}"
    forms = ", ".join(source.form for source in analysis.sources) or "?"
    head = f"{analysis.grade or '-'} | {mass} mg | {forms}"
    return [head, *(finding.text(lang) for finding in analysis.findings if finding.severity in WORTH_SAYING)]


def main(path: Path, lang: str = "en") -> int:
    print("\n".join(badge(path.read_bytes(), lang)))
    return 0


if __name__ == "__main__":
    arguments = sys.argv[1:] or [str(LABEL)]
    sys.exit(main(Path(arguments[0]), *arguments[1:2]))
