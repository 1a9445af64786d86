"""Names of compounds: every form in every language as labels write it, what belongs to other metals, what is denied."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from mglabel import analyze
from mglabel.language.building import form_id
from mglabel.language.lexer import lexer
from mglabel.language.names import compose
from mglabel.tables.chemistry import forms
from mglabel.tables.language import Entry, tables
from rendering.words import LANGUAGES, words

LATIN = {"joins": ["magnesii {}", "Magnesii {}"], "context": "Food supplement."}
"""Latin names stand on labels of any language, so that it has no words for whole labels."""

NAMING = (*LANGUAGES, "la")

NAMED_OTHERWISE = {"dolomite", "marine", "algae", "yeast", "coral", "hydrotalcite"}
"""Forms that have a name of their own rather than an anion's."""

UNTRANSLATED = {"rice_protein_chelate", "creatine_chelate", "potassium_citrate"}
"""Forms that no table needs to name by one anion: they are rare, or composed of two cations."""


def reading(language: str) -> Mapping[str, Any]:
    """What the words of a language say of its names; the first way to join one is the usual one.

    `context` tells the language of a label, since short words mean different things in different languages; `ending` is
    what the stems of a table (`sitraat*`) need to be a word.
    """
    found: Mapping[str, Any] = LATIN if language == "la" else words(language).word("reading")
    return found


def named(text: str) -> list[str]:
    """The forms of all magnesium compounds named in a text, in order; the element itself is left out."""
    tokens = compose(lexer().lex(text).tokens)
    return [t.senses["form"] for t in tokens if t.kind == "m" and t.senses["form"]]


def named_in(language: str, text: str) -> list[str]:
    """The forms named in a text that stands on a label of the language."""
    return named(f"{text}\n{reading(language)['context']}")


def anions(language: str) -> Iterator[Entry]:
    """The names of anions in one table that can stand in a closed compound: single words, no signs."""
    for table in tables():
        if table.language == language:
            yield from (e for e in table.entries if e.group == "anion" and e.phrase.strip("*").isalpha())


def word_of(entry: Entry) -> str:
    ending = reading(entry.language).get("ending", "") if entry.phrase.endswith("t*") else ""
    return entry.phrase.removesuffix("*") + str(ending)


@pytest.mark.parametrize("language", NAMING)
def test_every_anion_of_a_table_makes_its_form(language: str) -> None:
    wrong = []
    for entry in anions(language):
        if entry.phrase.isupper() or forms()[form_id(entry.concept)].role == "drug":
            continue
        name = reading(language)["joins"][0].format(word_of(entry))
        if named_in(language, name) != [form_id(entry.concept)]:
            wrong.append(f"{name}: {named_in(language, name)} for {entry.concept}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("language", NAMING)
@pytest.mark.parametrize(
    "anion", ["citrate", "oxide", "malate", "taurate", "lactate", "gluconate", "chloride", "stearate"]
)
def test_every_way_to_join(language: str, anion: str) -> None:
    entry = next(e for e in anions(language) if e.concept == anion)
    names = [join.format(word_of(entry)) for join in reading(language)["joins"]]
    wrong = [name for name in names if named_in(language, name) != [form_id(anion)]]
    assert not wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_has_a_name_in_every_language(language: str) -> None:
    table = next(t for t in tables() if t.language == language)
    known = {form_id(e.concept) for e in table.entries if e.group in ("anion", "acid", "trivial")}
    known |= {form_id(e.concept) for e in table.entries if e.group == "origin"}
    wanted = {f for f, row in forms().items() if f.removeprefix("other:") not in UNTRANSLATED}
    shared = {form_id(e.concept) for t in tables() if t.language == "mul" for e in t.entries if e.group == "trivial"}
    missing = wanted - known - shared - {"amino_acid_chelate"}
    assert not missing


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_as_labels_write_them(language: str) -> None:
    """Names written down for the rendered labels, without a look at the reader's tables."""
    table = words(language)
    wrong = []
    for form in forms():
        if form not in table.word("names"):
            continue
        for name in table.phrases("names", form):
            for written in (name, name.upper(), name.capitalize()):
                if named_in(language, written) != [form]:
                    wrong.append(f"{written}: {named_in(language, written)} for {form}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("language", [name for name in LANGUAGES if words(name).bends])
def test_names_in_other_cases(language: str) -> None:
    table = words(language)
    wrong = []
    for form in forms():
        for name in table.phrases("names", form) if form in table.word("names") else ():
            bent = table.name(name)
            wrong += [f"{b}: {named_in(language, b)}" for b in bent.cases.values() if named_in(language, b) != [form]]
    assert not wrong, "\n".join(wrong)


# -- details -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "forms_named"),
    [
        ("oxyde, hydroxyde et chlorure de magnésium", ["oxide", "hydroxide", "chloride"]),
        ("Magnesium (oxid, citrat, malat)", ["oxide", "citrate", "malate"]),
        ("Magnesiumoxid, -citrat, -malat", ["oxide", "citrate", "malate"]),
        ("magnesium as oxide, citrate and malate", ["oxide", "citrate", "malate"]),
        ("magnesium (som citrat og oxid)", ["citrate", "oxide"]),
        ("magnesiumcitrat og -oxid", ["citrate", "oxide"]),
        ("cytrynian i tlenek magnezu", ["citrate", "oxide"]),
        ("citrát a oxid hořečnatý", ["citrate", "oxide"]),
        ("magnesiumsalte af citronsyre", ["citrate"]),
        ("Magnesiumsalze der Citronensäure", ["citrate"]),
        ("magnesium salts of citric acid", ["citrate"]),
        ("sels de magnésium d'acide citrique", ["citrate"]),
        ("sels de magnésium de l'acide orthophosphorique", ["phosphate"]),
        ("magnesium salts of orthophosphoric acid", ["phosphate"]),
        ("magnesiumsalte af fedtsyrer", ["fatty_acid_salts"]),
        ("sali di magnesio degli acidi grassi", ["fatty_acid_salts"]),
        ("rasvahappojen magnesiumsuolat", ["fatty_acid_salts"]),
        ("hořečnaté soli mastných kyselin", ["fatty_acid_salts"]),
        ("sole magnezowe kwasów tłuszczowych", ["fatty_acid_salts"]),
        ("Magnesii citras anhydricus", ["citrate"]),
        ("Magnesii hydroxidum", ["hydroxide"]),
        ("trimagnesium dicitrate", ["citrate"]),
        ("Trimagnesiumdicitrat, wasserfrei", ["citrate"]),
        ("dimagnesium malate", ["malate"]),
        ("jabłczan di-magnezu", ["malate"]),
        ("magnesium L-threonate", ["threonate"]),
        ("magnesium (as malate and L-threonate)", ["malate", "threonate"]),
        ("Magnesium (citrat, L-aspartat)", ["citrate", "aspartate"]),
        ("Magnesium-L-Threonat", ["threonate"]),
        ("magnesium N-acetyl taurate", ["acetyl_taurate"]),
        ("magnesiumacetyltaurat", ["acetyl_taurate"]),
        ("magnesium citrate malate", ["citrate_malate"]),
        ("magnesium amino acid chelate", ["amino_acid_chelate"]),
        ("magnesium bis-glycinate", ["bisglycinate"]),
        ("MAGNESIUM BIS GLYCINATE", ["bisglycinate"]),
        ("magnesium glycerophosphate", ["glycerophosphate"]),
        ("MgO", ["oxide"]),
        ("MgCl2", ["chloride"]),
        ("MgSO4", ["sulfate"]),
        ("Mg(OH)2", ["hydroxide"]),
        ("Epsom salt", ["sulfate"]),
        ("milk of magnesia", ["hydroxide"]),
        ("talkum", ["silicate"]),
        ("E470b", ["fatty_acid_salts"]),
        ("magnesiumtrisilikat", ["trisilicate"]),
        ("magnesium\u00a0citrate", ["citrate"]),
        ("magnesium‑citrat", ["citrate"]),
    ],
)
def test_ways_of_naming(text: str, forms_named: list[str]) -> None:
    assert named(text) == forms_named


@pytest.mark.parametrize(
    ("text", "form", "detail", "value"),
    [
        ("magnesium citrate nonahydrate", "citrate", "hydrate", "9"),
        ("Magnesiumchlorid-Hexahydrat", "chloride", "hydrate", "6"),
        ("Magnesiumcitrat, wasserfrei", "citrate", "hydrate", "0"),
        ("lactate de magnésium dihydraté", "lactate", "hydrate", "2"),
        ("MgCl2 x 6 H2O", "chloride", "hydrate", "6"),
        ("magnezu wodoroasparaginian czterowodny", "aspartate", "hydrate", "4"),
        ("chlorid hořečnatý hexahydrát", "chloride", "hydrate", "6"),
        ("trimagnesiumdicitrat", "citrate", "variant", "tri"),
        ("dimagnesium malate", "malate", "variant", "di"),
        ("magnesium hydrogen phosphate", "phosphate", "variant", "hydrogen"),
    ],
)
def test_hydrates_and_stoichiometries(text: str, form: str, detail: str, value: str) -> None:
    tokens = [t for t in compose(lexer().lex(f"{text} 500 mg").tokens) if t.kind == "m"]
    assert (tokens[0].senses["form"], tokens[0].senses.get(detail)) == (form, value)


@pytest.mark.parametrize(
    "text",
    [
        "zinkgluconat", "calciumcarbonat", "kaliumcitrat", "zinc gluconate", "calcium carbonate",
        "potassium citrate", "gluconate de zinc", "carbonate de calcium", "citrate de potassium",
        "gluconato di zinco", "citrato de potasio", "citrato de potássio", "glukonian cynku", "węglan wapnia",
        "cytrynian potasu", "uhličitan vápenatý", "citrát draselný", "glukonát zinečnatý", "sinkkiglukonaatti",
        "kalsiumkarbonaatti", "kalsiumsitrat", "zinkcitraat", "Kaliumiodid", "Eisen-II-gluconat",
        "ferrous fumarate", "natriumhydrogencarbonat", "dicalcium phosphate", "Zinkbisglycinat",
        "chromium picolinate", "chrompicolinat", "mangansulfat", "manganese sulphate", "kupferoxid",
        "copper gluconate", "natriumselenat", "silicon dioxide", "titanium dioxide", "calcium ascorbate",
        "sodium citrate", "potassium chloride",
    ],
)  # fmt: skip
def test_other_metals_keep_their_anions(text: str) -> None:
    assert named(text) == []
    assert named(f"Ingredients: magnesium oxide, {text}, rice flour") == ["oxide"]
    assert named(f"{text}, magnesium oxide") == ["oxide"]


@pytest.mark.parametrize(
    "text", ["citric acid", "citronsyre", "Citronensäure", "malic acid", "glycine", "taurine", "ascorbic acid"]
)
def test_free_acids_are_no_salts(text: str) -> None:
    assert named(f"magnesium oxide, {text}") == ["oxide"]


@pytest.mark.parametrize(
    "text", ["esomeprazole magnesium", "Esomeprazol-Magnesium-Dihydrat", "rosuvastatin, magnesium valproate"]
)
def test_the_magnesium_of_other_medicines(text: str) -> None:
    assert not analyze(f"1 tablet contains {text} 40 mg.").sources


# -- negated names -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "text"), [(lang, text) for lang in LANGUAGES for text in reading(lang)["denied"]])
def test_what_is_denied_is_not_in_it(language: str, text: str) -> None:
    citrate = words(language).phrases("names", "citrate")[0]
    head = words(language).phrases("list", "heads")[0]
    settled = analyze(f"{head} {citrate}.\n{text}.\n{reading(language)['context']}").settled
    assert [s.form for s in settled.sources] == ["citrate"]
    assert settled.excipients == ()


def test_a_denied_source_is_no_source() -> None:
    label = "1 tablet indeholder magnesiumcitrat 500 mg. Indeholder ikke magnesiumoxid eller magnesiumcarbonat."
    settled = analyze(label).settled
    assert [s.form for s in settled.sources] == ["citrate"]
