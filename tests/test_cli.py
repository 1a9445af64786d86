"""The command line, as a process of its own: what it prints, its exit statuses, and what it does with bad input."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import mglabel
from mglabel.cli import main
from mglabel.cli.lookups import amount_and_name
from mglabel.tables import messages
from mglabel.values.errors import BadQuantity

GOOD = "Per 2 capsules: magnesium citrate 1500 mg, of which magnesium 240 mg (64 % NRV). 1 capsule twice a day."
OXIDE = "Per tablet: magnesium oxide 670 mg, of which magnesium 400 mg. Take 1 tablet daily."
PROJECT = Path(__file__).parents[1]
HOME = str(Path(mglabel.__file__).parents[1])
ENVIRONMENT = {**os.environ, "PYTHONPATH": HOME, "PYTHONIOENCODING": "utf-8"}


def run(
    *arguments: str, given: bytes | str = b"", env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the command line and give what it wrote."""
    data = given.encode() if isinstance(given, str) else given
    done = subprocess.run(
        [sys.executable, "-m", "mglabel", *arguments],
        input=data,
        capture_output=True,
        env=env or ENVIRONMENT,
        cwd=PROJECT,
        check=False,
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture
def good(tmp_path: Path) -> str:
    path = tmp_path / "good.txt"
    path.write_text(GOOD, encoding="utf-8")
    return str(path)


@pytest.fixture
def oxide(tmp_path: Path) -> str:
    path = tmp_path / "oxide.txt"
    path.write_text(OXIDE, encoding="utf-8")
    return str(path)


def test_a_file(good: str) -> None:
    done = run("check", good)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Grade A" in done.stdout
    assert "240 mg" in done.stdout
    assert good in done.stdout


def test_in_danish_for_a_purpose(good: str) -> None:
    assert "Karakter B, til søvn" in run("check", "--lang", "da", "--purpose", "sleep", good).stdout


@pytest.mark.parametrize("arguments", [("check",), ("check", "-")])
def test_standard_input(arguments: tuple[str, ...]) -> None:
    done = run(*arguments, given=GOOD)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Product")


@pytest.mark.parametrize(
    ("threshold", "status"), [("info", 1), ("advice", 1), ("warning", 1), ("error", 0), ("never", 0)]
)
def test_the_threshold_of_an_objection(threshold: str, status: int, oxide: str) -> None:
    assert run("check", "--fail-on", threshold, oxide).returncode == status


def test_a_warning_is_an_objection_where_nothing_else_is_said(oxide: str) -> None:
    assert run("check", oxide).returncode == 1


def test_json_is_one_valid_object_a_line(good: str, oxide: str) -> None:
    done = run("check", "--format", "json", "--fail-on", "never", good, oxide, "-", given="Vitamin C")
    found = [json.loads(line) for line in done.stdout.splitlines()]
    schema = Draft202012Validator(json.loads(run("schema").stdout))
    for one in found:
        schema.validate(one)
    assert [one["input"]["name"] for one in found] == [good, oxide, None]
    assert [one["declares_magnesium"] for one in found] == [True, True, False]
    assert done.returncode == 0


def test_one_bad_file_is_named_and_the_others_are_read(good: str, oxide: str, tmp_path: Path) -> None:
    missing = str(tmp_path / "missing.txt")
    done = run("check", missing, good, oxide)
    assert done.returncode == 2
    assert done.stderr == f"mglabel: {missing}: No such file or directory\n"
    assert done.stdout.count("Grade") == 2


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7\n...", "PDF"),
        (b"\xef\xbb\xbf<html>", "HTML"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"\xff\xd8\xff\xe0", "picture"),
        (b"PK\x03\x04", "archive"),
        (b"Magnesium \xe5\xe6 100 mg", "UTF-8"),
        ("Magnesium 100 mg".encode("utf-16-le"), "zeros"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, said: str) -> None:
    done = run("check", given=data)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("mglabel: -: ")
    assert said in done.stderr


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_is_followed(encoding: str) -> None:
    done = run("check", "--format", "json", given=GOOD.encode(encoding))
    assert json.loads(done.stdout)["text"] == GOOD


@pytest.mark.parametrize("given", [" \n\t ", "\0\0a b c d e f g", "\u202e\u2066", "Vitamin C 500 mg", "\x1b[31m"])
def test_strange_text_is_read(given: str) -> None:
    for form in ("text", "json"):
        done = run("check", "--format", form, given=given)
        assert (done.returncode, done.stderr) == (0, "")


def test_a_page_of_a_shop() -> None:
    done = run("check", "--format", "json", given=b"\n<!DOCTYPE html><p>Magnesium 1<b>00</b> mg per tablet")
    analysis = json.loads(done.stdout)
    assert (analysis["input"]["kind"], analysis["elemental_mg_per_portion"]["high"]) == ("html", 100)


def test_a_text_beyond_the_limit(good: str) -> None:
    done = run("check", "--max-bytes", "20", good)
    assert done.returncode == 2
    assert "limit of 20 bytes" in done.stderr


def test_a_directory(tmp_path: Path) -> None:
    done = run("check", str(tmp_path))
    assert done.returncode == 2
    assert str(tmp_path) in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("check", "--purpose", "slep"), "did you mean 'sleep'"),
        (("forms", "--purpose", "slep"), "did you mean 'sleep'"),
        (("check", "--guide", "no-such.toml"), "no-such.toml"),
        (("check", "--guide", "pyprojekt.toml"), "did you mean 'pyproject.toml'?"),
        (("check", "--lang", "sv"), "choose from en, da"),
        (("check", "--format", "jsno"), "did you mean 'json'?"),
        (("check", "--fail-on", "warnings"), "did you mean 'warning'?"),
        (("check", "--max-bytes", "0"), "above zero"),
        (("check", "--lnag", "da", "-"), "did you mean '--lang'?"),
        (("check", "--lnag=da"), "unknown option '--lnag': did you mean '--lang'?"),
        (("chek",), "did you mean 'check'?"),
        (("xyz",), "the commands are check, batch"),
        (("pyproject.toml",), "did you mean 'mglabel check pyproject.toml'?"),
        (("forms", "x"), "one argument too many: 'x'"),
        ((), "required"),
        (("explain", "MG999"), "MG101"),
        (("explain", "MG2O1"), "did you mean 'MG201'?"),
        (("batch", "tets", "--out", "x.csv"), "did you mean 'tests'?"),
        (("elemental", "500", "mg", "citrrate"), "did you mean 'citrate'"),
        (("elemental", "500", "mg"), "500 mg magnesium citrate"),
        (("elemental", "500", "mg", "sugar"), "no magnesium compound"),
        (("elemental", "much", "magnesium", "citrate"), "one number and one unit"),
    ],
)
def test_a_wrong_option_or_word(arguments: tuple[str, ...], said: str) -> None:
    done = run(*arguments, given=GOOD)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) <= 2


def test_a_file_whose_name_is_nearly_right(good: str) -> None:
    done = run("check", good.replace("good", "godo"))
    assert done.returncode == 2
    assert done.stderr.endswith(f"No such file or directory: did you mean {good!r}?\n")


def test_files_may_stand_on_both_sides_of_an_option(good: str, oxide: str) -> None:
    done = run("check", good, "--fail-on", "never", oxide, "-", given="Vitamin C")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("Grade") == 2
    assert run("elemental", "500", "mg", "--lang", "da", "magnesium oxide").stdout.startswith("275 til 302 mg")


def test_an_error_shows_no_escapes_of_a_terminal() -> None:
    for arguments in (
        ("check", "--x\x1b[31m"),
        ("\x1b[31m",),
        ("check", "no\x1b[31m.txt"),
        ("check", "--lang", "\u202e"),
    ):
        said = run(*arguments).stderr
        assert "\x1b" not in said
        assert "\u202e" not in said


def test_another_edition_of_the_guide(tmp_path: Path, good: str) -> None:
    data = Path(mglabel.__file__).parent / "data"
    guide = (data / "guide.toml").read_text(encoding="utf-8").replace("day_limit_mg = 350", "day_limit_mg = 100")
    (tmp_path / "guide.toml").write_text(guide, encoding="utf-8")
    (tmp_path / "verdicts.csv").write_bytes((data / "verdicts.csv").read_bytes())
    done = run("check", "--guide", str(tmp_path / "guide.toml"), "--fail-on", "never", good)
    assert "Grade B" in done.stdout, done.stderr


def test_lookups() -> None:
    assert run("--version").stdout == f"mglabel {mglabel.__version__}\n"
    assert "ideal" in run("forms", "--purpose", "sleep").stdout
    assert "magnesiumbisglycinat" in run("forms", "--lang", "da").stdout
    assert "søvn" in run("purposes", "--lang", "da").stdout
    assert run("explain", "mg201", "--lang", "da").stdout.startswith("MG201  ")
    assert len(run("explain").stdout.splitlines()) >= 35
    assert "examples:" in run("--help").stdout


@pytest.mark.parametrize(
    "words",
    [
        ("500", "mg", "magnesium citrate nonahydrate"),
        ("500 mg", "magnesium citrate nonahydrate"),
        ("500mg", "magnesium", "citrate", "nonahydrate"),
        ("0,5", "g", "magnesium", "citrate", "nonahydrate"),
    ],
)
def test_the_calculator(words: tuple[str, ...]) -> None:
    done = run("elemental", *words)
    assert (done.returncode, done.stdout) == (0, "59.45 mg elemental magnesium\n")


def test_the_calculator_gives_an_interval_where_the_name_leaves_it_open() -> None:
    assert " to " in run("elemental", "500", "mg", "magnesium citrate").stdout
    assert " til " in run("elemental", "500", "mg", "magnesium citrate", "--lang", "da").stdout


@pytest.mark.parametrize("words", [[], ["500"], ["500", "mg"], ["500mg"]])
def test_an_amount_without_a_compound(words: list[str]) -> None:
    with pytest.raises(BadQuantity):
        amount_and_name(words)


@pytest.mark.skipif(os.name != "posix", reason="pipes and signals of POSIX")
def test_a_closed_pipe_is_no_error(good: str) -> None:
    program = [sys.executable, "-m", "mglabel", "check", *[good] * 200]
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENVIRONMENT) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 141


@pytest.mark.skipif(os.name != "posix", reason="pipes and signals of POSIX")
@pytest.mark.parametrize(
    ("command", "status", "told"),
    [
        ("check GOOD >&-", 2, "mglabel: standard output is closed\n"),
        ("check --format json GOOD >&-", 2, "mglabel: standard output is closed\n"),
        ("check - <&-", 2, "mglabel: -: standard input is closed\n"),
        ("compare - <&-", 2, "mglabel: standard input is closed\n"),
        ("check GOOD 2>&- >/dev/null", 0, ""),
        ("check /no/such/file 2>&-", 2, ""),
        ("check --format html --out GOOD.html GOOD >&-", 0, ""),
        ("check - <&- >&- 2>&-", 2, ""),
    ],
)
def test_closed_streams(command: str, status: int, told: str, good: str) -> None:
    line = f'"$0" -m mglabel {command.replace("GOOD", good)}'
    done = subprocess.run(["sh", "-c", line, sys.executable], capture_output=True, env=ENVIRONMENT, check=False)
    assert (done.returncode, done.stdout, done.stderr.decode()) == (status, b"", told)


@pytest.mark.skipif(os.name != "posix", reason="pipes and signals of POSIX")
def test_an_interrupt_is_quiet() -> None:
    program = [sys.executable, "-m", "mglabel", "check", "--format", "json", "-", "-"]
    with subprocess.Popen(
        program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENVIRONMENT
    ) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        process.stdin.write(b"x" * 2_000_000)  # the second of the two reads waits for more when this returns
        process.stdin.flush()
        process.send_signal(signal.SIGINT)
        process.stdin.close()
        assert process.wait() == 130
        assert b"Traceback" not in process.stderr.read()


def test_a_poor_terminal_gets_replacements(good: str) -> None:
    environment = {**ENVIRONMENT, "PYTHONIOENCODING": "ascii"}
    done = run("check", "--lang", "da", good, env=environment)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Karakter A" in done.stdout
    assert json.loads(run("check", "--format", "json", "-", given="Mælk", env=environment).stdout)["text"] == "Mælk"


def test_importing_the_package_imports_nothing_heavy() -> None:
    heavy = "{'pint', 'msgspec', 'regex', 'tomllib', 'argparse', 'json'}"
    code = f"import sys, mglabel; print(sorted({heavy} & sys.modules.keys()), mglabel.__version__)"
    done = subprocess.run(
        [sys.executable, "-S", "-c", code], capture_output=True, text=True, env=ENVIRONMENT, check=True
    )
    assert done.stdout == f"[] {mglabel.__version__}\n"


def test_the_options_offer_what_the_tables_have() -> None:
    assert main.LANGUAGES == messages.LANGUAGES


def test_checking_a_text_does_not_import_pint(good: str) -> None:
    code = f"import sys; from mglabel.cli.main import main; main(['check', {good!r}]); print('pint' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=ENVIRONMENT, check=True)
    assert done.stdout.splitlines()[-1] == "False"


def test_every_public_name_is_there() -> None:
    assert set(dir(mglabel)) == set(mglabel.__all__)
    assert all(getattr(mglabel, name) is not None for name in mglabel.__all__)
    assert issubclass(mglabel.UnreadableDocument, mglabel.MglabelError)
    with pytest.raises(AttributeError, match="no attribute 'analyse'"):
        _ = mglabel.analyse
