"""Cells of tables that people open in a spreadsheet: none of them starts a formula there."""

from __future__ import annotations

import re

_PLAIN_NUMBER = re.compile(r"[-+]?\d{1,30}(?:[.,]\d{1,30})?\Z", re.ASCII)
_STARTS_FORMULA = r"(?=[=+\-@\t\r\uff1d\uff0b\uff0d\uff20])"
# A spreadsheet that takes semicolons for separators sees a cell begin behind one, whatever the quotes say.
_FORMULA = re.compile(rf"(\A[\"'\s]*|[;\t\r\n][\"'\s]?){_STARTS_FORMULA}")


def disarmed(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe stands before what could begin one.

    >>> disarmed("@SUM(A1)"), disarmed("  =1+1"), disarmed("-12,5"), disarmed("mg-label")
    ("'@SUM(A1)", "  '=1+1", '-12,5', 'mg-label')
    """
    return text if _PLAIN_NUMBER.match(text) else _FORMULA.sub(r"\1'", text)
