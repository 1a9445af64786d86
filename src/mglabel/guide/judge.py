"""From a settled label to the guide's verdict: the case is made, every rule looks at it, the grade is given."""

from __future__ import annotations

from operator import attrgetter

from mglabel.documents.document import Document
from mglabel.guide.case import Draft, case_of
from mglabel.guide.grade import grade, joined
from mglabel.guide.limit_verdict import limit_word
from mglabel.guide.rules import RULES
from mglabel.tables.guide import Guide, RuleEntry
from mglabel.values.evidence import Evidence
from mglabel.values.results import Finding, Settled, Verdict

_CODE = attrgetter("code")
_UNLISTED = RuleEntry(code="", severity="info", variants={}, reference=None, source=None, phrase=None, ours=True)


def judge(settled: Settled, document: Document, purpose: str | None, guide: Guide) -> Verdict:
    """The guide's verdict on a label for a purpose, for everyday use where none is asked; raises `UnknownPurpose`."""
    case = case_of(settled, purpose, guide)
    drafts = sorted([draft for rule in RULES for draft in rule.look(case)], key=_CODE)
    evidence = {spans: document.evidence(sorted(set(spans))) for spans in {draft.spans for draft in drafts}}
    return Verdict(
        findings=tuple([_finding(draft, evidence[draft.spans], guide) for draft in drafts]),
        grade=grade(case.form, case.limit, settled.intake, case.purpose, guide),
        form=joined(case.form) if case.form else None,
        limit=limit_word(case.limit) if case.form and case.has_limit else None,
    )


def _finding(draft: Draft, evidence: tuple[Evidence, ...], guide: Guide) -> Finding:
    """The finding of a draft, with severity and reference from the guide's rules."""
    rule = guide.rules.get(draft.code, _UNLISTED)
    variant = draft.params.get("variant")
    return Finding(
        code=draft.code,
        severity=rule.severity_of(variant if isinstance(variant, str) else None),
        params=draft.params,
        evidence=evidence,
        reference=draft.reference or rule.reference or rule.source,
    )
