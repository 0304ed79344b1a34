#!/usr/bin/env python3
"""How many of the dates that were stored with real plans come out again, per network and in all.

Usage: .venv/bin/python scripts/bench/networks.py [FOLDER]

FOLDER holds files `network-*.json`, by default `../shared/data/cpm` beside the repository. Dates are equal when no working
time lies between them. Every difference is listed; the exit status is 1 when there is one.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from measure import result

from tests.compute.networks import Stored, table
from tests.shared_data import SHARED


def main() -> int:
    """Read, compute, compare, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?", default=SHARED / "cpm")
    folder = parser.parse_args().folder
    networks = [Stored(path) for path in sorted(folder.glob("network-*.json"))]
    if not networks:
        raise SystemExit(f"{folder} holds no network-*.json")
    text, equal, known = table(networks)
    print(text)
    for network in networks:
        for one in network.compare():
            if not one.equal:
                print(
                    f"{network.name}, task {one.task}: {one.figure} is stored as {one.stored}, computed as {one.ours}"
                )
    result(networks=len(networks), figures=sum(known.values()), equal=sum(equal.values()))
    return 0 if equal == known else 1


if __name__ == "__main__":
    sys.exit(main())
