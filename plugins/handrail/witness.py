"""Who brought each approval of a change: commits, verified signatures and reviews become plain facts for the rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from handrail.compute.evidence import Evidence, Review, hashed
from handrail.git import Commit, Git, GitFault, Objects, PathChange, Span, commits_between, resolve
from handrail.git.kept import Kept, kept_records, kept_reviews
from handrail.git.recorded import landed, recorded
from handrail.git.signatures import UNSIGNED, Keys
from handrail.git.tree import entries
from handrail.model.organisation import PersonRecord

KEYS = "standards/people/keys"
"""Public keys of people: `*.pub` of OpenSSH, `*.asc` of OpenPGP. Which key is whose, the directory says by fingerprint."""
_MERGE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """recorders: by path of a record, an approval or a waiver, the people whose commits wrote it. evidence: what is known of its present content."""

    recorders: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    evidence: Mapping[str, Evidence] = field(default_factory=lambda: MappingProxyType({}))


def witness(
    git: Git,
    span: Span,
    paths: Iterable[PathChange],
    people: Mapping[str, PersonRecord],
    reviews: tuple[Review, ...] = (),
) -> Witness:
    """Look at the commits of a change that write approvals. The keys are those of the target, never those it brings."""
    wanted = {one.path: one.new for one in paths if one.new and ("/approvals/" in one.path or "/waivers/" in one.path)}
    if not wanted:
        return Witness()
    objects = Objects(git)
    commits = commits_between(git, span.target, span.head, objects)
    keys: Keys | None = None
    recorders: dict[str, tuple[str, ...]] = {}
    evidence: dict[str, Evidence] = {}
    for path, blob in wanted.items():
        own = path.removeprefix(git.prefix)
        writers = [one for one in commits if any(each.path == path and each.new for each in one.changes)]
        names = (_person(one, people) for one in writers)
        recorders[own] = tuple(dict.fromkeys(one for one in names if one))
        brought = _brought(writers, path, blob)
        if brought is None:
            continue
        if keys is None and b"\ngpgsig" in brought.raw:
            keys = keys_of(git, span.target, objects)
        evidence[own] = _evidence(brought, keys, span.head, reviews)
    objects.close()
    return Witness(recorders={path: ones for path, ones in recorders.items() if ones}, evidence=evidence)


def remembered(root: Path, head: str, paths: Iterable[str]) -> Mapping[str, Evidence]:
    """What the history knows of records that came in long ago: their commits and signatures, and the reviews that CI kept.

    A review is one of the merge with which a record got its present content, and of its pull request's last commit.

    Nothing where there is no Git or the clone is incomplete: the oldest commit of a shallow clone wrote nothing itself.
    """
    wanted = tuple(paths)
    if not wanted:
        return {}
    try:
        git = Git(root)
        commits = recorded(git, head, wanted)
        keys: Keys | None = None
        objects = Objects(git)
        if any(b"\ngpgsig" in one.raw for one in commits.values()):
            keys = keys_of(git, resolve(git, head), objects)
        kept = kept_records(git, objects)
        objects.close()
        merges = landed(git, head, wanted) if kept else {}
    except GitFault:
        return {}
    known: dict[str, Evidence] = {}
    for commit in commits.values():
        if commit.name not in known:
            known[commit.name] = replace(_evidence(commit, keys, commit.name, ()), head=None)
    return {path: _reviewed(known[one.name], merges.get(path), kept) for path, one in commits.items()}


def _reviewed(evidence: Evidence, merge: str | None, kept: Mapping[str, Kept]) -> Evidence:
    """The evidence, with what CI kept of the merge's reviews."""
    found = kept_reviews(kept[merge]) if merge is not None and merge in kept else ()
    if not found:
        return evidence
    reviews = tuple(
        Review(login=one.login, host=one.host, state=one.state, commit=merge, submitted_at=one.submitted_at)
        for one in found
    )
    return replace(evidence, head=merge, reviews=reviews)


def _brought(writers: list[Commit], path: str, blob: str | None) -> Commit | None:
    """The last commit that gave a file its present content; a merge only where no other commit did."""
    found = [one for one in writers if any(each.path == path and each.new == blob for each in one.changes)]
    own = [one for one in found if len(one.parents) < _MERGE]
    return next(reversed(own or found), None)


def _evidence(commit: Commit, keys: Keys | None, head: str, reviews: tuple[Review, ...]) -> Evidence:
    signature = keys.signature(commit.raw) if keys is not None else UNSIGNED
    return Evidence(
        commit=commit.name, author=hashed(commit.author) if commit.author else "", on=commit.on.date(), head=head,
        keys=signature.keys if signature.state == "good" else (), broken=signature.state == "bad", reviews=reviews,
    )  # fmt: skip


def _person(commit: Commit, people: Mapping[str, PersonRecord]) -> str | None:
    name = hashed(commit.author) if commit.author else ""
    return next((one.id for one in people.values() if name and name in one.author), None)


def keys_of(git: Git, revision: str, objects: Objects) -> Keys:
    """The public keys that a revision keeps."""
    place = f"{revision}:{git.prefix}{KEYS}"
    if objects.get(place) is None:
        return Keys({})
    found = [one for one in entries(git, place) if one.path.endswith((".pub", ".asc")) and one.mode.startswith("100")]
    return Keys({one.path: objects.blob(one.blob) for one in found})
