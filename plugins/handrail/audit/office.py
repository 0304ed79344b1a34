"""Commits of the office in projects' files: the PMO keeps the law, and whoever leads a project keeps its plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from handrail.clock import zone_of
from handrail.compute.evidence import hashed
from handrail.compute.path_owners import family_of, in_roles
from handrail.git import Git, GitFault, Mainline
from handrail.git.commits import Commit, commits_named
from handrail.model.organisation import PersonRecord
from handrail.model.repository import Repository

_OFFICE = frozenset({"pmo head", "pmo officer"})
_MANAGER = "project manager"


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeChange:
    """One commit by somebody who only works in the office, to files of one project's manager. files: how many."""

    commit: str
    on: date
    person: str
    project: str
    files: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeChanges:
    """Those of a period, the oldest first. commits: how many were looked at; unknown: of authors whom nobody knows."""

    first: date
    last: date
    ones: tuple[OfficeChange, ...]
    commits: int
    unknown: int


def office_changes(git: Git, repository: Repository, first: date, last: date, head: str = "HEAD") -> OfficeChanges:
    """Commits that came to the main line in a period, by somebody whose only roles were the office's.

    The author of a commit counts, not whoever merged it; merges themselves are left out. Authors are known by the hashes in
    the directory of people. Roles are those of the author's day, families of paths and who has a part in a project are those
    of today. Raises GitFault where there is no history, or where the directory has no hashes: then nothing can be said.
    """
    authors = {each: one for one in repository.people.values() for each in one.author}
    if not authors:
        raise GitFault(
            "The directory of people has no hashes of authors' addresses, so nobody can tell who changed what.",
            "Add them: `author:` of each person in standards/people/people.yaml.",
        )
    commits = _of_the_period(git, first, last, head, repository.organisation.timezone)
    found: list[OfficeChange] = []
    unknown = 0
    for one in commits:
        person = authors.get(hashed(one.author)) if one.author else None
        unknown += person is None
        if person is not None and _only_office(person, one.on.date()):
            found += _owned(one, git.prefix, person, repository)
    return OfficeChanges(first=first, last=last, ones=tuple(found), commits=len(commits), unknown=unknown)


def _of_the_period(git: Git, first: date, last: date, head: str, timezone: str) -> tuple[Commit, ...]:
    line, zone = Mainline(git, head), zone_of(timezone)
    end = line.at(last, zone)
    before = line.at(first - timedelta(days=1), zone) if first > date.min else None
    if end is None or end == before:
        return ()
    words = ("rev-list", "--reverse", "--topo-order", "--no-merges", end, *((f"^{before}",) if before else ()))
    return tuple(commits_named(git, git.sealed(*words)[1].decode().split()))


def _only_office(person: PersonRecord, on: date) -> bool:
    held = {
        one.role for one in person.roles
        if (one.from_ is None or one.from_ <= on) and (one.to is None or on <= one.to)
    }  # fmt: skip
    return bool(held) and held <= _OFFICE


def _owned(commit: Commit, prefix: str, person: PersonRecord, repository: Repository) -> Iterator[OfficeChange]:
    """The projects whose manager's files a commit changed; those in which the person has a part are left out."""
    on = commit.on.date()
    paths = (one.path.removeprefix(prefix) for one in commit.changes if one.path.startswith(prefix))
    for project, files in _by_project(paths, repository).items():
        plan = next(one for one in repository.plans if one.id == project)
        if person.id not in in_roles((_MANAGER, "sponsor"), plan, repository, on):
            yield OfficeChange(commit=commit.name, on=on, person=person.id, project=project, files=files)


def _by_project(paths: Iterable[str], repository: Repository) -> dict[str, int]:
    """How many of the paths are of a family that a project manager owns, by project."""
    owned = {one.family for one in repository.policy.ownership.families if _MANAGER in one.owners} or {"project"}
    known = {one.id for one in repository.plans}
    found: dict[str, int] = {}
    for path in paths:
        top, _, rest = path.partition("/")
        project = rest.partition("/")[0]
        if top == "projects" and project in known and family_of(path, repository) in owned:
            found[project] = found.get(project, 0) + 1
    return found
