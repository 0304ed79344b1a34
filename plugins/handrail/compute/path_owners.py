"""Who owns which paths today: the families of the policy, with the people who hold their roles, project by project."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from functools import cache

from handrail.model.policy import PathFamily
from handrail.model.project import Plan
from handrail.model.repository import Repository

_OF_A_PROJECT = frozenset({"project manager", "sponsor", "board", "accepter", "assurance"})
_MACHINERY = "machinery"
_JUDGES = (
    "plugins/**", "scripts/**", "tests/**", "handrail/**", "mkdocs.yml", "CODEOWNERS", ".*", ".*/**", "**.py", "**.pth", "**.sh",
    "**.toml", "**.cfg", "**.ini", "**.lock", "**requirements*.txt", "**constraints*.txt", "Makefile", "Dockerfile",
)  # fmt: skip
"""What is machinery also where the policy forgets to say so: the tool, what it is built from, and whatever can run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Owned:
    """One pattern and who owns what it fits. family: why. people: handles; never empty where the policy can be met."""

    pattern: str
    family: str
    people: tuple[str, ...]


def owned_paths(repository: Repository, as_of: date) -> tuple[Owned, ...]:
    """Every pattern with its owners, the special before the general, as the policy orders it: the first that fits counts.

    A family whose owners are roles of a project gets one pattern per project, before the pattern for all others. Where
    nobody holds a role, whoever owns the machinery stands in: a path without an owner is a path without a guard. They
    also stand beside a project manager who is alone: hosts let nobody review their own change, and no plan must wait.
    """
    families = repository.policy.ownership.families
    guards = next((_holders(one.owners, repository, as_of) for one in families if one.family == _MACHINERY), ())
    found = [
        Owned(pattern=pattern, family=family.family, people=_enough(people, guards))
        for family in families
        for pattern, people in _patterns(family, repository, as_of)
    ]
    return (*found, Owned(pattern="**", family="everything else", people=guards))


def family_of(path: str, repository: Repository) -> str | None:
    """The first family of the policy with a pattern that fits; None for a path that nobody claims.

    What no family claims below `projects/` belongs to the project, below `standards/` to the PMO, and what judges is
    machinery: a gap in the policy opens nothing. In patterns `*` stays within a folder and `**` goes below.
    """
    for one in repository.policy.ownership.families:
        if any(_shape(each).fullmatch(path) for each in one.paths):
            return one.family
    if path.startswith("projects/"):
        return "project"
    if path.startswith("standards/"):
        return "pmo"
    return _MACHINERY if any(_shape(each).fullmatch(path) for each in _JUDGES) else None


@cache
def _shape(pattern: str) -> re.Pattern[str]:
    parts = re.split(r"(\*\*|\*)", pattern)
    return re.compile("".join({"**": ".*", "*": "[^/]*"}.get(one, re.escape(one)) for one in parts), re.DOTALL)


def _enough(people: tuple[str, ...], guards: tuple[str, ...]) -> tuple[str, ...]:
    return people if len(people) > 1 else tuple(dict.fromkeys((*people, *guards)))


def _patterns(family: PathFamily, repository: Repository, as_of: date) -> Iterator[tuple[str, tuple[str, ...]]]:
    everybody = _holders(family.owners, repository, as_of)
    for pattern in family.paths:
        if _OF_A_PROJECT & set(family.owners):
            for plan in repository.plans:
                own = _own_pattern(pattern, plan.id)
                if own is not None:
                    yield own, in_roles(family.owners, plan, repository, as_of)
        yield pattern, everybody


def _own_pattern(pattern: str, project: str) -> str | None:
    """The pattern for one project: its id in the place of the star that stands for the project."""
    top, _, rest = pattern.partition("/")
    if top != "projects":
        return None
    name, slash, below = rest.partition("/")
    if name == "**":
        return f"projects/{project}/**"
    return f"projects/{project}{slash}{below}" if fnmatchcase(project, name) else None


def in_roles(roles: tuple[str, ...], plan: Plan, repository: Repository, as_of: date) -> tuple[str, ...]:
    """Who holds roles on a day as far as one project is concerned, in the order of the roles, without whoever has left."""
    boards = repository.policy.boards.boards
    own = {
        "project manager": (plan.manager, *plan.delegates),
        "sponsor": (plan.sponsor,),
        "board": next((one.members for one in boards if one.id == plan.board), ()),
        "accepter": tuple(one.accepted_by for one in plan.deliverables),
        "assurance": (plan.assurance,),
    }
    named = [one for role in roles for one in own.get(role, _holders((role,), repository, as_of))]
    return tuple(dict.fromkeys(one for one in named if one is not None and _here(one, repository, as_of)))


def _holders(roles: tuple[str, ...], repository: Repository, as_of: date) -> tuple[str, ...]:
    """Everybody who holds one of the roles on a day, in the order of the roles; `board` is every board's member."""
    found: list[str] = []
    for role in roles:
        if role == "board":
            found += [one for board in repository.policy.boards.boards for one in board.members]
        found += [
            person.id
            for person in repository.people.values()
            for held in person.roles
            if held.role == role and _covers(held.from_, held.to, as_of)
        ]
    return tuple(dict.fromkeys(one for one in found if _here(one, repository, as_of)))


def _here(person: str, repository: Repository, as_of: date) -> bool:
    record = repository.people.get(person)
    return record is not None and _covers(record.from_, record.to, as_of)


def _covers(start: date | None, end: date | None, day: date) -> bool:
    return (start is None or start <= day) and (end is None or day <= end)
