"""Read a guide's files, the TOML and the verdicts beside it, into a `Guide`, naming every fault in them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Collection, Mapping
from itertools import pairwise
from os import PathLike
from pathlib import Path
from typing import Any

from mglabel.tables.guide import CLASSES, UNCOVERED, UNDISCLOSED, FormEntry, Guide, RuleEntry, Scope, Thresholds, Timing
from mglabel.tables.loading import COMMENT, resource_text, toml_of
from mglabel.tables.reading import Reading
from mglabel.values.errors import BadTable
from mglabel.values.nearby import hint_of_file

GUIDE_FILE = "guide.toml"
SEVERITIES = ("error", "warning", "advice", "info")
OBJECTING = SEVERITIES[:2]
"""Those that a label is objected to for."""
COLUMNS = ["purpose", "form", "verdict", "lines"]

# What the code counts on by name; an edition chooses its own numbers, letters and verdicts around them.
LIMITS = ("within", "above", "far_above")

_CODE = re.compile(r"MG\d{3}")
_LINES = re.compile(r"L\d+( L\d+)*")
_KEYS = (
    "name", "edition", "verdicts", "default_purpose", "purposes", "thresholds", "grades", "scope", "forms",
    "directions", "timing", "authorities", "rules",
)  # fmt: skip


def read_packaged() -> Guide:
    """The edition that comes with the package."""
    return parse(resource_text(GUIDE_FILE), GUIDE_FILE, resource_text)


def read(path: str | PathLike[str], required: Collection[str]) -> Guide:
    """The edition in a TOML file, which must have an entry for every finding code required."""
    file = Path(path)
    return parse(_read(file), file.name, lambda name: _read(file.parent / name), required)


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:  # no such file, no UTF-8, or a name that no file can have
        near = hint_of_file(str(file)) if isinstance(error, FileNotFoundError) else ""
        raise BadTable(f"{file.name}: cannot be read: {error}" + (f": {near}" if near else "")) from error


def parse(text: str, name: str, beside: Callable[[str], str], required: Collection[str] = ()) -> Guide:
    """The guide in a TOML text; `beside` gives the text of the verdicts file that it names."""
    raw = toml_of(text, name)
    reading = Reading(name)
    reading.only(raw, _KEYS)
    order, letters, limits, cells = _grades(reading, reading.table(raw, "grades"))
    purposes = reading.texts(raw, "purposes")
    guide = Guide(
        name=reading.text(raw, "name"),
        edition=reading.text(raw, "edition"),
        default_purpose=_one_of(reading, raw, "default_purpose", purposes),
        purposes=purposes,
        thresholds=_thresholds(reading, reading.table(raw, "thresholds")),
        letters=letters,
        limits=limits,
        order=order,
        cells=cells,
        forms=_forms(reading, reading.text(raw, "verdicts"), beside, purposes, order),
        rules=_rules(reading, reading.table(raw, "rules"), required),
        timing=_timings(reading, raw.get("timing", []), purposes),
        **_scopes(reading, reading.table(raw, "scope")),
        **_authorities(reading, reading.table(raw, "authorities")),
        **_about_forms(reading, reading.table(raw, "forms"), order),
        **_about_directions(reading, reading.table(raw, "directions"), purposes),
    )
    reading.finish()
    return guide


def _one_of(reading: Reading, raw: Mapping[str, Any], key: str, allowed: tuple[str, ...]) -> str:
    value = reading.text(raw, key)
    if value and value not in allowed:
        reading.fault(f"{key} is {value!r}, not one of {', '.join(allowed)}")
    return value


def _thresholds(reading: Reading, raw: dict[str, Any]) -> Thresholds:
    where = "thresholds."
    names = Thresholds.__struct_fields__
    reading.only(raw, names, where)
    found = Thresholds(
        day_limit_mg=reading.number(raw, "day_limit_mg", where),
        far_above_mg=reading.number(raw, "far_above_mg", where),
        intake_mg=reading.interval(raw, "intake_mg", where),
        pack_weeks=reading.interval(raw, "pack_weeks", where),
        needs_mg=reading.numbers(raw, "needs_mg", where),
        companions_mg=reading.numbers(raw, "companions_mg", where),
        ours=reading.chosen(raw, "ours", names, where),
    )
    if not reading.faults and found.far_above_mg <= found.day_limit_mg:
        reading.fault("thresholds.far_above_mg is not above thresholds.day_limit_mg")
    return found


def _grades(reading: Reading, raw: dict[str, Any]) -> tuple[Any, Any, Any, dict[tuple[str, str], tuple[str, str]]]:
    """Verdict order, letters, limit order, and the grade table with a pair of letters in each cell."""
    where = "grades."
    reading.only(raw, ("letters", "limits", "order", "table"), where)
    order = reading.texts(raw, "order", where)
    letters = reading.texts(raw, "letters", where)
    limits = reading.texts(raw, "limits", where)
    if limits and limits != LIMITS:
        reading.fault(f"grades.limits is not {', '.join(LIMITS)}")
    if order and UNDISCLOSED not in order:
        reading.fault(f"grades.order lacks {UNDISCLOSED}")
    table = reading.table(raw, "table", where)
    reading.only(table, order, "grades.table.")
    cells: dict[tuple[str, str], tuple[str, str]] = {}
    for verdict in order:
        row = reading.table(table, verdict, "grades.table.")
        reading.only(row, limits, f"grades.table.{verdict}.")
        for limit in limits:
            cells[verdict, limit] = _cell(reading, row, limit, letters, f"grades.table.{verdict}.")
        _check_row(reading, verdict, [cells[verdict, limit] for limit in limits], letters)
    return order, letters, limits, cells


def _cell(reading: Reading, row: dict[str, Any], limit: str, letters: tuple[str, ...], where: str) -> tuple[str, str]:
    """One cell of the grade table: a letter or a pair of letters."""
    fallback = (letters[0], letters[0]) if letters else ("", "")
    if limit not in row:
        if row:
            reading.fault(f"{where}{limit} is missing")
        return fallback
    value = row[limit]
    pair = [value, value] if isinstance(value, str) else value
    if not isinstance(pair, list) or len(pair) != 2 or not all(isinstance(v, str) and v in letters for v in pair):
        reading.fault(f"{where}{limit} is {value!r}, not a letter or a pair of letters of {', '.join(letters)}")
        return fallback
    if letters.index(pair[0]) > letters.index(pair[1]):
        reading.fault(f"{where}{limit} is {value!r}, the worse letter first")
    return pair[0], pair[1]


def _check_row(reading: Reading, verdict: str, row: list[tuple[str, str]], letters: tuple[str, ...]) -> None:
    """A higher dose must never give a better letter, else a wider interval could narrow a span."""
    if not letters:
        return
    ranks = [(letters.index(best), letters.index(worst)) for best, worst in row]
    if any(b[0] < a[0] or b[1] < a[1] for a, b in pairwise(ranks)):
        reading.fault(f"grades.table.{verdict} gives a better letter for a higher dose")


def _forms(
    reading: Reading, file: str, beside: Callable[[str], str], purposes: tuple[str, ...], order: tuple[str, ...]
) -> dict[tuple[str, str], FormEntry]:
    """The verdicts by purpose and form; every form needs a row for every purpose."""
    if not file:
        return {}
    if Path(file).name != file:
        reading.fault(f"verdicts is {file!r}, not the name of a file beside the guide")
        return {}
    try:
        lines = csv.reader(io.StringIO(beside(file)), strict=True)
    except BadTable as error:
        reading.fault(str(error))
        return {}
    try:
        numbered = [(lines.line_num, row) for row in lines if row and not row[0].startswith(COMMENT)]
    except csv.Error as error:
        reading.fault(f"{file} line {lines.line_num}: {error}")
        return {}
    if not numbered or numbered[0][1] != COLUMNS:
        reading.fault(f"{file}: the columns are not {', '.join(COLUMNS)}")
        return {}
    found: dict[tuple[str, str], FormEntry] = {}
    for number, row in numbered[1:]:
        fault = _fault_of_row(row, found, purposes, order)
        if fault:
            reading.fault(f"{file} line {number}: {fault}")
        else:
            found[row[0], row[1]] = FormEntry(row[2], row[3])
    forms = dict.fromkeys([form for _, form in found] + [UNCOVERED + c for c in CLASSES])
    for missing in [(p, f) for p in purposes for f in forms if (p, f) not in found]:
        reading.fault(f"{file}: no verdict for {missing[0]} and {missing[1]}")
    return found


def _fault_of_row(
    row: list[str], found: Mapping[tuple[str, str], FormEntry], purposes: tuple[str, ...], order: tuple[str, ...]
) -> str | None:
    """What is wrong with one row of the verdicts, if anything."""
    if len(row) != len(COLUMNS):
        return f"{len(row)} cells, not {len(COLUMNS)}"
    purpose, form, verdict, lines = row
    if purpose not in purposes:
        return f"unknown purpose {purpose!r}"
    if not form or (form.startswith(UNCOVERED) and form[len(UNCOVERED) :] not in CLASSES):
        return f"unknown form {form!r}"
    if verdict not in order:
        return f"unknown verdict {verdict!r}"
    if not _LINES.fullmatch(lines):
        return f"{lines!r} names no lines of the guide"
    return f"{purpose} and {form} stand twice" if (purpose, form) in found else None


def _scopes(reading: Reading, raw: dict[str, Any]) -> dict[str, Any]:
    reading.only(raw, ("form", "limit", "need"), "scope.")
    found = {}
    for name in ("form", "limit", "need"):
        table = reading.table(raw, name, "scope.")
        where = f"scope.{name}."
        found[f"{name}_scope"] = Scope(reading.texts(table, "uses", where), reading.texts(table, "audiences", where))
    return found


def _about_forms(reading: Reading, raw: dict[str, Any], order: tuple[str, ...]) -> dict[str, Any]:
    where = "forms."
    reading.only(raw, ("origins", "well_taken_up", "misfits", "fronts"), where)
    fronts = reading.table(raw, "fronts", where)
    return {
        "origins": reading.texts(raw, "origins", where),
        "well_taken_up": reading.chosen(raw, "well_taken_up", order, where),
        "misfits": reading.chosen(raw, "misfits", order, where),
        "fronts": {form: reading.texts(fronts, form, "forms.fronts.") for form in fronts},
    }


def _about_directions(reading: Reading, raw: dict[str, Any], purposes: tuple[str, ...]) -> dict[str, Any]:
    where = "directions."
    reading.only(raw, ("divisible", "cautions", "meal_purposes"), where)
    return {
        "divisible": reading.texts(raw, "divisible", where),
        "cautions": reading.texts(raw, "cautions", where),
        "meal_purposes": reading.chosen(raw, "meal_purposes", purposes, where),
    }


def _authorities(reading: Reading, raw: dict[str, Any]) -> dict[str, Any]:
    where = "authorities."
    fields = {"kinds": "limit_kinds", "self": "own_authorities"}
    fields |= {name: name for name in ("not_permitted", "conditional")}
    reading.only(raw, fields, where)
    return {field: reading.texts(raw, key, where) for key, field in fields.items()}


def _timings(reading: Reading, raw: object, purposes: tuple[str, ...]) -> tuple[Timing, ...]:
    if not isinstance(raw, list) or not all(isinstance(entry, dict) for entry in raw):
        reading.fault("timing is no list of tables")
        return ()
    found = []
    for number, entry in enumerate(raw, start=1):
        where = f"timing {number}: "
        reading.only(entry, Timing.__struct_fields__, where)
        found.append(
            Timing(
                purposes=reading.chosen(entry, "purposes", purposes, where),
                times=reading.texts(entry, "times", where),
                signs=reading.texts(entry, "signs", where),
                reference=_lines(reading, entry, where) or "",
            )
        )
    return tuple(found)


def _lines(reading: Reading, raw: Mapping[str, Any], where: str) -> str | None:
    """The lines of the guide under `reference`, such as "L45 L129"."""
    value = reading.text(raw, "reference", where)
    if value and not _LINES.fullmatch(value):
        reading.fault(f"{where}reference is {value!r}, which names no lines of the guide")
    return value or None


def _rules(reading: Reading, raw: dict[str, Any], required: Collection[str]) -> dict[str, RuleEntry]:
    for code in required:
        if code not in raw:
            reading.fault(f"rules.{code} is missing")
    found = {}
    for code in raw:
        where = f"rules.{code}."
        entry = reading.table(raw, code, "rules.")
        if not _CODE.fullmatch(code):
            reading.fault(f"rules.{code} is no finding code")
        reading.only(entry, [name for name in RuleEntry.__struct_fields__ if name != "code"], where)
        found[code] = _rule(reading, code, entry, where)
    return found


def _rule(reading: Reading, code: str, raw: dict[str, Any], where: str) -> RuleEntry:
    variants = reading.table(raw, "variants", where) if "variants" in raw else {}
    severities = {f"{where}severity": raw.get("severity")}
    severities |= {f"{where}variants.{name}": value for name, value in variants.items()}
    for place, value in severities.items():
        if value not in SEVERITIES:
            reading.fault(f"{place} is {value!r}, not one of {', '.join(SEVERITIES)}")
    ours = raw.get("ours", False)
    if not isinstance(ours, bool):
        reading.fault(f"{where}ours is {ours!r}, not true or false")
    if not ours and "reference" not in raw:
        reading.fault(f"{where[:-1]} has no reference to the guide and is not marked as ours")
    return RuleEntry(
        code=code,
        severity=str(raw.get("severity")),
        variants={name: str(value) for name, value in variants.items()},
        reference=_lines(reading, raw, where) if "reference" in raw else None,
        source=reading.text(raw, "source", where) if "source" in raw else None,
        phrase=reading.text(raw, "phrase", where) if "phrase" in raw else None,
        ours=bool(ours),
    )
