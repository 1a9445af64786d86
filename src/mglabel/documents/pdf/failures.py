"""What can go wrong in a PDF, told as a typed error with one of the stable reasons.

pdfplumber wraps what pdfminer raises and lets some of it through unwrapped; which it was is asked of the cause.
"""

from __future__ import annotations

from mglabel.values.errors import UnreadableDocument


def failure(error: Exception, password: str | None) -> UnreadableDocument:
    """The typed error for what was raised while opening a file."""
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect

    cause = cause_of(error)
    if isinstance(cause, PDFPasswordIncorrect):
        text = "the password does not open it" if password else "it is locked: give its password"
        return UnreadableDocument("password", f"the PDF needs a password; {text}")
    if isinstance(cause, PDFEncryptionError):
        return UnreadableDocument(
            "unsupported-encryption", f"the PDF is encrypted in a way that cannot be read ({cause}); save it without"
        )
    if isinstance(cause, MemoryError):
        return UnreadableDocument("memory", "the PDF needs more memory than the limit; raise memory_bytes")
    return UnreadableDocument("damaged", f"the PDF is damaged ({type(cause).__name__}); ask for the file again")


def cause_of(error: BaseException) -> BaseException:
    """What pdfplumber has wrapped, else the error itself."""
    inner = error.args[0] if error.args else None
    return inner if isinstance(inner, BaseException) else error
