"""Rows of results for the tests of the overview: one of each kind, hostile ones, and as many as are wanted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from mglabel.analysis.pipeline import analyze
from mglabel.batch.results import body, failed_body, line
from mglabel.reports.overview.rows import Row, rows_of

EVIL = "\u202e<script>alert(1)</script>\x00 \"'><img src=x onerror=alert(1)> </table></style>{{ 7 * 7 }} &amp;"
TEXTS = {
    "good": "Per 2 capsules: magnesium citrate 1500 mg, of which magnesium 240 mg (64 % NRV). 1 capsule twice a day.",
    "oxide": "Per tablet: magnesium oxide 670 mg, of which magnesium 400 mg. Take 1 tablet daily.",
    "far": "Per tablet: magnesium oxide 3000 mg, of which magnesium 1800 mg. Take 1 tablet daily.",
    "open": "Magnesium complex\nMagnesium citrate 400 mg, magnesium oxide, magnesium malate. 1-2 tablets daily.",
    "above": "Magnesium citrate 400 mg per tablet. 9 tablets daily",
    "no-dose": "Magnesium (as citrate) 100 mg per tablet.",
    "bath": "Magnesium oil spray. For external use only: massage into the skin. Magnesium chloride 31 %.",
    "zinc": "Zinc 10 mg",
}


def result(ident: str, text: str, report: str | None = None, **changes: Any) -> bytes:
    """The line of a label that was read."""
    found = json.loads(line(ident, None, body(analyze(text), None, None, {"report": report})))
    return (json.dumps(found | changes) + "\n").encode()


def unread(ident: str, reason: str, message: str) -> bytes:
    """The line of a label that was not read."""
    return line(ident, None, failed_body(reason, message))


def lines() -> list[bytes]:
    """One row of every kind, some with hostile names."""
    found = [result(name, text, f"page-reports/{name}-aaaaaaaaaaaaaaaa.html") for name, text in TEXTS.items()]
    found.append(result(EVIL, TEXTS["oxide"], "x y%/#?\"'<-reports/javascript:alert(1)", product=EVIL))
    found.append(result("long" * 5000, TEXTS["good"], product="M" * 5000))
    found.append(unread("broken.pdf", "damaged", f"cut off {EVIL}"))
    found.append(unread("new", "a-reason-of-tomorrow", "not known yet"))
    return found


def rows() -> list[Row]:
    """The same as the overview reads them."""
    return list(rows_of(lines()))


def many(count: int) -> Iterator[bytes]:
    """So many rows, of which every third leaves its dose open."""
    known = [json.loads(one) for one in (result("x", TEXTS["good"]), result("x", TEXTS["oxide"]))]
    for at in range(count):
        dose = 40 + at * 37 % 700
        row = known[at % 2] | {"id": f"P{at:06}", "product": f"Product {at}"}
        row["elemental_mg_per_day_at_most_high"] = dose
        row["elemental_mg_per_day_at_most_low"] = dose / 2 if at % 3 == 0 else dose
        yield (json.dumps(row) + "\n").encode()
