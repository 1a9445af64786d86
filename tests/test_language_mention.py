"""The quick test for magnesium says yes to every name of the tables, and never no where the reading finds one."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from mglabel import analyze
from mglabel.extraction.reader import read_label
from mglabel.language.lexicon import lexicon
from mglabel.language.mention import MentionSearch, mentions_magnesium
from mglabel.language.spelling import SCAN_SLIPS
from mglabel.tables.language import tables

FIXTURES = sorted((Path(__file__).resolve().parent.parent / "fixtures").glob("*/*.txt"))
NAMES = sorted(
    {
        entry.phrase.replace("*", "")
        for table in tables()
        for entry in table.entries
        if entry.group in ("trivial", "magnesium")
    }
)


def test_every_name_of_the_tables_is_a_mention() -> None:
    missed = [n for n in NAMES if not (mentions_magnesium(n) and mentions_magnesium(f"x, {n} 5"))]
    assert len(NAMES) > 500
    assert missed == []


@pytest.mark.parametrize(
    "text", ["E470b", "E 511", "Mg 100", "Mg2+", "magne\u00adsium", "\uff2dagnesium", "rnagnesium", "HOŘČÍK"]
)
def test_signs_slips_and_disguises_are_mentions(text: str) -> None:
    assert mentions_magnesium(text)


@pytest.mark.parametrize("text", ["", "Zinc 10 mg", "Calcium 120 mg, E300", "C-vitamin 80 MG", "e 12"])
def test_what_has_no_magnesium_is_none(text: str) -> None:
    assert not mentions_magnesium(text)
    assert not analyze(text).declares_magnesium


@pytest.mark.parametrize("label", FIXTURES, ids=lambda p: p.stem)
def test_the_quick_test_hides_nothing_that_the_reading_finds(label: Path) -> None:
    text = label.read_text(encoding="utf-8")
    read = read_label(text)
    if read.mentions or read.statements.claims or read.elements:
        assert mentions_magnesium(text)


# -- pieces of text are remembered in which no mention can lie or begin ------------------------------------------------


def slipped(name: str, chance: random.Random) -> str:
    wrong, right = chance.choice(SCAN_SLIPS)
    return name.replace(right, wrong) if chance.random() < 0.5 else name


def broken(text: str, chance: random.Random) -> str:
    """A text with some of its spaces made other gaps, and some characters put in or taken out."""
    gaps = (" ", "  ", "\n", "\u00a0", "-", " - ", " (", ", ", "_", "")
    text = "".join(chance.choice(gaps) if c == " " and chance.random() < 0.5 else c for c in text)
    at = chance.randrange(len(text) + 1)
    return text[:at] + chance.choice(("", " ", "\n", "x", "1", "m", "é")) + text[at + chance.randrange(2) :]


def test_remembering_pieces_changes_no_answer() -> None:
    chance = random.Random(7)
    search = MentionSearch(lexicon())
    labels = [path.read_text(encoding="utf-8") for path in FIXTURES]
    texts = [f"ab {broken(slipped(name, chance), chance)} cd" for name in NAMES for _ in range(6)]
    texts += [broken(f"x E {number} y", chance) for number in ("470b", "504", "511i", "530") for _ in range(20)]
    texts += [
        chance.choice((str, str.upper, slipped_text))(piece) for label in labels for piece in pieces(label, chance)
    ]
    for text in texts:
        assert search.mentions(text) == search.searched(text), text


def slipped_text(text: str) -> str:
    return slipped(text, random.Random(len(text)))


def pieces(text: str, chance: random.Random) -> list[str]:
    """Short cuts of a text, most of which do not mention magnesium."""
    return [text[at : at + 40] for at in (chance.randrange(len(text)) for _ in range(20))]
