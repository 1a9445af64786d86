"""Chemical formulas as labels and data sheets write them: normalised, weighed, and asked for their magnesium.

A notation that can be read in two ways is refused with `UnclearFormula`, never guessed.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from mglabel.tables.chemistry import elements
from mglabel.values.errors import UnknownForm

MAGNESIUM = "Mg"
WATER = "H2O"
LONGEST = 200
HALF = Decimal("0.5")

_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉[]{}", "0123456789()()")
_JOINS = re.compile(r"\s*(?:[·•∙⋅・‧*\u00d7]|(?<=[\w)])\s*[xX]\s*(?=\d))\s*")
# A point joins two parts only where it cannot be a decimal point: before a new part, or before whole waters at an end.
_POINT = re.compile(r"(?<=[A-Za-z0-9)])(?:\s+\.\s+|\.\s*)(?=[A-Z(]|[1-9]\d*\s*H2O(?:$|[·.]))")
_GAP = re.compile(r"(?<=[A-Za-z0-9)])\s+(?=[1-9]\d*\s*H2O$)")
_PART = re.compile(
    r"(?P<count>[1-9]\d*(?:\.\d+)?|0\.5)?\s*(?P<body>(?:[A-Z][a-z]?(?:[1-9]\d*)?|\(|\)(?:[1-9]\d*)?)+)", re.ASCII
)
_FUSED = re.compile(r"[0-9]{2}H2O$")
_TOKEN = re.compile(r"(?P<element>[A-Z][a-z]?)(?P<atoms>\d*)|(?P<open>\()|\)(?P<times>\d*)")


class UnclearFormula(UnknownForm):
    """The text is no chemical formula, or can be read as more than one."""


def normalised(text: str) -> str:
    """The formula in the notation of the tables: whole numbers, waters in brackets at the end.

    >>> normalised("MgCl2·6H2O"), normalised("MgSO4 x 7 H2O"), normalised("MgCl₂ · 4.5 H₂O")
    ('MgCl2(H2O)6', 'MgSO4(H2O)7', '(MgCl2)2(H2O)9')
    >>> normalised("MgSO4·xH2O")
    Traceback (most recent call last):
    mglabel.chemistry.formula.UnclearFormula: 'MgSO4·xH2O' is no clear chemical formula: cannot read 'xH2O'
    """
    if len(text) > LONGEST:
        raise UnclearFormula(f"a chemical formula of more than {LONGEST} characters is not read")
    plain = text.strip().translate(_SUBSCRIPTS)
    parts = [part for joined in _JOINS.split(plain) for part in _parts(joined)]
    counted = [_counted(part, text) for part in parts]
    # Half waters (a 4.5-hydrate) are made whole by doubling everything.
    scale = 2 if any(count != count.to_integral_value() for count, _ in counted) else 1
    first, *rest = (_written(int(count * scale), body) for count, body in counted)
    formula = (counted[0][1] if counted[0][0] * scale == 1 else first) + "".join(rest)
    composition(formula)
    return formula


@functools.lru_cache(maxsize=1024)
def composition(formula: str) -> Mapping[str, int]:
    """How many atoms of each element the formula holds, in the notation of the tables.

    >>> dict(composition("Mg(OH)2"))
    {'Mg': 1, 'O': 2, 'H': 2}
    """
    groups: list[dict[str, int]] = [{}]
    position = 0
    while position < len(formula):
        token = _TOKEN.match(formula, position)
        if token is None or (token.lastgroup == "times" and len(groups) == 1):
            raise UnclearFormula(f"{formula!r} is no clear chemical formula: cannot read {formula[position:]!r}")
        position = token.end()
        if token["open"]:
            groups.append({})
        elif token["element"]:
            _add(groups[-1], {token["element"]: 1}, int(token["atoms"] or 1))
        else:
            inner = groups.pop()
            if not inner:
                raise UnclearFormula(f"{formula!r} is no clear chemical formula: empty brackets")
            _add(groups[-1], inner, int(token["times"] or 1))
    if len(groups) > 1 or not groups[0]:
        raise UnclearFormula(f"{formula!r} is no clear chemical formula: brackets do not match or nothing is in it")
    for symbol in groups[0].keys() - elements().keys():
        raise UnclearFormula(f"{formula!r} is no clear chemical formula: no atomic weight for {symbol!r}")
    return MappingProxyType(groups[0])


def molar_mass(formula: str) -> Decimal:
    """The molar mass in g/mol, in the notation of the tables.

    >>> molar_mass("MgSO4(H2O)7")
    Decimal('246.4660')
    """
    return sum((elements()[symbol].weight * count for symbol, count in composition(formula).items()), Decimal(0))


def magnesium_molar_mass() -> Decimal:
    """The molar mass of magnesium in g/mol, which is mg per mmol.

    >>> magnesium_molar_mass()
    Decimal('24.305')
    """
    return elements()[MAGNESIUM].weight


def magnesium_fraction(formula: str) -> Decimal:
    """The mass fraction of magnesium, in the notation of the tables.

    >>> round(magnesium_fraction("MgO"), 4)
    Decimal('0.6030')
    """
    atoms = composition(formula).get(MAGNESIUM, 0)
    if not atoms:
        raise UnclearFormula(f"{formula!r} holds no magnesium")
    return atoms * magnesium_molar_mass() / molar_mass(formula)


def _parts(text: str) -> list[str]:
    """What stands between explicit joins, split where a point or a gap can only be a join."""
    if re.match(r"\d+\.\d", text):
        return [text]
    return [part for pointed in _POINT.split(text) for part in _GAP.split(pointed)]


def _counted(part: str, text: str) -> tuple[Decimal, str]:
    """The count before a part and its body; half counts are for water only."""
    match = _PART.fullmatch(part.strip())
    if match is None:
        raise UnclearFormula(f"{text!r} is no clear chemical formula: cannot read {part.strip()!r}")
    count, body = Decimal(match["count"] or 1), match["body"]
    is_whole = count == count.to_integral_value()
    if not is_whole and (body != WATER or count % 1 != HALF):
        raise UnclearFormula(f"{text!r} is no clear chemical formula: {part.strip()!r} is no count of whole or half")
    if _FUSED.search(body):
        raise UnclearFormula(f"{text!r} is no clear chemical formula: set the water of {body!r} apart")
    # Hydrogen alone is water written with a zero, and would be taken for twenty atoms.
    if composition(body).keys() == {"H"}:
        raise UnclearFormula(f"{text!r} is no clear chemical formula: {body!r} is hydrogen alone")
    return count, body


def _written(count: int, body: str) -> str:
    return f"({body}){'' if count == 1 else count}"


def _add(into: dict[str, int], what: Mapping[str, int], times: int) -> None:
    for symbol, count in what.items():
        into[symbol] = into.get(symbol, 0) + count * times
