"""The texts of the findings in English and Danish: `render` fills a template, `explanation` gives a finding's page.

A template holds `{params}`, and `[segments in brackets]` that fall away where one of their params is not known.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec

from mglabel.tables.phrasing import Style, shown_as
from mglabel.values.errors import MglabelError
from mglabel.values.nearest import hint

if TYPE_CHECKING:
    from mglabel.tables.guide import Guide

LANGUAGES = ("en", "da")
_NOTHING: tuple[Any, ...] = ((), [], "")
_LETTER = re.compile(r"[^\W\d_]")


class Segment(msgspec.Struct, frozen=True):
    """A stretch of a template: texts and, at every odd place, names of params."""

    parts: tuple[str, ...]
    optional: bool

    @property
    def names(self) -> tuple[str, ...]:
        """The params that the segment holds."""
        return self.parts[1::2]


Template = tuple[Segment, ...]


class Message(msgspec.Struct, frozen=True):
    """All texts of one finding code, each by language; `texts` by variant, the plain one under an empty name."""

    code: str
    params: Mapping[str, str]
    titles: Mapping[str, str]
    texts: Mapping[str, Mapping[str, Template]]
    what: Mapping[str, str]
    why: Mapping[str, str]
    example: str
    counterexample: str
    from_text: bool


class Explanation(msgspec.Struct, frozen=True):
    """The page of one finding code: what it means, why, the passage it rests on, and label texts.

    Where `from_text` is False the examples describe documents, since no plain text leads to the finding.
    """

    code: str
    severity: str
    title: str
    what: str
    why: str
    reference: str | None
    source: str | None
    phrase: str | None
    ours: bool
    example: str
    counterexample: str
    from_text: bool


class Messages(msgspec.Struct, frozen=True):
    """The whole table of texts."""

    styles: Mapping[str, Style]
    words: Mapping[str, Mapping[str, Mapping[str, str]]]
    findings: Mapping[str, Message]


@cache
def messages() -> Messages:
    """The packaged texts, loaded and checked once."""
    from mglabel.tables.messages_file import read_packaged

    return read_packaged()


def codes() -> tuple[str, ...]:
    """Every finding code that has texts.

    >>> codes()[0]
    'MG101'
    """
    return tuple(messages().findings)


def render(code: str, params: Mapping[str, Any], lang: str = "en") -> str:
    """A finding in words. Params that are missing or of another kind never fail; a code without texts is itself.

    >>> from decimal import Decimal
    >>> from mglabel.values.interval import Interval
    >>> render("MG201", {"amount": Interval(Decimal("64.6"), Decimal("96.5")), "limit": 350}, "da")
    '64 til 97 mg om dagen ligger inden for guidens grænse på 350 mg fra kosttilskud.'
    """
    _checked(lang)
    message = messages().findings.get(code)
    if message is None:
        return code
    variant = params.get("variant")
    by_language = message.texts.get(variant if isinstance(variant, str) else "", message.texts[""])
    return _filled(by_language[lang], message.params, params, lang)


def title(code: str, lang: str = "en") -> str:
    """The short name of a finding code.

    >>> title("MG106")
    'Form not named'
    """
    message = messages().findings.get(code)
    return message.titles[_checked(lang)] if message else code


def word(group: str, key: str, lang: str = "en") -> str:
    """The word for an id, such as a purpose or a verdict; the id itself where the table has none.

    >>> word("purpose", "sleep", "da")
    'søvn'
    """
    entry = messages().words.get(group, {}).get(key)
    return entry[_checked(lang)] if entry else key.replace("_", " ")


def explanation(code: str, lang: str = "en", guide: Guide | None = None) -> Explanation:
    """The page that explains a finding code, with what it rests on in the guide given or the packaged one.

    >>> explanation("MG205").reference
    'L149 L150'
    """
    from mglabel.tables.guide import default_guide

    _checked(lang)
    message = messages().findings.get(code)
    if message is None:
        told = " ".join(filter(None, (hint(code, codes()), f"the codes are {', '.join(codes())}")))
        raise MglabelError(f"no finding has the code {code!r}: {told}")
    rule = (guide or default_guide()).rules[code]
    return Explanation(
        code=code,
        severity=rule.severity,
        title=message.titles[lang],
        what=message.what[lang],
        why=message.why[lang],
        reference=rule.reference,
        source=rule.source,
        phrase=rule.phrase,
        ours=rule.ours,
        example=message.example,
        counterexample=message.counterexample,
        from_text=message.from_text,
    )


def _checked(lang: str) -> str:
    if lang not in LANGUAGES:
        raise MglabelError(f"no texts in {lang!r}; the languages are {', '.join(LANGUAGES)}")
    return lang


def _filled(template: Template, kinds: Mapping[str, str], params: Mapping[str, Any], lang: str) -> str:
    """The template with its params; a segment in brackets falls away where one of them is not known."""
    style = messages().styles[lang]
    said: list[str] = []
    for segment in template:
        known = [name for name in segment.names if params.get(name) is not None]
        shown = {
            name: shown_as(kinds[name], params[name], style, lambda g, k: word(g, k, lang), lang) for name in known
        }
        if segment.optional and not all(name in shown and params[name] not in _NOTHING for name in segment.names):
            continue
        said += [shown.get(p, style.unknown) if i % 2 else p for i, p in enumerate(segment.parts)]
    return _capitalised("".join(said))


def _capitalised(text: str) -> str:
    """The text with a capital first, unless it begins with a number."""
    return text[:1].upper() + text[1:] if _LETTER.match(text) else text
