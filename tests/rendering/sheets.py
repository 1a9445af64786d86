"""Labels as designers set them: tables with any columns in any order, other rows near magnesium, numbers that are none.

A `Sheet` is drawn beside a `Style` and changes how the same facts are written, never the facts.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from rendering.facts import Facts
from rendering.render import OTHER_MG, OTHER_PERCENT, SECTIONS, Renderer, Style
from rendering.words import Bent

WORDS = Path(__file__).with_name("sheets.toml")
GAPS = ("    ", "  ", "\t", " | ", "|")
INLINE = (", ", " · ", " • ", "; ", " / ", " - ", "\n")
NUMBERS_OF_NOTHING = (
    "LOT L24031B",
    "EAN 5701234567890",
    "EXP 12.2027",
    "31/12/2027",
    "www.example.org/magnesium-oxide-500-mg",
    "magnesium.citrate@example.org",
    "Tel. +45 12 34 56 78",
    "2100 København Ø",
    "Art. 10234",
    "© 2025",
    "ISO 22000:2018",
    "60 x 1 g",
    "v. 3.2",
)
"""What stands on labels in every language."""

HYDRATES = {"chloride": "hexahydrate", "sulfate": "heptahydrate"}


class Other(NamedTuple):
    """A row that is not of magnesium: how much in a unit, and the percentage of the reference value."""

    amount: Decimal
    unit: str
    percent: int | None
    less: bool = False


OTHERS = {
    "energy": Other(Decimal(5), "kJ", None),
    "sugars": Other(Decimal("0.1"), "g", None, less=True),
    "salt": Other(Decimal("0.01"), "g", None),
    "sodium": Other(Decimal(12), "mg", None),
    "vitamin_d": Other(Decimal(10), "µg", 200),
    "b12": Other(Decimal("2.5"), "µg", 100),
    "selenium": Other(Decimal("27.5"), "µg", 50),
    "manganese": Other(Decimal(1), "mg", 50),
    "iron": Other(Decimal(7), "mg", 50),
    **{name: Other(mg, "mg", OTHER_PERCENT[name]) for name, mg in OTHER_MG.items()},
}


@dataclass(frozen=True)
class Sheet:
    """How a label is set, beside its style.

    `columns`: of unit, portion, day, hundred (per 100 g) and share (% of the reference value), in order. `unit_in`:
    cell, head, name or column. `inline`: all of a portion in one line, with this mark between. `beside`: a second
    sentence of the directions (children, at_most, supply). `title`: a strength on the front, of the element or of the
    first compound. `noise`: sentences and numbers that are none of the product's amounts, each before a section.
    """

    columns: tuple[str, ...] = ("portion",)
    gap: str = "    "
    unit_in: str = "cell"
    inline: str = ""
    amount_first: bool = False
    bracketed_share: bool = False
    mark: str = ""
    wrapped: bool = False
    each: bool = False
    hydrated: bool = False
    decimals: bool = False
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    dose: str = ""
    beside: str = ""
    title: str = ""
    noise: tuple[tuple[int, int], ...] = ()


MORE: Mapping[str, Any] = tomllib.loads(WORDS.read_text(encoding="utf-8"))
NOISE = {language: (*more["noise"], *NUMBERS_OF_NOTHING) for language, more in MORE.items()}
"""What stands on labels of each language beside the facts, with numbers that are no amount of the product."""


def render_sheet(facts: Facts, style: Style, sheet: Sheet) -> str:
    """The text of a label, set as the sheet says."""
    return _SheetRenderer(facts, style, sheet).text()


class _SheetRenderer(Renderer):
    """One label being written."""

    def __init__(self, facts: Facts, style: Style, sheet: Sheet) -> None:
        super().__init__(facts, style)
        self._sheet = sheet
        self._more = MORE[style.language]
        if sheet.hydrated:
            for form in HYDRATES.keys() & self._named.keys():
                self._named[form] = Bent.of({"nom": self._more[HYDRATES[form]].format(name=self._named[form])})

    def text(self) -> str:
        """All sections in the style's order, with what stands between them."""
        lines = []
        for at, name in enumerate(self._order()):
            lines += [self._noise(which) for place, which in self._sheet.noise if place == at]
            lines += [self._section(name)]
        text = self._words.mended("\n".join(filter(None, lines)))
        return text.upper() if self._style.upper else text

    def _noise(self, which: int) -> str:
        said = NOISE[self._style.language]
        return said[which % len(said)]

    def _front(self) -> str:
        facts, title = self._facts, self._sheet.title
        order = self._order()
        if order.index("front") == order.index("facts") + 1:
            title = ""  # right below the facts it would be a row of theirs
        if title == "compound":
            strength = f"{self._named[facts.forms[0]]} {self._mass(facts.compounds[0].mg * facts.portion)}"
        elif title == "element":
            day = "day" if "day" in self._sheet.columns else "unit"
            element = self._words.phrases("facts", "element")[0]
            strength = f"{element} {self._mass(facts.elemental_per_unit * self._count(day))}"
        return f"{_capital(strength)}\n{super()._front()}" if title else super()._front()

    def _number(self, value: Decimal) -> str:
        text = super()._number(value)
        mark = self._words.word("decimal")
        return f"{text}{mark}0" if self._sheet.decimals and text.isdigit() and value < 1000 else text

    # -- the table -------------------------------------------------------------------------------------------------

    def _facts_lines(self) -> str:
        if self._sheet.inline:
            return self._in_a_line()
        table = [self._head(), *self._all_rows()]
        rows = self._wrapped(table) if self._sheet.wrapped else table
        foot = [self._word("facts", "footnote")] if "share" in self._sheet.columns or self._sheet.mark else []
        return "\n".join([*self._lined_up(rows), *foot])

    def _in_a_line(self) -> str:
        opening = self._opening()
        items = [" ".join(filter(None, row)) for row in self._all_rows()]
        return f"{opening} {self._sheet.inline.join(items)}"

    def _head(self) -> list[str]:
        cells = [self._column_head(column) for column in self._sheet.columns]
        unit = [self._more["unit"][0]] if self._sheet.unit_in == "column" else []
        names = self._word("facts", "heads")
        return [*unit, *cells, names] if self._sheet.amount_first else [names, *unit, *cells]

    def _column_head(self, column: str) -> str:
        if column == "share":
            return self._word("facts", "reference")
        if column == "hundred":
            head = str(self._more["hundred"][self._index("hundred", len(self._more["hundred"]))])
        else:
            head = self._filled(self._word("facts", "day" if column == "day" else "columns"), self._count(column))
        return f"{head} (mg)" if self._sheet.unit_in == "head" else head

    def _count(self, column: str) -> int:
        if column == "day":
            day = self._facts.units_per_day
            return int(day.high) if day else self._facts.portion
        return {"unit": 1}.get(column, self._facts.portion)

    def _per(self, column: str) -> Decimal:
        """How many units the column is for; 100 g of them for the column of that head."""
        return 100_000 / self._unit_mg() if column == "hundred" else Decimal(self._count(column))

    def _unit_mg(self) -> Decimal:
        return sum((c.mg for c in self._facts.compounds), Decimal(0)) * Decimal("1.25")

    def _all_rows(self) -> list[list[str]]:
        magnesium = [self._row(*row) for row in self._rows_of_magnesium()]
        before = [self._row_of(name) for name in self._sheet.before]
        after = [self._row_of(name) for name in (*self._facts.others, *self._sheet.after)]
        return [*before, *magnesium, *after]

    def _rows_of_magnesium(self) -> list[tuple[str, Decimal, bool]]:
        """Name, mg in a unit, and whether it is the element."""
        facts = self._facts
        names = list(self._named.values())
        if facts.declared == "element":
            return [(self._word("facts", "element"), facts.elemental_per_unit, True)]
        if self._sheet.each:
            phrase = self._word("facts", "as_form")
            return [(phrase.format(name=n), c.elemental_mg, True) for n, c in zip(names, facts.compounds, strict=True)]
        if facts.declared == "as_form":
            phrase = self._word("facts", "as_form")
            return [(phrase.format(name=self._words.joined(names)), facts.elemental_per_unit, True)]
        rows = [(_capital(n), c.mg, False) for n, c in zip(names, facts.compounds, strict=True)]
        if facts.declared == "of_which":
            head = self._word("facts", "of_which" if len(names) == 1 else "total")
            rows.append((head, facts.elemental_per_unit, True))
        return rows

    def _row(self, name: str, mg: Decimal, is_element: bool) -> list[str]:
        amounts = {c: mg * self._per(c) for c in self._sheet.columns if c != "share"}
        shown = [c for c in self._sheet.columns if c not in ("share", "hundred")]
        share = None
        if is_element:
            share = round(mg * self._count(shown[-1]) * 100 / 375)
        return self._cells(name, amounts, "mg", share)

    def _row_of(self, name: str) -> list[str]:
        other = OTHERS[name]
        spoken = self._words.other(name)["row"] if name in OTHER_MG else self._more["rows"][name]
        amounts = {c: other.amount * self._per(c) for c in self._sheet.columns if c != "share"}
        shown = [c for c in self._sheet.columns if c not in ("share", "hundred")]
        share = other.percent * self._count(shown[-1]) if other.percent is not None else None
        return self._cells(spoken, amounts, other.unit, share, "<" if other.less else "")

    def _cells(
        self, name: str, amounts: Mapping[str, Decimal], unit: str, share: int | None, sign: str = ""
    ) -> list[str]:
        """One row of the table."""
        sheet = self._sheet
        bare = sheet.unit_in != "cell" and not sheet.inline
        options: list[str] = self._words.word("percent")
        percent = "" if share is None else options[self._index("percent", len(options))].format(share)
        cells = []
        for column in sheet.columns:
            if column == "share":
                cells.append(f"{percent}{sheet.mark}" if percent else "")
                continue
            mass = self._written(amounts[column], unit, bare)
            bracket = f" ({percent}{sheet.mark})" if sheet.bracketed_share and percent and column != "hundred" else ""
            cells.append(f"{sign}{mass}{'' if bracket else sheet.mark}{bracket}")
        if sheet.unit_in == "name" and bare:
            name = f"{name} ({unit})"
        units = [unit] if sheet.unit_in == "column" and bare else []
        return [*units, *cells, name] if sheet.amount_first else [name, *units, *cells]

    def _written(self, value: Decimal, unit: str, bare: bool) -> str:
        rounded = value if value < 10 else value.quantize(Decimal(1)) if value >= 1000 else round(value, 1)
        rounded = round(rounded, 2)
        if bare:
            return self._number(rounded)
        return self._mass(rounded) if unit == "mg" else f"{self._number(rounded)} {unit}"

    def _wrapped(self, table: Sequence[list[str]]) -> list[list[str]]:
        """Long names on two lines, the amounts behind the second."""
        rows = []
        for row in table:
            name, bracket, rest = row[0].partition(" (")
            if bracket and not self._sheet.amount_first and len(row) > 1 and row is not table[0]:
                rows += [[name], [f"({rest}", *row[1:]]]
            else:
                rows.append(row)
        return rows

    def _lined_up(self, table: list[list[str]]) -> list[str]:
        gap = self._sheet.gap
        if not gap.isspace() or gap == "\t":
            return [gap.join(row).rstrip() for row in table]
        width = max(map(len, table))
        widths = [max(len(row[at]) if at < len(row) else 0 for row in table) for at in range(width)]
        return ["".join(c.ljust(w) + gap for c, w in zip(row, widths, strict=False)).rstrip() for row in table]

    # -- the directions --------------------------------------------------------------------------------------------

    def _directions(self) -> str:
        dosing, sheet = self._facts.dosing, self._sheet
        if dosing.kind == "unsaid":
            return ""
        if not sheet.dose:
            said = super()._directions()
        else:
            phrase = self._more[sheet.dose]
            phrase = phrase if isinstance(phrase, str) else phrase[self._index("dose", len(phrase))]
            sentence = phrase.format(
                n=dosing.units,
                m=dosing.most,
                t=dosing.times,
                unit=self._words.noun(self._facts.unit, dosing.units),
                more=self._words.noun(self._facts.unit, dosing.most),
            )
            break_ = "\n" if sheet.dose == "lines" else " "
            said = f"{self._word('directions', 'heads')}{break_}{sentence}"
        return f"{said} {self._beside()}".rstrip() if sheet.dose != "lines" else f"{said}\n{self._beside()}".rstrip()

    def _beside(self) -> str:
        day = self._facts.units_per_day
        if not self._sheet.beside or day is None:
            return ""
        count = int(day.high)
        counted = 1 if self._sheet.beside == "children" else count
        return str(
            self._more[self._sheet.beside].format(
                n=count,
                k=1,
                d=30,
                unit=self._words.noun(self._facts.unit, counted),
                kid=self._words.noun(self._facts.unit, 1),
            )
            if self._sheet.beside != "supply"
            else self._more["supply"].format(n=count * 30, d=30, unit=self._words.noun(self._facts.unit, count * 30))
        )


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


__all__ = ["SECTIONS", "Sheet", "render_sheet"]
