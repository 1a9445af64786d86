"""The limits of other authorities that stand beside the guide's own, for the magnesium of a label's sources."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from mglabel.tables.chemistry import Limit, limits
from mglabel.tables.guide import Measures

GROWN = 18
"""The age at which a limit must hold to be one for adults."""
_ANY_SUPPLEMENT = "supplements"


@lru_cache(maxsize=64)
def of_others(measures: Measures) -> tuple[Limit, ...]:
    """The limits of other authorities that the guide wants told, at every age, as the table has them."""
    return tuple(
        row for row in limits() if row.kind in measures.limit_kinds and row.authority not in measures.own_authorities
    )


def in_scope(rows: Iterable[Limit], forms: Iterable[str]) -> list[Limit]:
    """Those limits that are for the magnesium of supplements, or for one of these forms.

    >>> from mglabel.tables.guide import default_guide
    >>> rows = of_others(default_guide().measures)
    >>> [row.authority for row in in_scope(rows, ["threonate"]) if row not in in_scope(rows, [])]
    ['European Commission']
    """
    scopes = {_ANY_SUPPLEMENT, *forms}
    return [row for row in rows if row.scope in scopes]
