"""The door for Arrow: record batches in, record batches out. `pip install 'mglabel[arrow]'` brings pyarrow.

`import mglabel.arrow` itself imports nothing heavy; pyarrow is imported when a function is called.
"""

from __future__ import annotations

from mglabel.batch.arrow import check_batches, schema

__all__ = ["check_batches", "schema"]
