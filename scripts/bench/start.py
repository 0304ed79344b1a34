#!/usr/bin/env python3
"""How long a hook waits: `handrail check` on one small project, above the bare interpreter's own start.

Usage: .venv/bin/python scripts/bench/start.py [--rounds 15]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from measure import alternately, handrail, measured, median_cpu, result
from plans import make_small


def main() -> int:
    """Make one small project, run both in turn, print the difference."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=15)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary) / "repository"
        make_small(root)
        ours, bare = [*handrail(), "check", "--root", str(root)], [sys.executable, "-c", "pass"]
        measured(ours)  # the first run compiles Python's caches and remembers what is sound
        checks, colds, starts = alternately([ours, [*ours, "--no-cache"], bare], args.rounds)
    check, cold, start = (median_cpu(runs) * 1000 for runs in (checks, colds, starts))
    print(f"handrail check on one small project: {check:.0f} ms CPU")
    print(f"the same with --no-cache:            {cold:.0f} ms CPU")
    print(f"bare interpreter:                    {start:.0f} ms CPU")
    print(f"above it:                            {check - start:.0f} ms CPU (median of {args.rounds} rounds)")
    result(check_ms=check, cold_ms=cold, bare_ms=start, above_ms=check - start, cold_above_ms=cold - start)
    return 0


if __name__ == "__main__":
    sys.exit(main())
