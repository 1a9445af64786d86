"""JSON documents: products of schema.org (JSON-LD), each as a text of its own, or a list of objects as a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from mglabel.batch.formats.record import DAMAGED, Record, checked, text_of
from mglabel.documents.limits import Limits
from mglabel.tables.exports import LinkedData, exports
from mglabel.values.errors import UnreadableDocument

ID, TEXT = "id", "text"
_MAX_DEPTH = 20


class Documents:
    """A JSON document: `columns` are those of its objects, or `id` and `text` of its products."""

    def __init__(self, path: Path) -> None:
        size = path.stat().st_size
        if size > Limits().max_bytes:
            raise UnreadableDocument("too-large", "the JSON document is too large; write it as JSON lines")
        try:
            data = msgspec.json.decode(path.read_bytes().removeprefix(b"\xef\xbb\xbf"))
        except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
            raise UnreadableDocument(DAMAGED, f"this is no JSON: {error}") from error
        self._rows: list[Mapping[str, Any]] = list(products(data))
        self.is_linked_data = bool(self._rows)
        if not self._rows and isinstance(data, list):
            self._rows = [row if isinstance(row, dict) else {} for row in data]
        self.columns = tuple(dict.fromkeys(name for row in self._rows for name in row))
        self._weight = size // max(1, len(self._rows))

    def records(self, wanted: Sequence[str]) -> Iterator[Record]:
        """The rows."""
        for number, row in enumerate(self._rows, start=1):
            yield checked(number, [row.get(name) for name in wanted], self._weight)


def products(data: Any) -> Iterator[dict[str, str | None]]:
    """The products in a document of schema.org, in order, as id and text.

    >>> given = {"@type": "Product", "sku": "7", "name": "Magnesium", "description": "2 capsules: 200 mg"}
    >>> list(products({"@context": "https://schema.org", "@graph": [given]}))
    [{'id': '7', 'text': 'Magnesium\\n2 capsules: 200 mg'}]
    """
    says = exports().linked_data
    for product in _found(data, says, {}, 0):
        ids = (text_of(product.get(key)) for key in says.id)
        yield {ID: next(filter(None, ids), None), TEXT: "\n".join(_texts(product, says))}


def _found(data: Any, says: LinkedData, group: Mapping[str, Any], depth: int) -> Iterator[Mapping[str, Any]]:
    if depth > _MAX_DEPTH:
        return
    if isinstance(data, list):
        for one in data:
            yield from _found(one, says, group, depth + 1)
    elif isinstance(data, dict):
        inner = [data[key] for key in says.inside if key in data]
        is_product = any(kind in says.types for kind in _types(data))
        whole = {**group, **data} if is_product else data
        handed = {key: whole[key] for key in says.inherited if key in whole} if is_product else {}
        variants = [one for part in inner for one in _found(part, says, handed, depth + 1)]
        if variants:
            yield from variants
        elif is_product:
            yield whole


def _types(data: Mapping[str, Any]) -> list[str]:
    kinds = data.get("@type")
    listed = kinds if isinstance(kinds, list) else [kinds]
    return [kind.rpartition("/")[2].rpartition(":")[2] for kind in listed if isinstance(kind, str)]


def _texts(product: Mapping[str, Any], says: LinkedData) -> Iterator[str]:
    for key in says.texts:
        yield from filter(None, (_value(one) for one in _listed(product.get(key))))
    for key in says.pairs:
        for pair in _listed(product.get(key)):
            if isinstance(pair, dict):
                name, *values = (_value(pair.get(part)) for part in says.pair)
                said = " ".join(filter(None, values))
                yield f"{name}: {said}" if name else said


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _value(value: Any) -> str:
    """What a value says: itself, or the name, text or value of an object."""
    if isinstance(value, dict):
        value = next((value[key] for key in ("@value", "name", "text", "value") if key in value), None)
    return (text_of(value) or "").strip()
