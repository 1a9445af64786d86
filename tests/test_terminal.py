"""The command line on a real terminal: its widths, colours and encodings, and that no label can steer it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("pty", reason="pseudo terminals of POSIX")

from rich.cells import cell_len

from terminals import PROJECT, STYLE, environment, shown, text_of

OPEN, WHOLE = "examples/labels/citrate-sv.txt", "examples/labels/citrate-da.txt"
PDF = "fixtures/pdf/table-wrapped-names-da.pdf"
CUT = re.compile(r"(?<![\w-])[\d.,]+\n\s*(?:mg|g|%|capsules?|kapsler)\b")
"""A number at the end of a line and what it counts on the next."""
COLOUR = re.compile(r"\x1b\[(?:[0-9;]*;)?(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;[0-9;]*)?m")
HOSTILE = (
    "Per tablet: magnesium citrate 1000 mg, of which magnesium \x1b[31m150 mg. Take 1 tablet daily\x9b2J\u202e with "
    "food\u2066.\x1b]0;owned\x07 Kidney disease\x1b]8;;http://x\x1b\\: ask a doctor\x08\x08.\x7f\x1b[2J"
)


@pytest.fixture(scope="session")
def results(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Lines of JSON to compare."""
    from mglabel import analyze_file

    path = tmp_path_factory.mktemp("results") / "results.jsonl"
    files = [OPEN, WHOLE, PDF, "examples/labels/oxide-de.txt", "fixtures/pdf/artwork-sideways-and-upside-down-en.pdf"]
    path.write_text("".join(analyze_file(PROJECT / one, name=one).to_json() + "\n" for one in files), encoding="utf-8")
    return str(path)


def commands(results: str, out: Path) -> list[list[str]]:
    return [
        ["check", "--fail-on", "never", OPEN, WHOLE],
        ["check", "--lang", "da", PDF],
        ["compare", results, "--purpose", "sleep"],
        ["forms", "--lang", "da"],
        ["purposes"],
        ["explain"],
        ["explain", "MG404"],
        [
            "batch",
            "examples/labels",
            "--jobs",
            "1",
            "--fail-on",
            "never",
            "--out",
            str(out / "rows.jsonl"),
            "--restart",
        ],
    ]


@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_lines_fit_and_keep_numbers_with_their_units(width: int, results: str, tmp_path: Path) -> None:
    for command in commands(results, tmp_path)[: 8 if width < 100 else 4]:
        status, data = shown(*command, width=width)
        text = text_of(data)
        assert status == 0, text
        assert "\x1b" in data.decode()
        lines = [line.rpartition("\r\x1b[K")[2].rpartition("\r")[2] for line in text.splitlines()]
        assert max(map(cell_len, lines)) <= width, max(lines, key=cell_len)
        assert all(line == line.rstrip() for line in lines)
        assert CUT.search(text) is None, CUT.search(text)


def test_the_report_says_what_the_plain_one_says() -> None:
    piped = plain("check", OPEN)
    for width in (60, 100):
        seen = " ".join(text_of(shown("check", OPEN, width=width)[1]).split())
        said = ("Grade A to C, for everyday use", "47 to 400 mg", "MG402", "left open by the label", "Directions")
        assert [one for one in said if one not in seen or one not in " ".join([*piped.split(), said[3]])] == []


def test_several_labels_end_with_all_at_a_glance() -> None:
    status, data = shown("check", "--fail-on", "never", OPEN, WHOLE, "examples/labels/bath-salt-fr.txt", width=110)
    last = text_of(data).split("medical advice.")[-1].split("\n")
    assert status == 0
    assert [line.split()[0] for line in last if line.strip()][2:] == [OPEN, WHOLE, "examples/labels/bath-salt-fr.txt"]
    assert re.search(r"A to C +47 to 400 mg +1 × warning, 2 × advice$", "\n".join(last), re.MULTILINE)


def plain(*arguments: str, **env: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "mglabel", *arguments],
        capture_output=True,
        env={**environment(**env), "PYTHONIOENCODING": "utf-8"},
        cwd=PROJECT,
        check=False,
    )
    return done.stdout.decode()


def test_no_label_steers_a_terminal(tmp_path: Path) -> None:
    name = "label\x1b[35m\u202e.txt"
    (tmp_path / name).write_text(HOSTILE, encoding="utf-8")
    for more in ([], ["--format", "json"], ["--format", "jsonld"], ["--format", "sarif"], ["--format", "github"]):
        for env in ({}, {"TERM": "dumb"}, {"PYTHONIOENCODING": "latin-1"})[: 1 if more else 3]:
            _, data = shown("check", "--fail-on", "never", name, *more, env=env, cwd=tmp_path)
            text = data.decode("latin-1" if "PYTHONIOENCODING" in env and "--format" not in more else "utf-8")
            assert set(re.findall(r"\x1b(?!\[[0-9;]*m)", text)) == set()
            assert re.search(r"\x1b\[[0-9;]*(?:35|31)m", text.replace("\x1b[1;31m", "")) is None
            assert re.search("[\x00-\x09\x0b-\x1a\x1c-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text) is None
            if "--format" not in more:
                assert "magnesium \\x1b[31m150 mg" in text
                assert "label\\x1b[35m\\u202e.txt" in text


def test_markup_in_a_label_is_text(tmp_path: Path) -> None:
    name = "[bold]label :smile: [red].txt"
    label = "Magnesium 100 mg per tablet. Take 1 tablet daily with [/red] [b]food[/b] :smile:. Kidney disease: ask."
    (tmp_path / name).write_text(label, encoding="utf-8")
    status, data = shown("check", "--fail-on", "never", name, width=120, cwd=tmp_path)
    assert (status, b"Traceback" in data) == (0, False)
    assert name in text_of(data)


def test_no_colour_leaves_the_words_and_the_tables() -> None:
    for more, env in (
        [[], {"NO_COLOR": "1"}],
        [["--color", "never"], {}],
        [["--color", "never"], {"FORCE_COLOR": "1"}],
    ):
        _, data = shown("check", OPEN, *more, env=env)
        assert COLOUR.search(data.decode()) is None
        assert text_of(data) == text_of(shown("check", OPEN)[1])
    assert COLOUR.search(shown("check", OPEN)[1].decode())
    assert COLOUR.search(shown("check", OPEN, "--color", "always", env={"NO_COLOR": "1"})[1].decode())


def test_a_dumb_terminal_gets_the_plain_text() -> None:
    for command in (["check", OPEN], ["forms"], ["explain", "MG101"], ["purposes"]):
        assert shown(*command, env={"TERM": "dumb"})[1].decode() == plain(*command)


def test_what_is_piped_is_plain_unless_colour_is_asked_for() -> None:
    assert "\x1b" not in plain("check", OPEN)
    assert "\x1b" not in plain("check", OPEN, FORCE_COLOR="1", NO_COLOR="1")
    assert "\x1b" not in plain("check", OPEN, FORCE_COLOR="0")
    for asked in (plain("check", "--color", "always", OPEN), plain("check", OPEN, FORCE_COLOR="1")):
        assert STYLE.sub("", asked) == text_of(shown("check", OPEN, width=100)[1])


def test_a_file_is_plain_even_from_a_terminal(tmp_path: Path) -> None:
    out = tmp_path / "report.txt"
    shown("check", OPEN, "--out", str(out))
    assert out.read_text(encoding="utf-8") == plain("check", OPEN)


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_a_terminal_of_another_encoding(encoding: str) -> None:
    status, data = shown("check", "--lang", "da", OPEN, env={"PYTHONIOENCODING": encoding, "LC_ALL": "C"})
    text = text_of(data.decode(encoding).encode())
    assert status == 1
    assert "###" in text
    assert "???" in text  # the part of a bar that is left open
    assert ('"Magnesiumcitrat"' if encoding == "ascii" else "»Magnesiumcitrat«") in text
    assert "Karakter A til C" in text


def test_plain_text_does_not_import_what_draws() -> None:
    code = (
        "import sys; from mglabel.cli.main import main; "
        "[main(given) for given in (['check', sys.argv[1]], ['forms'], ['explain', 'MG101'], ['purposes'])]; "
        "print(sorted(n for n in ('rich', 'shtab', 'pint', 'difflib', 'jinja2') if n in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, OPEN], capture_output=True, env=environment(), cwd=PROJECT, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_json_on_a_terminal_is_the_same_json(tmp_path: Path) -> None:
    path = tmp_path / "label.txt"
    path.write_text(HOSTILE, encoding="utf-8")
    _, data = shown("check", "--fail-on", "never", "--format", "json", str(path))
    assert json.loads(data)["text"] == HOSTILE
