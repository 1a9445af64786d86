"""Builds the source archive and the wheel, twice and in different ways, and holds them to what they should be.

python .ci/package.py OUT       with a Python that has `build`, `hatchling` and mglabel itself, installed from here
Leaves both files in the folder OUT. Exit status 1 and what is wrong where something is.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import zipfile
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path

from packaging.metadata import Metadata

HOME = Path(__file__).resolve().parents[1]
PACKAGE = HOME / "src" / "mglabel"
MADE = {"mglabel/data/lexicon.json"}
PAPERS = {"METADATA", "WHEEL", "RECORD", "entry_points.txt", "licenses/LICENSE"}
NEEDED_TO_TEST = ("tests/test_project.py", "fixtures/pdf/blank-pages.pdf", "examples/badge.py", "docs/build.py")
MOST_BYTES = 2_500_000
"""Of either file: more is something that was packed by mistake."""


def main(out: Path) -> int:
    """Build, compare and look inside."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        archive = built("sdist", HOME, out, seed=1)
        tree = unpacked(archive, work)
        wheel = built("wheel", tree, out, seed=2)
        again = built("wheel", HOME, work / "again", seed=3), built("sdist", tree, work / "again", seed=4)
        faults = [
            *(f"{one.name} has other bytes when it is built again" for one in again if not same(one, out / one.name)),
            *faults_of_wheel(wheel),
            *faults_of_archive(archive),
            *faults_of_installed(wheel),
        ]
    for path in (archive, wheel):
        print(f"{path.stat().st_size:>10,} bytes  {path.name}")
    print("\n".join(faults) or "built twice with the same bytes; what is installed is what is in the wheel")
    return 1 if faults else 0


def built(kind: str, tree: Path, out: Path, seed: int) -> Path:
    """Build a wheel or a source archive; the order of Python's sets, the zone and the mask must not be seen in it."""
    command = [sys.executable, "-m", "build", "--no-isolation", f"--{kind}", "--outdir", str(out), str(tree)]
    env = {**os.environ, "PYTHONHASHSEED": str(seed), "TZ": f"UTC{seed:+d}"}
    umask = 0o022 if seed % 2 else 0o077
    done = subprocess.run(command, env=env, umask=umask, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    [path] = out.glob("*.whl" if kind == "wheel" else "*.tar.gz")
    return path


def unpacked(archive: Path, folder: Path) -> Path:
    """The source tree in an archive."""
    with tarfile.open(archive) as tar:
        tar.extractall(folder, filter="data")
    return folder / archive.name.removesuffix(".tar.gz")


def same(one: Path, other: Path) -> bool:
    """Whether two files hold the same bytes."""
    return one.read_bytes() == other.read_bytes()


def faults_of_wheel(path: Path) -> Iterator[str]:
    """The package with its data and nothing else, and papers that keep to the rules."""
    with zipfile.ZipFile(path) as wheel:
        names = set(wheel.namelist())
        info = f"{'-'.join(path.name.split('-')[:2])}.dist-info/"
        metadata = Metadata.from_email(wheel.read(f"{info}METADATA"))  # raises where a field breaks the rules
    expected = {f"mglabel/{name}" for name in sources()} | MADE | {f"{info}{name}" for name in PAPERS}
    yield from (f"{name} is in the wheel and should not be" for name in sorted(names - expected))
    yield from (f"{name} is not in the wheel" for name in sorted(expected - names))
    project = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = set(metadata.provides_extra or ())
    if str(metadata.requires_python) != project["requires-python"] or extras != {*project["optional-dependencies"]}:
        yield "the metadata says something else than pyproject.toml"
    if metadata.description != (HOME / "README.md").read_text(encoding="utf-8"):
        yield "the description is not the README"
    if path.stat().st_size > MOST_BYTES:
        yield f"{path.name} has more than {MOST_BYTES:,} bytes"


def sources() -> Iterator[str]:
    """The files of the package in the source tree, without what Python leaves there."""
    for path in PACKAGE.rglob("*"):
        name = path.relative_to(PACKAGE).as_posix()
        if path.is_file() and "__pycache__" not in name and f"mglabel/{name}" not in MADE:
            yield name


def faults_of_archive(path: Path) -> Iterator[str]:
    """Enough to test what it builds, and nothing that is made or kept by tools."""
    with tarfile.open(path) as tar:
        names = [member.name.partition("/")[2] for member in tar.getmembers()]
    yield from (f"{name} is not in the source archive" for name in NEEDED_TO_TEST if name not in names)
    for name in names:
        if "cache" in name or name.endswith((".pyc", "lexicon.json")) or name.startswith((".git/", ".venv")):
            yield f"{name} is in the source archive and should not be"
    if path.stat().st_size > MOST_BYTES:
        yield f"{path.name} has more than {MOST_BYTES:,} bytes"


def faults_of_installed(path: Path) -> Iterator[str]:
    """What this Python has installed, and the tests have run on, is the wheel."""
    files = {file.as_posix(): Path(file.locate()) for file in distribution("mglabel").files or ()}
    held = {name: file for name, file in files.items() if name.startswith("mglabel/") and not name.endswith(".pyc")}
    with zipfile.ZipFile(path) as wheel:
        packed = {name: wheel.read(name) for name in wheel.namelist() if name.startswith("mglabel/")}
    yield from (f"{name} is installed otherwise than packed" for name in sorted(held.keys() ^ packed.keys()))
    for name in sorted(held.keys() & packed.keys()):
        if held[name].read_bytes() != packed[name]:
            yield f"{name} is installed otherwise than packed"


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))
