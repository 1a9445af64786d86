"""From facts to the text of a label, in one language and layout.

Every choice of words is drawn by name from one number, so that the same style says the same things in any order.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from rendering.facts import Facts
from rendering.words import Bent, Words, words

LAYOUTS = ("aligned", "two_columns", "bars", "cells", "flat", "lines", "prose", "listed")
"""Panel with aligned columns, with a column for a unit and for the day, with bars, one cell a line, all on one line,
a heading with one nutrient a line, sentences, and an ingredient list with amounts."""

SECTIONS = ("front", "facts", "ingredients", "directions", "loose")
OTHER_MG = {"zinc": Decimal(5), "calcium": Decimal(120), "potassium": Decimal(300), "vitamin_b6": Decimal("1.4")}
OTHER_SALT_MG = {"zinc": Decimal(35), "calcium": Decimal(300), "potassium": Decimal(250), "vitamin_b6": Decimal("1.7")}
OTHER_PERCENT = {"zinc": 50, "calcium": 15, "potassium": 15, "vitamin_b6": 100}


@dataclass(frozen=True)
class Style:
    """How a label is written."""

    language: str
    layout: str
    variant: int = 0
    order: tuple[str, ...] = SECTIONS
    upper: bool = False
    grams: bool = False
    claims: bool = False
    warnings: bool = True
    hide_percent: bool = False
    hide_element: bool = False


def render(facts: Facts, style: Style) -> str:
    """The text of a label."""
    return Renderer(facts, style).text()


class Renderer:
    """One label being written."""

    def __init__(self, facts: Facts, style: Style) -> None:
        self._facts = facts
        self._style = style
        self._words: Words = words(style.language)
        self._named = {form: self._words.name(self._pick(f"name {form}", "names", form)) for form in facts.forms}

    def text(self) -> str:
        """All sections in the style's order."""
        sections = {name: self._section(name) for name in SECTIONS}
        between = "\n\n" if self._index("gap", 2) and self._style.layout != "flat" else "\n"
        text = self._words.mended(between.join(sections[name] for name in self._order() if sections[name]))
        return text.upper() if self._style.upper else text

    def _order(self) -> list[str]:
        """The sections in the style's order; what else is in it stands behind the list that gives amounts."""
        order = list(self._style.order)
        if self._style.layout == "listed" and order.index("ingredients") < order.index("facts"):
            order.remove("ingredients")
            order.insert(order.index("facts") + 1, "ingredients")
        return order

    # -- choices ---------------------------------------------------------------------------------------------------

    def _index(self, key: str, count: int) -> int:
        return zlib.crc32(f"{self._style.variant} {key}".encode()) % count if self._style.variant else 0

    def _pick(self, key: str, group: str, concept: str) -> str:
        options = self._words.phrases(group, concept)
        return options[self._index(key, len(options))]

    def _word(self, group: str, concept: str) -> str:
        return self._pick(f"{group} {concept}", group, concept)

    # -- numbers ---------------------------------------------------------------------------------------------------

    def _number(self, value: Decimal) -> str:
        """A number as the language writes it."""
        text = f"{value.normalize():f}"
        whole, _, decimals = text.partition(".")
        marks: list[str] = self._words.word("thousands")
        if len(whole) > 3:
            whole = whole[:-3] + marks[self._index("thousands", len(marks))] + whole[-3:]
        return f"{whole}{self._words.word('decimal')}{decimals}" if decimals else whole

    def _mass(self, mg: Decimal) -> str:
        """A mass with its unit: in grams where the style asks for it and nothing is lost."""
        if self._style.grams and mg >= 100:
            return f"{self._number(mg / 1000)} g"
        return f"{self._number(mg)}{'' if self._index('tight', 7) == 6 else ' '}mg"

    def _percent(self, count: int) -> str:
        options: list[str] = self._words.word("percent")
        return options[self._index("percent", len(options))].format(self._facts.percent(count))

    def _shows_percent(self) -> bool:
        return self._facts.percent_shown and self._facts.states_element and not self._style.hide_percent

    def _share(self) -> str:
        """The percentage in a sentence, empty where it is not shown."""
        if not self._shows_percent():
            return ""
        return self._word("prose", "share").format(percent=self._percent(self._facts.portion))

    def _section(self, name: str) -> str:
        written = {
            "front": self._front,
            "facts": self._facts_lines,
            "ingredients": self._ingredients,
            "directions": self._directions,
            "loose": self._loose,
        }
        return written[name]()

    # -- sections --------------------------------------------------------------------------------------------------

    def _front(self) -> str:
        lines = [self._word("loose", "titles")]
        if self._style.claims:
            lines.append(self._word("loose", "claims"))
        if self._facts.pack:
            pack = self._word("loose", "pack")
            lines.append(self._filled(pack, self._facts.pack))
        return "\n".join(lines)

    def _loose(self) -> str:
        lines = [self._word("loose", "warnings")] if self._style.warnings else []
        for form in self._facts.denied:
            name = self._words.name(self._pick(f"denied {form}", "names", form))
            lines.append(self._word("loose", "without").format(name=name))
        return "\n".join(lines)

    def _directions(self) -> str:
        dosing = self._facts.dosing
        if dosing.kind == "unsaid":
            return ""
        sentence = self._word("directions", dosing.kind)
        counted = dosing.most if dosing.kind == "range" else dosing.units
        word = self._words.counted(self._facts.unit, dosing.units) if self._index("word", 4) == 3 else None
        said = sentence.format(
            n=word if word and dosing.kind != "range" else dosing.units,
            m=dosing.most,
            t=dosing.times,
            unit=self._words.noun(self._facts.unit, counted),
            time=self._words.noun("time", dosing.times),
        )
        if self._index("adults", 4) == 3:
            said = self._word("directions", "adults").format(said)
        return f"{self._word('directions', 'heads')} {_capital(said)}"

    def _ingredients(self) -> str:
        """The ingredient list; where amounts stand in it, what remains is listed behind."""
        listed_before = self._style.layout == "listed"
        named = [] if listed_before else [str(self._named[form]) for form in self._facts.forms]
        head = self._word("list", "others" if listed_before else "heads")
        return f"{head} {_capital(', '.join([*named, *self._company()]))}."

    def _company(self) -> list[str]:
        """Everything in the list that is no source of magnesium."""
        listed = self._style.layout == "listed"
        others = [] if listed else [self._words.other(n)["name"] for n in self._facts.others]
        shell = [self._word("list", "capsule")] if self._facts.unit == "capsule" else []
        additives = [self._word("excipients", form) for form in self._facts.excipients]
        return [*others, self._word("list", "fillers"), *shell, *additives]

    def _facts_lines(self) -> str:
        layout = self._style.layout
        if layout == "prose":
            return self._prose()
        if layout == "listed":
            return self._listed()
        return self._panel()

    # -- the panel -------------------------------------------------------------------------------------------------

    def _counts(self) -> list[int]:
        """The counts of units that the columns are for."""
        day = self._facts.units_per_day
        if self._style.layout == "two_columns" and day is not None and day.high > 1:
            return [1, int(day.high)]
        return [self._facts.portion]

    def _panel(self) -> str:
        counts = self._counts()
        heading = [
            self._word("facts", "heads"),
            *(self._column(c, len(counts) > 1 and at) for at, c in enumerate(counts)),
        ]
        rows = self._rows(counts)
        if self._shows_percent():
            heading.append(self._word("facts", "reference"))
        foot = [self._word("facts", "footnote")] if self._shows_percent() else []
        if self._style.layout == "lines":
            return "\n".join([self._opening(), *(" ".join(filter(None, row)) for row in rows), *foot])
        return "\n".join([self._laid_out([heading, *rows]), *foot])

    def _column(self, count: int, is_day: bool | int) -> str:
        head = "day" if is_day or (len(self._counts()) == 1 and self._facts.portion_is_day) else "columns"
        return self._filled(self._word("facts", head), count)

    def _opening(self) -> str:
        head = "opening_day" if self._facts.portion_is_day else "opening"
        return self._filled(self._word("facts", head), self._facts.portion)

    def _rows(self, counts: Sequence[int]) -> list[list[str]]:
        """The rows of the panel: magnesium, then the other nutrients."""
        rows = self._magnesium_rows(counts)
        for nutrient in self._facts.others:
            amounts = [self._mass_of_other(nutrient, c) for c in counts]
            options: list[str] = self._words.word("percent")
            share = [options[self._index("percent", len(options))].format(OTHER_PERCENT[nutrient] * counts[-1])]
            rows.append([self._words.other(nutrient)["row"], *amounts, *(share if self._shows_percent() else [])])
        return rows

    def _mass_of_other(self, nutrient: str, count: int) -> str:
        return f"{self._number(OTHER_MG[nutrient] * count)} mg"

    def _magnesium_rows(self, counts: Sequence[int]) -> list[list[str]]:
        facts = self._facts
        share = [self._percent(counts[-1])] if self._shows_percent() else []
        element = [*(self._mass(facts.elemental_per_unit * c) for c in counts), *share]
        if facts.declared == "element":
            return [[self._word("facts", "element"), *element]]
        if facts.declared == "as_form":
            name = self._words.joined(list(self._named.values()))
            return [[self._word("facts", "as_form").format(name=name), *element]]
        empty = [""] if share else []
        rows = [
            [_capital(self._named[c.form]), *(self._mass(c.mg * n) for n in counts), *empty] for c in facts.compounds
        ]
        if facts.states_element and not self._style.hide_element:
            head = "of_which" if len(facts.compounds) == 1 else "total"
            rows.append([self._word("facts", head), *element])
        return rows

    def _laid_out(self, table: list[list[str]]) -> str:
        layout = self._style.layout
        if layout == "cells":
            return "\n".join(cell for row in table for cell in row if cell)
        if layout == "flat":
            return " ".join(cell for row in table for cell in row if cell)
        if layout == "bars":
            return "\n".join(" | ".join(row).strip() for row in table)
        widths = [max(len(row[at]) if at < len(row) else 0 for row in table) + 3 for at in range(len(table[0]))]
        return "\n".join("".join(cell.ljust(w) for cell, w in zip(row, widths, strict=False)).rstrip() for row in table)

    # -- sentences and lists ---------------------------------------------------------------------------------------

    def _prose(self) -> str:
        facts = self._facts
        declared = "total" if facts.declared == "of_which" and len(facts.compounds) > 1 else facts.declared
        if facts.declared == "of_which" and self._style.hide_element:
            declared = "compound"
        key = "portion_day" if facts.portion_is_day else "portion"
        name = self._words.joined(list(self._named.values()))
        parts = [self._words.name(f"{self._named[c.form]}") for c in facts.compounds]
        masses = [self._mass(c.mg * facts.portion) for c in facts.compounds]
        if declared == "compound" and len(facts.compounds) > 1:
            sentence = self._words.phrases("prose", "compound")[-1]
            name, mass = Bent.of({"nom": self._pairs(parts, masses)}), ""
            sentence = sentence.replace(" {compound}", "").replace("{name.part}", "{name}")
        else:
            sentence, mass = self._word("prose", declared), masses[0]
        said = sentence.format(
            portion=self._filled(self._word("prose", key), facts.portion),
            contains=self._words.contains(1 if facts.portion_is_day else facts.portion),
            mg=self._mass(facts.elemental_per_portion),
            compound=mass,
            name=name,
            share=self._share(),
            parts=Bent.of({"nom": self._pairs(parts, masses), "part": self._pairs(parts, masses)}),
        )
        return _capital(said)

    def _pairs(self, names: Sequence[Bent], masses: Sequence[str]) -> str:
        return str(self._words.joined([Bent.of({"nom": f"{m} {n}"}) for n, m in zip(names, masses, strict=True)]))

    def _listed(self) -> str:
        """An ingredient list that gives amounts."""
        facts = self._facts
        head = self._opening() if facts.portion_is_day else self._filled(self._word("list", "portion"), facts.portion)
        total = self._mass(facts.elemental_per_portion)
        if facts.declared in ("as_form", "element"):
            name = self._words.joined(list(self._named.values()))
            items = [self._word("list", "as_form").format(name=name, mg=total, share=self._share())]
        elif len(facts.compounds) == 1 and facts.states_element and not self._style.hide_element:
            c = facts.compounds[0]
            items = [self._compound_item("of_which", c.form, c.mg, total)]
        else:
            items = [self._compound_item("compound", c.form, c.mg, total) for c in facts.compounds]
            if facts.states_element and not self._style.hide_element:
                items.append(f"{self._word('facts', 'total')} {total}{self._share()}")
        for nutrient in facts.others:
            salt = self._number(OTHER_SALT_MG[nutrient] * facts.portion)
            items.append(f"{self._words.other(nutrient)['name']} {salt} mg")
        return f"{head} {', '.join(items)}."

    def _compound_item(self, phrase: str, form: str, mg: Decimal, total: str) -> str:
        mass = self._mass(mg * self._facts.portion)
        share = self._share()
        return self._word("list", phrase).format(name=self._named[form], compound=mass, mg=total, share=share)

    def _filled(self, phrase: str, count: int) -> str:
        unit = self._words.noun(self._facts.unit, count)
        return phrase.format(n=count, unit=unit, contains=self._words.contains(count))


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
