"""Addresses of pages and mail are no words: what they are made of says nothing of the product."""

from __future__ import annotations

import re

from mglabel.language.token import Token

_SIGNS = ("www.", "WWW.", "://", "@")
_ADDRESS = re.compile(r"(?i:https?://|www\.)\S{1,2000}|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{1,128}")
_CLOSING = ".,;:!?)»\"'"
"""Marks that end the sentence around an address, not the address."""


def hush_addresses(tokens: list[Token], text: str) -> list[Token]:
    """The same tokens, where those that an address is made of mean nothing.

    >>> from mglabel.language.lexer import lexer
    >>> [token.senses for token in lexer().lex("www.magnesium-oxide.com").tokens if token.senses]
    []
    """
    if not any(sign in text for sign in _SIGNS):
        return tokens
    at = 0
    for match in _ADDRESS.finditer(text):
        end = match.start() + len(match[0].rstrip(_CLOSING))
        while at < len(tokens) and tokens[at].start < match.start():
            at += 1
        while at < len(tokens) and tokens[at].start < end:
            token = tokens[at]
            token.kind, token.senses, token.values = "w", {}, ()
            at += 1
    return tokens
