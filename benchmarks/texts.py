"""Texts to measure on: labels from the repository, labels made up in eight languages, and texts that try to hurt.

Made-up labels differ in every number and hold words of no language, so that no store of words knows all of them.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

HOME = Path(__file__).resolve().parents[1]
LABEL_BYTES = 400

# name; what it holds; how to take it; the rest of the ingredients. {s} salt mg, {m} magnesium mg, {p} percent,
# {n} units, {t} times, {k} pieces in the pack, {w} a word that nobody knows.
TEMPLATES = (
    "{w} Magnesiumcitrat {k} kapsler\nKosttilskud. Indhold pr. {n} kapsler: magnesiumcitrat {s} mg, heraf magnesium "
    "{m} mg ({p} % NRV).\nDosering: {n} kapsler {t} gange dagligt til et måltid. Ingredienser: magnesiumcitrat, "
    "{w}ekstrakt, kapselskal (hydroxypropylmethylcellulose), antiklumpningsmiddel (magnesiumsalte af fedtsyrer, "
    "siliciumdioxid). Opbevares tørt og utilgængeligt for børn. {w}.",
    "{w} Magnesium Bisglycinate, {k} tablets\nSupplement facts. Serving size {n} tablets. Magnesium (as magnesium "
    "bisglycinate) {m} mg {p}% DV. Vitamin B6 {n} mg.\nSuggested use: take {n} tablets {t} times a day with food. Other "
    "ingredients: microcrystalline cellulose, {w}, vegetable magnesium stearate. Keep out of reach of children. Do not "
    "exceed the stated dose. Made for {w} {w}.",
    "{w} Magnesiumoxid {k} Tabletten\nNahrungsergänzungsmittel. Zutaten: Magnesiumoxid, Füllstoff Cellulose, {w}pulver, "
    "Trennmittel Magnesiumstearat.\nNährwerte pro {n} Tabletten: Magnesium {m} mg ({p} % NRV), Zink 5 mg. "
    "Verzehrempfehlung: {t} mal täglich {n} Tabletten mit reichlich Wasser einnehmen. Außerhalb der Reichweite von "
    "Kindern trocken lagern. {w} {w}.",
    "{w} magnésium marin, {k} gélules\nComplément alimentaire. Pour {n} gélules : magnésium {m} mg (soit {p} % des VNR), "
    "issu de l'oxyde de magnésium d'origine marine.\nConseils d'utilisation : {n} gélules {t} fois par jour au cours "
    "des repas. Ingrédients : oxyde de magnésium marin, {w}, gélule végétale, stéarate de magnésium. Ne pas dépasser la "
    "dose journalière recommandée. {w}.",
    "{w} Magnesiumcitraat {k} kapslar\nKosttillskott. Innehåll per {n} kapslar: magnesium (magnesiumcitrat) {m} mg, {p} % "
    "av DRI*.\nDosering: {n} kapslar {t} gånger dagligen i samband med måltid. Ingredienser: magnesiumcitrat, {w}, "
    "kapsel (cellulosa), klumpförebyggande medel (magnesiumstearat). Rekommenderad dos bör inte överskridas. Förvaras "
    "utom räckhåll för barn. {w} {w}.",
    "{w} cytrynian magnezu {k} kapsułek\nSuplement diety. Zawartość w {n} kapsułkach: cytrynian magnezu {s} mg, w tym "
    "magnez {m} mg ({p} % RWS).\nSposób użycia: {n} kapsułki {t} razy dziennie podczas posiłku. Składniki: cytrynian "
    "magnezu, {w}, kapsułka (hydroksypropylometyloceluloza), sole magnezowe kwasów tłuszczowych. Nie przekraczać "
    "zalecanej porcji. {w}.",
    "{w} citrato di magnesio {k} compresse\nIntegratore alimentare. Per {n} compresse: citrato di magnesio {s} mg, di cui "
    "magnesio {m} mg ({p} % VNR).\nModo d'uso: {n} compresse {t} volte al giorno con un bicchiere d'acqua. Ingredienti: "
    "citrato di magnesio, {w}, agente di carica: cellulosa, antiagglomerante: sali di magnesio degli acidi grassi. "
    "Tenere fuori dalla portata dei bambini. {w}.",
    "{w} magnesiumsitraatti {k} kapselia\nRavintolisä. {n} kapselia sisältää: magnesiumia {m} mg ({p} % VRA*), B6-vitamiinia "
    "{n} mg.\nAnnostus: {n} kapselia {t} kertaa päivässä aterian yhteydessä. Ainesosat: magnesiumsitraatti, {w}uute, "
    "kapselikuori (hydroksipropyylimetyyliselluloosa), paakkuuntumisenestoaine (magnesiumstearaatti). Säilytettävä "
    "lasten ulottumattomissa. {w}.",
)
OTHER_TEMPLATES = (
    "{w} Vitamin C {s} mg, {k} tablets\nFood supplement. Per {n} tablets: vitamin C {s} mg ({p} % NRV), zinc {n} mg. Take "
    "{n} tablets {t} times a day. Ingredients: ascorbic acid, {w}, bulking agent (cellulose), zinc citrate, glazing "
    "agent. Keep out of the reach of children. Store below 25 °C in a dry place. {w} {w} {w} {w}.",
    "{w} Calcium + D3 {k} kapsler\nKosttilskud. Pr. {n} kapsler: calcium {s} mg ({p} % RI), vitamin D3 {m} µg. Dosering: {n} "
    "kapsler {t} gange dagligt. Ingredienser: calciumcarbonat, {w}, kapselskal (gelatine), vitamin D3. Opbevares "
    "utilgængeligt for børn ved højst 25 grader. {w} {w} {w}.",
    "{w} Haferflocken {k} g\nZutaten: Vollkornhaferflocken {p} %, {w}, Rohrzucker, Honig, Salz. Nährwerte pro 100 g: "
    "Energie {s} kJ, Fett {n} g, Kohlenhydrate {m} g, Eiweiß {t} g. Kühl und trocken lagern. Kann Spuren von Nüssen "
    "enthalten. {w} {w} {w} {w} {w}.",
)
HOSTILE: dict[str, Callable[[int], str]] = {
    "numbers in a line": lambda n: "12 " * (n // 3),
    "'magnesium '": lambda n: "magnesium " * (n // 10),
    "no spaces": lambda n: "magnesium400mg"[: 14] * (n // 14),
    "one letter": lambda n: "a" * n,
    "only brackets": lambda n: "(" * n,
    "brackets in pairs": lambda n: "(magnesium " * (n // 22) + ") mg 4 " * (n // 22),
    "only line breaks": lambda n: "\n" * n,
    "dots and digits": lambda n: "1." * (n // 2),
}


def made(count: int, templates: tuple[str, ...] = TEMPLATES, seed: int = 1) -> list[str]:
    """So many different labels of about 400 bytes; the same ones for the same seed."""
    chance = random.Random(seed)
    return [_filled(templates[at % len(templates)], chance) for at in range(count)]


def _filled(template: str, chance: random.Random) -> str:
    magnesium = chance.randrange(50, 450, 5)
    while "{w}" in template:
        template = template.replace("{w}", _word(chance), 1)
    return template.format(
        s=magnesium * chance.randint(5, 9),
        m=magnesium,
        p=round(magnesium / 3.75),
        n=chance.randint(1, 4),
        t=chance.randint(1, 3),
        k=chance.choice((30, 60, 90, 100, 120, 180)),
    )


def _word(chance: random.Random) -> str:
    """A word of no language, with a capital."""
    return "".join(chance.choice("bdfgklmnprstv") + chance.choice("aeiouy") for _ in range(chance.randint(2, 4))).title()


def repository() -> list[str]:
    """The labels of the repository."""
    files = sorted([*HOME.glob("fixtures/**/*.txt"), *HOME.glob("examples/labels/*.txt")])
    return [file.read_text(encoding="utf-8") for file in files]


def ordinary(size: int) -> str:
    """A long text of many different labels, about so many bytes."""
    text = "\n\n".join(made(size // LABEL_BYTES + 2, seed=size))
    return text.encode()[:size].decode(errors="ignore")
