#!/usr/bin/env python3
"""How long both passes over a network take, with calendars to the minute, at 1,000, 10,000 and 100,000 tasks.

Usage: .venv/bin/python scripts/bench/schedule.py [--sizes 1000 10000 100000] [--rounds 3]

In the same run: networkx's longest path on the same graph, without any calendar, when networkx is installed (it is needed
for nothing else), and TaskJuggler on 1,000 of the tasks, when `tj3` is. Ours gives early and late dates, float, the
critical path and drivers; a longest path gives one length. CPU seconds; for TaskJuggler those of the whole process.
"""

from __future__ import annotations

import argparse
import gc
import importlib.util
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))
from handrail.compute.calendar import OFFICE, WorkCalendar, instant
from handrail.compute.duration import Lag
from handrail.compute.jobs import Job, Settings, Tie
from handrail.compute.network import compute
from measure import measured, result

START = date(2026, 1, 5)
REACH = 60  # a task follows one of so many before it
PEER_SIZE = 1000


def main() -> int:
    """Make the networks, run everything, print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    figures: dict[str, float] = {}
    nx = _networkx()
    print(f"CPU seconds, median of {args.rounds} rounds; every tenth task works at night, holidays for 15 years:")
    for size in args.sizes:
        jobs = network(size)
        ours = _median(compute, (jobs, Settings(start=instant(START))), args.rounds)
        figures[f"tasks_{size}"] = ours
        line = f"  {size:>7,} tasks  handrail {ours:8.4f} s"
        if nx is not None:
            theirs = _median(_longest_path, (nx, jobs), args.rounds)
            figures |= {f"networkx_{size}": theirs, f"ratio_{size}": theirs / ours}
            line += f"   networkx without calendars {theirs:8.4f} s   {theirs / ours:5.2f} times ours"
        print(line)
    if nx is None:
        print("  networkx is not installed: no ratio (pip install networkx)")
    if shutil.which("tj3"):
        with tempfile.TemporaryDirectory() as folder:
            juggled = _taskjuggler(Path(folder), network(PEER_SIZE))
        figures["tj3_1000"] = juggled
        print(f"  {PEER_SIZE:>7,} tasks  TaskJuggler {juggled:6.2f} s, its start included")
    else:
        print("  tj3 is not installed: no comparison with TaskJuggler (apt install tj3)")
    result(**figures)
    return 0


def network(size: int) -> list[Job]:
    """A believable network, the same for the same size: mostly finish-start, some lags, two calendars with holidays."""
    dice = random.Random(size)
    holidays = {date(year, month, day): () for year in range(2026, 2041) for month, day in ((1, 1), (5, 1), (12, 25))}
    day = WorkCalendar([OFFICE] * 5 + [(), ()], holidays)
    night = WorkCalendar([((22 * 60, 30 * 60),)] * 5 + [(), ()], holidays)
    jobs = []
    for number in range(size):
        before = (
            {dice.randrange(max(0, number - REACH), number) for _ in range(dice.choice((1, 1, 2)))} if number else set()
        )
        ties = tuple(
            Tie(f"T{one}", dice.choice(("FS", "FS", "FS", "FS", "SS", "FF")), Lag(dice.choice((0, 0, 0, 480))))
            for one in sorted(before)
        )
        calendar = night if dice.randrange(10) == 0 else day
        jobs.append(Job(id=f"T{number}", minutes=480 * dice.randrange(1, 15), calendar=calendar, ties=ties))
    return jobs


def _median(run: Callable[..., object], given: tuple[Any, ...], rounds: int) -> float:
    """The median of the CPU seconds; what earlier rounds left behind is cleared away before each."""
    found = []
    for _ in range(rounds):
        gc.collect()
        start = time.process_time()
        run(*given)
        found.append(time.process_time() - start)
    return statistics.median(found)


def _networkx() -> Any:
    return importlib.import_module("networkx") if importlib.util.find_spec("networkx") else None


def _longest_path(nx: Any, jobs: Sequence[Job]) -> object:
    graph = nx.DiGraph()
    for job in jobs:
        graph.add_node(job.id)
        for tie in job.ties:
            graph.add_edge(tie.task, job.id, weight=job.minutes)
    return nx.dag_longest_path_length(graph)


def _taskjuggler(folder: Path, jobs: Sequence[Job]) -> float:
    """One run of TaskJuggler over finish-start links and durations; it knows no calendar of tasks without resources."""
    lines = [f'project p "Bench" {START} - 2035-12-31 {{ }}']  # its years end with 2035
    for job in jobs:
        after = ", ".join(tie.task for tie in job.ties)
        lines.append(
            f'task {job.id} "{job.id}" {{ length {job.minutes // 480}d {f"depends {after}" if after else f"start {START}"} }}'
        )
    lines.append('taskreport r "r" { formats csv columns name, start, end }')
    (folder / "bench.tjp").write_text("\n".join(lines) + "\n", encoding="utf-8")
    run = measured(["tj3", "--output-dir", str(folder), str(folder / "bench.tjp")], cwd=folder)
    if run.status != 0:
        raise SystemExit(f"tj3 ended with {run.status}")
    cpu: float = run.cpu
    return cpu


if __name__ == "__main__":
    sys.exit(main())
