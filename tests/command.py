"""Runs the shipped command line as people do: a process of its own, in a folder."""

from __future__ import annotations

import functools
import hashlib
import json
import os
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.forked import Forking

HANDRAIL = Path(sys.executable).with_name("handrail")
ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, kw_only=True)
class Done:
    """A finished command."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What it printed, as JSON."""
        return json.loads(self.out)

    @property
    def remarks(self) -> list[tuple[str, str, int]]:
        """Rule, file and line of each remark of a JSON report."""
        return [(one["rule"], one["file"], one["line"]) for one in self.json["remarks"]]


def handrail(
    *words: str | Path, cwd: Path, env: dict[str, str] | None = None, stdin: str | None = None, started: bool = False
) -> Done:
    """Run a command to its end. It never sees a terminal, and no environment that would change its words.

    Its process is forked from one that has read the program (see `tests.forked`), but started as people do where
    `started` asks for it, where what differs works on Python itself, and for the first time of each command.
    """
    clean = {
        name: value
        for name, value in os.environ.items()
        if name not in {"GITHUB_ACTIONS", "HANDRAIL_AS_OF", "NO_COLOR"}
    }
    command = [str(HANDRAIL), *map(str, words)]
    if started or _wants_a_start(command[1:], env or {}):
        done = subprocess.run(
            command, cwd=cwd, env={**clean, **(env or {})}, capture_output=True, text=True,
            encoding="utf-8", input=stdin, stdin=None if stdin is not None else subprocess.DEVNULL, timeout=120, check=False,
        )  # fmt: skip
        status, out, err = done.returncode, done.stdout, done.stderr
    else:
        status, out, err = _forking().run(command, cwd, {**clean, **(env or {})}, stdin, 120)
    assert "Traceback" not in err, err
    return Done(status=status, out=out, err=err)


_SEEN: set[tuple[str, ...]] = set()


def _wants_a_start(words: list[str], env: dict[str, str]) -> bool:
    """Whether only a Python that starts now can show what this run is to show.

    What measures how much of the program the tests run must see each process from its start, too.
    """
    if any(name.startswith(("PYTHON", "LC_", "LANG")) for name in env) or os.environ.keys() & {
        "COVERAGE_PROCESS_START",
        "COVERAGE_PROCESS_CONFIG",
    }:
        return True
    if threading.current_thread() is not threading.main_thread() or not hasattr(os, "fork"):
        return True
    command = tuple(words[:1] + [one for one in words[1:2] if one.isalpha()])
    first = command not in _SEEN
    _SEEN.add(command)
    return first


@functools.cache
def _forking() -> Forking:
    return Forking()


def git(*words: str, cwd: Path) -> str:
    """Run Git without anybody's configuration."""
    env = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    identity = ("-c", "user.name=Test", "-c", "user.email=test@example.org")
    return subprocess.run(
        ["git", *identity, *words], cwd=cwd, env=env, capture_output=True, text=True, check=True
    ).stdout


def digest(root: Path) -> str:
    """A hash over every file of a tree, its name and its bytes, without Git's own folder."""
    total = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        if ".git" in path.relative_to(root).parts or not path.is_file():
            continue
        total.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()
