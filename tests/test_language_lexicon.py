"""The stored lexicon is what the tables say, and is never used where they have changed since."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from mglabel.language import lexicon


@pytest.fixture(scope="module")
def built() -> lexicon.Lexicon:
    return lexicon.built()


def test_what_is_stored_is_what_the_tables_say(tmp_path: Path, built: lexicon.Lexicon) -> None:
    path = str(tmp_path / "lexicon.json")
    lexicon.store(path)
    assert lexicon.stored(lexicon.digest_of_sources(), path) == built
    assert lexicon.lexicon() == built


def test_what_was_made_from_other_tables_is_not_used(tmp_path: Path) -> None:
    path = tmp_path / "lexicon.json"
    lexicon.store(str(path))
    content = path.read_bytes()
    assert lexicon.stored("0" * 64, str(path)) is None
    path.write_bytes(content[: len(content) // 2])
    assert lexicon.stored(lexicon.digest_of_sources(), str(path)) is None
    assert lexicon.stored(lexicon.digest_of_sources(), str(tmp_path / "none.json")) is None


def test_an_edited_table_changes_the_digest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = lexicon.digest_of_sources()
    copied = tmp_path / "language"
    shutil.copytree(lexicon._TABLES, copied)
    monkeypatch.setattr(lexicon, "_TABLES", str(copied))
    assert lexicon.digest_of_sources() == before
    table = copied / "da.toml"
    table.write_text(table.read_text(encoding="utf-8").replace("magnesiumet", "magnesiumets"), encoding="utf-8")
    edited = lexicon.digest_of_sources()
    (copied / "xx.toml").write_text('language = "xx"', encoding="utf-8")
    assert len({before, edited, lexicon.digest_of_sources()}) == 3
