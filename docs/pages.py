"""The pages that are made from the tables: every finding code, every form and every compound."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import mglabel
from mglabel.analysis.form_table import FormRow
from mglabel.batch.columns import ANSWERS
from mglabel.reports.wording import Wording, wording
from mglabel.tables import chemistry, language
from mglabel.tables.guide import RuleEntry, default_guide
from mglabel.tables.messages import Explanation, Template, codes, explanation, messages

MADE = "<!-- Made from the tables by `python docs/build.py`; change the tables, not this page. -->\n"
PRAISED = ("ideal", "suitable")
TYPES = {str: "text", float: "number (double)", bool: "true or false", int: "whole number"}
COLUMNS_NOTE = """\
`mglabel.check_columns`, `mglabel.arrow.check_batches` and the rows of `mglabel batch` all have these columns, with
these names and types, in this order. A name never changes its meaning; columns may be added. Every cell may be null:
what is not known is null, never 0. Several values in one cell are joined by commas, without spaces. Forms are ids
such as `citrate` ([the list](forms.md)). All other detail is in [the JSON form](json.md) of the analysis.
"""
LANGUAGES_NOTE = """\
Labels may mix them, and what all of them share (symbols, formulas, units) is read in any language. A phrase with a star
stands for many words, and names of compounds are composed, so that the counts say little of how much is read. How a
language is added: [CONTRIBUTING.md](../CONTRIBUTING.md).
"""


def languages() -> str:
    """The languages that labels are read in."""
    read = sorted((t for t in language.tables() if t.decimal), key=lambda table: table.name)
    rows = [(table.name, f"`{table.language}`", table.decimal or "", f"{len(table.entries):,}") for table in read]
    head = ("Language", "Code", "Decimal mark", "Phrases")
    return f"{MADE}# The languages of labels\n\n{LANGUAGES_NOTE}\n{_table(head, rows)}"


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


def forms() -> str:
    """The forms with the guide's verdicts, then the compounds behind them."""
    say = wording("en")
    judged = {purpose: {row.form: row for row in mglabel.forms(purpose)} for purpose in default_guide().purposes}
    rows = [_form(row, judged, say) for row in mglabel.forms()]
    compounds = [_compound(compound) for compound in chemistry.compounds().values()]
    head = ("Form", "Name", "Class", "Mg %", "EU supplements", "Everyday use", "Ideal for", "Suitable for", "Guide")
    return (
        f"{MADE}# Forms of magnesium\n\n{say.text.forms_note}\n\n{_table(head, rows)}\n"
        "## Compounds\n\nOne form can be several compounds. Source `formula`: the share is computed from it.\n\n"
        f"{_table(('Compound', 'Form', 'Formula', 'Mg %', 'Kind', 'Source'), compounds)}\n{say.text.closing}\n"
    )


def _form(row: FormRow, judged: dict[str, dict[str, FormRow]], say: Wording) -> tuple[str, ...]:
    """One form: what it is, and for which purposes the guide speaks well of it."""
    good = [_purposes(row.form, verdict, judged, say) for verdict in PRAISED]
    share = "" if row.fraction is None else _percent(row.fraction.low, row.fraction.high)
    status = say.word("eu_status", row.eu_status)
    lines = " ".join(row.lines)
    lines = lines if row.named or not lines else f"({lines})"
    verdict = say.spanned(row.verdict, "verdict")
    return f"`{row.form}`", row.name_en, row.form_class, share, status, verdict, *good, lines


def _purposes(form: str, verdict: str, judged: dict[str, dict[str, FormRow]], say: Wording) -> str:
    """The purposes for which a form has a verdict."""
    return ", ".join(say.word("purpose", p) for p, rows in judged.items() if rows[form].verdicts == (verdict,))


def _compound(compound: chemistry.Compound) -> tuple[str, ...]:
    share = _percent(compound.fraction_low, compound.fraction_high)
    return compound.name_en, f"`{compound.form}`", compound.formula or "", share, compound.kind, compound.source


def columns() -> str:
    """The flat columns: what each one holds, as a table and as Arrow has it."""
    rows = [(f"`{column.name}`", TYPES[column.type], column.doc) for column in ANSWERS]
    return f"{MADE}# The flat columns\n\n{COLUMNS_NOTE}\n{_table(('Column', 'Type', 'What it holds'), rows)}"


def _percent(low: Decimal, high: Decimal) -> str:
    ends = [f"{round(end * 100, 1).normalize():f}" for end in (low, high)]
    return ends[0] if low == high else " to ".join(ends)


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |\n" for line in lines)
