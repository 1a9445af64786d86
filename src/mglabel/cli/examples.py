"""The examples and exit statuses that `--help` shows; the tests run every example, and the documentation shows them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Example(NamedTuple):
    """A command line and what it gives."""

    line: str
    gives: str


EXAMPLES: Mapping[str, tuple[Example, ...]] = {
    "check": (
        Example("mglabel check label.txt", "what is in it, how much magnesium, the grade and why"),
        Example("mglabel check --purpose sleep --lang da label.txt", "judged for sleep, in Danish"),
        Example("mglabel check --format json *.txt", "one JSON object a line"),
        Example("mglabel check --format html --out report.html label.pdf", "a page with the label as it was read"),
        Example("cat label.txt | mglabel check -", "from standard input"),
        Example("mglabel check --catalogue range.pdf", "a report for each product of a file"),
        Example("mglabel check --annotate seen.pdf label.pdf", "the evidence drawn on the pages"),
        Example("mglabel check --color always *.txt | less -R", "tables and colour through a pager"),
    ),
    "batch": (
        Example("mglabel batch suppliers/ --out results.jsonl", "a row for each file of a folder and below"),
        Example("mglabel batch suppliers/ products.csv --out results.xlsx", "from files and a table, to a spreadsheet"),
        Example("mglabel batch suppliers/ --out results.jsonl --report overview.html", "and a page of the whole run"),
        Example("mglabel batch products.csv --out results.jsonl --resume", "go on with a run that was stopped"),
    ),
    "overview": (Example("mglabel overview results.jsonl --out overview.html", "the page of a run, made again"),),
    "compare": (
        Example("mglabel compare results.jsonl --purpose sleep", "the best for sleep first"),
        Example("mglabel compare results.jsonl --format html > ranking.html", "the same as a page"),
    ),
    "forms": (Example("mglabel forms --purpose sleep", "what the guide says of each form for sleep"),),
    "elemental": (
        Example('mglabel elemental 500 mg "magnesium citrate nonahydrate"', "one number: the name says which citrate"),
        Example("mglabel elemental 500 mg magnesium citrate", "an interval: it does not"),
        Example("mglabel elemental 10 mmol magnesium chloride", "amounts of substance are of magnesium itself"),
    ),
    "explain": (
        Example("mglabel explain MG201", "what it means, why, and labels with and without it"),
        Example("mglabel explain --lang da", "all codes, in Danish"),
    ),
    "purposes": (Example("mglabel purposes --lang da", "the words for --purpose, with their meaning in Danish"),),
    "schema": (Example("mglabel schema > analysis.schema.json", "to check or generate code from"),),
    "completion": (
        Example("mglabel completion bash > ~/.local/share/bash-completion/completions/mglabel", "for every new shell"),
        Example("mglabel completion zsh > ~/.zfunc/_mglabel", "with fpath+=~/.zfunc before compinit in ~/.zshrc"),
        Example("mglabel completion fish > ~/.config/fish/completions/mglabel.fish", "at once"),
    ),
}

OBJECTED = "0 nothing to object to, 1 findings as severe as --fail-on, 2 something could not be read"
STATUSES: Mapping[str, str] = {
    "check": OBJECTED,
    "batch": f"{OBJECTED}, 130 stopped before its end",
    "compare": "0 all lines were read, 2 something could not be read",
}
NOTICE = "This is information, not medical advice."


def closing(command: str) -> str:
    """What stands below the help of a command.

    >>> print(closing("forms"))
    examples:
      mglabel forms --purpose sleep
          what the guide says of each form for sleep
    """
    told = ["examples:", *_told(EXAMPLES[command])]
    if command in STATUSES:
        told += ["", "exit status:", *(f"  {status}" for status in STATUSES[command].split(", "))]
    return "\n".join(told)


def closing_of_all() -> str:
    """What stands below the help of the whole: an example a command."""
    first = [examples[0] for examples in EXAMPLES.values()]
    return "\n".join(("examples:", *_told(first), "", "mglabel COMMAND --help tells more.", NOTICE))


def _told(examples: tuple[Example, ...] | list[Example]) -> list[str]:
    return [line for example in examples for line in (f"  {example.line}", f"      {example.gives}")]
