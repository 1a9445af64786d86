"""What a number counts or measures: the sign, the unit or the span of time behind it."""

from __future__ import annotations

from mglabel.extraction.item import COUNTED, MASSES, SIZES, SUBSTANCES, Item, token_at
from mglabel.language.token import Token

_LONGEST_SHORT = 6
"""Letters of the longest word that is taken for an abbreviation before a unit."""

_APOSTROPHES = frozenset("'’")


def unit_at(tokens: list[Token], token: Token, at: int) -> tuple[str, str, int]:
    """Kind, unit and index after what a number counts, kind empty where it counts nothing known."""
    senses = token.senses
    if token.text == "%" or token.text == "‰":
        return "P", "%", at + 1
    measure = senses.get("measure") or senses.get("measure_noise")
    if measure is None and "magnesium.symbols" in senses and token.kind == "w":
        measure = "mg"
    if measure and stands_close(tokens, at) and not _is_elided(tokens, at):
        return ("A" if measure in MASSES or measure in SUBSTANCES else "V"), measure, at + 1
    for key in senses:
        if key.startswith("duration."):
            return "D", key[len("duration.") :], at + 1
    joined = token_at(tokens, at + 1) if token.text in "-‑" else None
    if joined is not None and "duration.year" in joined.senses and joined.start == token.end:
        return "D", "year", at + 2
    counted = at
    for _ in range(3):
        here = token_at(tokens, counted)
        if here is not None and here.text == "." and _abbreviates(tokens, counted):
            counted += 1
            here = token_at(tokens, counted)
        if here is None or here.kind not in "wp" or here.text in "(),;:|." or _joins_name(tokens, counted):
            break
        if "unit" in here.senses:
            return "U", here.senses["unit"], counted + 1
        if _breaks_count(here):
            break
        counted += 1
    return "", "", at


def _joins_name(tokens: list[Token], at: int) -> bool:
    """ "Magnesium 250 -tabletti": a hyphen behind a space joins the unit to the name before, which ends in a number
    that counts nothing."""
    before, mark, behind = tokens[at - 1], tokens[at], token_at(tokens, at + 1)
    return mark.text in "-‑" and before.end < mark.start and behind is not None and behind.start == mark.end


def _is_elided(tokens: list[Token], at: int) -> bool:
    """Whether an apostrophe follows at once: the "l" of "l'eau" is no litre."""
    mark = token_at(tokens, at + 1)
    return mark is not None and mark.text in _APOSTROPHES and mark.start == tokens[at].end


def _abbreviates(tokens: list[Token], at: int) -> bool:
    """ "1 gestr. TL": whether a point ends a short word that no table knows, right before a unit."""
    before, after = tokens[at - 1], token_at(tokens, at + 1)
    short = before.kind == "w" and not before.senses and len(before.text) <= _LONGEST_SHORT
    return short and before.end == tokens[at].start and after is not None and "unit" in after.senses


def _breaks_count(token: Token) -> bool:
    """Whether a word between a number and a unit word shows that the number does not count the unit."""
    stops = ("relation.", "times", "frequency.", "reference.", "time", "number", "section.", "nutrient")
    return (token.kind == "p" and token.text not in "-‑*") or any(k.startswith(stops) for k in token.senses)


def stands_close(tokens: list[Token], at: int) -> bool:
    """Whether a unit sign stands directly behind its number, on the same line or wrapped to the next."""
    gap = tokens[at].start - tokens[at - 1].end
    return gap <= 3


def size_of_unit(tokens: list[Token], first: Token, at: int) -> tuple[Item | None, int]:
    """ "one 25 g scoop", "2 level 5 ml spoonfuls", "2 x 5 ml spoons": the size of what is counted, and the index of
    the unit behind it; None and 0 where no size stands between."""
    between = tokens[at]
    described = between.kind == "w" and (not between.senses or "frequency.times" in between.senses)
    start = at + (described or between.text == "×")
    if start == at and first.kind == "n":
        return None, 0  # the number of a name: "Omega 3 1 g capsules"
    size, measure, unit = (token_at(tokens, index) for index in range(start, start + 3))
    if size is None or measure is None or unit is None or size.kind != "n" or not size.values:
        return None, 0
    measured = measure.senses.get("measure", "")
    if measured not in SIZES or "unit" not in unit.senses or not stands_close(tokens, start + 1):
        return None, 0
    item = Item("A" if measured in MASSES else "V", size.start, measure.end, COUNTED, measure.senses)
    item.low, item.high, item.unit = size.values, size.values, measured
    return item, start + 2
