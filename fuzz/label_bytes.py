"""Inputs as text: any bytes are one, so that libFuzzer may change them as it likes; and what changes a label."""

from __future__ import annotations

from functools import cache
from random import Random

from seeds import labels, words
from splicing import Splicer


def text_of(data: bytes) -> str:
    """Bytes as text, lone surrogates included; what is no text becomes lone surrogates."""
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return data.decode("utf-8", "surrogateescape")


def bytes_of(text: str) -> bytes:
    """The bytes that `text_of` reads as this text."""
    return text.encode("utf-8", "surrogatepass")


def changed_label(data: bytes, chance: Random) -> bytes:
    """A label with its pieces changed."""
    return bytes_of(_splicer().changed(text_of(data), chance))


@cache
def _splicer() -> Splicer:
    return Splicer(labels(), words())
