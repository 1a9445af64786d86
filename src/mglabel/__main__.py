"""`python -m mglabel`: the command line."""

from __future__ import annotations

import sys

from mglabel.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
