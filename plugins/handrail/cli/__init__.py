"""The command line: one table of commands, one module each. A command takes plain values and returns an exit status."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. Status: 0 clean, 1 something blocks, 2 wrong use or settings, 3 a fault of ours, 130 stopped."""
    # What a command makes lives until it ends, so looking for garbage in it only costs: a fifth of every start, and more
    # with every plan. Whatever runs on turns it on again. Frozen, it is not looked through at the end either.
    gc.disable()
    try:
        from handrail.cli.running import run

        return run(list(sys.argv[1:] if argv is None else argv))
    finally:
        gc.freeze()
