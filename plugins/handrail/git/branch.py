"""A branch with one commit, made from files in memory: no work tree, no index and no other branch is touched.

The only place where Handrail writes into a repository's history, and it only ever adds.
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from handrail.git.process import Git, GitFault
from handrail.git.revisions import tree_of

_KEPT = ("PATH", "HOME", "TMPDIR", "TMP", "TEMP", "SYSTEMROOT", "USERPROFILE", "XDG_CONFIG_HOME")
_WHO = re.compile(r"(?P<name>.*) <(?P<mail>[^<>]*)> (?P<when>\d+ [+-]\d{4})\Z")
_PLAIN = "100644"
_PROTECTED = frozenset({"main", "master", "trunk", "HEAD"})


def refuse_branch(git: Git, name: str) -> None:
    """Raise where a branch of this name cannot be made: no name at all, a main line, or one that is there already."""
    bad = name.startswith("-") or not name.isprintable() or name in _PROTECTED
    if bad or git.answer("check-ref-format", "--branch", name, fine=(0, 1, 128))[0]:
        raise GitFault(
            f"`{ascii(name)[1:-1]}` cannot be the name of a new branch.",
            "Choose another: `--branch excel/visitor-desk`.",
        )
    if git.answer("rev-parse", "--verify", "--quiet", f"refs/heads/{name}", fine=(0, 1, 128))[0] == 0:
        raise GitFault(
            f"There is a branch {name} already, and it is not touched.",
            "Name another with --branch, or delete it first.",
        )


def commit_on_branch(git: Git, onto: str, files: Mapping[str, bytes], name: str, message: str) -> str:
    """Make the branch `name` at a commit with these files laid over the tree of `onto`; the commit's name.

    `files` are named from Handrail's root. Raises GitFault; the branch then does not exist.
    """
    refuse_branch(git, name)
    author = _author(git)
    with tempfile.TemporaryDirectory(prefix="handrail-", ignore_cleanup_errors=True) as folder:
        index = {"GIT_INDEX_FILE": str(Path(folder) / "index")}
        git.answer("read-tree", tree_of(git, onto), settings=index)
        lines = []
        for path, data in files.items():
            blob = git.run("hash-object", "-w", "--stdin", "--no-filters", data=data).decode().strip()
            lines.append(f"{_PLAIN} {blob}\t{git.prefix}{path}\0")
        git.answer(
            "update-index",
            "-z",
            "--add",
            "--index-info",
            data="".join(lines).encode("utf-8", "surrogateescape"),
            settings=index,
        )
        tree = git.answer("write-tree", settings=index)[1].decode().strip()
    made = git.answer(
        "commit-tree", tree, "-p", onto, "-F", "-", data=message.encode("utf-8", "replace"), settings=author
    )
    commit = made[1].decode().strip()
    # an empty old value: only where there is no such branch yet
    git.run("update-ref", "-m", "handrail import xlsx", f"refs/heads/{name}", commit, "")
    return commit


def _author(git: Git) -> dict[str, str]:
    """Whoever runs the command, by their own settings of Git, which are read here and nowhere else."""
    environment = {
        name: one
        for name, one in os.environ.items()
        if name in _KEPT or name.startswith(("GIT_AUTHOR_", "GIT_COMMITTER_"))
    }
    found: dict[str, str] = {}
    for role in ("AUTHOR", "COMMITTER"):
        words = ["git", "-c", "user.useConfigOnly=true", "var", f"GIT_{role}_IDENT"]
        done = subprocess.run(words, capture_output=True, check=False, env=environment, cwd=git.root)
        match = _WHO.match(done.stdout.decode("utf-8", "replace").strip())
        if done.returncode or match is None:
            raise GitFault(
                "Git does not know who you are, so nobody could be named as the author.",
                'Tell it once: `git config --global user.name "Your Name"` and `git config --global user.email you@example.org`.',
            )
        found |= {
            f"GIT_{role}_NAME": match["name"],
            f"GIT_{role}_EMAIL": match["mail"],
            f"GIT_{role}_DATE": match["when"],
        }
    return found
