"""Does the label declare magnesium at all: an amount, a percentage, a source, or a plain word that it is in it?

Articles name magnesium without declaring any; an additive or a medicine's counter-ion is no declaration.
"""

from __future__ import annotations

from collections.abc import Sequence

from mglabel.extraction.product import SWALLOWED
from mglabel.extraction.reader import Label
from mglabel.settle.claims import Judged

_TALK = (
    "claim.study",
    "claim.food",
    "claim.body_content",
    "claim.mentions",
    "reference.need",
    "reference.upper",
    "claim.example",
)
_MUCH_TALK = 2
"""Signs of talk that outweigh the units and doses that an article speaks of as well."""

_PRODUCT = ("pack.box", "pack.contents", "use.supplement", "use.medicine", "use.topical", "use.feed", "use.food")


def declares_magnesium(label: Label, judged: Sequence[Judged]) -> bool:
    """Whether the text is a product's and says that magnesium is in it."""
    if (label.use == "water" and any(m.role != "denied" for m in label.mentions)) or (label.use == "water" and judged):
        return True
    if _is_article(label):
        return False
    if judged:
        return True
    if any(p.claim is None for p in label.statements.percents):
        return True
    named = [m for m in label.mentions if m.role == "source"]
    if any(m.section in ("ingredients", "facts") for m in named):
        return True
    if not _is_product(label):
        return False
    if named:
        return True
    if any(m.role == "warned" for m in label.mentions):
        return True
    return bool(label.elements)


def _is_article(label: Label) -> bool:
    """Whether the text talks about magnesium at large and shows no product: no list, no dose, no pack."""
    talk = sum(key in label.signs for key in _TALK)
    listed = any(m.section in ("ingredients", "other") for m in label.mentions)
    listed = listed or any(c.section in ("ingredients", "facts", "other") for c in label.statements.claims)
    if label.use in ("topical", "feed", "medicine") or listed or label.product.count is not None:
        return False
    if any(d.per_day is not None and not d.loose for d in label.directions.doses):
        return False
    if talk > _MUCH_TALK:
        return True
    if any(c.portion is not None and c.portion.unit in SWALLOWED for c in label.statements.claims):
        return False
    if label.product.unit in SWALLOWED and any(c.variant or c.hydrate for c in label.statements.claims):
        return False
    if any(d.per_day is not None or d.per_intake is not None for d in label.directions.doses):
        return False
    stated = any(c.portion or ("of-which" in c.why and c.percent is not None) for c in label.statements.claims)
    return talk >= 2 or (talk == 1 and not stated)


def _is_product(label: Label) -> bool:
    """Whether anything shows that the text belongs to one product: a unit, a dose, a pack, a section of a label."""
    if label.product.unit is not None or label.directions.doses:
        return True
    return any(key in label.signs for key in _PRODUCT)
