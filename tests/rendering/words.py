"""The words of one language for rendering: loaded from `fixtures/<lang>/words.toml`, bent by case and count."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[2] / "fixtures"
LANGUAGES = tuple(sorted(f.parent.name for f in FOLDER.glob("*/words.toml")))


class Bent(str):
    """A word or name in its plain case whose other cases are attributes: `{name.gen}` in a sentence."""

    cases: Mapping[str, str]

    @classmethod
    def of(cls, cases: Mapping[str, str]) -> Bent:
        """The word whose plain case stands under `nom`."""
        word = cls(cases["nom"])
        word.cases = cases
        return word

    def __getattr__(self, case: str) -> str:
        if case.startswith("__") or case == "cases":
            raise AttributeError(case)
        return self.cases.get(case, str(self))


class Words:
    """The words of one language."""

    def __init__(self, language: str, raw: Mapping[str, Any]) -> None:
        self.language = language
        self._raw = raw

    def phrases(self, group: str, concept: str) -> list[str]:
        """The variants of one phrase."""
        found: list[str] = self._raw[group][concept]
        return found

    def word(self, key: str) -> Any:
        """A single word or list at the top of the table."""
        return self._raw[key]

    def other(self, nutrient: str) -> Mapping[str, str]:
        """How another nutrient stands in a panel (`row`) and in an ingredient list (`name`)."""
        found: Mapping[str, str] = self._raw["others"][nutrient]
        return found

    def noun(self, unit: str, count: int) -> Bent:
        """The word for so many units, in every case."""
        cases = {case: forms for case, forms in self._raw["unit"][unit].items() if case != "words"}
        return Bent.of({case: forms[self._plural(count, len(forms))] for case, forms in cases.items()})

    def counted(self, unit: str, count: int) -> str | None:
        """The count in a word that fits the unit, None where the table has none."""
        words: list[str] = self._raw["unit"][unit]["words"]
        return words[count - 1] if count <= len(words) and not self._raw["directions"].get("no_words") else None

    def contains(self, count: int) -> str:
        """The verb for what so many units contain."""
        verbs: list[str] = self._raw["contains"]
        return verbs[self._plural(count, len(verbs))]

    @property
    def bends(self) -> bool:
        """Whether names of compounds have cases in the language."""
        return "cases" in self._raw

    def name(self, nominative: str) -> Bent:
        """A compound's name in every case that the language's rules make of it."""
        cases = {"nom": nominative}
        for case, rules in self._raw.get("cases", {}).items():
            ending = next(((old, new) for old, new in rules if nominative.endswith(old)), None)
            if ending:
                cases[case] = nominative.removesuffix(ending[0]) + ending[1]
        return Bent.of(cases)

    def joined(self, names: Sequence[Bent]) -> Bent:
        """Several names as one: "a, b and c", in every case."""
        cases = {"nom", *(case for name in names for case in name.cases)}
        return Bent.of({case: self._listed([n.cases.get(case, str(n)) for n in names]) for case in cases})

    def _listed(self, names: Sequence[str]) -> str:
        return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {self._raw['and']} {names[-1]}"

    def _plural(self, count: int, forms: int) -> int:
        """Which of the forms of a word stands after the count."""
        if count == 1:
            return 0
        if forms == 2:
            return 1
        tens, ones = divmod(count % 100, 10)
        few = 2 <= ones <= 4 and tens != 1 if self._raw["counting"] == "pl" else 2 <= count <= 4
        return 1 if few else 2

    def mended(self, text: str) -> str:
        """A sentence with its elisions made: "d'oxyde"."""
        for plain, right in self._raw.get("mends", ()):
            text = text.replace(plain, right)
        return text


@cache
def words(language: str) -> Words:
    """The words of a language."""
    return Words(language, tomllib.loads((FOLDER / language / "words.toml").read_text(encoding="utf-8")))
