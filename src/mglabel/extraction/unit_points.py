"""Points behind the signs of units: which of them end no sentence, "each of 100 mg. magnesium"."""

from __future__ import annotations

from mglabel.extraction.item import token_at
from mglabel.language.token import Token
from mglabel.language.vocabulary import Senses

_SENTENCE = 14
"""So many tokens before an amount tell whether it is named."""


class UnitPoints:
    """The points of one text, which writes them behind a unit or does not."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._pointed: dict[str, bool] = {}
        """Whether this text writes a point behind a unit, for those of which that was asked."""

    def ends_unit(self, at: int) -> bool:
        """Whether a point behind the sign of a unit ends no sentence: "each of 100 mg. magnesium"."""
        point, behind = token_at(self._tokens, at), token_at(self._tokens, at + 1)
        if point is None or point.text != "." or point.start != self._tokens[at - 1].end or behind is None:
            return False
        if behind.kind not in "wmo" or not behind.text[:1].isupper():
            return self._is_point_inside(at)
        return self._is_amid(at) or (behind.kind in "mo" and self._writes_points(self._tokens[at - 1].senses))

    def _is_amid(self, at: int) -> bool:
        """Whether a bracket is open here, or an amount is said to be contained of which nothing is named yet."""
        contained = False
        for token in reversed(self._tokens[max(0, at - _SENTENCE) : at]):
            if token.text in "([":
                return True
            if token.kind in "mo" or token.text == ")":
                return False
            if token.kind in "lc" or token.text in ".;":
                break
            if "relation.contains" in token.senses:
                contained = True
        return contained

    def _writes_points(self, sign: Senses) -> bool:
        """Whether this text puts a point behind a unit: each of the times it stands, or once within a sentence."""
        unit, tokens = sign.get("measure", ""), self._tokens
        if unit not in self._pointed:
            signs = [at for at in range(1, len(tokens) - 1) if tokens[at].senses.get("measure") == unit]
            points = [at + 1 for at in signs if tokens[at + 1].text == "." and tokens[at + 1].start == tokens[at].end]
            self._pointed[unit] = len(points) == len(signs) > 1 or any(map(self._is_point_inside, points))
        return self._pointed[unit]

    def _is_point_inside(self, at: int) -> bool:
        """Whether a small letter or another mark follows a point."""
        behind = self._tokens[at + 1] if at + 1 < len(self._tokens) else self._tokens[at]
        return behind.text[:1].islower() if behind.kind in "wmo" else behind.kind == "p" and behind.text != "."
