"""What the guide says of the forms that supply the magnesium, for one purpose: every verdict that the label allows.

A blend has the verdict of the forms that together supply more than half of its magnesium, taken from the best down.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import product

from mglabel.tables.chemistry import forms
from mglabel.tables.guide import OTHER, UNDISCLOSED, FormEntry, Guide
from mglabel.values.interval import Interval, Masses
from mglabel.values.results import Source

ANYTHING: Masses = Interval(Decimal(0), Decimal(1))
"""The share of a form about which the label says nothing."""

HAIR = Decimal("1e-9")
"""What rounding may move: thirds and sixths are cut off, and half and half must stay a tie, which is not over half."""

_MOST_COMBINATIONS = 256


@lru_cache(maxsize=1024)
def entries_of(form: str, purpose: str, guide: Guide) -> tuple[FormEntry, ...]:
    """The verdicts that one form can have, with their lines; two where the form's class is not known.

    >>> from mglabel.tables.guide import default_guide
    >>> [e.verdict for e in entries_of("carbonate", "sleep", default_guide())]
    ['uncovered_inorganic']
    """
    row = forms().get(form) or forms().get(OTHER + form)
    return guide.entries(purpose, form, row.class_ if row else None)


def form_verdicts(sources: Sequence[Source], purpose: str, guide: Guide) -> tuple[str, ...]:
    """Every verdict that the sources can have for a purpose, from the best to the worst.

    >>> from mglabel.tables.guide import default_guide
    >>> from mglabel.values.results import Source
    >>> blend = [Source("citrate", "citrate", ()), Source("oxide", "oxide", ())]
    >>> form_verdicts(blend, "general", default_guide())
    ('ideal', 'special')
    """
    if not sources:
        return (UNDISCLOSED,)
    options = [tuple(entry.verdict for entry in entries_of(s.form, purpose, guide)) for s in sources]
    if len(sources) == 1:
        return in_order(options[0], guide)
    shares = [source.share or ANYTHING for source in sources]
    combinations = 1
    for option in options:
        combinations *= len(option)
    if combinations > _MOST_COMBINATIONS:  # only a list of unknown forms gets here: anything that is in it may rule
        return in_order([verdict for option in options for verdict in option], guide)
    found = {verdict for chosen in product(*options) for verdict in blend_verdicts(chosen, shares, guide)}
    return in_order(found, guide)


def in_order(verdicts: Sequence[str] | set[str], guide: Guide) -> tuple[str, ...]:
    """The different verdicts from the best to the worst."""
    return tuple(verdict for verdict in guide.order if verdict in verdicts)


def blend_verdicts(verdicts: Sequence[str], shares: Sequence[Masses], guide: Guide) -> set[str]:
    """The verdicts of a blend over all shares within their bounds that add up to one.

    A verdict is possible when the better ones can have at most half and, with its own, more than half: three groups of
    shares, each free within the sum of its bounds, so a look at the ends decides.
    """
    ranks = [guide.order.index(verdict) for verdict in verdicts]
    total = _total(shares)
    found = set()
    for verdict, rank in zip(verdicts, ranks, strict=True):
        better = _sum(s for s, r in zip(shares, ranks, strict=True) if r < rank)
        equal = _sum(s for s, r in zip(shares, ranks, strict=True) if r == rank)
        worse = _sum(s for s, r in zip(shares, ranks, strict=True) if r > rank)
        if _can_rule(better, equal, worse, total):
            found.add(verdict)
    return found or set(verdicts)


def _can_rule(better: Masses, equal: Masses, worse: Masses, total: Decimal) -> bool:
    """Whether the better group can have at most half while better and equal have more than half, so worse less."""
    most_better = min(better.high, total / 2 + HAIR)
    least_worse = max(worse.low, total - most_better - equal.high)
    return better.low <= most_better and least_worse < total / 2 - HAIR and least_worse <= worse.high + HAIR


def _sum(shares: Iterable[Masses]) -> Masses:
    low = high = Decimal(0)
    for share in shares:
        low, high = low + share.low, high + share.high
    return Interval(low, high)


def _total(shares: Sequence[Masses]) -> Decimal:
    """What the shares add up to: one, or the nearest that rounded bounds allow."""
    bounds = _sum(shares)
    return max(bounds.low, min(bounds.high, Decimal(1)))
