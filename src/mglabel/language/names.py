"""Compose names: magnesium word x anion x the ways a language joins them; other metals claim their own anions.

The result is the token list with magnesium names as kind "m" (sense `form`, empty for the element itself) and other
nutrients and their compounds as kind "o". Bare anions that belong to a magnesium word nearby become names too.
"""

from __future__ import annotations

from functools import cache

from mglabel.language.lexicon import lexicon
from mglabel.language.spelling import common_tails
from mglabel.language.token import Token
from mglabel.language.vocabulary import Senses

_MAGNESIUM = frozenset(("magnesium.nouns", "magnesium.adjectives", "magnesium.symbols", "magnesium.content"))
_BEGINNING = frozenset(("drug", "anion", "acid", "join.salt", "trivial", "e_number", "nutrient", "other_compound"))
_BEGINNING |= _MAGNESIUM
"""Senses of words with which a name may begin."""

_TOLD = frozenset(("variant", "hydrate", "descriptor.buffered"))
_NAMING = _MAGNESIUM | {"anion", "trivial"}
UNKNOWN_SALT = "magnesium.other"
"""The sense of magnesium in the name of a salt that no table knows."""

_LEAST_ANION = 6
_DETAILS = ("variant", "hydrate", "origin", "descriptor.buffered", "slip", "negation.after", UNKNOWN_SALT)
_SALT, _OF, _ION = (frozenset((key,)) for key in ("join.salt", "join.of", "join.ion"))
_GOODS = frozenset(("descriptor.grade", "descriptor.crystals"))
"""What is said of the goods between a name and its bracket: "magnesium chloride Ph. Eur. (hexahydrate)"."""

_ENTRY = frozenset(",;.:•·/|–-)")
"""What parts the entries of a list of nutrients."""

_LINKS = frozenset("-‑/")
_LIST_MARKS = frozenset(',/+&;|-–—‑«»"“”„®™')
_OPENING = frozenset("([{")
_SHORT_JOINT = 3
"""A word for "of" in a language that the text does not speak elsewhere has at most so many letters."""

FARTHEST_LIST = 24
"""How many tokens a list of anions may reach from its magnesium word: a bound, so that time stays linear."""


def is_magnesium(token: Token) -> bool:
    """Whether the token has a word or sign for magnesium in it."""
    return bool(token.senses) and not _MAGNESIUM.isdisjoint(token.senses)


def compose(tokens: list[Token]) -> list[Token]:
    """The tokens with all names composed and all anions that can be given to magnesium given to it."""
    return _Attributor(_Composer(tokens).run()).run()


@cache
def anion_tails() -> tuple[str, ...]:
    """How the names of anions end: "-ate", "-nat"."""
    return common_tails(lexicon().anions)


class _Composer:
    """Joins neighbouring tokens into names, left to right."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._out: list[Token] = []

    def run(self) -> list[Token]:
        tokens, out = self._tokens, self._out
        done = 0
        for at in [at for at, t in enumerate(tokens) if t.senses and not _BEGINNING.isdisjoint(t.senses)]:
            if at < done or tokens[at].kind != "w":
                continue
            out += tokens[done:at]
            done = self._name_at(at)
            if done == at:
                out.append(tokens[at])
                done += 1
        out += tokens[done:]
        return out

    def _name_at(self, at: int) -> int:
        """Append the name that begins here and give the index after it; `at` itself where none begins."""
        token = self._tokens[at]
        senses = token.senses
        if "drug" in senses:
            return self._drug(at)
        if is_magnesium(token) and not self._is_milligram(at):
            return self._magnesium_first(at)
        if "anion" in senses and ((end := self._anion_first(at)) > at or "trivial" not in senses):
            return end
        if "join.salt" in senses and "nutrient" in senses and self._is_food_salt(at):
            return self._plain_other(at, at + 1, senses["nutrient"])
        if "acid" in senses or "join.salt" in senses:
            return self._salt_or_acid_first(at)
        if "trivial" in senses:
            return self._close(at, at + 1, senses["trivial"], senses)
        if senses.get("e_number"):
            return self._close(at, at + 1, senses["e_number"], {"e_number": ""})
        if "nutrient" in senses or "other_compound" in senses:
            return self._other(at)
        return at

    def _is_milligram(self, at: int) -> bool:
        """Whether a bare "Mg" is the unit after a number, not the element."""
        token = self._tokens[at]
        if "magnesium.symbols" not in token.senses or "join.ion" in token.senses or "magnesium.nouns" in token.senses:
            return False
        return at > 0 and self._tokens[at - 1].kind == "n" and bool(self._tokens[at - 1].values)

    def _is_food_salt(self, at: int) -> bool:
        """Whether "salt" is a row or an entry of its own, the salt of food: "Salt 0.01 g", "0,01 g Salz"."""
        tokens = self._tokens
        before = tokens[at - 1] if at else None
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        if before is None or before.kind in "lc" or before.text in _ENTRY:
            return after is not None and (after.kind in "nc" or after.text == "<")
        weighed = before.senses.get("measure") == "g" and at > 1 and tokens[at - 2].kind == "n"
        return weighed and (after is None or after.kind in "lc" or after.text in _ENTRY)

    def _magnesium_first(self, at: int) -> int:
        senses = self._tokens[at].senses
        if "anion" in senses:
            return self._close(at, at + 1, senses["anion"], senses)
        if "hydrate" in senses:
            return self._plain_other(at, at + 1, "drug")
        if "join.salt" in senses:
            end, form = self._acid_after(at + 1)
            return (
                self._close(at, end, form, senses) if form else self._element(at, at + 1, {**senses, UNKNOWN_SALT: ""})
            )
        joined, form = self._bracketed_anion(at)
        if joined:
            return self._close(at, joined, form, senses)
        end = self._skip(at + 1, _SALT)
        if end > at + 1:
            end, form = self._acid_after(end)
            if form:
                return self._close(at, end, form, senses)
        index, details = self._past_details(self._past_links(at + 1))
        if (
            index < len(self._tokens)
            and "anion" in self._tokens[index].senses
            and not is_magnesium(self._tokens[index])
        ):
            other = self._following_metal(index + 1)
            if not other or "magnesium.adjectives" in self._tokens[other - 1].senses:
                anion = self._tokens[index]
                return self._close(at, index + 1, anion.senses["anion"], {**senses, **details, **anion.senses})
        if self._is_unknown_anion(at + 1):
            senses = {**senses, UNKNOWN_SALT: ""}
        return self._element(at, at + 1, senses)

    def _is_unknown_anion(self, index: int) -> bool:
        """Whether a word that no table knows ends as names of anions do: "magnesium hypurate"."""
        token = self._tokens[index] if index < len(self._tokens) else None
        if token is None or token.kind != "w" or token.senses or len(token.text) < _LEAST_ANION:
            return False
        return token.start - self._tokens[index - 1].end <= 1 and token.text.casefold().endswith(anion_tails())

    def _bracketed_anion(self, at: int) -> tuple[int, str]:
        """The index after "Magnesiumbis(hydrogenaspartat)", a bracket that touches its word, or after "MAGNÉSIUM
        (PIDOLATE DE)", a name turned round, and its form; 0 where there is none."""
        opening = self._tokens[at + 1] if at + 1 < len(self._tokens) else None
        if opening is None or opening.text != "(":
            return 0, ""
        index, _ = self._past_details(at + 2)
        form = self._tokens[index].senses.get("anion", "") if index < len(self._tokens) else ""
        end = self._skip(index + 1, _OF)
        closed = end < len(self._tokens) and self._tokens[end].text == ")"
        turned = end > index + 1
        if not form or not closed or not (turned or opening.start == self._tokens[at].end):
            return 0, ""
        return end + 1, form

    def _anion_first(self, at: int) -> int:
        token = self._tokens[at]
        if self._out and self._out[-1].kind == "o" and "nutrient" in self._out[-1].senses and self._touches(at):
            return self._extend_other(at)
        index, details = self._past_details(at + 1)
        index = self._skip(index, _OF, 2)
        index, more = self._past_details(index)
        if index < len(self._tokens):
            follower = self._tokens[index]
            if is_magnesium(follower) and "anion" not in follower.senses and not self._is_milligram(index):
                senses = {**details, **more, **token.senses}
                return self._close(at, index + 1, token.senses["anion"], senses, after=True)
        metal = self._following_metal(at + 1)
        return self._plain_other(at, metal, "other") if metal else at

    def _following_metal(self, index: int) -> int:
        """The index after another metal that claims the anion before `index`, 0 where none does."""
        index, _ = self._past_details(index)
        index = self._skip(index, _OF, 2)
        if index < len(self._tokens) and self._tokens[index].kind == "w" and not self._tokens[index].senses:
            index += len(self._tokens[index].text) <= _SHORT_JOINT
        if index < len(self._tokens):
            token = self._tokens[index]
            if (
                ("nutrient" in token.senses or "drug" in token.senses)
                and token.kind == "w"
                and "anion" not in token.senses
            ):
                return index + 1
        return 0

    def _salt_or_acid_first(self, at: int) -> int:
        """ "sels de magnésium d'acides gras", "rasvahappojen magnesiumsuolat"; the bare acid is another substance."""
        senses = self._tokens[at].senses
        if "join.salt" in senses:
            index = self._skip(at + 1, _OF, 2)
            if index < len(self._tokens) and is_magnesium(self._tokens[index]):
                end, form = self._acid_after(index + 1)
                if form:
                    return self._close(at, end, form, senses)
            return at
        index = self._past_links(at + 1)
        if index < len(self._tokens):
            follower = self._tokens[index]
            if is_magnesium(follower) and "join.salt" in follower.senses:
                return self._close(at, index + 1, senses["acid"], senses)
        return self._plain_other(at, at + 1, "other")

    def _acid_after(self, index: int) -> tuple[int, str]:
        """The index after an acid that follows words for "of", and its salt's form; form is empty where none does."""
        for _ in range(4):
            if index >= len(self._tokens):
                break
            senses = self._tokens[index].senses
            if "acid" in senses:
                return index + 1, senses["acid"]
            if not ("join.of" in senses or self._tokens[index].text in "'’" or not senses):
                break
            index += 1
        return index, ""

    def _drug(self, at: int) -> int:
        """A medicine whose salt holds magnesium: its magnesium word is swallowed."""
        index = self._past_links(at + 1)
        while index < len(self._tokens) and (
            is_magnesium(self._tokens[index]) or "hydrate" in self._tokens[index].senses
        ):
            index += 1
        if self._out and self._out[-1].kind == "m" and not self._out[-1].senses["form"] and self._touches(at):
            first = self._out.pop()
            self._out.append(Token("o", first.start, self._tokens[index - 1].end, "", {"nutrient": "drug"}, ()))
            return index
        return self._plain_other(at, index, "drug")

    def _other(self, at: int) -> int:
        """Another nutrient, with the anions that touch it."""
        senses = self._tokens[at].senses
        index = at + 1
        if "nutrient" in senses:
            following = self._past_links(index)
            following, _ = self._past_details(following)
            if following < len(self._tokens) and "anion" in self._tokens[following].senses:
                if not is_magnesium(self._tokens[following]):
                    index = following + 1
        return self._plain_other(at, index, senses.get("nutrient", "other"))

    def _plain_other(self, at: int, end: int, nutrient: str) -> int:
        first, last = self._tokens[at], self._tokens[end - 1]
        senses = {**self._kept(first.senses), "nutrient": nutrient}
        self._out.append(Token("o", first.start, last.end, first.text, senses, ()))
        return end

    @staticmethod
    def _kept(senses: Senses) -> dict[str, str]:
        """Senses of a nutrient's word that other readers ask for."""
        return {k: v for k, v in senses.items() if k.startswith(("use.", "function.", "relation.", "claim."))}

    def _extend_other(self, at: int) -> int:
        self._out[-1].end = self._tokens[at].end
        return at + 1

    def _touches(self, at: int) -> bool:
        """Whether only a space or hyphen parts this token from the one put out last."""
        return self._tokens[at].start - self._out[-1].end <= 1

    def _past_links(self, index: int) -> int:
        """Past a hyphen or slash that joins two words of one name."""
        if index < len(self._tokens) and self._tokens[index].text in _LINKS:
            return index + 1
        return index

    def _past_details(self, index: int) -> tuple[int, dict[str, str]]:
        """Past words and signs that only tell hydrate, stoichiometry or handedness, with what they tell."""
        details: dict[str, str] = {}
        limit = min(len(self._tokens), index + 6)
        while index < limit:
            token = self._tokens[index]
            if token.kind == "n" and (counted := self._counted_hydrate(index)):
                index, details = counted, {**details, "hydrate": token.text}
                continue
            senses = token.senses
            if senses and not _NAMING.isdisjoint(senses):
                break
            if senses and not _TOLD.isdisjoint(senses):
                details |= {k: v for k, v in senses.items() if k in _TOLD}
            elif token.text in _LINKS:
                if token.text == "/":
                    break
            elif token.kind != "w" or not self._is_handedness(index):
                break
            index += 1
        return index, details

    def _counted_hydrate(self, index: int) -> int:
        """The index after "9-hydrate", "5 hydrat": waters counted before the bare word; 0 where there are none."""
        behind = self._past_links(index + 1)
        if behind < len(self._tokens) and "join.hydrate" in self._tokens[behind].senses:
            return behind + 1 if self._tokens[index].text.isdigit() else 0
        return 0

    def _is_handedness(self, index: int) -> bool:
        """Whether a word is a mark such as the L of L-threonate, or the l- of a label without capitals."""
        token = self._tokens[index]
        if len(token.text) > 2 or "relation.and" in token.senses:
            return False
        behind = self._tokens[index + 1] if index + 1 < len(self._tokens) else None
        return token.text.isupper() or (behind is not None and behind.text in "-‑" and behind.start == token.end)

    def _skip(self, index: int, keys: frozenset[str], most: int = 1) -> int:
        """Past at most so many tokens with one of these senses, and the apostrophes between them."""
        while most and index < len(self._tokens):
            token = self._tokens[index]
            if token.text in "'’" or (not keys.isdisjoint(token.senses) and not is_magnesium(token)):
                index += 1
                most -= token.text not in "'’"
            else:
                break
        return index

    def _element(self, at: int, end: int, senses: Senses) -> int:
        """Magnesium itself; an ion word beside it belongs to it."""
        end = self._skip(end, _ION)
        return self._put(
            at, end, {"form": "", **{k: senses[k] for k in _DETAILS if k in senses}, **self._flags(senses)}
        )

    @staticmethod
    def _flags(senses: Senses) -> dict[str, str]:
        wanted = ("magnesium.content", "join.ion", "magnesium.symbols", "unit")
        return {k: senses[k] for k in wanted if k in senses}

    def _close(self, at: int, end: int, form: str, senses: Senses, after: bool = False) -> int:
        """Put out a compound's name with the hydrate and variant words that follow it."""
        details = {k: senses[k] for k in _DETAILS if k in senses}
        index, more = self._past_details(self._past_links(end) if not self._detail_behind_comma(end) else end + 1)
        if more:
            while index > end and not self._tokens[index - 1].senses:
                index -= 1
        else:
            index, more = self._past_bracketed_details(end)
        if more:
            end, details = index, {**details, **more}
        elif not after and end < len(self._tokens) and self._touching_anion(end):
            more_form = self._tokens[end].senses["anion"]
            self._put(at, end, {"form": form, **details})
            return self._close(end, end + 1, more_form, {})
        if "e_number" in senses:
            details["e_number"] = ""
        if after:
            details["led"] = ""
        return self._put(at, end, {"form": form, **details})

    def _past_bracketed_details(self, end: int) -> tuple[int, dict[str, str]]:
        """Past "(heptahydrate)" or "USP (heptahydrate)" behind a name: a bracket with nothing but details in it."""
        opening = self._skip(end, _GOODS)
        if opening >= len(self._tokens) or self._tokens[opening].text != "(":
            return end, {}
        index, details = self._past_details(opening + 1)
        closed = details and index < len(self._tokens) and self._tokens[index].text == ")"
        return (index + 1, details) if closed else (end, {})

    def _detail_behind_comma(self, end: int) -> bool:
        """ "magnesium citrate, anhydrous": a hydrate behind a comma, with no other name behind it."""
        if (
            end + 1 >= len(self._tokens)
            or self._tokens[end].text != ","
            or "hydrate" not in self._tokens[end + 1].senses
        ):
            return False
        return end + 2 == len(self._tokens) or self._tokens[end + 2].kind != "w"

    def _touching_anion(self, index: int) -> bool:
        """Whether a second anion follows at once ("lysinate glycinate chelate")."""
        token = self._tokens[index]
        close = token.start - self._tokens[index - 1].end <= 1
        return close and "anion" in token.senses and not is_magnesium(token) and not self._following_metal(index + 1)

    def _put(self, at: int, end: int, senses: dict[str, str]) -> int:
        first, last = self._tokens[at], self._tokens[end - 1]
        before = self._out[-1:]
        if before and before[0].text in "-‑" and before[0].end == first.start:
            before = self._out[-2:-1]
        if before and before[0].kind == "w" and "variant" in before[0].senses and first.start - before[0].end <= 1:
            senses.setdefault("variant", before[0].senses["variant"])
        self._out.append(Token("m", first.start, last.end, " ".join(t.text for t in self._tokens[at:end]), senses, ()))
        return end


class _Attributor:
    """Gives bare anions to the magnesium word whose list or bracket they stand in."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens

    def run(self) -> list[Token]:
        tokens = self._tokens
        named = [at for at, token in enumerate(tokens) if token.kind == "m" or "anion" in token.senses]
        for at in named:
            token = tokens[at]
            if token.kind == "m":
                if token.senses["form"]:
                    self._backwards(at)
                self._forwards(at)
            elif token.kind == "w":
                self._by_relation(at)
        for at in named:
            if tokens[at].kind == "w":
                tokens[at].kind, tokens[at].senses = "o", {"nutrient": "other"}
        return tokens

    def _give(self, at: int) -> None:
        token = self._tokens[at]
        senses = {"form": token.senses["anion"], "bare": ""}
        self._tokens[at] = Token("m", token.start, token.end, token.text, senses, ())

    def _backwards(self, at: int) -> None:
        """ "oxyde, hydroxyde et chlorure de magnésium": anions before a name, parted by list marks only."""
        if "led" not in self._tokens[at].senses:
            return
        for index in range(at - 1, max(-1, at - FARTHEST_LIST), -1):
            token = self._tokens[index]
            if token.kind == "w" and "anion" in token.senses:
                self._give(index)
            elif not self._is_list_joint(token):
                break

    def _forwards(self, at: int, measured: bool = False) -> None:
        """Anions after a magnesium word: in its bracket, behind a colon or "as", or in a list with a first name.

        In a `measured` list, as in a bracket, each anion may have its amount: "of which from citrate 200 mg, malate
        100 mg".
        """
        opened = bool(self._tokens[at].senses["form"])
        depth = 0
        for index in range(at + 1, min(len(self._tokens), at + FARTHEST_LIST)):
            token = self._tokens[index]
            if token.kind == "w" and "anion" in token.senses:
                if not opened:
                    break
                self._give(index)
            elif token.text in _OPENING or token.text in ":—–":
                opened = True
                depth += token.text in _OPENING
            elif token.text in ")]}":
                if not depth:
                    break
                depth -= 1
            elif "relation.as_form" in token.senses or "relation.from" in token.senses:
                opened = True
            elif token.kind == "m":
                break
            elif opened and ("join.of" in token.senses or token.text in "'’" or self._is_handed(index)):
                continue
            elif (measured or depth) and (token.kind == "n" or "measure" in token.senses):
                continue
            elif not (self._is_list_joint(token) or "variant" in token.senses or "descriptor.buffered" in token.senses):
                break
            elif token.kind == "l" and not opened:
                break

    def _is_handed(self, index: int) -> bool:
        """Whether a capital is the mark of the anion that a hyphen joins to it: the L of "malate and L-threonate"."""
        if index + 2 >= len(self._tokens):
            return False
        mark, hyphen, anion = self._tokens[index : index + 3]
        return len(mark.text) == 1 and mark.text.isupper() and hyphen.text in _LINKS and "anion" in anion.senses

    def _by_relation(self, at: int) -> None:
        """ "of which from bisglycinate 90 mg", "as citrate": the last metal named before was magnesium."""
        before = self._tokens[at - 1] if at else None
        if before is None or not ("relation.as_form" in before.senses or "relation.from" in before.senses):
            return
        for index in range(at - 1, max(-1, at - 2 * FARTHEST_LIST), -1):
            kind = self._tokens[index].kind
            if kind in "mo":
                if kind == "m":
                    self._give(at)
                    self._forwards(at, measured=True)
                return

    @staticmethod
    def _is_list_joint(token: Token) -> bool:
        if token.kind in "lc" or token.text in _LIST_MARKS or "origin" in token.senses:
            return True
        return "relation.and" in token.senses or "relation.or" in token.senses
