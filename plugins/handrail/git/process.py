"""Git as a process, hardened: no settings but the repository's own, no replaced objects, no grafts, no hooks, no network.

What a pull request brings must not decide how it is read. Two kinds of calls exist. `Git.run` works in the repository,
for its refs. Everything about objects goes through `Git.sealed`: a scratch folder that borrows the repository's objects
and has neither settings, attributes, grafts nor refs of its own; what Git writes there (the trees of a merge) is gone
with the process.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

_FIXED = {
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_PAGER": "cat",
    "LC_ALL": "C",
    "LANGUAGE": "",
}
_SETTINGS = (
    "core.fsmonitor=", f"core.hooksPath={os.devnull}", f"core.attributesFile={os.devnull}", "core.quotePath=false",
    "core.untrackedCache=false", "gc.auto=0", "maintenance.auto=false", "diff.external=", "submodule.recurse=false",
)  # fmt: skip
_KEPT = ("PATH", "HOME", "TMPDIR", "TMP", "TEMP", "SYSTEMROOT", "USERPROFILE")
_DUBIOUS = b"dubious ownership"


class GitFault(Exception):  # noqa: N818 - the word of this house for what does not fit
    """Git is missing, too old, or the history is not there: nothing can be judged. `fix` says how to mend it."""

    def __init__(self, message: str, fix: str = "") -> None:
        super().__init__(f"{message} {fix}".strip())
        self.message = message
        self.fix = fix


class NoRepository(GitFault):
    """The folder belongs to no repository, or nothing has been committed in it yet: there is no history at all."""


class Git:
    """The repository that a folder lies in. Raises GitFault where there is none, or no Git."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._safe: tuple[str, ...] = ()
        wanted = ("--show-toplevel", "--show-prefix", "--git-common-dir", "--is-shallow-repository")
        try:
            lines = self.lines("rev-parse", *wanted, "--show-object-format", "--git-path", "objects")
        except GitFault as fault:
            raise self._no_repository(fault) from None
        try:
            top, prefix, common, shallow, self.hashes, objects = lines
        except ValueError:
            raise GitFault("The folder's path holds a line break, and Git's answers cannot be told apart.",
                           "Move the repository to a folder with a plain name.") from None  # fmt: skip
        self.top = Path(top)
        self.prefix = prefix
        """The root's path inside the repository, with a slash at its end; empty where they are the same."""
        self.common = (root / common).resolve()
        """Git's own folder, the one that all work trees of the repository share."""
        self.shallow = shallow == "true"
        self._store = (root / objects).resolve()

    def run(self, *words: str, data: bytes = b"", fine: tuple[int, ...] = (0,)) -> bytes:
        """Run Git in the repository; its output. Raises GitFault when it ends with another status than those."""
        return self.answer(*words, data=data, fine=fine)[1]

    def compared(self, *words: str) -> bytes:
        """Run Git where it looks at files on the disk: the filters of the clone's settings, which are programs, stay out."""
        told = self.run(
            "config", "--name-only", "-z", "--get-regexp", r"^filter\..*\.(clean|process|required)$", fine=(0, 1)
        )
        names = dict.fromkeys(told.decode("utf-8", "surrogateescape").split("\0")[:-1])
        settings = {"GIT_CONFIG_COUNT": str(len(names))}
        for number, name in enumerate(names):
            settings[f"GIT_CONFIG_KEY_{number}"] = name
            settings[f"GIT_CONFIG_VALUE_{number}"] = "false" if name.endswith(".required") else ""
        return self.answer(*words, settings=settings)[1]

    def answer(
        self, *words: str, data: bytes = b"", fine: tuple[int, ...] = (0,), settings: Mapping[str, str] | None = None
    ) -> tuple[int, bytes]:
        """Run Git in the repository: the status with which it ended, and its output."""
        environment = {**_environment(), **(settings or {})}
        done = self._process(words, data, environment)
        if done.returncode not in fine and _DUBIOUS in done.stderr and not self._safe:
            # The folder belongs to somebody else. The settings that allow it are left out here, so they are asked once.
            self._safe = self._allowed()
            done = self._process(words, data, environment)
        if done.returncode not in fine:
            told = done.stderr.decode(errors="replace").strip().splitlines()
            raise GitFault(f"Git cannot do this: {told[0].removeprefix('fatal: ') if told else 'it says nothing'}.")
        return done.returncode, done.stdout

    def lines(self, *words: str) -> list[str]:
        """The lines that Git answers; names of any bytes survive."""
        return self.run(*words).decode("utf-8", "surrogateescape").split("\n")[:-1]

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """Start Git on the sealed store and leave it running, for whoever asks it many things."""
        return subprocess.Popen(
            self._command(words), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env=self.sealed_environment, cwd=self.root,
        )  # fmt: skip

    def sealed(self, *words: str, data: bytes = b"", fine: tuple[int, ...] = (0,)) -> tuple[int, bytes]:
        """Run Git on the objects alone: the status with which it ended, and its output."""
        done = self._process(words, data, self.sealed_environment)
        if done.returncode not in fine:
            told = done.stderr.decode(errors="replace").strip().splitlines()
            raise GitFault(
                f"Git cannot read the history: {told[0].removeprefix('fatal: ') if told else 'it says nothing'}.",
                "Look with `git fsck`; fetch again what is missing.",
            )
        return done.returncode, done.stdout

    @cached_property
    def _scratch(self) -> tempfile.TemporaryDirectory[str]:
        scratch = tempfile.TemporaryDirectory(prefix="handrail-", ignore_cleanup_errors=True)
        folder = Path(scratch.name)
        for name in ("objects", "refs"):
            (folder / name).mkdir()
        (folder / "HEAD").write_text("ref: refs/heads/none\n")
        version = "0" if self.hashes == "sha1" else f"1\n[extensions]\n\tobjectFormat = {self.hashes}"
        (folder / "config").write_text(f"[core]\n\tbare = true\n\trepositoryformatversion = {version}\n")
        return scratch

    @cached_property
    def sealed_environment(self) -> dict[str, str]:
        """The environment of calls that read objects and write nothing that stays."""
        folder = self._scratch.name
        quoted = str(self._store).replace("\\", "\\\\").replace('"', '\\"')
        return {
            **_environment(),
            "GIT_DIR": folder,
            "GIT_OBJECT_DIRECTORY": os.path.join(folder, "objects"),  # noqa: PTH118 - a text for the environment
            "GIT_ALTERNATE_OBJECT_DIRECTORIES": f'"{quoted}"',
        }

    def _process(
        self, words: tuple[str, ...], data: bytes, environment: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        try:
            return subprocess.run(
                self._command(words), input=data, capture_output=True, check=False,
                env=environment or _environment(), cwd=self.root,
            )  # fmt: skip
        except FileNotFoundError:
            raise GitFault("Git is not installed here.", "Install Git 2.38 or newer.") from None
        except OSError as error:
            raise GitFault(f"Git cannot be started: {error.strerror}.") from None

    def _command(self, words: tuple[str, ...]) -> list[str]:
        settings = (word for one in (*_SETTINGS, *self._safe) for word in ("-c", one))
        return ["git", "--no-pager", "--literal-pathspecs", *settings, *words]

    def _allowed(self) -> tuple[str, ...]:
        """What the user's and the machine's own settings say about folders of others that may be used."""
        environment = {name: value for name, value in os.environ.items() if name in _KEPT} | {"LC_ALL": "C"}
        found: list[str] = []
        for place in ("--system", "--global"):
            words = ["git", "config", place, "-z", "--get-all", "safe.directory"]
            done = subprocess.run(words, capture_output=True, check=False, env=environment, cwd=self.root)
            found += [f"safe.directory={one.decode(errors='replace')}" for one in done.stdout.split(b"\0")[:-1]]
        return tuple(found)

    def _no_repository(self, fault: GitFault) -> GitFault:
        if "not a git repository" in fault.message:
            return NoRepository(
                f"{self.root} does not belong to a Git repository, so nothing can be compared.",
                "Run it in a clone, or `git init` the folder and commit it.",
            )
        if "dubious ownership" in fault.message:
            return GitFault(
                f"{self.root} belongs to another user, and Git does not trust it.",
                f"Allow it once: `git config --global --add safe.directory {self.root}`.",
            )
        return fault


def _environment() -> dict[str, str]:
    """Nothing of the caller's Git settings, also not those of a hook that calls us."""
    return {name: value for name, value in os.environ.items() if name in _KEPT} | _FIXED
