"""The page of dependencies is true: it names what is asked for, and the licence of what is installed.

A new release may bring something new or word its licence anew without failing here, as long as it is permissive.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

HOME = Path(__file__).resolve().parents[1]
FAMILIES = {
    "copyleft": r"GPL|General Public",
    "MPL": r"MPL|Mozilla",
    "MIT": r"\bMIT\b|HPND",  # MIT-CMU was called HPND before
    "BSD": r"BSD",
    "Apache": r"Apache",
    "Python": r"PSF|Python-2|Python Software|CNRI",
    "free": r"Public.Domain|0BSD|CC0|Unlicense|Zlib|ISC\b",
}
PERMISSIVE = {"MIT", "BSD", "Apache", "Python", "free"}
FOR_USERS = ("", "batch", "arrow", "ocr")


def _loaded(path: Path) -> object:
    spec = importlib.util.spec_from_file_location("docs_dependencies", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


page = _loaded(HOME / "docs" / "dependencies.py")
TABLE = page.packages()
LICENCES = {canonicalize_name(one.name): one.licence for one in TABLE}
OWN = {one.name for one in TABLE if not one.brought_by}


def families(licence: str) -> set[str]:
    """The kinds of licences that a text names."""
    return {name for name, words in FAMILIES.items() if re.search(words, licence, re.IGNORECASE)}


def stated(package: Distribution) -> str:
    """What a package says of its licence, where it says it shortest."""
    fields = package.metadata
    classifiers = [one for one in fields.get_all("Classifier", []) if one.startswith("License ::")]
    whole = (fields.get("License") or "").strip()
    return fields.get("License-Expression") or "; ".join(classifiers) or whole.partition("\n")[0]


def installed(name: str, extras: frozenset[str], seen: set[str]) -> Iterator[Distribution]:
    """All that a package asks for, and what that asks for, as far as it is installed."""
    for entry in map(Requirement, distribution(name).requires or ()):
        if entry.marker is not None and not any(entry.marker.evaluate({"extra": extra}) for extra in {"", *extras}):
            continue
        key = f"{canonicalize_name(entry.name)}[{','.join(sorted(entry.extras))}]"
        if key in seen:
            continue
        seen.add(key)
        try:
            package = distribution(entry.name)
        except PackageNotFoundError:  # of an extra that is not installed
            continue
        yield package
        yield from installed(entry.name, frozenset(entry.extras), seen)


def test_the_table_names_just_what_is_asked_for() -> None:
    asked = {name for group in page.asked_for().values() for name in group}
    assert asked == OWN


def test_each_row_says_by_what_it_comes_and_what_it_is_for() -> None:
    names = {one.name for one in TABLE}
    assert [one for one in TABLE if one.brought_by and one.brought_by not in names] == []
    assert [one for one in TABLE if not one.use or not families(one.licence)] == []


@pytest.mark.parametrize("extra", FOR_USERS)
def test_licences_of_what_is_installed(extra: str) -> None:
    wrong: list[str] = []
    for package in installed("mglabel", frozenset({extra}), set()):
        name, says = package.metadata["Name"], families(stated(package))
        listed = LICENCES.get(canonicalize_name(name))
        if listed is not None and says - families(listed):
            wrong.append(f"{name} is listed with {listed} and says {stated(package)}")
        if (listed is None and not says) or says - PERMISSIVE - {"MPL"}:
            wrong.append(f"{name} says {stated(package) or 'nothing'}")
    assert wrong == []
