"""The templates: escaped always, strict about names, with the words of one language."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from mglabel.reports.html.escaping import shown
from mglabel.reports.html.svg import Markup

if TYPE_CHECKING:
    from jinja2 import Environment

_FOLDER = ("data", "html")
_PIECES = 500


def rendered(name: str, **values: Any) -> str:
    """A template with its values. Every text in them is escaped, and freed of what a page cannot hold.

    >>> from types import SimpleNamespace
    >>> letter = SimpleNamespace(said="<b>", purpose="", short="", scale=(), given=())
    >>> rendered("letter.html", letter=letter)[:51]
    '<div class="grade" role="img" aria-label="&lt;b&gt;'
    """
    return _environment().get_template(name).render(**values)


def streamed(name: str, **values: Any) -> Iterator[str]:
    """The same in pieces, for pages too long to be held."""
    stream = _environment().get_template(name).stream(**values)
    stream.enable_buffering(_PIECES)
    return stream


@cache
def _environment() -> Environment:
    """The environment, made when the first page is: importing it costs more than reading a label."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    environment = Environment(
        loader=FunctionLoader(source),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_fit,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals["style"] = Markup(source("page.css"))
    return environment


def source(name: str) -> str:
    """The text of a file beside the templates."""
    return resources.files("mglabel").joinpath(*_FOLDER, name).read_text(encoding="utf-8")


def _fit(value: Any) -> Any:
    """What a template puts in: markup of our own as it is, any other text fit for a page."""
    return shown(value) if isinstance(value, str) and not hasattr(value, "__html__") else value
