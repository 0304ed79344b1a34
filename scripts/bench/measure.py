"""Measures whole processes by the operating system's own account: CPU seconds and peak memory of each finished run."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

# An installed program has its modules compiled; a setting that keeps Python from doing so would measure the compiler.
_ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One finished process."""

    cpu: float
    peak_mb: float
    status: int


def measured(command: Sequence[str], cwd: Path | None = None) -> Run:
    """Run a command to its end; its output is thrown away."""
    child = subprocess.Popen(command, cwd=cwd, env=_ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return Run(cpu=usage.ru_utime + usage.ru_stime, peak_mb=_megabytes(usage), status=child.returncode)


def alternately(commands: Sequence[Sequence[str]], rounds: int, cwd: Path | None = None) -> list[list[Run]]:
    """Run the commands in turn, round by round, so that a machine that changes its speed slows all of them."""
    found: list[list[Run]] = [[] for _ in commands]
    for _ in range(rounds):
        for number, command in enumerate(commands):
            found[number].append(measured(command, cwd))
    return found


def median_cpu(runs: Sequence[Run]) -> float:
    """The median of the CPU seconds."""
    return statistics.median(run.cpu for run in runs)


def peak(runs: Sequence[Run]) -> float:
    """The largest peak memory in megabytes."""
    return max(run.peak_mb for run in runs)


def handrail() -> list[str]:
    """The command line of the environment that runs the bench."""
    return [str(Path(sys.executable).parent / "handrail")]


def result(**figures: float) -> None:
    """Print the last line, which scripts read."""
    print("result: " + " ".join(f"{name}={value:.4g}" for name, value in figures.items()))


def _megabytes(usage: resource.struct_rusage) -> float:
    return usage.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
