#!/usr/bin/env python3
"""How long `handrail check` takes on many plans, beside check-jsonschema's schema-only run on the same files.

Usage: .venv/bin/python scripts/bench/check.py [--plans 1000] [--rounds 3] [--scale 5]

Handrail reads the shipped standards, judges every plan by schema, names and rules, and gives places; check-jsonschema
holds the same files against the same JSON Schema and does nothing else. "Beyond start" leaves out what a run on one plan
takes. `--scale 5` also runs Handrail on five times as many plans: linear means that a plan costs the same.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from measure import alternately, handrail, measured, median_cpu, peak, result
from plans import make_repository


def main() -> int:
    """Make the plans, run both, print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--plans", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--scale", type=int, default=5)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        many, one, more = folder / "many", folder / "one", folder / "more"
        make_repository(many, args.plans)
        make_repository(one, 1)
        subprocess.run([*handrail(), "schema", str(folder / "schemas")], check=True, stdout=subprocess.DEVNULL)
        files = [str(path) for path in sorted((many / "projects").glob("*/project.yaml"))]
        ours = [*handrail(), "check", "--root", str(many), "--format", "json"]
        first = [*handrail(), "check", "--root", str(one), "--format", "json"]
        peer = [str(Path(sys.executable).parent / "check-jsonschema"), "--schemafile",
                str(folder / "schemas" / "project.schema.json"), *files]  # fmt: skip
        measured(first)  # the first run compiles Python's caches
        runs, starts, peers = alternately([ours, first, peer], args.rounds)
        _clean(runs[0].status, peers[0].status)
        cpu, start, theirs = median_cpu(runs), median_cpu(starts), median_cpu(peers)
        per_thousand = (cpu - start) / args.plans * 1000
        print(f"{args.plans} plans, median of {args.rounds} rounds, CPU seconds of the whole process:")
        print(
            f"  handrail check      {cpu:8.2f} s  {peak(runs):6.0f} MB  (start {start:.3f} s; {per_thousand:.2f} s per 1,000 beyond)"
        )
        print(f"  check-jsonschema    {theirs:8.2f} s  {peak(peers):6.0f} MB  (schema only)")
        print(f"  ratio               {theirs / cpu:8.1f} times fewer CPU seconds")
        figures = {"cpu": cpu, "start": start, "per_1000": per_thousand, "peer_cpu": theirs, "ratio": theirs / cpu}
        if args.scale > 1:
            make_repository(more, args.plans * args.scale)
            large = [
                measured([*handrail(), "check", "--root", str(more), "--format", "json"]) for _ in range(args.rounds)
            ]
            each = (median_cpu(large) - start) / (args.plans * args.scale) * 1000
            print(
                f"  {args.plans * args.scale} plans         {median_cpu(large):8.2f} s  {peak(large):6.0f} MB  ({each:.2f} s per 1,000 beyond)"
            )
            print(f"  growth per plan     {each / per_thousand:8.3f} (1 is linear)")
            figures |= {"large_per_1000": each, "growth": each / per_thousand}
        result(**figures)
    return 0


def _clean(ours: int, theirs: int) -> None:
    """A bench of plans that do not pass would measure something else."""
    if ours not in {0, 1} or theirs != 0:
        raise SystemExit(f"the runs did not go through: handrail {ours}, check-jsonschema {theirs}")


if __name__ == "__main__":
    sys.exit(main())
