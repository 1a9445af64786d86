"""The commands that look something up: forms, purposes, elemental, explain and schema."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from mglabel.cli.streams import write, write_json
from mglabel.cli.terminal import terminal
from mglabel.values.errors import BadQuantity

if TYPE_CHECKING:
    from mglabel.tables.guide import Guide

_LETTER = re.compile(r"[^\W\d_]")


def forms(args: argparse.Namespace) -> int:
    """Print the guide's form table for a purpose."""
    from mglabel.analysis.form_table import forms as rows
    from mglabel.reports.tables import forms_page
    from mglabel.tables.guide import Guide

    guide = Guide.load(args.guide)
    table = rows(args.purpose, guide)
    if screen := terminal(args.color):
        from mglabel.reports.screen import tables

        write(tables.forms_page(table, guide, screen, args.lang))
    else:
        write(forms_page(table, args.lang))
    return 0


def purposes(args: argparse.Namespace) -> int:
    """Print the purposes that the guide knows."""
    from mglabel.reports.tables import purposes_page
    from mglabel.tables.guide import Guide

    known = Guide.load(args.guide).purposes
    if screen := terminal(args.color):
        from mglabel.reports.screen import tables

        write(tables.purposes_page(known, screen, args.lang))
    else:
        write(purposes_page(known, args.lang))
    return 0


def elemental(args: argparse.Namespace) -> int:
    """Print how much magnesium is in an amount of a compound."""
    from mglabel.analysis.named_compound import elemental as calculated
    from mglabel.reports.tables import elemental_line

    write(elemental_line(calculated(*amount_and_name(args.words)), args.lang))
    return 0


def amount_and_name(words: Sequence[str]) -> tuple[str, str]:
    """The amount, in one word or two, and the name of the compound, in the words that are left.

    >>> amount_and_name(["500", "mg", "magnesium citrate"]), amount_and_name(["1,5g", "magnesium", "oxide"])
    (('500 mg', 'magnesium citrate'), ('1,5g', 'magnesium oxide'))
    """
    taken = 1 if words and _LETTER.search(words[0]) else 2
    amount, name = " ".join(words[:taken]), " ".join(words[taken:])
    if not name:
        raise BadQuantity("give an amount with its unit and then a compound, such as: 500 mg magnesium citrate")
    return amount, name


def explain(args: argparse.Namespace) -> int:
    """Print the page of a finding code, or all codes where none is given."""
    from mglabel.tables.guide import Guide

    guide = Guide.load(args.guide)
    write(_codes(guide, args) if args.code is None else _page(args.code.upper(), guide, args))
    return 0


def _codes(guide: Guide, args: argparse.Namespace) -> str:
    from mglabel.reports.tables import codes_page
    from mglabel.tables.messages import codes

    if screen := terminal(args.color):
        from mglabel.reports.screen import tables

        return tables.codes_page(codes(), guide, screen, args.lang)
    return codes_page(codes(), args.lang)


def _page(code: str, guide: Guide, args: argparse.Namespace) -> str:
    from mglabel.reports.tables import explanation_page
    from mglabel.tables.messages import explanation

    page = explanation(code, args.lang, guide)
    if screen := terminal(args.color):
        from mglabel.reports.screen import tables

        return tables.explanation_page(page, screen, args.lang)
    return explanation_page(page, args.lang)


def schema(_args: argparse.Namespace) -> int:
    """Print the JSON Schema of the JSON form."""
    import json

    from mglabel.analysis.wire import schema as generated

    write_json(json.dumps(generated(), indent=2, ensure_ascii=False))
    return 0
