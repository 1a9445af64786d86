"""The one reader of data tables: CSV and TOML text into frozen msgspec Structs, checked strictly.

Every fault of a table is collected and told in one `BadTable`; nothing is repaired or skipped in silence.
"""

from __future__ import annotations

import csv
import functools
import os
import re
import string
import types
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, NamedTuple, TypeVar, Union, get_args, get_origin

import msgspec

from mglabel.values.errors import BadTable

Row = TypeVar("Row", bound=msgspec.Struct)
Document = TypeVar("Document", bound=msgspec.Struct)

DATA = os.path.join(os.path.dirname(os.path.dirname(__file__)), "data")
"""The folder of the package's data files."""

LIST_SEPARATOR = ";"
COMMENT = "#"


class _Column(NamedTuple):
    """How the cells of one column become values."""

    field: str
    type: Any
    is_list: bool
    is_optional: bool
    has_default: bool


def refuse(name: str, faults: Sequence[str]) -> None:
    """Raise one `BadTable` that names every fault; do nothing where there are none.

    >>> refuse("forms.csv", [])
    >>> refuse("forms.csv", ["line 3, id: empty"])
    Traceback (most recent call last):
    mglabel.values.errors.BadTable: forms.csv: line 3, id: empty
    """
    if faults:
        many = f"{name}: " if len(faults) == 1 else f"{name} has {len(faults)} faults:\n  "
        raise BadTable(many + "\n  ".join(faults))


def resource_text(name: str) -> str:
    """The text of a data file of the package; `name` is its path below the data folder, with slashes."""
    try:
        with open(os.path.join(DATA, *name.split("/")), "rb") as file:
            return file.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadTable(f"{name}: not UTF-8 text, {error}") from error
    except (OSError, ValueError) as error:
        raise BadTable(f"{name}: no such table in the package") from error


def resource_names(folder: str, suffix: str) -> tuple[str, ...]:
    """The data files of a folder of the package, as `resource_text` takes them, in the order of their names."""
    return tuple(f"{folder}/{name}" for name in sorted(os.listdir(os.path.join(DATA, folder))) if name.endswith(suffix))


def read_csv(name: str, row_type: type[Row]) -> tuple[Row, ...]:
    """The rows of a CSV file of the package."""
    return parse_csv(resource_text(name), name, row_type)


def parse_csv(text: str, name: str, row_type: type[Row]) -> tuple[Row, ...]:
    """The rows of a CSV text. The header must name the fields of `row_type`; leading lines with # are comments.

    An empty cell is None, the field's default or an empty tuple; a tuple's items stand between semicolons. Numbers
    must be finite. All faults, row by row and cell by cell, come in one `BadTable`.

    >>> class Weight(msgspec.Struct, frozen=True):
    ...     symbol: str
    ...     weight: Decimal
    >>> parse_csv("symbol,weight\\nMg,24.305\\n", "weights.csv", Weight)
    (Weight(symbol='Mg', weight=Decimal('24.305')),)
    >>> parse_csv("symbol,weight\\n,x\\n", "weights.csv", Weight)
    Traceback (most recent call last):
    mglabel.values.errors.BadTable: weights.csv has 2 faults:
      line 2, symbol: empty
      line 2, weight: Invalid decimal string
    """
    columns = _columns(row_type)
    lines = _lines(text, name)
    _, header = next(lines, (0, []))
    refuse(name, list(_header_faults(header, columns)))
    rows: list[Row] = []
    faults: list[str] = []
    for number, cells in lines:
        if len(cells) != len(header):
            faults.append(f"line {number}: {len(cells)} cells under {len(header)} columns")
            continue
        values, bad = _values(dict(zip(header, cells, strict=True)), columns)
        faults.extend(f"line {number}, {fault}" for fault in bad)
        if not bad:
            rows.append(row_type(**values))
    refuse(name, faults)
    return tuple(rows)


def parse_toml(text: str, name: str, document_type: type[Document]) -> Document:
    """A TOML text as one Struct; its numbers with a point become Decimals. All faults come in one `BadTable`.

    Give the Structs `forbid_unknown_fields=True` so that a misspelt key is a fault.
    """
    data = toml_of(text, name)
    try:
        return msgspec.convert(data, document_type)
    except msgspec.ValidationError as error:
        refuse(name, list(_deep_faults(data, document_type, "")) or [str(error)])
        raise


_LONG_NUMBER = re.compile(r"0[xob][0-9a-fA-F_]{1000}")
"""A number in hexadecimal or binary digits, which Python reads at any length and cannot write."""


def toml_of(text: str, name: str) -> dict[str, Any]:
    """A TOML text as plain values, unchecked; its numbers with a point become Decimals. Raises `BadTable`.

    >>> toml_of("a = 1.5", "my.toml")
    {'a': Decimal('1.5')}
    """
    import tomllib

    try:
        if _LONG_NUMBER.search(text):
            raise ValueError("a number that has no end")
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise BadTable(f"{name}: not TOML, {error}") from error
    except RecursionError as error:
        where = _line_with_most(text, "[{")
        raise BadTable(f"{name}: line {where}: lists or tables too deep in each other") from error
    except (ValueError, ArithmeticError) as error:  # more digits than Python reads
        raise BadTable(f"{name}: line {_line_with_most(text, string.digits)}: a number is too long") from error


def _line_with_most(text: str, marks: str) -> int:
    """The number of the line that has the most of some characters."""
    counts = [sum(map(line.count, marks)) for line in text.split("\n")]
    return counts.index(max(counts)) + 1


def duplicates(ids: Iterable[str]) -> list[str]:
    """The ids that come more than once, each once, as faults."""
    seen: dict[str, int] = {}
    for one in ids:
        seen[one] = seen.get(one, 0) + 1
    return [f"id {one} comes {count} times" for one, count in seen.items() if count > 1]


def _lines(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of cells with their line numbers, without leading comments and empty lines."""
    lines = text.splitlines(keepends=True)
    skipped = 0
    while skipped < len(lines) and lines[skipped].startswith(COMMENT):
        skipped += 1
    reader = csv.reader(lines[skipped:], strict=True)
    try:
        for cells in reader:
            if cells:
                yield reader.line_num + skipped, cells
    except csv.Error as error:
        raise BadTable(f"{name}: line {reader.line_num + skipped}: {error}") from error


@functools.cache
def _columns(row_type: type[msgspec.Struct]) -> dict[str, _Column]:
    """What the fields of a row type ask of their cells."""
    columns = {}
    for field in msgspec.structs.fields(row_type):
        options = get_args(field.type) if get_origin(field.type) in (Union, types.UnionType) else (field.type,)
        is_list = any(get_origin(option) is tuple for option in options)
        columns[field.encode_name] = _Column(field.name, field.type, is_list, type(None) in options, not field.required)
    return columns


def _header_faults(header: Sequence[str], columns: dict[str, _Column]) -> Iterator[str]:
    yield from (f"column {name} is missing" for name, column in columns.items() if _lacks(name, header, column))
    yield from (f"column {name} is not known" for name in header if name not in columns)
    yield from (f"column {name} comes twice" for name in sorted({n for n in header if list(header).count(n) > 1}))


def _lacks(name: str, header: Sequence[str], column: _Column) -> bool:
    return name not in header and not column.has_default


def _values(cells: dict[str, str], columns: dict[str, _Column]) -> tuple[dict[str, Any], list[str]]:
    """The values of one row by field, and what is wrong with it."""
    values: dict[str, Any] = {}
    faults: list[str] = []
    for name, cell in cells.items():
        column = columns[name]
        if cell != cell.strip():
            faults.append(f"{name}: spaces around {cell.strip()!r}")
        elif cell or column.is_list:
            try:
                values[column.field] = _value(cell, column)
            except (msgspec.ValidationError, ValueError) as error:
                faults.append(f"{name}: {error}")
        elif column.is_optional and not column.has_default:
            values[column.field] = None
        elif not column.has_default:
            faults.append(f"{name}: empty")
    return values, faults


def _value(cell: str, column: _Column) -> Any:
    """One cell as a value of its column's type."""
    raw: Any = cell
    if column.is_list:
        raw = tuple(item.strip() for item in cell.split(LIST_SEPARATOR)) if cell else ()
        if "" in raw:
            raise ValueError("an empty item in a list")
    value = msgspec.convert(raw, column.type, strict=False)
    if isinstance(value, Decimal) and not value.is_finite():
        raise ValueError(f"{cell} is not a number")
    return value


def _deep_faults(data: Any, kind: Any, where: str) -> Iterator[str]:
    """Every fault of a nested document, found by converting its parts one by one."""
    try:
        msgspec.convert(data, kind)
    except msgspec.ValidationError as error:
        inner = [fault for part in _parts(data, kind, where) for fault in _deep_faults(*part)]
        yield from inner
        own = str(error)
        is_of_the_whole = " - at " not in own
        if not inner or is_of_the_whole:
            yield f"{where}: {own}" if where else own


def _parts(data: Any, kind: Any, where: str) -> Iterator[tuple[Any, Any, str]]:
    """The parts of a value with their types and places, as far as the type tells them."""
    arguments = get_args(kind)
    if isinstance(data, dict) and isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        fields = {field.encode_name: field.type for field in msgspec.structs.fields(kind)}
        yield from ((data[key], fields[key], f"{where}.{key}".strip(".")) for key in data if key in fields)
    elif isinstance(data, dict) and len(arguments) == 2 and get_origin(kind) is not tuple:
        yield from ((value, arguments[1], f"{where}.{key}".strip(".")) for key, value in data.items())
    elif isinstance(data, list) and arguments and not isinstance(kind, types.UnionType):
        yield from ((item, arguments[0], f"{where}[{number}]") for number, item in enumerate(data, start=1))
