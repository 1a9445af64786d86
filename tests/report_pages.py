"""A page taken apart by a strict reader, and the labels whose pages the tests look at."""

from __future__ import annotations

from html.parser import HTMLParser

from mglabel import analyze, analyze_file
from mglabel.analysis.result import Analysis

VOID = {"meta", "link", "img", "br", "input"}
LABELS = {
    "good": "MAGNESIUM CITRATE\n60 capsules\n\nPer 2 capsules: magnesium citrate 1500 mg, of which magnesium 240 mg "
    "(64 % NRV). 1 capsule twice a day with food. Anti-caking agent: magnesium stearate. Do not exceed the "
    "recommended daily dose. Consult a doctor if you have kidney disease.",
    "open": "Magnesium complex\nMagnesium citrate 400 mg, magnesium oxide, magnesium malate. 1-2 tablets daily.",
    "no-dose": "Magnesium 400 mg per tablet.",
    "contradiction": "Per capsule: magnesium bisglycinate 1000 mg, of which magnesium 200 mg (20 % NRV). "
    "3 capsules daily.",
    "beyond": "Per tablet: magnesium oxide 1600 mg, of which magnesium 900 mg. Take 4 tablets daily.",
    "children": "For children 4 to 9 years. Per tablet: magnesium citrate 400 mg, of which magnesium 60 mg. "
    "1 tablet daily.",
    "medicine": "Medicine. Active substance: magnesium hydroxide 500 mg per tablet. Dose: 2 tablets daily for "
    "constipation.",
    "topical": "Magnesium oil spray. For external use only: massage into the skin. Magnesium chloride 31 %.",
    "several": "Magnesium A\n\nNutrition facts\nPer tablet: magnesium oxide 300 mg, of which magnesium 180 mg.\n"
    "Take 1 tablet daily.\n\nMagnesium B\n\nNutrition facts\nPer capsule: magnesium citrate 700 mg, of which "
    "magnesium 105 mg.\nTake 2 capsules daily.\n",
    "stearate": "Vitamin C 500 mg. Anti-caking agent: magnesium stearate.",
    "none": "Vitamin C 500 mg",
    "empty": "",
    "hostile": "\u202eEvil\x00 \x1b[31m<script>alert(1)</script> <img src=x onerror=alert(1)>"
    "\n\"'><svg/onload=alert(1)>\u202c "
    "Per tablet: magnesium oxide 670 mg, of which magnesium 400 mg. \u05de\u05d2\u05e0\u05d6\u05d9\u05d5\u05dd\u200f "
    "Take 1 tablet daily. {{ 7 * 7 }} </style></title> &amp; \ufffe",
}


def label(name: str) -> Analysis:
    """The analysis of one of the labels."""
    if name == "several":  # told apart in files only
        return analyze_file(LABELS[name].encode(), name=f"{name}.txt")
    return analyze(LABELS[name], name=f"{name}.txt")


class Page(HTMLParser):
    """The elements of a page in order; fails on what is not closed, and keeps the text of one element by its class."""

    def __init__(self, markup: str, text_of: str = "") -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.said: list[str] = []
        self._open: list[tuple[str, bool, bool]] = []
        self._wanted = text_of
        self.feed(markup)
        self.close()
        assert self._open == [], f"not closed: {self._open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        assert len(held) == len(attrs), f"an attribute twice in {tag}"
        self.elements.append((tag, held))
        if tag not in VOID:
            classes = (held.get("class") or "").split()
            inside, hidden = (self._open[-1][1], self._open[-1][2]) if self._open else (False, False)
            wanted = bool(self._wanted) and self._wanted in classes
            skipped = hidden or tag in ("sup", "style", "script") or "tip" in classes or "gap" in classes
            self._open.append((tag, inside or wanted, skipped))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open, f"</{tag}> closes nothing"
        assert self._open.pop()[0] == tag, f"</{tag}> closes something else"

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1][1] and not self._open[-1][2]:
            self.text += data
        if self._open and not self._open[-1][2]:
            self.said.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of every element of a kind."""
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def ids(self) -> list[str]:
        """Every id in order."""
        return [held["id"] or "" for _, held in self.elements if "id" in held]
