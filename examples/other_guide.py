"""Grade by another edition of the guide: here the packaged one with a stricter limit for the day.

python examples/other_guide.py
"""

from __future__ import annotations

import sys
import tempfile
from importlib import resources
from pathlib import Path

import mglabel

LABEL = "Per 2 tablets: magnesium (as citrate) 300 mg. Take 1 tablet twice a day with food."
FILES = ("guide.toml", "verdicts.csv")


def stricter(folder: Path, limit: int) -> mglabel.Guide:
    """An edition is a TOML file and the table of verdicts beside it; every fault in them is named when it loads."""
    for name in FILES:
        text = (resources.files("mglabel") / "data" / name).read_text(encoding="utf-8")
        text = text.replace("day_limit_mg = 350", f"day_limit_mg = {limit}")
        (folder / name).write_text(text.replace('edition = "2025-11"', 'edition = "stricter"'), encoding="utf-8")
    return mglabel.Guide.load(folder / "guide.toml")


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        for guide in (mglabel.Guide.load(), stricter(Path(folder), limit=250)):
            analysis = mglabel.analyze(LABEL, guide=guide)
            limit = next(finding for finding in analysis.findings if finding.code in ("MG201", "MG202", "MG203"))
            print(f"{guide.edition}: grade {analysis.grade}. {limit.text('en')}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
