"""Completion in real shells: what is typed before the tabulator, and what the shell makes of it."""

from __future__ import annotations

import os
import select
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("pty", reason="pseudo terminals of POSIX")

import sys

from mglabel.cli.main import SHELLS
from mglabel.tables.guide import default_guide
from mglabel.tables.messages import codes
from terminals import environment

PATIENCE = 20.0
START = {
    "bash": (["bash", "--norc", "--noprofile", "-i"], "PS1='> '; source {script}\n"),
    "zsh": (["zsh", "-f", "-i"], "PS1='> '; fpath+=$PWD/.zfunc; autoload -Uz compinit && compinit -u -D\n"),
}
TYPED = [
    ("mglabel comple", "mglabel completion "),
    ("mglabel check --ann", "--annotate"),
    ("mglabel forms --purpose migr", "migraine"),
    ("mglabel check --format jsonl", "jsonld"),
    ("mglabel explain MG40", "MG404"),
    ("mglabel check --guide my-gui", "my-guide.toml"),
    ("mglabel check lab", "label.txt"),
]


@pytest.fixture(scope="module")
def scripts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the script of every shell, and some files to complete."""
    home = tmp_path_factory.mktemp("completion")
    for shell in SHELLS:
        command = [sys.executable, "-m", "mglabel", "completion", shell]
        script = subprocess.run(command, capture_output=True, env=environment(), check=True).stdout
        (home / f"script.{shell}").write_bytes(script)
    (home / ".zfunc").mkdir()
    shutil.copy(home / "script.zsh", home / ".zfunc" / "_mglabel")
    for name in ("label.txt", "my-guide.toml"):
        (home / name).write_text("", encoding="utf-8")
    return home


@pytest.mark.parametrize("shell", sorted(START))
def test_a_shell_completes_what_is_typed(shell: str, scripts: Path) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"no {shell} here")
    command, start = START[shell]
    session = Session(command, scripts)
    try:
        session.type(start.format(script=scripts / f"script.{shell}") + "echo rea''dy\n")
        session.expect("ready")
        for typed, completed in TYPED:
            session.type(f"\x15{typed}\t\t")
            session.expect(completed)
    finally:
        session.close()


class Session:
    """An interactive shell behind a pseudo terminal."""

    def __init__(self, command: list[str], cwd: Path) -> None:
        import pty

        self._ours, theirs = pty.openpty()
        env = environment(TERM="dumb", HOME=str(cwd), HISTFILE="", ZDOTDIR=str(cwd))
        self._process = subprocess.Popen(
            command, stdin=theirs, stdout=theirs, stderr=theirs, cwd=cwd, env=env, start_new_session=True
        )
        os.close(theirs)
        self._seen = ""

    def type(self, text: str) -> None:
        self._seen = ""
        os.write(self._ours, text.encode())

    def expect(self, text: str) -> None:
        """Wait until the shell has shown a text."""
        until = time.monotonic() + PATIENCE
        while text not in self._seen:
            ready, _, _ = select.select([self._ours], [], [], max(0.0, until - time.monotonic()))
            assert ready, f"{text!r} was not shown: {self._seen!r}"
            self._seen += os.read(self._ours, 65536).decode("utf-8", "replace")

    def close(self) -> None:
        os.close(self._ours)
        self._process.kill()
        self._process.wait()


@pytest.fixture
def fish(scripts: Path) -> Callable[[str], list[str]]:
    """What fish offers for a line, without the descriptions."""
    if shutil.which("fish") is None:
        pytest.skip("no fish here")

    def offered(line: str) -> list[str]:
        program = f"source {scripts / 'script.fish'}; complete -C '{line}'"
        done = subprocess.run(
            ["fish", "--no-config", "-c", program],
            cwd=scripts,
            env=environment(HOME=str(scripts)),
            capture_output=True,
            text=True,
            check=True,
        )
        return [one.split("\t")[0] for one in done.stdout.splitlines()]

    return offered


def test_fish_completes(fish: Callable[[str], list[str]]) -> None:
    assert set(fish("mglabel ")) >= {"check", "batch", "compare", "completion"}
    assert sorted(fish("mglabel check --purpose ")) == sorted(default_guide().purposes)
    assert sorted(fish("mglabel explain ")) == sorted(codes())
    assert sorted(fish("mglabel check --lang ")) == ["da", "en"]
    assert fish("mglabel check lab") == ["label.txt"]
    assert fish("mglabel check --guide my") == ["my-guide.toml"]
    assert "--color" in fish("mglabel compare --")


@pytest.mark.parametrize("shell", SHELLS)
def test_a_script_has_no_faults(shell: str, scripts: Path) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"no {shell} here")
    subprocess.run([shell, "-n", str(scripts / f"script.{shell}")], check=True)
