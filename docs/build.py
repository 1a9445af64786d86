"""Make what can be made of the documentation: the pages from the tables, and the output under every command shown.

python docs/build.py           write what has changed
python docs/build.py --check   write nothing; exit status 1 if a page is not current
"""

from __future__ import annotations

import difflib
import sys
from pathlib import Path

HOME = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(HOME / "docs"))
if __name__ == "__main__":  # a test has the package that it tests
    sys.path.insert(0, str(HOME / "src"))

import dependencies  # noqa: E402
import pages  # noqa: E402
import pages_commands  # noqa: E402
import pages_forms  # noqa: E402
import pages_json  # noqa: E402
import pages_languages  # noqa: E402
import pages_purposes  # noqa: E402
import transcripts  # noqa: E402

GENERATED = {
    "docs/findings.md": lambda: pages.findings("en"),
    "docs/findings-da.md": lambda: pages.findings("da"),
    "docs/forms.md": pages_forms.forms,
    "docs/purposes.md": pages_purposes.purposes,
    "docs/coverage.md": pages_languages.coverage,
    "docs/json-keys.md": pages_json.reference,
    "docs/commands.md": pages_commands.commands,
    "docs/columns.md": pages.columns,
    "docs/dependencies.md": dependencies.page,
}


def documents() -> list[str]:
    """Every page written by hand that may show commands, as its path in the project."""
    written = [HOME / "README.md", HOME / "CONTRIBUTING.md", *HOME.glob("docs/*.md"), *HOME.glob("benchmarks/*.md")]
    return sorted(name for path in written if (name := path.relative_to(HOME).as_posix()) not in GENERATED)


def current(name: str) -> str:
    """What a page should hold now."""
    if name in GENERATED:
        return GENERATED[name]()
    return transcripts.refreshed((HOME / name).read_text(encoding="utf-8"), HOME)


def difference(name: str) -> str:
    """How a page differs from what it should hold, empty where it does not."""
    path = HOME / name
    held = path.read_text(encoding="utf-8") if path.exists() else ""
    return "".join(difflib.unified_diff(held.splitlines(True), current(name).splitlines(True), name, f"{name} (now)"))


def main(arguments: list[str]) -> int:
    """Write the pages, or with --check only tell which are not current."""
    stale = 0
    for name in [*GENERATED, *documents()]:
        changes = difference(name)
        if changes and "--check" in arguments:
            print(changes)
            stale += 1
        elif changes:
            (HOME / name).write_text(current(name), encoding="utf-8")
            print(f"wrote {name}")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
