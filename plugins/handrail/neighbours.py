"""Which projects a change must be judged with, though it does not touch them: those that a rule looks at across."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from handrail.compute.facts import Portfolio, Project
from handrail.compute.workdays import WorkDays
from handrail.load import Known
from handrail.load.law import Law
from handrail.load.relations import Names, Relations, named
from handrail.model.project import Plan
from handrail.model.rule_file import RuleFile
from handrail.rules.settings import setting_of
from handrail.rules.soundness import AHEAD
from handrail.sides import Sides
from handrail.source import read_yaml

_ASKS = "asks "
_WHOLE = "portfolio"
_AUDIT = re.compile(r"standards/audits/[^/]+/audit\.yaml")


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
        (
            setting_of(one.id, one.enforce_at, one.params, policy, day, waivable=one.waivable).enforce_at
            if policy
            else one.enforce_at
        )
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """judged: projects on the other side of a need, of which something may have to be said. read: those that ask for the
    same people; they count for what is said of the changed ones, and nothing is said of them.
    """

    judged: frozenset[str] = frozenset()
    read: frozenset[str] = frozenset()


def neighbours(sides: Sides, before: Portfolio, after: Portfolio, known: Known | None) -> Neighbours:
    """The projects that those of a change have to do with: they need something of each other, or ask for the same people.

    Both count only where the change is about it. Projects that wait for each other around a circle belong together.
    """
    ids = sides.projects
    old, new = ({one.id: one for one in portfolio.projects} for portfolio in (before, after))
    needs = any(_owed(old.get(one)) != _owed(new.get(one)) for one in ids)
    people = {name for one in ids for name in _asked(old.get(one), new.get(one), after)}
    audited = _audited(sides) - ids
    if not needs and not people:
        return Neighbours(read=audited)
    names = _every(sides, known)
    found = {one for one, given in names.items() if any(name[5:] in people for name in given if name.startswith(_ASKS))}
    near = _connected(ids, _edges(names, (*before.repository.plans, *after.repository.plans))) if needs else set()
    judged = frozenset(near & names.keys()) - ids
    return Neighbours(judged=judged, read=(frozenset(found) | audited) - ids - judged)


def _audited(sides: Sides) -> frozenset[str]:
    """The projects of every audit that a change writes: whoever audits them must have no part in them."""
    paths = [one.path for one in sides.touched if one.how != "removed" and _AUDIT.fullmatch(one.path)]
    if not paths:
        return frozenset()
    tree = sides.tree(sides.after, sides.after, ())
    found: set[str] = set()
    for path in paths:
        try:
            value = read_yaml(path, tree.read(path)).value
        except OSError:
            continue
        given = value.get("projects") if isinstance(value, dict) else None
        named_ones = {one for one in given if isinstance(one, str)} if isinstance(given, list) else set()
        found |= named_ones & set(sides.names) if named_ones else set(sides.names)
    return frozenset(found)


def _owed(project: Project | None) -> object:
    """All that other projects can see of one: what it is called, what it needs and gives, and when."""
    if project is None:
        return None
    plan = project.plan
    return (plan.name, plan.state, plan.sensitivity, plan.depends_on, plan.provides, plan.deliverables, plan.milestones)


def _asked(was: Project | None, now: Project | None, portfolio: Portfolio) -> set[str]:
    """Everybody of whom a project asks another share than before, in the months in which overload is looked for."""
    from handrail.compute.demand import demands_of  # noqa: PLC0415 - the five plans of a change, not every check
    from handrail.compute.months import month_of  # noqa: PLC0415 - as above

    days, first = WorkDays.of(portfolio.repository.organisation.calendar), month_of(portfolio.as_of)
    shares = [
        {(one.kind, one.name, one.month, one.share) for one in demands_of(side, days, first, first + AHEAD)}
        if side is not None and side.plan.state == "active"
        else set()
        for side in (was, now)
    ]
    return {name for _, name, _, _ in shares[0] ^ shares[1]}


def _edges(names: Mapping[str, Names], plans: Iterable[Plan]) -> Mapping[str, set[str]]:
    """By project, those of which it needs something, as either side has written it down."""
    found: dict[str, set[str]] = {}
    for one, given in names.items():
        for name in given:
            word, _, other = name.partition(" ")
            if word == "needs":
                found.setdefault(one, set()).add(other)
            elif word == "gives":
                found.setdefault(other, set()).add(one)
    for plan in plans:
        for need in plan.depends_on:
            found.setdefault(plan.id, set()).add(need.project)
        for gift in plan.provides:
            found.setdefault(gift.project, set()).add(plan.id)
    return found


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
