"""The pages of the finding codes and of the flat columns."""

from __future__ import annotations

from collections.abc import Iterator

from shaping import MADE, table

from mglabel.batch.columns import ANSWERS
from mglabel.reports.wording import Wording, wording
from mglabel.tables.guide import RuleEntry, default_guide
from mglabel.tables.messages import Explanation, Template, codes, explanation, messages

TYPES = {str: "text", float: "number (double)", bool: "true or false", int: "whole number"}
COLUMNS_NOTE = """\
`mglabel.check_columns`, `mglabel.arrow.check_batches` and the rows of `mglabel batch` all have these columns, with
these names and types, in this order. A name never changes its meaning; columns may be added. Every cell may be null:
what is not known is null, never 0. Several values in one cell are joined by commas, without spaces. Forms are ids
such as `citrate` ([the list](forms.md)). All other detail is in [the JSON form](json.md) of the analysis.
"""


def findings(lang: str) -> str:
    """One section a finding code: severity, texts, what it means, why, what it rests on, two labels."""
    say = wording(lang)
    contents = "\n".join(f"- [{code} {explanation(code, lang).title}](#{code.lower()})" for code in codes())
    sections = "\n".join("\n".join(_finding(explanation(code, lang), say)) for code in codes())
    return f"{MADE}# {say.text.findings}\n\n{contents}\n\n{sections}\n{say.text.closing}\n"


def _finding(page: Explanation, say: Wording) -> Iterator[str]:
    text, rule = say.text, default_guide().rules[page.code]
    yield f'## <a id="{page.code.lower()}"></a>{page.code}: {page.title}\n'
    yield f"**{text.what}:** {page.what}\n"
    yield f"**{text.why}:** {page.why}\n"
    yield from _texts(page.code, rule, say)
    if page.reference:
        phrase = f", {text.quoted.format(text=page.phrase)}" if page.phrase else ""
        yield f"**{text.passage}:** {page.reference}{phrase}\n"
    if page.source:
        yield f"**{text.other_source}:** {page.source}\n"
    if page.ours:
        yield f"{text.ours}\n"
    yield f"**{text.example}:**\n\n{_quoted(page.example)}\n"
    yield f"**{text.counterexample}:**\n\n{_quoted(page.counterexample)}\n"


def _texts(code: str, rule: RuleEntry, say: Wording) -> Iterator[str]:
    """Every text of a code with its severity and variant; `names` are filled in, [brackets] fall away if unknown."""
    for variant, by_language in messages().findings[code].texts.items():
        severity = say.word("severity", rule.severity_of(variant or None))
        name = f", `{variant}`" if variant else ""
        yield f"- *{severity}*{name}: {_written(by_language[say.lang])}"
    yield ""


def _written(template: Template) -> str:
    """A template as the table writes it."""
    said = ""
    for segment in template:
        inner = "".join(f"`{part}`" if at % 2 else part for at, part in enumerate(segment.parts))
        said += f"[{inner}]" if segment.optional else inner
    return said


def _quoted(label: str) -> str:
    return "\n".join(f"> {line}  " if line else ">" for line in label.splitlines())


def columns() -> str:
    """The flat columns: what each one holds, as a table and as Arrow has it."""
    rows = [(f"`{column.name}`", TYPES[column.type], column.doc) for column in ANSWERS]
    return f"{MADE}# The flat columns\n\n{COLUMNS_NOTE}\n{table(('Column', 'Type', 'What it holds'), rows)}"
