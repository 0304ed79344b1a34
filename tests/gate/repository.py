"""A governed repository on the disk, made in a moment: commit, branch, edit by splicing, and ask the shipped gate.

    repository = Governed.sample(tmp_path, "visitor-desk")
    repository.branch("work")
    repository.replace("projects/visitor-desk/project.yaml", "state: active", "state: actve")
    repository.commit("Suspend the work")
    verdict = repository.check()              # handrail check --base main --head work
    assert verdict.blocks
    assert verdict.rules("new") == ["DAT-01"]

Everything is real: real files, real Git, the shipped command line in a process of its own (see `tests.command`).
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.command import ROOT, Done, handrail

DESK = "projects/visitor-desk/project.yaml"
AUTHOR = "j.okafor@example.org"
PEOPLE = ("--sponsor", "c.moreau", "--manager", "j.okafor")
"""Whom `handrail new project` must be told, where nobody can be asked."""


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What the gate said: the exit status, the whole JSON report, and how to look into it."""

    status: int
    report: dict[str, Any] = field(repr=False)
    err: str = ""

    @property
    def blocks(self) -> bool:
        """Whether the change is stopped; exit status and report must agree."""
        assert self.status == (1 if self.report["blocks"] else 0)
        return self.status == 1

    @property
    def remarks(self) -> list[dict[str, Any]]:
        """Every remark as the JSON report has it: rule, state, enforce_at, project, file, line, message, fix ..."""
        return list(self.report["remarks"])

    def of(self, rule: str, *states: str) -> list[dict[str, Any]]:
        """The remarks of a rule, in some states or in all."""
        return [one for one in self.remarks if one["rule"] == rule and (not states or one["state"] in states)]

    def rules(self, *states: str) -> list[str]:
        """The rules that speak, each once, in some states or in all."""
        found = (one["rule"] for one in self.remarks if not states or one["state"] in states)
        return sorted(set(found))

    def blocking(self) -> list[str]:
        """The rules that stop the change."""
        bites = [one for one in self.remarks if one["enforce_at"] == "merge" and one["state"] in {"new", "worsened"}]
        return sorted({one["rule"] for one in bites} | {one["rule"] for one in self.remarks if one.get("due")})

    def said(self) -> str:
        """All words, for looking at what a test has got instead of what it expected."""
        return "\n".join(
            f"{one['state']} {one['enforce_at']} {one['rule']} {one['file']}:{one['line']} {one['message']}"
            for one in self.remarks
        )


@dataclass(frozen=True, kw_only=True)
class Governed:
    """A repository with standards and projects. `folder` is its work tree; `main` is the target of all changes."""

    folder: Path

    @classmethod
    def sample(cls, folder: Path, *projects: str, name: str = "plans") -> Governed:
        """The shipped sample, committed on `main`: all of its projects, or those that are named."""
        made = cls(folder=folder / name)
        shutil.copytree(ROOT / "standards", made.folder / "standards")
        for one in projects or [path.name for path in (ROOT / "projects").iterdir() if path.is_dir()]:
            shutil.copytree(ROOT / "projects" / one, made.folder / "projects" / one)
        return made.begin()

    @classmethod
    def starter(cls, folder: Path, tier: str = "small", project: str = "new-desk", name: str = "plans") -> Governed:
        """The shipped standards and one new project as `handrail new project` makes it, committed on `main`."""
        made = cls(folder=folder / name)
        shutil.copytree(ROOT / "standards", made.folder / "standards")
        done = handrail("new", "project", project, "--tier", tier, *PEOPLE, cwd=made.folder)
        assert done.status == 0, done.err
        return made.begin()

    def begin(self) -> Governed:
        """Make a Git repository of the folder and commit what is in it."""
        self.git("init", "-q", "-b", "main")
        self.commit("Start")
        return self

    def git(self, *words: str, author: str = AUTHOR, at: str | None = None, stdin: str | None = None) -> str:
        """Run Git as somebody, without anybody's configuration; what it printed, without the last line feed."""
        env = {
            **{key: value for key, value in os.environ.items() if not key.startswith("GIT_")},
            "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_NAME": author.split("@", maxsplit=1)[0], "GIT_AUTHOR_EMAIL": author,
            "GIT_COMMITTER_NAME": "Committer", "GIT_COMMITTER_EMAIL": "committer@example.org",
        }  # fmt: skip
        if at is not None:
            env |= {"GIT_AUTHOR_DATE": at, "GIT_COMMITTER_DATE": at}
        done = subprocess.run(
            ["git", "-c", "commit.gpgsign=false", "-c", "core.autocrlf=false", *words], cwd=self.folder, env=env,
            capture_output=True, text=True, encoding="utf-8", errors="surrogateescape", input=stdin, check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"git {' '.join(words)}: {done.stderr}"
        return done.stdout.rstrip("\n")

    def commit(self, message: str = "Change", *, author: str = AUTHOR, at: str | None = None) -> str:
        """Commit everything that lies in the work tree; the new commit."""
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message, author=author, at=at)
        return self.git("rev-parse", "HEAD")

    def branch(self, name: str = "work", at: str = "main") -> Governed:
        """Start a branch and check it out."""
        self.git("switch", "-q", "-c", name, at)
        return self

    def switch(self, name: str) -> Governed:
        """Check a branch out."""
        self.git("switch", "-q", name)
        return self

    def merge(self, name: str, *more: str, message: str = "Merge") -> str:
        """Merge a branch into the one that is checked out; the new commit."""
        self.git("merge", "-q", "--no-ff", "-m", message, *more, name)
        return self.git("rev-parse", "HEAD")

    def read(self, file: str) -> str:
        """The text of a file in the work tree."""
        return (self.folder / file).read_text(encoding="utf-8")

    def write(self, file: str, text: str) -> Governed:
        """Write a file, with the folders above it."""
        path = self.folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return self

    def replace(self, file: str, old: str, new: str, count: int = 1) -> Governed:
        """Put `new` where `old` stands in a file; it must stand there."""
        text = self.read(file)
        assert old in text, f"{file} does not hold {old!r}"
        return self.write(file, text.replace(old, new, count))

    def append(self, file: str, text: str) -> Governed:
        """Add lines at the end of a file."""
        return self.write(file, self.read(file) + text)

    def remove(self, file: str) -> Governed:
        """Delete a file or folder."""
        path = self.folder / file
        shutil.rmtree(path) if path.is_dir() else path.unlink()
        return self

    def move(self, old: str, new: str) -> Governed:
        """Move a file or folder."""
        (self.folder / new).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / old).rename(self.folder / new)
        return self

    def handrail(self, *words: str | Path, env: dict[str, str] | None = None, started: bool = False) -> Done:
        """Run any command of the shipped command line in this repository, in a Python started for it where asked."""
        return handrail(*words, cwd=self.folder, env=env, started=started)

    def check(self, base: str = "main", head: str | None = "HEAD", *more: str) -> Verdict:
        """Judge a change as the shipped command line does. `head=None` judges the files as they lie in the work tree."""
        words = ["check", "--format", "json", "--base", base, *(("--head", head) if head else ()), *more]
        done = self.handrail(*words)
        assert done.status in {0, 1}, done.err
        return Verdict(status=done.status, report=json.loads(done.out), err=done.err)

    def check_all(self, *more: str) -> Verdict:
        """Judge everything, without a base."""
        done = self.handrail("check", "--format", "json", *more)
        assert done.status in {0, 1}, done.err
        return Verdict(status=done.status, report=json.loads(done.out), err=done.err)

    def state(self) -> str:
        """A hash over all that a check must leave alone: work tree, index, refs, settings, and which objects there are."""
        total = hashlib.sha256()
        for path in sorted(self.folder.rglob("*")):
            inside = path.relative_to(self.folder)
            if inside.parts[:2] == (".git", "handrail") or not path.is_file():
                continue
            total.update(inside.as_posix().encode("utf-8", "surrogateescape") + b"\0" + path.read_bytes() + b"\0")
        return total.hexdigest()
