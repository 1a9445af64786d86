"""The rules at work: each finding with a label that leads to it and one that does not, evidence, severity, letter."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mglabel.documents.document import Document
from mglabel.guide.judge import judge
from mglabel.tables.guide import default_guide
from mglabel.tables.messages import LANGUAGES, messages
from mglabel.values.errors import UnknownPurpose
from mglabel.values.evidence import Span
from mglabel.values.interval import Interval, Masses, exactly
from mglabel.values.label import Directions, OtherAmount, Portion, Product
from mglabel.values.results import Finding, Grade, Intake, Settled, Source, Trouble, Verdict

GUIDE = default_guide()
TEXT = "Magnesium citrate 1500 mg, of which magnesium 240 mg. 1 capsule twice a day. " * 2


def source(form: str, share: Masses | None = None) -> Source:
    return Source(form, form, (Span(0, 17),), share=share)


def dosed(day: int | str | Masses, intake: int | str | Masses | None = None) -> Intake:
    """A dose a day and at a time, the same at the highest directed dose."""
    a_day = day if isinstance(day, Interval) else exactly(day)
    at_once = a_day if intake is None else intake if isinstance(intake, Interval) else exactly(intake)
    return Intake(a_day, a_day, at_once, at_once, a_day, Portion(Decimal(1), "day"), (Span(46, 52),))


def taken(units: int = 2, intakes: int | None = None, **more: Any) -> Directions:
    """Capsules a day, divided into so many intakes where given."""
    per = None if intakes is None else exactly(Decimal(units) / intakes)
    often = None if intakes is None else exactly(intakes)
    return Directions("capsule", exactly(units), per, often, spans=(Span(54, 76),), **more)


BASE = Settled(
    declares_magnesium=True,
    several_products=False,
    use="supplement",
    audience="adults",
    stated_purposes=(),
    languages=("en",),
    product=Product(),
    sources=(source("citrate", exactly(1)),),
    excipients=(),
    statements=(),
    directions=taken(2, 2),
    intake=dosed(240, 120),
    derivation="declared",
    readings=(),
    percent_of_reference=None,
    front_form=None,
    other_amounts=(),
    signs={},
    troubles=(),
)


def label(**changes: Any) -> Settled:
    return msgspec.structs.replace(BASE, **changes)


def verdict(settled: Settled, purpose: str | None = None) -> Verdict:
    return judge(settled, Document(TEXT), purpose, GUIDE)


def found(settled: Settled, code: str, purpose: str | None = None) -> list[Finding]:
    return [finding for finding in verdict(settled, purpose).findings if finding.code == code]


def the(settled: Settled, code: str, purpose: str | None = None) -> Finding:
    (finding,) = found(settled, code, purpose)
    return finding


def of(form: str, **changes: Any) -> Settled:
    return label(sources=(source(form),), **changes)


HALF = Interval(Decimal(0), Decimal(1))
BLEND = label(sources=(source("citrate", HALF), source("oxide", HALF)))
CALCIUM = OtherAmount("calcium", Decimal(400), Portion(Decimal(2), "capsule"), Span(0, 5))
HERE = (Span(0, 9),)

EVENING = Directions("capsule", exactly(1), times=("evening",), spans=(Span(0, 9),))

AT_ONCE = label(intake=dosed(300), directions=taken(3))
EMPTY = label(directions=taken(2, 2, with_food=False))
OXIDE_FIRST = (source("oxide"), source("citrate"))
WEIGHED = Product(net_mass_g=Decimal(20), unit_mass_g=Decimal(1))
IRON = msgspec.structs.replace(CALCIUM, nutrient="iron")
STOOL = ("constipation",)

# code, what leads to it, its variant, what does not
CASES: list[tuple[str, Settled, str | None, Settled]] = [
    ("MG101", BASE, None, of("oxide")),
    ("MG101", BLEND, "open", of("oxide")),
    ("MG102", of("malate"), None, BASE),
    ("MG103", of("oxide"), None, BASE),
    ("MG103", BLEND, "open", BASE),
    ("MG104", of("sulfate"), None, BASE),
    ("MG105", of("carbonate"), "uncovered_inorganic", BASE),
    ("MG105", of("glycerophosphate"), None, BASE),
    ("MG105", of("other:new"), "open", BASE),
    ("MG106", label(sources=()), None, BASE),
    ("MG106", of("marine"), "origin", BASE),
    ("MG107", label(front_form="citrate", sources=OXIDE_FIRST), None, label(front_form="citrate")),
    ("MG107", of("oxide", front_form="citrate"), "absent", of("bisglycinate", front_form="amino_acid_chelate")),
    ("MG108", of("orotate"), None, BASE),
    ("MG108", of("threonate"), "novel", BASE),
    ("MG201", label(intake=dosed(350)), None, label(intake=dosed(351))),
    ("MG202", label(intake=dosed(375)), None, BASE),
    ("MG202", label(intake=dosed(375, 125), directions=taken(3, 3, with_food=True)), "eased", label(intake=dosed(600))),
    ("MG202", label(intake=dosed(Interval(Decimal(65), Decimal(400)))), "open", BASE),
    ("MG203", label(intake=dosed(600)), None, label(intake=dosed(500))),
    ("MG203", label(intake=dosed(Interval(Decimal(400), Decimal(600)))), "open", BASE),
    ("MG204", label(intake=dosed(300, 150)), None, BASE),
    ("MG205", label(intake=dosed(300)), None, BASE),
    ("MG205", label(intake=dosed(300, Interval(Decimal(100), Decimal(300)))), "open", BASE),
    ("MG206", AT_ONCE, None, label(intake=dosed(300, 100), directions=taken(3, 3))),
    ("MG206", AT_ONCE, None, label(intake=dosed(300), directions=taken(1))),
    ("MG206", AT_ONCE, None, label(intake=dosed(300), directions=taken(3, split=True))),
    ("MG206", AT_ONCE, None, label(intake=dosed(300), directions=taken(3), signs={"taking.split": HERE})),
    ("MG206", label(intake=dosed(300), directions=Directions("scoop", exactly(1))), None, BASE),
    ("MG207", BASE, None, label(intake=Intake())),
    ("MG208", label(audience="children"), None, BASE),
    ("MG208", label(audience="pregnancy"), "pregnancy", BASE),
    ("MG208", label(audience="animals"), "animals", BASE),
    ("MG301", label(stated_purposes=("sleep",), directions=EVENING), None, label(directions=EVENING)),
    ("MG302", label(directions=taken(2, 2, with_food=True)), None, BASE),
    ("MG302", label(directions=taken(2, 1, with_food=False), intake=dosed(240)), "empty", EMPTY),
    ("MG302", msgspec.structs.replace(EMPTY, stated_purposes=("constipation",)), "meal", EMPTY),
    ("MG303", label(product=Product(count=20, unit="capsule")), None, label(product=Product(count=60, unit="capsule"))),
    ("MG303", label(product=Product(count=20)), None, label(product=Product(count=20, unit="tablet"))),
    ("MG303", label(product=WEIGHED), None, label(product=Product(net_mass_g=Decimal(20)))),
    ("MG304", of("oxide", stated_purposes=("sleep",)), None, label(stated_purposes=("sleep",))),
    ("MG304", label(sources=BLEND.sources, stated_purposes=("sleep",)), "open", of("oxide", stated_purposes=STOOL)),
    ("MG401", label(derivation="stoichiometry"), None, BASE),
    ("MG406", label(directions=Directions(), intake=Intake(mg_per_portion=exactly(100))), None, BASE),
    ("MG407", BLEND, None, BASE),
    ("MG501", label(signs={"nutrient.zinc": HERE}), None, BASE),
    ("MG501", label(other_amounts=(CALCIUM,)), None, label(other_amounts=(IRON,))),
    ("MG501", label(other_amounts=(CALCIUM,), directions=taken(2, 1)), "high", BASE),
    ("MG502", label(signs={"claim.b6_uptake": HERE}), None, BASE),
    ("MG503", BASE, None, label(use="topical")),
    ("MG504", label(use="topical", signs={"use.topical": HERE}), None, BASE),
    ("MG901", label(several_products=True), None, BASE),
]  # fmt: skip


@pytest.mark.parametrize(("code", "leads", "variant", "leads_not"), CASES)
def test_each_rule_finds_and_leaves(code: str, leads: Settled, variant: str | None, leads_not: Settled) -> None:
    variants = [finding.params.get("variant") for finding in found(leads, code)]
    assert variant in variants
    assert not [f for f in found(leads_not, code) if f.params.get("variant") == variant]


@pytest.mark.parametrize(("code", "leads", "variant", "leads_not"), CASES)
def test_findings_are_complete(code: str, leads: Settled, variant: str | None, leads_not: Settled) -> None:
    for settled in (leads, leads_not):
        for finding in verdict(settled).findings:
            rule, message = GUIDE.rules[finding.code], messages().findings[finding.code]
            assert set(finding.params) <= {*message.params, "variant"}, finding.code
            assert finding.severity == rule.severity_of(finding.params.get("variant"))
            assert finding.reference or rule.ours
            assert all(e.text == TEXT[e.start : e.end] for e in finding.evidence)
            for lang in LANGUAGES:
                said = finding.text(lang)
                assert said
                assert messages().styles[lang].unknown not in said


def test_findings_come_in_the_order_of_their_codes() -> None:
    codes = [finding.code for finding in verdict(BLEND).findings]
    assert codes == sorted(codes)


@pytest.mark.parametrize(
    ("times", "purpose", "variant"),
    [(("evening",), "sleep", None), (("morning",), "sleep", "misfit"), (("noon", "bedtime"), "stress", None),
     (("morning",), "fatigue", None), (("evening",), "training", "misfit")],
)  # fmt: skip
def test_time_of_day(times: tuple[str, ...], purpose: str, variant: str | None) -> None:
    directions = Directions("capsule", exactly(1), times=times, spans=HERE)
    for settled, asked in (
        (label(directions=directions), purpose),
        (label(directions=directions, stated_purposes=(purpose,)), None),
    ):
        finding = the(settled, "MG301", asked)
        assert finding.params.get("variant") == variant
        assert finding.severity == ("advice" if variant else "info")
    assert not found(label(directions=directions), "MG301", "bones")


def test_after_training_counts_as_a_time() -> None:
    settled = label(signs={"taking.after_training": HERE}, directions=Directions(times=("evening",)))
    assert the(settled, "MG301", "training").params.get("variant") is None


def test_easings_are_those_of_the_label() -> None:
    finding = the(of("oxide", intake=dosed(400, 200), directions=taken(2, 2)), "MG202")
    assert (finding.params["easings"], finding.params["missing"]) == (("split",), ("form", "food"))
    assert (finding.severity, finding.params["limit"]) == ("warning", 350)
    eased = the(label(intake=dosed(400, 200), directions=taken(2, 2, with_food=True)), "MG202")
    assert (eased.severity, eased.params["missing"]) == ("advice", ())


def test_references_are_those_of_the_verdict() -> None:
    assert the(of("taurate"), "MG101", "sleep").reference == "L145"
    assert the(of("oxide"), "MG103").reference == "L95 L117 L138 L159"


def test_other_limits_leave_out_the_guide_itself() -> None:
    params = the(label(intake=dosed(375, 125)), "MG204").params
    assert {row["value"] for row in params["above"]} >= {250, 350}
    assert {row["value"] for row in params["within"]} >= {375, 400, 450}
    assert all(row["authority"] != "guide" for row in (*params["above"], *params["within"]))


def test_a_form_has_its_own_limit() -> None:
    def novel(form: str) -> bool:
        return any(
            row["authority"] == "European Commission"
            for row in the(of(form, intake=dosed(300)), "MG204").params["above"]
        )

    assert (novel("threonate"), novel("citrate")) == (True, False)


def test_children_have_limits_by_age() -> None:
    rows = the(label(audience="children"), "MG208").params["limits"]
    assert {"authority": "NAM", "jurisdiction": "US", "value": 110, "age_from": 4, "age_to": 8} in rows


def test_ask_first_tells_what_the_label_warns_of() -> None:
    finding = the(label(signs={"warning.kidney": HERE, "warning.pregnancy": HERE}), "MG503")
    assert finding.params["warned"] == ("kidney",)
    assert [e.text for e in finding.evidence] == [TEXT[:9]]
    assert len(finding.params["cautions"]) == 4


@pytest.mark.parametrize(
    ("changes", "grade", "form", "limit"),
    [
        ({}, "A", "ideal", "within"),
        ({"use": "medicine"}, "None", "ideal", None),
        ({"use": "food"}, "None", "ideal", None),
        ({"use": "water"}, "None", "ideal", None),
        ({"use": "topical"}, "None", None, None),
        ({"use": "feed"}, "None", None, None),
        ({"audience": "children"}, "None", "ideal", None),
        ({"audience": "animals"}, "None", None, None),
        ({"audience": "pregnancy"}, "A", "ideal", "within"),
        ({"declares_magnesium": False}, "None", None, None),
        ({"several_products": True}, "None", None, None),
        ({"intake": Intake()}, "None", "ideal", "unknown"),
        ({"sources": ()}, "C to D", "undisclosed", "within"),
        ({"sources": BLEND.sources}, "A to D", "ideal..special", "within"),
        ({"intake": dosed(Interval(Decimal(300), Decimal(400)), 150)}, "A to B", "ideal", "open"),
        ({"intake": dosed(375, Interval(Decimal(125), Decimal(375)))}, "B to C", "ideal", "above"),
    ],
)
def test_grade_and_verdicts(changes: Mapping[str, Any], grade: str, form: str | None, limit: str | None) -> None:
    given_ = verdict(label(**changes))
    assert (str(given_.grade), given_.form, given_.limit) == (grade, form, limit)


def test_the_purpose_asked_is_graded_and_the_stated_one_reported() -> None:
    oxide = of("oxide", stated_purposes=("sleep",), intake=dosed(150))
    asked = verdict(oxide, "constipation")
    assert asked.grade == Grade("B", "B", "suitable", "within", "constipation")
    assert the(oxide, "MG304", "constipation").params["purpose"] == "sleep"
    general = verdict(oxide)
    assert general.grade == Grade("D", "D", "special", "within", "general")


def test_an_unknown_purpose_is_refused() -> None:
    with pytest.raises(UnknownPurpose):
        verdict(BASE, "sleeping")


@pytest.mark.parametrize(
    "code", ["MG402", "MG403", "MG404", "MG405", "MG408", "MG902", "MG903", "MG904", "MG905", "MG906"]
)
def test_troubles_are_passed_on(code: str) -> None:
    trouble = Trouble(code, {"amount": exactly(200), "odd": object()}, HERE)
    finding = the(label(troubles=(trouble,)), code)
    assert finding.severity == GUIDE.rules[code].severity
    assert (finding.params, finding.evidence[0].text) == (trouble.params, TEXT[:9])


@pytest.mark.parametrize("code", ["MG107", "MG401", "MG406", "MG407", "MG901"])
def test_what_settling_tells_is_not_told_twice(code: str) -> None:
    trouble = Trouble(code, {}, HERE)
    settled = label(
        troubles=(trouble,), sources=OXIDE_FIRST, front_form="citrate", derivation="stoichiometry",
        directions=Directions(), intake=Intake(mg_per_portion=exactly(100)), several_products=code == "MG901",
    )  # fmt: skip
    assert len(found(settled, code)) == 1


def test_a_trouble_of_an_unknown_code_is_passed_on_too() -> None:
    assert the(label(troubles=(Trouble("MG777", {}),)), "MG777").severity == "info"


def test_without_magnesium_or_with_several_products_only_troubles_are_told() -> None:
    trouble = Trouble("MG903", {}, ())
    for settled in (
        label(declares_magnesium=False, troubles=(trouble,)),
        label(several_products=True, troubles=(trouble,)),
    ):
        assert {f.code for f in verdict(settled).findings} <= {"MG901", "MG903"}


counts = st.none() | st.tuples(st.integers(1, 4), st.integers(1, 4)).map(
    lambda e: Interval(Decimal(min(e)), Decimal(max(e)))
)
amounts = st.none() | st.tuples(st.integers(0, 900), st.integers(0, 900)).map(
    lambda e: Interval(Decimal(min(e)), Decimal(max(e)))
)


@given(
    sources=st.lists(
        st.sampled_from(["citrate", "oxide", "marine", "stearate", "other:x", ""]).map(source), max_size=3
    ),
    use=st.sampled_from(["supplement", "medicine", "topical", "water", "food", "feed", "unheard-of"]),
    audience=st.sampled_from(["adults", "children", "pregnancy", "animals", "unheard-of"]),
    stated=st.lists(st.sampled_from([*GUIDE.purposes, "unheard-of"]), max_size=3, unique=True),
    numbers=st.lists(amounts, min_size=5, max_size=5),
    units=st.lists(counts, min_size=3, max_size=3),
    flags=st.lists(st.booleans(), min_size=3, max_size=3),
    food=st.sampled_from([True, False, None]),
    purpose=st.sampled_from([None, *GUIDE.purposes]),
)
def test_any_label_has_a_verdict(
    sources: list[Source], use: str, audience: str, stated: list[str], numbers: list[Masses | None],
    units: list[Masses | None], flags: list[bool], food: bool | None, purpose: str | None,
) -> None:  # fmt: skip
    settled = label(
        sources=tuple(sources), use=use, audience=audience, stated_purposes=tuple(stated),
        intake=Intake(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]),
        directions=Directions("tablet", units[0], units[1], units[2], ("noon",), food), declares_magnesium=flags[0],
        several_products=flags[1], derivation="stoichiometry" if flags[2] else "unknown", front_form="citrate",
        product=Product(count=10),
    )  # fmt: skip
    given_ = verdict(settled, purpose)
    for finding in given_.findings:
        assert all(isinstance(finding.text(lang), str) for lang in LANGUAGES)
    if given_.grade is not None:
        assert given_.grade.best <= given_.grade.worst
