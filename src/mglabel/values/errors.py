"""The error family: every failure a caller can meet, each saying what was wrong and what to do.

All derive from `MglabelError`, which is a `ValueError`.
"""

from __future__ import annotations


class MglabelError(ValueError):
    """Base of every error that mglabel raises on purpose."""


class UnreadableDocument(MglabelError):
    """The input cannot be read as a label; `reason` is one of the stable reason words."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason

    def __reduce__(self) -> tuple[object, ...]:
        """Both arguments, since errors cross from one process to another."""
        return type(self), (self.reason, str(self)), self.__dict__


class TextTooLong(MglabelError):
    """The text is longer than the limit; raise the limit or split the text."""


class UnknownPurpose(MglabelError):
    """The purpose asked for is not one of the guide's purposes."""


class UnknownForm(MglabelError):
    """The name given to the calculator is no magnesium compound that the tables know."""


class BadQuantity(MglabelError):
    """A quantity given by the caller is not a positive amount of mass or substance."""


class BadTable(MglabelError):
    """A data table is malformed; the message lists every fault found in it."""
