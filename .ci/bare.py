"""An installation without extras reads texts, pages and PDFs, and says of all else which extra it needs.

Run with the Python of such an installation, in the project's folder, before any extra is installed.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

import mglabel.arrow
from mglabel.values.errors import UnreadableDocument

FIXTURES = Path("fixtures")
SHOP = FIXTURES / "batch" / "shopify.csv"


def refused(source: str | bytes) -> str:
    """What is said of a file that needs an extra."""
    try:
        mglabel.analyze_file(source)
    except UnreadableDocument as error:
        return str(error)
    sys.exit(f"{source!r} was read without its extra")


def batch(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """The command for tables, as a process of its own."""
    command = [sys.executable, "-m", "mglabel", "batch", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def main() -> None:
    """Check everything; an assertion tells what is wrong."""
    installed = [name for name in ("pyarrow", "openpyxl", "rapidocr", "numpy", "pytest") if find_spec(name)]
    assert not installed, f"this installation is not bare: {installed}"
    assert str(mglabel.analyze_file("examples/labels/citrate-da.txt").grade) == "A"
    for name, kind in (("html/da-div-grid.html", "html"), ("pdf/table-ruled-fi.pdf", "pdf")):
        analysis = mglabel.analyze_file(FIXTURES / name)
        assert (analysis.kind, analysis.declares_magnesium) == (kind, True), name
        assert analysis.to_html().startswith("<!doctype html>")
    assert mglabel.elemental("500 mg", "magnesium oxide").high.units == "milligram"
    for source in (str(FIXTURES / "pdf" / "scan-image-only-de.pdf"), b"\x89PNG\r\n\x1a\n" + bytes(50)):
        assert "pip install mglabel[ocr]" in refused(source), source[:40]
    try:
        mglabel.arrow.schema()
    except mglabel.MglabelError as error:
        assert "pip install 'mglabel[arrow]'" in str(error)
    with tempfile.TemporaryDirectory() as folder:
        sheet, parquet = Path(folder) / "labels.xlsx", Path(folder) / "labels.parquet"
        sheet.write_bytes(b"PK\x03\x04")
        parquet.write_bytes(b"PAR1")
        for arguments in ((sheet, "--out", "x.csv"), (parquet, "--out", "x.csv"), (SHOP, "--out", parquet)):
            done = batch(*arguments)
            assert "pip install 'mglabel[batch]'" in done.stderr, done
            assert "Traceback" not in done.stderr, done
        done = batch(SHOP, "--out", Path(folder) / "labels.csv")
        assert "Labels" in done.stdout, done
    print("without extras: text, HTML and PDF are read; pictures, Excel and Parquet name the extra they need")


if __name__ == "__main__":
    main()
