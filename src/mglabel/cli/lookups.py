"""The commands that look something up: forms, purposes, elemental, explain and schema."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence

from mglabel.cli.streams import write, write_json
from mglabel.values.errors import BadQuantity

_LETTER = re.compile(r"[^\W\d_]")


def forms(args: argparse.Namespace) -> int:
    """Print the guide's form table for a purpose."""
    from mglabel.analysis.form_table import forms as rows
    from mglabel.reports.tables import forms_page
    from mglabel.tables.guide import Guide

    write(forms_page(rows(args.purpose, Guide.load(args.guide)), args.lang))
    return 0


def purposes(args: argparse.Namespace) -> int:
    """Print the purposes that the guide knows."""
    from mglabel.reports.tables import purposes_page
    from mglabel.tables.guide import Guide

    write(purposes_page(Guide.load(args.guide).purposes, args.lang))
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
    from mglabel.reports.tables import codes_page, explanation_page
    from mglabel.tables.guide import Guide
    from mglabel.tables.messages import codes, explanation

    if args.code is None:
        write(codes_page(codes(), args.lang))
    else:
        page = explanation(args.code.upper(), args.lang, Guide.load(args.guide))
        write(explanation_page(page, args.lang))
    return 0


def schema(_args: argparse.Namespace) -> int:
    """Print the JSON Schema of the JSON form."""
    import json

    from mglabel.analysis.wire import schema as generated

    write_json(json.dumps(generated(), indent=2, ensure_ascii=False))
    return 0
