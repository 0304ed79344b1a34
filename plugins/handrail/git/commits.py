"""Who made what is between two commits: raw authors, never as a mail map would have them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from functools import cached_property

from handrail.git.changes import PathChange, parsed
from handrail.git.objects import Objects, missing
from handrail.git.process import Git

_PERSON = re.compile(rb"(?P<name>[^<\n]*)<(?P<mail>[^>\n]*)> (?P<time>\d{1,12}) (?P<zone>[+-]\d{4})\Z")
_TOGETHER = re.compile(r"^Co-authored-by:[^<\n]*<([^>\n]+)>\s*$", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class Commit:
    """One commit as it is written.

    author, committer: e-mails, raw and in small letters. co_authors: the same, from the lines `Co-authored-by`.
    on: the author's time with its zone; authors type it, so it proves nothing by itself. raw: the whole object, for
    whoever verifies its signature. changes: what it did against its first parent.
    """

    name: str
    parents: tuple[str, ...]
    author: str
    committer: str
    co_authors: tuple[str, ...]
    on: datetime
    committed_on: datetime
    message: str
    raw: bytes
    changes: tuple[PathChange, ...]

    @cached_property
    def added(self) -> tuple[str, ...]:
        """The paths that this commit added, from the top of the repository."""
        return tuple(one.path for one in self.changes if one.how == "added")


def commits_between(git: Git, target: str, head: str, objects: Objects | None = None) -> tuple[Commit, ...]:
    """The commits that the head has and the target has not, the oldest first."""
    return commits_named(
        git, git.sealed("rev-list", "--reverse", "--topo-order", head, f"^{target}")[1].decode().split(), objects
    )


def commits_named(git: Git, names: list[str], objects: Objects | None = None) -> tuple[Commit, ...]:
    """Commits by their names, in that order, each with what it did against its first parent."""
    if not names:
        return ()
    own = objects or Objects(git)
    found = own.many(names)
    done = _changes(git, names)
    if objects is None:
        own.close()
    made = []
    for name in names:
        if name not in found:
            raise missing(name)
        made.append(commit_of(name, found[name].data, done.get(name, ())))
    return tuple(made)


def _changes(git: Git, names: list[str]) -> dict[str, tuple[PathChange, ...]]:
    """What each commit did against its first parent; a first commit against nothing."""
    words = ("diff-tree", "--stdin", "--root", "-r", "-z", "--raw", "--full-index", "--no-renames", "--no-ext-diff",
             "--diff-merges=first-parent")  # fmt: skip
    told = git.sealed(*words, data="".join(f"{one}\n" for one in names).encode())[1]
    text = told.decode("utf-8", "surrogateescape")
    known, found, name, begin = set(names), {}, "", 0
    # the name of a commit stands alone between the lines of its paths
    parts = text.split("\0")
    for number, part in enumerate(parts):
        is_path = (number - begin) % 2 == 1  # lines and paths take turns; a file may be called like a commit
        if part in known and (number == 0 or not is_path):
            if name:
                found[name] = parsed("\0".join(parts[begin:number]) + "\0")
            name, begin = part, number + 1
    if name:
        found[name] = parsed("\0".join(parts[begin:]))
    return found


def commit_of(name: str, raw: bytes, changes: tuple[PathChange, ...] = ()) -> Commit:
    """A commit from its raw object."""
    head, _, message = raw.partition(b"\n\n")
    lines = [line for line in head.split(b"\n") if not line.startswith(b" ")]  # those of a signature are indented
    fields: dict[bytes, bytes] = {}
    parents = []
    for line in lines:
        key, _, value = line.partition(b" ")
        if key == b"parent":
            parents.append(value.decode())
        fields.setdefault(key, value)
    author, on = _person(fields.get(b"author", b""))
    committer, committed_on = _person(fields.get(b"committer", b""))
    text = message.decode(fields.get(b"encoding", b"utf-8").decode("ascii", "replace"), "replace") if message else ""
    return Commit(
        name=name, parents=tuple(parents), author=author, committer=committer, on=on, committed_on=committed_on,
        co_authors=tuple(dict.fromkeys(one.strip().lower() for one in _TOGETHER.findall(text))), message=text, raw=raw,
        changes=changes,
    )  # fmt: skip


def _person(line: bytes) -> tuple[str, datetime]:
    match = _PERSON.match(line)
    if match is None:  # somebody wrote the object by hand; then nobody is its author
        return "", datetime.fromtimestamp(0, UTC)
    zone = match["zone"].decode()
    minutes = int(zone[1:3]) * 60 + int(zone[3:])
    shift = timedelta(minutes=min(minutes, 24 * 60 - 1)) * (-1 if zone[0] == "-" else 1)
    mail = match["mail"].decode("utf-8", "replace").strip().lower()
    try:
        return mail, datetime.fromtimestamp(int(match["time"]), timezone(shift))
    except (OverflowError, ValueError, OSError):
        return mail, datetime.fromtimestamp(0, UTC)
