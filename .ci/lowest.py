"""Prints the lowest version that pyproject.toml allows of everything it asks for, as constraints for pip.

python .ci/lowest.py > lowest.txt && pip install -c lowest.txt '.[test,ocr]'      needs `packaging`
"""

from __future__ import annotations

import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

PROJECT = Path(__file__).resolve().parents[1] / "pyproject.toml"


def lowest(papers: dict[str, object]) -> dict[str, Version]:
    """Name to lowest version; the highest of them where several entries name the same."""
    project, system = papers["project"], papers["build-system"]
    entries = [*system["requires"], *project["dependencies"]]
    entries += [entry for extra in project["optional-dependencies"].values() for entry in extra]
    found: dict[str, Version] = {}
    for entry in map(Requirement, entries):
        name = canonicalize_name(entry.name)
        for bound in entry.specifier:
            if bound.operator in (">=", "=="):
                found[name] = max(Version(bound.version), found.get(name, Version("0")))
    return found


if __name__ == "__main__":
    for name, version in sorted(lowest(tomllib.loads(PROJECT.read_text(encoding="utf-8"))).items()):
        print(f"{name}=={version}")
