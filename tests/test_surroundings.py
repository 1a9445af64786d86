"""The same labels give the same bytes in any surroundings: threads, hash seeds, locales, time zones, flags, folders.

Each case is a process of its own. The slow ones are marked `surroundings` and run by .ci/run.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

import mglabel

PROGRAM = str(Path(__file__).parent / "answers.py")
HOME = str(Path(mglabel.__file__).parents[1])
PLAIN = {
    name: value
    for name, value in os.environ.items()
    if not name.startswith(("LC_", "LANG", "PYTHON")) and name not in ("TZ", "HOME", "TMPDIR")
}
slow = pytest.mark.surroundings


def ended(
    *arguments: str,
    flags: tuple[str, ...] = (),
    folder: str | None = None,
    before: tuple[str, ...] = (),
    **environment: str,
) -> subprocess.CompletedProcess[bytes]:
    """A process with these arguments, flags of Python and variables, that has come to its end."""
    command = [*before, sys.executable, *flags, PROGRAM, *arguments]
    surroundings = {**PLAIN, "PYTHONPATH": HOME, **environment}
    return subprocess.run(command, env=surroundings, cwd=folder, capture_output=True, check=False, timeout=300)


def said(*arguments: str, **surroundings: object) -> bytes:
    """What such a process says; it must say nothing else, and end well."""
    done = ended(*arguments, **surroundings)  # type: ignore[arg-type]
    assert (done.returncode, done.stderr) == (0, b""), done.stderr.decode("utf-8", "replace")[-2000:]
    return done.stdout


@cache
def expected(with_pdf: bool = False) -> bytes:
    """What a process says in plain surroundings."""
    answer = said(*(["pdf"] if with_pdf else []))
    assert answer.count(b"\n") > 20
    return answer


def test_eight_threads_from_the_first_import_on_say_what_one_says() -> None:
    assert said("threads") == b"eight threads agree: True\n"


@slow
@pytest.mark.parametrize("seed", ["1", "2", "3", "4"])
def test_threads_agree_again_and_again(seed: str) -> None:
    assert said("threads", "pdf", PYTHONHASHSEED=seed) == b"eight threads agree: True\n"


@pytest.mark.parametrize(
    "surroundings",
    [
        pytest.param({"PYTHONHASHSEED": "0", "TZ": "Asia/Kathmandu"}, id="hash seed 0"),
        pytest.param({"PYTHONHASHSEED": "4294967295", "TZ": "America/St_Johns"}, id="hash seed 4294967295", marks=slow),
        pytest.param({"PYTHONHASHSEED": "random"}, id="hash seed random", marks=slow),
        pytest.param(
            {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "HOME": "/nonexistent"},
            id="ASCII locale, no home",
        ),
        pytest.param({"LC_ALL": "POSIX", "PYTHONUTF8": "1"}, id="POSIX", marks=slow),
        pytest.param({"LC_ALL": "tr_TR.UTF-8"}, id="a locale that may be missing", marks=slow),
        pytest.param({"TMPDIR": "/nonexistent", "HOME": "/nonexistent"}, id="no folders", marks=slow),
        pytest.param({"flags": ("-OO", "-W", "error", "-X", "dev")}, id="-OO -W error -X dev"),
        pytest.param({"flags": ("-O",)}, id="-O", marks=slow),
        pytest.param({"flags": ("-bb", "-W", "error")}, id="-bb", marks=slow),
        pytest.param({"folder": "/"}, id="another folder", marks=slow),
    ],
)
def test_the_same_bytes(surroundings: dict[str, str], request: pytest.FixtureRequest) -> None:
    with_pdf = request.node.get_closest_marker("surroundings") is not None
    assert said(*(["pdf"] if with_pdf else []), **surroundings) == expected(with_pdf)


def test_nothing_is_written_and_no_network_is_asked() -> None:
    assert said("sealed", flags=("-B",)) == expected()


def test_without_a_ready_made_lexicon() -> None:
    assert said("built") == expected()


@slow
@pytest.mark.parametrize("name", ["tr_TR", "da_DK"])
def test_locales_in_which_letters_and_decimals_are_others(name: str, tmp_path: Path) -> None:
    """In Turkish the capital of i is no I, in Danish the decimal mark a comma, for libraries in C as well."""
    if shutil.which("localedef") is None:
        pytest.skip("no localedef to make locales with")
    made = subprocess.run(
        ["localedef", "-i", name, "-f", "UTF-8", str(tmp_path / f"{name}.UTF-8")], capture_output=True, check=False
    )
    if made.returncode != 0:
        pytest.skip("no sources of locales")
    assert said("pdf", "locale", LOCPATH=str(tmp_path), LC_ALL=f"{name}.UTF-8") == expected(True)


@slow
def test_without_a_network_at_all() -> None:
    alone = ("unshare", "--net", "--map-root-user")
    if shutil.which("unshare") is None or subprocess.run([*alone, "true"], check=False).returncode != 0:
        pytest.skip("no process can be parted from the network here")
    assert said("pdf", before=alone) == expected(True)


@slow
def test_folders_that_cannot_be_written_to(tmp_path: Path) -> None:
    """An installation and a home that are read-only, by a mount, since permissions do not bind root."""
    alone = ("unshare", "--mount", "--map-root-user")
    if shutil.which("unshare") is None or subprocess.run([*alone, "true"], check=False).returncode != 0:
        pytest.skip("no process can be given mounts of its own here")
    package = tmp_path / "site" / "mglabel"
    shutil.copytree(
        Path(mglabel.__file__).parent, package, ignore=shutil.ignore_patterns("__pycache__", "lexicon.json")
    )
    script = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && ! touch "$0/x" 2>/dev/null && exec "$@"'
    before = (*alone, "sh", "-c", script, str(tmp_path))
    assert said("pdf", before=before, PYTHONPATH=str(tmp_path / "site"), HOME=str(tmp_path)) == expected(True)
