"""One pass from text to typed tokens with offsets: words with their senses, numbers, marks, cell and line breaks.

Offsets are code points of the text as given; nothing is rewritten. Phrases of several words become one token.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from mglabel.language.addresses import hush_addresses
from mglabel.language.numbers import NumberStyle, values_of
from mglabel.language.pattern import cut, kind_of
from mglabel.language.spelling import matches
from mglabel.language.token import Token, Values
from mglabel.language.vocabulary import NO_PHRASES, Phrase, Phrases, Rivals, Senses
from mglabel.language.words import Word, WordReader, word_reader
from mglabel.values.errors import TextTooLong

_MAIN, _ALSO = 0.6, 0.3
"""Share of the words of the most spoken language from which another is a main one, and from which it is spoken too."""

_LEAST = 0.5
"""What a language needs to be spoken at all: half of a word that no other has."""

_SHORT, _SHORT_WEIGHT = 3, 0.5
"""Words of so few letters are often abbreviations or codes, and tell half as much of the language."""

STORE = 20_000
"""So many different pieces are remembered; labels repeat their words."""

MOST_TOKENS = 60_000
"""More words, numbers and signs than this are no label; reading so many takes less than a second."""

_JOINTS = frozenset("-–'’./‑")
_REPLACEMENT = "\ufffd"
_CELL_MARK = ";"
"""Parts cells where no space follows it, as in a table of comma-separated values."""

_SYMBOLS = "hmxe"
"""Kinds of pieces that are written in signs: the water of a hydrate, an ion, another formula, an E number."""

_LEAST_LAST = 4
"""Letters of the shortest word that is taken for one behind a digit."""

_PARTS = re.compile(r"(?P<n>\d+)|(?P<w>[^\d\s]+)|\s+")
_MAY_BE_MISREAD = re.compile(r"(?=[\d.,]*[OoIl])(?=[OoIl.,]*\d)[OoIl\d.,]+")
"""What is a number with letters for digits before a unit, and a word elsewhere."""

_DATE = re.compile(r"(?:\d{1,2}[.,])?\d{1,2}[.,](?:19|20)\d\d|\d{1,2}([.,])\d{1,2}\1\d\d")
_WATERS = re.compile(r"\d{1,2}(?:[.,]5)?")


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


ALWAYS = ("mul", "la")
"""Tables that hold in a text of any language."""

NO_SENSES: Senses = {}


def _is_spaced_e_number(token: Token) -> bool:
    """Whether a token before a unit may be no additive but a word and a number: "A 100 MG E 840 MG"."""
    return "e_number" in token.senses and " " in token.text


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


def _is_joint(token: Token) -> bool:
    """Whether a token may stand between the words of a phrase."""
    return token.kind == "l" or token.text in _JOINTS


def _is_inside(raw: list[Token], index: int) -> bool:
    """Whether a colon stands within a word, as in Swedish and Finnish ordinals: "var 8:e timme"."""
    if raw[index].text != ":" or not 0 < index < len(raw) - 1:
        return False
    return raw[index - 1].end == raw[index].start and raw[index].end == raw[index + 1].start


def _past_joints(raw: list[Token], index: int) -> int:
    """Past what may stand between the words of a phrase: hyphens, points, slashes, a line's end; two at most.

    A point at a line's end closes a sentence, so that no phrase goes on behind it.
    """
    start = index
    for _ in range(2):
        if index < len(raw) and (raw[index].kind == "l" or raw[index].text in _JOINTS or _is_inside(raw, index)):
            if raw[index].kind == "l" and index > start and raw[index - 1].text == ".":
                return start
            index += 1
    return index


class Piece(NamedTuple):
    """What a piece of text is wherever it stands: the parts of its token, and a word that tells more."""

    kind: str
    senses: Senses
    values: Values
    key: str
    word: Word | None


class _Raw:
    """What is gathered from a text word by word."""

    __slots__ = ("heard", "languages", "phrases", "repairs", "rivals", "tokens")

    def __init__(self) -> None:
        self.tokens: list[Token] = []
        self.phrases: list[tuple[int, Phrases]] = []
        """Where phrases may begin, and which."""
        self.repairs: list[tuple[Token, str]] = []
        self.rivals: list[tuple[Token, Rivals]] = []
        self.heard: list[str] = []
        """The keys of words that tell a language."""
        self.languages: list[tuple[str, ...]] = []
        """The languages that list each of them."""


def _is_formula(piece: str) -> bool:
    """Whether letters behind a digit are no word by their capitals, but go on with a chemical formula."""
    return len(piece) > 1 and not piece.isupper() and not piece[1:].islower()


class Lexer:
    """Text to tokens, by one word reader."""

    def __init__(self, reader: WordReader) -> None:
        self._reader = reader
        self._store: dict[str, Piece] = {}
        """Pieces met before; what a piece is depends on its characters and the tables alone."""
        self._chosen: dict[tuple[str, tuple[str, ...]], Senses] = {}

    def lex(self, text: str, most: int = MOST_TOKENS) -> Lexed:
        """The tokens of a text, in time linear in its length; raises `TextTooLong` beyond `most` words and signs."""
        raw = _Raw()
        self._fill(raw, text, most)
        spoken = _spoken(raw)
        languages = tuple(name for name, is_main in spoken if is_main)
        voices = tuple(name for name, _ in spoken)
        for token, rivals in raw.rivals:
            token.senses = self._among(token, rivals, voices)
        if not text.isascii():
            _forget_broken_numbers(raw.tokens, text)
        timed = frozenset(token.start for token, rivals in raw.rivals if "time" in rivals)
        tokens = hush_addresses(self._with_phrases(raw.tokens, raw.phrases, timed), text)
        doubtful = [token for token in tokens if token.kind == "n" and not token.text.isdigit()]
        custom = self._reader.decimal_of(languages[0]) if languages else None
        style = NumberStyle(_telling_numbers(tokens), custom)
        for token in doubtful:
            if len(token.values) == 2:
                token.values = style.resolve(token.text, token.values)
        return Lexed(tokens, languages, raw.repairs, style)

    def _fill(self, raw: _Raw, text: str, most: int) -> None:
        """Gather tokens piece by piece, with all that is known of the words."""
        tokens, store = raw.tokens, self._store
        is_long = len(text) > most
        end = 0
        for match in cut(text):
            if is_long and len(tokens) >= most:
                raise TextTooLong(
                    f"the text has more than {most:,} words, numbers and signs; a label has a few hundred: "
                    "pass the part that is the label, or raise max_tokens"
                )
            before = end
            start, end = match.span(1)
            piece = text[start:end]
            known = store.get(piece)
            if known is None:
                known = self._met(piece, kind_of(match))
            kind, senses, values, key, word = known
            if kind == "s":
                tokens += self._parts(piece, start)
                continue
            if piece == _CELL_MARK and not text[end : end + 1].isspace() and end < len(text):
                kind = "c"
            if start == before and kind == "w" and start and text[start - 1].isdigit() and _is_formula(piece):
                senses, key, word = NO_SENSES, piece, None
            if "measure" in senses and tokens and _is_spaced_e_number(tokens[-1]):
                tokens[-1:] = self._parts(tokens[-1].text, tokens[-1].start)
            token = Token(kind, start, end, piece, senses, values, key)
            tokens.append(token)
            if word is not None:
                _, phrases, repaired, rivals, _, languages = word
                if languages:
                    raw.heard.append(key)
                    raw.languages.append(languages)
                if phrases is not NO_PHRASES:
                    raw.phrases.append((len(tokens) - 1, phrases))
                if rivals:
                    raw.rivals.append((token, rivals))
                if repaired:
                    raw.repairs.append((token, repaired))

    def _parts(self, piece: str, start: int) -> Iterator[Token]:
        """The letters and the digits of a piece as tokens of their own."""
        for part in _PARTS.finditer(piece):
            if not part[0].isspace():
                kind, senses, values, key, _ = self._store.get(part[0]) or self._met(part[0], part.lastgroup or "w")
                yield Token(kind, start + part.start(), start + part.end(), part[0], senses, values, key)

    def _met(self, piece: str, kind: str) -> Piece:
        """A piece that is met for the first time, put into the store unless what stands around it decides its kind."""
        if len(self._store) >= STORE:
            self._store.clear()
        found = self._read(piece, "n" if piece.isdecimal() else kind)
        if _MAY_BE_MISREAD.fullmatch(piece) is None:
            self._store[piece] = found
        return found

    def _read(self, piece: str, kind: str) -> Piece:
        """What a piece of a kind is as a token, and as a word where that tells more."""
        if kind in "ws":
            word = self._reader.read(piece)
            if kind == "s" and self._are_words(piece):
                return Piece("s", NO_SENSES, (), piece, None)
            plain = word.phrases is NO_PHRASES and not (word.languages or word.rivals or word.repaired)
            return Piece("w", word.senses, (), word.key, None if plain else word)
        if kind in "nfo":
            values = values_of(piece)
            misread = Word(NO_SENSES, repaired=str(values[0] if values else "")) if kind == "o" else None
            return Piece("n", NO_SENSES, values, piece, misread)
        if kind in "plc":
            return Piece(kind, NO_SENSES, (), piece, None)
        if kind in _SYMBOLS:
            return Piece("w", self._symbol_senses(kind, piece), (), piece, None)
        code = self._reader.read(piece)  # of a vitamin: "B6", "K2"
        return Piece("w", code.senses or {"nutrient": "other"}, (), code.key, code)

    def _are_words(self, piece: str) -> bool:
        """Whether the letters around the digits are words by themselves: "Per1tablet", but not "tab1et"."""
        letters = [part[0] for part in _PARTS.finditer(piece) if part.lastgroup == "w"]
        first, last = letters[0], letters[-1]
        return len(last) >= _LEAST_LAST and bool(self._reader.read(first).senses and self._reader.read(last).senses)

    def _among(self, token: Token, rivals: Rivals, languages: tuple[str, ...]) -> Senses:
        """The senses that a word has in a text of some languages, remembered."""
        chosen = self._chosen.get((token.text, languages))
        if chosen is None:
            if len(self._chosen) >= STORE:
                self._chosen.clear()
            chosen = self._chosen[token.text, languages] = _settled(token.senses, rivals, languages)
        return chosen

    def _symbol_senses(self, kind: str, piece: str) -> Senses:
        """The senses of what is written in signs: hydrates, ions, other formulas, E numbers."""
        if kind == "h":
            count = _WATERS.search(piece)
            return {"hydrate": count[0].replace(",", ".")} if count else {}
        if kind == "m":
            return {"magnesium.symbols": "", "join.ion": ""}
        if kind == "x":
            return {"nutrient": "other"}
        number = "".join(c for c in piece[1:].casefold() if c.isalnum())
        plain = "".join(c for c in number if c.isdigit())
        return {"e_number": self._reader.form_of_e_number(number) or self._reader.form_of_e_number(plain) or ""}

    @staticmethod
    def _with_phrases(raw: list[Token], starts: list[tuple[int, Phrases]], timed: frozenset[int]) -> list[Token]:
        """The tokens with every phrase of several words as one token; `starts` tells where one may begin, and `timed`
        where words for times of the day stand that mean another one in another language."""
        tokens: list[Token] = []
        done = 0
        last_word = len(raw) - 1
        for at, phrases in starts:
            if at < done or at == last_word:
                continue
            second = raw[at + 1]
            if second.key not in phrases.by_second and not phrases.starred and not _is_joint(second):
                continue
            found = _phrase_at(raw, at, phrases)
            if found is None:
                continue
            phrase, after = found
            first, last = raw[at], raw[after - 1]
            text = " ".join(t.text for t in raw[at:after])
            senses = _with_unit(phrase.senses, raw[at:after]) if phrase.is_use else phrase.senses
            if timed:
                senses = _with_time(senses, [word for word in raw[at:after] if word.start in timed])
            tokens += raw[done:at]
            tokens.append(Token("w", first.start, last.end, text, senses, (), text))
            done = after
        return tokens + raw[done:] if done else raw


def _forget_broken_numbers(tokens: list[Token], text: str) -> None:
    """A number beside a character that stands for one which was not read may have lost digits: it is none."""
    for token in tokens:
        if token.kind == "n":
            beside = (text[token.start - 1 : token.start], text[token.end : token.end + 1])
            if any(map(_is_unread, beside)):
                token.values = ()


def _is_unread(character: str) -> bool:
    """Whether a character stands for one that could not be read, or that no standard knows."""
    return character == _REPLACEMENT or (character != "" and unicodedata.category(character) in ("Cn", "Co", "Cs"))


def _with_unit(senses: Senses, words: list[Token]) -> Senses:
    """A phrase that only tells the kind of product keeps the unit that it counts in ("film-coated tablets")."""
    unit = next((w.senses["unit"] for w in words if "unit" in w.senses), None)
    return senses if unit is None else {**senses, "unit": unit}


def _with_time(senses: Senses, words: list[Token]) -> Senses:
    """A phrase of a meal has the time that its word has in the text's language: "til frokost" is noon or morning."""
    own = next((w.senses["time"] for w in words if "time" in w.senses), None)
    return senses if own is None or "time" not in senses else {**senses, "time": own}


def _phrase_at(raw: list[Token], at: int, phrases: Phrases) -> tuple[Phrase, int] | None:
    """The longest phrase that begins here, and the index after its last word."""
    second, last = at + 1, len(raw) - 1
    if second <= last and raw[second].kind != "w":
        second = _past_joints(raw, second)
    if second > last:
        return None
    candidates = phrases.by_second.get(raw[second].key, ())
    if phrases.starred:
        candidates = (*candidates, *phrases.starred)
    if not candidates:
        return None
    best: tuple[Phrase, int] | None = None
    for phrase in candidates:
        if best is not None and len(phrase.rest) <= len(best[0].rest):
            continue
        index = second
        for pattern in phrase.rest:
            if index < last and raw[index].kind != "w":
                index = _past_joints(raw, index)
            if index > last:
                break
            key = raw[index].key
            if pattern != key and not ("*" in pattern and matches(pattern, key)):
                break
            index += 1
        else:
            best = (phrase, index)
    return best


def _telling_numbers(tokens: list[Token]) -> list[str]:
    """The numbers that tell which mark a text uses: those with a unit or a percent sign, else all that are no dates."""
    marked = [at for at, token in enumerate(tokens) if token.kind == "n" and not token.text.isdigit()]
    measured = [at for at in marked if at + 1 < len(tokens) and _measures(tokens[at + 1])]
    return [tokens[at].text for at in measured] or [t for at in marked if not _DATE.fullmatch(t := tokens[at].text)]


def _measures(token: Token) -> bool:
    return token.text == "%" or "measure" in token.senses


def _spoken(raw: _Raw) -> list[tuple[str, bool]]:
    """The languages that the words speak, the most spoken first, and whether each is a main one."""
    scores: dict[str, float] = {}
    counts = Counter(raw.heard)
    for key, languages in dict(zip(raw.heard, raw.languages, strict=True)).items():
        share = min(counts[key], 3) / len(languages) * (1 if len(key) > _SHORT else _SHORT_WEIGHT)
        for language in languages:
            scores[language] = scores.get(language, 0) + share
    best = max(scores.values(), default=0)
    least = max(_LEAST, _ALSO * best)
    ranked = sorted(scores, key=lambda name: (-scores[name], name))
    return [(name, scores[name] / best >= _MAIN) for name in ranked if scores[name] >= least or scores[name] == best]


@cache
def lexer() -> Lexer:
    """The lexer over the package's tables."""
    return Lexer(word_reader())
