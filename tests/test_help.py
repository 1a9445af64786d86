"""The help of the command line: every example that it shows runs, and every command and option is explained."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from mglabel.cli.examples import EXAMPLES, OBJECTED, STATUSES
from mglabel.cli.main import parsers
from terminals import PROJECT, environment

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the examples are lines of a POSIX shell")

LABEL = "Per tablet: magnesium citrate 1000 mg, of which magnesium 150 mg. Take 1 tablet daily."
PRELUDE = f'mglabel() {{ "{sys.executable}" -m mglabel "$@"; }}\nless() {{ cat; }}\n'


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files that the examples name."""
    home = tmp_path_factory.mktemp("examples")
    (home / "label.txt").write_text(LABEL, encoding="utf-8")
    shutil.copy(PROJECT / "fixtures" / "pdf" / "table-wrapped-names-da.pdf", home / "label.pdf")
    shutil.copy(PROJECT / "fixtures" / "pdf" / "catalogue-page-each-da.pdf", home / "range.pdf")
    (home / "suppliers").mkdir()
    (home / "suppliers" / "a.txt").write_text(LABEL, encoding="utf-8")
    (home / "products.csv").write_text(f'id,text\n1,"{LABEL}"\n', encoding="utf-8")
    command = [sys.executable, "-m", "mglabel", "check", "--format", "json", "label.txt"]
    done = subprocess.run(command, cwd=home, env=environment(), capture_output=True, check=True)
    (home / "results.jsonl").write_bytes(done.stdout)
    for where in (".zfunc", ".local/share/bash-completion/completions", ".config/fish/completions"):
        (home / where).mkdir(parents=True)
    return home


@pytest.mark.parametrize("line", [example.line for examples in EXAMPLES.values() for example in examples])
def test_an_example_runs(line: str, folder: Path) -> None:
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail\n{PRELUDE}{line}"],
        env={**environment(), "HOME": str(folder)},
        cwd=folder,
        capture_output=True,
        check=False,
    )
    assert (done.returncode in (0, 1), b"Traceback" in done.stderr) == (True, False), done.stderr.decode()
    goes_to = line.rpartition(" > ")[2].replace("~", str(folder)) if " > " in line else None
    assert (Path(folder, goes_to).read_bytes() if goes_to else done.stdout) or "--out" in line or "--annotate" in line


def test_every_command_has_help_with_examples() -> None:
    _, commands = parsers()
    assert set(EXAMPLES) == set(commands)
    assert set(STATUSES) <= set(commands)
    for name, command in commands.items():
        shown = command.format_help()
        assert all(example.line in shown for example in EXAMPLES[name])
        assert command.description
        assert all(action.help for action in command.actions)


def test_the_whole_help_shows_one_example_a_command() -> None:
    whole, _ = parsers()
    assert all(examples[0].line in whole.format_help() for examples in EXAMPLES.values())
    assert OBJECTED.startswith("0 ")
