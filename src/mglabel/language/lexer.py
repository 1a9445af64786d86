"""One pass from text to typed tokens with offsets: words with their senses, numbers, marks, cell and line breaks.

Offsets are code points of the text as given; nothing is rewritten. Phrases of several words become one token.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache

import regex

from mglabel.language.numbers import NumberStyle, values_of
from mglabel.language.spelling import matches
from mglabel.language.vocabulary import NO_PHRASES, Phrase, Phrases, Rivals, Senses
from mglabel.language.words import UNREAD, WordReader, word_reader
from mglabel.values.errors import TextTooLong

_UNITS_AHEAD = r"(?=[ \u00a0\u2009\u202f]?(?i:[mkµμ]?g\b|mcg|ml|mmol|%|i[ue]\b|ui\b|kj|kcal))"
TOKEN = regex.compile(
    r"""
    (?P<l>\r?\n|\r|\u2028|\u2029|\f)
  | (?P<c>\t[ \t]*|[ ]{3,}|[ ]{2}|\|+|[.…_·]{3,}|…)
  | (?P<h>(?:[x×·•∙*.][ ]?)?(?<![\d.,])\d{1,2}(?:[.,]5)?[ ]?H[2₂][O0](?![\p{L}\d]))
  | (?P<m>Mg(?:[ ]?2[ ]?\+|[ ]?\+{2}|²⁺|\+2|2⁺)\+?|(?<=\p{L}{2}[ ])mg\+{2})
  | (?P<x>(?:Na|K|Ca|Zn|Fe|Cl|SO4|PO4)[ ]?\d?[+−⁺-](?![\p{L}\d]))
  | (?P<e>(?<![\p{L}\d])E[ -]?\d{3,4}(?:[ ]?(?i:\([ivx]{1,4}\)|\([a-h]\)|[a-h](?!\p{L})|[ivx]{1,3}(?!\p{L})))?)
  | (?P<v>(?<![\p{L}\d])(?:B(?:12|1[01](?!\d)|[1-9])|[DK][1-3](?!\d))(?!\p{L}))
  | (?P<o>(?<![\p{L}\d])(?=[OoIl\d]*\d)(?=\d*[OoIl])[OoIl\d]{2,6}(?:[.,][OoIl\d]{1,3})?(?=[ ]?(?:mg|mq|rng|µg|g\b|%)))
  | (?P<f>(?:\d{1,3}[ ]?)?[½¼¾⅓⅔⅛])
  | (?P<n>(?<![\d.,])\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?:[.,]\d+)?(?!\d)"""
    + _UNITS_AHEAD
    + r"""
      |\d+(?:[.,'’]\d+)*|(?<![\p{L}\d])[.,]\d+)
  | (?P<w>Mg\(OH\)[ ]?2|\p{L}[\p{L}\p{M}\u00AD\u200B-\u200D\u2060]*)
  | (?P<p>[^\s\p{C}])
    """,
    regex.VERBOSE | regex.V0,
)
_MAIN, _ALSO = 0.6, 0.3
"""Share of the words of the most spoken language from which another is a main one, and from which it is spoken too."""

MOST_TOKENS = 60_000
"""More words, numbers and signs than this are no label; reading so many takes less than a second."""

_JOINTS = frozenset("-–'’./‑")
Votes = dict[str, tuple[int, tuple[str, ...]]]
"""Word keys with how often they stand and which languages list them."""


class Token:
    """One token. `kind`: w word or phrase, n number, p mark, l line break, c cell break."""

    __slots__ = ("end", "key", "kind", "senses", "start", "text", "values")

    def __init__(
        self, kind: str, start: int, end: int, text: str, senses: Senses, values: tuple[Decimal, ...], key: str = ""
    ) -> None:
        self.kind = kind
        self.start = start
        self.end = end
        self.text = text
        self.senses = senses
        self.values = values
        self.key = key or text

    def __repr__(self) -> str:
        return f"{self.kind}:{self.text!r}{dict(self.senses) or ''}"


class Lexed:
    """The tokens of one text, the languages its words speak, and where spellings were repaired."""

    __slots__ = ("languages", "repairs", "style", "tokens")

    def __init__(
        self, tokens: list[Token], languages: tuple[str, ...], repairs: list[tuple[Token, str]], style: NumberStyle
    ) -> None:
        self.tokens = tokens
        self.languages = languages
        self.repairs = repairs
        self.style = style


def _settled(senses: Senses, rivals: Rivals, languages: tuple[str, ...]) -> Senses:
    """The senses with the values of the text's own languages; a short word loses those of other languages."""
    chosen = dict(senses)
    for key, values in rivals.items():
        spoken = next((name for name in (*languages, *ALWAYS) if name in values), None)
        if spoken is not None:
            chosen[key] = values[spoken]
        elif languages and len(set(values.values())) == 1:
            chosen.pop(key, None)
    return chosen


ALWAYS = ("mul", "la")
"""Tables that hold in a text of any language."""

NO_SENSES: Senses = {}
_NO_VALUES: tuple[Decimal, ...] = ()


def _past_joints(raw: list[Token], index: int) -> int:
    """Past what may stand between the words of a phrase: hyphens, points, slashes, a line's end; two at most.

    A point at a line's end closes a sentence, so that no phrase goes on behind it.
    """
    start = index
    for _ in range(2):
        if index < len(raw) and (raw[index].kind == "l" or raw[index].text in _JOINTS):
            if raw[index].kind == "l" and index > start and raw[index - 1].text == ".":
                return start
            index += 1
    return index


class Lexer:
    """Text to tokens, by one word reader."""

    def __init__(self, reader: WordReader) -> None:
        self._reader = reader

    def lex(self, text: str, most: int = MOST_TOKENS) -> Lexed:
        """The tokens of a text, in time linear in its length; raises `TextTooLong` beyond `most` words and signs."""
        raw, phrases, repairs, votes, rivals = self._raw_tokens(text, most)
        spoken = self._languages(votes)
        languages = tuple(name for name, share in spoken if share >= _MAIN)
        for token, values in rivals:
            token.senses = _settled(token.senses, values, tuple(name for name, _ in spoken))
        tokens = self._with_phrases(raw, phrases)
        doubtful = [t.text for t in tokens if t.kind == "n" and not t.text.isdigit()]
        style = NumberStyle(doubtful, self._custom(languages))
        for token in tokens:
            if len(token.values) == 2:
                token.values = style.resolve(token.text, token.values)
        return Lexed(tokens, languages, repairs, style)

    def _raw_tokens(
        self, text: str, most: int
    ) -> tuple[
        list[Token],
        dict[int, Phrases],
        list[tuple[Token, str]],
        Votes,
        list[tuple[Token, Rivals]],
    ]:
        """Tokens word by word, the phrases that may begin at each, repairs, how often each word stands, and rivals."""
        rivals: list[tuple[Token, Rivals]] = []
        tokens: list[Token] = []
        phrases: dict[int, Phrases] = {}
        repairs: list[tuple[Token, str]] = []
        votes: Votes = {}
        read = self._reader.read
        for match in TOKEN.finditer(text):
            if len(tokens) >= most:
                raise TextTooLong(
                    f"the text has more than {most:,} words, numbers and signs; a label has a few hundred: "
                    "pass the part that is the label, or raise max_tokens"
                )
            kind = match.lastgroup or ""
            start, end = match.span()
            piece = text[start:end]
            if kind == "w":
                in_formula = start > 0 and text[start - 1].isdigit() and not piece.isupper() and not piece[1:].islower()
                word = UNREAD if in_formula and len(piece) > 1 else read(piece)
                token = Token("w", start, end, piece, word.senses, _NO_VALUES, word.key)
                if word.languages:
                    votes[word.key] = (votes[word.key][0] + 1 if word.key in votes else 1, word.languages)
                if word.phrases is not NO_PHRASES:
                    phrases[len(tokens)] = word.phrases
                if word.rivals:
                    rivals.append((token, word.rivals))
                if word.repaired:
                    repairs.append((token, word.repaired))
                tokens.append(token)
            elif kind in "nfo":
                token = Token("n", start, end, piece, NO_SENSES, values_of(piece))
                if kind == "o":
                    repairs.append((token, str(token.values[0] if token.values else "")))
                tokens.append(token)
            elif kind in "plc":
                tokens.append(Token(kind, start, end, piece, NO_SENSES, _NO_VALUES))
            else:
                tokens.append(Token("w", start, end, piece, self._symbol_senses(kind, piece), _NO_VALUES))
        return tokens, phrases, repairs, votes, rivals

    def _symbol_senses(self, kind: str, piece: str) -> Senses:
        """The senses of what is written in signs: hydrates, ions, E numbers, vitamin codes."""
        if kind == "h":
            count = regex.search(r"\d{1,2}(?:[.,]5)?", piece)
            return {"hydrate": count[0].replace(",", ".")} if count else {}
        if kind == "m":
            return {"magnesium.symbols": "", "join.ion": ""}
        if kind == "x":
            return {"nutrient": "other"}
        if kind == "e":
            number = "".join(c for c in piece[1:].casefold() if c.isalnum())
            plain = "".join(c for c in number if c.isdigit())
            form = self._reader.form_of_e_number(number) or self._reader.form_of_e_number(plain)
            return {"e_number": form or ""}
        return self._reader.read(piece).senses or {"nutrient": "other"}

    def _with_phrases(self, raw: list[Token], phrases: dict[int, Phrases]) -> list[Token]:
        """The tokens with every phrase of several words as one token."""
        if not phrases:
            return raw
        tokens: list[Token] = []
        at = 0
        while at < len(raw):
            found = self._phrase_at(raw, at, phrases[at]) if at in phrases else None
            if found is None:
                tokens.append(raw[at])
                at += 1
                continue
            phrase, after = found
            first, last = raw[at], raw[after - 1]
            text = " ".join(t.text for t in raw[at:after])
            senses = self._with_unit(phrase.senses, raw[at:after])
            tokens.append(Token("w", first.start, last.end, text, senses, _NO_VALUES))
            at = after
        return tokens

    @staticmethod
    def _with_unit(senses: Senses, words: list[Token]) -> Senses:
        """A phrase that only tells the kind of product keeps the unit that it counts in ("film-coated tablets")."""
        if all(key.startswith("use.") for key in senses):
            unit = next((w.senses["unit"] for w in words if "unit" in w.senses), None)
            return senses if unit is None else {**senses, "unit": unit}
        return senses

    @staticmethod
    def _phrase_at(raw: list[Token], at: int, phrases: Phrases) -> tuple[Phrase, int] | None:
        """The longest phrase that begins here, and the index after its last word."""
        second = _past_joints(raw, at + 1)
        if second >= len(raw):
            return None
        best: tuple[Phrase, int] | None = None
        for phrase in (*phrases.by_second.get(raw[second].key, ()), *phrases.starred):
            if best is not None and len(phrase.rest) <= len(best[0].rest):
                continue
            index = second
            for pattern in phrase.rest:
                index = _past_joints(raw, index)
                if index >= len(raw) or not (
                    pattern == raw[index].key or ("*" in pattern and matches(pattern, raw[index].key))
                ):
                    break
                index += 1
            else:
                best = (phrase, index)
        return best

    @staticmethod
    def _languages(votes: Votes) -> list[tuple[str, float]]:
        """The languages that the words speak with their share of the most spoken one, that one first."""
        scores: dict[str, float] = {}
        for count, spoken in votes.values():
            for language in spoken:
                scores[language] = scores.get(language, 0) + min(count, 3) / len(spoken)
        best = max(scores.values(), default=0)
        ranked = sorted(scores, key=lambda name: (-scores[name], name))
        least = max(1.0, _ALSO * best)
        return [(name, scores[name] / best) for name in ranked if scores[name] >= least or scores[name] == best]

    def _custom(self, languages: tuple[str, ...]) -> str | None:
        """The decimal mark of the leading language, None where none is known."""
        return self._reader.decimal_of(languages[0]) if languages else None


@cache
def lexer() -> Lexer:
    """The lexer over the package's tables."""
    return Lexer(word_reader())
