"""The demo's year on the disk, and its revisions as trees that `load` reads."""

from __future__ import annotations

import io
import subprocess
import sys
import tarfile
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "scripts" / "demo-year"


def make(target: Path, inside: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run the script, started in the folder `inside` (default: this one)."""
    return subprocess.run([sys.executable, SCRIPT, target], capture_output=True, text=True, check=False, cwd=inside)


def git(where: Path, *arguments: str) -> bytes:
    return subprocess.run(["git", "-C", where, *arguments], capture_output=True, check=True).stdout


def merge_of(where: Path, branch: str) -> str:
    """The commit of the main line that brought a branch in, or that carries these words itself."""
    lines = git(where, "log", "--first-parent", "--format=%H %s", "main").decode().splitlines()
    (found,) = [one.split()[0] for one in lines if one.endswith((f"'{branch}'", f" {branch}"))]
    return found


class Revision:
    """The files of a commit, some of them with another text, as a tree that `load` reads."""

    def __init__(self, where: Path, commit: str, instead: Mapping[str, str] | None = None) -> None:
        with tarfile.open(fileobj=io.BytesIO(git(where, "archive", commit))) as archive:
            self.files = {
                one.name: stream.read()
                for one in archive
                if one.name.startswith(("standards/", "projects/")) and (stream := archive.extractfile(one))
            }
        self.files |= {path: text.encode() for path, text in (instead or {}).items()}

    def paths(self) -> tuple[str, ...]:
        return tuple(sorted(self.files))

    def read(self, path: str) -> bytes:
        return self.files[path]

    def oddities(self) -> Mapping[str, str]:
        return {}
