#!/usr/bin/env python3
"""What the gate costs on many plans: a pull request that touches five of them, with a warm memory and with none.

Usage: .venv/bin/python scripts/bench/gate.py [--plans 10000] [--rounds 3]

Warm: the memory in Git's folder is there. Cold: `--no-cache`, so that whatever looks across projects reads all of them.
"Beyond start" leaves out what judging a change without plans or law takes, which is the start of the program and of Git.
CPU seconds of the whole process and of the Git processes that it starts; memory of the largest of them.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from measure import alternately, handrail, measured, median_cpu, peak, result
from plans import make_repository

TOUCHED = 5
_GROUP = 10


def main() -> int:
    """Make the repository, judge its pull request warm and cold, print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--plans", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "plans"
        make_repository(folder, args.plans)
        relate(folder, args.plans)
        prepare(folder, args.plans)
        gate = [*handrail(), "check", "--format", "json", "--base", "main", "--head"]
        cold, warm, start, disk = [*gate, "five", "--no-cache"], [*gate, "five"], [*gate, "nothing"], gate[:-1]
        _went_through(measured(warm, folder).status)  # makes the memory
        runs, starts, disks = alternately([warm, start, disk], args.rounds, folder)
        colds = [measured(cold, folder) for _ in range(max(1, args.rounds // 2))]
        beyond, cold_cpu = median_cpu(runs) - median_cpu(starts), median_cpu(colds)
        on_disk = median_cpu(disks) - median_cpu(starts)
        print(f"{args.plans} plans, {TOUCHED} of them touched, median of {args.rounds} rounds, CPU seconds:")
        print(f"  start               {median_cpu(starts):8.3f} s")
        print(f"  warm, beyond start  {beyond:8.3f} s  {peak(runs):6.0f} MB")
        print(f"  warm, work tree     {on_disk:8.3f} s  {peak(disks):6.0f} MB  (looks at every file for changes)")
        print(f"  cold, whole process {cold_cpu:8.3f} s  {peak(colds):6.0f} MB")
        result(
            start=median_cpu(starts), warm=beyond, work_tree=on_disk, cold=cold_cpu, warm_mb=peak(runs), cold_mb=peak(colds)
        )  # fmt: skip
    return 0


def relate(folder: Path, count: int) -> None:
    """Plans share people, and in groups of ten each needs something of the next: rules look across."""
    for number in range(count):
        file = folder / "projects" / f"plan-{number:05}" / "project.yaml"
        lines = [f"team: {{{('l.petit', 'j.okafor', 's.lambert')[number % 3]}: 1%}}"]
        if number % _GROUP < _GROUP - 1 and number + 1 < count:
            lines += [
                "depends_on:",
                f"- {{project: plan-{number + 1:05}, what: D4, needed_by: 2027-12-01, agreed: yes}}",
            ]
        if number % _GROUP:
            lines += ["provides:", f"- {{project: plan-{number - 1:05}, what: D4, by: 2027-12-01}}"]
        file.write_text(file.read_text(encoding="utf-8") + "\n".join(lines) + "\n", encoding="utf-8")


def prepare(folder: Path, count: int) -> None:
    """Commit everything, then a branch that touches five plans and one that touches none."""
    _git(folder, "init", "-q", "-b", "main")
    _git(folder, "add", "-A")
    _git(folder, "commit", "-q", "-m", "All plans")
    _git(folder, "switch", "-q", "-c", "nothing")
    (folder / "README.md").write_text("Plans\n", encoding="utf-8")
    _git(folder, "add", "-A")
    _git(folder, "commit", "-q", "-m", "A word")
    _git(folder, "switch", "-q", "-c", "five", "main")
    for number in range(TOUCHED):
        file = folder / "projects" / f"plan-{number * max(1, count // TOUCHED):05}" / "project.yaml"
        text = file.read_text(encoding="utf-8")
        if "probability: 4" not in text:
            raise SystemExit("the made-up plan has no such risk")
        text = text.replace("probability: 4", "probability: 2", 1)
        # a later day concerns whoever waits for this plan, so that its neighbours must be found and read
        file.write_text(re.sub(r"(forecast: 20\d\d-\d\d-)\d\d", r"\g<1>27", text, count=1), encoding="utf-8")
    _git(folder, "add", "-A")
    _git(folder, "commit", "-q", "-m", "Five plans")


def _git(folder: Path, *words: str) -> None:
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    identity = ("-c", "user.name=Bench", "-c", "user.email=bench@example.org", "-c", "gc.auto=0")
    subprocess.run(["git", *identity, *words], cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL)


def _went_through(status: int) -> None:
    """A bench of a gate that does not work would measure something else."""
    if status not in {0, 1}:
        raise SystemExit(f"the gate did not go through: {status}")


if __name__ == "__main__":
    sys.exit(main())
