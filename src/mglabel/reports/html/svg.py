"""SVG written as text: elements with escaped attributes and content, nothing else."""

from __future__ import annotations

from html import escape

from mglabel.reports.html.escaping import shown


class Markup(str):
    """Text that is markup already; templates, too, put it in as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        """The markup itself, for templates that escape all that has no such method."""
        return self


def element(name: str, *content: str, **attributes: object) -> Markup:
    """An element; text in it is escaped, attributes that are None are left out, `_` in their names stands for `-`.

    >>> element("text", "a < b", x="5%", font_weight=600, class_=None)
    '<text x="5%" font-weight="600">a &lt; b</text>'
    """
    head = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(shown(str(value)))}"'
        for key, value in attributes.items()
        if value is not None
    )
    inner = "".join(piece if isinstance(piece, Markup) else escape(shown(piece), quote=False) for piece in content)
    return Markup(f"<{name}{head}>{inner}</{name}>" if inner else f"<{name}{head}/>")


def group(*content: str, **attributes: object) -> Markup:
    """A group of elements."""
    return element("g", *content, **attributes)
