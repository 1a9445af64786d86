"""mglabel reads the label of a magnesium product, says what is in it in elemental magnesium, and grades it.

Every name here is loaded when it is first used, so that `import mglabel` costs almost nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mglabel.analysis.files import analyze_catalogue, analyze_file, analyze_html
    from mglabel.analysis.form_table import FormRow, forms
    from mglabel.analysis.named_compound import elemental
    from mglabel.analysis.pipeline import analyze
    from mglabel.analysis.result import Analysis
    from mglabel.batch.columns import check_columns
    from mglabel.documents.limits import Limits
    from mglabel.tables.guide import Guide
    from mglabel.values.errors import (
        BadQuantity,
        BadTable,
        MglabelError,
        TextTooLong,
        UnknownForm,
        UnknownPurpose,
        UnreadableDocument,
    )

__version__ = "0.1.0"

_HOMES = {
    "analysis.files": ("analyze_catalogue", "analyze_file", "analyze_html"),
    "analysis.form_table": ("FormRow", "forms"),
    "analysis.named_compound": ("elemental",),
    "analysis.pipeline": ("analyze",),
    "analysis.result": ("Analysis",),
    "batch.columns": ("check_columns",),
    "documents.limits": ("Limits",),
    "tables.guide": ("Guide",),
    "values.errors": (
        "BadQuantity",
        "BadTable",
        "MglabelError",
        "TextTooLong",
        "UnknownForm",
        "UnknownPurpose",
        "UnreadableDocument",
    ),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Analysis",
    "BadQuantity",
    "BadTable",
    "FormRow",
    "Guide",
    "Limits",
    "MglabelError",
    "TextTooLong",
    "UnknownForm",
    "UnknownPurpose",
    "UnreadableDocument",
    "__version__",
    "analyze",
    "analyze_catalogue",
    "analyze_file",
    "analyze_html",
    "check_columns",
    "elemental",
    "forms",
]


def __getattr__(name: str) -> Any:
    """Import the module that holds a public name, when the name is first used."""
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    value = getattr(importlib.import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The public names."""
    return list(__all__)
