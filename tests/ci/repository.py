"""A governed repository with an origin that keeps changes as hosts do, and the shell steps of its workflows."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.command import HANDRAIL, ROOT, git, handrail

WORKFLOWS = ("gate", "gate-again", "reviewed", "record", "nightly", "evidence", "site", "remind")


@dataclass(frozen=True, kw_only=True)
class Host:
    """`origin` is what the host keeps, `work` a person's clone, `runner` the runner's clone of the target branch."""

    origin: Path
    work: Path
    runner: Path

    def change(self, number: int, files: dict[str, str | None], *, base: str = "origin/main") -> str:
        """Open a pull request with these files: its commit, kept as GitHub and GitLab keep it."""
        git("checkout", "-q", "--detach", base, cwd=self.work)
        for name, text in files.items():
            path = self.work / name
            if text is None:
                path.unlink()
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
        git("add", "-A", cwd=self.work)
        git("commit", "-qm", f"change {number}", cwd=self.work)
        for ref in (f"refs/pull/{number}/head", f"refs/merge-requests/{number}/head"):
            git("push", "-qf", "origin", f"HEAD:{ref}", cwd=self.work)
        return git("rev-parse", "HEAD", cwd=self.work).strip()


def make(folder: Path) -> Host:
    """The starter with one project, on a bare origin, cloned twice."""
    plans = folder / "plans"
    assert handrail("init", plans, cwd=ROOT).status == 0
    words = ("--tier", "small", "--name", "Lift", "--sponsor", "first.sponsor", "--manager", "first.manager")
    assert handrail("new", "project", "lift", *words, cwd=plans).status == 0
    git("checkout", "-q", "-B", "main", cwd=plans)
    git("add", "-A", cwd=plans)
    git("commit", "-qm", "Begin", cwd=plans)
    origin, work, runner = folder / "origin.git", folder / "work", folder / "runner"
    git("clone", "-q", "--bare", str(plans), str(origin), cwd=folder)
    for clone in (work, runner):
        git("clone", "-q", str(origin), str(clone), cwd=folder)
    return Host(origin=origin, work=work, runner=runner)


def laid_down(path: str, folder: Path) -> Any:
    """A YAML file of a new repository."""
    return yaml.safe_load((folder / path).read_text(encoding="utf-8"))


def sh(script: str, cwd: Path, *, shell: tuple[str, ...] = ("bash", "-eo", "pipefail", "-c"), path: Path | None = None,
       **env: str | Path) -> subprocess.CompletedProcess[str]:  # fmt: skip
    """Run a step as a runner does: the environment that is given, and nothing of ours."""
    tools = os.environ["PATH"] if path is None else f"{path}{os.pathsep}{os.environ['PATH']}"
    clean = {"PATH": tools, "HOME": str(cwd), "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C.UTF-8",
             "HANDRAIL": str(HANDRAIL)}  # fmt: skip
    return subprocess.run(
        [*shell, script], cwd=cwd, env={**clean, **{name: str(value) for name, value in env.items()}}, capture_output=True,
        text=True, check=False, timeout=120,
    )  # fmt: skip


def step(workflow: Any, job: str, name: str) -> str:
    """The script of a step by its name."""
    return str(next(one["run"] for one in workflow["jobs"][job]["steps"] if one.get("name") == name))
