"""Modules and playbooks against the standards and rules of today: what is outdated, since when, and what leads there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from handrail.compute.competence import last_completion, valid_until
from handrail.compute.versions import major
from handrail.model.advice import Playbook
from handrail.model.repository import Repository
from handrail.model.training import LearningPath, ModuleRecord
from handrail.remark import Remark


@dataclass(frozen=True, slots=True, kw_only=True)
class Outdated:
    """A standard that a module teaches in an older major version. since: from when the new one holds; None if not said."""

    standard: str
    title: str
    taught: int
    version: str
    since: date | None


def outdated(module: ModuleRecord, repository: Repository, as_of: date) -> tuple[Outdated, ...]:
    """The standards that have left a module behind: a new major version that is in force (TRN-01)."""
    found = []
    for covered in module.covers:
        name, _, taught = covered.partition("@")
        standard = repository.standards.get(name)
        if (
            standard is not None
            and major(standard.version) > int(taught)
            and (standard.effective_from or as_of) <= as_of
        ):
            found.append(
                Outdated(standard=name, title=standard.title, taught=int(taught), version=standard.version, since=standard.effective_from)
            )  # fmt: skip
    return tuple(found)


def rules_of(module: ModuleRecord, repository: Repository) -> tuple[str, ...]:
    """The rules that verify the standards which a module teaches."""
    names = {one.partition("@")[0] for one in module.covers}
    return tuple(sorted(one.id for one in repository.rules.values() if one.requirement.split(".", 1)[0] in names))


def leading(rules: Iterable[str], remarks: Iterable[Remark]) -> tuple[tuple[str, int], ...]:
    """Of some rules, how many remarks stand today; deviations left out. Each rule is there, also with none."""
    counted = Counter(one.rule for one in remarks if one.state != "waived")
    return tuple(sorted(((one, counted[one]) for one in rules), key=lambda pair: (-pair[1], pair[0])))


def playbooks_for(rule: str, repository: Repository) -> tuple[Playbook, ...]:
    """The playbooks that a remark of a rule leads to."""
    return tuple(one for one in repository.every(Playbook) if rule in one.rules)


@dataclass(frozen=True, slots=True, kw_only=True)
class Walked:
    """How far those in a role have come on their path: people in the role, and by module those whose completion counts."""

    path: LearningPath
    people: int
    done: tuple[tuple[str, int], ...]


def walked(repository: Repository, as_of: date) -> tuple[Walked, ...]:
    """Every learning path. Only counts: who has not done what is told to the training team."""
    modules = {one.id: one for one in repository.every(ModuleRecord)}
    found = []
    for path in repository.every(LearningPath):
        people = [
            one.id for one in repository.people.values()
            if (one.to or as_of) >= as_of
            and any(role.role == path.role and (role.from_ or as_of) <= as_of <= (role.to or as_of) for role in one.roles)
        ]  # fmt: skip
        done = tuple(
            (name, sum(_counts(one, name, modules.get(name), repository, as_of) for one in people))
            for name in path.modules
        )
        found.append(Walked(path=path, people=len(people), done=done))
    return tuple(found)


def _counts(person: str, name: str, module: ModuleRecord | None, repository: Repository, as_of: date) -> bool:
    last = last_completion(person, name, repository, as_of)
    if last is None or (module is not None and major(last.version) < major(module.version)):
        return False
    until = valid_until(last, module)
    return until is None or until >= as_of
