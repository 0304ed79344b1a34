"""Runs the shipped command line as people do: a process of its own, in a folder."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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


def handrail(*words: str | Path, cwd: Path, env: dict[str, str] | None = None, stdin: str | None = None) -> Done:
    """Run a command to its end. It never sees a terminal, and no environment that would change its words."""
    clean = {
        name: value
        for name, value in os.environ.items()
        if name not in {"GITHUB_ACTIONS", "HANDRAIL_AS_OF", "NO_COLOR"}
    }
    done = subprocess.run(
        [str(HANDRAIL), *map(str, words)], cwd=cwd, env={**clean, **(env or {})}, capture_output=True, text=True,
        encoding="utf-8", input=stdin, stdin=None if stdin is not None else subprocess.DEVNULL, timeout=120, check=False,
    )  # fmt: skip
    assert "Traceback" not in done.stderr, done.stderr
    return Done(status=done.returncode, out=done.stdout, err=done.stderr)


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
