"""How a label is read, in the form of the JSON beside it: `python tests/read_label.py fixtures/is/new.txt`.

It prints, and writes nothing: the facts are to be compared with those that a reader wrote down before.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

ORDER = (
    "declares_magnesium sources excipients elemental_mg_per_day derivation directions statements use grade findings"
).split()


def main(paths: list[str]) -> None:
    """Print each label's reading."""
    sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "src")]
    from test_fixtures import analysed, facts

    for path in paths:
        have = facts(analysed(Path(path)))
        kept = {"why": "one line: what a careful reader can know, and from what", **{key: have[key] for key in ORDER}}
        print(json.dumps(kept, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main(sys.argv[1:])
