#!/usr/bin/env python3
"""How long a simulation of a network takes, and whether the same seed gives the same bytes.

Usage: .venv/bin/python scripts/bench/forecast.py [--tasks 250] [--runs 1000] [--rounds 3]
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from handrail.compute.simulation import Link, Spread, Work, simulate
from measure import result


def main() -> int:
    """Make the network, run it, print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--tasks", type=int, default=250)
    parser.add_argument("--runs", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    works, links = network(args.tasks)
    simulate(works[:2], [], iterations=2)  # the first call loads NumPy
    took, seen = [], set()
    for _ in range(args.rounds):
        began = time.process_time()
        found = simulate(works, links, iterations=args.runs)
        took.append(time.process_time() - began)
        seen.add(repr(found).encode())
    seconds = statistics.median(took)
    same = len(seen) == 1
    print(
        f"{args.runs:,} runs of {args.tasks:,} tasks: {seconds:.3f} s of CPU; {args.rounds} times the same bytes: {same}"
    )
    result(forecast_seconds=seconds, same_bytes=float(same))
    return 0 if same else 1


def network(size: int) -> tuple[list[Work], list[Link]]:
    """Tasks of one to ten days, each after one or two before it."""
    dice = random.Random(size)
    works = []
    for _ in range(size):
        likely = 480 * dice.randrange(1, 11)
        works.append(Work(duration=Spread(low=likely * 3 // 4, likely=likely, high=likely * 2)))
    links = [
        Link(before=before, after=number)
        for number in range(1, size)
        for before in {dice.randrange(max(0, number - 20), number) for _ in range(dice.choice((1, 2)))}
    ]
    return works, links


if __name__ == "__main__":
    raise SystemExit(main())
