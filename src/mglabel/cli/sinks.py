"""Where the reports of `mglabel check` go, by their format: to standard output, into one file, or into a folder."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

from mglabel.analysis.result import Analysis
from mglabel.cli.outputs import Names, write_whole
from mglabel.cli.streams import write, write_json
from mglabel.cli.terminal import terminal
from mglabel.documents.limits import Limits
from mglabel.reports.machine.checked import CheckedFile
from mglabel.reports.screen.size import Screen
from mglabel.values.errors import MglabelError

Said = Callable[[CheckedFile, bool], Iterator[str]]
"""Gives the texts of one file; the second argument tells whether something stands before them."""


class Sink(Protocol):
    """Takes one file after another and is closed after the last."""

    def take(self, file: CheckedFile, data: bytes, limits: Limits) -> None:
        """Report on one file, whose bytes were these."""

    def close(self) -> None:
        """Write what could not be written before."""


def sink_for(args: argparse.Namespace) -> Sink:
    """The sink that the options ask for."""
    out = Path(args.out) if args.out else None
    if args.format == "html":
        several = args.catalogue or len(args.files) > 1
        if several and out is None:
            raise MglabelError("several reports in HTML need a folder: name one with --out")
        is_folder = several or (args.out and (args.out.endswith(("/", os.sep)) or Path(args.out).is_dir()))
        return _Folder(out, args) if out is not None and is_folder else _OnePage(out, args)
    if args.format == "sarif":
        return _Log(out, args.lang)
    if args.format == "text" and out is None and (screen := terminal(args.color)):
        return _Shown(screen, args.lang)
    said = {"text": _texts, "json": _objects, "jsonld": _linked, "github": _commands}[args.format]
    return _Stream(said(args.lang), out, as_json=args.format != "text")


class _Stream:
    """Text as it comes, or all of it in one file at the end."""

    def __init__(self, said: Said, out: Path | None, as_json: bool) -> None:
        self._said, self._out, self._as_json = said, out, as_json
        self._held: list[str] = []
        self._follows = False

    def take(self, file: CheckedFile, data: bytes, limits: Limits) -> None:
        for text in self._said(file, self._follows):
            self._follows = True
            if self._out is not None:
                self._held.append(f"{text}\n" if self._as_json else text)
            elif self._as_json:
                write_json(text)
            else:
                write(text)

    def close(self) -> None:
        if self._out is not None:
            write_whole(self._out, "".join(self._held).encode("utf-8", "replace"))


def _texts(lang: str) -> Said:
    from mglabel.reports.plain import report

    def said(file: CheckedFile, follows: bool) -> Iterator[str]:
        for nth, analysis in enumerate(file.analyses):
            yield ("\n" if follows or nth else "") + report(analysis, lang)

    return said


class _Shown:
    """Reports on a terminal as they come, and all of them at a glance at the end."""

    def __init__(self, screen: Screen, lang: str) -> None:
        self._screen, self._lang = screen, lang
        self._seen: list[Analysis] = []

    def take(self, file: CheckedFile, data: bytes, limits: Limits) -> None:
        from mglabel.reports.screen.label import report

        for analysis in file.analyses:
            write(("\n" if self._seen else "") + report(analysis, self._screen, self._lang))
            self._seen.append(analysis)

    def close(self) -> None:
        from mglabel.reports.screen.overview import overview

        if len(self._seen) > 1:
            write(overview(self._seen, self._screen, self._lang))


def _objects(lang: str) -> Said:
    return lambda file, _: (analysis.to_json(lang) for analysis in file.analyses)


def _linked(lang: str) -> Said:
    from mglabel.reports.machine.jsonld import as_json

    return lambda file, _: (as_json(analysis.to_jsonld(lang), None) for analysis in file.analyses)


def _commands(lang: str) -> Said:
    from mglabel.reports.machine.annotations import workflow_commands

    return lambda file, _: workflow_commands(file, lang)


class _Log:
    """One log over all files, written at the end."""

    def __init__(self, out: Path | None, lang: str) -> None:
        self._out, self._lang = out, lang
        self._files: list[CheckedFile] = []

    def take(self, file: CheckedFile, data: bytes, limits: Limits) -> None:
        self._files.append(file)

    def close(self) -> None:
        import json

        from mglabel.reports.machine.sarif import sarif

        text = json.dumps(sarif(self._files, self._lang), ensure_ascii=False, indent=1)
        if self._out is None:
            write_json(text)
        else:
            write_whole(self._out, f"{text}\n".encode("utf-8", "replace"))


class _OnePage:
    """One report as a page, to standard output or into a file."""

    def __init__(self, out: Path | None, args: argparse.Namespace) -> None:
        self._out, self._lang, self._password = out, args.lang, args.password

    def take(self, file: CheckedFile, data: bytes, limits: Limits) -> None:
        for page in _pages(file, data, limits, self._lang, self._password):
            if self._out is None:
                write_json(page)
            else:
                write_whole(self._out, page.encode())

    def close(self) -> None: ...


class _Folder:
    """Every report as a page of its own in a folder."""

    def __init__(self, out: Path, args: argparse.Namespace) -> None:
        self._out, self._lang, self._password = out, args.lang, args.password
        self._names = Names(".html")

    def take(self, file: CheckedFile, data: bytes, limits: Limits) -> None:
        for page in _pages(file, data, limits, self._lang, self._password):
            self._out.mkdir(parents=True, exist_ok=True)
            write_whole(self._out / self._names.after(file.path), page.encode())

    def close(self) -> None: ...


def _pages(file: CheckedFile, data: bytes, limits: Limits, lang: str, password: str | None) -> Iterator[str]:
    """The reports of one file, the pages of a PDF in them."""
    from mglabel.reports.html.page import report_page

    return (report_page(analysis, lang, data, password, limits) for analysis in file.analyses)
