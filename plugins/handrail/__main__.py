"""`python -m handrail`: the same as the command `handrail`, where its script is not on the path."""

from __future__ import annotations

import sys

from handrail.cli import main

if __name__ == "__main__":
    sys.exit(main())
