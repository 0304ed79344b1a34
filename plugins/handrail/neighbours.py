"""Which projects a change must be judged with, though it does not touch them: those that a rule looks at across."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from handrail.load import Known
from handrail.load.law import Law
from handrail.load.relations import Names, Relations, named
from handrail.model.project import Plan
from handrail.model.repository import Repository
from handrail.model.rule_file import RuleFile
from handrail.rules.settings import setting_of
from handrail.sides import Sides

_PROJECT, _ASKS = "project ", "asks "
_WHOLE = "portfolio"


@dataclass(frozen=True, slots=True, kw_only=True)
class Across:
    """The rules that read all projects. needed: one of them can stop a change, so all plans are read.

    Without need they are left to the run over everything: half a portfolio would give a wrong answer.
    """

    rules: frozenset[str]
    needed: bool


def across(law: Law, day: date) -> Across:
    """Which rules of the organisation read the whole portfolio."""
    rules: Iterable[RuleFile] = law.named.get("rules", {}).values()
    found = [one for one in rules if one.applies_to.kind == _WHOLE or any(_WHOLE in text for text in _texts(one))]
    policy = law.policies.get("enforcement")
    needed = any(
        (setting_of(one.id, one.enforce_at, one.params, policy, day).enforce_at if policy else one.enforce_at)
        == "merge"
        or any(check.enforce_at == "merge" for check in one.checks)
        for one in found
    )
    return Across(rules=frozenset(one.id for one in found), needed=needed)


def _texts(rule: RuleFile) -> Iterator[str]:
    yield from (one for one in (rule.applies_to.when, rule.each, rule.when) if one)
    for check in rule.checks:
        yield from (
            one for one in (check.each, check.when, check.assert_, check.message, check.fix, check.measure) if one
        )


def neighbours(sides: Sides, before: Repository, after: Repository, known: Known | None) -> frozenset[str]:
    """The projects that those of a change have to do with: they need something of each other, or ask for the same people.

    People count only where the change asks for them otherwise than before. Projects that wait for each other around a
    circle belong together as a whole.
    """
    ids = sides.projects
    old, new = ({plan.id: plan for plan in one.plans} for one in (before, after))
    needs = any(plan.depends_on or plan.provides for plans in (old, new) for plan in plans.values())
    people = {name for one in ids for name in _asked(old.get(one), new.get(one))}
    if not needs and not people and not _named_by_others(ids, old, new):
        return frozenset()
    names = _every(sides, known)
    found = {
        one for one, given in names.items() if any(name.startswith(_ASKS) and name[5:] in people for name in given)
    }
    edges = {
        one: {name[len(_PROJECT) :] for name in given if name.startswith(_PROJECT)} for one, given in names.items()
    }
    for name, plan in (*old.items(), *new.items()):
        both = {one.project for one in plan.depends_on} | {one.project for one in plan.provides}
        edges[name] = edges.get(name, set()) | both
    found |= _connected(ids, edges)
    return frozenset(found & names.keys()) - ids


def _named_by_others(ids: frozenset[str], old: Mapping[str, Plan], new: Mapping[str, Plan]) -> bool:
    """Whether others may look at what is changed here: a project that comes or goes, or things that can be given."""
    for one in ids:
        was, now = old.get(one), new.get(one)
        if was is None or now is None:
            return True
        if (was.deliverables, was.milestones, was.state, was.name) != (
            now.deliverables, now.milestones, now.state, now.name,
        ):  # fmt: skip
            return True
    return False


def _asked(was: Plan | None, now: Plan | None) -> Iterator[str]:
    """Everybody whom a project asks for, where it asks otherwise than before."""
    if was is not None and now is not None and _demand(was) == _demand(now):
        return
    for plan in (was, now):
        if plan is not None:
            yield from plan.team
            yield from (name for one in plan.resources for name in (one.person, one.name) if name)
            yield from (name for one in plan.tasks for name in one.assignees)


def _demand(plan: Plan) -> tuple[object, ...]:
    """All that the demand of a plan for people rests on."""
    return (
        plan.team, plan.resources, plan.tasks, plan.state, plan.start, plan.milestones, plan.increments, plan.calendars,
        plan.scheduling, plan.priority,
    )  # fmt: skip


def _every(sides: Sides, known: Known | None) -> Mapping[str, Names]:
    """What every project after the change names: from the memory, and read where it is not there."""
    memory = Relations.beside(known)
    trees = sides.after.folders
    changed = sides.disk.projects if sides.disk is not None else frozenset()
    unknown = [one for one, tree in trees.items() if one not in changed and memory.of(tree) is None]
    if unknown:
        part = sides.tree(sides.law, sides.after, tuple(unknown))
        files: dict[str, list[str]] = {}
        for path in part.paths():
            top, _, rest = path.partition("/")
            if top == "projects":
                files.setdefault(rest.split("/", 1)[0], []).append(path)
        for one in unknown:
            memory.add(trees[one], named(part, files.get(one, ())))
        memory.save(trees.values())
    found = {one: memory.of(tree) or () for one, tree in trees.items() if one not in changed}
    return {**found, **dict.fromkeys(changed, ())}


def _connected(ids: frozenset[str], edges: Mapping[str, set[str]]) -> set[str]:
    """The projects on the other side of every need, and those on a chain of needs that begins and ends in the change."""
    back: dict[str, set[str]] = {}
    for one, others in edges.items():
        for other in others:
            back.setdefault(other, set()).add(one)
    near = {other for one in ids for other in edges.get(one, set()) | back.get(one, set())}
    return near | (_reached(ids, edges) & _reached(ids, back))


def _reached(ids: Iterable[str], edges: Mapping[str, set[str]]) -> set[str]:
    found, left = set(ids), list(ids)
    while left:
        for other in edges.get(left.pop(), ()):
            if other not in found:
                found.add(other)
                left.append(other)
    return found
