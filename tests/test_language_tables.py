"""The language tables: every file parses, phrases stand once, malformed tables are refused with every fault named."""

from __future__ import annotations

import re

import pytest

from mglabel.language.building import NAMING, VALUED, WORDS, build, form_id
from mglabel.language.mention import MentionSearch
from mglabel.language.spelling import key_of
from mglabel.language.vocabulary import Vocabulary, vocabulary
from mglabel.tables.chemistry import forms
from mglabel.tables.language import FOLDER, LONGEST_PHRASE, Table, parse, tables
from mglabel.tables.loading import resource_text
from mglabel.values.errors import BadTable
from rendering.words import LANGUAGES

TABLES = {t.language: t for t in tables()}
NEEDED = (
    "magnesium.nouns relation.of_which relation.per relation.contains relation.as_form unit.capsule unit.tablet "
    "unit.sachet "
    "portion.day section.ingredients section.directions frequency.daily negation.before dose.take function.additive"
).split()
MISSPELT_GROUPS = {e.group for t in tables() for e in t.entries}


def text_of(language: str) -> str:
    return resource_text(f"{FOLDER}/{language}.toml")


def test_every_language_has_words_to_write_labels_with() -> None:
    assert set(TABLES) - {"la", "mul"} == set(LANGUAGES), "a table and fixtures/<language>/words.toml go together"


@pytest.mark.parametrize("language", TABLES)
def test_every_file_parses_as_its_language(language: str) -> None:
    assert parse(text_of(language), f"{language}.toml") == TABLES[language]
    assert TABLES[language].language == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_words_that_a_label_needs(language: str) -> None:
    known = {f"{e.group}.{e.concept}" for e in TABLES[language].entries}
    assert not set(NEEDED) - known
    assert TABLES[language].decimal in (",", ".")


@pytest.mark.parametrize("language", TABLES)
def test_no_phrase_stands_twice_in_a_concept(language: str) -> None:
    seen: set[tuple[str, str, str]] = set()
    for entry in TABLES[language].entries:
        key = (entry.group, entry.concept, entry.phrase.casefold())
        assert key not in seen
        seen.add(key)


@pytest.mark.parametrize("language", TABLES)
def test_phrases_are_written_as_the_lexer_cuts(language: str) -> None:
    for entry in TABLES[language].entries:
        assert entry.phrase == " ".join(entry.phrase.split())
        assert WORDS.findall(entry.phrase) or entry.group == "e_number", entry
        assert len(entry.phrase.split()) <= LONGEST_PHRASE


@pytest.mark.parametrize("language", TABLES)
def test_a_name_of_a_compound_is_of_a_form_that_chemistry_knows(language: str) -> None:
    named = {form_id(e.concept) for e in TABLES[language].entries if e.group in NAMING}
    assert not {n for n in named if n not in forms()}


def test_an_anion_names_one_form_in_all_languages() -> None:
    of_word: dict[str, dict[str, str]] = {}
    for table in tables():
        for entry in table.entries:
            if entry.group == "anion":
                of_word.setdefault(entry.phrase.casefold().rstrip("*"), {})[entry.concept] = table.language
    double = {word: concepts for word, concepts in of_word.items() if len(concepts) > 1}
    assert not double


def test_no_amino_acid_swallows_its_salt() -> None:
    """ "L lysin*" would take "L-lysinat" from magnesium, in any language that writes it so."""
    salts = {key_of(e.phrase.rstrip("*")) for t in tables() for e in t.entries if e.group == "anion"}
    acids = [e for t in tables() for e in t.entries if e.group == "nutrient" and re.fullmatch(r"[A-Z] \w+\*", e.phrase)]
    swallowed = [e for e in acids if any(salt.startswith(key_of(e.phrase[2:-1])) for salt in salts)]
    assert not swallowed


def test_the_reader_knows_every_group() -> None:
    """A group that no other table has is a slip of the pen."""
    for group in MISSPELT_GROUPS:
        holders = [t.language for t in tables() if any(e.group == group for e in t.entries)]
        assert len(holders) > 1 or holders == ["mul"], f"{group} stands in {holders} only"


def test_concepts_are_shared_by_the_languages() -> None:
    """A concept of a shared group that only one language has is a slip of the pen, but for a few real ones."""
    where: dict[str, set[str]] = {}
    for table in tables():
        for entry in table.entries:
            if entry.group not in ("nutrient", "hydrate", "number", "times", "variant", "anion", "acid", "trivial"):
                where.setdefault(f"{entry.group}.{entry.concept}", set()).add(table.language)
    lonely = {key for key, languages in where.items() if len(languages) == 1 and "mul" not in languages}
    assert len(lonely) <= 12, sorted(lonely)


# -- malformed tables --------------------------------------------------------------------------------------------------

GOOD = 'language = "xx"\nname = "Test"\ndecimal = ","\n[relation]\nof_which = ["of which", "thereof"]\n'


def test_a_small_table() -> None:
    table = parse(GOOD, "xx.toml")
    assert (table.language, table.decimal, len(table.entries), table.name) == ("xx", ",", 2, "Test")
    assert table.entries[0] == ("xx", "relation", "of_which", "of which")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a = " + "[" * 5000, "xx.toml: line 1: lists or tables too deep"),
        ('language = "xx"\n[relation]\nper = ["-"]', "holds '-', not a phrase"),
        ('language = "xx"\n[relation]\nper = ["½"]', "holds '½', not a phrase"),
        ('language = "xx"\n[trivial]\noxide = ["' + "a" * 1000 + '"]', "longer than 120 letters"),
        ("language = ", "xx.toml"),
        ('decimal = ","\n', "language is missing"),
        ("language = 3\n", "language is missing"),
        ('language = "xx"\n', "name"),
        ('language = "xx"\nname = ""\n', "name"),
        ('language = "xx"\ndecimal = ";"\n', "decimal"),
        ('language = "xx"\nrelation = 3\n', "relation"),
        ('language = "xx"\n[relation]\nof_which = "of which"\n', "relation.of_which"),
        ('language = "xx"\n[relation]\nof_which = [3]\n', "relation.of_which"),
        ('language = "xx"\n[relation]\nof_which = [""]\n', "relation.of_which"),
        ('language = "xx"\n[relation]\nof_which = ["a", "A"]\n', "twice"),
        ('language = "xx"\n[relation]\nof_which = ["a b c d e f g h i"]\n', "longer"),
    ],
)
def test_a_malformed_table_is_refused(text: str, fault: str) -> None:
    with pytest.raises(BadTable, match=fault):
        parse(text, "xx.toml")


def test_every_fault_is_named() -> None:
    text = 'decimal = "x"\nodd = 1\n[relation]\nof_which = "no list"\nper = ["a", "a", 7, " "]\n'
    with pytest.raises(BadTable) as refused:
        parse(text, "xx.toml")
    message = str(refused.value)
    for fault in ("xx.toml", "language is missing", "decimal", "odd", "relation.of_which", "twice", "7", "' '"):
        assert fault in message


# -- the vocabulary made of them ---------------------------------------------------------------------------------------


def test_every_single_word_is_found_with_its_sense() -> None:
    known = vocabulary()
    missing = []
    for table in tables():
        for entry in table.entries:
            word = entry.phrase
            if entry.group in ("e_number", "section", "portion") or not word.isalpha() or word.isupper():
                continue
            key = entry.group if entry.group in VALUED else f"{entry.group}.{entry.concept}"
            if key not in known.entry(word).senses:
                missing.append(f"{table.language} {key} {word}")
    assert not missing, missing[:40]


def test_a_vocabulary_of_one_table_knows_only_its_words() -> None:
    lexicon = build([Table("xx", ",", parse(GOOD, "xx.toml").entries)])
    small = Vocabulary(lexicon)
    assert small.entry("thereof").senses == {"relation.of_which": ""}
    assert not small.entry("magnesium").senses
    assert lexicon.decimals == {"xx": ","}


@pytest.mark.parametrize("stem", ["at", "át*", "a-z"])
def test_an_odd_word_for_magnesium_makes_no_broken_pattern(stem: str) -> None:
    """Words come from tables, and are searched as they stand, whatever letters and signs they have."""
    table = parse(
        f'language = "xx"\nname = "Odd"\ndecimal = ","\n\n[magnesium]\nnouns = ["{stem}"]\nstems = ["{stem}"]\n',
        "xx.toml",
    )
    assert MentionSearch(build([table])).searched(stem.strip("*"))
