"""What rules about a change share: both sides of a plan, approvals that count, and declared migrations."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from handrail.compute.authority import lacks_authority
from handrail.model.improvement import Migration
from handrail.model.project import Plan
from handrail.model.records import Approval
from handrail.remark import Loc
from handrail.rules.engine import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A project as it would stand and as it stood; `old` is None for one that is new."""

    new: Plan
    old: Plan | None


def pairs(world: World) -> Iterator[Pair]:
    """Every project of a change with what it was; nothing where no change is judged."""
    if world.before is None:
        return
    olds = world.olds()
    for one in world.portfolio.projects:
        yield Pair(new=one.plan, old=olds.get(one.id))


def counting(world: World, new: Plan, old: Plan | None) -> Callable[[Approval], bool]:
    """Whether an approval counts: its terms stand, and it was given with authority and not by the project manager.

    Roles are those of the target, where a change is judged, else those that stood before.
    """
    repository = world.portfolio.repository
    target = world.law.project(old.id) if world.law and old else None
    old = target.plan if target else old
    managers = {one.manager for one in (new, old) if one and one.manager}

    def counts(one: Approval) -> bool:
        return one.stale is None and one.by not in managers and lacks_authority(one, new, repository, old) is None

    return counts


def added(new: tuple[Any, ...], old: tuple[Any, ...]) -> tuple[Any, ...]:
    """Things that are new or say something else than before, by id."""
    before = {one.id: one for one in old}
    return tuple(one for one in new if before.get(one.id) != one)


def decided_anew(approval: Approval, old: Plan | None) -> bool:
    """Whether an approval is new or says something else than before; its conditions may be met or extended since (AUD-03)."""
    known = next((one for one in old.approvals if one.id == approval.id), None) if old is not None else None
    return known is None or replace(known, conditions=(), stale=None) != replace(approval, conditions=(), stale=None)


def migrated(world: World, rule: str, *projects: str) -> bool:
    """Whether an approved migration covers these projects for a rule today. It must stand in the law that judges."""
    repository, as_of = world.portfolio.repository, world.portfolio.as_of
    for one in repository.others.get("migration", ()):
        if not isinstance(one, Migration) or rule not in one.covers or not set(projects) <= set(one.projects):
            continue
        if one.until is None or as_of > one.until:
            continue
        if one.declared_on is not None and one.declared_on <= as_of and _agreed(one, world):
            return True
    return False


def _agreed(migration: Migration, world: World) -> bool:
    """Approved by somebody whom the policy lets decide on migrations, and who did not declare it."""
    from handrail.compute.office_approvals import agreed  # noqa: PLC0415 - few changes are migrations

    return agreed("migration", migration.id, world.portfolio.repository, world.portfolio.as_of)


def at(plan: Plan, *path: str | int) -> Loc:
    """Where a field of a plan stands, in whichever file."""
    return Loc(plan.home.get(str(path[0]), plan.loc.file), (*plan.loc.path, *path)) if path else plan.loc
