"""The one place where pint's registry of units comes from, safe for threads from its first use on.

pint is imported when a quantity is first asked for, and its registry reads its units when it is first used; two threads
that do so at once would break it.
"""

from __future__ import annotations

from functools import lru_cache
from threading import Lock
from typing import Any

_FIRST_USE = Lock()


def application_registry() -> Any:
    """The application registry of pint: quantities that mglabel gives out belong to it.

    >>> str(application_registry().milligram)
    'milligram'
    """
    import pint

    registry = pint.get_application_registry()  # type: ignore[no-untyped-call]
    _make_ready(registry.get())
    return registry


@lru_cache(maxsize=4)
def _make_ready(registry: Any) -> None:
    """Have a registry read its units, once; whoever comes meanwhile waits."""
    with _FIRST_USE:
        registry.get_name("milligram")
