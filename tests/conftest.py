"""What all tests share: no wish for colour from outside, no deadline for hypothesis on a slow machine, and
a run for one language.

`python -m pytest --language is`: only what speaks of one language, its tables, labels and rendered facts.

A test speaks of it by its parameter `language`, or by a label that lies in the language's folder of fixtures; the tests
of the language tables are run whole, since they compare tables with each other.
"""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import settings

# No test watches the clock: on a swamped machine any example may take its time.
settings.register_profile("calm", deadline=None)
settings.load_profile("calm")

# A shell lets what it starts in the background ignore interrupts, and so would the programs that the tests interrupt.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    with suppress(ValueError):  # not in the main thread
        signal.signal(signal.SIGINT, signal.default_int_handler)

for name in ("FORCE_COLOR", "NO_COLOR"):
    os.environ.pop(name, None)

WHOLE = "test_language_tables"
FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option."""
    parser.addoption("--language", help="run only the tests that speak of this language, such as is")


def pytest_configure(config: pytest.Config) -> None:
    """Refuse a language that no test can speak of."""
    language = config.getoption("--language")
    if language is not None and not (FIXTURES / language / "words.toml").exists():
        raise pytest.UsageError(f"there is no fixtures/{language}/words.toml: see CONTRIBUTING.md")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what speaks of other languages or of none."""
    language = config.getoption("--language")
    if language is None:
        return
    chosen = [item for item in items if _speaks(item, language)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(chosen)])
    items[:] = chosen


def _speaks(item: pytest.Item, language: str) -> bool:
    """Whether a test is about the language, or about all tables of languages."""
    params = item.callspec.params if isinstance(item, pytest.Function) and hasattr(item, "callspec") else {}
    if "language" in params:
        return bool(params["language"] == language)
    if any(isinstance(value, Path) and value.parent.name == language for value in params.values()):
        return True
    return not params and item.path.stem == WHOLE
