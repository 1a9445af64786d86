"""The texts of the findings: complete in both languages, never failing, and saying nothing they must not."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mglabel.tables.guide import default_guide
from mglabel.tables.messages import LANGUAGES, codes, explanation, messages, render, title, word
from mglabel.tables.messages_file import parse
from mglabel.tables.phrasing import Style, amount, form_name, listed
from mglabel.values.errors import BadTable, MglabelError
from mglabel.values.interval import Interval

EN, DA = (messages().styles[lang] for lang in ("en", "da"))
BETWEEN = Interval(Decimal("64.8"), Decimal("96.3"))
EXPECTED = [
    f"MG{family}{n:02}"
    for family, count in ((1, 8), (2, 8), (3, 4), (4, 8), (5, 4), (9, 6))
    for n in range(1, count + 1)
]


def test_every_code_of_the_design_has_texts() -> None:
    assert list(codes()) == EXPECTED


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", codes())
def test_every_code_has_a_page(code: str, lang: str) -> None:
    page = explanation(code, lang)
    assert page.title == title(code, lang)
    assert min(len(page.what), len(page.why)) > 20
    assert len({"", page.example, page.counterexample}) == 3
    assert page.reference or page.ours


@pytest.mark.parametrize("code", codes())
def test_languages_differ_and_hold_the_same_params(code: str) -> None:
    message = messages().findings[code]
    assert message.what["en"] != message.what["da"]
    for variant, texts in message.texts.items():
        held = {lang: {name for segment in texts[lang] for name in segment.names} for lang in LANGUAGES}
        assert held["en"] == held["da"], (code, variant)


@pytest.mark.parametrize("code", codes())
def test_severity_variants_are_message_variants(code: str) -> None:
    known = set(messages().findings[code].texts)
    assert set(default_guide().rules[code].variants) <= known


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", codes())
def test_no_text_speaks_of_toxicity(code: str, lang: str) -> None:
    page = explanation(code, lang)
    texts = [render(code, {"variant": v}, lang) for v in messages().findings[code].texts] + [page.what, page.why]
    assert not any(w in text.casefold() for text in texts for w in ("toxic", "giftig"))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", codes())
def test_missing_params_leave_a_sentence(code: str, lang: str) -> None:
    for variant in messages().findings[code].texts:
        said = render(code, {"variant": variant}, lang)
        assert said[:1] == said[:1].upper()
        assert said.endswith(".")
        assert not set("{}[]") & set(said)


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.decimals() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["low", "high", "value", "age_to"]), inner)
    ),
    max_leaves=5,
)


@given(code=st.sampled_from(EXPECTED), lang=st.sampled_from(LANGUAGES), data=st.data())
def test_any_params_render(code: str, lang: str, data: st.DataObject) -> None:
    names = [*messages().findings[code].params, "variant", "unheard-of"]
    params: Mapping[str, Any] = {name: data.draw(ANY) for name in names}
    assert isinstance(render(code, params, lang), str)


def test_a_code_without_texts_is_itself() -> None:
    assert render("MG777", {}, "en") == title("MG777") == "MG777"
    with pytest.raises(MglabelError, match="MG777"):
        explanation("MG777")


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(MglabelError, match="'fr'"):
        render("MG101", {}, "fr")


@pytest.mark.parametrize(
    ("value", "en", "da"),
    [
        (BETWEEN, "64 to 97", "64 til 97"),
        (Interval(Decimal("1.26"), Decimal("1.26")), "1.26", "1,26"),
        (Interval(Decimal("1.26"), Decimal("9.11")), "1.2 to 9.2", "1,2 til 9,2"),
        (Decimal("187.50"), "187.5", "187,5"),
        (375, "375", "375"),
        (1500.0, "1500", "1500"),
        ({"low": 1, "high": 2}, "1 to 2", "1 til 2"),
        (Decimal("100"), "100", "100"),
        ("about 5", "about 5", "about 5"),
        (True, "True", "True"),
    ],
)
def test_numbers_are_written_as_the_language_does(value: Any, en: str, da: str) -> None:
    assert (amount(value, EN), amount(value, DA)) == (en, da)


@given(low=st.decimals(0, 100000, places=4), width=st.decimals(0, 1000, places=4))
def test_a_written_interval_holds_the_interval(low: Decimal, width: Decimal) -> None:
    value = Interval(low, low + width)
    ends = [Decimal(end) for end in amount(value, EN).split(" to ")]
    if width:
        assert ends[0] <= value.low
        assert len(ends) == 1 or value.high <= ends[1]


@pytest.mark.parametrize(("items", "said"), [([], "ingen af dem"), (["a"], "a"), (["a", "b", "c"], "a, b og c")])
def test_lists(items: list[str], said: str) -> None:
    assert listed(items, DA) == said


def test_above_the_limit_names_the_easings() -> None:
    params = {"amount": Decimal(375), "limit": Decimal(350), "easings": ("split", "food"), "missing": ("form",)}
    en, da = render("MG202", params, "en"), render("MG202", params, "da")
    assert en.startswith("375 mg a day is above the guide's limit of 350 mg")
    assert "what the stomach tolerates" in en
    assert "splitting over the day and taking with food" in en
    assert "hvad maven tåler" in da
    assert "deling over dagen og indtag sammen med mad" in da
    assert render("MG202", params | {"easings": ()}, "en").endswith("the label has: none of them.")


def test_an_optional_part_falls_away_without_its_params() -> None:
    known = {"value": Decimal(400), "forms": ("citrate",)}
    assert "magnesium itself: 400 mg of magnesium citrate." in render("MG402", known, "en")
    for less in ({"value": Decimal(400)}, known | {"forms": ()}, known | {"value": None}):
        assert render("MG402", less, "en").endswith("magnesium itself.")


def test_limits_are_told_with_authority_place_and_age() -> None:
    one = {"authority": "NAM", "jurisdiction": "US", "value": Decimal(110), "age_from": 4, "age_to": 8}
    assert "NAM (USA, aged 4 to 8) 110 mg" in render("MG208", {"audience": "children", "limits": (one,)}, "en")
    assert "NAM (USA, 4 til 8 år) 110 mg" in render("MG208", {"audience": "children", "limits": (one,)}, "da")


def test_names_of_forms() -> None:
    assert form_name("citrate", "da") == "magnesiumcitrat"
    assert form_name("other:something_new") == "something new"
    assert word("purpose", "unheard_of") == "unheard of"


@pytest.mark.parametrize("group", ["purpose", "verdict", "limit"])
def test_ids_of_the_guide_have_words(group: str) -> None:
    guide = default_guide()
    ids = {"purpose": guide.purposes, "verdict": guide.order, "limit": guide.limits}[group]
    assert set(ids) <= set(messages().words[group])


HEAD = "".join(
    f"[language.{lang}]\n" + "".join(f'{name} = "x"\n' for name in Style.__struct_fields__) for lang in LANGUAGES
)
BOTH = "{ en = 'x', da = 'y' }"


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("findings = 3", ["findings is 3, not a table", "language is missing", "words is missing"]),
        ("a = ", ["messages"]),
        (
            HEAD + "[words]\n[findings.MG101]\nparams = { n = 'miles' }\ntext = { en = 'say {m} [never', da = '' }\n"
            f"title = {BOTH}\nwhat = {BOTH}\nwhy = {{ en = 'x' }}\nexample = 'x'\nspare = 1\n",
            [
                "findings.MG101.params.n is 'miles'",
                "findings.MG101.text.en holds {m}, which is not declared",
                "holds a bracket that does not match",
                "findings.MG101.text.da is '', not a text",
                "findings.MG101.why.da is missing",
                "findings.MG101.counterexample is missing",
                "findings.MG101.spare is not known",
            ],
        ),
    ],
)
def test_a_malformed_table_names_every_fault(text: str, faults: list[str]) -> None:
    with pytest.raises(BadTable) as caught:
        parse(text, "messages.toml")
    assert all(fault in str(caught.value) for fault in faults), str(caught.value)
