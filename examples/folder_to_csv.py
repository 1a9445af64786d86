"""Check a folder of label texts and write one row a label as CSV.

python examples/folder_to_csv.py examples/labels > checked.csv
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import mglabel

LABELS = Path(__file__).parent / "labels"
WANTED = ("sources", "elemental_mg_per_day_low", "elemental_mg_per_day_high", "derivation", "grade_best", "grade_worst")


def main(folder: Path = LABELS) -> int:
    files = sorted(folder.glob("*.txt"))
    # A file that cannot be read is a row with its reason; it never stops the others.
    columns = mglabel.check_columns([file.read_bytes() for file in files])
    rows = csv.writer(sys.stdout, lineterminator="\n")
    rows.writerow(("file", *WANTED, "error"))
    for at, file in enumerate(files):
        rows.writerow((file.name, *(columns[name][at] for name in WANTED), columns["error"][at]))
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:2])))
