"""The rules of the guide, one small function each, in an explicit registry.

A rule looks at a `Case` and yields drafts; severities, references and texts are data.
"""

from __future__ import annotations

from mglabel.guide.case import Rule
from mglabel.guide.rules import company, declaration, document, dose, form, timing

RULES: tuple[Rule, ...] = (
    *form.RULES,
    *dose.RULES,
    *timing.RULES,
    *declaration.RULES,
    *company.RULES,
    *document.RULES,
)
"""Every rule, by family: form, dose, timing, declaration, company of other substances, document."""
