"""The lexer on any text: tokens in order that cover what is seen, whichever way it is cut and whatever came before."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence

from holding import require, within
from label_bytes import bytes_of, changed_label, text_of
from seeds import labels

from mglabel.extraction.items import itemize
from mglabel.language.lexer import Lexed, Lexer, lexer
from mglabel.language.lexicon import lexicon
from mglabel.language.lines import as_meant
from mglabel.language.mention import MentionSearch, mentions_magnesium
from mglabel.language.names import compose
from mglabel.language.pattern import common, is_common, kind_of, universal
from mglabel.language.token import Token
from mglabel.language.words import word_reader

LARGEST = 1_500
SELDOM = 16
"""One text of so many is read by a lexer that has met no other, too."""
SECONDS, PER_BYTE = 0.3, 30e-6

mutated = changed_label


def seeds() -> Iterable[bytes]:
    """The labels of all fixtures."""
    return map(bytes_of, labels())


def check(data: bytes) -> None:
    """Cut one text, and go on up to measured items."""
    text = text_of(data)
    with within(SECONDS, len(text), PER_BYTE):
        lexed = lexer().lex(text)
        _check_tokens(lexed.tokens, text)
        if zlib.crc32(data) % SELDOM == 0:  # before later steps give the tokens other kinds
            _check_memory(text, lexed)
        meant = as_meant(lexed.tokens, text)
        names = compose(meant)
        items = itemize(names)
    for tokens in (meant, names, items):
        _check_places(tokens, text)
    if is_common(text):
        cuts = [[(kind_of(found), found.span(1)) for found in form().finditer(text)] for form in (common, universal)]
        require(cuts[0] == cuts[1], "the two forms of the pattern cut differently")


def _check_tokens(tokens: Sequence[Token], text: str) -> None:
    """In order, apart from each other, with nothing between them but what is not seen."""
    at = 0
    for token in tokens:
        require(at <= token.start < token.end <= len(text), f"{token!r} from {token.start} to {token.end}, after {at}")
        require(token.kind in "wnplc", f"the kind of {token!r}")
        between = text[at : token.start].strip()
        require(not between or not any(map(_is_seen, between)), f"{between!r} is in no token")
        require(all(value.is_finite() and value >= 0 for value in token.values), f"the values of {token!r}")
        at = token.end
    require(not any(map(_is_seen, text[at:].strip())), f"{text[at:]!r} is in no token")


def _is_seen(character: str) -> bool:
    """Letters and digits; some signs stand between tokens on purpose."""
    return character.isalnum()


def _check_places(tokens: Iterable[Token], text: str) -> None:
    for token in tokens:
        require(0 <= token.start <= token.end <= len(text), f"{token!r} from {token.start} to {token.end}")
        for values in (token.values, token.low, token.high):
            require(all(value.is_finite() for value in values), f"the values of {token!r}")


def _check_memory(text: str, lexed: Lexed) -> None:
    """What was met before changes no answer."""
    fresh = Lexer(word_reader()).lex(text)
    require([*map(_told, fresh.tokens)] == [*map(_told, lexed.tokens)], "a lexer that met other texts reads another")
    require(fresh.languages == lexed.languages, f"{lexed.languages}, not {fresh.languages}")
    search = MentionSearch(lexicon())
    require(search.mentions(text) == mentions_magnesium(text), "a search that met other texts finds another")
    require(search.searched(text) == mentions_magnesium(text), "a search of the whole finds another")


def _told(token: Token) -> tuple[object, ...]:
    return token.kind, token.start, token.end, token.text, dict(token.senses), token.values, token.key
