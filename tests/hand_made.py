"""Analyses made by hand, so that the tests of reports and of the JSON form need no reading."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from mglabel import __version__
from mglabel.analysis.result import Analysis, GuideName
from mglabel.documents.document import Document
from mglabel.values.evidence import Evidence, Span
from mglabel.values.interval import Interval, exactly
from mglabel.values.label import Directions, Portion, Product
from mglabel.values.results import (
    Excipient,
    Finding,
    Grade,
    Intake,
    Reading,
    Settled,
    Source,
    Statement,
    Verdict,
)

TEXT = (
    "Per 2 capsules: magnesium citrate 1500 mg, of which magnesium 240 mg (64 % NRV). "
    "1 capsule 2 times a day. Anti-caking agent: magnesium stearate."
)
BETWEEN = Interval(Decimal("64.6"), Decimal("96.53"))


def span(piece: str, text: str = TEXT) -> Span:
    """Where a piece stands in the text."""
    start = text.index(piece)
    return Span(start, start + len(piece))


def evidence(piece: str, text: str = TEXT) -> Evidence:
    """A piece of the text as evidence."""
    start, end = span(piece, text)
    return Evidence(start, end, piece)


def finding(code: str = "MG201", severity: str = "info", piece: str = "magnesium 240 mg", **params: Any) -> Finding:
    """A finding that rests on a piece of the text."""
    return Finding(code, severity, params, (evidence(piece),), "L45")


def settled(**changes: Any) -> Settled:
    """The settled facts of `TEXT`, with some of them changed."""
    two_capsules = Portion(Decimal(2), "capsule")
    day, intake = exactly(240), exactly(120)
    facts: dict[str, Any] = {
        "declares_magnesium": True,
        "several_products": False,
        "use": "supplement",
        "audience": "adults",
        "stated_purposes": ("sleep",),
        "languages": ("en",),
        "product": Product(count=60, unit="capsule", net_mass_g=Decimal("48.5")),
        "sources": (
            Source(
                form="citrate",
                name="magnesium citrate",
                spans=(span("magnesium citrate"),),
                compound_mg_per_day=exactly(1500),
                elemental_mg_per_day=day,
                share=exactly(1),
            ),
        ),
        "excipients": (Excipient("stearate", "magnesium stearate", (span("magnesium stearate"),)),),
        "statements": (
            Statement("compound", "citrate", Decimal(1500), two_capsules, "facts", span("magnesium citrate 1500 mg")),
            Statement(
                "elemental", "citrate", Decimal(240), two_capsules, "facts", span("magnesium 240 mg"), Decimal(64)
            ),
        ),
        "directions": Directions(
            unit="capsule",
            units_per_day=exactly(2),
            units_per_intake=exactly(1),
            intakes_per_day=exactly(2),
            times=("evening",),
            with_food=True,
            split=True,
            spans=(span("1 capsule 2 times a day"),),
        ),
        "intake": Intake(day, day, intake, intake, day, two_capsules, (span("magnesium 240 mg"),)),
        "derivation": "declared",
        "readings": (Reading(day, ("of-which", "percent-of-reference"), None, day),),
        "percent_of_reference": Decimal(64),
        "front_form": None,
        "other_amounts": (),
        "signs": {},
        "troubles": (),
    }
    return Settled(**{**facts, **changes})


def verdict(*findings: Finding, **changes: Any) -> Verdict:
    """A verdict of grade A with some findings."""
    facts: dict[str, Any] = {
        "findings": findings or (finding(amount=exactly(240), limit=Decimal(350)),),
        "grade": Grade("A", "A", "ideal", "within", "general"),
        "form": "ideal",
        "limit": "within",
    }
    return Verdict(**{**facts, **changes})


def analysis(text: str = TEXT, judged: Verdict | None = None, name: str | None = None, **changes: Any) -> Analysis:
    """An analysis of `TEXT`, with some of its facts changed."""
    return Analysis(
        document=Document(text),
        settled=settled(**changes),
        verdict=verdict() if judged is None else judged,
        purpose="general",
        guide=GuideName("magnesium-guide-da", "2025-11"),
        version=__version__,
        name=name,
    )


def nothing(text: str = "", **changes: Any) -> Analysis:
    """The analysis of a text without magnesium."""
    return analysis(
        text,
        Verdict((), None, None, None),
        **{
            "declares_magnesium": False,
            "stated_purposes": (),
            "languages": (),
            "product": Product(),
            "sources": (),
            "excipients": (),
            "statements": (),
            "directions": Directions(),
            "intake": Intake(),
            "derivation": "unknown",
            "readings": (),
            "percent_of_reference": None,
            **changes,
        },
    )
