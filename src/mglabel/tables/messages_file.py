"""Read the table of texts into `Messages`, naming every fault: params not declared, brackets, a language missing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from mglabel.tables.loading import resource_text, toml_of
from mglabel.tables.messages import LANGUAGES, Message, Messages, Segment, Template
from mglabel.tables.phrasing import KINDS, Style
from mglabel.tables.reading import Reading

MESSAGES_FILE = "messages.toml"
_PART = re.compile(r"\{(\w+)\}")
_SEGMENT = re.compile(r"\[([^\[\]]*)\]")


def read_packaged() -> Messages:
    """The texts that come with the package."""
    return parse(resource_text(MESSAGES_FILE), MESSAGES_FILE)


def parse(text: str, name: str) -> Messages:
    """Read a table of texts; raises `BadTable` naming every fault."""
    raw = toml_of(text, name)
    reading = Reading(name)
    reading.only(raw, ("language", "words", "findings"))
    languages = reading.table(raw, "language")
    reading.only(languages, LANGUAGES, "language.")
    found = Messages(
        styles={lang: _style(reading, languages, lang) for lang in LANGUAGES},
        words=_words(reading, reading.table(raw, "words")),
        findings={},
    )
    table = reading.table(raw, "findings")
    findings = {code: _message(reading, code, reading.table(table, code, "findings."), found.words) for code in table}
    reading.finish()
    return msgspec.structs.replace(found, findings=findings)


def _style(reading: Reading, raw: dict[str, Any], lang: str) -> Style:
    table = reading.table(raw, lang, "language.")
    names = Style.__struct_fields__
    reading.only(table, names, f"language.{lang}.")
    return Style(**{name: reading.text(table, name, f"language.{lang}.") for name in names})


def _words(reading: Reading, raw: dict[str, Any]) -> dict[str, dict[str, dict[str, str]]]:
    return {
        group: {key: _both(reading, raw[group], key, f"words.{group}.") for key in reading.table(raw, group, "words.")}
        for group in raw
    }


def _both(reading: Reading, raw: dict[str, Any], key: str, where: str) -> dict[str, str]:
    """The text under a key in every language."""
    table = reading.table(raw, key, where)
    reading.only(table, LANGUAGES, f"{where}{key}.")
    return {lang: reading.text(table, lang, f"{where}{key}.") for lang in LANGUAGES}


_FIELDS = ("title", "text", "variants", "params", "what", "why", "example", "counterexample", "from_text")


def _message(reading: Reading, code: str, raw: dict[str, Any], words: Mapping[str, Any]) -> Message:
    where = f"findings.{code}."
    reading.only(raw, _FIELDS, where)
    params = reading.table(raw, "params", where) if "params" in raw else {}
    for name, kind in params.items():
        if not _is_kind(kind, words):
            reading.fault(f"{where}params.{name} is {kind!r}, no kind of param")
    variants = reading.table(raw, "variants", where) if "variants" in raw else {}
    texts = {"": _both(reading, raw, "text", where)}
    texts |= {name: _both(reading, variants, name, f"{where}variants.") for name in variants}
    return Message(
        code=code,
        params=params,
        titles=_both(reading, raw, "title", where),
        texts={
            name: {
                lang: _template(reading, text, params, f"{where}{name or 'text'}.{lang}") for lang, text in by.items()
            }
            for name, by in texts.items()
        },
        what=_both(reading, raw, "what", where),
        why=_both(reading, raw, "why", where),
        example=reading.text(raw, "example", where),
        counterexample=reading.text(raw, "counterexample", where),
        from_text=raw.get("from_text", True) is True,
    )


def _is_kind(kind: Any, words: Mapping[str, Any]) -> bool:
    if not isinstance(kind, str):
        return False
    base, _, group = kind.partition(".")
    return group in words if base in ("word", "words") else kind in KINDS


def _template(reading: Reading, text: str, params: Mapping[str, str], where: str) -> Template:
    """The template in a text; every placeholder must be declared and every bracket closed."""
    segments = [
        Segment(tuple(_PART.split(part)), optional=bool(i % 2)) for i, part in enumerate(_SEGMENT.split(text)) if part
    ]
    for segment in segments:
        for name in segment.names:
            if name not in params:
                reading.fault(f"{where} holds {{{name}}}, which is not declared")
        if any(mark in part for part in segment.parts[::2] for mark in "[]{}"):
            reading.fault(f"{where} holds a bracket that does not match")
        if segment.optional and not segment.names:
            reading.fault(f"{where} holds brackets without a param")
    return tuple(segments)
