"""Labels once read wrongly, found by generated ones: each gives the number that it states, or leaves it open."""

from __future__ import annotations

import pytest

from mglabel import analyze

CAPSULE = "1 capsule contains 100 mg magnesium."


def day(text: str) -> tuple[float, float] | None:
    found = analyze(text).settled.intake.mg_per_day
    return None if found is None else (float(found.low), float(found.high))


@pytest.mark.parametrize(
    ("directions", "mg"),
    [
        ("Directions:\nMorning: 1 capsule\nEvening: 2 capsules", (300, 300)),
        ("Take 1 capsule in the morning. Take 2 capsules in the evening.", (300, 300)),
        ("Take 1 capsule every morning. Take 2 capsules every night.", (300, 300)),
        ("Take 1 capsule in the morning\n\nand 1 capsule in the evening.", (200, 200)),
        ("TAKE 1 CAPSULE IN THE MORNING\nAND 1 CAPSULE IN THE EVENING.", (200, 200)),
        ("1 kapsel om morgenen. 1 kapsel om aftenen. 1 capsule in the morning. 1 capsule in the evening.", (200, 200)),
        ("For muscles: take 1 capsule in the morning. For better sleep: take 2 capsules in the evening.", (100, 300)),
        ("Take 1 capsule in the morning or evening.", (100, 100)),
        ("Take 1 capsule daily in the morning.", (100, 100)),
        ("Adults: 2 capsules in the morning. Children: 1 capsule in the evening.", (200, 200)),
    ],
)
def test_times_of_day_apart(directions: str, mg: tuple[float, float]) -> None:
    """Doses at several times of day add up, also where each has its own sentence; alternatives stay open."""
    assert day(f"{CAPSULE}\n{directions}") == mg


@pytest.mark.parametrize(
    ("facts", "mg"),
    [
        ("120 mg (15 %) calcium, 135 mg (36 %) magnesium, 5 mg (50 %) zinc", 135),
        ("120 mg calcium (15 %), 135 mg 36 % magnesium, 5 mg 50 % zinc", 135),
        ("magnesium 135 mg (36 %) zinc 5 mg (50 %) calcium 120 mg (15 %)", 135),
        ("magnesium 135 mg 36 % • zinc 5 mg 50 % • calcium 120 mg 15 %", 135),
        ("470 mg magnesium carbonate (135 mg magnesium) • 120 mg calcium • 5 mg zinc", 135),
        ("1.4 mg vitamin B6 / 135 mg magnesium / 5 mg zinc", 135),
        ("5 kJ energy / 135 mg magnesium / 5 mg zinc / 120 mg calcium", 135),
        ("<0.1 g carbohydrate, of which sugars - 135 mg magnesium - 120 mg calcium - 12 mg sodium", 135),
        ("3 mg * manganese - 135 mg * magnesium (from magnesium sulphate) - 15 mg * zinc", 135),
        ("100 mg¹ L-glutamine · 135 mg¹ magnesium · 5 mg¹ zinc", 135),
        ("5 mg zinc • 100 mg magnesium (as citrate) • 35 mg magnesium (as oxide) • 1.4 mg vitamin B6", 135),
    ],
)
def test_entries_of_a_list(facts: str, mg: float) -> None:
    """An amount belongs to the name of its own entry, before or behind it, past its percentage."""
    assert day(f"1 sachet contains: {facts}.\nTake 1 sachet daily.") == (mg, mg)


@pytest.mark.parametrize(
    "table",
    [
        "Per 3 capsules | % NRV | Nutrition\n300 mg | 80 % | Magnesium\n15 mg | 150 % | Zinc",
        "Per daily dose (3 capsules) (mg)|% NRV|Nutrition\n300¹|80|Magnesium\n15¹|150|Zinc",
        "Nutrition\tUnit\tPer 3 capsules\t% NRV\nMagnesium\tmg\t300\t80\nZinc\tmg\t15\t150",
        "Nutrition\tPer capsule (mg)\tPer 3 capsules (mg)\t% NRV\nMagnesium\t100\t300\t80\nZinc\t5\t15\t150",
        "Nutrition\tPer 100 g\tPer capsule\tPer 3 capsules\t% NRV\nMagnesium (mg)\t12500\t100\t300\t80",
    ],
)
def test_cells_of_a_row(table: str) -> None:
    """A name may end its row, and a unit may stand once for a row or a column."""
    assert day(f"{table}\nTake 3 capsules daily.") == (300, 300)


@pytest.mark.parametrize(
    "noise",
    [
        "The reference intake of magnesium is 375 mg.",
        "Referenceindtaget for magnesium er 375 mg.",
        "Det øvre niveau for magnesium fra kosttilskud er 250 mg om dagen.",
        "90 capsules = 30 days' supply",
    ],
)
def test_numbers_that_are_none_of_the_products(noise: str) -> None:
    facts = "Magnesium 100 mg per capsule.\nTake 3 capsules daily."
    assert day(f"{noise}\n{facts}") == day(f"{facts}\n{noise}") == (300, 300)
    assert day(f"{noise}\nTake 3 capsules daily.") is None


@pytest.mark.parametrize(("amounts", "low", "high"), [((128, 100, 26), 254, 254), ((128, 102, 26), 128, 256)])
def test_parts_that_add_up_to_one_of_them(amounts: tuple[int, ...], low: float, high: float) -> None:
    """Two of three forms that come to the third by chance are no parts of it, unless they do so to the milligram."""
    forms = ("lactate", "chloride", "succinate")
    rows = "\n".join(f"Magnesium (from magnesium {f}) {mg} mg" for f, mg in zip(forms, amounts, strict=True))
    assert day(f"1 sachet contains:\n{rows}\nTake 1 sachet daily.") == (low, high)


@pytest.mark.parametrize(
    ("text", "mg"),
    [
        ("Per 2 breve: magnesium 1.250 mg (333 %)\nBedst før 12.2027\n1 brev dagligt.", 625),
        ("Per 2 sachets: magnesium 1,250 mg (333 %)\nEXP 31.12.27, batch 12,5\n1 sachet daily.", 625),
        ("Contents\tUnit\tPer sachet\nMagnesium\tmg\t1 250*\nZinc\tmg\t10*\n1 sachet daily.", 1250),
        ("Per sachet: magnesium 100 mg\nZinc 5 mg\n60 x 0.8 g\n1 sachet daily.", 100),
        ("Prijs: € 12,95 (€ 17,27 per 100 g)\nMagnesium 100 mg per sachet\n1 sachet per dag.", 100),
        ("Contents\tPer sachet\nMagnesium\n(as citrate)\t100 mg\nMagnesium\n(as oxide)\t50 mg\n1 sachet daily.", 150),
        ("3 x 1 sachet daily.\nKeep cool and dry.\nAltogether 1 sachet: magnesium 100 mg, zinc 5 mg", 300),
        ("Does not contain magnesium oxide.\n3 capsules contain: zinc 5 mg, magnesium 300 mg\n1 capsule daily.", 100),
        ("Recommended daily dose:\nMorning: 1 capsule\nEvening: 1 capsule\nMagnesium 100 mg per capsule", 200),
    ],
)
def test_odds_and_ends(text: str, mg: float) -> None:
    assert day(text) == (mg, mg)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("Minerals\nMagnesium\t\t300 mg\nZinc\t5 mg\t10 mg\n2 tablets daily.", 300, 600),
        ("Magnesium 100\ncapsule: 100 mg magnesium (27 % NRV).\n1 capsule 3 times daily.", 100, 300),
        ("Per 2 capsules: magnesium oxide 300 mg\nDirections: 2 x 1 capsule daily.\nMagnesium 90 mg", 90, 180),
        (
            "Magnesium 77 mg\nMagnesium malate 680 mg per 2 capsules\n2 capsules daily. Net weight 60 g, 60 capsules",
            77,
            154,
        ),
        ("Magnesium 240 mg\n2 capsules daily.\nPer 2 capsules: magnesium bisglycinate 2000 mg", 240, 240),
        ("Per capsule: magnesium citrate 200 mg, liposomal magnesium 100 mg. 1 capsule daily.", 0, 300),
    ],
)
def test_what_an_amount_is_stated_for_may_be_open(text: str, low: float, high: float) -> None:
    assert day(text) == (low, high)


def test_a_dose_of_powder_is_no_amount() -> None:
    assert (
        day("Magnesium powder\nStir 5 g daily into water.\nIngredients: calcium carbonate, magnesium citrate.") is None
    )


@pytest.mark.parametrize("address", ["www.magnesium-oxide.org/500-mg", "https://example.org/magnesium", "mg@zinc.org"])
def test_addresses_are_no_words(address: str) -> None:
    assert day(f"{CAPSULE} {address}\nTake 1 capsule daily.") == (100, 100)
    assert not analyze(f"See {address} for more. Vitamin C 500 mg per tablet.").declares_magnesium


@pytest.mark.parametrize("lost", ["\ufffd", "\ue000", "\U0001fbfa"])
def test_a_digit_that_was_not_read_leaves_no_amount(lost: str) -> None:
    assert day(f"Magnesium 1{lost}00 mg per tablet. Take 1 tablet daily.") is None


def test_a_salt_cut_by_the_page_is_one_name() -> None:
    analysis = analyze("Ingredienser: magnesiummalat, magnesium\ncitrat, cellulose.")
    assert {source.form for source in analysis.sources} == {"malate", "citrate"}


@pytest.mark.parametrize("name", ["Magnesium hypurate", "Magnesiumhypurat"])
def test_a_salt_that_no_table_knows_is_not_surely_the_element(name: str) -> None:
    assert day(f"1 capsule contains {name} 100 mg. Take 1 capsule daily.") == (0, 100)
    assert day(f"1 capsule contains {name} 1000 mg, of which magnesium 100 mg. Take 1 capsule daily.") == (100, 100)


@pytest.mark.parametrize(
    ("text", "mg"),
    [
        ("Magnesium 250 000 mg. 1 capsule daily.", None),  # a number whose last digits are no number of their own
        (f"{CAPSULE} Take 1-11/2 capsules daily.", (100, 150)),
        ("1 capsule: magnesium citrate 2 000 milligram. Take 1 capsule daily.", (237.8, 328)),
        ("1 tablet: coenzyme Q10 100 mg, magnesium 200 mg. Take 1 tablet daily.", (200, 200)),
    ],
)
def test_numbers_in_pieces(text: str, mg: tuple[float, float] | None) -> None:
    assert day(text) == (None if mg is None else pytest.approx(mg, rel=0.001))
